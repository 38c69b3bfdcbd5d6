//! What its pages draw from the tables.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};

use super::State;
use super::commands::Args;
use super::update::is_managed;

/// `param=graph`; without a device, a range or a known sensor nothing is said.
pub(super) fn graph(state: &State, args: &Args) -> Option<Value> {
    let idx: u64 = args.get("idx").parse().ok()?;
    let device = state.tables.devices.get(&idx)?;
    if args.get("sensor") != "counter" {
        return None;
    }
    let managed = is_managed(device);
    let (range, group) = (args.get("range"), args.get("groupby"));
    let mut answer = json!({ "status": "OK", "title": format!("Graph counter {range}") });
    if !group.is_empty() {
        answer["title"] = json!("Comparing counter");
        answer["result"] = json!(compare(state, idx, group, args.get("sensorarea"))?);
        return Some(answer);
    }
    let today = state.settings.now.date();
    match range {
        "day" if managed => answer["result"] = json!(usage_of_day(state, idx)),
        "day" => answer["result"] = json!(power_of_day(state, idx)),
        "week" | "month" | "year" => {
            let first = match range {
                "week" => today.saturating_sub(6.days()),
                "month" => today.saturating_sub(1.month()),
                _ => today.saturating_sub(1.year()),
            };
            answer["result"] = json!(days(state, idx, managed, (first, today), true));
            if range != "week" {
                let (from, to) = (before(first), before(today));
                answer["resultprev"] = json!(days(state, idx, managed, (from, to), false));
            }
        }
        _ => {
            let (from, to) = range.split_once('T')?;
            let (from, to): (Date, Date) = (from.parse().ok()?, to.parse().ok()?);
            answer["result"] = json!(totals(state, idx, managed, from, to)?);
        }
    }
    if answer["result"].as_array().is_some_and(Vec::is_empty) {
        answer.as_object_mut()?.remove("result");
    }
    Some(answer)
}

fn before(day: Date) -> Date {
    day.saturating_sub(1.year())
}

/// The power between two rows of the short log. A gap of more than an hour is
/// zero, a counter that goes down drops the point.
fn power_of_day(state: &State, idx: u64) -> Vec<Value> {
    let mut drawn = Vec::new();
    let mut last: Option<([i64; 4], DateTime)> = None;
    for ((_, date), row) in of_device(&state.tables.history.multi_meter, idx) {
        // U1, U2, R1, R2; little production is none.
        let small = |value: i64| if value < 10 { 0 } else { value };
        let now = [row[0], row[4], small(row[1]), small(row[5])];
        let Ok(at) = date.replace(' ', "T").parse::<DateTime>() else {
            continue;
        };
        let before = last.replace((now, at));
        let Some((then, since)) = before else {
            continue;
        };
        let seconds = at.duration_since(since).as_secs();
        if seconds <= 0 || (0..4).any(|n| now[n] < then[n]) {
            continue;
        }
        let per_hour = 3600 / seconds;
        let power = [0, 1, 2, 3].map(|n| {
            let watts = (now[n] - then[n]) * per_hour;
            if watts > 100_000 { 0 } else { watts }
        });
        drawn.push(json!({
            "d": date[..16], "v": power[0].to_string(), "v2": power[1].to_string(),
            "r1": power[2].to_string(), "r2": power[3].to_string(),
        }));
    }
    drawn
}

fn usage_of_day(state: &State, idx: u64) -> Vec<Value> {
    let divider = f64::from(state.settings.energy_divider);
    of_device(&state.tables.history.meter, idx)
        .map(|((_, date), row)| {
            let usage = row[1] as f64 / divider * 1000.0;
            json!({ "d": date.get(..16).unwrap_or(date), "v": format!("{usage:.0}") })
        })
        .collect()
}

fn days(
    state: &State,
    idx: u64,
    managed: bool,
    (first, last): (Date, Date),
    counters: bool,
) -> Vec<Value> {
    let divider = f64::from(state.settings.energy_divider);
    let kwh = |value: i64| format!("{:.3}", value as f64 / divider);
    let within =
        |date: &str| first.to_string().as_str() <= date && date <= last.to_string().as_str();
    let history = &state.tables.history;
    if managed {
        let rows = of_device(&history.meter_calendar, idx).filter(|((_, date), _)| within(date));
        return rows
            .map(|((_, date), row)| json!({ "d": date, "v": kwh(row[1]) }))
            .collect();
    }
    let rows = of_device(&history.multi_meter_calendar, idx).filter(|((_, date), _)| within(date));
    rows.map(|((_, date), row)| {
        let small = |value: i64| if value < 10 && counters { 0 } else { value };
        let (used1, used2, given1, given2) = (row[0], row[4], small(row[1]), small(row[5]));
        let mut day = json!({
            "d": date, "v": kwh(used1), "v2": kwh(used2), "r1": kwh(given1), "r2": kwh(given2),
        });
        if counters {
            let index = |counter: i64, value: i64| match counter {
                0 => "0".to_owned(),
                counter => kwh(counter - value),
            };
            day["c1"] = json!(index(row[6], used1));
            day["c2"] = json!(index(row[7], given1));
            day["c3"] = json!(index(row[8], used2));
            day["c4"] = json!(index(row[9], given2));
        }
        day
    })
    .collect()
}

/// A range of one's own: both tariffs together, and at the end what the short
/// log has from the last day on, which it cannot do without.
fn totals(state: &State, idx: u64, managed: bool, from: Date, to: Date) -> Option<Vec<Value>> {
    let mut drawn = days(state, idx, managed, (from, to), false);
    if managed {
        return Some(drawn);
    }
    let number = |value: &Value| value.as_str().and_then(|text| text.parse::<f64>().ok());
    for day in &mut drawn {
        let sum = |one: &str, two: &str| Some(number(&day[one])? + number(&day[two])?);
        let (used, given) = (sum("v", "v2")?, sum("r1", "r2")?);
        *day = json!({ "d": day["d"], "v": format!("{used:.3}"), "v2": format!("{given:.3}") });
    }
    let mut rest = of_device(&state.tables.history.multi_meter, idx)
        .filter(|((_, date), _)| *date >= to.to_string())
        .map(|(_, row)| (row[0] + row[4], row[1] + row[5]));
    let first = rest.next()?;
    let last = rest.last().unwrap_or(first);
    let divider = f64::from(state.settings.energy_divider);
    let kwh = |value: i64| format!("{:.3}", value as f64 / divider);
    let (used, given) = (kwh(last.0 - first.0), kwh(last.1 - first.1));
    drawn.push(json!({ "d": to.to_string(), "v": used, "v2": given }));
    Some(drawn)
}

/// Compare reports take the difference of counters; a day without is ignored.
fn compare(state: &State, idx: u64, group: &str, area: &str) -> Option<Vec<Value>> {
    let columns = match area {
        "usage" => [0, 4, 6, 8],
        "delivery" => [1, 5, 7, 9],
        _ => return None,
    };
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    let mut last: Option<i64> = None;
    for ((_, date), row) in of_device(&state.tables.history.multi_meter_calendar, idx) {
        let counter = row[columns[2]] + row[columns[3]];
        if counter == 0 {
            continue;
        }
        let value = last.map_or(row[columns[0]] + row[columns[1]], |last| counter - last);
        last = Some(counter);
        let length = match group {
            "year" => 4,
            "month" => 7,
            _ => 10,
        };
        *sums.entry(date[..length].to_owned()).or_default() += value;
    }
    let divider = f64::from(state.settings.energy_divider);
    let shown = |sum: i64| match sum {
        0 => "0".to_owned(),
        sum => format!("{:.3}", sum as f64 / divider),
    };
    Some(
        sums.into_iter()
            .map(|(c, sum)| json!({ "c": c, "s": shown(sum) }))
            .collect(),
    )
}

fn of_device<T>(
    table: &BTreeMap<(u64, String), T>,
    idx: u64,
) -> impl Iterator<Item = (&(u64, String), &T)> {
    table.range((idx, String::new())..(idx + 1, String::new()))
}
