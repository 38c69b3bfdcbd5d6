//! Consents of a gateway: asked for, given, renewed, each in a file of its own.
//!
//! The files are the one truth: a command beside the daemon, or the next
//! process, goes on where the last one was. [`grant::client::Consent`] says what
//! is due; here it is done, by one process at a time.

mod exchange;
mod folder;
mod notices;
mod watch;

use std::path::Path;
use std::sync::Arc;

use enedis::Problem;
use grant::client::{Consent, Given, Heard, Next, Over, Refusal, Secret, Waiting, Why};
use jiff::Timestamp;
use ledger::Ledger;
use meter::UsagePoint;
use service::{SharedClock, SharedHttp};
use url::Url;

pub(crate) use exchange::FORM;
pub use exchange::{Dialect, Server};
pub use folder::{FOLDER, Folder, Lock, Record};
pub use notices::write as write_notices;
pub use watch::{News, watch};

/// The consents of one source.
pub struct Consents {
    /// The source's name.
    pub source: String,
    /// Who gives them.
    pub server: Server,
    /// Whose readings are wanted.
    pub usage_points: Vec<UsagePoint>,
    folder: Folder,
    http: SharedHttp,
    clock: SharedClock,
    ledger: Option<Arc<Ledger>>,
}

/// An access token that is good as far as we know, and where it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub id: String,
    pub access: Secret,
}

impl Consents {
    /// The consents of a source, in the folder of the data.
    pub fn new(
        (source, server): (impl Into<String>, Server),
        usage_points: Vec<UsagePoint>,
        data_dir: &Path,
        http: SharedHttp,
        clock: SharedClock,
    ) -> Self {
        Self {
            source: source.into(),
            server,
            usage_points,
            folder: Folder::of(data_dir, clock.clone()),
            http,
            clock,
            ledger: None,
        }
    }

    /// The same, telling people in the ledger what stands.
    #[must_use]
    pub fn telling(mut self, ledger: Arc<Ledger>) -> Self {
        self.ledger = Some(ledger);
        self
    }

    /// The consents of this source at this server, oldest first. Tokens of
    /// another address are none of ours: they are never sent elsewhere.
    pub fn records(&self) -> Vec<Record> {
        let records = self.folder.records().into_iter().flatten();
        records.filter(|record| self.is_ours(record)).collect()
    }

    fn is_ours(&self, record: &Record) -> bool {
        record.source == self.source && record.server == self.server.address()
    }

    /// Asks for a code, which a person is to answer.
    pub async fn begin(&self) -> Result<Record, Problem> {
        let code = exchange::code(&self.http, &self.clock, &self.server).await?;
        let _lock = self.folder.lock().await?;
        let now = self.clock.now();
        let record = Record {
            id: self.folder.free_id(&self.source)?,
            source: self.source.clone(),
            server: self.server.address(),
            ends: None,
            consent: Consent::Waiting(Waiting::begin(code, now)),
        };
        self.folder.write(&record)?;
        self.tell().await;
        Ok(record)
    }

    /// Does what is due for a consent, once: a poll, a renewal, or nothing.
    pub async fn tend(&self, id: &str) -> Result<Record, Problem> {
        let _lock = self.folder.lock().await?;
        // What another process has done in the meantime counts.
        let mut record = self.folder.read(id)?;
        let heard = match record.consent.next(self.clock.now()) {
            Next::Poll => exchange::poll(&self.http, &self.server, &record.consent).await,
            Next::Refresh => self.refresh(&record.consent).await,
            Next::Use | Next::Wait(_) | Next::Nothing => return Ok(record),
        };
        record.consent = record.consent.heard(heard, self.clock.now());
        // Tokens that cannot be kept are not used: the server gives those that
        // were never seen again.
        self.folder.write(&record)?;
        self.drop_replaced(&record);
        self.tell().await;
        Ok(record)
    }

    async fn refresh(&self, consent: &Consent) -> Heard {
        match consent {
            Consent::Given(Given { refresh: None, .. }) => Heard::Refused(Refusal::InvalidGrant),
            consent => exchange::refresh(&self.http, &self.server, consent).await,
        }
    }

    /// A consent that was just given takes the place of those that came to
    /// nothing, and of older ones for the same usage points.
    fn drop_replaced(&self, fresh: &Record) {
        let Consent::Given(given) = &fresh.consent else {
            return;
        };
        let same = |other: &Given| {
            !given.usage_points.is_empty() && other.usage_points == given.usage_points
        };
        for other in self.records() {
            let replaced = match &other.consent {
                Consent::Given(older) => older.since <= given.since && same(older),
                Consent::Over(over) => over.kept.as_deref().is_none_or(same),
                Consent::Waiting(_) => false,
            };
            if replaced && other.id != fresh.id {
                let _ = self.folder.forget(&other.id);
            }
        }
    }

    /// Forgets a consent here and, where the server can be told, there.
    pub async fn forget(&self, id: &str) -> Result<(), Problem> {
        let _lock = self.folder.lock().await?;
        let record = self.folder.read(id)?;
        exchange::revoke(&self.http, &self.server, &record.consent).await;
        self.folder.forget(id)?;
        self.tell().await;
        Ok(())
    }

    /// What keeps each usage point from being asked, if anything; what is due
    /// for their consents is done first.
    pub async fn hindrances(&self, usage_points: &[UsagePoint]) -> Vec<(UsagePoint, Problem)> {
        let mut met = Vec::new();
        for point in usage_points {
            if let Err(problem) = self.access(*point).await {
                met.push((*point, problem));
            }
        }
        self.tell().await;
        met
    }

    /// An access token for a usage point.
    pub(crate) async fn access(&self, point: UsagePoint) -> Result<Held, Problem> {
        let mut standing = Problem::ConsentAbsent;
        // The newest decides where none can be used.
        for record in self.records() {
            let now = self.clock.now();
            let due = matches!(record.consent.next(now), Next::Poll | Next::Refresh);
            let record = if due && concerns(&record.consent, point) {
                self.tend(&record.id).await?
            } else {
                record
            };
            match held(&record, point, self.clock.now()) {
                Ok(held) => return Ok(held),
                Err(Some(problem)) => standing = problem,
                Err(None) => {}
            }
        }
        match self.folder.unreadable(&self.source) {
            Some(problem) if standing == Problem::ConsentAbsent => Err(problem),
            _ => Err(standing),
        }
    }

    /// A token was refused: it is renewed before its next use, unless it has
    /// been renewed meanwhile.
    pub(crate) async fn distrust(&self, held: &Held) -> Result<(), Problem> {
        let _lock = self.folder.lock().await?;
        let mut record = self.folder.read(&held.id)?;
        match &mut record.consent {
            Consent::Given(given) if given.access == held.access => {
                given.distrust(self.clock.now());
            }
            _ => return Ok(()),
        }
        self.folder.write(&record)
    }

    /// Asks with the token of a usage point; one that is refused is renewed once.
    pub(crate) async fn asked<T, F>(
        &self,
        point: UsagePoint,
        call: impl Fn(Held) -> F,
    ) -> Result<T, Problem>
    where
        F: Future<Output = Result<T, Problem>>,
    {
        let held = self.access(point).await?;
        match call(held.clone()).await {
            Err(Problem::TokenRefused) => {}
            answer => return answer,
        }
        self.distrust(&held).await?;
        match call(self.access(point).await?).await {
            // A fresh token was refused: the fault lies elsewhere.
            Err(Problem::TokenRefused) => Err(Problem::ConsentInDoubt),
            answer => answer,
        }
    }

    /// When the gateway says that a consent ends.
    pub(crate) async fn note_end(&self, held: &Held, ends: Timestamp) -> Result<(), Problem> {
        let _lock = self.folder.lock().await?;
        let mut record = self.folder.read(&held.id)?;
        if record.ends == Some(ends) {
            return Ok(());
        }
        record.ends = Some(ends);
        self.folder.write(&record)
    }

    /// Where the gateway's pages are.
    pub fn address(&self) -> &Url {
        &self.server.base_url
    }
}

fn concerns(consent: &Consent, point: UsagePoint) -> bool {
    match consent {
        Consent::Given(given) => given.covers(point),
        Consent::Waiting(_) => true,
        Consent::Over(_) => false,
    }
}

/// The token of a consent for a usage point, or why there is none; nothing where
/// it is not concerned.
fn held(record: &Record, point: UsagePoint, now: Timestamp) -> Result<Held, Option<Problem>> {
    match &record.consent {
        Consent::Given(given) if given.covers(point) => match record.consent.next(now) {
            Next::Use => Ok(Held {
                id: record.id.clone(),
                access: given.access.clone(),
            }),
            _ if given.doubt.is_some() => Err(Some(Problem::ConsentInDoubt)),
            _ => Err(Some(Problem::TokenNotRenewed)),
        },
        Consent::Given(_) => Err(None),
        Consent::Waiting(_) => Err(Some(Problem::ConsentAwaited)),
        Consent::Over(over) => Err(ended(over, point)),
    }
}

fn ended(over: &Over, point: UsagePoint) -> Option<Problem> {
    if over.kept.as_ref().is_some_and(|kept| !kept.covers(point)) {
        return None;
    }
    Some(match over.why {
        Why::Lapsed => Problem::CodeLapsed,
        Why::Refused => Problem::AccessDenied,
        Why::Rejected(_) => Problem::ConsentUnfinished,
        Why::Withdrawn | Why::Expired => Problem::NoConsent,
    })
}
