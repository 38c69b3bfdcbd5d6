//! A collector that is free to change to the generation that serves.

use collector::{Collector, DataConnect};
use enedis::Generation;

use crate::world::World;

/// A collector of its own ledger.
pub fn switching(world: &World, file: &str, points: &[u64]) -> Collector {
    let client = world.client(Generation::V2026);
    world.collector_of(file, DataConnect::new("enedis", client).switching(), points)
}
