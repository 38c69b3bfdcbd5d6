//! What is to be sent: what differs from what was delivered.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};

use crate::domoticz::model::Wanted;
use crate::domoticz::rows::{day_value, short_value, stamp};
use crate::domoticz::session::Visit;

/// What is to be written and taken away.
pub(super) struct Plan {
    pub days: Vec<(Date, String)>,
    pub short: Vec<(DateTime, String)>,
    /// Pieces that Domoticz must not hold any more, with their dates.
    pub gone: Vec<(String, String)>,
    /// Pieces that Domoticz has cleared away by itself.
    pub lapsed: Vec<String>,
    /// The tile's value, where it changes.
    pub tile: Option<String>,
    pub unchanged: u64,
}

impl Plan {
    /// What differs from what was delivered.
    pub fn new(visit: &Visit<'_>, wanted: &Wanted, held: &BTreeMap<String, String>) -> Self {
        let device = visit.domoticz.settings.device;
        let rows = &wanted.rows;
        let mut plan = Self {
            days: Vec::new(),
            short: Vec::new(),
            gone: Vec::new(),
            lapsed: Vec::new(),
            tile: None,
            unchanged: 0,
        };
        let tile = wanted.tile.as_ref().map(|tile| tile.value.clone());
        plan.tile = tile.filter(|value| held.get("tile") != Some(value));
        let mut pieces = BTreeSet::new();
        for (day, row) in &rows.days {
            let (piece, value) = (day_piece(*day), day_value(device, *day, *row));
            if held.get(&piece) == Some(&value) {
                plan.unchanged += 1;
            } else {
                plan.days.push((*day, value));
            }
            pieces.insert(piece);
        }
        for (at, row) in &rows.short {
            let (piece, value) = (short_piece(*at), short_value(device, *at, *row));
            if held.get(&piece) == Some(&value) {
                plan.unchanged += 1;
            } else {
                plan.short.push((*at, value));
            }
            pieces.insert(piece);
        }
        for piece in held.keys().filter(|piece| !pieces.contains(*piece)) {
            plan.stale(wanted, piece);
        }
        plan
    }

    fn stale(&mut self, wanted: &Wanted, piece: &str) {
        match piece.split_once('/') {
            Some(("d", date)) => {
                let day: Option<Date> = date.parse().ok();
                let from = wanted.rows.long_from;
                // What lies before the days that are wanted is left as it is.
                if day.is_some_and(|day| from.is_none_or(|from| day >= from)) {
                    self.gone.push((piece.to_owned(), date.to_owned()));
                }
            }
            Some(("h", date)) => {
                let at: Option<DateTime> = date.replace(' ', "T").parse().ok();
                let from = wanted.rows.short_from;
                if at.is_some_and(|at| from.is_some_and(|from| at > from)) {
                    self.gone.push((piece.to_owned(), date.to_owned()));
                } else {
                    self.lapsed.push(piece.to_owned());
                }
            }
            _ => {}
        }
    }

    /// The same, a line a row.
    pub fn listed(&self, idx: Option<u64>) -> Vec<String> {
        let idx = idx.map_or("+".to_owned(), |idx| idx.to_string());
        let gone = self.gone.iter().map(|(_, date)| format!("{idx} - {date}"));
        let days = self.days.iter().map(|(_, value)| format!("{idx} {value}"));
        let short = self.short.iter().map(|(_, value)| format!("{idx} {value}"));
        let tile = self.tile.iter().map(|value| format!("{idx} {value}"));
        gone.chain(days).chain(short).chain(tile).collect()
    }
}

/// The name of a day among what was delivered.
pub(super) fn day_piece(day: Date) -> String {
    format!("d/{day}")
}

/// The name of a short row among what was delivered.
pub(super) fn short_piece(at: DateTime) -> String {
    format!("h/{}", stamp(at))
}
