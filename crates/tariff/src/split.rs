//! Cutting intervals where the wall clock says that a class may change.
//!
//! Tariffs are written in wall-clock time, the meter in UTC. An interval is cut
//! to the minute at the boundaries it crosses, at midnight and at a clock
//! change, so that every piece lies in one class and the pieces always sum to
//! the interval, to the watt-minute.

use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Interval, WattMinutes, paris};

use crate::windows::DAY;

mod day;

pub use day::{DaySplit, split_days};

/// A part of an interval that lies between two boundaries of one local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The local day of its first minute, which decides its class.
    pub date: Date,
    /// Its first wall-clock minute, 0 to 1439.
    pub minute: u16,
    /// How long it lasts, in minutes.
    pub minutes: u16,
    /// Its energy, exactly.
    pub energy: WattMinutes,
}

/// What the wall shows at an instant, remembered for the stretch of one local
/// day during which the clock does not change: intervals come in order, so that
/// nearly every look-up is two comparisons and a subtraction.
#[derive(Debug, Default)]
pub struct WallClock {
    stretch: Option<Stretch>,
}

/// Minutes since 1970 in UTC, `[from, to)`, of one local day.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    date: Date,
    from: i64,
    to: i64,
    /// What the wall shows at `from`.
    minute: u16,
}

impl WallClock {
    /// The local day and the wall-clock minute of an instant.
    pub fn at(&mut self, instant: Timestamp) -> (Date, u16) {
        let minute = utc_minute(instant);
        let stretch = self.stretch(minute);
        (stretch.date, stretch.minute_at(minute))
    }

    fn stretch(&mut self, minute: i64) -> Stretch {
        match self.stretch {
            Some(known) if known.from <= minute && minute < known.to => known,
            _ => *self.stretch.insert(Stretch::around(minute)),
        }
    }
}

impl Stretch {
    fn around(minute: i64) -> Self {
        let instant = timestamp(minute);
        let date = paris::day_of(instant);
        let (start, end) = (paris::day_start(date), paris::day_end(date));
        let plain = utc_minute(end) - utc_minute(start) == i64::from(DAY);
        let change = if plain { None } else { change(start, end) };
        let (from, to) = match change {
            Some(change) if instant < change => (start, change),
            Some(change) => (change, end),
            None => (start, end),
        };
        let time = paris::local(from).time();
        Self {
            date,
            from: utc_minute(from),
            to: utc_minute(to).max(minute + 1),
            minute: time.hour() as u16 * 60 + time.minute() as u16,
        }
    }

    fn minute_at(self, minute: i64) -> u16 {
        (i64::from(self.minute) + minute - self.from).clamp(0, i64::from(DAY) - 1) as u16
    }
}

/// The clock change between two instants.
fn change(start: Timestamp, end: Timestamp) -> Option<Timestamp> {
    let transition = paris::zone().following(start).next()?;
    Some(transition.timestamp()).filter(|change| *change < end)
}

fn utc_minute(instant: Timestamp) -> i64 {
    instant.as_second().div_euclid(60)
}

fn timestamp(minute: i64) -> Timestamp {
    Timestamp::from_second(minute.saturating_mul(60)).unwrap_or(Timestamp::MAX)
}

/// The segments of an interval, in order.
///
/// `next_boundary` is asked, for a local day and a wall-clock minute of it, for
/// the first minute after it at which the class may change (1440 when it does
/// not change again that day), as [`crate::Windows::next_boundary`] answers.
/// Seconds of the start are dropped: no meter has them.
///
/// ```
/// use meter::{Interval, Step, WattMinutes};
/// use tariff::split::{WallClock, segments};
///
/// let interval = Interval {
///     start: "2026-01-15T21:30:00Z".parse().unwrap(), // 22:30 in Paris
///     step: Step::HALF_HOUR,
///     watts: 100,
/// };
/// let cut_at_22_38 = |_, minute| if minute < 1358 { 1358 } else { 1440 };
/// let parts: Vec<_> = segments(&mut WallClock::default(), &interval, cut_at_22_38)
///     .map(|part| (part.minute, part.minutes, part.energy))
///     .collect();
/// assert_eq!(parts, [(1350, 8, WattMinutes(800)), (1358, 22, WattMinutes(2200))]);
/// ```
pub fn segments<'a, F>(
    clock: &'a mut WallClock,
    interval: &Interval,
    mut next_boundary: F,
) -> impl Iterator<Item = Segment> + use<'a, F>
where
    F: FnMut(Date, u16) -> u16 + 'a,
{
    let mut cut = Cut::new(interval);
    std::iter::from_fn(move || cut.next(clock, &mut next_boundary))
}

/// What is left of an interval, in minutes since 1970.
#[derive(Debug)]
struct Cut {
    at: i64,
    end: i64,
    watts: u64,
}

impl Cut {
    fn new(interval: &Interval) -> Self {
        let at = utc_minute(interval.start);
        Self {
            at,
            end: at + i64::from(interval.step.minutes()),
            watts: u64::from(interval.watts),
        }
    }

    fn next(
        &mut self,
        clock: &mut WallClock,
        next_boundary: impl FnOnce(Date, u16) -> u16,
    ) -> Option<Segment> {
        if self.at >= self.end {
            return None;
        }
        let stretch = clock.stretch(self.at);
        let minute = stretch.minute_at(self.at);
        let boundary = next_boundary(stretch.date, minute).max(minute + 1);
        let minutes = i64::from(boundary - minute)
            .min(stretch.to - self.at)
            .min(self.end - self.at);
        self.at += minutes;
        Some(Segment {
            date: stretch.date,
            minute,
            minutes: minutes as u16,
            energy: WattMinutes(self.watts * minutes as u64),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use meter::Step;

    use super::*;

    fn pieces(start: &str, step: Step, boundary: u16) -> Vec<(Date, u16, u16)> {
        let interval = Interval {
            start: start.parse().unwrap(),
            step,
            watts: 7,
        };
        let mut clock = WallClock::default();
        let next = |_, minute| if minute < boundary { boundary } else { DAY };
        let parts: Vec<_> = segments(&mut clock, &interval, next).collect();
        let sum: WattMinutes = parts.iter().map(|part| part.energy).sum();
        assert_eq!(sum, interval.energy());
        let of = |part: &Segment| (part.date, part.minute, part.minutes);
        parts.iter().map(of).collect()
    }

    #[test]
    fn an_interval_is_cut_at_the_minute_of_the_boundary_and_at_midnight() {
        let day = date(2026, 1, 15);
        assert_eq!(
            pieces("2026-01-15T21:30:00Z", Step::HOUR, 22 * 60 + 38),
            [(day, 1350, 8), (day, 1358, 52)]
        );
        assert_eq!(
            pieces("2026-01-15T22:30:00Z", Step::HOUR, 6 * 60),
            [(day, 1410, 30), (date(2026, 1, 16), 0, 30)]
        );
    }

    #[test]
    fn an_interval_over_a_clock_change_continues_where_the_wall_continues() {
        let autumn = date(2022, 10, 30);
        assert_eq!(
            pieces("2022-10-30T00:30:00Z", Step::HOUR, 600),
            [(autumn, 150, 30), (autumn, 120, 30)]
        );
        let spring = date(2023, 3, 26);
        assert_eq!(
            pieces("2023-03-26T00:30:00Z", Step::HOUR, 600),
            [(spring, 90, 30), (spring, 180, 30)]
        );
    }

    #[test]
    fn the_wall_clock_agrees_with_the_zone_at_every_quarter_of_two_years() {
        let mut clock = WallClock::default();
        let mut at = paris::day_start(date(2025, 1, 1));
        while at < paris::day_start(date(2027, 1, 1)) {
            let local = paris::local(at);
            let minute = local.hour() as u16 * 60 + local.minute() as u16;
            assert_eq!(clock.at(at), (local.date(), minute), "{at}");
            at += 15.minutes();
        }
    }

    #[test]
    fn instants_at_the_ends_of_time_are_no_reason_to_stop() {
        let mut clock = WallClock::default();
        for instant in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH] {
            assert!(clock.at(instant).1 < DAY);
        }
    }
}
