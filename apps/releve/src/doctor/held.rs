//! What the ledger tells: whether it is sound, consents, the daemon, yesterday.

use jiff::{SignedDuration, Timestamp};
use ledger::{Access, LedgerError, NoticeKind, Store};

use super::check;
use crate::config::Settings;
use crate::exit::Failure;
use crate::json::doctor::{Check, Part, State};
use crate::json::status::{NoticeStatus, Status, Trouble, UsagePointStatus, Who};
use crate::view;
use crate::words::Words;

/// What the ledger tells.
pub(super) struct Held {
    pub checks: Vec<Check>,
    /// Said where no source could be compared with: the last answer lies ahead
    /// of the clock.
    pub clock: Option<Check>,
}

/// Everything that the ledger tells.
pub(super) fn checks(settings: &Settings, now: Timestamp, words: Words) -> Held {
    let path = settings.data_dir.join(ledger::FILE_NAME);
    let (store, database) = match open(&path, words) {
        Ok(opened) => opened,
        Err(failed) => {
            return Held {
                checks: vec![*failed],
                clock: None,
            };
        }
    };
    let mut checks = vec![database];
    let Ok(status) = view::status::read(store.as_ref(), settings, now, words) else {
        return Held {
            checks,
            clock: None,
        };
    };
    checks.extend(consents(&status, words));
    checks.extend(odd(&status));
    if !settings.sources.is_empty() {
        checks.push(daemon(&status, words));
    }
    checks.extend(status.usage_points.iter().filter_map(yesterday));
    Held {
        checks,
        clock: behind(&status, now, words),
    }
}

fn open(path: &std::path::Path, words: Words) -> Result<(Option<Store>, Check), Box<Check>> {
    let failed = |failure: &Failure| {
        let said = failure.message(words.lang);
        let advice = failure.advice(words.lang);
        Box::new(check(Part::Database, State::Failed, said, advice))
    };
    let store = match Store::open(path, Access::Read) {
        Ok(store) => store,
        Err(LedgerError::Absent { .. }) => {
            let said = words.t("doctor-database-absent");
            return Ok((None, check(Part::Database, State::Skipped, said, None)));
        }
        Err(error) => return Err(failed(&error.into())),
    };
    let findings = store.integrity().map_err(|error| failed(&error.into()))?;
    if !findings.is_empty() {
        let path = path.to_owned();
        return Err(failed(&LedgerError::Damaged { path, findings }.into()));
    }
    let size = std::fs::metadata(path).map_or(0, |facts| facts.len());
    let schema = store.schema().to_string();
    let args = [("size", words.megabytes(size)), ("schema", schema)];
    let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
    let said = words.say("doctor-database", &args);
    Ok((Some(store), check(Part::Database, State::Ok, said, None)))
}

/// Consents, accounts and tokens, as far as the last answers tell.
fn consents(status: &Status, words: Words) -> Vec<Check> {
    let notices = status
        .notices
        .iter()
        .chain(status.usage_points.iter().flat_map(|point| &point.notices));
    // What is asked for beside consents that hold stops nothing.
    let holds = have_consents(status);
    let beside = |notice: &NoticeStatus| {
        holds && notice.usage_point.is_none() && NoticeKind::CONSENT.contains(&notice.kind)
    };
    let mut found: Vec<Check> = notices
        .filter(|notice| concerns_access(notice.kind))
        .map(|notice| match of_notice(notice) {
            check if beside(notice) => Check {
                state: State::Warning,
                ..check
            },
            check => check,
        })
        .collect();
    if found.is_empty() {
        let troubles = status.usage_points.iter().flat_map(troubles);
        let pauses = status.pauses.iter().filter_map(|one| one.problem.as_ref());
        for trouble in troubles.chain(pauses) {
            let said = &trouble.explanation;
            let said = format!("{} {}", view::inside(said), trouble.consequence);
            if is_access(trouble) && found.iter().all(|check| check.said != said) {
                let advice = trouble.advice.clone();
                found.push(check(Part::Consent, State::Failed, said, advice));
            }
        }
    }
    let asked = status.usage_points.iter();
    if found.is_empty() && asked.clone().any(|point| point.yesterday.is_some()) {
        let answered = asked.flat_map(|point| &point.series);
        let last = answered.filter_map(|series| series.succeeded_at).max();
        let (state, said) = match last {
            Some(at) => {
                let at = words.instant(at);
                (State::Ok, words.say("doctor-consent", &[("at", &at)]))
            }
            None => (State::Skipped, words.t("doctor-consent-unknown")),
        };
        found.push(check(Part::Consent, state, said, None));
    }
    found
}

/// Whether every usage point that is asked about has its consent.
fn have_consents(status: &Status) -> bool {
    let points = status.usage_points.iter();
    let mut asked = points.filter(|point| point.yesterday.is_some()).peekable();
    asked.peek().is_some() && asked.all(|point| point.consent.is_some())
}

fn troubles(point: &UsagePointStatus) -> impl Iterator<Item = &Trouble> {
    let series = point.series.iter().filter_map(|one| one.problem.as_ref());
    series.chain(point.contract_problem.as_ref())
}

fn is_access(trouble: &Trouble) -> bool {
    let who = view::trouble::who(&trouble.code, false);
    matches!(who, Who::Consent | Who::You)
}

fn concerns_access(kind: NoticeKind) -> bool {
    NoticeKind::CONSENT.contains(&kind)
        || NoticeKind::PORTAL.contains(&kind)
        || kind == NoticeKind::NewMeter
}

fn of_notice(notice: &NoticeStatus) -> Check {
    let works = matches!(notice.kind, NoticeKind::ConsentGiven | NoticeKind::NewMeter);
    let state = if works { State::Warning } else { State::Failed };
    let said = format!("{} {}", notice.explanation, notice.consequence);
    Check {
        source: Some(notice.source.clone()),
        ..check(Part::Consent, state, said, Some(notice.advice.clone()))
    }
}

/// What destinations lack, and what folders and sources have told that is odd.
fn odd(status: &Status) -> Vec<Check> {
    let part = |kind| match kind {
        NoticeKind::DestinationLacks => Some(Part::Outputs),
        NoticeKind::FileLeft | NoticeKind::SourcesDiffer => Some(Part::Source),
        _ => None,
    };
    let points = status.usage_points.iter();
    let notices = status
        .notices
        .iter()
        .chain(points.flat_map(|point| &point.notices));
    notices
        .filter_map(|notice| {
            Some(Check {
                part: part(notice.kind)?,
                state: State::Warning,
                ..of_notice(notice)
            })
        })
        .collect()
}

fn daemon(status: &Status, words: Words) -> Check {
    if let Some(writer) = &status.writer {
        let pid = writer.pid.to_string();
        let args = [("command", writer.command.as_str()), ("pid", &pid)];
        let said = words.say("doctor-daemon", &args);
        return check(Part::Daemon, State::Ok, said, None);
    }
    let said = words.t("doctor-daemon-none");
    let advice = Some(words.t("doctor-daemon-none-do"));
    check(Part::Daemon, State::Warning, said, advice)
}

fn yesterday(point: &UsagePointStatus) -> Option<Check> {
    let yesterday = point.yesterday.as_ref()?;
    let state = match (yesterday.is_missing, yesterday.who) {
        (false, _) => State::Ok,
        (true, Some(Who::Enedis | Who::Releve | Who::Gateway)) => State::Warning,
        (true, _) => State::Failed,
    };
    let prm = point.usage_point.to_string();
    let name = point.name.as_ref().unwrap_or(&prm);
    let means = yesterday.consequence.as_ref();
    let means = means.map(|means| format!(" {means}")).unwrap_or_default();
    let said = format!("{name} · {}{means}", yesterday.sentence);
    Some(check(
        Part::Yesterday,
        state,
        said,
        yesterday.advice.clone(),
    ))
}

/// A clock that is more than a day behind what was last answered is wrong.
fn behind(status: &Status, now: Timestamp, words: Words) -> Option<Check> {
    let series = status.usage_points.iter().flat_map(|point| &point.series);
    let last = series.filter_map(|one| one.succeeded_at).max()?;
    let by = last.duration_since(now);
    (by > SignedDuration::from_hours(24)).then(|| super::network::wrong_clock(-by, words))
}
