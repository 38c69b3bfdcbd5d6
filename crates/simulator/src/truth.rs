//! What the meter of a usage point really counted, whatever Enedis publishes.
//!
//! Watts are rounded so that every interval is a whole number of watt-hours;
//! the day's energy is their sum, the registers the sum of the days.

mod recorder;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use meter::{
    DailyMaximum, Direction, Interval, Kind, PeakInstant, Phase, Register, UsagePoint, paris,
};

use crate::dice::{Dice, Purpose, day_number};
use crate::household::DaySlots;
use crate::profile::Profile;
use crate::publication;
use recorder::{Peak, Recorder, energy};

/// The truth of one usage point. Cheap to clone; clones share what is computed.
#[derive(Debug, Clone)]
pub struct Truth {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    seed: u64,
    profile: Profile,
    recorder: Recorder,
    dice: Dice,
    origin: Date,
    memory: Mutex<Memory>,
    /// Watts that were added later to all of a day. Locked after the memory.
    corrections: Mutex<BTreeMap<(Date, Direction), u32>>,
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

impl Truth {
    /// The truth of a profile under a seed.
    pub fn new(seed: u64, profile: Profile) -> Self {
        let subject = profile.usage_point.as_u64();
        let inner = Inner {
            seed,
            recorder: Recorder::new(seed, &profile),
            dice: Dice::new(seed, subject),
            origin: profile.origin().unwrap_or(Date::MAX),
            memory: Mutex::default(),
            corrections: Mutex::default(),
            profile,
        };
        Self {
            inner: Arc::new(inner),
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
        self.inner.recorder.intervals(day, &slots, direction)
    }

    /// The part of a day's curve that reaches Enedis: without its holes, and
    /// nothing where the hourly collection is off.
    pub fn collected_day(&self, direction: Direction, day: Date) -> Vec<Interval> {
        let mut curve = self.curve_day(direction, day);
        publication::punch(self.inner.seed, &self.inner.profile, day, &mut curve);
        curve
    }

    /// The maxima that reach Enedis: none of a day whose meter was silent, where
    /// the profile writes what is missing as null.
    pub fn collected_maxima(&self, day: Date) -> Vec<DailyMaximum> {
        let profile = &self.inner.profile;
        let silent = profile.nulls
            && profile.curve_collected
            && self.collected_day(Direction::Consumption, day).is_empty();
        if silent { Vec::new() } else { self.maxima(day) }
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
        let exchanged = self.inner.profile.exchanged.filter(|since| day >= *since);
        let set = match exchanged {
            Some(_) => 0,
            None => self.inner.dice.below(9_000_000, Purpose::Register, 0, 0),
        };
        let before = exchanged.map_or(Sums::default(), |since| self.sums_before(since));
        let sums = self.sums_before(day).minus(before);
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

    /// Corrects a day after the fact: so many watts more, all day, rounded down
    /// to a multiple of 60. Energy, maximum and registers follow; every clone,
    /// and the simulator it came from, tells the new truth.
    pub fn correct(&self, direction: Direction, day: Date, watts: u32) {
        let key = (day, direction);
        self.corrections().insert(key, watts - watts % 60);
        let index = self.index(day);
        let mut memory = self.memory();
        if let Some(record) = memory.days.get_mut(index) {
            *record = None;
        }
        memory.sums.truncate(index + 1);
    }

    fn slots(&self, day: Date) -> DaySlots {
        let mut slots = self.inner.recorder.slots(day);
        let corrections = self.corrections();
        for (direction, watts) in [
            (Direction::Consumption, &mut slots.import),
            (Direction::Production, &mut slots.export),
        ] {
            if let Some(more) = corrections.get(&(day, direction)) {
                watts[..slots.len].iter_mut().for_each(|w| *w += more);
            }
        }
        slots
    }

    fn corrections(&self) -> MutexGuard<'_, BTreeMap<(Date, Direction), u32>> {
        let corrections = self.inner.corrections.lock();
        corrections.unwrap_or_else(PoisonError::into_inner)
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
        let recorder = &self.inner.recorder;
        let slots = self.slots(day);
        let mut record = DayRecord::default();
        if self.is_active(Direction::Production, day) {
            let intervals = recorder.intervals(day, &slots, Direction::Production);
            record.counted.production = energy(&intervals);
        }
        if self.is_active(Direction::Consumption, day) {
            let intervals = recorder.intervals(day, &slots, Direction::Consumption);
            record.counted.consumption = energy(&intervals);
            record.counted.off_peak_watt_minutes = recorder.off_peak(&slots, &intervals);
            record.peak = recorder.peak(day, &slots);
        }
        record
    }
}

impl Sums {
    fn of(self, direction: Direction) -> u64 {
        match direction {
            Direction::Consumption => self.consumption,
            Direction::Production => self.production,
        }
    }

    fn minus(self, before: Self) -> Self {
        Self {
            consumption: self.consumption - before.consumption,
            production: self.production - before.production,
            off_peak_watt_minutes: self.off_peak_watt_minutes - before.off_peak_watt_minutes,
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
