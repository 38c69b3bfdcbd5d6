//! Device codes as a consent gateway keeps them, and the person who answers.

use http::{Request, header};
use jiff::{SignedDuration, Timestamp};
use meter::UsagePoint;

use crate::dice::{Dice, Purpose};

/// What a person says to a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Yes, for these usage points.
    Approved(Vec<UsagePoint>),
    /// No.
    Denied,
}

/// A code that was given out.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    pub device_code: String,
    pub user_code: String,
    pub until: Timestamp,
    pub polled_at: Option<Timestamp>,
    pub interval: SignedDuration,
    /// What was said, and when.
    pub decision: Option<(Decision, Timestamp)>,
    /// Tokens were fetched.
    pub redeemed: bool,
}

/// Every code, lapsed ones included.
#[derive(Debug, Default)]
pub(crate) struct Flows {
    flows: Vec<Flow>,
}

impl Flows {
    /// Gives a code out: `letters` for the person, 64 hexadecimal digits to poll.
    pub(crate) fn open(&mut self, dice: Dice, letters: &[u8], until: Timestamp) -> Flow {
        let number = self.flows.len() as u64;
        let roll = |index: u64| dice.roll(Purpose::Token, index as i64, number);
        let letter =
            |index: u64| char::from(letters[(roll(index) % letters.len() as u64) as usize]);
        let code: String = (0..8).map(letter).collect();
        let (left, right) = code.split_at(4);
        let flow = Flow {
            device_code: hex([8, 9, 10, 11].map(roll)),
            user_code: format!("{left}-{right}"),
            until,
            polled_at: None,
            interval: SignedDuration::from_secs(5),
            decision: None,
            redeemed: false,
        };
        self.flows.push(flow.clone());
        flow
    }

    pub(crate) fn find(&mut self, device_code: &str) -> Option<&mut Flow> {
        self.flows
            .iter_mut()
            .find(|flow| flow.device_code == device_code)
    }

    pub(crate) fn pending(&self, now: Timestamp) -> impl Iterator<Item = String> {
        let open = self.flows.iter();
        let open = open.filter(move |flow| flow.decision.is_none() && now < flow.until);
        open.map(|flow| flow.user_code.clone())
    }

    pub(crate) fn decide(&mut self, user_code: &str, said: &Decision, now: Timestamp) -> bool {
        let letters = |code: &str| code.replace('-', "").to_ascii_uppercase();
        let flow = self.flows.iter_mut().find(|flow| {
            let open = flow.decision.is_none() && now < flow.until;
            open && letters(&flow.user_code) == letters(user_code)
        });
        if let Some(flow) = flow {
            flow.decision = Some((said.clone(), now));
            return true;
        }
        false
    }
}

/// 64 hexadecimal digits.
pub(crate) fn hex(rolls: [u64; 4]) -> String {
    let [a, b, c, d] = rolls;
    format!("{a:016x}{b:016x}{c:016x}{d:016x}")
}

/// The address under which a request reached a stand-in.
pub(crate) fn base(request: &Request<bytes::Bytes>, path: &str) -> String {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok());
    let host = host.or_else(|| request.uri().authority().map(http::uri::Authority::as_str));
    format!("http://{}{path}", host.unwrap_or("127.0.0.1"))
}
