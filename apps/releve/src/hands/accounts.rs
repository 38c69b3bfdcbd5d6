//! Customer accounts, from a page. Secrets that are refused do not stay.

use collector::portal::Secrets;
use home::json::account::Accounts;
use meter::UsagePoint;

use super::Hand;
use crate::commands::account::{accounts, listed, named, refused, sign_in_to, try_secrets};
use crate::exit::{Failure, Said};
use crate::words::Words;

impl Hand {
    /// Keeps the secrets of an account and signs in; its usage points.
    pub(crate) async fn keep_account(
        &self,
        name: Option<&str>,
        secrets: Secrets,
        words: Words,
    ) -> Result<Vec<UsagePoint>, Failure> {
        let settings = self.settings();
        let named = named(&settings, name)?;
        if accounts(&settings).is_given(&named.name) {
            let said = Said::new("account-given").with("name", &named.name);
            return Err(Failure::usage(said).hint(Said::new("account-given-do")));
        }
        let found = try_secrets(&settings, &named, &secrets, (&self.0.clock, words.lang)).await?;
        self.ask_now(words);
        Ok(found)
    }

    /// Signs in once with what is kept; the account's usage points.
    pub(crate) async fn try_account(
        &self,
        name: &str,
        words: Words,
    ) -> Result<Vec<UsagePoint>, Failure> {
        let settings = self.settings();
        let named = named(&settings, Some(name))?;
        sign_in_to(&settings, &named, (&self.0.clock, words.lang)).await
    }

    /// Every account, without its secrets.
    pub(crate) fn all_accounts(&self) -> Accounts {
        let listed = listed(&self.settings());
        Accounts {
            accounts: listed.into_iter().map(|(account, _)| account).collect(),
        }
    }

    /// Forgets the secrets of an account.
    pub(crate) fn drop_account(&self, name: &str, words: Words) -> Result<(), Failure> {
        let settings = self.settings();
        let named = named(&settings, Some(name))?;
        let accounts = accounts(&settings);
        if accounts.is_given(&named.name) {
            let said = Said::new("account-given").with("name", &named.name);
            return Err(Failure::usage(said).hint(Said::new("account-given-do")));
        }
        if !accounts.names().contains(&named.name) {
            let said = Said::new("account-unknown").with("name", &named.name);
            return Err(Failure::usage(said).hint(Said::new("account-unknown-do")));
        }
        accounts.forget(&named.name).map_err(refused(words.lang))
    }
}
