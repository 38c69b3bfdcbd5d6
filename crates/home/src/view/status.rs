//! What is held and lacking of every usage point.

use std::collections::BTreeSet;
use std::path::Path;

use collector::colours::Needed;
use collector::rhythm::Hours;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{
    DayState, LedgerError, Notice, NoticeKind, SeriesKey, SeriesNote, StateCounts, Store,
    WriterLock,
};
use meter::{UsagePoint, paris};

use super::asked::asked;
use super::health::{Scene, completeness, of_yesterday};
use super::trouble::trouble;
use super::{maxima::facts, name, notices, rank};
use crate::config::{Settings, SourceKind};
use crate::json::status::{Contract, Pause, SeriesStatus, Status, UsagePointStatus, Writer};
use crate::words::Words;

/// Reads everything; `store` is none when there is no ledger yet.
pub fn read(
    store: Option<&Store>,
    settings: &Settings,
    now: Timestamp,
    words: Words,
) -> Result<Status, LedgerError> {
    let writer = WriterLock::holder(&settings.data_dir).map(|holder| Writer {
        pid: holder.pid,
        command: holder.command,
    });
    let mut status = Status {
        now,
        data_dir: settings.data_dir.clone(),
        file_bytes: store.map(|store| bytes(store.path())),
        writer,
        notices: Vec::new(),
        pauses: Vec::new(),
        colours: Vec::new(),
        usage_points: Vec::new(),
    };
    let Some(store) = store else {
        return Ok(status);
    };
    let reader = Reader {
        store,
        settings,
        words,
        now,
        notices: store.notices()?,
        is_running: status.writer.is_some(),
    };
    status.notices = notices::of(&reader.notices, None, now, words);
    for source in &settings.sources {
        status.pauses.extend(reader.pause(&source.name)?);
    }
    let mut needed = super::colours::needed(settings);
    if !settings.colours.enabled {
        needed = Needed::default();
    }
    status.colours =
        super::colours::status(store, needed, now, |one| super::colours::fault(words, one))?;
    let held = store.usage_points()?;
    let configured = settings.usage_points.iter().map(|point| point.prm);
    let points: BTreeSet<_> = held
        .into_iter()
        .chain(configured)
        .map(|prm| (rank(&settings.usage_points, prm), prm))
        .collect();
    let series = store.series()?;
    for (_, prm) in points {
        let mut point = reader.usage_point(prm, &series)?;
        point.name = name(&settings.usage_points, prm);
        status.usage_points.push(point);
    }
    Ok(status)
}

struct Reader<'a> {
    store: &'a Store,
    settings: &'a Settings,
    words: Words,
    now: Timestamp,
    notices: Vec<Notice>,
    /// Whether somebody writes at this moment.
    is_running: bool,
}

impl Reader<'_> {
    fn pause(&self, source: &str) -> Result<Option<Pause>, LedgerError> {
        let note = self.store.source_pause(source)?;
        Ok(note.map(|note| Pause {
            source: source.to_owned(),
            problem: trouble(&note, self.words),
            until: note.ask_at,
        }))
    }

    fn usage_point(
        &self,
        usage_point: UsagePoint,
        series: &[SeriesKey],
    ) -> Result<UsagePointStatus, LedgerError> {
        let own = series.iter().filter(|key| key.usage_point == usage_point);
        let own: Vec<SeriesKey> = own.copied().collect();
        let today = paris::day_of(self.now);
        let asked = asked(self.settings, usage_point);
        let source = asked.map(|(source, _)| source);
        let mut stands = notices::of(&self.notices, None, self.now, self.words);
        stands.retain(|notice| {
            let own = source.is_some_and(|source| source.name == notice.source);
            own || notice.kind == NoticeKind::WrongClock
        });
        // What is asked for beside a consent that holds keeps nothing back.
        let given = self.notices.iter().any(|notice| {
            notice.kind == NoticeKind::ConsentGiven
                && notice.concerned.usage_point == Some(usage_point)
        });
        stands.retain(|notice| !(given && NoticeKind::CONSENT.contains(&notice.kind)));
        let concerned = notices::of(&self.notices, Some(usage_point), self.now, self.words);
        stands.extend(concerned.iter().cloned());
        let scene = Scene {
            store: self.store,
            words: self.words,
            now: self.now,
            rhythm: asked.map_or_else(
                || {
                    self.settings
                        .schedule
                        .rhythm(&self.settings.home(), "", Hours::USUAL)
                },
                |(_, rhythm)| rhythm,
            ),
            source: source.map(|one| (one.name.as_str(), one.kind.gateway().is_some())),
            is_watched: source.is_some_and(|one| matches!(one.kind, SourceKind::Files(_))),
            is_running: self.is_running,
            notices: &stands,
        };
        let consent =
            source.and_then(|one| notices::consent(&self.notices, &one.name, usage_point));
        Ok(UsagePointStatus {
            usage_point,
            name: None,
            contract: self.contract(usage_point)?,
            contract_problem: trouble(&self.store.contract_note(usage_point)?, self.words),
            yesterday: scene.yesterday(usage_point, &own)?,
            consent,
            notices: concerned,
            calls_today: self.store.calls_of_day(usage_point, None, today)?,
            series: own
                .into_iter()
                .map(|key| self.series(key, &scene))
                .collect::<Result<_, _>>()?,
        })
    }

    fn contract(&self, prm: UsagePoint) -> Result<Option<Contract>, LedgerError> {
        let (Some(record), Some(facts)) = (self.store.contract(prm)?, facts(self.store, prm)?)
        else {
            return Ok(None);
        };
        Ok(Some(Contract {
            subscribed_power_va: facts.subscribed_power_va,
            off_peak_text: facts.off_peak_text,
            distribution_tariff: facts.distribution_tariff,
            segment: facts.segment,
            consumption_activated: facts.consumption_activated,
            production_activated: facts.production_activated,
            source: record.source,
            said_at: record.said_at,
        }))
    }

    fn series(&self, key: SeriesKey, scene: &Scene<'_>) -> Result<SeriesStatus, LedgerError> {
        let counts = self.store.state_counts(key)?;
        let note = self.store.note(key)?;
        let today = paris::day_of(self.now);
        let series = Some((key.direction, key.kind));
        Ok(SeriesStatus {
            direction: key.direction,
            kind: key.kind,
            first: counts.first_held,
            last: counts.last_held,
            complete: counts.of(DayState::Complete),
            partial: counts.of(DayState::Partial),
            awaited: counts.of(DayState::Awaited),
            absent_at_source: counts.of(DayState::AbsentAtSource),
            refused: counts.of(DayState::Refused),
            before_activation: counts.of(DayState::BeforeActivation),
            beyond_history: counts.of(DayState::BeyondHistory),
            never_asked: self.never_asked(key, &counts)?,
            yesterday: of_yesterday(self.store, key, today)?.map(|record| record.state),
            last_30_days: completeness(self.store, key, today, 30)?,
            last_365_days: completeness(self.store, key, today, 365)?,
            calls_today: self.store.calls_of_day(key.usage_point, series, today)?,
            succeeded_at: note.succeeded_at,
            problem: trouble(&note, self.words),
            next_call: self.next_call(key, (&counts, &note), scene)?,
        })
    }

    /// A back-off of the whole series holds back every one of its days. What is
    /// due already is asked at the next look. Where nothing lacks, it is the first
    /// try of the next day that is worth a call.
    fn next_call(
        &self,
        key: SeriesKey,
        (counts, note): (&StateCounts, &SeriesNote),
        scene: &Scene<'_>,
    ) -> Result<Option<Timestamp>, LedgerError> {
        let due = match (counts.ask_at, note.ask_at) {
            (Some(day), Some(series)) => Some(day.max(series)),
            (day, series) => day.or(series),
        };
        let due = due.or_else(|| self.next_day(key, counts, scene));
        match due {
            Some(due) if !scene.is_watched => scene.next_call(due),
            _ => Ok(None),
        }
    }

    /// When the day after those that are held is asked for the first time.
    fn next_day(
        &self,
        key: SeriesKey,
        counts: &StateCounts,
        scene: &Scene<'_>,
    ) -> Option<Timestamp> {
        let last = counts.last_held?;
        let wishes = self.settings.wishes();
        let scope = wishes.scope(key.usage_point);
        let days = wishes.cadence.days(key.kind, &scope);
        let wanted = scope.wants(key.kind, key.direction);
        wanted.then(|| {
            let day = paris::add_days(last, i32::from(days));
            scene.rhythm.first_try(day)
        })
    }

    /// Days between the first and the last held without any record.
    fn never_asked(&self, key: SeriesKey, counts: &StateCounts) -> Result<u32, LedgerError> {
        let (Some(first), Some(last)) = (counts.first_held, counts.last_held) else {
            return Ok(0);
        };
        let end: Date = paris::add_days(last, 1);
        let known = self.store.count_days(key, first, end)?;
        let span = paris::days_between(first, end).unsigned_abs();
        Ok(span.saturating_sub(known))
    }
}

/// The file with the side files that SQLite keeps while somebody has it open.
fn bytes(path: &Path) -> u64 {
    ["", "-wal", "-shm"]
        .into_iter()
        .map(|suffix| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            std::fs::metadata(name).map_or(0, |facts| facts.len())
        })
        .sum()
}
