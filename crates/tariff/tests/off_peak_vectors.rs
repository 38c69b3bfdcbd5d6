//! A hundred questions, answered as the plugin answers them, except where it
//! misunderstands its reader.

#[path = "common/off_peak.rs"]
mod common;

use common::{error, is_off_peak};

/// `row, usage point, instant, direction, result, expression`, tab-separated.
const VECTORS: &str = include_str!("../../../testdata/off-peak/vectors.tsv");

/// Each of these has a test of its own below, with the reason.
const MISUNDERSTOOD: [u32; 20] = [
    56, 57, 66, 69, 72, 74, 75, 76, 77, 78, 79, 80, 81, 82, 86, 87, 90, 91, 95, 96,
];

#[test]
fn every_row_that_the_plugin_understands_has_the_same_answer() {
    let mut rows = 0;
    for line in VECTORS.lines().skip(1) {
        let fields: Vec<_> = line.split('\t').collect();
        let [row, point, instant, direction, result, expression] = fields[..] else {
            panic!("{line}");
        };
        if MISUNDERSTOOD.contains(&row.parse().unwrap()) {
            continue;
        }
        let expected = result == "off-peak";
        assert_eq!(
            is_off_peak(expression, point, instant, direction),
            expected,
            "{line}"
        );
        rows += 1;
    }
    assert_eq!(rows, 80);
}

fn consumption(expression: &str, instant: &str) -> bool {
    is_off_peak(expression, "12345678901234", instant, "consumption")
}

fn production(expression: &str, instant: &str) -> bool {
    is_off_peak(expression, "12345678901234", instant, "production")
}

#[test]
fn row_56_the_morning_before_belongs_to_friday_night_not_to_saturdays() {
    assert!(!consumption("samedi 22h00-6h00", "2025-06-07 02:30"));
}

#[test]
fn row_57_the_night_of_saturday_ends_on_sunday_morning() {
    assert!(consumption("samedi 22h00-6h00", "2025-06-08 02:30"));
    assert!(!consumption("samedi 22h00-6h00", "2025-06-08 06:00"));
}

#[test]
fn row_66_the_same_time_twice_may_mean_never_or_always() {
    assert_eq!(
        error("0h00-0h00"),
        (1, "empty-range", Some("0h00-24h00".to_owned()))
    );
}

#[test]
fn row_69_minutes_left_out_do_not_swallow_the_next_hour() {
    assert!(consumption("2h-7h 13h-16h", "2025-06-04 13:30"));
    assert!(!consumption("2h-7h 13h-16h", "2025-06-04 07:05"));
}

#[test]
fn row_72_a_typographic_dash_is_a_dash() {
    assert!(consumption("2h00–7h00 13h00-16h00", "2025-06-04 13:30"));
    assert!(consumption("2h00–7h00 13h00-16h00", "2025-06-04 02:30"));
}

#[test]
fn rows_74_and_75_what_follows_and_belongs_to_the_same_day() {
    let expression = "samedi 1h00-2h00 et 3h00-4h00";
    assert!(!consumption(expression, "2025-06-04 03:30"));
    assert!(consumption(expression, "2025-06-07 03:30"));
}

#[test]
fn row_76_a_comma_does_not_hide_the_day() {
    assert!(!consumption("mercredi, 8h00-9h00", "2025-06-05 08:30"));
    assert!(consumption("mercredi, 8h00-9h00", "2025-06-04 08:30"));
}

#[test]
fn rows_77_and_78_days_named_together_share_their_hours() {
    let expression = "samedi dimanche 0h00-23h59";
    assert!(consumption(expression, "2025-06-07 12:30"));
    assert!(consumption(expression, "2025-06-08 12:30"));
    assert!(!consumption(expression, "2025-06-09 12:30"));
}

#[test]
fn rows_79_and_80_the_weekend_is_not_wednesday() {
    for expression in [
        "weekend 0h00-23h59",
        "week-end 0h00-23h59",
        "week end 0h-24h",
    ] {
        assert!(consumption(expression, "2025-06-07 12:30"));
        assert!(consumption(expression, "2025-06-08 23:59"));
        assert!(!consumption(expression, "2025-06-04 12:30"));
    }
}

#[test]
fn rows_81_and_82_public_does_not_begin_the_production_part() {
    let expression = "public holiday 0h00-23h59";
    assert!(consumption(expression, "2025-07-14 12:30"));
    assert!(production(expression, "2025-07-14 12:30"));
    assert!(!production(expression, "2025-07-15 12:30"));
}

#[test]
fn row_86_every_day_is_every_day() {
    assert!(consumption("tous les jours 1h00-2h00", "2025-06-04 01:30"));
}

#[test]
fn row_87_a_day_before_p_may_be_meant_for_either_side() {
    let expected = (1, "day-before", Some("P mercredi".to_owned()));
    assert_eq!(error("mercredi P 11h00-16h00"), expected);
}

#[test]
fn rows_90_and_91_a_range_of_days_holds_the_days_between() {
    let expression = "lundi-vendredi 22h00-6h00";
    assert!(consumption(expression, "2025-06-06 22:30"));
    assert!(consumption(expression, "2025-06-04 22:30"));
    assert!(consumption(expression, "2025-06-07 05:30"));
    assert!(!consumption(expression, "2025-06-07 22:30"));
    assert!(!consumption(expression, "2025-06-09 05:30"));
}

#[test]
fn row_95_until_joins_two_times() {
    for expression in ["1h00 jusqu'à 6h00", "1h00 jusqu’à 6h00", "1:00 until 6:00"] {
        assert!(consumption(expression, "2025-06-04 01:30"));
        assert!(!consumption(expression, "2025-06-04 06:00"));
    }
}

#[test]
fn row_96_one_time_alone_is_no_range() {
    assert_eq!(error("12h"), (1, "no-end", Some("12h00-13h00".to_owned())));
}
