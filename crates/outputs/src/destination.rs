//! What a destination is: something that holds a copy of ours and can be asked
//! what it holds.

use std::sync::Arc;

use jiff::SignedDuration;
use ledger::{Ledger, LedgerError};
use service::clock::BoxFuture;
use service::{Lang, SharedClock};

use crate::meters::Meter;
use crate::trouble::Trouble;

/// What every destination works with.
#[derive(Clone)]
pub struct Context {
    /// The ledger: read-only beside a writer, or the writer's own.
    pub ledger: Arc<Ledger>,
    /// The time.
    pub clock: SharedClock,
    /// The language of what is written for people at the destination.
    pub lang: Lang,
    /// The configured usage points, in the order of the file.
    pub meters: Vec<Meter>,
}

/// Whether a push writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It writes what differs.
    Write,
    /// It only lists what it would write; nothing is sent, nothing is kept.
    DryRun,
}

/// A place that readings are delivered to.
///
/// A push may be cut off at any moment, by a kill as by a dropped future: what
/// is not recorded as delivered is delivered again. It sends what differs from
/// the fingerprints of the ledger, oldest first, and records each piece only
/// once the destination holds it.
pub trait Destination: Send + Sync {
    /// The name people gave it in the configuration; the key of its fingerprints.
    fn name(&self) -> &str;

    /// What it is: `domoticz`, `jeedom`…
    fn kind(&self) -> &'static str;

    /// How often to push although no reading is new.
    fn rhythm(&self) -> SignedDuration {
        SignedDuration::from_mins(15)
    }

    /// Delivers everything that differs. A problem with one part (a device that
    /// is gone) belongs into [`Delivered::troubles`] and leaves the others alone;
    /// an error means that nothing more can be done for now.
    fn push<'a>(
        &'a self,
        context: &'a Context,
        mode: Mode,
    ) -> BoxFuture<'a, Result<Delivered, DeliveryError>>;

    /// Reads back what the destination holds and compares all of it.
    fn verify<'a>(&'a self, context: &'a Context)
    -> BoxFuture<'a, Result<Verified, DeliveryError>>;
}

/// What a push did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Requests or messages sent, reads included.
    pub requests: u64,
    /// Pieces written.
    pub written: u64,
    /// Pieces taken away.
    pub deleted: u64,
    /// Pieces that were as they should be already.
    pub unchanged: u64,
    /// What was written or would be, one line a piece, filled in a dry run only.
    pub rows: Vec<String>,
    /// What does not stop anything but should be known.
    pub notices: Vec<Trouble>,
    /// What kept a part of it away.
    pub troubles: Vec<Trouble>,
}

/// What a reading back found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Requests sent.
    pub requests: u64,
    /// Pieces compared.
    pub compared: u64,
    /// Pieces that differ, one line each.
    pub differences: Vec<String>,
    /// What else should be known, such as settings that hide something.
    pub notices: Vec<Trouble>,
    /// What could not be compared, and why.
    pub troubles: Vec<Trouble>,
}

/// Why a destination can do nothing for now.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The destination refuses or does not answer.
    #[error("{0}")]
    Trouble(Trouble),
    /// Our own ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<Trouble> for DeliveryError {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}
