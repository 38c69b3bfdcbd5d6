//! What the ledger holds of a usage point, as far as Jeedom is to be told.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::{LedgerError, SeriesKey, Store};
use meter::{DailyMaximum, Direction, Interval, Kind, Phase, UsagePoint, paris};

use super::decimal::Decimal;

/// Readings of one usage point.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    /// Drawn from the grid.
    pub consumption: Flow,
    /// Fed into it.
    pub production: Flow,
    /// Daily maxima of the whole connection, sorted by day.
    pub maxima: Vec<DailyMaximum>,
    /// What prices and the collection's state add.
    pub beside: Beside,
}

/// One direction.
#[derive(Debug, Clone, Default)]
pub struct Flow {
    /// The curve, sorted, none overlapping another.
    pub curve: Vec<Interval>,
    /// Enedis' daily totals in Wh.
    pub daily: BTreeMap<Date, u64>,
    /// The first day of service, where earlier ones are known to lie before it:
    /// no energy is missing there.
    pub in_service_since: Option<Date>,
}

/// What is known beside the readings, day by day; a day of which something is
/// not known has no entry.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Watt-minutes in peak and off-peak hours.
    pub peak: BTreeMap<Date, (u64, u64)>,
    /// 1 blue, 2 white, 3 red.
    pub tempo: BTreeMap<Date, i64>,
    /// Micro-euros of energy and subscription.
    pub cost: BTreeMap<Date, i64>,
    /// The subscribed power in kVA.
    pub subscribed_kva: Option<u32>,
    /// The problem that stands, or that there is none, in words.
    pub problem: Option<String>,
}

impl Readings {
    /// Reads it from the ledger: the curve since a day, the totals since
    /// another, both up to the end of yesterday.
    pub fn read(
        store: &Store,
        prm: UsagePoint,
        (curve_from, totals_from): (Date, Date),
        today: Date,
    ) -> Result<Self, LedgerError> {
        let key = |direction, kind| SeriesKey {
            usage_point: prm,
            direction,
            kind,
        };
        let flow = |direction| -> Result<Flow, LedgerError> {
            let (start, end) = (paris::day_start(curve_from), paris::day_start(today));
            let note = store.note(key(direction, Kind::Daily))?;
            Ok(Flow {
                curve: store.curve(key(direction, Kind::Curve), start, end)?,
                daily: store.daily(key(direction, Kind::Daily), totals_from, today)?,
                in_service_since: note.inactive_until.and_then(|day| day.tomorrow().ok()),
            })
        };
        let maxima = store.maxima(
            key(Direction::Consumption, Kind::Maximum),
            totals_from,
            today,
        )?;
        Ok(Self {
            consumption: flow(Direction::Consumption)?,
            production: flow(Direction::Production)?,
            maxima: maxima
                .into_iter()
                .filter(|maximum| maximum.phase == Phase::All)
                .collect(),
            beside: Beside::default(),
        })
    }

    /// One direction.
    pub fn flow(&self, direction: Direction) -> &Flow {
        match direction {
            Direction::Consumption => &self.consumption,
            Direction::Production => &self.production,
        }
    }
}

/// Watt-minutes as kWh.
pub(super) fn kwh(watt_minutes: u64) -> Decimal {
    Decimal::ratio(watt_minutes, 60_000)
}
