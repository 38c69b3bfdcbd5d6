//! Keeping a file's readings, and saying what became of them.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Coverage, DayState, LedgerError, SeriesKey, Store, Verdict, Written};
use meter::{Direction, Gap, Interval, Kind, UsagePoint, WattMinutes, curve, paris};
use serde::Serialize;

use super::{CurveFile, IndexFile, SOURCE};
use crate::rhythm::Rhythm;
use crate::verdict::{Flaw, verdict};

/// What became of one imported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whose readings these are.
    pub usage_point: UsagePoint,
    /// Which way the energy flows.
    pub direction: Direction,
    /// Rows with a value.
    pub points: usize,
    /// What changed in the ledger.
    pub written: Written,
    /// Energy of the file's intervals.
    pub energy: WattMinutes,
    /// Days that are complete in the ledger now.
    pub days_complete: usize,
    /// Days of the file that still lack something.
    pub days_partial: usize,
    /// What is missing between the first and the last interval.
    pub holes: Vec<Gap>,
    /// First and last instant covered.
    pub span: Option<(Timestamp, Timestamp)>,
}

/// Keeps the readings of a file in one transaction.
pub fn keep(
    store: &mut Store,
    file: &CurveFile,
    whose: (UsagePoint, Direction),
    now: Timestamp,
) -> Result<Report, LedgerError> {
    keep_from(store, SOURCE, file, whose, now)
}

/// As [`keep`], of a file that came by a source of that name.
pub fn keep_from(
    store: &mut Store,
    source: &str,
    file: &CurveFile,
    (usage_point, direction): (UsagePoint, Direction),
    now: Timestamp,
) -> Result<Report, LedgerError> {
    let key = SeriesKey {
        usage_point,
        direction,
        kind: Kind::Curve,
    };
    let days: Vec<Date> = curve::by_day(&file.intervals).map(|day| day.day).collect();
    let judge = |day: Date, coverage: Coverage| judge(day, coverage, now);
    let written = store.write_curve(key, &file.intervals, &days, source, now, &judge)?;
    let complete = complete_days(store, key, &days)?;
    let span = span(&file.intervals);
    Ok(Report {
        usage_point,
        direction,
        points: file.points,
        written,
        energy: file.intervals.iter().map(Interval::energy).sum(),
        days_complete: complete,
        days_partial: days.len() - complete,
        holes: span.map_or_else(Vec::new, |(from, to)| {
            curve::gaps(&file.intervals, from, to)
        }),
        span,
    })
}

/// What a file lacks, a source may still have: it is due since the day's end.
fn judge(day: Date, coverage: Coverage, now: Timestamp) -> Verdict {
    let verdict = verdict(day, coverage, Flaw::Holes, &Rhythm::enedis(0), now);
    match verdict.state {
        DayState::Complete => verdict,
        _ => Verdict {
            ask_at: Some(paris::day_end(day)),
            ..verdict
        },
    }
}

/// What became of one imported file of register readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexReport {
    /// Whose readings these are.
    pub usage_point: UsagePoint,
    /// Which way the energy flows.
    pub direction: Direction,
    /// Rows with a reading.
    pub readings: usize,
    /// What changed in the ledger.
    pub written: Written,
    /// Days with a reading.
    pub days: usize,
    /// First and last day with a reading.
    pub span: Option<(Date, Date)>,
    /// Energy in Wh between the first and the last reading of the total, where
    /// it never went back.
    pub watt_hours: Option<u64>,
}

/// Keeps the register readings of a file in one transaction.
pub fn keep_index(
    store: &mut Store,
    file: &IndexFile,
    whose: (UsagePoint, Direction),
    now: Timestamp,
) -> Result<IndexReport, LedgerError> {
    keep_index_from(store, SOURCE, file, whose, now)
}

/// As [`keep_index`], of a file that came by a source of that name.
pub fn keep_index_from(
    store: &mut Store,
    source: &str,
    file: &IndexFile,
    (usage_point, direction): (UsagePoint, Direction),
    now: Timestamp,
) -> Result<IndexReport, LedgerError> {
    let key = SeriesKey {
        usage_point,
        direction,
        kind: Kind::Index,
    };
    let mut days: Vec<Date> = file.registers.iter().map(|register| register.day).collect();
    days.dedup();
    // Only days with a reading are named, and a day has one reading.
    let judge = |_: Date, _: Coverage| Verdict::complete();
    let written = store.write_registers(key, &file.registers, &days, source, now, &judge)?;
    Ok(IndexReport {
        usage_point,
        direction,
        readings: file.readings,
        written,
        days: days.len(),
        span: days.first().copied().zip(days.last().copied()),
        watt_hours: counted(file),
    })
}

/// What the register of everything counted from its first reading to its last.
fn counted(file: &IndexFile) -> Option<u64> {
    let total = file
        .registers
        .iter()
        .filter(|register| register.class.is_empty());
    let readings: Vec<u64> = total.map(|register| register.watt_hours).collect();
    let grows = readings.is_sorted();
    grows.then(|| Some(readings.last()? - readings.first()?))?
}

/// The file as people name it: without the folders above.
pub fn short_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn complete_days(store: &Store, key: SeriesKey, days: &[Date]) -> Result<usize, LedgerError> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Ok(0);
    };
    let records = store.days(key, *first, meter::paris::add_days(*last, 1))?;
    Ok(records
        .iter()
        .filter(|record| {
            record.state == ledger::DayState::Complete && days.binary_search(&record.day).is_ok()
        })
        .count())
}

fn span(intervals: &[Interval]) -> Option<(Timestamp, Timestamp)> {
    Some((intervals.first()?.start, intervals.last()?.end()))
}
