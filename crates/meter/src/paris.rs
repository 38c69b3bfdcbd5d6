//! The French civil calendar: local days of 23, 24 and 25 hours.
//!
//! The zone's rules are compiled in, so that a box with no zone database, or an
//! old one, reads the same clock.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

static PARIS: TimeZone = jiff::tz::get!("Europe/Paris");

/// The zone of every Enedis stamp.
pub fn zone() -> &'static TimeZone {
    &PARIS
}

/// The instant at which a local day begins.
///
/// Midnight is never repeated nor skipped in Paris.
pub fn day_start(day: Date) -> Timestamp {
    let midnight = day.to_datetime(Time::midnight());
    PARIS
        .to_ambiguous_timestamp(midnight)
        .compatible()
        .unwrap_or(Timestamp::MAX)
}

/// The instant at which a local day ends, which begins the next.
pub fn day_end(day: Date) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, day_start)
}

/// The length of a local day in minutes: 1380, 1440 or 1500.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(meter::paris::day_minutes(date(2023, 3, 26)), 23 * 60);
/// assert_eq!(meter::paris::day_minutes(date(2022, 10, 30)), 25 * 60);
/// ```
pub fn day_minutes(day: Date) -> u32 {
    (day_end(day).duration_since(day_start(day)).as_secs() / 60) as u32
}

/// The local day an instant belongs to.
pub fn day_of(instant: Timestamp) -> Date {
    local(instant).date()
}

/// What a clock on a French wall shows.
pub fn local(instant: Timestamp) -> DateTime {
    PARIS.to_datetime(instant)
}

/// Every day from `first` on, before `end`.
pub fn days(first: Date, end: Date) -> impl DoubleEndedIterator<Item = Date> {
    let count = days_between(first, end).max(0);
    (0..count).filter_map(move |n| first.checked_add(n.days()).ok())
}

/// How many days lie between two dates; negative when `end` comes first.
pub fn days_between(first: Date, end: Date) -> i32 {
    i32::try_from(end.duration_since(first).as_hours() / 24).unwrap_or(0)
}

/// A day that many days away, kept inside the calendar.
pub fn add_days(day: Date, count: i32) -> Date {
    day.saturating_add(count.days())
}

/// The instants that a wall-clock reading can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instants {
    /// One, as nearly always.
    One(Timestamp),
    /// The repeated autumn hour: read as summer time, then as winter time.
    Two(Timestamp, Timestamp),
    /// The hour that spring skips.
    None,
}

/// The instants that a wall-clock reading can mean.
pub fn instants(stamp: DateTime) -> Instants {
    let at = |offset: jiff::tz::Offset| offset.to_timestamp(stamp).unwrap_or(Timestamp::MAX);
    match PARIS.to_ambiguous_timestamp(stamp).offset() {
        AmbiguousOffset::Unambiguous { offset } => Instants::One(at(offset)),
        AmbiguousOffset::Fold { before, after } => Instants::Two(at(before), at(after)),
        AmbiguousOffset::Gap { .. } => Instants::None,
    }
}

/// A memory of the last day looked up: stamps come in order, and most days are
/// plain, so that a conversion is one comparison and one addition.
#[derive(Debug, Default)]
pub struct DayCache {
    day: Option<CachedDay>,
}

#[derive(Debug, Clone, Copy)]
struct CachedDay {
    date: Date,
    start: Timestamp,
    plain: bool,
}

impl DayCache {
    /// The same as [`instants`], faster for runs of stamps of one day.
    pub fn instants(&mut self, stamp: DateTime) -> Instants {
        let date = stamp.date();
        let day = match self.day {
            Some(day) if day.date == date => day,
            _ => self.load(date),
        };
        if !day.plain {
            return instants(stamp);
        }
        let time = stamp.time();
        let seconds = i64::from(time.hour()) * 3600
            + i64::from(time.minute()) * 60
            + i64::from(time.second());
        Instants::One(day.start + SignedDuration::from_secs(seconds))
    }

    /// The local day an instant belongs to; the same as [`day_of`].
    pub fn day_of(&mut self, instant: Timestamp) -> Date {
        match self.day {
            Some(day) if day.plain && within_a_day(day.start, instant) => day.date,
            _ => self.load(day_of(instant)).date,
        }
    }

    fn load(&mut self, date: Date) -> CachedDay {
        let day = CachedDay {
            date,
            start: day_start(date),
            plain: day_minutes(date) == 24 * 60,
        };
        self.day = Some(day);
        day
    }
}

fn within_a_day(start: Timestamp, instant: Timestamp) -> bool {
    (0..86_400).contains(&(instant.as_second() - start.as_second()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;

    #[test]
    fn a_year_has_8760_hours_whatever_the_clock_does() {
        let minutes: u32 = days(date(2026, 1, 1), date(2027, 1, 1))
            .map(day_minutes)
            .sum();
        assert_eq!(minutes, 8760 * 60);
    }

    #[test]
    fn the_cache_agrees_with_the_zone_at_every_half_hour_of_a_year() {
        let mut cache = DayCache::default();
        let mut at = datetime(2026, 1, 1, 0, 0, 0, 0);
        while at.year() == 2026 {
            assert_eq!(cache.instants(at), instants(at), "{at}");
            at = at.saturating_add(30.minutes());
        }
    }

    #[test]
    fn days_may_run_backwards_and_stay_empty() {
        assert_eq!(days(date(2026, 1, 2), date(2026, 1, 1)).count(), 0);
        let back: Vec<_> = days(date(2026, 2, 27), date(2026, 3, 2)).rev().collect();
        assert_eq!(
            back,
            [date(2026, 3, 1), date(2026, 2, 28), date(2026, 2, 27)]
        );
    }
}
