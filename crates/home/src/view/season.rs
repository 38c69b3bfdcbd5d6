//! A season of Tempo or EJP: every day's colour, and how many days are left of
//! each. Tempo's contract has 22 red and 43 white days from one September to the
//! next, EJP's 22 peak days.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::{LedgerError, Store};
use meter::paris;
use tariff::colour::Colour;

use super::colours;
use crate::json::colours::ColourDay;
use crate::json::season::{Left, Season};

/// The first day of the season that a day is in.
pub fn season_of(day: Date) -> Date {
    let year = if day.month() >= 9 {
        day.year()
    } else {
        day.year() - 1
    };
    date(year.max(1), 9, 1)
}

/// Reads the season that a day is in, as it stands at an instant; `store` is none
/// when there is no ledger yet.
pub fn read<C: Colour>(
    store: Option<&Store>,
    day: Date,
    now: Timestamp,
) -> Result<Season, LedgerError> {
    let first = season_of(day);
    let end = date(first.year() + 1, 9, 1);
    let known = match store {
        Some(store) => colours::days::<C>(store, first, end)?,
        None => colours::unknown::<C>(first, end),
    };
    let today = paris::day_of(now);
    Ok(Season {
        calendar: known.calendar,
        first,
        last: known.last,
        today: (first..end).contains(&today).then_some(today),
        colours: C::ALL.iter().map(|one| left(*one, &known.days)).collect(),
        unknown: unknown(&known.days, today),
        days: known.days,
    })
}

fn left<C: Colour>(colour: C, days: &[ColourDay]) -> Left {
    let word = colour.as_str();
    let seen = days
        .iter()
        .filter(|day| day.colour.as_deref() == Some(word));
    let seen = seen.count() as u32;
    let allowed = allowed(word, days.len() as u32);
    Left {
        colour: word.to_owned(),
        allowed,
        seen,
        left: allowed.saturating_sub(seen),
    }
}

/// Days of a colour in a season of so many days: what is not red, white or peak
/// is blue or normal.
fn allowed(colour: &str, days: u32) -> u32 {
    match colour {
        "white" => 43,
        "red" | "peak" => 22,
        "blue" => days.saturating_sub(65),
        _ => days.saturating_sub(22),
    }
}

fn unknown(days: &[ColourDay], today: Date) -> u32 {
    let come = days.iter().filter(|day| day.day <= today);
    come.filter(|day| day.colour.is_none()).count() as u32
}

#[cfg(test)]
mod tests {
    use ledger::Access;
    use tariff::TempoColour;
    use tariff::colour::EjpDay;

    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join(ledger::FILE_NAME), Access::Write).unwrap();
        (dir, store)
    }

    #[test]
    fn a_season_begins_in_september_and_a_leap_one_has_a_blue_day_more() {
        assert_eq!(season_of(date(2026, 8, 31)), date(2025, 9, 1));
        assert_eq!(season_of(date(2026, 9, 1)), date(2026, 9, 1));
        let (_dir, store) = store();
        let now = "2024-03-01T09:00:00Z".parse().unwrap();
        let leap = read::<TempoColour>(Some(&store), date(2024, 3, 1), now).unwrap();
        let allowed: Vec<_> = leap.colours.iter().map(|one| one.allowed).collect();
        assert_eq!(allowed, [301, 43, 22]);
        assert_eq!(leap.days.len(), 366);
    }

    #[test]
    fn nothing_is_taken_for_blue_and_unknown_days_are_counted() {
        let (_dir, store) = store();
        let now = "2026-09-10T09:00:00Z".parse().unwrap();
        let season = read::<TempoColour>(Some(&store), date(2026, 9, 10), now).unwrap();
        assert!(season.colours.iter().all(|one| one.seen == 0));
        assert_eq!(season.unknown, 10);
        assert_eq!(season.today, Some(date(2026, 9, 10)));
        let past = read::<TempoColour>(Some(&store), date(2025, 9, 10), now).unwrap();
        assert_eq!((past.unknown, past.today), (365, None));
    }

    #[test]
    fn the_summer_of_ejp_is_normal_by_contract() {
        let (_dir, store) = store();
        let now = "2026-10-31T09:00:00Z".parse().unwrap();
        let season = read::<EjpDay>(Some(&store), date(2026, 10, 31), now).unwrap();
        let normal = &season.colours[0];
        assert_eq!((normal.colour.as_str(), normal.allowed), ("normal", 343));
        // September, October, and April to August.
        assert_eq!((normal.seen, season.unknown), (214, 0));
        assert_eq!(season.colours[1].left, 22);
    }
}
