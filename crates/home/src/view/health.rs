//! Why yesterday is missing, in one sentence: whose doing it is, and when it is
//! tried again.

use collector::rhythm::Rhythm;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{DayRecord, DayState, LedgerError, SeriesKey, SeriesNote, Store};
use meter::{Direction, Kind, UsagePoint, paris};

use super::notices::{self, Hold};
use super::trouble::{trouble, who};
use crate::json::status::{Completeness, NoticeStatus, Trouble, Who, Yesterday};
use crate::words::Words;

/// What decides about one usage point's yesterday.
pub(super) struct Scene<'a> {
    pub store: &'a Store,
    pub words: Words,
    pub now: Timestamp,
    pub rhythm: Rhythm,
    /// The source that is asked, and whether it is a gateway of others.
    pub source: Option<(&'a str, bool)>,
    /// Whether it is a folder, which answers when somebody puts a file there.
    pub is_watched: bool,
    /// Whether a daemon or a sync is at work.
    pub is_running: bool,
    /// What stands for everybody or for this usage point.
    pub notices: &'a [NoticeStatus],
}

/// The cause in words.
struct Cause {
    who: Who,
    what: String,
    means: String,
    advice: Option<String>,
    next_try: Option<Timestamp>,
}

/// How many of the last days before today are complete. Where a direction does
/// not exist, there are none to expect.
pub(super) fn completeness(
    store: &Store,
    key: SeriesKey,
    today: Date,
    days: i32,
) -> Result<Completeness, LedgerError> {
    if is_wrong_direction(&store.note(key)?) && !store.holds(key)? {
        return Ok(Completeness {
            complete: 0,
            expected: 0,
        });
    }
    let states = store.states(key, paris::add_days(today, -days), today)?;
    let of = |state| states.get(&state).copied().unwrap_or(0);
    let outside = of(DayState::BeforeActivation) + of(DayState::BeyondHistory);
    Ok(Completeness {
        complete: of(DayState::Complete),
        expected: days.unsigned_abs().saturating_sub(outside),
    })
}

/// The record of yesterday, if there is one.
pub(super) fn of_yesterday(
    store: &Store,
    key: SeriesKey,
    today: Date,
) -> Result<Option<DayRecord>, LedgerError> {
    let yesterday = paris::add_days(today, -1);
    Ok(store.days(key, yesterday, today)?.pop())
}

impl Scene<'_> {
    /// The state of yesterday; none where nobody is asked about the usage point.
    pub(super) fn yesterday(
        &self,
        usage_point: UsagePoint,
        series: &[SeriesKey],
    ) -> Result<Option<Yesterday>, LedgerError> {
        if self.source.is_none() {
            return Ok(None);
        }
        let day = paris::add_days(paris::day_of(self.now), -1);
        let missing = self.missing(usage_point, series)?;
        if missing.is_empty() {
            return Ok(Some(Yesterday {
                day,
                is_missing: false,
                who: None,
                sentence: self
                    .words
                    .say("health-yesterday-here", &[("day", &self.words.date(day))]),
                consequence: None,
                advice: None,
                next_try: None,
            }));
        }
        let cause = self.cause(&missing)?;
        Ok(Some(Yesterday {
            day,
            is_missing: true,
            sentence: self.sentence(day, &missing, &cause),
            who: Some(cause.who),
            consequence: Some(cause.means),
            advice: cause.advice,
            next_try: cause.next_try,
        }))
    }

    fn sentence(&self, day: Date, missing: &[Missing], cause: &Cause) -> String {
        let words = self.words;
        let only_curve = missing.iter().all(|one| one.key.kind == Kind::Curve);
        let name = if only_curve {
            "health-yesterday-no-curve"
        } else {
            "health-yesterday-missing"
        };
        let who = words.t(&format!("health-who-{}", cause.who.as_str()));
        let args = [
            ("day", words.date(day)),
            ("who", who),
            ("what", super::inside(&cause.what)),
        ];
        let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
        let mut text = words.say(name, &args);
        let next = match cause.next_try {
            Some(at) => words.say("health-next-try", &[("at", &words.instant(at))]),
            None => words.t("health-no-next-try"),
        };
        text.push(' ');
        text += &next;
        text
    }

    /// The curve and the energy that should be there and are not.
    fn missing(
        &self,
        usage_point: UsagePoint,
        series: &[SeriesKey],
    ) -> Result<Vec<Missing>, LedgerError> {
        let today = paris::day_of(self.now);
        let mut missing = Vec::new();
        let keys = |direction| {
            [Kind::Daily, Kind::Curve].map(|kind| SeriesKey {
                usage_point,
                direction,
                kind,
            })
        };
        for key in Direction::ALL.into_iter().flat_map(keys) {
            let held = self.store.state_counts(key)?.first_held.is_some();
            let asked = series.contains(&key);
            // Where nothing was ever asked, consumption is what people have.
            let is_new = series.is_empty() && key.direction == Direction::Consumption;
            let is_own = asked && key.direction == Direction::Consumption;
            if !(held || is_own || is_new) {
                continue;
            }
            let record = of_yesterday(self.store, key, today)?;
            let is_there = record.as_ref().is_some_and(|record| {
                matches!(
                    record.state,
                    DayState::Complete | DayState::BeforeActivation | DayState::BeyondHistory
                )
            });
            if !is_there {
                let note = self.store.note(key)?;
                missing.push(Missing { key, record, note });
            }
        }
        // A home that only produces has no consumption to miss.
        let produces = |one: &Missing| one.key.direction == Direction::Production;
        if missing.iter().any(|one| is_wrong_direction(&one.note)) {
            missing.retain(|one| produces(one) || !is_wrong_direction(&one.note));
            missing.retain(|one| produces(one) || one.note.succeeded_at.is_some());
        }
        Ok(missing)
    }

    fn cause(&self, missing: &[Missing]) -> Result<Cause, LedgerError> {
        if let Some(cause) = self.by_notice(missing)? {
            return Ok(cause);
        }
        if let Some((source, _)) = self.source
            && let Some(pause) = self.store.source_pause(source)?
            && let Some(trouble) = trouble(&pause, self.words)
        {
            return Ok(self.by_trouble(trouble, pause.ask_at));
        }
        let troubled = missing.iter().find_map(|one| {
            let trouble = trouble(&one.note, self.words)?;
            Some((trouble, one.next()))
        });
        if let Some((trouble, next)) = troubled {
            return Ok(self.by_trouble(trouble, next));
        }
        Ok(self.by_state(missing))
    }

    /// Consents, accounts and clocks decide over everything else.
    fn by_notice(&self, missing: &[Missing]) -> Result<Option<Cause>, LedgerError> {
        let explains = |notice: &&NoticeStatus| notices::hold(notice.kind) != Hold::Nothing;
        let Some(notice) = self.notices.iter().find(explains) else {
            return Ok(None);
        };
        let next = missing.iter().find_map(Missing::next);
        Ok(Some(Cause {
            who: notices::who(notice.kind),
            what: notice.explanation.clone(),
            means: notice.consequence.clone(),
            advice: Some(notice.advice.clone()),
            next_try: self.next_call(next.unwrap_or(self.now))?,
        }))
    }

    /// When a call that is due at that instant may leave, given the source's pause
    /// and its hours; none while nothing is asked until somebody has acted.
    pub(super) fn next_call(&self, due: Timestamp) -> Result<Option<Timestamp>, LedgerError> {
        let waits = |notice: &NoticeStatus| notices::hold(notice.kind) == Hold::Everything;
        let Some((source, _)) = self.source.filter(|_| !self.notices.iter().any(waits)) else {
            return Ok(None);
        };
        let pause = self.store.source_pause(source)?;
        let pause = pause.and_then(|pause| pause.ask_at);
        let due = pause.map_or(due, |until| due.max(until));
        Ok(Some(self.rhythm.next_open(due.max(self.now))))
    }

    fn by_trouble(&self, trouble: Trouble, next: Option<Timestamp>) -> Cause {
        let through_gateway = self.source.is_some_and(|(_, gateway)| gateway);
        Cause {
            who: who(&trouble.code, through_gateway),
            what: trouble.explanation,
            means: trouble.consequence,
            advice: trouble.advice,
            next_try: next.map(|at| self.rhythm.next_open(at.max(self.now))),
        }
    }

    fn by_state(&self, missing: &[Missing]) -> Cause {
        let yesterday = paris::add_days(paris::day_of(self.now), -1);
        let first_try = self.rhythm.first_try(yesterday);
        let asked = missing.iter().find(|one| one.record.is_some());
        let (who, name, at) = match asked {
            Some(one) if one.is_partial() => (Who::Enedis, "health-partial", one.next()),
            Some(one) => (Who::Enedis, "health-not-published", one.next()),
            None if !self.rhythm.is_open(self.now) => (Who::Enedis, "health-night", None),
            None if self.now < first_try => (Who::Enedis, "health-too-early", None),
            None if self.is_running => (Who::Releve, "health-not-asked", None),
            None => (Who::You, "health-not-running", None),
        };
        let next = at.unwrap_or(first_try).max(self.now);
        let waits = if who == Who::You { "stopped" } else { "wait" };
        let words = self.words;
        Cause {
            who,
            what: words.t(name),
            means: words.t(&format!("health-means-{waits}")),
            advice: Some(words.t(&format!("{name}-do"))),
            next_try: (who != Who::You).then(|| self.rhythm.next_open(next)),
        }
    }
}

/// A series whose yesterday is not there.
struct Missing {
    key: SeriesKey,
    record: Option<DayRecord>,
    note: SeriesNote,
}

impl Missing {
    fn is_partial(&self) -> bool {
        let record = self.record.as_ref();
        record.is_some_and(|record| record.state == DayState::Partial)
    }

    fn next(&self) -> Option<Timestamp> {
        let day = self.record.as_ref().and_then(|record| record.ask_at);
        day.max(self.note.ask_at)
    }
}

fn is_wrong_direction(note: &SeriesNote) -> bool {
    let problem = note.problem.as_ref();
    let code = problem.and_then(|problem| problem.get("problem")?.as_str());
    code == Some("wrong-direction")
}
