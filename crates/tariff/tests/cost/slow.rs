//! The slow way: each minute looked up in the zone, each price in the published
//! table as text, each product a fraction.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use meter::Interval;
use num_rational::Ratio;
use tariff::colour::{EjpDay, TempoColour};
use tariff::offer::MicroEuro;

/// Off-peak hours that begin and end at odd minutes.
pub const OFF_PEAK_START: u16 = 22 * 60 + 38;
pub const OFF_PEAK_END: u16 = 6 * 60 + 38;

/// Euros.
#[derive(Clone, Debug)]
pub struct Euros(Ratio<i128>);

impl Default for Euros {
    fn default() -> Self {
        Self(Ratio::from_integer(0))
    }
}

impl std::ops::Add for Euros {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Euros {
    pub fn round_to_micro(&self) -> MicroEuro {
        let micro = (self.0 * Ratio::from_integer(1_000_000)).round();
        MicroEuro(i64::try_from(micro.to_integer()).unwrap())
    }
}

#[derive(Clone, Debug, Default)]
pub struct Class {
    pub watt_minutes: u64,
    pub cost: Euros,
}

#[derive(Default)]
pub struct Cost {
    pub classes: BTreeMap<&'static str, Class>,
    pub energy: Euros,
    pub subscription: Euros,
    pub unknown: u64,
    pub days_unknown: u32,
}

/// A colour for any day.
pub fn tempo(day: Date) -> TempoColour {
    match (i32::from(day.day_of_year()) * 7 + i32::from(day.year())) % 11 {
        0..=6 => TempoColour::Blue,
        7..=9 => TempoColour::White,
        _ => TempoColour::Red,
    }
}

pub fn ejp(day: Date) -> EjpDay {
    let winter = matches!(day.month(), 11 | 12 | 1 | 2 | 3);
    if winter && day.day_of_year() % 5 == 0 {
        EjpDay::Peak
    } else {
        EjpDay::Normal
    }
}

static TABLE: LazyLock<serde_json::Value> = LazyLock::new(|| {
    let path = "/../../testdata/tariffs/trv_2023_2026.json";
    let path = [env!("CARGO_MANIFEST_DIR"), path].concat();
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

/// The decimal that stands in the table.
fn number(value: &serde_json::Value) -> Ratio<i128> {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits: i128 = [whole, fraction].concat().parse().unwrap();
    Ratio::new(digits, 10_i128.pow(fraction.len() as u32))
}

/// The period of the table that holds on a day; prices are known until February 2027.
fn period(day: Date) -> Option<&'static serde_json::Value> {
    if day >= Date::constant(2027, 2, 1) {
        return None;
    }
    let begun = |period: &&(Date, &serde_json::Value)| period.0 <= day;
    PERIODS.iter().rfind(begun).map(|(_, period)| *period)
}

static PERIODS: LazyLock<Vec<(Date, &serde_json::Value)>> = LazyLock::new(|| {
    let periods = TABLE["periods"].as_array().unwrap().iter();
    let from = |period: &serde_json::Value| period["from"].as_str().unwrap().parse().unwrap();
    periods.map(|period| (from(period), period)).collect()
});

/// EJP is not in the table: one period from the reference.
fn ejp_known(day: Date) -> bool {
    day >= Date::constant(2026, 2, 1) && day < Date::constant(2026, 8, 1)
}

/// The class of a wall-clock minute, and cents per kWh.
fn class(offer: &str, kva: u32, at: jiff::civil::DateTime) -> (&'static str, Option<Ratio<i128>>) {
    let minute = at.hour() as u16 * 60 + at.minute() as u16;
    let day = at.date();
    let prices = period(day);
    match offer {
        "trv-base" => {
            let cell = prices.map(|period| {
                let kwh = &period["base"]["kwh_cents"];
                let large = if kva > 6 { &kwh["9+"] } else { &kwh["6"] };
                number(kwh.get("all").unwrap_or(large))
            });
            ("base", cell)
        }
        "trv-hphc" => {
            let night = !(OFF_PEAK_END..OFF_PEAK_START).contains(&minute);
            let (name, key) = if night {
                ("off_peak", "hc_cents")
            } else {
                ("peak", "hp_cents")
            };
            (name, prices.map(|period| number(&period["hphc"][key])))
        }
        "trv-tempo" => {
            let colour_day = if minute < 360 {
                day.saturating_sub(1.day())
            } else {
                day
            };
            let peak = (360..1320).contains(&minute);
            let (colour, name) = match (tempo(colour_day), peak) {
                (TempoColour::Blue, false) => ("blue", "blue_off_peak"),
                (TempoColour::Blue, true) => ("blue", "blue_peak"),
                (TempoColour::White, false) => ("white", "white_off_peak"),
                (TempoColour::White, true) => ("white", "white_peak"),
                (TempoColour::Red, false) => ("red", "red_off_peak"),
                (TempoColour::Red, true) => ("red", "red_peak"),
            };
            let key = if peak { "hp" } else { "hc" };
            (
                name,
                prices.map(|period| number(&period["tempo"][colour][key])),
            )
        }
        _ => {
            let ejp_day = if minute < 60 {
                day.saturating_sub(1.day())
            } else {
                day
            };
            let hours = !(60..420).contains(&minute);
            let peak = hours && ejp(ejp_day) == EjpDay::Peak;
            let (name, cents) = if peak {
                ("peak", 3440)
            } else {
                ("normal", 1781)
            };
            (name, ejp_known(day).then(|| Ratio::new(cents, 100)))
        }
    }
}

/// Euros per month.
fn month(offer: &str, kva: u32, day: Date) -> Option<Ratio<i128>> {
    let key = match offer {
        "trv-base" => "base",
        "trv-hphc" => "hphc",
        "trv-tempo" => "tempo",
        _ => {
            let euros = if kva == 9 {
                Ratio::new(1920, 100)
            } else {
                Ratio::new(5131, 100)
            };
            return ejp_known(day).then_some(euros);
        }
    };
    let cell = period(day)?[key]["month_eur"].get(kva.to_string())?;
    Some(number(cell))
}

pub fn cost(offer: &str, kva: u32, curve: &[Interval], (first, end): (Date, Date)) -> Cost {
    let mut cost = Cost::default();
    for interval in curve {
        let minutes = (0..interval.step.minutes()).map(|minute| {
            let instant = interval.start + SignedDuration::from_mins(minute.into());
            class(offer, kva, meter::paris::local(instant))
        });
        let minutes: Vec<_> = minutes.collect();
        for run in minutes.chunk_by(|one, other| one == other) {
            let (name, cents) = run[0];
            let watt_minutes = u64::from(interval.watts) * run.len() as u64;
            let sum = cost.classes.entry(name).or_default();
            sum.watt_minutes += watt_minutes;
            match cents {
                Some(cents) => {
                    let kwh = Ratio::new(i128::from(watt_minutes), 60_000);
                    let euros = kwh * cents / Ratio::from_integer(100);
                    sum.cost.0 += euros;
                    cost.energy.0 += euros;
                }
                None => cost.unknown += watt_minutes,
            }
        }
    }
    let mut day = first;
    while day < end {
        let days = i128::from(day.days_in_month());
        match month(offer, kva, day) {
            Some(euros) => cost.subscription.0 += euros / Ratio::from_integer(days),
            None => cost.days_unknown += 1,
        }
        day = day.saturating_add(1.day());
    }
    cost
}
