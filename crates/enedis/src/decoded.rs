//! What answers mean, in the meter's own terms, whichever generation spoke.

use jiff::civil::{Date, DateTime};
use meter::{
    DailyEnergy, DailyMaximum, Direction, LocalPoint, PeakInstant, Phase, Register, UsagePoint,
};

use crate::malformed::{Malformed, PointFault};
use crate::point::RawPoint;
use crate::series::{Answer, Quantity, Series, common_direction};

/// A load curve, its stamps not yet placed in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Curve {
    /// Whom the answer says it is about.
    pub usage_point: Option<UsagePoint>,
    /// The direction, which only the 2026 generation says.
    pub direction: Option<Direction>,
    /// END stamps in the order of the source, for `meter::stamps::resolve`.
    pub points: Vec<LocalPoint>,
    /// Stamps for which the source says that it has no value.
    pub nulls: Vec<DateTime>,
}

/// Energies of local days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Daily {
    /// Whom the answer says it is about.
    pub usage_point: Option<UsagePoint>,
    /// The direction, which only the 2026 generation says.
    pub direction: Option<Direction>,
    /// One energy per day, in Wh, by day.
    pub days: Vec<DailyEnergy>,
    /// Days without a value: the source says so, or gives two different ones.
    pub nulls: Vec<Date>,
}

/// Highest apparent powers of local days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Maxima {
    /// Whom the answer says it is about.
    pub usage_point: Option<UsagePoint>,
    /// The direction, which only the 2026 generation says.
    pub direction: Option<Direction>,
    /// The whole connection and, where they are told, its phases; by day.
    pub maxima: Vec<DailyMaximum>,
    /// Days without a maximum of the whole connection: the source says so, or
    /// gives two different ones, or its stamp lies in the hour that spring
    /// skips and names no instant.
    pub nulls: Vec<Date>,
}

/// Register readings (2026 only).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Registers {
    /// Whom the answer says it is about.
    pub usage_point: Option<UsagePoint>,
    /// The direction.
    pub direction: Option<Direction>,
    /// Readings at local midnights, each once.
    pub registers: Vec<Register>,
    /// Readings left out: without a value, further than three hours from a
    /// midnight (an intervention), or two different ones for the same midnight.
    pub skipped: usize,
}

impl Curve {
    pub(crate) fn from_answer(answer: &Answer) -> Result<Self, Malformed> {
        let series = answer.select(|q| q == Quantity::Power, "W", "PA")?;
        let count = series.iter().map(|series| series.points.len()).sum();
        let mut curve = Self {
            usage_point: answer.usage_point,
            direction: common_direction(&series)?,
            points: Vec::with_capacity(count),
            nulls: Vec::new(),
        };
        let mut faults = Faults::default();
        for series in series {
            for (index, point) in series.points.iter().enumerate() {
                faults.note(curve.push(*point), |fault| series.fault(index, fault));
            }
        }
        faults.judge(curve.points.is_empty())?;
        Ok(curve)
    }

    fn push(&mut self, point: RawPoint) -> Result<(), PointFault> {
        let stamp = point.stamp.date_time()?;
        if stamp.second() != 0 || stamp.subsec_nanosecond() != 0 {
            return Err(PointFault::BadStamp);
        }
        let Some(value) = point.value.get()? else {
            self.nulls.push(stamp);
            return Ok(());
        };
        let watts = u32::try_from(value).map_err(|_| PointFault::TooLarge)?;
        let step = point.step.get()?;
        self.points.push(LocalPoint { stamp, step, watts });
        Ok(())
    }
}

impl Daily {
    pub(crate) fn from_answer(answer: &Answer) -> Result<Self, Malformed> {
        let series = answer.select(|q| q == Quantity::Energy, "Wh", "EA")?;
        let mut daily = Self {
            usage_point: answer.usage_point,
            direction: common_direction(&series)?,
            ..Self::default()
        };
        let mut faults = Faults::default();
        for series in series {
            for (index, point) in series.points.iter().enumerate() {
                faults.note(daily.push(*point), |fault| series.fault(index, fault));
            }
        }
        faults.judge(daily.days.is_empty())?;
        let doubtful = settle(&mut daily.days, |day| day.day);
        daily.nulls.extend(doubtful);
        let known: Vec<Date> = daily.days.iter().map(|day| day.day).collect();
        settle_nulls(&mut daily.nulls, &known);
        Ok(daily)
    }

    fn push(&mut self, point: RawPoint) -> Result<(), PointFault> {
        let day = point.stamp.day()?;
        match point.value.get()? {
            // A day of 10 GWh is beyond any connection, and keeps sums exact.
            Some(value) if value > 10_000_000_000 => return Err(PointFault::TooLarge),
            Some(watt_hours) => self.days.push(DailyEnergy { day, watt_hours }),
            None => self.nulls.push(day),
        }
        Ok(())
    }
}

impl Maxima {
    pub(crate) fn from_answer(answer: &Answer) -> Result<Self, Malformed> {
        let series = answer.select(|q| matches!(q, Quantity::Maximum(_)), "VA", "PMA")?;
        let mut out = Self {
            usage_point: answer.usage_point,
            direction: common_direction(&series)?,
            ..Self::default()
        };
        let mut faults = Faults::default();
        for series in series {
            out.read(series, &mut faults);
        }
        faults.judge(out.maxima.is_empty())?;
        let doubtful = settle(&mut out.maxima, |m| (m.day, m.phase));
        out.nulls.extend(doubtful.iter().map(|(day, _)| *day));
        let whole = out.maxima.iter().filter(|m| m.phase == Phase::All);
        let known: Vec<Date> = whole.map(|maximum| maximum.day).collect();
        settle_nulls(&mut out.nulls, &known);
        Ok(out)
    }

    fn read(&mut self, series: &Series, faults: &mut Faults) {
        let phase = match series.quantity {
            Some(Quantity::Maximum(phase)) => phase,
            _ => Phase::All,
        };
        for (index, point) in series.points.iter().enumerate() {
            faults.note(self.push(*point, phase), |fault| series.fault(index, fault));
        }
    }

    fn push(&mut self, point: RawPoint, phase: Phase) -> Result<(), PointFault> {
        let Some(value) = point.value.get()? else {
            let day = point.stamp.day().or_else(|_| {
                let stamp = point.stamp.date_time()?;
                Ok(stamp.date())
            })?;
            self.nulls.push(day);
            return Ok(());
        };
        let volt_amperes = u32::try_from(value).map_err(|_| PointFault::TooLarge)?;
        let stamp = point.stamp.date_time()?;
        let day = stamp.date();
        match PeakInstant::from_local(stamp) {
            Some(at) => self.maxima.push(DailyMaximum {
                day,
                phase,
                volt_amperes,
                at,
            }),
            None => self.nulls.push(day),
        }
        Ok(())
    }
}

/// Points that cannot be read. Each is left out, so that one bad figure does not
/// keep years of good ones back; where no good one is left, the answer is bad.
#[derive(Debug, Default)]
struct Faults {
    first: Option<Malformed>,
    count: usize,
}

impl Faults {
    fn note(
        &mut self,
        pushed: Result<(), PointFault>,
        place: impl FnOnce(PointFault) -> Malformed,
    ) {
        if let Err(fault) = pushed {
            self.count += 1;
            self.first.get_or_insert_with(|| place(fault));
        }
    }

    fn judge(self, nothing_is_left: bool) -> Result<(), Malformed> {
        match self.first {
            Some(first) if nothing_is_left => Err(first),
            Some(first) => {
                tracing::warn!(count = self.count, %first, "points were left out");
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// Sorts by key, keeps what is said twice once, and takes out what is said in
/// two ways: the keys of that are returned.
fn settle<T: PartialEq, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) -> Vec<K> {
    items.sort_by_key(&key);
    items.dedup();
    let clashes = items
        .windows(2)
        .filter(|pair| key(&pair[0]) == key(&pair[1]));
    let clashes: Vec<K> = clashes.map(|pair| key(&pair[0])).collect();
    items.retain(|item| clashes.binary_search(&key(item)).is_err());
    clashes
}

/// Each day once, and none that has a value after all; `known` is sorted.
fn settle_nulls(nulls: &mut Vec<Date>, known: &[Date]) {
    nulls.sort_unstable();
    nulls.dedup();
    nulls.retain(|day| known.binary_search(day).is_err());
}
