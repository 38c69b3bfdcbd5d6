//! The price of a kilowatt-hour as it passes: from which instant to which, how
//! much. What is not known is left out.

use jiff::Timestamp;
use jiff::civil::Date;
use meter::paris;

use crate::offer::schedule::Context;
use crate::offer::{MicroEuro, Offer, Schedule, Slot};

/// A price and how long it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// From this instant.
    pub start: Timestamp,
    /// To this one.
    pub end: Timestamp,
    /// Per kWh.
    pub price: MicroEuro,
}

/// The prices of an offer from one instant to another, to the minute; those of
/// a subscribed power, where prices depend on it.
///
/// A price that goes on is one rate, over midnight too.
pub fn rates(
    offer: &Offer,
    kva: Option<u32>,
    context: &Context,
    (from, to): (Timestamp, Timestamp),
) -> Vec<Rate> {
    let mut rates: Vec<Rate> = Vec::new();
    let mut day = Day::default();
    let (from, to) = (
        from.as_second().div_euclid(60),
        to.as_second().div_euclid(60),
    );
    for minute in from..to {
        let Some(price) = day.price(offer, kva, context, minute) else {
            continue;
        };
        let (start, end) = (instant(minute), instant(minute + 1));
        match rates.last_mut() {
            Some(last) if last.end == start && last.price == price => last.end = end,
            _ => rates.push(Rate { start, end, price }),
        }
    }
    rates
}

fn instant(minute: i64) -> Timestamp {
    Timestamp::from_second(minute.saturating_mul(60)).unwrap_or(Timestamp::MAX)
}

/// The parts of the local day that was asked last.
#[derive(Default)]
struct Day {
    day: Option<Date>,
    parts: Vec<(u16, Slot)>,
}

impl Day {
    fn price(
        &mut self,
        offer: &Offer,
        kva: Option<u32>,
        context: &Context,
        minute: i64,
    ) -> Option<MicroEuro> {
        if let Schedule::Dynamic(prices) = &offer.schedule {
            return prices.at(minute).0;
        }
        let local = paris::local(instant(minute));
        let day = local.date();
        if self.day != Some(day) {
            self.parts = offer.schedule.day(day, context);
            self.day = Some(day);
        }
        let of_day = local.hour() as u16 * 60 + local.minute() as u16;
        let mut parts = self.parts.iter().rev();
        match parts.find(|(from, _)| *from <= of_day)? {
            (_, Slot::Class(class)) => offer.price(*class, kva, day),
            (_, Slot::Unknown { .. }) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::{ColourCalendar, EjpDay, TempoColour};
    use crate::regulated;
    use crate::windows::Windows;

    fn of(id: &str, from: &str, to: &str) -> Vec<(String, String, i64)> {
        let offers = regulated::offers();
        let offer = offers.iter().find(|offer| offer.id == id).unwrap();
        let night: Windows = "22:00-06:00"
            .parse::<crate::OffPeakRules>()
            .map(|rules| {
                let year = rules.rules(None);
                let year = year.year(meter::Direction::Consumption);
                year.week(crate::Season::Winter).typical().days[0].clone()
            })
            .unwrap();
        let (tempo, ejp) = (
            ColourCalendar::<TempoColour>::default(),
            ColourCalendar::<EjpDay>::default(),
        );
        let context = Context {
            off_peak: &|_| Some(night.clone()),
            holiday: &|_| false,
            tempo: &tempo,
            ejp: &ejp,
        };
        let span = (from.parse().unwrap(), to.parse().unwrap());
        let rates = rates(offer, Some(6), &context, span).into_iter();
        rates
            .map(|rate| (rate.start.to_string(), rate.end.to_string(), rate.price.0))
            .collect()
    }

    #[test]
    fn a_price_goes_on_over_midnight_and_changes_at_the_minute_of_the_clock() {
        // 18:00 to 18:00 in Paris, over a night of 22:00 to 06:00.
        let rates = of("trv-hphc", "2025-11-20T17:00:00Z", "2025-11-21T17:00:00Z");
        let spans: Vec<_> = rates
            .iter()
            .map(|(from, to, _)| (&from[11..16], &to[11..16]))
            .collect();
        assert_eq!(
            spans,
            [("17:00", "21:00"), ("21:00", "05:00"), ("05:00", "17:00")]
        );
        assert!(rates[1].2 < rates[0].2);
        assert_eq!(rates[0].2, rates[2].2);
    }

    #[test]
    fn the_long_night_of_autumn_is_an_hour_longer() {
        let rates = of("trv-hphc", "2025-10-25T20:00:00Z", "2025-10-26T05:00:00Z");
        assert_eq!(rates.len(), 1, "22:00 to 06:00, nine hours");
        assert_eq!(rates[0].1, "2025-10-26T05:00:00Z");
    }

    #[test]
    fn without_a_colour_there_is_no_price() {
        assert_eq!(
            of("trv-tempo", "2025-11-20T17:00:00Z", "2025-11-21T17:00:00Z"),
            []
        );
    }
}
