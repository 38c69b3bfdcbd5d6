//! The promise, checked on what is held: each day's curve sums to its total.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::SeriesKey;
use meter::{Direction, Kind, UsagePoint, WattMinutes, curve};

use crate::world::World;

/// The curve of one direction of one usage point beside its daily totals.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Whose.
    pub usage_point: UsagePoint,
    /// Which way.
    pub direction: Direction,
    /// Intervals held.
    pub intervals: usize,
    /// Daily totals held.
    pub totals: usize,
    /// Days of which both are held.
    pub compared: usize,
    /// Days of which they differ, be it by a watt-minute.
    pub different: usize,
}

impl Comparison {
    /// Whether there was something to compare and all of it agreed.
    pub fn is_exact(&self) -> bool {
        self.compared > 0 && self.different == 0
    }
}

/// Compares every direction that is held.
pub fn compare(world: &World) -> anyhow::Result<Vec<Comparison>> {
    let store = world.store()?;
    let curves = store
        .series()?
        .into_iter()
        .filter(|key| key.kind == Kind::Curve);
    let mut comparisons = Vec::new();
    for key in curves {
        let held = store.curve(key, Timestamp::MIN, Timestamp::MAX)?;
        let daily = SeriesKey {
            kind: Kind::Daily,
            ..key
        };
        let totals = store.daily(daily, Date::MIN, Date::MAX)?;
        let both: Vec<bool> = curve::by_day(&held)
            .filter(curve::DayCurve::is_complete)
            .filter_map(|day| {
                let total = WattMinutes::from_watt_hours(*totals.get(&day.day)?);
                Some(total == day.energy())
            })
            .collect();
        comparisons.push(Comparison {
            usage_point: key.usage_point,
            direction: key.direction,
            intervals: held.len(),
            totals: totals.len(),
            compared: both.len(),
            different: both.iter().filter(|same| !**same).count(),
        });
    }
    Ok(comparisons)
}
