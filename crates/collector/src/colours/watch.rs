//! Keeps the colours that a home needs: what is asked, when, and what it gave.
//!
//! When to ask again lives in the ledger, so that a restart makes no extra call.
//! Past days that nobody could tell are looked for again once a week.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::{ColourNote, Ledger, LedgerError, Store, Written};
use meter::{Direction, Kind, paris};
use service::{SharedClock, SharedHttp};
use tariff::colour::{Answer, Colour, ColourCalendar, EjpDay, Source, TempoColour};

use super::fault::Fault;
use super::{Addresses, Round, RteAccount, ask, calendar, file, keep, load, next, published};

/// What keeps the colours of a home up to date.
#[derive(Clone)]
pub struct Watch {
    /// Where answers are kept.
    pub ledger: Arc<Ledger>,
    /// How sources are reached.
    pub http: SharedHttp,
    /// What time it is.
    pub clock: SharedClock,
    /// Where the sources are.
    pub addresses: Addresses,
    /// An account at RTE, if there is one.
    pub account: Option<RteAccount>,
    /// A file of colours, the last to be asked.
    pub file: Option<PathBuf>,
    /// Which calendars are needed.
    pub needed: Needed,
}

/// Which calendars are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needed {
    /// Tempo's.
    pub tempo: bool,
    /// EJP's.
    pub ejp: bool,
}

impl Needed {
    /// Whether any is.
    pub fn any(self) -> bool {
        self.tempo || self.ejp
    }
}

/// What became of one calendar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// `tempo`, `ejp`.
    pub calendar: String,
    /// Sources that were asked.
    pub asked: usize,
    /// What changed in the ledger.
    pub written: Written,
    /// What went wrong, source by source.
    pub faults: Vec<Fault>,
    /// Days on which sources differ since now.
    pub contradicted: Vec<Date>,
    /// Whether no source answered.
    pub silent: bool,
}

/// How often the past is searched for days that nobody told.
const SEARCH_EVERY: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How soon older readings, which need older colours, are noticed.
const EXTEND_AFTER: SignedDuration = SignedDuration::from_hours(1);
/// Days back that are asked in any round.
const RECENT: i32 = 10;

impl Watch {
    /// Asks what is due and keeps the answers. Sources that fail are part of the
    /// outcome; only the ledger's own failures are errors.
    pub async fn look(&self) -> Result<Vec<Outcome>, LedgerError> {
        let mut outcomes = Vec::new();
        if self.needed.tempo {
            outcomes.extend(self.look_at::<TempoColour>().await?);
        }
        if self.needed.ejp {
            outcomes.extend(self.look_at::<EjpDay>().await?);
        }
        Ok(outcomes)
    }

    /// Looks again and again. Wake-ups that find nothing due make no call.
    pub async fn run(&self, mut after: impl FnMut(Result<&[Outcome], &LedgerError>)) {
        loop {
            match self.look().await {
                Ok(outcomes) => after(Ok(&outcomes)),
                Err(error) => after(Err(&error)),
            }
            let wait = self.wait().await.unwrap_or(EXTEND_AFTER);
            self.clock.sleep(wait).await;
        }
    }

    /// Until the next question, an hour at most.
    async fn wait(&self) -> Result<SignedDuration, LedgerError> {
        let needed = self.needed;
        let next = self.ledger.call(move |store| {
            let tempo = needed.tempo.then(calendar::<TempoColour>);
            let ejp = needed.ejp.then(calendar::<EjpDay>);
            let mut next: Option<Timestamp> = None;
            for name in tempo.into_iter().chain(ejp) {
                let note = store.colour_note(&name)?;
                next = next.into_iter().chain(note.map(|note| note.ask_at)).min();
            }
            Ok(next)
        });
        let now = self.clock.now();
        let wait = next
            .await?
            .map_or(EXTEND_AFTER, |at| at.duration_since(now));
        Ok(wait.clamp(SignedDuration::from_secs(60), EXTEND_AFTER))
    }

    async fn look_at<C: Colour + Send + Sync>(&self) -> Result<Option<Outcome>, LedgerError> {
        let now = self.clock.now();
        let state = self.ledger.call(move |store| State::<C>::read(store, now));
        let state = state.await?;
        if !state.is_due(now) {
            return Ok(None);
        }
        let open = state.open(now);
        let (Some(first), Some(last)) = (open.first().copied(), open.last().copied()) else {
            let note = state.note_of(now, &Outcome::default());
            self.note::<C>(note).await?;
            return Ok(None);
        };
        let wanted = first..=last;
        let account = self.account.as_ref();
        let mut round: Round<C> = ask(&*self.http, &self.addresses, account, wanted).await;
        if let (Some(path), true) = (
            &self.file,
            round.undecided.iter().any(|day| open.contains(day)),
        ) {
            round.answers.push(file::read_as_source(path));
        }
        self.keep(state, round, now).await.map(Some)
    }

    async fn keep<C: Colour + Send + Sync>(
        &self,
        before: State<C>,
        round: Round<C>,
        now: Timestamp,
    ) -> Result<Outcome, LedgerError> {
        let kept = self.ledger.call(move |store| {
            store.together(|store| {
                let mut outcome = Outcome {
                    calendar: calendar::<C>(),
                    asked: round.answers.len(),
                    silent: round.answers.iter().all(|(_, answer)| answer.is_err()),
                    ..Outcome::default()
                };
                for (source, answer) in &round.answers {
                    match answer {
                        Ok(days) => outcome.written += keep(store, source, days, now)?,
                        Err(problem) => outcome.faults.push(Fault::of(source, problem)),
                    }
                }
                let after = State::<C>::read(store, now)?;
                outcome.contradicted = after.contradicted_beyond(&before);
                let note = after.note_of(now, &outcome);
                store.set_colour_note(&calendar::<C>(), &note)?;
                Ok(outcome)
            })
        });
        kept.await
    }

    async fn note<C: Colour>(&self, note: ColourNote) -> Result<(), LedgerError> {
        let set = move |store: &mut Store| store.set_colour_note(&calendar::<C>(), &note);
        self.ledger.call(set).await
    }
}

/// What is known of a calendar.
struct State<C> {
    note: Option<ColourNote>,
    /// The first day whose colour matters.
    from: Date,
    known: ColourCalendar<C>,
}

impl<C: Colour> State<C> {
    fn read(store: &Store, now: Timestamp) -> Result<Self, LedgerError> {
        let today = paris::day_of(now);
        let from = first_day(store)?.map_or(today, |first| paris::add_days(first, -1).min(today));
        Ok(Self {
            note: store.colour_note(&calendar::<C>())?,
            from,
            known: load(store, from, paris::add_days(today, 3))?,
        })
    }

    fn is_due(&self, now: Timestamp) -> bool {
        let Some(note) = &self.note else {
            return true;
        };
        let extended = match note.searched {
            Some((from, _)) => self.from < from,
            // The last questions found nobody: their own time is waited for.
            None => false,
        };
        now >= note.ask_at || (extended && now >= note.asked_at + EXTEND_AFTER)
    }

    /// Days that may be told now and are not known: the recent ones, and in a
    /// search all of them.
    fn open(&self, now: Timestamp) -> BTreeSet<Date> {
        let today = paris::day_of(now);
        let last = paris::add_days(today, i32::from(now >= published(today, now)));
        let from = if self.searches(now) {
            self.from
        } else {
            self.from.max(paris::add_days(today, -RECENT))
        };
        paris::days(from, paris::add_days(last, 1))
            .filter(|day| !matches!(self.known.at(*day), Answer::Known(_)))
            .collect()
    }

    fn searches(&self, now: Timestamp) -> bool {
        let searched = self.note.as_ref().and_then(|note| note.searched);
        searched.is_none_or(|(from, at)| self.from < from || now >= at + SEARCH_EVERY)
    }

    fn contradicted_beyond(&self, before: &Self) -> Vec<Date> {
        let old: BTreeSet<Date> = before.known.contradictions().map(|one| one.day).collect();
        let days = self.known.contradictions().map(|one| one.day);
        days.filter(|day| !old.contains(day)).collect()
    }

    /// What to remember after a round, made at `now` and seen before it as `self`.
    fn note_of(&self, now: Timestamp, outcome: &Outcome) -> ColourNote {
        let held = self.note.as_ref();
        let failures = if outcome.silent && outcome.asked > 0 {
            held.map_or(0, |note| note.failures) + 1
        } else {
            0
        };
        let tomorrow = paris::add_days(paris::day_of(now), 1);
        let known = matches!(self.known.at(tomorrow), Answer::Known(_));
        let searched = held.and_then(|note| note.searched);
        ColourNote {
            asked_at: now,
            ask_at: next(known, failures, now),
            searched: if failures == 0 && self.searches(now) {
                Some((self.from, now))
            } else {
                searched
            },
            failures,
            problems: serde_json::to_value(&outcome.faults).unwrap_or_default(),
        }
    }
}

/// The first day of which any consumption is held.
fn first_day(store: &Store) -> Result<Option<Date>, LedgerError> {
    let mut first = None;
    for key in store.series()? {
        let counts = matches!(key.kind, Kind::Curve | Kind::Daily);
        if counts && key.direction == Direction::Consumption {
            let held = store.state_counts(key)?.first_held;
            first = first.into_iter().chain(held).min();
        }
    }
    Ok(first)
}

/// Who was asked last, for people: `file:` and its name.
pub(super) fn named(path: &std::path::Path) -> Source {
    Source::File(crate::import::short_name(path))
}
