//! When sources are asked.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use collector::Cadence;
use collector::rhythm::Hours;
use jiff::SignedDuration;
use jiff::civil::{Time, time};
use service::settings::{Draft, Problem};

use super::raw::RawSchedule;
use super::settings::Schedule;

/// The shortest opening of a source: a day's tries must fit in.
const SHORTEST: SignedDuration = SignedDuration::from_hours(4);

/// The schedule; `sources` are the names that are configured.
pub(super) fn schedule(
    draft: &mut Draft,
    raw: RawSchedule,
    sources: &BTreeSet<String>,
) -> Option<Schedule> {
    let usual = Schedule::default();
    let every = every(draft, raw.every.as_deref(), usual.every);
    let first = first_try(draft, raw.first_try.as_deref(), usual.first);
    let again = again(draft, raw.again.as_deref(), usual.again);
    let hours = hours(draft, raw.hours, sources);
    let Cadence {
        totals,
        maxima,
        index,
        contract,
        production,
    } = usual.cadence;
    Some(Schedule {
        every: every?,
        first: first?,
        minute: raw.minute,
        again: again?,
        late_days: raw.late_days.unwrap_or(usual.late_days),
        reread: raw.reread_days.unwrap_or(usual.reread),
        cadence: Cadence {
            totals: raw.totals_every.unwrap_or(totals),
            maxima: raw.maxima_every.unwrap_or(maxima),
            index: raw.index_every.unwrap_or(index),
            contract: raw.contract_every.unwrap_or(contract),
            production: raw.production_every.unwrap_or(production),
        },
        hours,
    })
}

fn every(draft: &mut Draft, text: Option<&str>, usual: Duration) -> Option<Duration> {
    let Some(text) = text else {
        return Some(usual);
    };
    let path = ["schedule", "every"];
    let Ok(every) = text.parse::<SignedDuration>() else {
        draft.report(&path, Problem::new("config-every").with("value", text));
        return None;
    };
    let limits = SignedDuration::from_mins(1)..=SignedDuration::from_hours(24);
    if !limits.contains(&every) {
        draft.report(&path, Problem::new("config-every-range"));
        return None;
    }
    Some(every.unsigned_abs())
}

fn first_try(draft: &mut Draft, text: Option<&str>, usual: Time) -> Option<Time> {
    let Some(text) = text else {
        return Some(usual);
    };
    let limits = time(4, 0, 0, 0)..=time(13, 0, 0, 0);
    let first = clock(text).filter(|time| limits.contains(time));
    if first.is_none() {
        let problem = Problem::new("config-first-try").with("value", text);
        draft.report(&["schedule", "first_try"], problem);
    }
    first
}

fn again(draft: &mut Draft, hours: Option<&[u8]>, usual: [u8; 6]) -> Option<[u8; 6]> {
    let Some(hours) = hours else {
        return Some(usual);
    };
    let mut again = [0; 6];
    let Some(slots) = again.get_mut(..hours.len()) else {
        draft.report(&["schedule", "again"], Problem::new("config-again"));
        return None;
    };
    slots.copy_from_slice(hours);
    Some(again)
}

fn hours(
    draft: &mut Draft,
    raw: BTreeMap<String, String>,
    sources: &BTreeSet<String>,
) -> BTreeMap<String, Hours> {
    let mut known = BTreeMap::new();
    for (name, text) in raw {
        let path = ["schedule", "hours", name.as_str()];
        if !sources.contains(&name) && !draft.is_spoiled(&["sources", &name]) {
            let problem = Problem::new("config-source-unknown").with("source", &name);
            draft.report(&path, problem);
            continue;
        }
        match span(&text) {
            Some(hours) => {
                known.insert(name, hours);
            }
            None => draft.report(&path, Problem::new("config-hours").with("value", text)),
        }
    }
    known
}

/// `08:00-22:00`; midnight ends a day that never closes.
fn span(text: &str) -> Option<Hours> {
    let (opens, closes) = text.split_once('-')?;
    let midnight = Time::midnight();
    let opens = clock(opens)?;
    let closes = match closes.trim() {
        "24:00" => midnight,
        other => clock(other)?,
    };
    let end = if closes == midnight {
        SignedDuration::from_hours(24)
    } else {
        closes.duration_since(midnight)
    };
    let long = end - opens.duration_since(midnight) >= SHORTEST;
    long.then_some(Hours { opens, closes })
}

/// `HH:MM`.
fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let plain =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !plain(hour) || !plain(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_at_least_four_within_one_day() {
        let hours = |opens, closes| {
            let (opens, closes) = (time(opens, 0, 0, 0), time(closes, 0, 0, 0));
            Some(Hours { opens, closes })
        };
        assert_eq!(span("08:00-22:00"), hours(8, 22));
        assert_eq!(span("8:00 - 12:00"), hours(8, 12));
        assert_eq!(span("20:00-24:00"), hours(20, 0));
        assert_eq!(span("0:00-0:00"), hours(0, 0));
        for wrong in [
            "",
            "8-22",
            "22:00-06:00",
            "08:00-11:59",
            "08:60-22:00",
            "08:00",
            "-1:00-9:00",
        ] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }
}
