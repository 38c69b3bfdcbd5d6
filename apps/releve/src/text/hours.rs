//! The table of a day's intervals: an hour a row, whatever the meter's steps.

use jiff::{SignedDuration, Timestamp};
use meter::paris;

use crate::json::show::{Day, Interval};
use crate::table::{Align, Table};
use crate::words::{Side, Words};

/// Narrower terminals get one long table instead of two halves beside each other.
const SIDE_BY_SIDE: usize = 72;

/// The table's lines.
pub fn lines(day: &Day, words: Words, width: usize) -> Vec<String> {
    let grid = Grid::of(day, words);
    let rows = grid.rows(day);
    let halves = if grid.columns() <= 2 && width >= SIDE_BY_SIDE {
        2
    } else {
        1
    };
    let length = rows.len().div_ceil(halves);
    let mut headings = Vec::new();
    for half in 0..halves {
        if half > 0 {
            headings.push((Align::Left, "│".to_owned()));
        }
        headings.extend(grid.headings());
    }
    let mut table = Table::of(headings);
    for (at, row) in rows.iter().enumerate().take(length) {
        let mut cells = row.clone();
        if let Some(beside) = rows.get(at + length) {
            cells.push("│".to_owned());
            cells.extend(beside.iter().cloned());
        }
        table.row(cells);
    }
    table.lines()
}

/// How the intervals are laid out: rows of an hour (or half of one, where an
/// hour has more than six intervals), a column per step.
struct Grid {
    row: SignedDuration,
    /// Minutes of the shortest step.
    step: u16,
    words: Words,
}

impl Grid {
    fn of(day: &Day, words: Words) -> Self {
        let steps = day.intervals.iter().map(|interval| interval.step_minutes);
        let step = steps.min().unwrap_or(30);
        Self {
            row: SignedDuration::from_mins(if step < 10 { 30 } else { 60 }),
            step,
            words,
        }
    }

    fn columns(&self) -> usize {
        self.row.as_mins() as usize / usize::from(self.step)
    }

    fn headings(&self) -> Vec<(Align, String)> {
        let mark = if self.row.as_hours() == 1 { ":" } else { "+" };
        let mut headings = vec![(Align::Left, self.words.t("show-hour"))];
        for column in 0..self.columns() {
            let minute = column * usize::from(self.step);
            headings.push((Align::Right, format!("{mark}{minute:02}")));
        }
        headings.push((Align::Right, "Wh".to_owned()));
        headings
    }

    fn rows(&self, day: &Day) -> Vec<Vec<String>> {
        let end = paris::day_end(day.day);
        let mut start = paris::day_start(day.day);
        let mut rows = Vec::new();
        while start < end {
            rows.push(self.cells(start, &day.intervals));
            start += self.row;
        }
        rows
    }

    fn cells(&self, start: Timestamp, intervals: &[Interval]) -> Vec<String> {
        let end = start + self.row;
        let touching = |from: Timestamp, to: Timestamp| {
            intervals
                .iter()
                .filter(move |interval| interval.start < to && interval.end() > from)
        };
        let mut cells = vec![self.label(start)];
        for column in 0..self.columns() {
            let step = SignedDuration::from_mins(i64::from(self.step));
            let from = start + step * i32::try_from(column).unwrap_or(0);
            cells.push(match touching(from, from + step).next_back() {
                Some(interval) if interval.start >= from => {
                    self.words.number(u64::from(interval.watts))
                }
                // The step that began in an earlier column goes on.
                Some(_) => String::new(),
                None => "—".to_owned(),
            });
        }
        cells.push(self.energy(touching(start, end), start, end));
        cells
    }

    /// The row's energy in Wh, where every minute of it is covered.
    fn energy<'a>(
        &self,
        intervals: impl Iterator<Item = &'a Interval>,
        start: Timestamp,
        end: Timestamp,
    ) -> String {
        let (mut watt_minutes, mut minutes) = (0, 0);
        for interval in intervals {
            let from = interval.start.max(start);
            let covered = interval.end().min(end).duration_since(from).as_mins();
            minutes += covered;
            watt_minutes += u64::from(interval.watts) * covered.unsigned_abs();
        }
        if minutes < self.row.as_mins() {
            return "—".to_owned();
        }
        self.words
            .number(meter::WattMinutes(watt_minutes).watt_hours_rounded())
    }

    fn label(&self, start: Timestamp) -> String {
        let time = paris::local(start).time();
        let text = if self.row.as_hours() == 1 {
            let hour = format!("{:02}", time.hour());
            self.words.say("show-hour-of", &[("hour", &hour)])
        } else {
            self.words.clock(start)
        };
        match Side::of(start) {
            Some(Side::Summer) => format!("{text} {}", self.words.t("show-summer-short")),
            Some(Side::Winter) => format!("{text} {}", self.words.t("show-winter-short")),
            None => text,
        }
    }
}
