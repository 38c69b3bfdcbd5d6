//! Comparing everything that Domoticz shows with the ledger, and its settings
//! with what they should be.

use jiff::civil::Date;
use meter::paris;

use crate::destination::{Context, DeliveryError, Verified};
use crate::trouble::Trouble;

use super::model::Wanted;
use super::problem::Problem;
use super::rows::stamp;
use super::session::{Fault, Visit};
use super::{Domoticz, push, readback};

/// What Domoticz' settings for costs should say, in micro-euros per kWh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Costs {
    /// Consumption in peak hours.
    pub t1: Option<i64>,
    /// Consumption in off-peak hours.
    pub t2: Option<i64>,
    /// Production in peak hours.
    pub r1: Option<i64>,
    /// Production in off-peak hours.
    pub r2: Option<i64>,
}

/// Compares every device.
pub(super) async fn verify(
    domoticz: &Domoticz,
    context: &Context,
) -> Result<Verified, DeliveryError> {
    let visit = Visit::begin(domoticz, context).await?;
    let mut verified = Verified {
        notices: visit.notices(),
        ..Verified::default()
    };
    if visit.kept.p1_display != 0 {
        let notice = Trouble::new("domoticz-notice-p1-display");
        verified
            .notices
            .push(notice.with("value", visit.kept.p1_display));
    }
    if visit.kept.sensor_timeout < 8 {
        let notice = Trouble::new("domoticz-notice-timeout");
        verified
            .notices
            .push(notice.with("minutes", visit.kept.sensor_timeout));
    }
    for wanted in visit.wanted().await? {
        match target(&visit, &wanted, &mut verified).await {
            Ok(()) => {}
            Err(Fault::Problem(problem @ (Problem::Gone { .. } | Problem::WrongType { .. }))) => {
                verified.troubles.push(problem.into());
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    verified.requests = visit.api.take_requests();
    Ok(verified)
}

async fn target(visit: &Visit<'_>, wanted: &Wanted, verified: &mut Verified) -> Result<(), Fault> {
    let Some(known) = visit.facts.get(&wanted.target.key) else {
        let trouble = Trouble::new("domoticz-problem-no-device");
        verified
            .troubles
            .push(trouble.with("target", wanted.target.masked()));
        return Ok(());
    };
    let shown = push::look(visit, wanted, known).await?;
    let device = visit.domoticz.settings.device;
    let today = paris::day_of(visit.now);
    let mut differs = |what: String| verified.differences.push(format!("{} {what}", shown.idx));
    if let Some(first) = wanted.rows.days.keys().next() {
        let found = readback::days(&visit.api, (shown.idx, device), (*first, today)).await?;
        let two_years_ago = today.saturating_sub(jiff::Span::new().years(2));
        for (day, row) in &wanted.rows.days {
            let same = match found.get(day) {
                Some(drawn) => readback::same(drawn, *row, device),
                None => *day < two_years_ago,
            };
            verified.compared += 1;
            if !same {
                differs(day.to_string());
            }
        }
        let foreign = |day: &&Date| *day >= first && !wanted.rows.days.contains_key(*day);
        for day in found.keys().filter(foreign) {
            differs(format!("{day} +"));
        }
    }
    let expected = readback::drawn(&wanted.rows, device);
    let found = readback::short(&visit.api, shown.idx).await?;
    for (at, point) in &expected {
        verified.compared += 1;
        let same = match (point, found.get(at)) {
            (Some(point), Some(found)) => point == found,
            (None, found) => found.is_some(),
            (Some(_), None) => false,
        };
        if !same {
            differs(stamp(*at));
        }
    }
    Ok(())
}
