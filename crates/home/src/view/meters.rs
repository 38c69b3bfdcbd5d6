//! Usage points: what their contract says, and what their registers last showed.

use std::collections::BTreeSet;

use enedis::ContractFacts;
use jiff::civil::Date;
use ledger::{LedgerError, SeriesKey, Store};
use meter::{Direction, Kind, UsagePoint, paris};
use outputs::meters::stated;
use tariff::plan::PlanSource;

use super::asked::asked;
use super::pricing::{Known, configured};
use super::{name, rank};
use crate::config::{Prices, Settings};
use crate::json::cost::Stated;
use crate::json::meters::{Facts, Hours, LastRegister, Meter, Meters};

/// Reads every usage point as it stands on a day; `store` is none when there is
/// no ledger yet.
pub fn read(
    store: Option<&Store>,
    settings: &Settings,
    today: Date,
) -> Result<Meters, LedgerError> {
    let held = store.map(Store::usage_points).transpose()?;
    let own = settings.usage_points.iter().map(|point| point.prm);
    let points: BTreeSet<_> = own
        .chain(held.into_iter().flatten())
        .map(|prm| (rank(&settings.usage_points, prm), prm))
        .collect();
    let meters = points.into_iter();
    let meters = meters.map(|(_, prm)| meter(store, settings, prm, today));
    Ok(Meters {
        meters: meters.collect::<Result<_, _>>()?,
    })
}

fn meter(
    store: Option<&Store>,
    settings: &Settings,
    prm: UsagePoint,
    today: Date,
) -> Result<Meter, LedgerError> {
    let prices = configured(&settings.usage_points, prm);
    let mut meter = Meter {
        usage_point: prm,
        name: name(&settings.usage_points, prm),
        configured: settings.usage_points.iter().any(|point| point.prm == prm),
        source: asked(settings, prm).map(|(source, _)| source.name.clone()),
        power: None,
        offer: prices.offer.clone(),
        resale: prices.resale.clone(),
        contract: None,
        off_peak: Vec::new(),
        registers: Vec::new(),
    };
    let Some(store) = store else {
        return Ok(meter);
    };
    let span = (today, paris::add_days(today, 1));
    meter.power = Known::read(store, prm, &prices, span)?.power;
    meter.contract = facts(store, prm)?;
    meter.off_peak = hours(store, prm, &prices)?;
    for direction in Direction::ALL {
        meter.registers.extend(registers(store, prm, direction)?);
    }
    Ok(meter)
}

fn facts(store: &Store, prm: UsagePoint) -> Result<Option<Facts>, LedgerError> {
    let Some(record) = store.contract(prm)? else {
        return Ok(None);
    };
    let Ok(facts) = serde_json::from_value::<ContractFacts>(record.facts) else {
        return Ok(None);
    };
    Ok(Some(Facts {
        subscribed_power_va: facts.subscribed_power_va,
        last_power_change: facts.last_power_change,
        distribution_tariff: facts.distribution_tariff,
        segment: facts.segment,
        contract_start: facts.contract_start,
        meter_type: facts.meter_type,
        consumption_activated: facts.consumption_activated,
        production_activated: facts.production_activated,
        source: record.source,
        said_at: record.said_at,
    }))
}

fn hours(store: &Store, prm: UsagePoint, prices: &Prices) -> Result<Vec<Hours>, LedgerError> {
    let versions = stated(store, prm)?;
    let plans = outputs::meters::plans(store, prm, &prices.plans)?;
    // Each of Enedis' texts is one plan, in the same order.
    let mut versions = versions.iter();
    let hours = plans.all().iter().map(|plan| {
        let source = match plan.source {
            PlanSource::Configuration => Stated::Configuration,
            PlanSource::Enedis => Stated::Enedis,
        };
        let version = match source {
            Stated::Enedis => versions.next(),
            Stated::Configuration => None,
        };
        Hours {
            source,
            written: plan.written.clone(),
            first: plan.first,
            last: plan.end.map(|end| paris::add_days(end, -1)),
            season: plan.season,
            understood: plan.rules.is_ok(),
            stated_on: version.map(|version| (version.first_on, version.last_on)),
        }
    });
    Ok(hours.collect())
}

/// The readings of the last day of which there are any.
fn registers(
    store: &Store,
    usage_point: UsagePoint,
    direction: Direction,
) -> Result<Vec<LastRegister>, LedgerError> {
    let key = SeriesKey {
        usage_point,
        direction,
        kind: Kind::Index,
    };
    let Some(last) = store.state_counts(key)?.last_held else {
        return Ok(Vec::new());
    };
    let end = paris::add_days(last, 2);
    let readings = store.registers(key, last, end)?;
    let Some(last) = readings.iter().map(|reading| reading.day).max() else {
        return Ok(Vec::new());
    };
    let readings = readings.into_iter().filter(|reading| reading.day == last);
    Ok(readings
        .map(|reading| LastRegister {
            direction,
            day: reading.day,
            calendar: reading.calendar,
            class: reading.class,
            watt_hours: reading.watt_hours,
        })
        .collect())
}
