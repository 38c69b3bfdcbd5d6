//! Who sits where: so many seats, and who gives theirs up when all are taken.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::{Duration, Instant, timeout};

use super::pulse::{Idleness, Pulse};

/// While everybody is being served, it is looked so often whether somebody no
/// longer is.
const LOOK: Duration = Duration::from_millis(100);

/// The seats.
#[derive(Debug)]
pub(super) struct Table {
    seats: usize,
    held: Mutex<Held>,
    /// Somebody left.
    left: Notify,
}

#[derive(Debug, Default)]
struct Held {
    next: u64,
    taken: HashMap<u64, Taken>,
}

#[derive(Debug)]
struct Taken {
    address: IpAddr,
    pulse: Arc<Pulse>,
    evict: Arc<Notify>,
}

/// A seat, until it is dropped.
pub(super) struct Seat {
    table: Arc<Table>,
    number: u64,
    pulse: Arc<Pulse>,
    evict: Arc<Notify>,
}

impl Table {
    pub(super) fn new(seats: usize) -> Self {
        Self {
            seats: seats.max(1),
            held: Mutex::default(),
            left: Notify::new(),
        }
    }

    /// Waits until a newcomer can have a seat, a free one or another's.
    pub(super) async fn room(&self) {
        loop {
            let left = self.left.notified();
            if self.has_room() {
                return;
            }
            let _ = timeout(LOOK, left).await;
        }
    }

    fn has_room(&self) -> bool {
        let held = self.lock();
        held.taken.len() < self.seats || held.least_deserving().is_some()
    }

    /// A seat for a newcomer, if need be somebody else's.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Seat {
        let mut held = self.lock();
        if held.taken.len() >= self.seats
            && let Some(number) = held.least_deserving()
            && let Some(taken) = held.taken.remove(&number)
        {
            taken.evict.notify_one();
        }
        let number = held.next;
        held.next += 1;
        let pulse = Arc::new(Pulse::new(Instant::now()));
        let evict = Arc::new(Notify::new());
        let taken = Taken {
            address: address.to_canonical(),
            pulse: Arc::clone(&pulse),
            evict: Arc::clone(&evict),
        };
        held.taken.insert(number, taken);
        Seat {
            table: Arc::clone(self),
            number,
            pulse,
            evict,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn least_deserving(&self) -> Option<u64> {
        let mut holds: HashMap<IpAddr, usize> = HashMap::new();
        for taken in self.taken.values() {
            *holds.entry(taken.address).or_default() += 1;
        }
        let rank = |taken: &Taken| -> Option<(Idleness, usize, Reverse<Instant>)> {
            let (idleness, since) = taken.pulse.idleness()?;
            Some((idleness, holds[&taken.address], Reverse(since)))
        };
        let ranked = self
            .taken
            .iter()
            .filter_map(|(number, taken)| Some((rank(taken)?, Reverse(*number))));
        ranked.max().map(|(_, Reverse(number))| number)
    }
}

impl Seat {
    pub(super) fn pulse(&self) -> Arc<Pulse> {
        Arc::clone(&self.pulse)
    }

    /// Ends when the seat was given to somebody else.
    pub(super) async fn evicted(&self) {
        self.evict.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.table.lock().taken.remove(&self.number);
        self.table.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[tokio::test(start_paused = true)]
    async fn the_oldest_of_the_address_that_holds_most_gives_up_its_seat() {
        let table = Arc::new(Table::new(4));
        let alone = table.take(address(1));
        let mut crowd = Vec::new();
        for _ in 0..3 {
            tokio::time::advance(Duration::from_secs(1)).await;
            crowd.push(table.take(address(2)));
        }
        let newcomer = table.take(address(3));
        let numbers = |table: &Table| {
            let mut numbers: Vec<u64> = table.lock().taken.keys().copied().collect();
            numbers.sort_unstable();
            numbers
        };
        let kept = [
            alone.number,
            crowd[1].number,
            crowd[2].number,
            newcomer.number,
        ];
        assert_eq!(numbers(&table), kept);
        crowd[0].evicted().await;
        drop(crowd);
        assert_eq!(numbers(&table), [alone.number, newcomer.number]);
    }

    #[tokio::test(start_paused = true)]
    async fn while_everybody_is_served_a_newcomer_waits_for_who_leaves() {
        let table = Arc::new(Table::new(1));
        let served = table.take(address(1));
        served.pulse().begin(Instant::now());
        let waiting = timeout(Duration::from_secs(5), table.room()).await;
        assert!(waiting.is_err(), "nobody is cut while served");
        drop(served);
        table.room().await;
    }
}
