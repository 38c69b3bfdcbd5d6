//! Every choice of both lines, on days counted by hand.
//!
//! Consumption of a day is its number in the month as peak and ten times that as
//! off-peak, in Wh; production a hundred times and 1000. The highest power is
//! 1000 VA and the number of the day in the year. One hour of each day holds the
//! whole of it.

use jiff::civil::Date;

use super::*;
use crate::domoticz::settings::{MainValue, OtherValue};
use crate::domoticz::side::SideDay;

const MAIN: [&str; 6] = ["day", "cweek", "lweek", "cmonth", "lmonth", "year"];

fn side(first: Date, end: Date, of: impl Fn(u64) -> [u64; 2]) -> Side {
    let days = paris::days(first, end).map(|day| {
        let energy = of(u64::from(day.day().unsigned_abs()));
        let held = SideDay {
            stated: Some(energy[0] + energy[1]),
            curve: energy.map(|wh| wh * 60),
            minutes: paris::day_minutes(day),
            largest: energy.map(|wh| wh * 60),
            ..SideDay::default()
        };
        (day, held)
    });
    Side::of_days(days.collect())
}

fn consumption(first: Date, end: Date) -> Side {
    side(first, end, |day| [day, 10 * day])
}

fn production(first: Date, end: Date) -> Side {
    side(first, end, |day| [100 * day, 1000])
}

fn maxima(first: Date, end: Date) -> BTreeMap<Date, u32> {
    let of = |day: Date| 1000 + u32::from(day.day_of_year().unsigned_abs());
    paris::days(first, end).map(|day| (day, of(day))).collect()
}

fn chosen(main: &str, other: &str) -> Settings {
    let mut settings = Settings::new("http://localhost".parse().unwrap());
    settings.main_value = MainValue::of_word(&format!("peak_{main}")).unwrap();
    settings.other_value = OtherValue::of_word(other).unwrap();
    settings
}

const FIRST: Date = date(2025, 1, 1);

/// The figures of a house that has everything up to yesterday.
fn whole(today: Date, main: &str, other: &str) -> String {
    let (used, given) = (consumption(FIRST, today), production(FIRST, today));
    let sides = Sides {
        consumption: &used,
        production: &given,
    };
    let tile = tile(sides, &maxima(FIRST, today), &chosen(main, other), today).unwrap();
    assert_eq!(tile.of, paris::add_days(today, -1));
    tile.value
}

fn powers(today: Date) -> Vec<String> {
    let power = |main| {
        whole(today, main, "value_day")
            .split(';')
            .nth(4)
            .map(str::to_owned)
    };
    MAIN.iter().filter_map(|main| power(main)).collect()
}

#[test]
fn the_highest_power_of_each_period_is_that_of_its_last_day_here() {
    // Friday 20 November 2026 is day 324. The week before ended on the 15th,
    // day 319; October on day 304.
    assert_eq!(
        powers(date(2026, 11, 21)),
        ["1324", "1324", "1319", "1324", "1304", "1324"]
    );
    // On a Monday the current week is the one that has just ended.
    assert_eq!(
        powers(date(2026, 11, 16)),
        ["1319", "1319", "1312", "1319", "1304", "1319"]
    );
    // On the 1st the current month is the one that has just ended.
    assert_eq!(
        powers(date(2026, 11, 1)),
        ["1304", "1304", "1298", "1304", "1273", "1304"]
    );
    // On 1 January the year is the one that has just ended. Its last Monday is
    // the 29th; the week before ended on Sunday the 28th, day 362.
    assert_eq!(
        powers(date(2026, 1, 1)),
        ["1365", "1365", "1362", "1365", "1334", "1365"]
    );
}

#[test]
fn sums_of_each_period_are_those_counted_by_hand() {
    let sums = |today: Date| MAIN.map(|period| whole(today, "day", &format!("value_{period}")));
    // Friday 20 November: Monday the 16th to the 20th make 16+17+18+19+20 = 90;
    // the week before 9 to 15 = 84; the month 210 of 20 days; October 496 of 31.
    // Whole months since January: 496+406+496+465+496+465+496+496+465+496 = 4777,
    // and 210, of 304 and 20 days.
    assert_eq!(
        sums(date(2026, 11, 21)),
        [
            "20;200;2000;1000;1324;0",
            "90;900;9000;5000;1324;0",
            "84;840;8400;7000;1324;0",
            "210;2100;21000;20000;1324;0",
            "496;4960;49600;31000;1324;0",
            "4987;49870;498700;324000;1324;0",
        ]
    );
    // Monday: the week that has just ended, 9 to 15, and the one before, 2 to 8.
    let monday = sums(date(2026, 11, 16));
    assert_eq!(monday[1], "84;840;8400;7000;1319;0");
    assert_eq!(monday[2], "35;350;3500;7000;1319;0");
    // The 1st: October as a whole, and September.
    let first = sums(date(2026, 11, 1));
    assert_eq!(first[3], "496;4960;49600;31000;1304;0");
    assert_eq!(first[4], "465;4650;46500;30000;1304;0");
    // 1 January: all of 2025, 5738 by 365 days; December 496; the week from
    // Monday the 29th 29+30+31 = 90; the one before, 22 to 28, 175.
    assert_eq!(
        sums(date(2026, 1, 1)),
        [
            "31;310;3100;1000;1365;0",
            "90;900;9000;3000;1365;0",
            "175;1750;17500;7000;1365;0",
            "496;4960;49600;31000;1365;0",
            "465;4650;46500;30000;1365;0",
            "5738;57380;573800;365000;1365;0",
        ]
    );
}

#[test]
fn the_largest_hour_and_the_mean_of_hours_are_those_counted_by_hand() {
    let of = |figure: &str, today: Date| {
        MAIN.map(|period| whole(today, "day", &format!("{figure}_{period}")))
    };
    // The largest hour is that of the largest day: the 20th, the 20th, the 15th,
    // the 20th, the 31st, some 31st.
    let today = date(2026, 11, 21);
    let largest = [20, 20, 15, 20, 31, 31];
    let expected = largest.map(|n| format!("{n};{};{};1000;1324;0", 10 * n, 100 * n));
    assert_eq!(of("max", today), expected);
    // 20/24 is 1 when rounded, 200/24 is 8, 2000/24 is 83, 1000/24 is 42; the
    // week of five days divides by 120, October with its hour more by 745.
    assert_eq!(
        of("mean", today),
        [
            "1;8;83;42;1324;0",
            "1;8;75;42;1324;0",
            "1;5;50;42;1324;0",
            "0;4;44;42;1324;0",
            "1;7;67;42;1324;0",
            "1;6;64;42;1324;0",
        ]
    );
}

#[test]
fn every_choice_of_one_line_goes_with_every_choice_of_the_other() {
    let today = date(2026, 11, 21);
    let mut choices = 0;
    for main in MAIN {
        for figure in ["value", "max", "mean"] {
            for period in MAIN {
                let other = format!("{figure}_{period}");
                let both = whole(today, main, &other);
                let (energy, power) =
                    (whole(today, "day", &other), whole(today, main, "value_day"));
                let fields = |text: &str, at: std::ops::Range<usize>| {
                    text.split(';').map(str::to_owned).collect::<Vec<_>>()[at].to_vec()
                };
                assert_eq!(fields(&both, 0..4), fields(&energy, 0..4), "{other}");
                assert_eq!(fields(&both, 4..6), fields(&power, 4..6), "{main}");
                choices += 1;
            }
        }
    }
    assert_eq!(choices, 108);
}

#[test]
fn a_house_of_one_direction_shows_nothing_for_the_other_and_production_no_power() {
    let today = date(2026, 11, 21);
    let (used, given) = (consumption(FIRST, today), production(FIRST, today));
    let none = Side::default();
    let settings = chosen("year", "value_cweek");
    let maxima = maxima(FIRST, today);
    let only = |consumption, production| {
        let sides = Sides {
            consumption,
            production,
        };
        tile(sides, &maxima, &settings, today).unwrap().value
    };
    assert_eq!(only(&used, &none), "90;900;0;0;1324;0");
    assert_eq!(only(&none, &given), "0;0;9000;5000;0;0");
}

#[test]
fn a_period_that_is_not_whole_keeps_the_last_figures_and_nothing_counts_as_zero() {
    let today = date(2026, 11, 21);
    let mut used = consumption(FIRST, today);
    let given = production(FIRST, today);
    // The 18th is missing: a week with it is never whole, nor is the month.
    used.days.remove(&date(2026, 11, 18));
    let maxima = maxima(FIRST, today);
    let of = |main: &str, other: &str| {
        let sides = Sides {
            consumption: &used,
            production: &given,
        };
        tile(sides, &maxima, &chosen(main, other), today)
            .unwrap()
            .of
    };
    assert_eq!(of("day", "value_day"), date(2026, 11, 20));
    assert_eq!(of("day", "value_cweek"), date(2026, 11, 17));
    assert_eq!(of("day", "mean_cmonth"), date(2026, 11, 17));
    assert_eq!(of("day", "value_lmonth"), date(2026, 11, 20));
    // A power that nobody gave is not 0 either.
    let mut lacking = maxima.clone();
    lacking.remove(&date(2026, 11, 20));
    let sides = Sides {
        consumption: &used,
        production: &given,
    };
    let shown = tile(sides, &lacking, &chosen("day", "value_day"), today).unwrap();
    assert_eq!(shown.of, date(2026, 11, 19));
    assert_eq!(
        tile(
            sides,
            &maxima,
            &chosen("year", "value_year"),
            date(2027, 3, 1)
        ),
        tile(
            sides,
            &maxima,
            &chosen("year", "value_year"),
            date(2026, 11, 18)
        )
    );
}
