//! The stand-in behind the door.

use std::sync::Arc;

use collector::consents::Dialect;
use enedis::Problem;

use crate::consented::{collector_over, give};
use crate::stories::{Door, NOW, Recorder};
use crate::world::World;

/// What it passes on, day by day, when the customer withdraws at Enedis.
pub const WITHDRAWN_AT_ENEDIS: &[Problem] =
    &[Problem::NoConsent, Problem::NoConsent, Problem::NoConsent];

/// A box whose consents are given.
pub async fn open(points: &[u64]) -> Door {
    let world = World::at(NOW, |options| options.pacing_and_quotas = false);
    let heard = Recorder::over(world.simulator.http());
    let http = Arc::new(heard.clone());
    let (collector, consents) = collector_over(&world, Dialect::Rfc, points, http);
    give(&world, &consents, points).await;
    Door {
        world,
        collector,
        consents,
        heard,
    }
}

/// The person withdraws on the gateway's page.
pub fn withdraw(door: &mut Door) -> std::future::Ready<()> {
    door.world.simulator.withdraw_grants();
    std::future::ready(())
}
