//! How many connections are open, in all and from each line: nobody takes the
//! places of all others by opening connections and saying nothing.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use ipnet::IpNet;

/// Connections at a time.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    /// From everywhere.
    pub in_all: usize,
    /// From one IPv4 address or IPv6 /64; proxies that are trusted have no limit
    /// of their own.
    pub of_a_line: usize,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            in_all: 8192,
            of_a_line: 256,
        }
    }
}

/// Who is there.
pub struct Crowd {
    places: Places,
    trusted: Vec<IpNet>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    in_all: usize,
    by_line: HashMap<IpAddr, usize>,
}

/// A place that is free again when this is dropped.
pub struct Seat {
    crowd: Arc<Crowd>,
    line: Option<IpAddr>,
}

impl Crowd {
    /// Nobody yet.
    pub fn new(places: Places, trusted: Vec<IpNet>) -> Arc<Self> {
        Arc::new(Self {
            places,
            trusted,
            taken: Mutex::default(),
        })
    }

    /// A place for a connection from there, if there is one left.
    pub fn seat(self: &Arc<Self>, peer: IpAddr) -> Option<Seat> {
        let peer = peer.to_canonical();
        let trusted = self.trusted.iter().any(|net| net.contains(&peer));
        let line = (!trusted).then(|| line_of(peer));
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.in_all >= self.places.in_all {
            return None;
        }
        if let Some(line) = line {
            let of_line = taken.by_line.entry(line).or_default();
            if *of_line >= self.places.of_a_line {
                return None;
            }
            *of_line += 1;
        }
        taken.in_all += 1;
        let crowd = Arc::clone(self);
        Some(Seat { crowd, line })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let taken = &self.crowd.taken;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.in_all -= 1;
        let Some(line) = self.line else { return };
        if let Some(of_line) = taken.by_line.get_mut(&line) {
            *of_line -= 1;
            if *of_line == 0 {
                taken.by_line.remove(&line);
            }
        }
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

    #[test]
    fn h33_one_line_takes_no_more_than_its_places_and_a_trusted_proxy_as_many_as_it_needs() {
        let places = Places {
            in_all: 7,
            of_a_line: 2,
        };
        let crowd = Crowd::new(places, vec!["10.0.0.0/8".parse().unwrap()]);
        let seats: Vec<Seat> = ["2001:db8::1", "2001:db8::2"]
            .iter()
            .filter_map(|peer| crowd.seat(at(peer)))
            .collect();
        assert_eq!(seats.len(), 2);
        assert!(crowd.seat(at("2001:db8::3")).is_none(), "the same /64");
        let other = crowd.seat(at("2001:db8:0:1::1"));
        assert!(other.is_some(), "another household");
        let proxied: Vec<_> = (0..4).map(|_| crowd.seat(at("::ffff:10.0.0.1"))).collect();
        assert!(proxied.iter().all(Option::is_some));
        assert!(crowd.seat(at("192.0.2.1")).is_none(), "no place at all");
        drop(seats);
        assert!(crowd.seat(at("2001:db8::3")).is_some());
    }
}
