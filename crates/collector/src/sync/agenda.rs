//! What is due now, for every usage point: the planner applied to the ledger.

use std::collections::{BTreeMap, BTreeSet};

use enedis::Problem;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::{DayRecord, DayState, LedgerError, NoticeKind, SeriesKey, Store};
use meter::{Direction, Kind, UsagePoint, paris};

use super::note::{kept_problem, waits};
use super::served::Service;
use super::{Collector, Patience};
use crate::planner::{self, Plan, View, Window};
use crate::policy::believed_until;
use crate::source::Source;
use crate::wishes::{Scope, Wishes};

/// The hour of the local day from which a person may find yesterday published.
const PUBLISHED_FROM: i8 = 6;

/// How many days before the history still are looked at.
const FORGOTTEN: i32 = 90;

/// How often a less trusted source is asked for what is lacking.
const HELP_EVERY: SignedDuration = SignedDuration::from_hours(20);

/// One call to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Request {
    pub key: SeriesKey,
    pub window: Window,
}

/// What is to be done for one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub key: SeriesKey,
    pub plan: Plan,
}

/// What does not change while an agenda is made.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    pub now: Timestamp,
    pub patience: Patience,
    pub tells_directions: bool,
    pub wishes: Wishes,
    /// As [`end`] was when it was made.
    pub end: Date,
    reread: u32,
    /// In the order in which they are asked.
    lines: Vec<Line>,
    source: String,
}

/// A series that is wanted and offered.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub key: SeriesKey,
    /// The kind that shows whether the direction exists.
    pub probe: Kind,
    /// Whether the curve of this direction is wanted and offered.
    has_curve: bool,
    floor: Date,
    begin: Date,
    max_days: u32,
    /// How many days one call waits for.
    every: u16,
}

impl Line {
    /// Another kind of the same direction.
    pub(super) fn sibling(&self, kind: Kind) -> SeriesKey {
        SeriesKey { kind, ..self.key }
    }
}

impl Outline {
    pub(super) fn new(collector: &Collector, now: Timestamp) -> Self {
        let source = collector.source.as_ref();
        let today = paris::day_of(now);
        let points = collector.usage_points.iter();
        let lines = points.flat_map(|usage_point| lines(collector, *usage_point, today));
        Self {
            now,
            end: end(collector, now),
            patience: collector.patience,
            tells_directions: source.tells_directions(),
            reread: u32::from(collector.rhythm.reread),
            lines: lines.collect(),
            source: source.name().to_owned(),
            wishes: collector.wishes.clone(),
        }
    }

    /// Plans every series that may be asked now.
    pub(super) fn plan(&self, store: &Store) -> Result<Vec<Item>, LedgerError> {
        let believed = believed_until(self.now);
        let mut items = Vec::new();
        for line in &self.lines {
            let key = line.key;
            let service = Service::read(store, line, self)?;
            let helps = self.wishes.trust.is_second(key.usage_point, &self.source);
            let waits = if helps {
                self.has_helped(store, key)?
            } else {
                self.is_waiting(store, line, &service)?
            };
            if !service.exists || waits {
                continue;
            }
            let ripe = self.ripe(store, line)?;
            if !helps && store.is_settled(key, line.begin, ripe, self.now, believed)? {
                continue;
            }
            // Days that fell out of the history while they were awaited are near.
            let first = paris::add_days(line.floor, -FORGOTTEN);
            let mut days = records(store, key, first, self.end)?;
            if helps {
                self.open_to_help(&mut days);
            }
            let note = store.note(key)?;
            let seconded = self.seconded(key, &days);
            let plan = planner::plan(&View {
                days: &days,
                floor: line.floor,
                begin: line.begin,
                active_since: service.since,
                inactive_until: note.inactive_until,
                end: self.end,
                max_days: shorter(line.max_days, note.failures),
                reread: self.reread,
                seconded: &seconded,
                now: self.now,
            });
            if plan != Plan::default() {
                items.push(Item { key, plan });
            }
        }
        Ok(items)
    }

    /// The days that less trusted sources than this one have told.
    fn seconded(&self, key: SeriesKey, days: &BTreeMap<Date, DayRecord>) -> BTreeSet<Date> {
        let trust = &self.wishes.trust;
        let told = days.values().filter(|record| {
            let held = matches!(record.state, DayState::Complete | DayState::Partial);
            held && trust.is_after(key.usage_point, &record.source, &self.source)
        });
        told.map(|record| record.day).collect()
    }

    /// A source that is less trusted is asked once a day for what is lacking.
    fn has_helped(&self, store: &Store, key: SeriesKey) -> Result<bool, LedgerError> {
        let at = store.told_at(&help(key), &self.source)?;
        Ok(at.is_some_and(|at| {
            let since = self.now.duration_since(at);
            !since.is_negative() && since < HELP_EVERY
        }))
    }

    /// Remembers which series a less trusted source was asked for.
    pub(super) fn remember(&self, store: &mut Store, items: &[Item]) -> Result<(), LedgerError> {
        for Item { key, .. } in items {
            if self.wishes.trust.is_second(key.usage_point, &self.source) {
                store.set_told(&help(*key), &self.source, self.now)?;
            }
        }
        Ok(())
    }

    /// Days that a more trusted source has left open for two days are due; those
    /// of which this one has spoken last wait for their own time.
    fn open_to_help(&self, days: &mut BTreeMap<Date, DayRecord>) {
        let recent = paris::add_days(self.end, -2);
        for record in days.values_mut() {
            let open = matches!(
                record.state,
                DayState::Partial
                    | DayState::Awaited
                    | DayState::AbsentAtSource
                    | DayState::Refused
            );
            if open && record.source != self.source && record.day < recent {
                record.ask_at = Some(self.now);
            }
        }
    }

    /// The end of the days that are worth a call of their own; those from then
    /// on only join one.
    fn ripe(&self, store: &Store, line: &Line) -> Result<Date, LedgerError> {
        let somebody_waits = self.patience == Patience::Tries;
        if somebody_waits
            || line.every <= 1
            || self.ends_soon(store, line)?
            || self.lacks_detail(store, line)?
        {
            return Ok(self.end);
        }
        let ripe = paris::add_days(self.end, 1 - i32::from(line.every));
        // However short a history is wanted, its first day is worth a call.
        Ok(ripe.max(paris::add_days(line.begin, 1)).min(self.end))
    }

    /// Whether the consent ends before the next call of this kind would leave: its
    /// last days are then worth calls of their own.
    fn ends_soon(&self, store: &Store, line: &Line) -> Result<bool, LedgerError> {
        let notices = store.notices()?;
        let end = |point: Option<UsagePoint>| {
            let mut given = notices.iter().filter(|notice| {
                let concerned = &notice.concerned;
                notice.kind == NoticeKind::ConsentGiven
                    && concerned.source == self.source
                    && concerned.usage_point == point
            });
            given.find_map(|notice| notice.until)
        };
        let until = end(Some(line.key.usage_point)).or_else(|| end(None));
        let soon = SignedDuration::from_hours(24 * (i64::from(line.every) + 1));
        Ok(until.is_some_and(|until| {
            let left = until.duration_since(self.now);
            !left.is_negative() && left <= soon
        }))
    }

    /// Whether totals are all that there is of some recent day.
    fn lacks_detail(&self, store: &Store, line: &Line) -> Result<bool, LedgerError> {
        if line.key.kind != Kind::Daily {
            return Ok(false);
        }
        let curve = line.sibling(Kind::Curve);
        let off = Some(Problem::CurveNotActivated);
        if !line.has_curve || kept_problem(&store.note(curve)?) == off {
            return Ok(true);
        }
        // Yesterday's curve may still come today.
        let to = paris::add_days(self.end, -1);
        let from = paris::add_days(self.end, -i32::from(line.every));
        let curve = records(store, curve, from, to)?;
        let totals = records(store, line.key, from, to)?;
        let needs_nothing = |record: Option<&DayRecord>| {
            let state = record.map(|record| record.state);
            matches!(
                state,
                Some(DayState::Complete | DayState::BeforeActivation | DayState::BeyondHistory)
            )
        };
        let mut days = paris::days(from.max(line.begin), to);
        Ok(days.any(|day| !needs_nothing(curve.get(&day)) && !needs_nothing(totals.get(&day))))
    }

    /// A series waits for its own time. The other kinds of a direction that may
    /// not exist wait until one has shown that it does.
    fn is_waiting(
        &self,
        store: &Store,
        line: &Line,
        service: &Service,
    ) -> Result<bool, LedgerError> {
        let key = line.key;
        if waits(&store.note(key)?, self.now, self.patience) {
            return Ok(true);
        }
        if key.direction == Direction::Production {
            return service.waits_for_proof(store, line, self);
        }
        if service.is_certain || key.kind == line.probe {
            return Ok(false);
        }
        // Nearly everyone consumes: only a plain no is believed.
        let note = store.note(line.sibling(line.probe))?;
        let wrong = kept_problem(&note) == Some(Problem::WrongDirection);
        Ok(wrong && waits(&note, self.now, self.patience))
    }
}

/// The day after the last that is asked for: of those that are over by our clock
/// and, where it is known to be ahead, by the source's.
pub(super) fn end(collector: &Collector, now: Timestamp) -> Date {
    let today = paris::day_of(now);
    let yesterday = paris::add_days(today, -1);
    let early = match collector.patience {
        Patience::Waits => now < collector.rhythm.first_try(yesterday),
        Patience::Tries => paris::local(now).hour() < PUBLISHED_FROM,
    };
    let end = paris::add_days(today, -i32::from(early));
    let theirs = collector.dates.behind_us(&*collector.clock);
    theirs.map_or(end, |theirs| end.min(paris::day_of(theirs)))
}

fn help(key: SeriesKey) -> String {
    format!("help {} {} {}", key.usage_point, key.direction, key.kind)
}

/// After failures a long call is cut in halves, down to a week: what makes it
/// fail then keeps only its own days back.
fn shorter(max_days: u32, failures: u32) -> u32 {
    (max_days >> failures.min(16)).max(max_days.min(7))
}

/// Every series that is wanted of a usage point and that the source may have.
pub(super) fn offered(
    source: &dyn Source,
    usage_point: UsagePoint,
    scope: &Scope,
) -> impl Iterator<Item = SeriesKey> {
    Direction::ALL
        .into_iter()
        .flat_map(|direction| Kind::ALL.map(|kind| (direction, kind)))
        .filter(|(direction, kind)| {
            source.offers(*kind, *direction) && scope.wants(*kind, *direction)
        })
        .map(move |(direction, kind)| SeriesKey {
            usage_point,
            direction,
            kind,
        })
}

fn lines(collector: &Collector, usage_point: UsagePoint, today: Date) -> Vec<Line> {
    let source = collector.source.as_ref();
    let scope = collector.wishes.scope(usage_point);
    let cadence = collector.wishes.cadence;
    let has = |kind, direction| scope.wants(kind, direction) && source.offers(kind, direction);
    let line = |key: SeriesKey| {
        let floor = source.floor(key.kind, today);
        Line {
            key,
            probe: scope.probe().unwrap_or(key.kind),
            has_curve: has(Kind::Curve, key.direction),
            floor,
            begin: scope.begin(floor, today),
            max_days: source.max_days(key.kind),
            every: cadence.days(key.kind, &scope),
        }
    };
    offered(source, usage_point, &scope).map(line).collect()
}

/// The calls of all items, newest first, so that every usage point has its
/// yesterday before any has its last year.
pub(super) fn requests(items: &[Item]) -> Vec<Request> {
    let mut requests: Vec<Request> = items
        .iter()
        .flat_map(|item| {
            item.plan.windows.iter().map(|window| Request {
                key: item.key,
                window: *window,
            })
        })
        .collect();
    requests.sort_by_key(|request| std::cmp::Reverse(request.window.to));
    requests
}

fn records(
    store: &Store,
    key: SeriesKey,
    from: Date,
    to: Date,
) -> Result<BTreeMap<Date, DayRecord>, LedgerError> {
    let records = store.days(key, from, to)?;
    Ok(records
        .into_iter()
        .map(|record| (record.day, record))
        .collect())
}
