//! Each profile's histories, row by row.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use meter::{DailyMaximum, Direction, PeakInstant, Phase, paris};
use outputs::jeedom::{Flow, Profile, Readings, Span};

use crate::household::{
    FIRST, TODAY, Table, energy, half_hours, maximum, readings, sum, thousandths, watts,
};
use crate::room::{Room, written};

const USED: Direction = Direction::Consumption;
const ORACLE: &str = include_str!("../../../../testdata/jeedom/oracle_enedis_plugin_history.tsv");

fn evening(day: Date) -> String {
    format!("{day} 23:55:00")
}

fn midnight(day: Date) -> String {
    format!("{day} 00:00:00")
}

/// Half hours of plain days, dated at their end.
fn curve(direction: Direction, first: Date, last: &str) -> Table {
    let mut table = Table::new();
    for day in paris::days(first, TODAY) {
        for half_hour in half_hours(direction, day) {
            let at = paris::local(half_hour.end());
            let at = match (last, at.date() == day) {
                ("evening", false) => evening(day),
                _ => written(at),
            };
            let power = u64::from(watts(direction, half_hour.start));
            table.insert(at, thousandths(power));
        }
    }
    table
}

fn daily(direction: Direction, first: Date, at: fn(Date) -> String) -> Table {
    let days = paris::days(first, TODAY);
    days.map(|day| (at(day), thousandths(energy(direction, day))))
        .collect()
}

#[tokio::test]
async fn the_profile_of_2020_holds_a_day_thirty_days_twelve_months_and_three_years() {
    let room = Room::with(Profile::Y2020).await;
    room.push(Profile::Y2020, &readings(), Span::default())
        .await;
    let yesterday = date(2026, 11, 20);
    assert_eq!(room.history("charge"), curve(USED, yesterday, "evening"));
    assert_eq!(room.history("charge").len(), 48);
    assert!(room.history("charge").contains_key("2026-11-20 23:55:00"));
    assert_eq!(
        room.history("consod"),
        daily(USED, date(2026, 10, 22), evening)
    );
    let mut months = Table::new();
    let mut first = date(2025, 12, 1);
    while first < TODAY {
        let last = first.last_of_month().min(yesterday);
        months.insert(evening(last), thousandths(sum(USED, first, last)));
        first = first
            .saturating_add(jiff::Span::new().months(1))
            .first_of_month();
    }
    assert_eq!(room.history("consom"), months);
    assert_eq!(months.len(), 12);
    let years: Table = [
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2025, 1, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), yesterday),
    ]
    .into_iter()
    .map(|(first, last)| (evening(last), thousandths(sum(USED, first, last))))
    .collect();
    assert_eq!(room.history("consoy"), years);
}

#[tokio::test]
async fn the_profile_of_2023_holds_running_totals_at_midnight_and_a_week_of_both_curves() {
    let room = Room::with(Profile::Y2023).await;
    room.push(Profile::Y2023, &readings(), Span::default())
        .await;
    let new_year = date(2026, 1, 1);
    for (direction, daily_id, monthly, yearly, curve_id) in [
        (
            USED,
            "daily_consumption",
            "monthly_consumption",
            "yearly_consumption",
            "consumption_load_curve",
        ),
        (
            Direction::Production,
            "daily_production",
            "monthly_production",
            "yearly_production",
            "production_load_curve",
        ),
    ] {
        assert_eq!(room.history(daily_id), daily(direction, new_year, midnight));
        let running = |first_of: fn(Date) -> Date| -> Table {
            let days = paris::days(new_year, TODAY);
            days.map(|day| {
                (
                    midnight(day),
                    thousandths(sum(direction, first_of(day), day)),
                )
            })
            .collect()
        };
        assert_eq!(room.history(monthly), running(Date::first_of_month));
        assert_eq!(room.history(yearly), running(|_| date(2026, 1, 1)));
        assert_eq!(
            room.history(curve_id),
            curve(direction, date(2026, 11, 14), "midnight")
        );
    }
    let maxima: Table = paris::days(new_year, TODAY)
        .map(|day| {
            let hundredths = (u64::from(maximum(day)) + 5) / 10;
            let time = paris::day_start(day)
                + jiff::SignedDuration::from_mins(19 * 60 + i64::from(day.day()));
            (written(paris::local(time)), thousandths(hundredths * 10))
        })
        .collect();
    assert_eq!(room.history("daily_consumption_max_power"), maxima);
    // What was sent was Wh and W: Jeedom divides.
    let (value, _) = room.shown("daily_consumption").unwrap();
    assert_eq!(value, thousandths(energy(USED, date(2026, 11, 20))));
}

#[tokio::test]
async fn the_profile_of_releve_holds_all_of_both_and_what_it_knows_beside() {
    let room = Room::with(Profile::Releve).await;
    room.push(Profile::Releve, &readings(), Span::default())
        .await;
    let since = date(2026, 10, 22);
    let of = |value: &dyn Fn(Date) -> String| -> Table {
        let days = paris::days(since, TODAY);
        days.map(|day| (evening(day), value(day))).collect()
    };
    let kwh = |watt_minutes: u64| thousandths((watt_minutes + 30) / 60);
    let class = |day, off_peak: bool| {
        let all = energy(USED, day) * 60;
        kwh(if off_peak { all / 3 } else { all - all / 3 })
    };
    assert_eq!(room.history("off_peak_energy"), of(&|day| class(day, true)));
    assert_eq!(room.history("peak_energy"), of(&|day| class(day, false)));
    assert_eq!(room.history("cost"), of(&|_| "1.2346".to_owned()));
    assert_eq!(
        room.history("subscribed_power"),
        Table::from([(evening(date(2026, 11, 20)), "9".to_owned())])
    );
    assert_eq!(room.history("completeness"), of(&|_| "100".to_owned()));
    let tempo = paris::days(since, TODAY)
        .map(|day| (format!("{day} 06:00:00"), (day.day() % 3 + 1).to_string()));
    assert_eq!(room.history("tempo"), tempo.collect());
    assert_eq!(room.shown("last_problem").unwrap().0, "\"aucun\"");
    assert_eq!(room.history("consod").len(), 30);
    assert_eq!(room.history("daily_consumption").len(), 324);
}

/// The plugin itself, its cloud replaced: 10,000 Wh and the day of the month on
/// each day of 2026, 6 kVA at 19:0x:12.
#[tokio::test]
async fn the_profile_of_2023_stores_what_the_real_plugin_stored() {
    let room = Room::with(Profile::Y2023).await;
    room.push(Profile::Y2023, &as_the_stub_gave(), Span::default())
        .await;
    let (mut counts, mut compared) = (BTreeMap::new(), 0);
    for line in ORACLE.lines().filter(|line| !line.starts_with(['#', '.'])) {
        let columns: Vec<_> = line.split('\t').collect();
        if columns.len() == 5 && columns[0] != "id" {
            counts.insert(columns[1], columns[2].parse::<usize>().unwrap());
            let history = room.history(columns[1]);
            assert_eq!(history.first_key_value().unwrap().0, columns[3], "{line}");
            assert_eq!(history.last_key_value().unwrap().0, columns[4], "{line}");
        } else if let [_, id, at, value] = columns[..] {
            let history = room.history(id);
            assert_eq!(history.get(at).map(String::as_str), Some(value), "{line}");
            compared += 1;
        }
    }
    for (id, count) in counts {
        assert_eq!(room.history(id).len(), count, "{id}");
    }
    assert_eq!(compared, 60);
}

fn as_the_stub_gave() -> Readings {
    let days = || paris::days(date(2026, 1, 1), TODAY);
    let shown: BTreeMap<String, u32> = ORACLE
        .lines()
        .filter(|line| line.contains("load_curve\t2026"))
        .filter_map(|line| {
            let (at, value) = line.rsplit_once('\t')?;
            let watts = (value.parse::<f64>().ok()? * 1000.0).round() as u32;
            Some((at.rsplit('\t').next()?.to_owned(), watts))
        })
        .collect();
    let mut curve = Vec::new();
    for day in paris::days(date(2026, 11, 14), TODAY) {
        for mut half_hour in half_hours(USED, day) {
            let at = written(paris::local(half_hour.end()));
            half_hour.watts = shown.get(&at).copied().unwrap_or(200);
            curve.push(half_hour);
        }
    }
    Readings {
        consumption: Flow {
            curve,
            daily: days().map(|day| (day, stub_energy(day))).collect(),
            in_service_since: None,
        },
        maxima: days()
            .map(|day| {
                let minute = day.day() % 60;
                let at = day.at(19, minute, 12, 0).to_zoned(paris::zone().clone());
                DailyMaximum {
                    day,
                    phase: Phase::All,
                    volt_amperes: 6_000,
                    at: PeakInstant::Known {
                        at: at.unwrap().timestamp(),
                    },
                }
            })
            .collect(),
        ..Readings::default()
    }
}

fn stub_energy(day: Date) -> u64 {
    10_000 + u64::from(day.day().unsigned_abs())
}

#[tokio::test]
async fn everything_that_is_held_is_sent_by_option() {
    let room = Room::with(Profile::Y2020).await;
    let everything = Span {
        everything: true,
        ..Span::default()
    };
    room.push(Profile::Y2020, &readings(), everything).await;
    assert_eq!(room.history("consod"), daily(USED, FIRST, evening));
    // The month and the year in which the history begins are not whole.
    assert_eq!(room.history("consom").len(), 36);
    let first = room.history("consoy").into_keys().next();
    assert_eq!(first.as_deref(), Some("2024-12-31 23:55:00"));
    let halves = paris::days(date(2026, 9, 1), TODAY).count() * 48;
    // 25 October has fifty, of which Jeedom can tell forty-eight apart.
    assert_eq!(room.history("charge").len(), halves);
}

#[tokio::test]
async fn a_month_or_a_year_that_lacks_a_day_is_not_sent_as_whole() {
    let room = Room::with(Profile::Y2020).await;
    let mut readings = readings();
    readings.consumption.daily.remove(&date(2026, 8, 12));
    room.push(Profile::Y2020, &readings, Span::default()).await;
    let months = room.history("consom");
    assert_eq!(months.len(), 11);
    assert!(!months.contains_key("2026-08-31 23:55:00"));
    assert_eq!(room.history("consoy").len(), 2);
    assert!(!room.history("consoy").contains_key("2026-11-20 23:55:00"));
    assert_eq!(room.history("consod").len(), 30);
}

#[tokio::test]
async fn a_year_in_which_the_service_began_lacks_nothing_before_it() {
    let room = Room::with(Profile::Y2023).await;
    let mut readings = readings();
    let since = date(2026, 5, 19);
    readings.consumption.daily = readings.consumption.daily.split_off(&since);
    readings.consumption.in_service_since = Some(since);
    room.push(Profile::Y2023, &readings, Span::default()).await;
    let years = room.history("yearly_consumption");
    let last = years.get("2026-11-20 00:00:00").unwrap();
    assert_eq!(*last, thousandths(sum(USED, since, date(2026, 11, 20))));
    assert_eq!(years.first_key_value().unwrap().0, "2026-05-19 00:00:00");
}

#[tokio::test]
async fn days_of_46_and_50_half_hours_are_sent_with_the_mean_where_a_date_comes_twice() {
    let autumn = date(2026, 10, 25);
    let room = Room::with(Profile::Y2020).await;
    let everything = Span {
        everything: true,
        ..Span::default()
    };
    let half_hours = half_hours(USED, autumn);
    assert_eq!(half_hours.len(), 50);
    let mut given = Readings::default();
    given.consumption.curve.clone_from(&half_hours);
    room.push(Profile::Y2020, &given, everything).await;
    let history = room.history("charge");
    assert_eq!(history.len(), 48);
    for (at, twins) in [
        ("2026-10-25 02:00:00", (3, 5)),
        ("2026-10-25 02:30:00", (4, 6)),
    ] {
        let sum = half_hours[twins.0].watts + half_hours[twins.1].watts;
        let kw = history.get(at).unwrap().parse::<f64>().unwrap();
        assert!(
            (kw * 2000.0 - f64::from(sum)).abs() <= 1.0,
            "{at}: {kw} of {sum} W"
        );
    }
    let spring = date(2026, 3, 29);
    given.consumption.curve = crate::household::half_hours(USED, spring);
    room.push(Profile::Y2020, &given, everything).await;
    let of_spring = room
        .history("charge")
        .into_keys()
        .filter(|at| at.starts_with("2026-03-29"));
    assert_eq!(of_spring.count(), 46);
}
