//! Every trap of the plugin: what the writer meant, or a refusal that helps.

#[path = "common/off_peak.rs"]
mod common;

use common::{error, is_off_peak};
use tariff::OffPeakRules;

#[test]
fn what_the_writer_plainly_meant_is_understood() {
    for (written, meant) in [
        ("2h-7h 13h-16h", "2h00-7h00 13h00-16h00"),
        ("2h00–7h00 13h00—16h00", "2h00-7h00 13h00-16h00"),
        ("22 h 38 - 6 h 38", "22h38-6h38"),
        ("1h00 jusqu'à 6h00", "1h00-6h00"),
        ("de 22h à 6h", "22h00-6h00"),
        ("weekend 0h-24h", "samedi 0h-24h dimanche 0h-24h"),
        ("week-end 0h-24h", "samedi 0h-24h dimanche 0h-24h"),
        ("tous les jours 1h00-2h00", "1h00-2h00"),
        ("tous les samedis 1h-2h", "samedi 1h00-2h00"),
        ("public holiday 0h-24h", "fe 0h-24h"),
        ("jours fériés 0h-24h", "fe 0h-24h"),
        ("samedi dimanche 0h00-23h59", "sa 0h-24h di 0h-24h"),
        (
            "samedi, dimanche et fériés 0h-24h",
            "sa 0h-24h di 0h-24h fe 0h-24h",
        ),
        ("lundi-mercredi 22h-6h", "lu 22h-6h ma 22h-6h me 22h-6h"),
        ("du samedi au lundi 1h-6h", "sa 1h-6h di 1h-6h lu 1h-6h"),
        ("mon to wed 1:00-6:00", "lu 1h-6h ma 1h-6h me 1h-6h"),
        ("weekdays 1:00-6:00", "lundi-vendredi 1h-6h"),
        ("mercredi, 8h00-9h00", "me 8h-9h"),
        ("mercredi : 8h00-9h00", "me 8h-9h"),
        ("samedi 1h00-2h00 et 3h00-4h00", "sa 1h-2h 3h-4h"),
        ("00h50-7h20 12h20-13h50", "0:50-7:20 12:20-13:50"),
        ("0h-24h00", "00h00-23h59"),
        ("we 8:00-9:00", "me 8h-9h"),
        ("HC (22H38-6H38)", "22h38-6h38"),
        ("HC (0H54-6H54;11H54-13H54)", "0h54-6h54 11h54-13h54"),
        ("hc(22h38-6h38)", "22h38-6h38"),
    ] {
        let rules: OffPeakRules = match written.parse() {
            Ok(rules) => rules,
            Err(error) => panic!("{written}: {error}"),
        };
        assert_eq!(rules, meant.parse().unwrap(), "{written}");
    }
}

#[test]
fn what_may_mean_two_things_is_refused_with_its_column_and_a_correction() {
    for (written, column, reason, proposal) in [
        ("2h-7h 12h", 7, "no-end", Some("12h00-13h00")),
        ("semaine 0h-24h", 1, "unclear-week", Some("lundi-vendredi")),
        ("week 0:00-24:00", 1, "unclear-week", Some("monday-friday")),
        ("WE 0h-24h", 1, "unclear-we", Some("weekend")),
        (
            "jours 0h-24h",
            1,
            "unfinished-phrase",
            Some("tous les jours"),
        ),
        (
            "public 0h-24h",
            1,
            "unfinished-phrase",
            Some("public holidays"),
        ),
        ("pentecôte 0h-24h", 1, "one-holiday", Some("fériés")),
        (
            "2h-3h mercredi P 11h-16h",
            7,
            "day-before",
            Some("P mercredi"),
        ),
        ("samedi été 2h-3h", 1, "day-before", Some("été samedi")),
        ("0h00-0h00", 1, "empty-range", Some("0h00-24h00")),
        ("24h00-6h00", 1, "starts-at-24", Some("0h00")),
        ("22h5-6h00", 1, "minute-digits", Some("22h05")),
        ("22-6", 1, "not-a-time", Some("22h00")),
        ("22h-6", 5, "not-a-time", Some("6h00")),
        ("2238-6h", 1, "not-a-time", Some("22h38")),
        ("mercerdi 2h-3h", 1, "unknown-word", Some("mercredi")),
        ("samedi - 2h-3h", 8, "stray-join", Some("")),
        ("2h-3h aucune", 7, "nothing-and-hours", Some("")),
        (
            "22516 914 714 270 2h-3h",
            1,
            "usage-point-digits",
            Some("22516914714270"),
        ),
        ("lundi-lundi 2h-3h", 1, "day-range", Some("lundi")),
        ("2h-3h ?", 7, "unknown-character", Some("")),
        ("1234567890123 2h-3h", 1, "usage-point-digits", None),
        ("25h00-26h00", 1, "hour", None),
        ("2h60-3h00", 1, "minute", None),
        ("2h00-24h30", 6, "minute", None),
        ("2h-3h xyzzy", 7, "unknown-word", None),
    ] {
        let expected = (column, reason, proposal.map(str::to_owned));
        assert_eq!(error(written), expected, "{written}");
    }
}

#[test]
fn following_the_corrections_leads_to_an_expression_that_is_understood() {
    for written in [
        "22-6",
        "12h",
        "semaine 0h-24h",
        "WE 0h-24h",
        "mercredi P 11h-16h",
        "2238-0638",
        "pentecôte 0h",
        "22516 914 714 270 2h-3",
        "samedi - 24h-6h5 ?",
    ] {
        let mut text = written.to_owned();
        for _ in 0..5 {
            match text.parse::<OffPeakRules>() {
                Ok(_) => break,
                Err(error) => text = error.corrected(&text).unwrap(),
            }
        }
        assert!(
            text.parse::<OffPeakRules>().is_ok(),
            "{written} became {text}"
        );
    }
}

const POINT: &str = "12345678901234";

fn saturday_to_sunday(expression: &str, instant: &str) -> bool {
    is_off_peak(expression, POINT, instant, "consumption")
}

#[test]
fn the_night_of_a_named_day_is_added_to_the_next_days_own_hours() {
    let expression = "2h-4h samedi 22h-6h dimanche 14h-16h";
    for (instant, expected) in [
        ("2025-06-07 02:30", false),
        ("2025-06-07 22:00", true),
        ("2025-06-08 05:59", true),
        ("2025-06-08 06:00", false),
        ("2025-06-08 14:00", true),
        ("2025-06-09 02:30", true),
    ] {
        assert_eq!(
            saturday_to_sunday(expression, instant),
            expected,
            "{instant}"
        );
    }
}

#[test]
fn the_night_of_every_day_is_both_ends_of_each_day_that_has_none_of_its_own() {
    let expression = "22h-6h samedi 14h-16h";
    for (instant, expected) in [
        ("2025-06-06 23:00", true),
        ("2025-06-07 05:00", false),
        ("2025-06-07 23:00", false),
        ("2025-06-08 05:00", true),
    ] {
        assert_eq!(
            saturday_to_sunday(expression, instant),
            expected,
            "{instant}"
        );
    }
}

#[test]
fn the_night_of_a_holiday_runs_into_the_day_after_it() {
    let expression = "2h-3h fériés 22h-6h";
    assert!(saturday_to_sunday(expression, "2025-07-14 23:00"));
    assert!(saturday_to_sunday(expression, "2025-07-15 05:00"));
    assert!(!saturday_to_sunday(expression, "2025-07-14 02:30"));
    assert!(!saturday_to_sunday(expression, "2025-07-16 05:00"));
}

#[test]
fn a_season_replaces_the_usual_week() {
    let expression = "1h-7h été 2h-6h 14h-16h samedi 0h-24h";
    for (instant, expected) in [
        ("2026-03-31 06:30", true),
        ("2026-04-01 06:30", false),
        ("2026-04-01 15:00", true),
        ("2026-04-04 20:00", true),
        ("2026-10-31 20:00", true),
        ("2026-11-07 20:00", false),
    ] {
        assert_eq!(
            saturday_to_sunday(expression, instant),
            expected,
            "{instant}"
        );
    }
}
