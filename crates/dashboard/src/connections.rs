//! How many browsers are held at once, and for how long each is waited for.

use std::time::Duration;

use listen::{Patience, Places, Rules, WhenFull};

/// The rules of the dashboard's own port: plain HTTP, 512 connections of
/// whomever. Who is slow makes room for who comes.
pub fn rules() -> Rules {
    Rules {
        tls: None,
        places: Places {
            in_all: 512,
            of_a_line: usize::MAX,
            trusted: Vec::new(),
            when_full: WhenFull::MakeRoom,
        },
        patience: Patience {
            first: Duration::from_secs(10),
            head: Duration::from_secs(10),
            stall: Duration::from_secs(15),
            body: Duration::from_mins(15),
            unread: Duration::from_secs(30),
            idle: Duration::from_secs(75),
            farewell: Duration::from_secs(2),
        },
        // The API says of its parameters how long they may be.
        longest_address: 24 << 10,
    }
}
