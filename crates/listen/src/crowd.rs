//! Who sits where: so many seats, in all and for each line, and what becomes of
//! a newcomer when they are taken. Nobody takes everybody's seats by opening
//! connections and saying nothing.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::{Duration, Instant, timeout};

use crate::pulse::{Idleness, Pulse};
use crate::{Places, WhenFull};

/// While everybody is being served, it is looked so often whether somebody no
/// longer is.
const LOOK: Duration = Duration::from_millis(100);

/// Who is there.
#[derive(Debug)]
pub(crate) struct Crowd {
    places: Places,
    held: Mutex<Held>,
    /// Somebody left.
    left: Notify,
}

#[derive(Debug, Default)]
struct Held {
    next: u64,
    taken: HashMap<u64, Taken>,
    by_line: HashMap<IpAddr, usize>,
}

#[derive(Debug)]
struct Taken {
    line: IpAddr,
    pulse: Arc<Pulse>,
    evict: Arc<Notify>,
}

/// A seat, until it is dropped.
pub(crate) struct Seat {
    crowd: Arc<Crowd>,
    number: u64,
    pulse: Arc<Pulse>,
    evict: Arc<Notify>,
}

/// Why there is no seat now.
#[derive(Debug, PartialEq, Eq)]
enum NoSeat {
    /// Others come first, now and later.
    SentAway,
    /// Everybody is being served.
    Wait,
}

impl Crowd {
    /// Nobody yet.
    pub(crate) fn new(places: Places) -> Self {
        Self {
            places,
            held: Mutex::default(),
            left: Notify::new(),
        }
    }

    /// A seat for a connection from there, if need be another's and after a
    /// while; nothing when it is sent away.
    pub(crate) async fn seat(self: &Arc<Self>, peer: IpAddr) -> Option<Seat> {
        loop {
            let left = self.left.notified();
            match self.seat_now(peer) {
                Ok(seat) => return Some(seat),
                Err(NoSeat::SentAway) => return None,
                Err(NoSeat::Wait) => drop(timeout(LOOK, left).await),
            }
        }
    }

    fn seat_now(self: &Arc<Self>, peer: IpAddr) -> Result<Seat, NoSeat> {
        let peer = peer.to_canonical();
        let line = line_of(peer);
        let mut held = self.lock();
        let of_line = held.by_line.get(&line).copied().unwrap_or_default();
        if of_line >= self.places.of_a_line && !self.is_trusted(peer) {
            return Err(NoSeat::SentAway);
        }
        if held.taken.len() >= self.places.in_all {
            self.make_room(&mut held)?;
        }
        let number = held.next;
        held.next += 1;
        let pulse = Arc::new(Pulse::new(Instant::now()));
        let evict = Arc::new(Notify::new());
        let taken = Taken {
            line,
            pulse: Arc::clone(&pulse),
            evict: Arc::clone(&evict),
        };
        held.taken.insert(number, taken);
        *held.by_line.entry(line).or_default() += 1;
        Ok(Seat {
            crowd: Arc::clone(self),
            number,
            pulse,
            evict,
        })
    }

    fn is_trusted(&self, peer: IpAddr) -> bool {
        self.places.trusted.iter().any(|net| net.contains(&peer))
    }

    fn make_room(&self, held: &mut Held) -> Result<(), NoSeat> {
        if self.places.when_full == WhenFull::SendAway {
            return Err(NoSeat::SentAway);
        }
        let number = held.least_deserving().ok_or(NoSeat::Wait)?;
        if let Some(taken) = held.remove(number) {
            taken.evict.notify_one();
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn least_deserving(&self) -> Option<u64> {
        let rank = |taken: &Taken| -> Option<(Idleness, usize, Reverse<Instant>)> {
            let (idleness, since) = taken.pulse.idleness()?;
            Some((idleness, self.by_line[&taken.line], Reverse(since)))
        };
        let ranked = self
            .taken
            .iter()
            .filter_map(|(number, taken)| Some((rank(taken)?, Reverse(*number))));
        ranked.max().map(|(_, Reverse(number))| number)
    }

    fn remove(&mut self, number: u64) -> Option<Taken> {
        let taken = self.taken.remove(&number)?;
        if let Some(of_line) = self.by_line.get_mut(&taken.line) {
            *of_line -= 1;
            if *of_line == 0 {
                self.by_line.remove(&taken.line);
            }
        }
        Some(taken)
    }
}

impl Seat {
    pub(crate) fn pulse(&self) -> Arc<Pulse> {
        Arc::clone(&self.pulse)
    }

    /// Ends when the seat was given to somebody else.
    pub(crate) async fn evicted(&self) {
        self.evict.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.crowd.lock().remove(self.number);
        self.crowd.left.notify_one();
    }
}

/// A household's IPv6 addresses are one line.
fn line_of(peer: IpAddr) -> IpAddr {
    match peer {
        IpAddr::V4(_) => peer,
        IpAddr::V6(address) => {
            let network = u128::from(address) >> 64 << 64;
            Ipv6Addr::from(network).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn crowd(in_all: usize, when_full: WhenFull) -> Arc<Crowd> {
        Arc::new(Crowd::new(Places {
            in_all,
            of_a_line: 3,
            trusted: vec!["10.0.0.0/8".parse().unwrap()],
            when_full,
        }))
    }

    #[tokio::test]
    async fn h33_one_line_takes_no_more_than_its_places_and_a_trusted_proxy_as_many_as_it_needs() {
        let crowd = crowd(8, WhenFull::SendAway);
        let mut seats = Vec::new();
        for peer in ["2001:db8::1", "2001:db8::2", "2001:db8::1"] {
            seats.push(crowd.seat(at(peer)).await.unwrap());
        }
        assert!(crowd.seat(at("2001:db8::3")).await.is_none(), "that /64");
        let _other = crowd.seat(at("2001:db8:0:1::1")).await.unwrap();
        let mut proxied = Vec::new();
        for _ in 0..4 {
            proxied.push(crowd.seat(at("::ffff:10.0.0.1")).await.unwrap());
        }
        assert!(crowd.seat(at("192.0.2.1")).await.is_none(), "no place");
        drop(seats);
        assert!(crowd.seat(at("2001:db8::3")).await.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn the_oldest_of_the_line_that_holds_most_gives_up_its_seat() {
        let table = crowd(4, WhenFull::MakeRoom);
        let alone = table.seat_now(at("192.0.2.1")).ok().unwrap();
        let mut many = Vec::new();
        for _ in 0..3 {
            tokio::time::advance(Duration::from_secs(1)).await;
            many.push(table.seat_now(at("192.0.2.2")).ok().unwrap());
        }
        let newcomer = table.seat_now(at("192.0.2.3")).ok().unwrap();
        let numbers = || {
            let mut numbers: Vec<u64> = table.lock().taken.keys().copied().collect();
            numbers.sort_unstable();
            numbers
        };
        let [alone, newcomer] = [alone, newcomer].map(|seat| (seat.number, seat));
        let kept = [alone.0, many[1].number, many[2].number, newcomer.0];
        assert_eq!(numbers(), kept);
        many[0].evicted().await;
        drop(many);
        assert_eq!(numbers(), [alone.0, newcomer.0]);
        assert_eq!(table.lock().by_line.len(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn while_everybody_is_served_a_newcomer_waits_for_who_leaves() {
        let table = crowd(1, WhenFull::MakeRoom);
        let served = table.seat(at("192.0.2.1")).await.unwrap();
        served.pulse().begins(Instant::now());
        let waiting = timeout(Duration::from_secs(5), table.seat(at("192.0.2.2")));
        assert!(waiting.await.is_err(), "nobody is cut while served");
        drop(served);
        assert!(table.seat(at("192.0.2.2")).await.is_some());
    }
}
