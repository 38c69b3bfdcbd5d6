//! The eighteen documented examples, in both languages, minute by minute.
#![expect(clippy::unwrap_used, reason = "a helper of tests")]

use jiff::civil::{Date, Weekday, date};
use meter::{Direction, UsagePoint, paris};
use tariff::holidays::{Zone, is_holiday};
use tariff::{MinuteRange, OffPeakRules, Windows};

#[derive(Clone, Copy, PartialEq)]
enum Point {
    A,
    B,
    Other,
}

const POINTS: [(Point, &str); 3] = [
    (Point::A, "12345678901234"),
    (Point::B, "88888888888888"),
    (Point::Other, "11111111111111"),
];

/// Compares the minutes of every day of a year: both clock changes, every
/// holiday, every weekday.
fn means(
    expressions: [&str; 2],
    meaning: impl Fn(Point, Direction, Date) -> &'static [(u16, u16)],
) {
    for expression in expressions {
        let rules: OffPeakRules = expression.parse().unwrap();
        for (point, digits) in POINTS {
            let prm: UsagePoint = digits.parse().unwrap();
            for direction in Direction::ALL {
                for day in paris::days(date(2025, 1, 1), date(2026, 1, 1)) {
                    let windows = rules.windows(prm, direction, day, Zone::Mainland);
                    let hours = meaning(point, direction, day);
                    let range = |(from, to): &(u16, u16)| MinuteRange::new(from * 60, to * 60);
                    let expected: Windows = hours.iter().filter_map(range).collect();
                    assert_eq!(windows, expected, "{expression} {day}");
                }
            }
        }
    }
}

#[test]
fn hours_alone_are_those_of_every_day() {
    means(
        ["2h00-7h00 13h00-16h00", "2:00-7:00 13:00-16:00"],
        |_, _, _| &[(2, 7), (13, 16)],
    );
}

#[test]
fn a_day_replaces_every_day_and_may_have_two_ranges() {
    means(
        [
            "2h00-7h00 13h00-16h00 mercredi 08h00-15h00 samedi 09h00-11h00 12h00-16h00",
            "2:00-7:00 13:00-16:00 Wednesday 8:00-15:00 Saturday 09:00-11:00 12:00-16:00",
        ],
        |_, _, day| match day.weekday() {
            Weekday::Wednesday => &[(8, 15)],
            Weekday::Saturday => &[(9, 11), (12, 16)],
            _ => &[(2, 7), (13, 16)],
        },
    );
}

#[test]
fn days_may_be_abbreviated() {
    means(
        [
            "2h00-7h00 13h00-16h00 me 08h00-15h00 sa 09h00-16h00",
            "2:00-7:00 13:00-16:00 me 08:00-15:00 sat 09:00-16:00",
        ],
        |_, _, day| match day.weekday() {
            Weekday::Wednesday => &[(8, 15)],
            Weekday::Saturday => &[(9, 16)],
            _ => &[(2, 7), (13, 16)],
        },
    );
}

#[test]
fn without_a_general_part_other_usage_points_have_none() {
    means(
        [
            "12345678901234 1h00-6h00 12h00-14h00 88888888888888 13h00-16h00",
            "12345678901234 1:00-6:00 12:00-14:00 88888888888888 13:00-16:00",
        ],
        |point, _, _| match point {
            Point::A => &[(1, 6), (12, 14)],
            Point::B => &[(13, 16)],
            Point::Other => &[],
        },
    );
}

#[test]
fn a_usage_point_replaces_the_general_part_and_has_days_of_its_own() {
    means(
        [
            "02h00-04h00 16h00-19h00 12345678901234 1h00-6h00 12h00-14h00 mercredi 11h00-16h00 88888888888888 13h00-16h00",
            "2:00-04:00 16:00-19:00 12345678901234 1:00-6:00 12:00-14:00 Wednesday 11:00-16:00 88888888888888 13:00-16:00",
        ],
        |point, _, day| match (point, day.weekday()) {
            (Point::A, Weekday::Wednesday) => &[(11, 16)],
            (Point::A, _) => &[(1, 6), (12, 14)],
            (Point::B, _) => &[(13, 16)],
            (Point::Other, _) => &[(2, 4), (16, 19)],
        },
    );
}

#[test]
fn a_usage_point_with_nothing_after_it_has_none() {
    means(
        [
            "02h00-04h00 16h00-19h00 12345678901234 88888888888888 13h00-16h00",
            "02:00-04:00 16:00-19:00 12345678901234 88888888888888 13:00-16:00",
        ],
        |point, _, _| match point {
            Point::A => &[],
            Point::B => &[(13, 16)],
            Point::Other => &[(2, 4), (16, 19)],
        },
    );
}

#[test]
fn p_begins_the_production_part() {
    means(
        [
            "02h00-04h00 16h00-19h00 P 17h00-22h00 mercredi 11h00-16h00 12345678901234 88888888888888 13h00-16h00",
            "02:00-04:00 16:00-19:00 P 17:00-22:00 Wednesday 11:00-16:00 12345678901234 88888888888888 13:00-16:00",
        ],
        |point, direction, day| match (point, direction, day.weekday()) {
            (Point::A, ..) => &[],
            (Point::B, ..) => &[(13, 16)],
            (_, Direction::Consumption, _) => &[(2, 4), (16, 19)],
            (_, Direction::Production, Weekday::Wednesday) => &[(11, 16)],
            (_, Direction::Production, _) => &[(17, 22)],
        },
    );
}

#[test]
fn p_with_nothing_after_it_means_none_for_production() {
    means(
        ["02h00-04h00 16h00-19h00 P", "02:00-04:00 16:00-19:00 P"],
        |_, direction, _| match direction {
            Direction::Consumption => &[(2, 4), (16, 19)],
            Direction::Production => &[],
        },
    );
}

#[test]
fn a_holiday_goes_before_its_weekday_and_ends_at_midnight() {
    means(
        [
            "02h00-04h00 sa 00h00-23h59 di 00h00-23h59 fe 00h00-23h59",
            "02:00-04:00 sa 00:00-23:59 su 00:00-23:59 ba 00:00-23:59",
        ],
        |_, _, day| {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            if weekend || is_holiday(day, Zone::Mainland) {
                &[(0, 24)]
            } else {
                &[(2, 4)]
            }
        },
    );
}
