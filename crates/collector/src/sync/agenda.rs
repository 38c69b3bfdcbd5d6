//! What is due now, for every usage point: the planner applied to the ledger.

use std::collections::BTreeMap;

use enedis::{ContractFacts, Problem};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{DayRecord, LedgerError, SeriesKey, Store};
use meter::{Direction, Kind, UsagePoint, paris};

use super::note::{kept_problem, waits};
use super::{Collector, Patience};
use crate::planner::{self, Plan, View, Window};
use crate::source::Source;
use crate::verdict::LATE_DAYS;

/// The hour of the local day from which a person may find yesterday published.
const PUBLISHED_FROM: i8 = 6;

/// Days that are read again within calls that are made anyway.
const REREAD: u32 = LATE_DAYS as u32;

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
    now: Timestamp,
    end: Date,
    patience: Patience,
    tells_directions: bool,
    /// Series in the order in which they are asked, with floor and call length.
    series: Vec<(SeriesKey, Date, u32)>,
}

impl Outline {
    pub(super) fn new(collector: &Collector, now: Timestamp) -> Self {
        let source = collector.source.as_ref();
        let today = paris::day_of(now);
        let yesterday = paris::add_days(today, -1);
        let early = match collector.patience {
            Patience::Waits => now < collector.rhythm.first_try(yesterday),
            Patience::Tries => paris::local(now).hour() < PUBLISHED_FROM,
        };
        let series = collector
            .usage_points
            .iter()
            .flat_map(|usage_point| offered(source, *usage_point))
            .map(|key| {
                let floor = source.floor(key.kind, today);
                (key, floor, source.max_days(key.kind))
            })
            .collect();
        Self {
            now,
            end: paris::add_days(today, -i32::from(early)),
            patience: collector.patience,
            tells_directions: source.tells_directions(),
            series,
        }
    }

    /// Plans every series that may be asked now.
    pub(super) fn plan(&self, store: &Store) -> Result<Vec<Item>, LedgerError> {
        let mut items = Vec::new();
        for (key, floor, max_days) in &self.series {
            let service = Service::read(store, *key, self.tells_directions)?;
            if !service.exists || self.is_waiting(store, *key, &service)? {
                continue;
            }
            if store.is_settled(*key, *floor, self.end, self.now)? {
                continue;
            }
            let days = records(store, *key, self.end)?;
            let note = store.note(*key)?;
            let plan = planner::plan(&View {
                days: &days,
                floor: *floor,
                active_since: service.since,
                inactive_until: note.inactive_until,
                end: self.end,
                max_days: shorter(*max_days, note.failures),
                reread: REREAD,
                now: self.now,
            });
            if plan != Plan::default() {
                items.push(Item { key: *key, plan });
            }
        }
        Ok(items)
    }

    /// A series waits for its own time. The other kinds of a direction that may
    /// not exist wait until its daily totals have shown that it does.
    fn is_waiting(
        &self,
        store: &Store,
        key: SeriesKey,
        service: &Service,
    ) -> Result<bool, LedgerError> {
        if waits(&store.note(key)?, self.now, self.patience) {
            return Ok(true);
        }
        if service.is_certain || key.kind == Kind::Daily {
            return Ok(false);
        }
        let daily = SeriesKey {
            kind: Kind::Daily,
            ..key
        };
        if key.direction == Direction::Production {
            return Ok(store.state_counts(daily)?.days.is_empty());
        }
        // Nearly everyone consumes: only a plain no is believed.
        let note = store.note(daily)?;
        let wrong = kept_problem(&note) == Some(Problem::WrongDirection);
        Ok(wrong && waits(&note, self.now, self.patience))
    }
}

/// After failures a long call is cut in halves, down to a week: what makes it
/// fail then keeps only its own days back.
fn shorter(max_days: u32, failures: u32) -> u32 {
    (max_days >> failures.min(16)).max(max_days.min(7))
}

/// Every series that a source may have for a usage point.
pub(super) fn offered(
    source: &dyn Source,
    usage_point: UsagePoint,
) -> impl Iterator<Item = SeriesKey> {
    Direction::ALL
        .into_iter()
        .flat_map(|direction| Kind::ALL.map(|kind| (direction, kind)))
        .filter(|(direction, kind)| source.offers(*kind, *direction))
        .map(move |(direction, kind)| SeriesKey {
            usage_point,
            direction,
            kind,
        })
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

/// Whether a direction is served, and since when, as far as the contract tells.
struct Service {
    exists: bool,
    /// The contract says so; else it is found out by asking.
    is_certain: bool,
    since: Option<Date>,
}

impl Service {
    fn read(store: &Store, key: SeriesKey, tells_directions: bool) -> Result<Self, LedgerError> {
        let facts: ContractFacts = store
            .contract(key.usage_point)?
            .and_then(|record| serde_json::from_value(record.facts).ok())
            .unwrap_or_default();
        let produces = facts.production_activated.is_some() || facts.production_segment.is_some();
        let consumes = facts.consumption_activated.is_some() || !produces;
        let is_certain = tells_directions && facts != ContractFacts::default();
        let (told, since) = match key.direction {
            Direction::Consumption => (consumes, facts.consumption_activated),
            Direction::Production => (produces, facts.production_activated),
        };
        // What has been answered exists, whatever an older contract leaves out:
        // those of v5 do not speak of production.
        let daily = SeriesKey {
            kind: Kind::Daily,
            ..key
        };
        let exists = told || !is_certain || store.state_counts(daily)?.first_held.is_some();
        Ok(Self {
            exists,
            is_certain,
            since,
        })
    }
}

fn records(
    store: &Store,
    key: SeriesKey,
    end: Date,
) -> Result<BTreeMap<Date, DayRecord>, LedgerError> {
    let records = store.days(key, Date::MIN, end)?;
    Ok(records
        .into_iter()
        .map(|record| (record.day, record))
        .collect())
}
