//! File format A says the same as the API.

use jiff::civil::date;
use meter::Direction;
use simulator::customers::{DEMO_HOME, DIFFICULT};
use simulator::{Truth, export};

use crate::support::profile;

#[test]
fn the_file_begins_as_the_portals_does() {
    let truth = Truth::new(42, profile(DEMO_HOME));
    let file = export::format_a(
        &truth,
        Direction::Consumption,
        date(2025, 10, 26),
        date(2025, 10, 27),
    );
    assert!(file.starts_with('\u{feff}'));
    let head: Vec<_> = file.lines().take(13).collect();
    insta::assert_snapshot!(head.join("\n").trim_start_matches('\u{feff}'));
    assert_eq!(file.lines().count(), 4 + 50);
}

#[test]
fn its_rows_are_the_collected_curve_with_its_offsets() {
    for (number, direction) in [
        (DEMO_HOME, Direction::Production),
        (DIFFICULT, Direction::Consumption),
    ] {
        let truth = Truth::new(42, profile(number));
        let (from, to) = (date(2026, 3, 1), date(2026, 4, 15));
        let file = export::format_a(&truth, direction, from, to);
        let rows: Vec<(jiff::Timestamp, u32)> = file
            .lines()
            .skip(4)
            .map(|line| line.split_once(';').unwrap())
            .map(|(stamp, watts)| (stamp.parse().unwrap(), watts.parse().unwrap()))
            .collect();
        let expected: Vec<_> = meter::paris::days(from, to)
            .flat_map(|day| truth.collected_day(direction, day))
            .map(|interval| (interval.end(), interval.watts))
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(rows, expected);
    }
}
