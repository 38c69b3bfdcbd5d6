//! The split of whole days: peak, off-peak, and what nobody can tell.

use std::collections::BTreeMap;

use jiff::civil::Date;
use meter::{DailyEnergy, Interval, WattMinutes, paris};

use super::{Cut, Segment, WallClock};
use crate::windows::{DAY, Windows};

/// A local day's energy by class, in watt-minutes.
///
/// `peak + off_peak + unknown + difference` is the total, whenever one is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySplit {
    /// The local day.
    pub day: Date,
    /// Energy of the curve in peak hours.
    pub peak: WattMinutes,
    /// Energy of the curve in off-peak hours.
    pub off_peak: WattMinutes,
    /// Energy that was used, at hours or under a plan that is not known: what an
    /// incomplete curve lacks of the daily total, or all of it without a plan.
    pub unknown: WattMinutes,
    /// Minutes that no interval covers.
    pub missing_minutes: u32,
    /// The day's energy: the daily total that Enedis states, else that of a
    /// complete curve.
    pub total: Option<WattMinutes>,
    /// The stated total less what was found, where a complete curve says
    /// otherwise, or an incomplete one already says more. Nothing is spread.
    pub difference: i64,
}

/// Splits every day that has a curve or a daily total, in order.
///
/// Intervals are sorted, none overlapping another. `off_peak` gives the off-peak
/// minutes of a local day, `None` where no plan is known.
///
/// ```
/// use meter::{Interval, Step};
/// use tariff::split::split_days;
/// let quarter = Interval {
///     start: "2026-01-15T05:30:00Z".parse().unwrap(), // 06:30 in Paris
///     step: Step::QUARTER,
///     watts: 600,
/// };
/// let rules: tariff::OffPeakRules = "22h38-6h38".parse().unwrap();
/// let night = |day| {
///     let zone = tariff::holidays::Zone::Mainland;
///     Some(rules.windows(None, meter::Direction::Consumption, day, zone))
/// };
/// let day = split_days(&[quarter], &[], night)[0];
/// assert_eq!((day.off_peak.0, day.peak.0), (600 * 8, 600 * 7));
/// assert_eq!((day.missing_minutes, day.total), (1425, None));
/// ```
pub fn split_days(
    curve: &[Interval],
    daily: &[DailyEnergy],
    off_peak: impl Fn(Date) -> Option<Windows>,
) -> Vec<DaySplit> {
    let mut plan = Plan {
        off_peak,
        now: None,
    };
    let mut days: BTreeMap<Date, Found> = BTreeMap::new();
    let (mut day, mut found) = (Date::MIN, Found::default());
    let mut clock = WallClock::default();
    for interval in curve {
        let mut cut = Cut::new(interval);
        while let Some(part) = cut.next(&mut clock, |day, minute| plan.boundary(day, minute)) {
            if part.date != day {
                days.entry(day).or_default().join(found);
                (day, found) = (part.date, Found::default());
            }
            found.add(&part, plan.windows(day));
        }
    }
    days.entry(day).or_default().join(found);
    for day in daily {
        let stated = WattMinutes::from_watt_hours(day.watt_hours);
        days.entry(day.day).or_default().stated = Some(stated);
    }
    days.retain(|_, found| found.minutes > 0 || found.stated.is_some());
    days.iter().map(|(day, found)| found.split(*day)).collect()
}

/// The off-peak minutes of the day at hand.
struct Plan<F> {
    off_peak: F,
    now: Option<(Date, Option<Windows>)>,
}

impl<F: Fn(Date) -> Option<Windows>> Plan<F> {
    fn windows(&mut self, day: Date) -> Option<&Windows> {
        if self.now.as_ref().is_none_or(|(now, _)| *now != day) {
            self.now = Some((day, (self.off_peak)(day)));
        }
        self.now.as_ref().and_then(|(_, windows)| windows.as_ref())
    }

    fn boundary(&mut self, day: Date, minute: u16) -> u16 {
        self.windows(day)
            .map_or(DAY, |windows| windows.next_boundary(minute))
    }
}

/// What the curve and Enedis say of one day.
#[derive(Debug, Default, Clone, Copy)]
struct Found {
    peak: WattMinutes,
    off_peak: WattMinutes,
    unplanned: WattMinutes,
    minutes: u32,
    stated: Option<WattMinutes>,
}

impl Found {
    fn add(&mut self, part: &Segment, windows: Option<&Windows>) {
        self.minutes += u32::from(part.minutes);
        let class = match windows {
            None => &mut self.unplanned,
            Some(windows) if windows.contains(part.minute) => &mut self.off_peak,
            Some(_) => &mut self.peak,
        };
        *class += part.energy;
    }

    fn join(&mut self, other: Self) {
        self.peak += other.peak;
        self.off_peak += other.off_peak;
        self.unplanned += other.unplanned;
        self.minutes += other.minutes;
    }

    fn split(&self, day: Date) -> DaySplit {
        let missing_minutes = paris::day_minutes(day).saturating_sub(self.minutes);
        let found = self.peak + self.off_peak + self.unplanned;
        let complete = missing_minutes == 0;
        let total = self.stated.or_else(|| complete.then_some(found));
        let more = total.map_or(0, |total| total.0 as i64 - found.0 as i64);
        let lacking = if complete { 0 } else { more.max(0) };
        DaySplit {
            day,
            peak: self.peak,
            off_peak: self.off_peak,
            unknown: self.unplanned + WattMinutes(lacking as u64),
            missing_minutes,
            total,
            difference: more - lacking,
        }
    }
}
