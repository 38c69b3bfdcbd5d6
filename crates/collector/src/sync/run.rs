//! One run through the agenda: rounds of calls until nothing is due.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::Future;
use std::pin::Pin;

use enedis::Problem;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{DayState, LedgerError, SeriesKey, Store, Written};
use meter::{Direction, Kind, UsagePoint, paris};

use super::agenda::{self, Item, Outline, Request, requests};
use super::keep::{self, Said};
use super::note::{Fare, kept_problem, waits};
use super::{Collector, Observer, Patience, Summary};
use crate::policy::{Policy, policy};
use crate::source::Answer;

/// Writes that may be under way while the next answer is fetched.
const WRITES_AHEAD: usize = 4;

/// Readings in one run that make it a backfill: more than half a year of a curve.
const BACKFILL: usize = 10_000;

type PendingWrite = Pin<Box<dyn Future<Output = Result<Written, LedgerError>> + Send>>;

pub(super) struct Run<'a> {
    pub(super) collector: &'a Collector,
    pub(super) observer: &'a mut dyn Observer,
    pub(super) summary: Summary,
    pub(super) fares: BTreeMap<SeriesKey, Fare>,
    pub(super) closed_directions: BTreeSet<(UsagePoint, Direction)>,
    /// Failures since the last answer, whoever it was about.
    pub(super) failures: BTreeMap<UsagePoint, u32>,
    /// Usage points refused in this run, as if without a consent.
    pub(super) refused: BTreeSet<UsagePoint>,
    /// The source is left in peace.
    pub(super) halted: bool,
    /// It gave some answer about readings.
    heard: bool,
    /// What kept the source from getting ready for the next call.
    hindrance: Option<Problem>,
    writes: VecDeque<PendingWrite>,
    calls_before: u64,
    /// Calls that the ledger has not counted yet; without a series: contracts.
    pub(super) uncounted: Calls,
}

/// Calls about usage points, by series.
pub(super) type Calls = BTreeMap<(UsagePoint, Option<(Direction, Kind)>), u32>;

impl<'a> Run<'a> {
    pub(super) fn new(collector: &'a Collector, observer: &'a mut dyn Observer) -> Self {
        Self {
            calls_before: collector.source.calls(),
            collector,
            observer,
            summary: Summary::default(),
            fares: BTreeMap::new(),
            closed_directions: BTreeSet::new(),
            failures: BTreeMap::new(),
            refused: BTreeSet::new(),
            halted: false,
            uncounted: Calls::new(),
            heard: false,
            hindrance: None,
            writes: VecDeque::new(),
        }
    }

    pub(super) async fn run(mut self) -> Result<Summary, LedgerError> {
        if self.is_closed() {
            self.summary.finished = true;
            return Ok(self.summary);
        }
        self.respect_pause().await?;
        for usage_point in self.collector.usage_points.clone() {
            self.read_contract(usage_point).await?;
        }
        while !self.halted && self.round().await? {}
        if !self.halted && self.heard {
            self.infer().await?;
        }
        self.compact().await;
        self.summary.calls = self.calls_made();
        self.summary.finished = !self.halted && self.summary.troubles.is_empty();
        Ok(self.summary)
    }

    /// Outside the source's hours only a person asks.
    fn is_closed(&self) -> bool {
        let waits = self.collector.patience == Patience::Waits;
        waits && !self.collector.rhythm.is_open(self.now())
    }

    /// Asks everything that is due; whether anything was.
    ///
    /// Every answer settles a day and every refusal sets a time, so that rounds
    /// end; the border of a service takes a few of them.
    async fn round(&mut self) -> Result<bool, LedgerError> {
        let items = self.agenda().await?;
        self.mark_days(&items);
        let requests: Vec<Request> = requests(&items)
            .into_iter()
            .filter(|request| self.is_open(request))
            .collect();
        self.observer.planned(requests.len());
        for request in &requests {
            if !self.halted && !self.is_closed() && self.is_open(request) {
                self.ask(*request).await?;
            }
        }
        self.settle_writes(0).await?;
        self.weigh_refusals().await?;
        self.write_notes().await?;
        Ok(!requests.is_empty() && !self.is_closed())
    }

    /// After a backfill the file is rewritten once, a fifth smaller. That is no
    /// matter of correctness: on a full disk it stays as it is.
    async fn compact(&self) {
        if self.summary.written.inserted >= BACKFILL
            && let Err(error) = self.call(Store::compact).await
        {
            tracing::debug!(%error, "the ledger was not compacted");
        }
    }

    async fn respect_pause(&mut self) -> Result<(), LedgerError> {
        let source = self.source_name();
        let pause = self.call(move |store| store.source_pause(&source)).await?;
        let (now, patience) = (self.now(), self.collector.patience);
        let standing = pause.filter(|pause| waits(pause, now, patience));
        if let Some(problem) = standing.as_ref().and_then(kept_problem) {
            self.halted = true;
            self.report(None, None, problem);
        }
        Ok(())
    }

    async fn agenda(&mut self) -> Result<Vec<Item>, LedgerError> {
        let (mut outline, mut items) = self.plan().await?;
        let first = requests(&items).first().copied();
        if let Some(first) = first {
            self.make_ready(first.key).await;
            // What is over by a clock that turns out to be ahead is not asked for.
            if agenda::end(self.collector, self.now()) < outline.end {
                (outline, items) = self.plan().await?;
            }
        }
        self.call(move |store| {
            outline.remember(store, &items)?;
            Ok(items)
        })
        .await
    }

    async fn plan(&self) -> Result<(Outline, Vec<Item>), LedgerError> {
        let outline = Outline::new(self.collector, self.now());
        self.call(move |store| {
            let items = outline.plan(store)?;
            Ok((outline, items))
        })
        .await
    }

    /// Sees to what the calls need; what is in the way is the first one's answer.
    async fn make_ready(&mut self, first: SeriesKey) {
        let source = &self.collector.source;
        let before = source.calls();
        self.hindrance = source.ready().await.err();
        let series = Some((first.direction, first.kind));
        self.count_calls(first.usage_point, series, before);
    }

    fn is_open(&self, request: &Request) -> bool {
        let key = request.key;
        let direction = (key.usage_point, key.direction);
        !self.closed_directions.contains(&direction)
            && !self
                .fares
                .get(&key)
                .is_some_and(|fare| fare.closed || fare.replan)
    }

    fn mark_days(&mut self, items: &[Item]) {
        for Item { key, plan } in items {
            let before = DayState::BeforeActivation;
            self.mark(*key, &plan.before_activation, before, None);
            self.mark(*key, &plan.beyond_history, DayState::BeyondHistory, None);
        }
    }

    pub(super) fn mark(
        &mut self,
        key: SeriesKey,
        days: &[Date],
        state: DayState,
        reason: Option<&'static str>,
    ) {
        if days.is_empty() {
            return;
        }
        let (days, said) = (days.to_vec(), self.said());
        self.write(move |store| keep::mark(store, key, &days, (state, reason), &said));
    }

    async fn ask(&mut self, request: Request) -> Result<(), LedgerError> {
        let mut repeats = 0;
        loop {
            let problem = match self.fetch(request).await? {
                Ok(answer) => return self.answered(request, answer).await,
                Err(problem) => self.named(request.key, problem).await?,
            };
            let failures = self.failures_before(&problem, request.key, repeats).await?;
            match policy(&problem, failures, self.now()) {
                Policy::Again(wait) => {
                    repeats += 1;
                    self.collector.clock.sleep(wait).await;
                }
                Policy::Empty => {
                    return self.answered(request, keep::empty(request.key.kind)).await;
                }
                other => return self.refused(request, problem, other).await,
            }
        }
    }

    /// One call, if one may leave.
    async fn fetch(&mut self, request: Request) -> Result<Result<Answer, Problem>, LedgerError> {
        let Request { key, window } = request;
        let before = self.collector.source.calls();
        let answer = match self.spend(key.usage_point).await? {
            Some(problem) => Err(problem),
            None => match self.hindrance.take() {
                Some(problem) => Err(problem),
                None => self.collector.source.fetch(key, window).await,
            },
        };
        self.count_calls(key.usage_point, Some((key.direction, key.kind)), before);
        Ok(answer)
    }

    /// Notes the calls that the source has made since it had made so many.
    pub(super) fn count_calls(
        &mut self,
        usage_point: UsagePoint,
        series: Option<(Direction, Kind)>,
        before: u64,
    ) {
        let calls = self.collector.source.calls().saturating_sub(before);
        *self.uncounted.entry((usage_point, series)).or_default() += calls as u32;
    }

    async fn answered(&mut self, request: Request, answer: Answer) -> Result<(), LedgerError> {
        self.failures.clear();
        let fare = self.fares.entry(request.key).or_default();
        fare.failures_in_a_row = 0;
        fare.answered = true;
        self.heard = true;
        let Request { key, window } = request;
        let (said, calls) = (self.said(), std::mem::take(&mut self.uncounted));
        self.write(move |store| {
            store.together(|store| {
                count(store, calls, said.at)?;
                keep::keep(store, key, window, &answer, &said)
            })
        });
        self.observer.answered(key, window);
        self.settle_writes(WRITES_AHEAD).await
    }

    fn write<F>(&mut self, work: F)
    where
        F: FnOnce(&mut Store) -> Result<Written, LedgerError> + Send + 'static,
    {
        let write = self.collector.ledger.send(work);
        self.writes.push_back(Box::pin(write));
    }

    /// Waits until at most that many writes are under way.
    pub(super) async fn settle_writes(&mut self, ahead: usize) -> Result<(), LedgerError> {
        while self.writes.len() > ahead {
            if let Some(write) = self.writes.pop_front() {
                self.summary.written += write.await?;
            }
        }
        Ok(())
    }

    /// Writes what the round has told of each series.
    async fn write_notes(&mut self) -> Result<(), LedgerError> {
        let (now, source) = (self.now(), self.source_name());
        let resumed = !self.halted && self.fares.values().any(|fare| fare.answered);
        let told: Vec<(SeriesKey, Fare)> = self
            .fares
            .iter_mut()
            .filter(|(_, fare)| fare.is_news())
            .map(|(key, fare)| {
                let next = fare.next_round();
                (*key, std::mem::replace(fare, next))
            })
            .collect();
        let calls = std::mem::take(&mut self.uncounted);
        let trust = self.collector.wishes.trust.clone();
        self.call(move |store| {
            count(store, calls, now)?;
            // A source that only helps out holds no other back.
            let own = told
                .iter()
                .filter(|(key, _)| !trust.is_second(key.usage_point, &source));
            for (key, fare) in own {
                let note = fare.note(&store.note(*key)?, now);
                store.set_note(*key, &note)?;
            }
            if resumed && store.source_pause(&source)?.is_some() {
                store.set_source_pause(&source, None)?;
            }
            Ok(())
        })
        .await
    }

    pub(super) async fn call<R, F>(&self, work: F) -> Result<R, LedgerError>
    where
        R: Send + 'static,
        F: FnOnce(&mut Store) -> Result<R, LedgerError> + Send + 'static,
    {
        self.collector.ledger.call(work).await
    }

    pub(super) fn source_name(&self) -> String {
        self.collector.source.name().to_owned()
    }

    fn said(&self) -> Said {
        Said {
            source: self.source_name(),
            at: self.now(),
            rhythm: self.collector.rhythm,
            trust: self.collector.wishes.trust.clone(),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.collector.clock.now()
    }

    fn calls_made(&self) -> u64 {
        self.collector.source.calls() - self.calls_before
    }
}

/// Adds calls to those of the day, with whatever else is written.
fn count(store: &mut Store, calls: Calls, now: Timestamp) -> Result<(), LedgerError> {
    let day = paris::day_of(now);
    let made = calls.into_iter().filter(|(_, calls)| *calls > 0);
    for ((usage_point, series), calls) in made {
        store.add_calls(usage_point, series, day, calls)?;
    }
    Ok(())
}
