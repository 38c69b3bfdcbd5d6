//! The colours of days, for people.

use jiff::civil::Date;

use super::Page;
use crate::json::colours::{ColourDay, ColourDays, ColourStatus, ContradictedDay, ImportedColours};
use crate::table::{Align, Table};
use crate::words::Words;

/// How many contradicted days are named before the rest is only counted.
const NAMED: usize = 10;
/// The longest period of which each day has a line.
const DAYS: usize = 31;

impl Page {
    /// A calendar's present state.
    pub fn colour_status(&mut self, status: &ColourStatus) {
        let words = self.words;
        self.gap();
        self.heading(&words.calendar_title(&status.calendar));
        self.line(&format!("  {}", words.colours_now(status)));
        if let Some(span) = words.colours_span(status) {
            self.line(&format!("  {span}"));
        }
        for text in words.colour_faults(status) {
            self.warning(&format!("  {text}"));
        }
        self.contradicted(&status.contradictions);
        self.sentence(&format!("  {}", words.colours_next(status)), "    ");
    }

    /// Days on which sources differ, each with what is made of it.
    pub fn contradicted(&mut self, days: &[ContradictedDay]) {
        let words = self.words;
        for one in days.iter().take(NAMED) {
            let text = words.contradiction(one);
            self.sentence(&format!("  {text}"), "    ");
        }
        if let Some(more) = days.len().checked_sub(NAMED).filter(|more| *more > 0) {
            let more = words.number(more as u64);
            self.line(&format!(
                "  {}",
                words.say("colours-more", &[("days", &more)])
            ));
        }
    }

    /// A period: a line a day, or a line a month.
    pub fn colour_days(&mut self, shown: &ColourDays) {
        let words = self.words;
        self.gap();
        self.heading(&words.calendar_title(&shown.calendar));
        let title = self.words.days_title(shown.first, shown.last);
        self.line(&title);
        self.gap();
        let lines = if shown.days.len() <= DAYS {
            self.colour_lines(&shown.days)
        } else {
            self.colour_months(shown)
        };
        for line in lines {
            self.line(&line);
        }
        let differ: Vec<ContradictedDay> = shown.days.iter().filter_map(differing).collect();
        if !differ.is_empty() {
            self.gap();
            self.contradicted(&differ);
        }
    }

    fn colour_lines(&self, days: &[ColourDay]) -> Vec<String> {
        let words = self.words;
        let mut table = Table::new([
            (Align::Left, words.t("colours-column-day")),
            (Align::Left, words.t("colours-column-colour")),
            (Align::Left, words.t("colours-column-sources")),
        ]);
        for day in days {
            let said = day.said.iter();
            let sources: Vec<String> = said.map(|one| words.colour_source(&one.source)).collect();
            let colour = if day.colour.is_none() && !day.said.is_empty() {
                words.t("colours-disputed")
            } else {
                self.colour(day.colour.as_deref())
            };
            table.row([words.short_day(day.day), colour, short(&sources.join(", "))]);
        }
        table.lines()
    }

    fn colour_months(&self, shown: &ColourDays) -> Vec<String> {
        let words = self.words;
        let kinds: &[&str] = if shown.calendar == "ejp" {
            &["normal", "peak"]
        } else {
            &["blue", "white", "red"]
        };
        let mut columns = vec![(Align::Left, words.t("colours-column-month"))];
        columns.extend(
            kinds
                .iter()
                .map(|kind| (Align::Right, self.colour(Some(kind)))),
        );
        columns.push((Align::Right, words.t("colours-disputed")));
        columns.push((Align::Right, self.colour(None)));
        let mut table = Table::of(columns);
        let month = |day: Date| (day.year(), day.month());
        for days in shown
            .days
            .chunk_by(|one, two| month(one.day) == month(two.day))
        {
            let count = |is: &dyn Fn(&ColourDay) -> bool| {
                let count = days.iter().filter(|day| is(day)).count();
                if count == 0 {
                    String::new()
                } else {
                    count.to_string()
                }
            };
            let mut row = vec![words.month(days[0].day)];
            row.extend(
                kinds
                    .iter()
                    .map(|kind| count(&|day| day.colour.as_deref() == Some(*kind))),
            );
            row.push(count(&|day| day.colour.is_none() && !day.said.is_empty()));
            row.push(count(&|day| day.colour.is_none() && day.said.is_empty()));
            table.row(row);
        }
        table.without_empty_columns().lines()
    }

    fn colour(&self, colour: Option<&str>) -> String {
        self.words.colour(colour)
    }
}

/// What became of an imported file.
pub fn imported(words: Words, report: &ImportedColours) -> Vec<String> {
    let calendar = words.t(&format!("colours-of-{}", report.calendar));
    let args = [("file", report.file.as_str()), ("calendar", &calendar)];
    let mut lines = vec![words.say("colours-import-file", &args)];
    let (days, written) = (words.number(report.days), words.number(report.written));
    let revised = words.number(report.revised);
    let date = |day: Option<Date>| day.map(|day| words.date(day)).unwrap_or_default();
    let (first, last) = (date(report.first), date(report.last));
    let args = [
        ("days", days.as_str()),
        ("written", &written),
        ("revised", &revised),
        ("first", &first),
        ("last", &last),
    ];
    lines.push(format!("  {}", words.say("colours-import-days", &args)));
    for one in report.contradictions.iter().take(NAMED) {
        lines.push(format!("  {}", words.contradiction(one)));
    }
    let count = report.contradictions.len();
    if let Some(more) = count.checked_sub(NAMED).filter(|more| *more > 0) {
        let more = words.number(more as u64);
        lines.push(format!(
            "  {}",
            words.say("colours-more", &[("days", &more)])
        ));
    }
    if count > 0 {
        lines.push(format!("  → {}", words.t("colours-settle")));
    }
    lines
}

/// A day on which sources differ, out of the list of days.
fn differing(day: &ColourDay) -> Option<ContradictedDay> {
    let first = day.said.first()?;
    let differ = day.said.iter().any(|one| one.colour != first.colour);
    differ.then(|| ContradictedDay {
        day: day.day,
        said: day.said.clone(),
        used: day.colour.clone(),
    })
}

/// Sources that leave room for the other columns.
fn short(text: &str) -> String {
    const LONGEST: usize = 44;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
