//! What every device must hold, read from the ledger in one go.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::{LedgerError, SeriesKey, Store};
use meter::{Direction, Kind, PeakInstant, Phase, UsagePoint, paris};

use crate::meters::Meter;

use super::rows::{Rows, Sides, rows};
use super::settings::Settings;
use super::side::Side;
use super::target::{Does, Target, targets};
use super::tile::{Tile, tile};

/// A device with everything that it must hold.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub target: Target,
    pub rows: Rows,
    pub tile: Option<Tile>,
    /// Whether the source has answered of late: only then is the tile kept fresh.
    pub fresh: bool,
    /// Days whose split between peak and off-peak is not known.
    pub unsplit: u32,
}

/// A source that has not answered for so long makes the tile red.
const FRESH: SignedDuration = SignedDuration::from_hours(36);

/// Reads what every device must hold at an instant, where Domoticz keeps its
/// short log for so many days.
pub(super) fn read(
    store: &Store,
    meters: &[Meter],
    settings: &Settings,
    (now, kept): (Timestamp, u32),
) -> Result<Vec<Wanted>, LedgerError> {
    let today = paris::day_of(now);
    // A day more: an index begins at midnight.
    let points_from = paris::add_days(today, -i32::from(settings.short_log_days) - 1);
    let mut sides: BTreeMap<(UsagePoint, Direction), Side> = BTreeMap::new();
    for meter in meters {
        let plans = meter.plans(store)?;
        for direction in Direction::ALL {
            let span = (today, points_from);
            let side = Side::read(store, meter, &plans, direction, span)?;
            sides.insert((meter.prm, direction), side);
        }
    }
    let none = Side::default();
    let side = |meter: &Option<Meter>, direction| {
        let key = meter.as_ref().map(|meter| (meter.prm, direction));
        key.and_then(|key| sides.get(&key)).unwrap_or(&none)
    };
    let does = |prm| Does {
        consume: sides[&(prm, Direction::Consumption)].exists(),
        produce: sides[&(prm, Direction::Production)].exists(),
    };
    let mut wanted = Vec::new();
    for target in targets(settings, meters, does) {
        let both = Sides {
            consumption: side(&target.consumption, Direction::Consumption),
            production: side(&target.production, Direction::Production),
        };
        let maxima = match &target.consumption {
            Some(meter) => maxima(store, meter.prm, today)?,
            None => BTreeMap::new(),
        };
        let succeeded = both
            .consumption
            .succeeded_at
            .max(both.production.succeeded_at);
        wanted.push(Wanted {
            rows: rows(both, settings, paris::local(now), kept),
            tile: tile(both, &maxima, settings, today),
            fresh: succeeded.is_some_and(|at| now.duration_since(at) <= FRESH),
            unsplit: both.consumption.unsplit + both.production.unsplit,
            target,
        });
    }
    Ok(wanted)
}

/// The highest power of each day in VA, by its own stamp: midnight belongs to
/// the day before.
fn maxima(store: &Store, prm: UsagePoint, today: Date) -> Result<BTreeMap<Date, u32>, LedgerError> {
    let key = SeriesKey {
        usage_point: prm,
        direction: Direction::Consumption,
        kind: Kind::Maximum,
    };
    let Some(first) = store.state_counts(key)?.first_held else {
        return Ok(BTreeMap::new());
    };
    let mut highest: BTreeMap<Date, u32> = BTreeMap::new();
    for maximum in store.maxima(key, first, today)? {
        if maximum.phase != Phase::All {
            continue;
        }
        let at = match maximum.at {
            PeakInstant::Known { at } => at,
            PeakInstant::Either { earlier, .. } => earlier,
        };
        let just_before = at.saturating_sub(SignedDuration::from_secs(1));
        let day = just_before.map_or(maximum.day, paris::day_of);
        let held = highest.entry(day).or_default();
        *held = maximum.volt_amperes.max(*held);
    }
    Ok(highest)
}
