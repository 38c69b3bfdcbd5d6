//! What the meter of a usage point really counted, whatever Enedis publishes.
//!
//! Watts are rounded so that every interval is a whole number of watt-hours;
//! the day's energy is their sum, the registers the sum of the days.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use meter::{
    DailyMaximum, Direction, Interval, Kind, PeakInstant, Phase, Register, Step, UsagePoint,
    WattMinutes, paris,
};

use crate::dice::{Dice, Purpose, day_number};
use crate::household::{DaySlots, Household, OffPeakWindow, SLOT_MINUTES, local_minute};
use crate::profile::Profile;
use crate::publication;

/// The truth of one usage point. Cheap to clone; clones share what is computed.
#[derive(Debug, Clone)]
pub struct Truth {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    seed: u64,
    profile: Profile,
    household: Household,
    dice: Dice,
    eras: Vec<(Timestamp, Step)>,
    origin: Date,
    memory: Mutex<Memory>,
}

/// What is computed once: days on their own, by their distance from the
/// origin, and the sums of all days before each day.
#[derive(Debug, Default)]
struct Memory {
    days: Vec<Option<DayRecord>>,
    sums: Vec<Sums>,
}

/// What is kept of a day.
#[derive(Debug, Clone, Copy, Default)]
struct DayRecord {
    counted: Sums,
    peak: Option<Peak>,
}

/// Energy counted over one day or many.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    consumption: u64,
    production: u64,
    off_peak_watt_minutes: u64,
}

#[derive(Debug, Clone, Copy)]
struct Peak {
    volt_amperes: u32,
    at: Timestamp,
}

impl Truth {
    /// The truth of a profile under a seed.
    pub fn new(seed: u64, profile: Profile) -> Self {
        let subject = profile.usage_point.as_u64();
        let first_window = profile
            .off_peak
            .as_ref()
            .and_then(|hours| hours.windows.first().copied());
        let household = Household::new(
            seed,
            subject,
            profile.home,
            first_window,
            profile.limit_watts(),
        );
        let eras = profile
            .eras
            .iter()
            .map(|era| (instant(era.from), era.step))
            .collect();
        let origin = profile.origin().unwrap_or(Date::MAX);
        Self {
            inner: Arc::new(Inner {
                seed,
                household,
                dice: Dice::new(seed, subject),
                eras,
                origin,
                memory: Mutex::default(),
                profile,
            }),
        }
    }

    /// The usage point.
    pub fn usage_point(&self) -> UsagePoint {
        self.inner.profile.usage_point
    }

    /// What is peculiar to it.
    pub fn profile(&self) -> &Profile {
        &self.inner.profile
    }

    /// The curve of a local day, complete, sorted by start; empty before the
    /// direction was activated.
    pub fn curve_day(&self, direction: Direction, day: Date) -> Vec<Interval> {
        if !self.is_active(direction, day) {
            return Vec::new();
        }
        let slots = self.slots(day);
        self.intervals(day, &slots, direction)
    }

    /// The part of a day's curve that reaches Enedis: without its holes, and
    /// nothing where the hourly collection is off.
    pub fn collected_day(&self, direction: Direction, day: Date) -> Vec<Interval> {
        let mut curve = self.curve_day(direction, day);
        publication::punch(self.inner.seed, &self.inner.profile, day, &mut curve);
        curve
    }

    /// When Enedis publishes a day; `None` when it never does. Whether the day
    /// then holds anything is another question.
    pub fn published_at(&self, direction: Direction, kind: Kind, day: Date) -> Option<Timestamp> {
        publication::instant(self.inner.seed, &self.inner.profile, direction, kind, day)
    }

    /// The energy of a local day in Wh: exactly the sum of its curve.
    pub fn daily_wh(&self, direction: Direction, day: Date) -> u64 {
        if !self.is_active(direction, day) {
            return 0;
        }
        self.record(day).counted.of(direction)
    }

    /// The highest apparent power of a local day over the whole connection;
    /// `None` where nothing was drawn.
    pub fn maximum(&self, day: Date) -> Option<DailyMaximum> {
        self.is_active(Direction::Consumption, day)
            .then(|| self.record(day).peak)?
            .map(|peak| DailyMaximum {
                day,
                phase: Phase::All,
                volt_amperes: peak.volt_amperes,
                at: PeakInstant::from_local(paris::local(peak.at))
                    .unwrap_or(PeakInstant::Known { at: peak.at }),
            })
    }

    /// The maximum of the connection, then of each phase where there are three.
    pub fn maxima(&self, day: Date) -> Vec<DailyMaximum> {
        let Some(all) = self.maximum(day) else {
            return Vec::new();
        };
        let mut maxima = vec![all];
        if self.inner.profile.three_phase {
            maxima.extend((1..=3).filter_map(|number| self.phase(all, number)));
        }
        maxima
    }

    /// The registers at the beginning of a local day: off-peak and peak hours
    /// where the contract has both, then the total, whose class is empty.
    pub fn registers(&self, direction: Direction, day: Date) -> Vec<Register> {
        if !self.is_active(direction, day) {
            return Vec::new();
        }
        let set = self.inner.dice.below(9_000_000, Purpose::Register, 0, 0);
        let sums = self.sums_before(day);
        let total = set + sums.of(direction);
        let register = |calendar: &str, class: &str, watt_hours| Register {
            day,
            calendar: calendar.to_owned(),
            class: class.to_owned(),
            watt_hours,
        };
        let mut registers = Vec::with_capacity(3);
        if direction == Direction::Consumption && self.inner.profile.off_peak.is_some() {
            // Rounded down: what an off-peak minute lacks the peak hours hold.
            let off_peak = set / 3 + sums.off_peak_watt_minutes / 60;
            registers.push(register("DI000002", "HC", off_peak));
            registers.push(register("DI000002", "HP", total - off_peak));
        }
        registers.push(register("", "", total));
        registers
    }

    fn is_active(&self, direction: Direction, day: Date) -> bool {
        let since = self.inner.profile.since(direction);
        since.is_some_and(|since| day >= since)
    }

    fn phase(&self, all: DailyMaximum, number: u8) -> Option<DailyMaximum> {
        let share =
            self.inner
                .dice
                .below(30, Purpose::Phase, day_number(all.day), u64::from(number));
        Some(DailyMaximum {
            phase: Phase::from_number(number)?,
            volt_amperes: all.volt_amperes * (25 + share as u32) / 100,
            ..all
        })
    }

    fn slots(&self, day: Date) -> DaySlots {
        self.inner.household.day(day, paris::day_minutes(day))
    }

    fn intervals(&self, day: Date, slots: &DaySlots, direction: Direction) -> Vec<Interval> {
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
        let eras = &self.inner.eras;
        let begun = eras.iter().rev().find(|(from, _)| *from <= at);
        begun
            .or(eras.first())
            .map_or(Step::HALF_HOUR, |(_, step)| *step)
    }

    fn record(&self, day: Date) -> DayRecord {
        self.remember(&mut self.memory(), self.index(day))
    }

    fn sums_before(&self, day: Date) -> Sums {
        let index = self.index(day);
        let mut memory = self.memory();
        if memory.sums.is_empty() {
            memory.sums.push(Sums::default());
        }
        while memory.sums.len() <= index {
            let last = memory.sums.len() - 1;
            let sums = memory.sums[last].plus(self.remember(&mut memory, last).counted);
            memory.sums.push(sums);
        }
        memory.sums[index]
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        let memory = self.inner.memory.lock();
        memory.unwrap_or_else(PoisonError::into_inner)
    }

    /// Days since the origin; activity was asked before, so none are negative.
    fn index(&self, day: Date) -> usize {
        paris::days_between(self.inner.origin, day).max(0) as usize
    }

    fn remember(&self, memory: &mut Memory, index: usize) -> DayRecord {
        if memory.days.len() <= index {
            memory.days.resize(index + 1, None);
        }
        *memory.days[index]
            .get_or_insert_with(|| self.compute(paris::add_days(self.inner.origin, index as i32)))
    }

    fn compute(&self, day: Date) -> DayRecord {
        let slots = self.slots(day);
        let mut record = DayRecord::default();
        if self.is_active(Direction::Production, day) {
            record.counted.production = energy(&self.intervals(day, &slots, Direction::Production));
        }
        if self.is_active(Direction::Consumption, day) {
            let intervals = self.intervals(day, &slots, Direction::Consumption);
            record.counted.consumption = energy(&intervals);
            record.counted.off_peak_watt_minutes = self.off_peak(&slots, &intervals);
            record.peak = self.peak(day, &slots);
        }
        record
    }

    /// Watt-minutes of the off-peak windows, pro-rated inside an interval.
    fn off_peak(&self, slots: &DaySlots, intervals: &[Interval]) -> u64 {
        let Some(hours) = &self.inner.profile.off_peak else {
            return 0;
        };
        let mut index = 0;
        let mut sum = 0;
        for interval in intervals {
            let from = local_minute(index, slots.len);
            let to = from + interval.step.minutes();
            let minutes: u16 = hours
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
    fn peak(&self, day: Date, slots: &DaySlots) -> Option<Peak> {
        let highest = (0..slots.len).max_by_key(|index| slots.import[*index])?;
        let watts = slots.import[highest];
        if watts == 0 {
            return None;
        }
        let number = day_number(day);
        let above = self.inner.dice.below(60, Purpose::Peak, number, 0) as u32;
        let second = self.inner.dice.below(298, Purpose::Peak, number, 1) as i64;
        let at = paris::day_start(day) + slot_offset(highest);
        Some(Peak {
            volt_amperes: watts + watts * (5 + above) / 1000 + 1,
            at: at + SignedDuration::from_secs(second + 1),
        })
    }
}

impl Sums {
    fn of(self, direction: Direction) -> u64 {
        match direction {
            Direction::Consumption => self.consumption,
            Direction::Production => self.production,
        }
    }

    fn plus(self, day: Self) -> Self {
        Self {
            consumption: self.consumption + day.consumption,
            production: self.production + day.production,
            off_peak_watt_minutes: self.off_peak_watt_minutes + day.off_peak_watt_minutes,
        }
    }
}

/// Watts of a step are a multiple of this, so that its watt-hours are whole.
fn whole_watt_hours(step: Step) -> u32 {
    60 / u32::from(step.minutes())
}

fn energy(intervals: &[Interval]) -> u64 {
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
