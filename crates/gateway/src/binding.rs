//! Whose meter is this? From the code that a person types to the consent that
//! is proved to be theirs (the callback of Enedis proves nothing by itself).
//!
//! The order of calls: [`look_up`] when a code is entered, [`depart`] or
//! [`deny`] when the person decides, [`come_back`] when Enedis sends the
//! browser back, [`status`] while the page waits, [`answer`] to a challenge.
//! [`consents`], [`export`] and [`withdraw`] are *manage*.

mod callback;
mod challenge;
mod entry;
mod finding;
mod manage;
mod resolve;
mod value;

pub use callback::{come_back, status};
pub use challenge::answer;
pub use entry::{deny, depart, look_up};
pub use manage::{consents, export, withdraw};
pub use resolve::{resolve_due, run};

use grant::Scopes;
use grant::server::{Failure, Token, UserCode};
use jiff::Timestamp;

use crate::app::App;
use crate::store::StoreError;

/// What the confirmation page shows.
#[derive(Debug, Clone)]
pub struct Request {
    /// The code, to be compared with the box.
    pub code: UserCode,
    /// The application's identifier.
    pub client: String,
    /// Its name.
    pub client_name: String,
    /// What it asks for; what the person ticks is a part of it.
    pub asked: Scopes,
    /// When the box began.
    pub begun: Timestamp,
    /// When the code runs out.
    pub expires: Timestamp,
    /// The network of the box, truncated.
    pub network: String,
    /// What the box calls itself.
    pub agent: String,
    /// Whether box and browser have one public address. If not, the page warns.
    pub same_line: bool,
    /// Whether the code must be typed, not taken from an address: another line,
    /// or many wrong codes everywhere.
    pub must_type: bool,
}

/// Why a code led nowhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeTrouble {
    /// It is no code of eight letters.
    #[error("not a code")]
    NotACode,
    /// It is nobody's code.
    #[error("an unknown code")]
    Unknown,
    /// It ran out.
    #[error("the code has expired")]
    Expired,
    /// Another browser has confirmed it, or it has led to an end already.
    #[error("the code is in use")]
    Taken,
    /// Too many wrong codes from here.
    #[error("too many wrong codes")]
    TooMany {
        /// When a code is looked at again.
        until: Timestamp,
    },
    /// The person ticked nothing that the box asked for.
    #[error("nothing was agreed to")]
    NothingChosen,
    /// The rows gave no answer: 503.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the person agreed to on the confirmation page.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// The boxes they ticked.
    pub scopes: Scopes,
    /// The whole page as it was shown, for the proof.
    pub page: String,
}

/// What Enedis sent the browser back with, as the page read it from the query.
#[derive(Debug, Clone, Default)]
pub struct Return {
    /// `state`.
    pub state: String,
    /// `autorisation_id` (2026), as it stands.
    pub autorisation_id: Option<String>,
    /// `usage_point_id` (v5), as it stands.
    pub usage_point_id: Option<String>,
    /// `error`.
    pub error: Option<String>,
}

/// Where a browser's flow stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Confirmed, but not at Enedis and back yet.
    Begun,
    /// Enedis is being asked; look again in some seconds.
    Working,
    /// The consent is proved. The page may be closed.
    Approved,
    /// A further proof is asked for.
    Challenged(Challenge),
    /// The person refused.
    Denied,
    /// The codes ran out.
    Expired,
    /// It cannot succeed any more.
    Failed(Failure),
    /// Another browser began this; nothing was consumed.
    OtherBrowser,
    /// Nobody began this, or it was long ago.
    Unknown,
    /// The callback is not what Enedis sends, or says something else than before.
    Refused,
}

/// The further proof that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The days whose consumption is asked, when knowledge may prove it.
    pub days: Vec<jiff::civil::Date>,
    /// Tries that are left today.
    pub tries: i64,
    /// Which usage point they are about, masked, where there are several.
    pub point: Option<String>,
}

/// A consent as *manage* shows it.
#[derive(Debug, Clone)]
pub struct ConsentView {
    /// Its identifier, for the forms of *manage*.
    pub id: Vec<u8>,
    /// The application's name.
    pub client_name: String,
    /// What may be read.
    pub scopes: Scopes,
    /// Its usage points, masked.
    pub points: Vec<String>,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Whether it is in force.
    pub active: bool,
}

/// The token that a form carries beside the cookie: it follows from it.
pub fn form_token(app: &App, browser: &Token) -> String {
    use base64::Engine;
    let hash = app.keys.hash(crate::keys::Purpose::Csrf, browser.secret());
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(hash)
}

/// Whether a form carries the token of the browser that sends it.
pub fn form_token_fits(app: &App, browser: &Token, sent: &str) -> bool {
    use base64::Engine;
    let sent = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(sent);
    sent.is_ok_and(|hash| {
        app.keys
            .matches(crate::keys::Purpose::Csrf, browser.secret(), &hash)
    })
}
