//! The nightly archiving: hours made of what mixes, and the years it deletes.

use std::collections::BTreeMap;

use super::core::{Core, setting, text};
use super::values;

impl Core {
    /// Runs it once; every row is older than the two hours that are spared.
    pub fn archive(&mut self) {
        if let Some(limit) = year_limit(&self.options.version) {
            self.history.retain(|(_, at), _| at.as_str() < limit);
        }
        let mixing: Vec<u64> = self
            .commands
            .values()
            .filter(|command| text(&command.fields, "isHistorized") == "1")
            .filter(|command| setting(&command.fields, "historizeMode") != "none")
            .map(|command| command.id)
            .collect();
        for id in mixing {
            self.by_the_hour(id);
        }
    }

    /// One row per hour, at the date of its first.
    fn by_the_hour(&mut self, id: u64) {
        let mut hours: BTreeMap<String, (String, Vec<f64>)> = BTreeMap::new();
        for (at, value) in self.history_of(id) {
            let hour = at.get(..13).unwrap_or(&at).to_owned();
            let entry = hours.entry(hour).or_insert((at, Vec::new()));
            entry.1.push(values::number(&value));
        }
        self.history.retain(|(of, _), _| *of != id);
        for (at, hour) in hours.into_values() {
            let count = u32::try_from(hour.len()).unwrap_or(1);
            let mean = hour.iter().sum::<f64>() / f64::from(count);
            let mean = values::write(values::round(mean, 6));
            self.history.insert((id, at), mean);
        }
    }
}

/// From when on a core takes rows for an error and deletes them.
fn year_limit(version: &str) -> Option<&'static str> {
    let mut numbers = version
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    match (next(), next(), next()) {
        (3, ..) => Some("2020-01-01"),
        (4, ..4, _) | (4, 4, ..10) => Some("2025-01-01"),
        (4, 4, _) | (4, 5, ..3) => Some("2026-01-01 01:00:00"),
        _ => None,
    }
}
