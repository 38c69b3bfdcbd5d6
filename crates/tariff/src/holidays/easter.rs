//! The date of Easter in the Gregorian calendar.

use jiff::civil::Date;

/// Easter Sunday of a year, by the anonymous Gregorian algorithm (Meeus, 1991).
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(tariff::holidays::easter(2027), date(2027, 3, 28));
/// ```
pub fn easter(year: i16) -> Date {
    let number = i32::from(year);
    let golden = number.rem_euclid(19);
    let (century, of_century) = (number.div_euclid(100), number.rem_euclid(100));
    let sun = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - sun + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4)
        .rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday).div_euclid(451);
    let days = epact + weekday - 7 * late + 114;
    // 22 March to 25 April, so that the fallback is never taken.
    Date::new(year, (days / 31) as i8, (days % 31 + 1) as i8).unwrap_or(Date::ZERO)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    #[test]
    fn easter_falls_where_the_almanacs_say() {
        for day in [
            date(1818, 3, 22),
            date(1943, 4, 25),
            date(2024, 3, 31),
            date(2025, 4, 20),
            date(2026, 4, 5),
            date(2027, 3, 28),
            date(2028, 4, 16),
            date(2029, 4, 1),
            date(2030, 4, 21),
            date(2031, 4, 13),
            date(2032, 3, 28),
            date(2035, 3, 25),
            date(2038, 4, 25),
        ] {
            assert_eq!(easter(day.year()), day);
        }
    }

    #[test]
    fn easter_is_a_sunday_from_22_march_to_25_april_in_every_year() {
        for year in -9999..=9999 {
            let day = easter(year);
            assert_eq!(day.weekday(), Weekday::Sunday, "{year}");
            assert!(
                day >= date(year, 3, 22) && day <= date(year, 4, 25),
                "{day}"
            );
        }
    }
}
