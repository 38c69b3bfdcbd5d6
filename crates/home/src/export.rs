//! Readings row by row, as files that programs and spreadsheets read.

mod rows;
mod sink;

use std::io::Write;

use jiff::civil::Date;
use ledger::{SeriesKey, Store};
use meter::{Direction, Kind, UsagePoint, paris};

use crate::exit::{Failure, Said};
use crate::json::export::Frame;
use crate::view;
use crate::when::When;
use sink::Sink;

/// What is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export {
    /// In which form.
    pub format: Format,
    /// Whose.
    pub usage_point: UsagePoint,
    /// Which way.
    pub direction: Direction,
    /// Which readings; none: what is known of every day, of all kinds.
    pub kind: Option<Kind>,
    /// From the beginning of this period on.
    pub from: Option<When>,
    /// To the end of this period.
    pub to: Option<When>,
}

/// In which form to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// One JSON object.
    Json,
}

/// The days to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: Date,
    /// The day after the last.
    pub end: Date,
}

const EVER: Span = Span {
    first: Date::constant(1970, 1, 1),
    end: Date::constant(3000, 1, 1),
};

impl Export {
    /// The days to export: what is asked for, else everything that is known.
    pub fn span(&self, store: &Store) -> Result<Span, Failure> {
        let kinds = self.kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
        let mut known: Option<Span> = None;
        for kind in kinds {
            // Every record of this calendar; only the first and last matter.
            let records = store.days(self.key(kind), EVER.first, EVER.end)?;
            if let (Some(first), Some(last)) = (records.first(), records.last()) {
                let (first, end) = (first.day, paris::add_days(last.day, 1));
                known = Some(known.map_or(Span { first, end }, |known| Span {
                    first: known.first.min(first),
                    end: known.end.max(end),
                }));
            }
        }
        let known = known.ok_or_else(|| view::nothing(Some(self.usage_point)))?;
        let from = self.from.map(|from| from.period().first());
        let to = self.to.map(|to| to.period().end());
        if from.zip(to).is_some_and(|(from, to)| to <= from) {
            return Err(Failure::usage(Said::new("error-export-order")));
        }
        Ok(Span {
            first: from.map_or(known.first, |from| from.max(known.first)),
            end: to.map_or(known.end, |to| to.min(known.end)),
        })
    }

    /// Writes the rows of the days; how many they were.
    pub fn write(&self, store: &Store, days: Span, out: &mut dyn Write) -> Result<u64, Failure> {
        let frame = Frame {
            usage_point: self.usage_point,
            direction: self.direction,
        };
        let headings = rows::headings(self.kind);
        let mut sink = Sink::new(self.format, &frame, headings, out)?;
        rows::write(store, self, days, &mut sink)?;
        sink.finish()
    }

    fn key(&self, kind: Kind) -> SeriesKey {
        SeriesKey {
            usage_point: self.usage_point,
            direction: self.direction,
            kind,
        }
    }
}
