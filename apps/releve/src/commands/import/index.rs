//! What became of a file of register readings.

use std::path::Path;

use collector::import::{self, IndexFile, IndexReport};
use meter::paris;

use super::{NAMED, heading, more, unplaced};
use crate::json::import::{ImportedFile, ImportedKind, Sums};
use crate::words::Words;

/// The same for programs.
pub(super) fn imported(path: &Path, file: &IndexFile, report: &IndexReport) -> ImportedFile {
    ImportedFile {
        file: import::short_name(path),
        kind: ImportedKind::Index,
        usage_point: report.usage_point,
        direction: report.direction,
        from: report.span.map(|(first, _)| paris::day_start(first)),
        to: report.span.map(|(_, last)| paris::day_start(last)),
        unbalanced: file.unbalanced.clone(),
        sums: Sums {
            points: report.readings as u64,
            written: report.written.rows() as u64,
            revised: report.written.revised as u64,
            days_complete: report.days as u64,
            duplicates: file.duplicates as u64,
            unplaced: file.unplaced.len() as u64,
            // Between the first and the last reading; 0 where a meter was changed.
            watt_hours: report.watt_hours.unwrap_or(0),
            watt_minutes: report.watt_hours.unwrap_or(0) * 60,
            ..Sums::default()
        },
    }
}

/// What became of it, for people.
pub(super) fn lines(
    words: Words,
    name: &str,
    file: &IndexFile,
    report: &IndexReport,
) -> Vec<String> {
    let number = |count: usize| words.number(count as u64);
    let mut lines = vec![heading(words, name, report.usage_point, report.direction)];
    let mut say = |message: &str, args: &service::Args| {
        lines.push(format!("  {}", words.say(message, args)));
    };
    say(
        "import-index",
        &[
            ("readings", &number(report.readings)),
            ("written", &number(report.written.inserted)),
            ("revised", &number(report.written.revised)),
        ],
    );
    if let Some((first, last)) = report.span {
        let (days, from, to) = (number(report.days), words.date(first), words.date(last));
        let mut args: Vec<(&str, &str)> = vec![("days", &days), ("from", &from), ("to", &to)];
        let energy = report.watt_hours.map(|energy| words.kwh(energy));
        match &energy {
            Some(energy) => {
                args.push(("energy", energy));
                say("import-index-days", &args);
            }
            None => say("import-index-days-reset", &args),
        }
    }
    for calendar in file.calendars.iter().take(NAMED) {
        let classes: Vec<&str> = calendar
            .classes
            .iter()
            .map(|(_, class)| class.as_str())
            .collect();
        say(
            "import-index-calendar",
            &[
                ("id", &calendar.id),
                ("label", &calendar.label),
                ("classes", &classes.join(", ")),
            ],
        );
    }
    if file.duplicates > 0 {
        say("import-duplicates", &[("count", &number(file.duplicates))]);
    }
    for line in file.unbalanced.iter().take(NAMED) {
        say("import-unbalanced", &[("line", &line.to_string())]);
    }
    if let Some(more) = more(file.unbalanced.len()) {
        say("import-unbalanced-more", &[("count", &number(more))]);
    }
    lines.extend(unplaced(words, &file.unplaced));
    if report.written.rows() == 0 {
        lines.push(format!("  {}", words.t("import-nothing")));
    }
    lines
}
