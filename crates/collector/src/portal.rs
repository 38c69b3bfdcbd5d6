//! The customer account of the Enedis site as a source: what a person sees there
//! after signing in.
//!
//! No contract covers it, and its pages change about once a year. A refusal that
//! only a person can cure is kept beside the secrets, so that neither a restart
//! nor another sync tries the same secrets again.

mod accounts;
mod jar;
mod notices;
mod places;
mod reading;
mod sign_in;
mod way;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use enedis::windows::Limits;
use enedis::{Problem, QuotaKind, RequestFault};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::{CallLimit, Ledger, SeriesKey};
use meter::{Direction, Kind, UsagePoint};
use service::clock::BoxFuture;
use service::{SharedClock, SharedHttp};
use tokio::sync::Mutex;

use crate::planner::Window;
use crate::rhythm::Hours;
use crate::source::{Allowance, Answer, Source};
use sign_in::Session;
use way::Way;

pub use accounts::{Accounts, FOLDER, Secrets, State};
pub use places::Places;
pub use sign_in::COOKIE;

/// Calls about readings in any 24 hours: a history takes a few days, and nobody
/// at Enedis sees more than a person who looks at all of it.
pub const CALLS: u32 = 100;

/// For how long a sign-in that failed is not repeated, whoever asks.
const AFTER_FAILURE: SignedDuration = SignedDuration::from_mins(15);

/// A session this young that is refused is not opened again.
const YOUNG: SignedDuration = SignedDuration::from_mins(15);

/// A customer account as a source.
pub struct Portal {
    name: String,
    account: String,
    accounts: Accounts,
    way: Way,
    ledger: Option<Arc<Ledger>>,
    door: Mutex<Door>,
    /// Whether the last page that said something of itself complained.
    complains: AtomicBool,
}

/// Whether we are in.
#[derive(Default)]
enum Door {
    #[default]
    Closed,
    Open(Session),
    /// Nobody knocks again before a while.
    Shut(Timestamp, Problem),
}

/// Where the secrets are, and under which name.
#[derive(Debug, Clone)]
pub struct Keys {
    /// The account's name.
    pub account: String,
    /// The folder of the data.
    pub data_dir: PathBuf,
    /// The folder of systemd's credentials, if there is one.
    pub credentials: Option<PathBuf>,
}

impl Portal {
    /// A source of that name. The client must not follow redirections: cookies
    /// come with them.
    pub fn new(
        name: impl Into<String>,
        http: SharedHttp,
        clock: SharedClock,
        places: Places,
        keys: Keys,
    ) -> Self {
        Self {
            name: name.into(),
            accounts: Accounts::of(&keys.data_dir, keys.credentials),
            account: keys.account,
            way: Way::new(http, clock, places),
            ledger: None,
            door: Mutex::default(),
            complains: AtomicBool::new(false),
        }
    }

    /// The same, telling people in the ledger what stands.
    #[must_use]
    pub fn telling(mut self, ledger: Arc<Ledger>) -> Self {
        self.ledger = Some(ledger);
        self
    }

    /// Signs in now, whatever was refused before, because a person asks for it;
    /// the usage points of the account.
    pub async fn test(&self) -> Result<Vec<UsagePoint>, Problem> {
        let secrets = self.secrets()?;
        let mut door = self.door.lock().await;
        *door = Door::Closed;
        let session = self.knock(&mut door, &secrets).await?;
        Ok(session.usage_points.clone())
    }

    fn secrets(&self) -> Result<Secrets, Problem> {
        let secrets = self.accounts.read(&self.account)?;
        secrets.ok_or(Problem::PortalAccount)
    }

    /// The secrets, unless they were refused before.
    fn welcome(&self) -> Result<Secrets, Problem> {
        let secrets = self.secrets()?;
        match self.accounts.refusal(&self.account, &secrets) {
            Some(problem) => Err(problem),
            None => Ok(secrets),
        }
    }

    async fn ask(&self, key: SeriesKey, window: Window) -> Result<Answer, Problem> {
        let secrets = self.welcome()?;
        let mut door = self.door.lock().await;
        let session = match &*door {
            Door::Open(session) => session.clone(),
            Door::Shut(until, problem) if *until > self.way.now() => return Err(problem.clone()),
            Door::Closed | Door::Shut(..) => self.knock(&mut door, &secrets).await?,
        };
        let answer = reading::read(&self.way, &session, key, window).await;
        if answer != Err(Problem::PortalSession) {
            return self.heard(answer).await;
        }
        let age = self.way.now().duration_since(session.since);
        let answer = if age < YOUNG {
            Err(Problem::PortalSession)
        } else {
            let session = self.knock(&mut door, &secrets).await?;
            reading::read(&self.way, &session, key, window).await
        };
        // A session that has only just been opened is not over: it is the curve
        // that nobody collects (reference, 3.4).
        match answer {
            Err(Problem::PortalSession) if key.kind == Kind::Curve => {
                Err(Problem::CurveNotActivated)
            }
            answer => self.heard(answer).await,
        }
    }

    async fn knock(&self, door: &mut Door, secrets: &Secrets) -> Result<Session, Problem> {
        // Where no refusal could be kept, none is risked.
        self.accounts
            .touch(&self.account, secrets, self.way.now())?;
        let opened = sign_in::sign_in(&self.way, secrets).await;
        let now = self.way.now();
        let state = State::after(&opened, secrets, now);
        if let Err(problem) = self.accounts.note(&self.account, &state) {
            tracing::warn!(%problem, "what the account answered was not kept");
        }
        self.tell(opened.as_ref().err()).await;
        match opened {
            Ok(session) => {
                *door = Door::Open(session.clone());
                Ok(session)
            }
            Err(problem) => {
                *door = Door::Shut(now + AFTER_FAILURE, problem.clone());
                Err(problem)
            }
        }
    }

    /// What an answer says of the pages themselves is told, and taken back by the
    /// next one that has nothing to say of them: what comes again is news again.
    async fn heard(&self, answer: Result<Answer, Problem>) -> Result<Answer, Problem> {
        match &answer {
            Err(problem @ (Problem::PortalChanged { .. } | Problem::TermsToAccept)) => {
                self.complains.store(true, Ordering::Relaxed);
                self.tell(Some(problem)).await;
            }
            Ok(_) if self.complains.swap(false, Ordering::Relaxed) => self.tell(None).await,
            _ => {}
        }
        answer
    }
}

/// Names stand in file names and messages: lower-case letters, digits, `-`, `_`.
pub fn is_account_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    (1..=40).contains(&name.len()) && name.chars().all(plain)
}

impl Source for Portal {
    fn name(&self) -> &str {
        &self.name
    }

    fn offers(&self, kind: Kind, direction: Direction) -> bool {
        match kind {
            Kind::Curve | Kind::Daily => true,
            Kind::Maximum => direction == Direction::Consumption,
            Kind::Index => false,
        }
    }

    fn allowance(&self, _usage_point: UsagePoint) -> Option<Allowance> {
        Some(Allowance {
            limit: CallLimit {
                account: format!("portal {}", self.account),
                calls: CALLS,
                span: SignedDuration::from_hours(24),
            },
            kind: QuotaKind::Own,
        })
    }

    fn hours(&self) -> Hours {
        Hours::PORTAL
    }

    fn prepare<'a>(
        &'a self,
        usage_points: &'a [UsagePoint],
    ) -> BoxFuture<'a, Vec<(UsagePoint, Problem)>> {
        Box::pin(async move {
            let Err(problem) = self.welcome() else {
                return Vec::new();
            };
            self.tell(Some(&problem)).await;
            let met = usage_points.iter();
            met.map(|point| (*point, problem.clone())).collect()
        })
    }

    fn fetch(&self, key: SeriesKey, window: Window) -> BoxFuture<'_, Result<Answer, Problem>> {
        Box::pin(async move {
            if !self.offers(key.kind, key.direction) {
                let fault = RequestFault::NotOffered;
                return Err(Problem::BadRequest { fault });
            }
            self.ask(key, window).await
        })
    }

    fn calls(&self) -> u64 {
        self.way.calls()
    }
}

/// The day from which energies are asked, so that months and years are whole:
/// the first of the year, or what is still kept of it.
fn beginning(from: Date, today: Date) -> Date {
    let year = Date::new(from.year(), 1, 1).unwrap_or(from);
    year.max(Limits::floor(Kind::Daily, today)).min(from)
}
