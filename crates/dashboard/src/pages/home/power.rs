//! The day's maximum against the subscribed power.

use home::Failure;
use home::json::show::Subject;
use home::view;
use home::view::pricing::configured;
use jiff::civil::Date;
use meter::paris;

use crate::house::Reading;

/// A maximum beside what may be drawn.
#[derive(Debug, Clone)]
pub(super) struct Power {
    /// The maximum, in kVA.
    pub value: String,
    /// When it was reached.
    pub at: String,
    /// How much of the subscribed power it is, in words; empty: not known.
    pub share: String,
    /// How wide the gauge's bar is: the whole gauge is 120 %.
    pub width: u32,
    /// The colour's word: as usual, near, above.
    pub hue: &'static str,
}

impl Power {
    /// Reads a day's; none where none is held.
    pub fn read(reading: &Reading, subject: &Subject, day: Date) -> Result<Option<Self>, Failure> {
        let (store, words) = (reading.store()?, reading.words);
        let maxima = view::maxima::read(store, subject.clone(), day, paris::add_days(day, 1))?;
        let Some(highest) = maxima.highest else {
            return Ok(None);
        };
        let prices = configured(&reading.settings.usage_points, subject.usage_point);
        let subscribed = prices.subscribed_kva.map(|kva| kva * 1000);
        let subscribed = subscribed
            .or(maxima.subscribed_power_va)
            .filter(|va| *va > 0);
        let subscribed_va = subscribed;
        let percent = subscribed.map(|va| share(highest.volt_amperes, va));
        let subscribed = subscribed.map_or(String::new(), |va| kva(reading, va));
        let share = percent.map_or(String::new(), |percent| {
            let percent = percent.to_string();
            let args = [
                ("percent", percent.as_str()),
                ("power", subscribed.as_str()),
            ];
            words.say("dash-of-subscribed", &args)
        });
        Ok(Some(Self {
            value: words.thousandths(u64::from(highest.volt_amperes)),
            at: words.say("dash-power-at", &[("at", &words.clock(highest.at))]),
            share,
            width: percent.unwrap_or(0).min(120) * 100 / 120,
            hue: subscribed_va.map_or("consumption", |va| hue(highest.volt_amperes, va)),
        }))
    }
}

fn kva(reading: &Reading, va: u32) -> String {
    crate::chart::Measure::VoltAmperes.with_unit(reading.words, i64::from(va))
}

/// Whole percents, rounded down: 100 only where it is reached.
fn share(va: u32, subscribed: u32) -> u32 {
    u32::try_from(u64::from(va) * 100 / u64::from(subscribed)).unwrap_or(u32::MAX)
}

/// Near the limit from 90 % on, above it from one VA more on.
fn hue(va: u32, subscribed: u32) -> &'static str {
    if va > subscribed {
        return "above";
    }
    let is_near = u64::from(va) * 10 >= u64::from(subscribed) * 9;
    if is_near { "near" } else { "consumption" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_reached_at_the_limit_and_not_before() {
        assert_eq!(share(8_999, 9_000), 99);
        assert_eq!(share(9_000, 9_000), 100);
        let hues = [8_099, 8_100, 9_000, 9_001].map(|va| hue(va, 9_000));
        assert_eq!(hues, ["consumption", "near", "near", "above"]);
    }
}
