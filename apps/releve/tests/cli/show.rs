//! What `show` says of days, weeks, months, years and maxima, in both languages.

use insta::assert_snapshot;
use jiff::civil::date;
use meter::{Direction, Interval, Kind, Step, paris};
use releve::Exit;

use crate::house::{AUTUMN, HOME, House, PARTIAL, SPRING, curve, energy, judge, key, now};

#[test]
fn a_day_is_a_curve_a_table_and_two_sums_that_are_compared() {
    let house = House::lived_in();
    assert_snapshot!(house.both("show day 2026-11-04"));
}

#[test]
fn the_autumn_day_has_fifty_half_hours_and_names_the_repeated_hour_twice() {
    let house = House::lived_in();
    assert_snapshot!(house.both(&format!("show day {AUTUMN} --usage-point {HOME}")));
}

#[test]
fn the_spring_day_has_forty_six_half_hours() {
    let house = House::lived_in();
    assert_snapshot!(house.both(&format!("show day {SPRING} --usage-point {HOME}")));
}

#[test]
fn a_day_with_holes_names_them_and_compares_nothing() {
    let house = House::lived_in();
    assert_snapshot!(house.both(&format!("show day {PARTIAL} --direction consumption")));
}

#[test]
fn an_awaited_day_says_so_in_place_of_a_curve() {
    let house = House::lived_in();
    assert_snapshot!(house.both(&format!("show day hier --usage-point {HOME}")));
}

#[test]
fn ten_minute_and_hourly_steps_share_one_table() {
    let house = House::empty();
    let day = date(2026, 11, 3);
    let mut start = paris::day_start(day);
    let mut intervals = Vec::new();
    while start < paris::day_end(day) {
        let night = paris::local(start).hour() < 6;
        let step = if night { Step::HOUR } else { Step::TEN };
        let watts = 600 + intervals.len() as u32 * 6;
        intervals.push(Interval { start, step, watts });
        start += step.duration();
    }
    house.write(|store| {
        let key = key(HOME, Direction::Consumption, Kind::Curve);
        store
            .write_curve(key, &intervals, &[day], "import", now(), &judge)
            .unwrap();
    });
    assert_snapshot!(house.both("show day"));
}

#[test]
fn five_minute_steps_still_fit_eighty_columns() {
    let mut house = House::empty();
    let day = date(2026, 11, 3);
    let mut start = paris::day_start(day);
    let mut intervals = Vec::new();
    while start < paris::day_end(day) {
        intervals.push(Interval {
            start,
            step: Step::FIVE,
            watts: 36_000,
        });
        start += Step::FIVE.duration();
    }
    house.write(|store| {
        let key = key(HOME, Direction::Consumption, Kind::Curve);
        store
            .write_curve(key, &intervals, &[day], "import", now(), &judge)
            .unwrap();
    });
    assert!(house.both("show day").contains("23:30"));
    house.terminal.width = 72;
    house.both("show day");
}

#[test]
fn a_week_shows_each_day_and_what_is_missing() {
    let house = House::lived_in();
    assert_snapshot!(house.both(&format!("show week 2026-11-18 --usage-point {HOME}")));
}

#[test]
fn a_month_with_missing_days_is_partial_and_nothing_is_estimated() {
    let house = House::lived_in();
    assert_snapshot!(house.both("show month 2026-11"));
}

#[test]
fn a_full_month_is_compared_with_the_sources_own_total() {
    let house = House::lived_in();
    assert_snapshot!(house.both(&format!("show month 2026-10 --usage-point {HOME}")));
}

#[test]
fn a_year_shows_its_months_with_their_counts_of_days() {
    let house = House::lived_in();
    assert_snapshot!(house.both(&format!("show year 2026 --usage-point {HOME}")));
}

#[test]
fn maxima_stand_beside_the_subscribed_power_and_an_ambiguous_hour_is_named() {
    let house = House::lived_in();
    assert_snapshot!(house.both("show max 2026-10"));
}

#[test]
fn the_json_of_a_day_is_exact() {
    let house = House::lived_in();
    let shown = house
        .run(&format!("--json show day {AUTUMN} --usage-point {HOME}"))
        .json();
    let day = &shown["usage_points"][0];
    assert_eq!(day["intervals"].as_array().unwrap().len(), 50);
    assert_eq!(day["watt_hours"], energy(&curve(AUTUMN)));
    assert_eq!(day["curve_watt_minutes"], energy(&curve(AUTUMN)) * 60);
    assert_eq!(day["difference_watt_minutes"], 0);
    assert_eq!(day["intervals"][0]["start"], "2026-10-24T22:00:00Z");
}

#[test]
fn the_default_is_the_last_day_with_data() {
    let house = House::lived_in();
    let shown = house
        .run(&format!("--json show day --usage-point {HOME}"))
        .json();
    assert_eq!(shown["usage_points"][0]["day"], "2026-11-19");
}

#[test]
fn a_period_longer_than_what_is_shown_is_refused() {
    let said = House::lived_in().run("show day 2026");
    assert_eq!(said.exit, Exit::Usage);
    assert_eq!(said.out, "");
}

#[test]
fn colours_are_for_terminals_only() {
    let mut house = House::lived_in();
    assert!(!house.run("show day").out.contains('\u{1b}'));
    house.terminal.color = true;
    assert!(house.run("show day").out.contains("\u{1b}[1m"));
}
