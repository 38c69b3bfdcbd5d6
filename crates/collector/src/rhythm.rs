//! When a source is asked: its hours, the first try, and the tries after it.
//!
//! Enedis publishes yesterday from about 08:00 local, often an hour or two
//! later, sometimes days later (reference, 2.4). The first try of a day comes
//! once that has usually happened, at a minute of its own in each home, so that
//! homes do not all call at once; then again after 1, 2 and 4 hours, and twice a
//! day while the day is awaited. A day that never came is asked about a few
//! times more, ever more rarely, for as long as it is kept. Everything follows
//! from the clock and the day: nothing is remembered, so that a restart changes
//! nothing.

use jiff::civil::{Date, Time, time};
use jiff::{SignedDuration, Timestamp};
use meter::{UsagePoint, paris};

/// For how many days a missing day may still be published (reference, 2.4:
/// "often +1-2 h, sometimes a day or several days late").
pub const LATE_DAYS: u8 = 14;

/// Hours from each try to the next, on a day's first day.
pub const AGAIN: [u8; 6] = [1, 2, 4, 0, 0, 0];

/// Hours from the first try of a day to the second, from its second day on.
const TWICE_A_DAY: i64 = 8;

/// The age in days at which a day that never came is asked about once more; the
/// next ages are doubles of it.
const MUCH_LATER: i32 = 30;

/// Local hours of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// From when on.
    pub opens: Time,
    /// Until when; midnight: never closed.
    pub closes: Time,
}

impl Hours {
    /// 06:00 to 22:00.
    pub const USUAL: Self = Self::between(6, 22);
    /// The customer account of the Enedis site: 04:00 to 22:00.
    pub const PORTAL: Self = Self::between(4, 22);
    /// The consent proxy of the Domoticz plugin: 08:00 to 22:00.
    pub const DOMOTICZ_PROXY: Self = Self::between(8, 22);

    const fn between(opens: i8, closes: i8) -> Self {
        Self {
            opens: time(opens, 0, 0, 0),
            closes: time(closes, 0, 0, 0),
        }
    }
}

/// The hours of a source, and the tries of a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// When calls may be made.
    pub hours: Hours,
    /// From when on yesterday has usually been published.
    pub first: Time,
    /// This home's minute after that, 0 to 59.
    pub minute: i8,
    /// Hours from each try to the next on a day's first day; 0: no more.
    pub again: [u8; 6],
    /// For how many days a missing day is awaited.
    pub late_days: u8,
    /// How many of the last days are read again within calls made anyway.
    pub reread: u8,
}

impl Rhythm {
    /// The usual hours, first tries from 09:30 on.
    pub const fn enedis(minute: i8) -> Self {
        Self {
            hours: Hours::USUAL,
            first: time(9, 30, 0, 0),
            minute: minute.rem_euclid(60),
            again: AGAIN,
            late_days: LATE_DAYS,
            reread: LATE_DAYS,
        }
    }

    /// The usual hours at a minute that follows from the usage points: the
    /// same after every restart, another one in the next home.
    pub fn of_home(usage_points: &[UsagePoint]) -> Self {
        let mixed = usage_points.iter().fold(0_u64, |sum, point| {
            (sum ^ point.as_u64()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        // The high bits are the mixed ones.
        Self::enedis((((mixed >> 32) * 60) >> 32) as i8)
    }

    /// The same within other hours.
    #[must_use]
    pub fn within(self, hours: Hours) -> Self {
        Self { hours, ..self }
    }

    /// Whether calls may be made at that instant.
    pub fn is_open(&self, now: Timestamp) -> bool {
        let Hours { opens, closes } = self.hours;
        let now = paris::local(now).time();
        now >= opens && (closes == Time::midnight() || now < closes)
    }

    /// The first instant from `now` on at which calls may be made.
    pub fn next_open(&self, now: Timestamp) -> Timestamp {
        if self.is_open(now) {
            return now;
        }
        let today = paris::day_of(now);
        let opening = at(today, self.hours.opens);
        if opening > now {
            opening
        } else {
            at(paris::add_days(today, 1), self.hours.opens)
        }
    }

    /// When a day is asked for the first time.
    pub fn first_try(&self, day: Date) -> Timestamp {
        self.next_open(at(paris::add_days(day, 1), self.home_time()))
    }

    /// Whether a missing day may still be published.
    pub fn is_awaited(&self, day: Date, now: Timestamp) -> bool {
        paris::days_between(day, paris::day_of(now)) <= i32::from(self.late_days)
    }

    /// When a day that did not come, or not whole, is asked again; `None` once
    /// it is too old to ask about.
    pub fn ask_again(&self, day: Date, now: Timestamp) -> Option<Timestamp> {
        if !self.is_awaited(day, now) {
            return self.much_later(day, now);
        }
        let first = self.first_try(day);
        let mut hours = 0;
        let same_day = self.again.into_iter().take_while(|more| *more > 0);
        let same_day = same_day.map(|more| {
            hours += i64::from(more);
            first + SignedDuration::from_hours(hours)
        });
        let today = paris::day_of(now);
        let twice_a_day = (0..=2).flat_map(|days| {
            let morning = at(paris::add_days(today, days), self.home_time());
            [morning, morning + SignedDuration::from_hours(TWICE_A_DAY)]
        });
        let after_first_day = at(paris::add_days(day, 2), Time::midnight());
        let later = twice_a_day.filter(|instant| *instant >= after_first_day);
        std::iter::once(first)
            .chain(same_day)
            .chain(later)
            .find(|instant| *instant > now && self.is_open(*instant))
    }

    /// The next first try of any day.
    pub fn next_first_try(&self, now: Timestamp) -> Timestamp {
        let today = paris::day_of(now);
        let yesterdays = self.first_try(paris::add_days(today, -1));
        if yesterdays > now {
            yesterdays
        } else {
            self.first_try(today)
        }
    }

    /// Silence is cheap to keep and hard to prove: an old day is asked about
    /// again at 30 days of age, then at 60, 120 and so on.
    fn much_later(&self, day: Date, now: Timestamp) -> Option<Timestamp> {
        (0..6)
            .map(|doubled| self.first_try(paris::add_days(day, (MUCH_LATER << doubled) - 1)))
            .find(|instant| *instant > now)
    }

    /// The time of the first try.
    fn home_time(&self) -> Time {
        let minute = SignedDuration::from_mins(i64::from(self.minute.rem_euclid(60)));
        self.first.saturating_add(minute)
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
        while rhythm.is_awaited(day, now) {
            now = rhythm.ask_again(day, now).unwrap();
            asked.push(now);
        }
        let local: Vec<String> = asked[..8]
            .iter()
            .map(|at| paris::local(*at).strftime("%d %H:%M").to_string())
            .collect();
        assert_eq!(
            local,
            [
                "21 09:47", "21 10:47", "21 12:47", "21 16:47", "22 09:47", "22 17:47", "23 09:47",
                "23 17:47"
            ]
        );
        let gives_up = 1;
        assert_eq!(
            asked.len(),
            4 + 13 * 2 + gives_up,
            "until it is 14 days old"
        );
        let mut ages = Vec::new();
        while let Some(next) = rhythm.ask_again(day, now) {
            now = next;
            ages.push(paris::days_between(day, paris::day_of(now)));
        }
        assert_eq!(ages, [30, 60, 120, 240, 480, 960]);
    }

    #[test]
    fn a_home_wakes_for_its_first_try() {
        let rhythm = Rhythm::enedis(47);
        let first = instant("2026-11-21T09:17:00Z");
        assert_eq!(
            rhythm.next_first_try(instant("2026-11-20T09:18:00Z")),
            first
        );
        assert_eq!(
            rhythm.next_first_try(first),
            rhythm.first_try(date(2026, 11, 21))
        );
        let proxy = Rhythm::enedis(0).within(Hours {
            opens: time(12, 0, 0, 0),
            ..Hours::USUAL
        });
        let opening = instant("2026-11-21T11:00:00Z");
        assert_eq!(proxy.first_try(date(2026, 11, 20)), opening);
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
            wait in 0_i64..14 * 24 * 60,
        ) {
            let rhythm = Rhythm::enedis(minute);
            let day = paris::add_days(date(2020, 1, 1), day);
            let now = rhythm.first_try(day) + SignedDuration::from_mins(wait);
            if let Some(next) = rhythm.ask_again(day, now) {
                prop_assert!(next > now);
                prop_assert!(rhythm.is_open(next));
                let within = SignedDuration::from_hours(25);
                let awaited = rhythm.is_awaited(day, now);
                prop_assert!(!awaited || next.duration_since(now) <= within);
            }
        }
    }
}
