//! The way of every data request once it is allowed: ask, write down who was
//! given what, and weigh what a refusal says about the consent.

use std::sync::Arc;

use enedis::Problem;
use grant::Scope;
use meter::{Direction, Kind, UsagePoint, paris};

use super::ask::{self, Ask, Found};
use super::doubt;
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::oauth::Access;
use crate::store::{StoreError, Tx, consents};

/// The readings, or why there are none.
pub(super) async fn readings(
    app: &App,
    access: &Access,
    ask: Ask,
) -> Result<Result<Arc<Found>, Problem>, StoreError> {
    match ask::ask(app, ask).await? {
        // Withdrawn while Enedis was asked.
        Ok(_) if !note(app, access, ask).await? => Ok(Err(Problem::NoConsent)),
        Ok(found) => Ok(Ok(found)),
        Err(problem) => Ok(Err(doubt::weigh(app, access, problem).await?)),
    }
}

/// Writes down an answer with readings: the first of a Paris day is an audit
/// row, the others are counted. Whatever was doubted is not any more. False when
/// the consent does not stand any more: nothing is handed out.
async fn note(app: &App, access: &Access, ask: Ask) -> Result<bool, StoreError> {
    let (consent, client) = (access.consent.clone(), access.client.clone());
    let what = format!("{} {}", ask.kind, ask.direction.as_str());
    app.store
        .transact(move |tx| {
            let (consent, client, what) = (consent.clone(), client.clone(), what.clone());
            Box::pin(async move {
                if !consents::stands(tx, &consent).await? {
                    return Ok(false);
                }
                doubt::lift(tx, &consent).await?;
                count(tx, &consent, &client, &what).await?;
                Ok(true)
            })
        })
        .await
}

async fn count(
    tx: &mut dyn Tx,
    consent: &[u8],
    client: &str,
    what: &str,
) -> Result<(), StoreError> {
    let day = paris::day_of(tx.now()).to_string();
    let sql = "INSERT INTO served (consent, day, what, n) VALUES ($1, $2, $3, 1)
               ON CONFLICT (consent, day, what) DO UPDATE SET n = served.n + 1 RETURNING n";
    let values = vec![consent.into(), day.into(), what.into()];
    let rows = tx.query(sql, values).await?;
    let first = rows.first().map(|row| row.int(0)).transpose()? == Some(1);
    if !first {
        return Ok(());
    }
    let entry = Entry {
        client: Some(client),
        consent: Some(consent),
        detail: Some(what),
        ..Entry::default()
    };
    audit::record(tx, Event::DataServed, entry).await
}

impl Access {
    /// Whether this usage point is the consent's.
    pub fn covers_point(&self, prm: UsagePoint) -> bool {
        self.points.iter().any(|point| point.prm == prm)
    }

    /// Whether the person agreed to this kind of data in this direction.
    pub fn covers(&self, kind: Kind, direction: Direction) -> bool {
        let of_kind = match kind {
            Kind::Curve => Scope::Curve,
            // A register at each midnight says what daily totals say.
            Kind::Daily | Kind::Index => Scope::Daily,
            Kind::Maximum => Scope::MaxPower,
        };
        let of_direction = match direction {
            Direction::Consumption => true,
            Direction::Production => self.scopes.contains(Scope::Production),
        };
        of_direction && self.scopes.contains(of_kind)
    }
}
