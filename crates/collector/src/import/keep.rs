//! Keeping a file's readings, and saying what became of them.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Coverage, LedgerError, SeriesKey, Store, Verdict, Written};
use meter::{Direction, Gap, Interval, Kind, UsagePoint, WattMinutes, curve};
use serde::Serialize;

use super::{CurveFile, SOURCE};
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
    (usage_point, direction): (UsagePoint, Direction),
    now: Timestamp,
) -> Result<Report, LedgerError> {
    let key = SeriesKey {
        usage_point,
        direction,
        kind: Kind::Curve,
    };
    let days: Vec<Date> = curve::by_day(&file.intervals).map(|day| day.day).collect();
    let judge = |day: Date, coverage: Coverage| -> Verdict {
        verdict(day, coverage, Flaw::Holes, &Rhythm::enedis(0), now)
    };
    let written = store.write_curve(key, &file.intervals, &days, SOURCE, now, &judge)?;
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
