//! When Enedis publishes a day, and which of its points ever arrive.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp};
use meter::{Direction, Interval, Kind, paris};

use crate::dice::{Dice, Purpose, day_number};
use crate::profile::{Holes, Profile};

/// The instant at which a day's data appear; `None` when they never do.
///
/// Days come out on the next morning about 08:00, the curve half an hour to an
/// hour and a half later. Late days are late for every kind.
pub(crate) fn instant(
    seed: u64,
    profile: &Profile,
    direction: Direction,
    kind: Kind,
    day: Date,
) -> Option<Timestamp> {
    let dice = Dice::new(seed, profile.usage_point.as_u64());
    let number = day_number(day);
    let days = 1 + days_late(dice, profile, number)?;
    let roll = |bound, n| dice.below(bound, Purpose::Publication, number, n) as i64;
    let minutes = match kind {
        Kind::Curve => 8 * 60 + 30 + roll(60, 2),
        _ => 8 * 60 - 5 + roll(20, 1),
    };
    let turn = i64::from(direction == Direction::Production);
    let morning = paris::add_days(day, days).to_datetime(jiff::civil::Time::midnight());
    let local = morning.saturating_add(SignedDuration::from_mins(minutes + turn));
    let ambiguous = paris::zone().to_ambiguous_timestamp(local);
    ambiguous.compatible().ok()
}

fn days_late(dice: Dice, profile: &Profile, day: i64) -> Option<i32> {
    let rule = profile.publication;
    let luck = dice.below(1000, Purpose::Publication, day, 0) as u16;
    let spread = |from, bound| from + dice.below(bound, Purpose::Publication, day, 3) as i32;
    if luck < rule.never {
        None
    } else if luck < rule.never + rule.very_late {
        Some(spread(3, 8))
    } else if luck < rule.never + rule.very_late + rule.late {
        Some(spread(1, 2))
    } else {
        Some(0)
    }
}

/// Removes the points that never reach Enedis.
pub(crate) fn punch(seed: u64, profile: &Profile, day: Date, curve: &mut Vec<Interval>) {
    if !profile.curve_collected {
        return curve.clear();
    }
    if profile.exchanged == Some(day) {
        let at = |hours| paris::day_start(day) + SignedDuration::from_hours(hours);
        curve.retain(|interval| interval.start < at(10) || interval.start >= at(13));
    }
    match profile.holes {
        Holes::None => {}
        Holes::TuesdaysAndWednesdays => {
            if matches!(day.weekday(), Weekday::Tuesday | Weekday::Wednesday) {
                curve.clear();
            }
        }
        Holes::Sprinkled { part, whole } => sprinkle(seed, profile, day, (part, whole), curve),
    }
}

fn sprinkle(
    seed: u64,
    profile: &Profile,
    day: Date,
    (part, whole): (u16, u16),
    curve: &mut Vec<Interval>,
) {
    let dice = Dice::new(seed, profile.usage_point.as_u64());
    let roll = |bound, n| dice.below(bound, Purpose::Holes, day_number(day), n);
    let luck = roll(1000, 0);
    if luck < u64::from(whole) {
        curve.clear();
    } else if luck < u64::from(whole + part) {
        let from = paris::day_start(day) + SignedDuration::from_hours(roll(20, 1) as i64);
        let to = from + SignedDuration::from_hours(1 + roll(6, 2) as i64);
        curve.retain(|interval| interval.start < from || interval.start >= to);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::customers::{DIFFICULT, built_in, consumer};
    use crate::profile::Publication;

    fn delays(profile: &Profile) -> Vec<Option<i32>> {
        paris::days(date(2023, 1, 1), date(2026, 1, 1))
            .map(|day| {
                let at = instant(9, profile, Direction::Consumption, Kind::Daily, day)?;
                Some(paris::days_between(day, paris::day_of(at)))
            })
            .collect()
    }

    #[test]
    fn a_punctual_point_is_published_every_next_morning() {
        let profile = consumer(1, date(2020, 1, 1));
        assert!(delays(&profile).iter().all(|days| *days == Some(1)));
        let day = date(2026, 3, 28);
        let at = |kind| instant(9, &profile, Direction::Consumption, kind, day).unwrap();
        assert_eq!(paris::local(at(Kind::Daily)).date(), date(2026, 3, 29));
        assert!((7..=8).contains(&paris::local(at(Kind::Daily)).hour()));
        assert!(at(Kind::Daily) < at(Kind::Curve));
    }

    #[test]
    fn late_and_lost_days_are_as_frequent_as_the_profile_says() {
        let profile = Profile {
            publication: Publication {
                late: 100,
                very_late: 50,
                never: 20,
            },
            ..consumer(1, date(2020, 1, 1))
        };
        let delays = delays(&profile);
        let count = |wanted: &dyn Fn(&Option<i32>) -> bool| {
            delays.iter().filter(|delay| wanted(delay)).count()
        };
        assert!((8..40).contains(&count(&Option::is_none)));
        assert!((70..150).contains(&count(&|d| matches!(d, Some(2..=3)))));
        assert!((30..80).contains(&count(&|d| matches!(d, Some(4..=11)))));
        assert_eq!(count(&|d| matches!(d, Some(12..))), 0);
    }

    #[test]
    fn the_difficult_point_lacks_hours_of_some_days_and_all_of_others() {
        let (_, profiles) = built_in();
        let profile = profiles
            .into_iter()
            .find(|p| p.usage_point.as_u64() == DIFFICULT)
            .unwrap();
        let truth = crate::truth::Truth::new(9, profile.clone());
        let mut seen = (0, 0);
        for day in paris::days(date(2024, 1, 1), date(2025, 1, 1)) {
            let whole = truth.curve_day(Direction::Consumption, day);
            let mut left = whole.clone();
            punch(9, &profile, day, &mut left);
            match left.len() {
                0 => seen.1 += 1,
                n if n < whole.len() => seen.0 += 1,
                _ => {}
            }
        }
        assert!(
            (3..40).contains(&seen.0) && (1..20).contains(&seen.1),
            "{seen:?}"
        );
    }
}
