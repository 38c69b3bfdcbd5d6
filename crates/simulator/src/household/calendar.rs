//! Who is at home: weekends, public holidays, and journeys.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

use crate::dice::{Dice, Purpose, day_number};

/// Public holidays that have a fixed date, as (month, day).
const FIXED: [(i8, i8); 8] = [
    (1, 1),
    (5, 1),
    (5, 8),
    (7, 14),
    (8, 15),
    (11, 1),
    (11, 11),
    (12, 25),
];

/// Whether people stay at home by day: a weekend or a public holiday.
pub(super) fn is_leisure(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || is_holiday(day)
}

/// Whether the household is on a journey: one chance in each block of 28 days,
/// nearly sure and longer in July and August.
pub(super) fn is_away(dice: Dice, day: Date) -> bool {
    let number = day_number(day);
    let block = number.div_euclid(28);
    let summer = matches!(day.month(), 7 | 8);
    let (chance, longest) = if summer { (85, 14) } else { (25, 6) };
    if dice.below(100, Purpose::Absence, block, 0) >= chance {
        return false;
    }
    let length = 3 + dice.below(longest - 2, Purpose::Absence, block, 1) as i64;
    let first = dice.below((29 - length).unsigned_abs(), Purpose::Absence, block, 2) as i64;
    (first..first + length).contains(&number.rem_euclid(28))
}

fn is_holiday(day: Date) -> bool {
    if FIXED.contains(&(day.month(), day.day())) {
        return true;
    }
    let easter = easter(day.year());
    // Easter Monday, Ascension, Whit Monday.
    [1, 39, 50]
        .into_iter()
        .any(|days: i32| easter.saturating_add(days.days()) == day)
}

/// Easter Sunday by the anonymous Gregorian computus.
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let golden = y % 19;
    let (century, rest) = (y / 100, y % 100);
    let epact =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    date(year, (days / 31) as i8, (days % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_easters_are_found() {
        assert_eq!(easter(2024), date(2024, 3, 31));
        assert_eq!(easter(2025), date(2025, 4, 20));
        assert_eq!(easter(2026), date(2026, 4, 5));
    }

    #[test]
    fn ascension_and_the_national_day_are_leisure_and_a_plain_monday_is_not() {
        assert!(is_leisure(date(2026, 5, 14)));
        assert!(is_leisure(date(2026, 7, 14)));
        assert!(is_leisure(date(2026, 11, 21)));
        assert!(!is_leisure(date(2026, 11, 23)));
    }

    #[test]
    fn a_household_is_away_some_days_of_a_year_but_mostly_at_home() {
        let away = meter::paris::days(date(2024, 1, 1), date(2026, 1, 1))
            .filter(|day| is_away(Dice::new(42, 1), *day))
            .count();
        assert!((10..150).contains(&away), "{away} days of two years");
    }
}
