//! What changes something, or outlives a request: done by the program that
//! serves the dashboard, which holds the configuration and the writer's lock.
//!
//! Everything but the settings may be left out by a program that only shows.

use std::sync::Arc;

use home::config::Settings;
use home::json::account::Accounts;
use home::json::consent::ConsentEntry;
use home::json::import::Import;
use home::json::outputs::Differences;
use home::{Exit, Failure, Said, Words};
use jiff::civil::Date;
use meter::{Direction, UsagePoint};
use secrecy::SecretString;
use service::clock::BoxFuture;

use crate::first_run::FirstRun;
use crate::work::{Upload, Work};

/// What comes of something that takes a while.
pub type Coming<'a, T> = BoxFuture<'a, Result<T, Failure>>;

/// The program behind the dashboard.
pub trait Hands: Send + Sync {
    /// The settings as they are now: the set-up changes them.
    fn settings(&self) -> Arc<Settings>;

    /// Whether anything is configured; where nothing is, the set-up begins.
    fn is_configured(&self) -> bool {
        true
    }

    /// What goes on behind the pages, or went on lately, the newest first.
    fn works(&self) -> Vec<Work> {
        Vec::new()
    }

    /// Reads files and keeps what they hold, all of them or none; whose readings
    /// they are where they do not say.
    fn import(
        &self,
        _files: Vec<Upload>,
        _whose: (Option<UsagePoint>, Option<Direction>),
        _words: Words,
    ) -> Coming<'_, Import> {
        nobody()
    }

    /// Asks again for what lacks; how that goes is seen in [`Hands::works`].
    fn repair(&self, _wish: Wish, _words: Words) -> Coming<'_, ()> {
        nobody()
    }

    /// Asks for what is due now; how that goes is seen in [`Hands::works`].
    fn sync(&self, _words: Words) -> Coming<'_, ()> {
        nobody()
    }

    /// Delivers to a destination whatever differs, however often it failed
    /// before; how that goes is seen in [`Hands::works`].
    fn push(&self, _output: String, _words: Words) -> Coming<'_, ()> {
        nobody()
    }

    /// Asks a destination what it holds, and compares; nothing is changed.
    fn verify(&self, _output: String, _words: Words) -> Coming<'_, Differences> {
        nobody()
    }

    /// Every consent, and how it stands.
    fn consents(&self) -> Coming<'_, Vec<ConsentEntry>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// Asks for a consent of a source, the only one where none is named: a link
    /// and a code for a person. It is followed until somebody has answered.
    fn begin_consent(&self, _source: Option<String>, _words: Words) -> Coming<'_, ConsentEntry> {
        nobody()
    }

    /// Forgets a consent, here and at its gateway.
    fn forget_consent(&self, _id: String, _words: Words) -> Coming<'_, ()> {
        nobody()
    }

    /// Every customer account, without its secrets.
    fn accounts(&self) -> Coming<'_, Accounts> {
        Box::pin(async {
            Ok(Accounts {
                accounts: Vec::new(),
            })
        })
    }

    /// Keeps the secrets of an account and signs in; its usage points. Secrets
    /// that are refused do not stay.
    fn open_account(&self, _secrets: AccountSecrets, _words: Words) -> Coming<'_, Vec<UsagePoint>> {
        nobody()
    }

    /// Signs in once with the secrets that are kept; the account's usage points.
    fn test_account(&self, _name: String, _words: Words) -> Coming<'_, Vec<UsagePoint>> {
        nobody()
    }

    /// Forgets the secrets of an account.
    fn forget_account(&self, _name: String, _words: Words) -> Coming<'_, ()> {
        nobody()
    }

    /// Who sets a home up, where that may be done here.
    fn first_run(&self) -> Option<&dyn FirstRun> {
        None
    }
}

/// Which days are asked again, and of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub to: Date,
    /// What is complete too.
    pub all: bool,
    /// Only these; empty: every configured one.
    pub usage_points: Vec<UsagePoint>,
}

/// What opens a customer account.
#[derive(Debug, Clone)]
pub struct AccountSecrets {
    /// The account's name; none: the only one that is configured.
    pub name: Option<String>,
    /// The e-mail address.
    pub login: SecretString,
    /// The password.
    pub password: SecretString,
    /// The value of the cookie `internalAuthId`.
    pub cookie: SecretString,
}

/// Nobody here does that.
fn nobody<'a, T: Send + 'a>() -> Coming<'a, T> {
    Box::pin(async { Err(Failure::new(Exit::Usage, Said::new("dash-no-hands"))) })
}
