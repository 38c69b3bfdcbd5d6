//! A day's curve in block characters: one column per half hour of the local
//! day, 46, 48 or 50 of them.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use meter::paris;

use crate::json::show::Interval;
use crate::table::{Align, pad, width};
use crate::words::Words;

const ROWS: u64 = 8;
const HALF_HOUR: SignedDuration = SignedDuration::from_mins(30);
const BLOCKS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The chart's lines: scale, curve, axis, hours.
pub fn lines(day: Date, intervals: &[Interval], words: Words) -> Vec<String> {
    let columns = columns(day, intervals);
    let highest = columns.iter().flatten().copied().max().unwrap_or(0);
    let top = round_up(highest.max(1));
    let labels = [(ROWS - 1, top), (ROWS / 2 - 1, top / 2)];
    let margin = width(&words.unit(top, "W"));
    let mut lines = Vec::new();
    for row in (0..ROWS).rev() {
        let label = labels.iter().find(|(at, _)| *at == row);
        let label = label.map(|(_, watts)| words.unit(*watts, "W"));
        let edge = if label.is_some() { '┤' } else { '│' };
        let cells: String = columns.iter().map(|watts| cell(*watts, top, row)).collect();
        let label = pad(&label.unwrap_or_default(), margin, Align::Right);
        lines.push(format!("{label} {edge}{cells}").trim_end().to_owned());
    }
    let zero = pad("0", margin, Align::Right);
    lines.push(format!("{zero} ┼{}", ticks(day, columns.len())));
    lines.push(format!(
        "{} {}",
        " ".repeat(margin + 1),
        hours(day, columns.len())
    ));
    lines
}

/// The mean power of what is covered of each half hour; none: nothing is.
fn columns(day: Date, intervals: &[Interval]) -> Vec<Option<u64>> {
    let count = paris::day_minutes(day) as usize / 30;
    let start = paris::day_start(day);
    let mut sums = vec![(0_u64, 0_u64); count];
    for interval in intervals {
        for minute in 0..i64::from(interval.step_minutes) {
            let at = interval.start + SignedDuration::from_mins(minute);
            let column = at.duration_since(start).as_mins().max(0) as usize / 30;
            if let Some((watts, minutes)) = sums.get_mut(column) {
                *watts += u64::from(interval.watts);
                *minutes += 1;
            }
        }
    }
    sums.iter()
        .map(|(watts, minutes)| watts.checked_div(*minutes))
        .collect()
}

fn cell(watts: Option<u64>, top: u64, row: u64) -> &'static str {
    let Some(watts) = watts else {
        return if row == 0 { "·" } else { " " };
    };
    let eighths = (watts * ROWS * 8).div_ceil(top);
    BLOCKS[eighths.saturating_sub(row * 8).min(8) as usize]
}

/// The next 1, 1.2, 1.6, 2, 3, 4, 5, 6 or 8 times a power of ten, so that its half is plain too.
fn round_up(value: u64) -> u64 {
    let mut unit = 1;
    while unit * 10 <= value {
        unit *= 10;
    }
    let steps = [10, 12, 16, 20, 30, 40, 50, 60, 80, 100];
    steps
        .into_iter()
        .map(|step| step * unit / 10)
        .find(|top| *top >= value)
        .unwrap_or(value)
}

fn column_start(day: Date, column: usize) -> Timestamp {
    paris::day_start(day) + HALF_HOUR * i32::try_from(column).unwrap_or(0)
}

/// Whether an hour is named below the axis: every third, and both of the repeated one.
fn is_named(at: Timestamp) -> bool {
    let time = paris::local(at).time();
    let repeated = crate::words::Side::of(at).is_some();
    time.minute() == 0 && (repeated || time.hour() % 3 == 0)
}

fn ticks(day: Date, count: usize) -> String {
    (0..count)
        .map(|column| {
            if is_named(column_start(day, column)) {
                '┬'
            } else {
                '─'
            }
        })
        .collect()
}

fn hours(day: Date, count: usize) -> String {
    let mut line = String::new();
    for column in 0..count {
        let at = column_start(day, column);
        // On the long day the hour after both readings of the repeated one has no room.
        if is_named(at) && line.len() <= column {
            line.push_str(&" ".repeat(column - line.len()));
            line.push_str(&paris::local(at).time().hour().to_string());
        }
    }
    line.push_str(" h");
    line
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn flat(day: Date, watts: u32) -> Vec<Interval> {
        (0..paris::day_minutes(day) as usize / 30)
            .map(|column| Interval {
                start: column_start(day, column),
                step_minutes: 30,
                watts,
            })
            .collect()
    }

    #[test]
    fn every_local_day_has_as_many_columns_as_half_hours() {
        for (day, count) in [
            (date(2023, 3, 26), 46),
            (date(2023, 3, 27), 48),
            (date(2022, 10, 30), 50),
        ] {
            let columns = columns(day, &flat(day, 100));
            assert_eq!(columns, vec![Some(100); count]);
        }
    }

    #[test]
    fn the_repeated_hour_is_named_twice_and_the_skipped_one_never() {
        let twos = |line: String| line.split(' ').filter(|hour| *hour == "2").count();
        assert_eq!(twos(hours(date(2022, 10, 30), 50)), 2);
        assert_eq!(twos(hours(date(2023, 3, 26), 46)), 0);
    }

    #[test]
    fn an_hourly_step_fills_two_columns_and_a_hole_none() {
        let day = date(2026, 1, 5);
        let mut intervals = flat(day, 100);
        intervals.truncate(1);
        intervals[0].step_minutes = 60;
        assert_eq!(columns(day, &intervals)[..3], [Some(100), Some(100), None]);
    }

    #[test]
    fn the_scale_is_round_and_holds_the_highest() {
        for (value, top) in [
            (1, 1),
            (9, 10),
            (1_234, 1_600),
            (2_000, 2_000),
            (8_100, 10_000),
        ] {
            assert_eq!(round_up(value), top);
        }
    }
}
