//! When a source is asked: its hours, the first try, and the tries after it.
//!
//! Enedis publishes yesterday from about 08:00 local, often an hour or two
//! later, sometimes days later (reference, 2.4). The first try of a day comes
//! at a minute of its own in each home, so that homes do not all call at once;
//! then again after 1, 2 and 4 hours, and twice a day while the day is awaited.
//! Everything follows from the clock and the day: nothing is remembered, so
//! that a restart changes nothing.

use jiff::civil::{Date, Time, time};
use jiff::{SignedDuration, Timestamp};
use meter::{UsagePoint, paris};

use crate::verdict::LATE_DAYS;

/// Hours after the first try at which a day is asked again, on its first day.
const SAME_DAY: [i64; 3] = [1, 3, 7];

/// The hours of a source, and the minute of a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// Local time from which calls may be made.
    pub opens: Time,
    /// Local time from which no call is made any more; midnight: never closed.
    pub closes: Time,
    /// The hour at which yesterday is usually there.
    pub first_hour: i8,
    /// This home's minute, 0 to 59.
    pub minute: i8,
}

impl Rhythm {
    /// Enedis' usual hours, 06:00 to 22:00, first tries from 08:00.
    pub const fn enedis(minute: i8) -> Self {
        Self {
            opens: time(6, 0, 0, 0),
            closes: time(22, 0, 0, 0),
            first_hour: 8,
            minute: minute.rem_euclid(60),
        }
    }

    /// Enedis' usual hours at a minute that follows from the usage points: the
    /// same after every restart, another one in the next home.
    pub fn of_home(usage_points: &[UsagePoint]) -> Self {
        let mixed = usage_points.iter().fold(0_u64, |sum, point| {
            (sum ^ point.as_u64()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        // The high bits are the mixed ones.
        Self::enedis((((mixed >> 32) * 60) >> 32) as i8)
    }

    /// Whether calls may be made at that instant.
    pub fn is_open(&self, now: Timestamp) -> bool {
        let now = paris::local(now).time();
        now >= self.opens && (self.closes == Time::midnight() || now < self.closes)
    }

    /// The first instant from `now` on at which calls may be made.
    pub fn next_open(&self, now: Timestamp) -> Timestamp {
        if self.is_open(now) {
            return now;
        }
        let today = paris::day_of(now);
        let opening = at(today, self.opens);
        if opening > now {
            opening
        } else {
            at(paris::add_days(today, 1), self.opens)
        }
    }

    /// When a day is asked for the first time.
    pub fn first_try(&self, day: Date) -> Timestamp {
        at(paris::add_days(day, 1), self.home_time(self.first_hour))
    }

    /// When a day that did not come, or not whole, is asked again; `None` once
    /// it is too old to be awaited.
    pub fn ask_again(&self, day: Date, now: Timestamp) -> Option<Timestamp> {
        if paris::days_between(day, paris::day_of(now)) > LATE_DAYS {
            return None;
        }
        let first = self.first_try(day);
        let same_day = SAME_DAY
            .iter()
            .map(|hours| first + SignedDuration::from_hours(*hours));
        let today = paris::day_of(now);
        let twice_a_day = (0..=2).flat_map(|days| {
            let day = paris::add_days(today, days);
            [self.first_hour, self.first_hour + 8].map(|hour| at(day, self.home_time(hour)))
        });
        let after_first_day = at(paris::add_days(day, 2), Time::midnight());
        let later = twice_a_day.filter(|instant| *instant >= after_first_day);
        std::iter::once(first)
            .chain(same_day)
            .chain(later)
            .find(|instant| *instant > now)
    }

    fn home_time(&self, hour: i8) -> Time {
        time(hour.rem_euclid(24), self.minute.rem_euclid(60), 0, 0)
    }
}

/// A local time of a local day; in the skipped hour, the instant after it.
fn at(day: Date, time: Time) -> Timestamp {
    match paris::instants(day.to_datetime(time)) {
        paris::Instants::One(instant) | paris::Instants::Two(instant, _) => instant,
        paris::Instants::None => {
            paris::day_start(day) + SignedDuration::from_hours(i64::from(time.hour()))
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn instant(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_that_does_not_come_is_asked_after_1_2_and_4_hours_then_twice_a_day() {
        let rhythm = Rhythm::enedis(17);
        let day = date(2026, 11, 20);
        let mut now = rhythm.first_try(day);
        let mut asked = vec![now];
        while let Some(next) = rhythm.ask_again(day, now) {
            now = next;
            asked.push(now);
        }
        let local: Vec<String> = asked[..8]
            .iter()
            .map(|at| paris::local(*at).strftime("%d %H:%M").to_string())
            .collect();
        assert_eq!(
            local,
            [
                "21 08:17", "21 09:17", "21 11:17", "21 15:17", "22 08:17", "22 16:17", "23 08:17",
                "23 16:17"
            ]
        );
        let gives_up = 1;
        assert_eq!(
            asked.len(),
            4 + 13 * 2 + gives_up,
            "until it is 14 days old"
        );
    }

    #[test]
    fn homes_spread_over_the_hour_and_each_keeps_its_minute() {
        let minute = |n| Rhythm::of_home(&[UsagePoint::from_u64(n).unwrap()]).minute;
        let minutes: std::collections::BTreeSet<i8> = (0..600).map(minute).collect();
        assert_eq!(minutes.len(), 60);
        assert_eq!(minute(22_516_914_714_270), minute(22_516_914_714_270));
    }

    #[test]
    fn the_hours_are_local_in_winter_and_in_summer() {
        let rhythm = Rhythm::enedis(0);
        assert!(!rhythm.is_open(instant("2026-11-21T04:59:59Z")));
        assert!(rhythm.is_open(instant("2026-11-21T05:00:00Z")));
        assert!(!rhythm.is_open(instant("2026-11-21T21:00:00Z")));
        assert!(rhythm.is_open(instant("2026-07-01T04:00:00Z")));
        assert_eq!(
            rhythm.next_open(instant("2026-11-21T21:00:00Z")),
            instant("2026-11-22T05:00:00Z")
        );
    }

    proptest! {
        #[test]
        fn the_next_try_is_always_ahead_and_within_the_hours(
            minute in 0_i8..60,
            day in 0_i32..4000,
            wait in 0_i64..20 * 24 * 60,
        ) {
            let rhythm = Rhythm::enedis(minute);
            let day = paris::add_days(date(2020, 1, 1), day);
            let now = rhythm.first_try(day) + SignedDuration::from_mins(wait);
            if let Some(next) = rhythm.ask_again(day, now) {
                prop_assert!(next > now);
                prop_assert!(rhythm.is_open(next));
                prop_assert!(next.duration_since(now) <= SignedDuration::from_hours(25));
            }
        }
    }
}
