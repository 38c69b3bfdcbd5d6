//! The truth of a usage point holds together, on any day of any seed.

use jiff::civil::{Date, date};
use meter::{Direction, Interval, Step, paris};
use proptest::prelude::*;
use simulator::Truth;
use simulator::customers::{DEMO_HOME, DEMO_SECOND, DIFFICULT};

use crate::support::profile;

fn any_day() -> impl Strategy<Value = Date> {
    let plain = (0..1500_i32).prop_map(|n| paris::add_days(date(2022, 3, 1), n));
    let change = prop::sample::select(vec![
        date(2022, 10, 30),
        date(2023, 3, 26),
        date(2024, 2, 29),
        date(2024, 10, 27),
        date(2025, 12, 31),
        date(2026, 3, 29),
    ]);
    prop_oneof![3 => plain, 1 => change]
}

fn any_point() -> impl Strategy<Value = u64> {
    prop::sample::select(vec![DEMO_HOME, DEMO_SECOND, DIFFICULT, 24_880_057_139_941])
}

fn watt_hours(curve: &[Interval]) -> Option<u64> {
    let sum: meter::WattMinutes = curve.iter().map(Interval::energy).sum();
    sum.watt_hours()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_day_is_covered_and_its_energy_is_the_sum_of_its_curve(
        seed in any::<u64>(), prm in any_point(), day in any_day(),
    ) {
        let truth = Truth::new(seed, profile(prm));
        for direction in Direction::ALL {
            let curve = truth.curve_day(direction, day);
            prop_assert_eq!(watt_hours(&curve), Some(truth.daily_wh(direction, day)));
            if truth.profile().since(direction).is_none_or(|since| day < since) {
                prop_assert!(curve.is_empty());
                continue;
            }
            let covered = meter::DayCurve { day, intervals: &curve };
            prop_assert!(covered.is_complete());
            prop_assert_eq!(covered.gaps(), []);
        }
    }

    #[test]
    fn the_maximum_lies_in_the_day_above_its_curve_and_near_the_subscription_at_most(
        seed in any::<u64>(), prm in any_point(), day in any_day(),
    ) {
        let truth = Truth::new(seed, profile(prm));
        let highest = truth.curve_day(Direction::Consumption, day).iter().map(|i| i.watts).max();
        let Some(maximum) = truth.maximum(day) else {
            prop_assert_eq!(highest.unwrap_or(0), 0);
            return Ok(());
        };
        prop_assert!(maximum.volt_amperes >= highest.unwrap());
        prop_assert!(maximum.volt_amperes <= truth.profile().subscribed_kva * 1010);
        prop_assert_eq!(paris::day_of(maximum.at.earliest()), day);
        for phase in &truth.maxima(day)[1..] {
            prop_assert!(phase.volt_amperes <= maximum.volt_amperes);
        }
    }

    #[test]
    fn registers_grow_by_the_energy_of_the_day(
        seed in any::<u64>(), prm in any_point(), day in any_day(),
    ) {
        let truth = Truth::new(seed, profile(prm));
        for direction in Direction::ALL {
            let today = truth.registers(direction, day);
            let tomorrow = truth.registers(direction, paris::add_days(day, 1));
            let Some(total) = today.last() else { continue };
            prop_assert_eq!(
                tomorrow.last().unwrap().watt_hours - total.watt_hours,
                truth.daily_wh(direction, day)
            );
            for (before, after) in today.iter().zip(&tomorrow) {
                prop_assert!(before.watt_hours <= after.watt_hours);
            }
            if let [off_peak, peak, total] = &today[..] {
                prop_assert_eq!(off_peak.watt_hours + peak.watt_hours, total.watt_hours);
            }
        }
    }

    #[test]
    fn a_day_does_not_depend_on_what_was_asked_before(
        seed in any::<u64>(), prm in any_point(), day in any_day(), other in any_day(),
    ) {
        let fresh = Truth::new(seed, profile(prm));
        let used = Truth::new(seed, profile(prm));
        used.registers(Direction::Consumption, other);
        used.maximum(other);
        for direction in Direction::ALL {
            prop_assert_eq!(fresh.curve_day(direction, day), used.curve_day(direction, day));
            prop_assert_eq!(fresh.daily_wh(direction, day), used.daily_wh(direction, day));
            prop_assert_eq!(fresh.registers(direction, day), used.registers(direction, day));
        }
        prop_assert_eq!(fresh.maxima(day), used.maxima(day));
    }
}

#[test]
fn steps_change_over_the_years_and_even_inside_one_day() {
    let truth = Truth::new(1, profile(DIFFICULT));
    let steps = |day| {
        let mut steps: Vec<Step> = truth
            .curve_day(Direction::Consumption, day)
            .iter()
            .map(|interval| interval.step)
            .collect();
        steps.dedup();
        steps
    };
    assert_eq!(steps(date(2025, 11, 11)), [Step::HALF_HOUR]);
    assert_eq!(steps(date(2025, 11, 12)), [Step::HOUR]);
    assert_eq!(steps(date(2026, 3, 18)), [Step::HOUR, Step::QUARTER]);
    assert_eq!(steps(date(2026, 9, 7)), [Step::QUARTER, Step::TEN]);
}

#[test]
fn a_year_of_the_demo_household_is_one_a_person_would_believe() {
    let truth = Truth::new(42, profile(DEMO_HOME));
    let year = || paris::days(date(2025, 1, 1), date(2026, 1, 1));
    let kilowatt_hours = |direction| {
        year()
            .map(|day| truth.daily_wh(direction, day))
            .sum::<u64>()
            / 1000
    };
    let drawn = kilowatt_hours(Direction::Consumption);
    let fed = kilowatt_hours(Direction::Production);
    assert!((5_000..14_000).contains(&drawn), "{drawn} kWh drawn");
    assert!((1_500..5_000).contains(&fed), "{fed} kWh fed in");
    let whole = truth.registers(Direction::Consumption, date(2026, 1, 1));
    let before = truth.registers(Direction::Consumption, date(2025, 1, 1));
    let off_peak = (whole[0].watt_hours - before[0].watt_hours) / 1000;
    assert!(
        (25..65).contains(&(off_peak * 100 / drawn)),
        "{off_peak} kWh off-peak"
    );
}
