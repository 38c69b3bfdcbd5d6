//! What the guided set-up needs from the program: each answer is tried as it is
//! given, kept in memory, and all of them are written once.
//!
//! Secrets go in and never come out again: a page that is drawn anew shows
//! everything that was typed but them.

use home::Failure;
use home::first::{OutputService, PointAnswers, TokenService};
use home::json::consent::ConsentEntry;
use meter::UsagePoint;
use secrecy::SecretString;
use service::Lang;
use service::clock::BoxFuture;
use url::Url;

use crate::work::{Upload, Work};

/// Who sets a home up.
pub trait FirstRun: Send + Sync {
    /// How far it has come.
    fn standing(&self, lang: Lang) -> Standing;

    /// Tries a source and keeps it: signs in, asks for a day, or asks for a code.
    /// What may pass by itself, such as an outage, is kept as
    /// [`Source::doubt`]; what only a person can mend is the failure.
    fn source(&self, typed: TypedSource, lang: Lang) -> BoxFuture<'_, Result<(), Failure>>;

    /// Reads exports and keeps them until the end; whose they are may have to be
    /// told.
    fn files(
        &self,
        files: Vec<Upload>,
        point: Option<UsagePoint>,
        lang: Lang,
    ) -> BoxFuture<'_, Result<(), Failure>>;

    /// Asks for another code, where one lapsed, was refused or is not at hand. One
    /// that waits stays good: who answers it after all is heard.
    fn another_code(&self, lang: Lang) -> BoxFuture<'_, Result<(), Failure>>;

    /// The usage points, with everything that is known of each.
    fn points(&self, points: Vec<PointAnswers>);

    /// Tries a destination and keeps it; one of the same kind is replaced.
    fn output(&self, typed: TypedOutput, lang: Lang) -> BoxFuture<'_, Result<(), Failure>>;

    /// Leaves a destination out.
    fn without(&self, kind: OutputService);

    /// Writes the configuration, from which the program goes on, and begins the
    /// first fetch. Nothing that exists is replaced.
    fn finish(&self, lang: Lang) -> BoxFuture<'_, Result<(), Failure>>;
}

/// How far the set-up has come.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The file that will be written; none: the system names no place.
    pub path: Option<String>,
    /// Why it cannot be written.
    pub hindrance: Option<Hindrance>,
    /// Where readings come from.
    pub source: Option<Source>,
    /// The consent that is asked for, where the source needs one.
    pub consent: Option<ConsentEntry>,
    /// Whether a process before this one asked for that consent, and nothing was
    /// answered since.
    pub taken_up: bool,
    /// The usage points that the source told of.
    pub found: Vec<UsagePoint>,
    /// The usage points as they were answered.
    pub points: Vec<PointAnswers>,
    /// The destinations, each tried.
    pub outputs: Vec<Output>,
    /// Whether the configuration is written.
    pub written: bool,
    /// The first fetch, once it was begun.
    pub fetch: Option<Work>,
    /// Whether anything is held yet.
    pub holds: bool,
}

/// Why no configuration can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// There is one; it is never replaced.
    Exists,
    /// The system refuses; its words.
    Closed(String),
}

/// A source that was chosen, without its secrets.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// Which way: `gateway`, `account`, `token`, `application` or `files`.
    pub way: &'static str,
    /// What was typed, by the name of the field.
    pub typed: Vec<(&'static str, String)>,
    /// What was wrong when it was tried, and passes by itself.
    pub doubt: Option<Doubt>,
}

/// A trouble that passes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What happened.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
}

/// A source as it was typed.
#[derive(Debug, Clone)]
pub enum TypedSource {
    /// A consent gateway of Relevé.
    Gateway {
        /// Its address.
        url: Url,
    },
    /// The customer account of the Enedis site.
    Account {
        /// The e-mail address.
        login: SecretString,
        /// The password.
        password: SecretString,
        /// The value of the cookie `internalAuthId`.
        cookie: SecretString,
        /// Where its pages are, unless at Enedis.
        url: Option<Url>,
    },
    /// A gateway of others.
    Token {
        /// Which.
        service: TokenService,
        /// The token.
        token: SecretString,
        /// Whose readings it opens.
        prm: UsagePoint,
        /// Where it is, unless at its own address.
        url: Option<Url>,
    },
    /// An application of one's own at Enedis.
    Application {
        /// Its client id.
        client_id: String,
        /// Its secret.
        secret: SecretString,
        /// Whose readings it opens.
        prm: UsagePoint,
        /// Where the API is, unless at Enedis.
        url: Option<Url>,
    },
}

/// A destination without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Which.
    pub kind: OutputService,
    /// Its address.
    pub url: String,
    /// The user.
    pub user: Option<String>,
}

/// A destination as it was typed.
#[derive(Debug, Clone)]
pub struct TypedOutput {
    /// Which.
    pub kind: OutputService,
    /// Its address.
    pub url: Url,
    /// The user.
    pub user: Option<String>,
    /// The password or the API key.
    pub secret: Option<SecretString>,
}
