//! The split by curve beside the registers of a simulated meter.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use meter::{Direction, Interval, Register, paris};
use simulator::{Truth, customers};
use tariff::colour::{ColourCalendar, Source, TempoColour};
use tariff::cost::index::{Laid, lay};
use tariff::offer::schedule::Context;
use tariff::{OffPeakRules, Usage, Windows, regulated};

const FIRST: Date = date(2025, 10, 20);
const END: Date = date(2026, 4, 5);
const CALENDAR: &str = "DI000002";

fn truth() -> Truth {
    let profile = customers::consumer(customers::DEMO_HOME, date(2020, 1, 1));
    Truth::new(7, profile)
}

fn curve(truth: &Truth) -> Vec<Interval> {
    let days = paris::days(FIRST, END);
    days.flat_map(|day| truth.curve_day(Direction::Consumption, day))
        .collect()
}

fn registers(truth: &Truth) -> Vec<Register> {
    let days = paris::days(FIRST, paris::add_days(END, 1));
    days.flat_map(|day| truth.registers(Direction::Consumption, day))
        .collect()
}

/// The hours that the simulated contract states, read by our own parser.
fn windows(truth: &Truth, day: Date) -> Windows {
    let text = truth.profile().off_peak.as_ref().unwrap().text;
    let rules: OffPeakRules = text.parse().unwrap();
    let zone = tariff::holidays::Zone::Mainland;
    rules.windows(truth.usage_point(), Direction::Consumption, day, zone)
}

fn laid(id: &str, curve: &[Interval], registers: &[Register], calendar: &str) -> Vec<Laid> {
    let truth = truth();
    let daily = BTreeMap::new();
    let mut tempo = ColourCalendar::default();
    tempo.say(date(2026, 1, 14), TempoColour::Red, Source::RteApi);
    let ejp = ColourCalendar::default();
    let context = Context {
        off_peak: &|day| Some(windows(&truth, day)),
        holiday: &|_| false,
        tempo: &tempo,
        ejp: &ejp,
    };
    let offers = regulated::offers();
    let offer = offers.iter().find(|offer| offer.id == id).unwrap();
    let usage = Usage {
        first: FIRST,
        end: END,
        curve,
        daily: &daily,
    };
    lay(&usage, offer, &context, registers, calendar)
}

#[test]
fn every_class_of_every_day_agrees_with_its_register_to_the_watt_hour() {
    let truth = truth();
    let laid = laid("trv-hphc", &curve(&truth), &registers(&truth), CALENDAR);
    let days = paris::days_between(FIRST, END) as usize;
    assert_eq!(laid.len(), 3 * days);
    for row in &laid {
        // A register shows whole Wh: two readings are off by less than one each.
        let difference = row.difference.unwrap();
        assert!(difference.abs() < 60, "{row:?}");
        if row.class.is_empty() {
            assert_eq!(difference, 0, "{row:?}");
        }
    }
    let classes: std::collections::BTreeSet<_> =
        laid.iter().map(|row| row.class.as_str()).collect();
    assert_eq!(classes, ["", "HC", "HP"].into());
}

#[test]
fn hours_that_are_not_the_meters_show_as_a_difference() {
    let truth = truth();
    let mut registers = registers(&truth);
    // The meter's classes the other way round: as if the plan were wrong.
    for register in &mut registers {
        register.class = match register.class.as_str() {
            "HC" => "HP".to_owned(),
            "HP" => "HC".to_owned(),
            _ => String::new(),
        };
    }
    let laid = laid("trv-hphc", &curve(&truth), &registers, CALENDAR);
    let wrong = laid
        .iter()
        .filter(|row| row.difference.is_some_and(|d| d.abs() >= 60));
    assert!(wrong.count() > 300);
    let total = laid.iter().filter(|row| row.class.is_empty());
    assert!(total.into_iter().all(|row| row.difference == Some(0)));
}

#[test]
fn what_is_not_known_on_either_side_has_no_difference() {
    let truth = truth();
    let mut curve = curve(&truth);
    let hole = paris::day_start(date(2025, 11, 3));
    curve.retain(|interval| interval.start != hole);
    let mut registers = registers(&truth);
    registers.retain(|register| register.day != date(2025, 12, 1));
    for register in &mut registers {
        if register.day >= date(2026, 2, 1) {
            register.watt_hours /= 1000;
        }
    }
    let laid = laid("trv-hphc", &curve, &registers, CALENDAR);
    for row in &laid {
        let missing = [
            date(2025, 11, 3),
            date(2025, 11, 30),
            date(2025, 12, 1),
            date(2026, 1, 31),
        ];
        let changed = row.day >= date(2026, 2, 1);
        if !changed {
            assert_eq!(
                row.difference.is_none(),
                missing.contains(&row.day),
                "{row:?}"
            );
        }
    }
    let at = |day| {
        laid.iter()
            .find(|row| row.day == day && row.class.is_empty())
            .unwrap()
    };
    assert!(!at(date(2025, 11, 3)).complete);
    assert!(at(date(2025, 11, 3)).register.is_some());
    assert_eq!(
        at(date(2026, 1, 31)).register,
        None,
        "the register went back"
    );
}

#[test]
fn a_day_of_unknown_colour_is_not_laid_beside_registers_of_colours() {
    let truth = truth();
    let registers: Vec<Register> = registers(&truth)
        .into_iter()
        .map(|register| Register {
            class: register.class.replace("HC", "RHC").replace("HP", "RHP"),
            ..register
        })
        .collect();
    let laid = laid("trv-tempo", &curve(&truth), &registers, CALENDAR);
    let known: Vec<Date> = laid
        .iter()
        .filter(|row| row.class == "RHP" && row.difference.is_some())
        .map(|row| row.day)
        .collect();
    assert_eq!(
        known,
        [],
        "14 January's night belongs to the 13th, which is not known"
    );
}
