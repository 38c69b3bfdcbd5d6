//! Which class of prices each part of a local day is in, as stretches of time:
//! the ground of a day's curve.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use meter::{Direction, paris};
use tariff::Offer;
use tariff::offer::schedule::{Context, Slot};
use tariff::split::WallClock;

use super::pricing::Known;

/// A stretch of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Where it begins.
    pub from: Timestamp,
    /// Where it ends.
    pub to: Timestamp,
    /// The class's name in the offer, `peak` and `off_peak` without one; none
    /// where it is not known.
    pub class: Option<String>,
}

/// The stretches of a day under an offer, or else under the usage point's plan.
pub fn of_day(known: &Known, direction: Direction, offer: Option<&Offer>, day: Date) -> Vec<Band> {
    let parts = known.with(direction, |context| parts(context, offer, day));
    let (start, minutes) = (paris::day_start(day), paris::day_minutes(day));
    let mut clock = WallClock::default();
    let mut bands: Vec<Band> = Vec::new();
    for minute in 0..i64::from(minutes) {
        let from = start + SignedDuration::from_mins(minute);
        let to = from + SignedDuration::from_mins(1);
        let (_, wall) = clock.at(from);
        let part = parts.iter().rev().find(|(begin, _)| *begin <= wall);
        let class = part.and_then(|(_, class)| class.as_deref());
        match bands.last_mut() {
            Some(band) if band.class.as_deref() == class => band.to = to,
            _ => bands.push(Band {
                from,
                to,
                class: class.map(str::to_owned),
            }),
        }
    }
    bands
}

/// From which wall-clock minute on which class holds.
fn parts(context: &Context, offer: Option<&Offer>, day: Date) -> Vec<(u16, Option<String>)> {
    if let Some(offer) = offer {
        let slots = offer.schedule.day(day, context).into_iter();
        return slots
            .map(|(from, slot)| match slot {
                Slot::Class(class) => (from, offer.classes.get(usize::from(class)).cloned()),
                Slot::Unknown { .. } => (from, None),
            })
            .collect();
    }
    let Some(windows) = (context.off_peak)(day) else {
        return Vec::new();
    };
    let mut parts = vec![(0, Some("peak".to_owned()))];
    for range in windows.ranges() {
        parts.push((range.from(), Some("off_peak".to_owned())));
        parts.push((range.to(), Some("peak".to_owned())));
    }
    parts
}
