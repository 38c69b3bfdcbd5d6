//! Public holidays of France, by zone and year.
//!
//! Easter is computed; everything else is a table of rules with the years in
//! which they hold, so that a date of the past is judged by the law of its day.

mod easter;
mod rules;
mod zone;

use jiff::civil::Date;

pub use easter::easter;
pub use zone::{UnknownZone, Zone};

use rules::{EVERYWHERE, Rule};

/// Whether a local day is a public holiday in a zone.
///
/// ```
/// use jiff::civil::date;
/// use tariff::holidays::{Zone, is_holiday};
/// let saint_stephen = date(2026, 12, 26);
/// assert!(!is_holiday(saint_stephen, Zone::Mainland));
/// assert!(is_holiday(saint_stephen, Zone::AlsaceMoselle));
/// ```
pub fn is_holiday(day: Date, zone: Zone) -> bool {
    // Looked at once: the movable days all lie between March and June.
    let since_easter = (3..=6)
        .contains(&day.month())
        .then(|| i32::from(day.day_of_year()) - i32::from(easter(day.year()).day_of_year()));
    rules_of(zone).any(|rule| rule.names(day, since_easter))
}

/// The public holidays of a year, in order, each once.
pub fn holidays(year: i16, zone: Zone) -> Vec<Date> {
    let mut days: Vec<_> = rules_of(zone)
        .filter_map(|rule| rule.in_year(year))
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn rules_of(zone: Zone) -> impl Iterator<Item = &'static Rule> {
    EVERYWHERE.iter().chain(rules::own(zone))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn asking_for_a_day_and_for_the_year_give_the_same_answer() {
        for zone in Zone::ALL {
            for year in [1800, 1984, 2006, 2024, 2025, 2026, 9999] {
                let first = date(year, 1, 1);
                let days = first.series(jiff::ToSpan::days(1));
                let found: Vec<_> = days
                    .take_while(|day| day.year() == year)
                    .filter(|day| is_holiday(*day, zone))
                    .collect();
                assert_eq!(found, holidays(year, zone), "{zone} {year}");
            }
        }
    }

    #[test]
    fn the_law_of_the_day_decides() {
        // Whit Monday was an ordinary day from 2005 to 2007.
        assert!(!is_holiday(date(2006, 6, 5), Zone::Mainland));
        assert!(is_holiday(date(2008, 5, 12), Zone::Mainland));
        // Polynesia left the day of autonomy for Matari'i.
        assert!(is_holiday(date(2024, 6, 29), Zone::Polynesie));
        assert!(!is_holiday(date(2025, 6, 29), Zone::Polynesie));
        assert!(is_holiday(date(2025, 11, 20), Zone::Polynesie));
    }

    #[test]
    fn easter_sunday_and_whit_sunday_are_no_public_holidays() {
        assert!(!is_holiday(date(2026, 4, 5), Zone::Mainland));
        assert!(is_holiday(date(2026, 4, 6), Zone::Mainland));
        assert!(!is_holiday(date(2026, 5, 24), Zone::Mainland));
        assert!(is_holiday(date(2026, 5, 25), Zone::Mainland));
    }
}
