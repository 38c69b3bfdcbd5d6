//! Reading the graphs back: the only way to know what Domoticz holds, because it
//! says OK to what it throws away.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use meter::paris;
use serde_json::Value;

use super::api::Api;
use super::problem::Problem;
use super::rows::{Four, Rows};
use super::settings::Device;

/// A day as a graph shows it: U1, U2, R1, R2, or both tariffs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Drawn {
    /// With the index at the beginning of the day where it is shown.
    Apart(Four, Option<Four>),
    /// Consumption and production.
    Together(u64, u64),
}

/// The days that Domoticz shows from a day on, at most two years of them apart.
pub(super) async fn days(
    api: &Api,
    (idx, device): (u64, Device),
    (first, today): (Date, Date),
) -> Result<BTreeMap<Date, Drawn>, Problem> {
    let mut found = BTreeMap::new();
    let two_years_ago = today.saturating_sub(jiff::Span::new().years(2));
    if first < two_years_ago {
        // It cannot draw a range of which its short log has nothing at the end;
        // what is older is then not compared.
        let range = format!("{first}T{two_years_ago}");
        match graph(api, idx, &range).await {
            Ok(answer) => {
                let rows = rows(&answer, "result");
                found.extend(rows.filter_map(|row| {
                    let day = day(row).filter(|day| *day < two_years_ago)?;
                    Some((
                        day,
                        Drawn::Together(wh(row, "v")?, wh(row, "v2").unwrap_or(0)),
                    ))
                }));
            }
            Err(Problem::Refused(_)) => {}
            Err(problem) => return Err(problem),
        }
    }
    let answer = graph(api, idx, "year").await?;
    for list in ["resultprev", "result"] {
        for row in rows(&answer, list) {
            let Some(day) = day(row).filter(|day| *day < today) else {
                continue;
            };
            let drawn = match device {
                Device::ManagedCounter => wh(row, "v").map(|used| Drawn::Together(used, 0)),
                Device::P1 => apart(row),
            };
            found.extend(drawn.map(|drawn| (day, drawn)));
        }
    }
    Ok(found)
}

fn apart(row: &Value) -> Option<Drawn> {
    let four = [
        wh(row, "v")?,
        wh(row, "v2")?,
        wh(row, "r1")?,
        wh(row, "r2")?,
    ];
    let index = (|| {
        Some([
            wh(row, "c1")?,
            wh(row, "c3")?,
            wh(row, "c2")?,
            wh(row, "c4")?,
        ])
    })();
    Some(Drawn::Apart(four, index))
}

/// Whether a day is shown as it was written. Production under 10 Wh is drawn as
/// none.
pub(super) fn same(drawn: &Drawn, (row, index): (Four, Four), device: Device) -> bool {
    let little = |value: u64| if value < 10 { 0 } else { value };
    match drawn {
        Drawn::Together(used, _) if device == Device::ManagedCounter => *used == row[0] + row[1],
        Drawn::Together(used, given) => {
            *used == row[0] + row[1]
                && [row[2] + row[3], little(row[2]) + little(row[3])].contains(given)
        }
        Drawn::Apart(four, before) => {
            let given = [little(row[2]), little(row[3])];
            let shown = [row[0], row[1], given[0], given[1]];
            let shown_or_whole =
                four[..2] == row[..2] && (2..4).all(|n| four[n] == shown[n] || four[n] == row[n]);
            let begins = |n: usize| match index[n] {
                0 => 0,
                index => index - shown[n].min(index),
            };
            shown_or_whole && before.is_none_or(|before| (0..4).all(|n| before[n] == begins(n)))
        }
    }
}

/// The short log as its graph shows it: the value at each stamp (to the minute).
pub(super) async fn short(api: &Api, idx: u64) -> Result<BTreeMap<DateTime, Vec<u64>>, Problem> {
    let answer = graph(api, idx, "day").await?;
    let points = rows(&answer, "result").filter_map(|row| {
        let at = row["d"].as_str()?.replace(' ', "T").parse().ok()?;
        let whole = |key: &str| {
            let text = row[key].as_str()?;
            text.split('.').next()?.parse().ok()
        };
        Some((
            at,
            ["v", "v2", "r1", "r2"]
                .iter()
                .filter_map(|key| whole(key))
                .collect(),
        ))
    });
    Ok(points.collect())
}

/// What the graph must show of our short log: the power between two rows; the
/// first is only their base. `None`: shown, but not to be compared, because the
/// clock changed that day.
pub(super) fn drawn(rows: &Rows, device: Device) -> BTreeMap<DateTime, Option<Vec<u64>>> {
    let mut points = BTreeMap::new();
    let mut last: Option<(DateTime, Four)> = None;
    for (at, (index, used)) in &rows.short {
        let little = |value: u64| if value < 10 { 0 } else { value };
        let now = [index[0], index[1], little(index[2]), little(index[3])];
        let before = last.replace((*at, now));
        if device == Device::ManagedCounter {
            points.insert(*at, Some(vec![*used]));
            continue;
        }
        let Some((since, then)) = before else {
            continue;
        };
        let per_hour = 3600 / at.duration_since(since).as_secs().max(1) as u64;
        let power = |n: usize| {
            let watts = (now[n] - then[n]) * per_hour;
            if watts > 100_000 { 0 } else { watts }
        };
        let plain = paris::day_minutes(at.date()) == 1440;
        points.insert(*at, plain.then(|| (0..4).map(power).collect()));
    }
    points
}

async fn graph(api: &Api, idx: u64, range: &str) -> Result<Value, Problem> {
    let idx = idx.to_string();
    let args = [
        ("sensor", "counter"),
        ("idx", idx.as_str()),
        ("range", range),
    ];
    api.command("graph", &args).await
}

fn rows<'a>(answer: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    answer[list].as_array().into_iter().flatten()
}

fn day(row: &Value) -> Option<Date> {
    row["d"].as_str()?.get(..10)?.parse().ok()
}

/// A number of kWh with three decimals, as whole Wh.
fn wh(row: &Value, key: &str) -> Option<u64> {
    let text = row[key].as_str()?;
    let (whole, thousandths) = text.split_once('.').unwrap_or((text, "000"));
    let thousandths = format!("{thousandths:0<3}");
    let whole: u64 = whole.parse().ok()?;
    let thousandths: u64 = thousandths.get(..3)?.parse().ok()?;
    Some(whole * 1000 + thousandths)
}
