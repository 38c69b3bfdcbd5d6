//! How each day stands, kind by kind: the ledger's states with their reasons,
//! and the next try as the rhythm of the source allows it.

use collector::rhythm::Rhythm;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{DayRecord, LedgerError, SeriesNote, Store};
use meter::{Kind, paris};

use super::asked::asked;
use crate::config::Settings;
use crate::json::calendar::{Calendar, CalendarDay, KindCalendar, Run, StateCount};
use crate::json::show::{StateNote, Subject};
use crate::words::Words;

/// Reads the days in `[first, end)` as they stand at an instant.
pub fn read(
    store: &Store,
    settings: &Settings,
    subject: Subject,
    (first, end): (Date, Date),
    (now, words): (Timestamp, Words),
) -> Result<Calendar, LedgerError> {
    let source = asked(settings, subject.usage_point);
    let pause = match source {
        Some((source, _)) => store
            .source_pause(&source.name)?
            .and_then(|note| note.ask_at),
        None => None,
    };
    let rhythm = source.map(|(_, rhythm)| rhythm);
    let series = store.series()?;
    let mut kinds = Vec::new();
    for kind in Kind::ALL {
        let key = subject.key(kind);
        if !series.contains(&key) {
            continue;
        }
        let mut records = store.days(key, first, end)?.into_iter().peekable();
        let scene = Scene {
            note: store.note(key)?,
            pause,
            rhythm,
            now,
        };
        let day = |day| {
            let record = records.next_if(|record| record.day == day);
            scene.day(day, record)
        };
        let days: Vec<CalendarDay> = paris::days(first, end).map(day).collect();
        kinds.push(KindCalendar {
            kind,
            counts: counts(&days),
            runs: runs(&days, words),
            days,
        });
    }
    Ok(Calendar {
        subject,
        first,
        last: paris::add_days(end, -1),
        kinds,
    })
}

/// What decides about the days of one series.
struct Scene {
    note: SeriesNote,
    /// Until when its source is left in peace.
    pause: Option<Timestamp>,
    /// When its source is asked; none: nobody is.
    rhythm: Option<Rhythm>,
    now: Timestamp,
}

impl Scene {
    fn day(&self, day: Date, record: Option<DayRecord>) -> CalendarDay {
        let asked = self.note.succeeded_at.is_some();
        let note = StateNote::on(record.as_ref(), day, asked, self.now);
        let reason = note.as_ref().and_then(|note| note.reason.as_deref());
        let due = match (&record, reason, self.rhythm) {
            (Some(record), ..) => record.ask_at,
            (None, Some("not-yet-asked"), Some(rhythm)) => Some(rhythm.first_try(day)),
            (None, ..) => None,
        };
        CalendarDay {
            day,
            next_try: self.next_try(due),
            source: record.as_ref().map(|record| record.source.clone()),
            said_at: record.map(|record| record.said_at),
            note,
        }
    }

    /// The series and its source may have to be left alone for longer.
    fn next_try(&self, due: Option<Timestamp>) -> Option<Timestamp> {
        let rhythm = self.rhythm?;
        let at = due?.max(self.now);
        let held_back = self.note.ask_at.max(self.pause);
        Some(rhythm.next_open(held_back.map_or(at, |until| until.max(at))))
    }
}

fn counts(days: &[CalendarDay]) -> Vec<StateCount> {
    let mut counts: Vec<StateCount> = Vec::new();
    for day in days {
        let state = day.note.as_ref().map(|note| note.state);
        let to_come = day.is_to_come();
        let known = counts.iter_mut();
        let mut known = known.filter(|one| one.state == state && one.to_come == to_come);
        match known.next() {
            Some(count) => count.days += 1,
            None => counts.push(StateCount {
                state,
                to_come,
                days: 1,
            }),
        }
    }
    counts.sort_by_key(|one| (one.to_come, one.state.is_none(), one.state));
    counts
}

/// Days in a row that lack something for one reason, newest first.
fn runs(days: &[CalendarDay], words: Words) -> Vec<Run> {
    let alike = |one: &CalendarDay, two: &CalendarDay| one.note == two.note;
    let wanted = |days: &&[CalendarDay]| {
        let first = days.first();
        first.is_some_and(|day| !day.is_complete() && !day.is_to_come())
    };
    let mut runs: Vec<Run> = days
        .chunk_by(alike)
        .filter(wanted)
        .filter_map(|days| {
            let (first, last) = (days.first()?, days.last()?);
            Some(Run {
                first: first.day,
                last: last.day,
                days: days.len() as u32,
                sentence: words.why(first.note.as_ref()),
                note: first.note.clone(),
                source: last.source.clone(),
                next_try: days.iter().filter_map(|day| day.next_try).min(),
            })
        })
        .collect();
    runs.reverse();
    runs
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ledger::DayState;

    use super::*;

    fn scene(now: &str) -> Scene {
        Scene {
            note: SeriesNote {
                succeeded_at: Some(Timestamp::UNIX_EPOCH),
                ..SeriesNote::default()
            },
            pause: None,
            rhythm: Some(Rhythm::enedis(0)),
            now: now.parse().unwrap(),
        }
    }

    fn record(day: Date, ask_at: Option<&str>) -> DayRecord {
        DayRecord {
            day,
            state: DayState::Awaited,
            reason: Some("no-data".to_owned()),
            source: "enedis".to_owned(),
            said_at: Timestamp::UNIX_EPOCH,
            ask_at: ask_at.map(|at| at.parse().unwrap()),
        }
    }

    #[test]
    fn the_next_try_waits_for_the_day_the_series_the_source_and_its_hours() {
        let day = date(2026, 11, 20);
        let due = Some("2026-11-21T10:00:00Z");
        let mut scene = scene("2026-11-21T09:00:00Z");
        let next = |scene: &Scene, due| {
            let next = scene.day(day, Some(record(day, due))).next_try;
            next.map(|at| at.to_string())
        };
        let at = |text: &str| Some(text.to_owned());
        assert_eq!(next(&scene, due), at("2026-11-21T10:00:00Z"));
        assert_eq!(next(&scene, None), None);
        let past = Some("2026-11-20T10:00:00Z");
        assert_eq!(next(&scene, past), at("2026-11-21T09:00:00Z"));
        scene.note.ask_at = Some("2026-11-21T12:00:00Z".parse().unwrap());
        assert_eq!(next(&scene, due), at("2026-11-21T12:00:00Z"));
        // A pause into the night ends with the opening, six in the morning.
        scene.pause = Some("2026-11-21T23:00:00Z".parse().unwrap());
        assert_eq!(next(&scene, due), at("2026-11-22T05:00:00Z"));
        scene.rhythm = None;
        assert_eq!(next(&scene, due), None);
    }

    #[test]
    fn days_without_a_record_are_to_come_to_be_asked_or_were_never_asked() {
        let scene = scene("2026-11-21T05:30:00Z");
        let young = scene.day(date(2026, 11, 20), None);
        let first_try = Rhythm::enedis(0).first_try(date(2026, 11, 20));
        assert_eq!(young.next_try, Some(first_try));
        assert!(scene.day(date(2026, 11, 21), None).is_to_come());
        let old = scene.day(date(2026, 1, 1), None);
        assert_eq!((old.note, old.next_try), (None, None));
    }

    #[test]
    fn runs_join_days_that_stand_alike_and_leave_out_what_is_complete_or_to_come() {
        let scene = scene("2026-11-21T09:00:00Z");
        let days: Vec<CalendarDay> = paris::days(date(2026, 1, 1), date(2026, 1, 8))
            .map(|day| {
                let mut record = record(day, None);
                if day.day() == 4 {
                    record.state = DayState::Complete;
                }
                scene.day(day, (day.day() < 7).then_some(record))
            })
            .chain([scene.day(date(2026, 11, 22), None)])
            .collect();
        let words = Words {
            lang: service::Lang::En,
        };
        let runs = runs(&days, words);
        let spans: Vec<_> = runs.iter().map(|run| (run.first.day(), run.days)).collect();
        assert_eq!(spans, [(7, 1), (5, 2), (1, 3)]);
        let counts: Vec<_> = counts(&days)
            .iter()
            .map(|one| (one.state, one.to_come, one.days))
            .collect();
        assert_eq!(
            counts,
            [
                (Some(DayState::Complete), false, 1),
                (Some(DayState::Awaited), false, 5),
                (None, false, 1),
                (Some(DayState::Awaited), true, 1),
            ]
        );
    }
}
