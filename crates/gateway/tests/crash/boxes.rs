//! Boxes that do everything at once, and what each of them remembers of it: what
//! it asked and when, and what was acknowledged to it.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use jiff::Timestamp;
use meter::paris;
use service::{Clock, SystemClock};

use crate::node::{Node, Proved};
use crate::world::{BOX, Pair};
use crate::{pair, redeem, wait};

/// The nodes, and when it is enough.
pub struct Shift {
    pub nodes: Vec<Node>,
    turn: AtomicUsize,
    over: AtomicBool,
    /// Answers of any kind.
    pub answers: AtomicU64,
    /// Answers that the quota is used up.
    pub exhausted: AtomicU64,
}

/// An answer to a question about readings, or to a refresh that must fail.
pub struct Heard {
    /// When the box asked.
    pub at: Timestamp,
    /// About which usage point.
    pub asked: String,
    pub status: u16,
    pub body: String,
}

/// Everything that a box knows.
pub struct Life {
    pub proved: Proved,
    /// Somebody else's usage point, about which it asks as well.
    foreign: &'static str,
    pub pairs: Vec<Pair>,
    pub heard: Vec<Heard>,
    /// Refreshes that failed while the consent stood.
    pub lost: Vec<String>,
    /// Since when it knows that its consent is revoked.
    pub revoked: Option<Timestamp>,
    /// What it heard when it tried its refresh token after that.
    pub afterwards: Vec<(u16, String)>,
}

impl Shift {
    pub fn of(nodes: Vec<Node>) -> Self {
        Self {
            nodes,
            turn: AtomicUsize::new(0),
            over: AtomicBool::new(false),
            answers: AtomicU64::new(0),
            exhausted: AtomicU64::new(0),
        }
    }

    /// Each question goes to the next node.
    pub fn node(&self) -> &Node {
        &self.nodes[self.turn.fetch_add(1, Ordering::Relaxed) % self.nodes.len()]
    }

    pub fn end(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

impl Life {
    pub fn new(proved: Proved, foreign: &'static str) -> Self {
        Self {
            proved,
            foreign,
            pairs: Vec::new(),
            heard: Vec::new(),
            lost: Vec::new(),
            revoked: None,
            afterwards: Vec::new(),
        }
    }

    pub fn last(&self) -> &Pair {
        self.pairs.last().unwrap()
    }

    /// Reads its own readings and tries somebody else's, refreshes, and in its
    /// third round revokes its consent, when it is to.
    pub async fn live(mut self, shift: &Shift, revokes: bool) -> Self {
        self.pairs
            .push(redeem(|| shift.node(), &self.proved.code).await);
        let mut after = 0;
        for round in 0_u32.. {
            let owes = revokes && after < 6;
            if shift.is_over() && !owes {
                break;
            }
            if revokes && round == 3 {
                self.revoke(shift).await;
            }
            self.read(shift, self.proved.prm).await;
            self.read(shift, self.foreign).await;
            if self.revoked.is_some() {
                after += 1;
                self.try_again(shift).await;
            } else {
                self.refresh(shift).await;
            }
            wait(10).await;
        }
        self
    }

    async fn read(&mut self, shift: &Shift, prm: &str) {
        let at = SystemClock.now();
        let today = paris::day_of(at);
        let (from, to) = (paris::add_days(today, -9), paris::add_days(today, -2));
        let path = format!("/data/v1/{prm}/daily?direction=consumption&from={from}&to={to}");
        let Some((status, body)) = shift.node().get(&path, &self.last().access).await else {
            return wait(20).await;
        };
        shift.answers.fetch_add(1, Ordering::Relaxed);
        if status == 429 {
            shift.exhausted.fetch_add(1, Ordering::Relaxed);
        }
        self.heard.push(Heard {
            at,
            asked: prm.to_owned(),
            status,
            body,
        });
    }

    /// Until it has the next pair; an answer that was lost is asked for again.
    async fn refresh(&mut self, shift: &Shift) {
        loop {
            match self.present(shift).await {
                Some((200, body)) => {
                    self.pairs.push(pair(&body));
                    return;
                }
                // Too often within the grace, or the database is away.
                Some((429 | 503, _)) => wait(200).await,
                Some((status, body)) => return self.lost.push(format!("{status} {body}")),
                None => wait(20).await,
            }
        }
    }

    async fn try_again(&mut self, shift: &Shift) {
        if let Some(answer) = self.present(shift).await {
            self.afterwards.push(answer);
        }
    }

    async fn present(&self, shift: &Shift) -> Option<(u16, String)> {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", BOX),
            ("refresh_token", &*self.last().refresh),
        ];
        let answer = shift.node().post("/token", &form).await;
        shift.answers.fetch_add(1, Ordering::Relaxed);
        answer
    }

    /// Until it is acknowledged.
    async fn revoke(&mut self, shift: &Shift) {
        let token = self.last().refresh.clone();
        let form = [("token", &*token), ("client_id", BOX)];
        while !matches!(shift.node().post("/revoke", &form).await, Some((200, _))) {
            wait(20).await;
        }
        self.revoked = Some(SystemClock.now());
    }
}
