//! From a household's five-minute slots to what its meter records: intervals of
//! the step in force, off-peak energy, the day's peak.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use meter::{Direction, Interval, Step, WattMinutes, paris};

use crate::dice::{Dice, Purpose, day_number};
use crate::household::{DaySlots, Household, OffPeakWindow, SLOT_MINUTES, local_minute};
use crate::profile::Profile;

/// What records at one usage point.
#[derive(Debug)]
pub(super) struct Recorder {
    household: Household,
    dice: Dice,
    eras: Vec<(Timestamp, Step)>,
    windows: Vec<OffPeakWindow>,
}

/// The highest power of a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peak {
    pub volt_amperes: u32,
    pub at: Timestamp,
}

impl Recorder {
    pub(super) fn new(seed: u64, profile: &Profile) -> Self {
        let subject = profile.usage_point.as_u64();
        let windows = profile.off_peak.as_ref().map(|hours| hours.windows.clone());
        let windows = windows.unwrap_or_default();
        let limit = profile.limit_watts();
        let first = windows.first().copied();
        Self {
            household: Household::new(seed, subject, profile.home, first, limit),
            dice: Dice::new(seed, subject),
            eras: profile
                .eras
                .iter()
                .map(|era| (instant(era.from), era.step))
                .collect(),
            windows,
        }
    }

    pub(super) fn slots(&self, day: Date) -> DaySlots {
        self.household.day(day, paris::day_minutes(day))
    }

    pub(super) fn intervals(
        &self,
        day: Date,
        slots: &DaySlots,
        direction: Direction,
    ) -> Vec<Interval> {
        let source = match direction {
            Direction::Consumption => &slots.import[..slots.len],
            Direction::Production => &slots.export[..slots.len],
        };
        let midnight = paris::day_start(day);
        let mut out = Vec::with_capacity(50);
        let mut index = 0;
        while index < slots.len {
            let start = midnight + slot_offset(index);
            let step = self.step_at(start);
            let count = usize::from(step.minutes()) / SLOT_MINUTES;
            let end = (index + count).min(slots.len);
            let sum: u32 = source[index..end].iter().sum();
            let mean = sum / count as u32;
            out.push(Interval {
                start,
                step,
                watts: mean - mean % whole_watt_hours(step),
            });
            index = end;
        }
        out
    }

    fn step_at(&self, at: Timestamp) -> Step {
        let eras = &self.eras;
        let begun = eras.iter().rev().find(|(from, _)| *from <= at);
        begun
            .or(eras.first())
            .map_or(Step::HALF_HOUR, |(_, step)| *step)
    }

    /// Watt-minutes of the off-peak windows, pro-rated inside an interval.
    pub(super) fn off_peak(&self, slots: &DaySlots, intervals: &[Interval]) -> u64 {
        let mut index = 0;
        let mut sum = 0;
        for interval in intervals {
            let from = local_minute(index, slots.len);
            let to = from + interval.step.minutes();
            let minutes: u16 = self
                .windows
                .iter()
                .map(|window| overlap(*window, from, to))
                .sum();
            sum += u64::from(interval.watts) * u64::from(minutes);
            index += usize::from(interval.step.minutes()) / SLOT_MINUTES;
        }
        sum
    }

    /// A second inside the day's highest slot, a little above its mean.
    pub(super) fn peak(&self, day: Date, slots: &DaySlots) -> Option<Peak> {
        let highest = (0..slots.len).max_by_key(|index| slots.import[*index])?;
        let watts = slots.import[highest];
        if watts == 0 {
            return None;
        }
        let number = day_number(day);
        let above = self.dice.below(60, Purpose::Peak, number, 0) as u32;
        let second = self.dice.below(298, Purpose::Peak, number, 1) as i64;
        let at = paris::day_start(day) + slot_offset(highest);
        Some(Peak {
            volt_amperes: watts + watts * (5 + above) / 1000 + 1,
            at: at + SignedDuration::from_secs(second + 1),
        })
    }
}

/// Watts of a step are a multiple of this, so that its watt-hours are whole.
fn whole_watt_hours(step: Step) -> u32 {
    60 / u32::from(step.minutes())
}

/// Whole watt-hours, which they are.
pub(super) fn energy(intervals: &[Interval]) -> u64 {
    let sum: WattMinutes = intervals.iter().map(Interval::energy).sum();
    sum.0 / 60
}

/// Minutes of `[from, to)` inside a window; `to` is at most one day's end.
fn overlap(window: OffPeakWindow, from: u16, to: u16) -> u16 {
    let shared = |a: u16, b: u16| b.min(to).saturating_sub(a.max(from));
    if window.from <= window.to {
        shared(window.from, window.to)
    } else {
        shared(window.from, 1440) + shared(0, window.to)
    }
}

fn instant(local: jiff::civil::DateTime) -> Timestamp {
    paris::zone()
        .to_ambiguous_timestamp(local)
        .compatible()
        .unwrap_or(Timestamp::MIN)
}

/// The time from midnight to a slot.
fn slot_offset(slot: usize) -> SignedDuration {
    SignedDuration::from_mins((slot * SLOT_MINUTES) as i64)
}
