//! The hands as the dashboard knows them.

use std::sync::Arc;

use collector::portal::Secrets;
use dashboard::Hands;
use dashboard::first_run::FirstRun;
use dashboard::hands::{AccountSecrets, Coming, Wish};
use dashboard::work::{Upload, Work};
use home::Words;
use home::json::account::Accounts;
use home::json::consent::ConsentEntry;
use home::json::import::Import;
use home::json::outputs::Differences;
use meter::{Direction, UsagePoint};

use super::Hand;
use super::files::blocking;
use crate::config::Settings;

impl Hands for Hand {
    fn settings(&self) -> Arc<Settings> {
        Self::settings(self)
    }

    fn is_configured(&self) -> bool {
        Self::is_configured(self)
    }

    fn works(&self) -> Vec<Work> {
        Self::works(self)
    }

    fn import(
        &self,
        files: Vec<Upload>,
        whose: (Option<UsagePoint>, Option<Direction>),
        words: Words,
    ) -> Coming<'_, Import> {
        Box::pin(async move {
            let kept = self.keep_files(files, whose, words).await?;
            Ok(kept.report)
        })
    }

    fn repair(&self, wish: Wish, words: Words) -> Coming<'_, ()> {
        Box::pin(async move { self.ask_again(wish, words) })
    }

    fn sync(&self, words: Words) -> Coming<'_, ()> {
        Box::pin(async move {
            self.ask_now(words);
            Ok(())
        })
    }

    fn push(&self, output: String, words: Words) -> Coming<'_, ()> {
        Box::pin(async move { self.deliver_again(&output, words).await })
    }

    fn verify(&self, output: String, words: Words) -> Coming<'_, Differences> {
        Box::pin(async move { self.compare_with(&output, words).await })
    }

    fn consents(&self) -> Coming<'_, Vec<ConsentEntry>> {
        let hand = self.clone();
        Box::pin(blocking(move || Ok(hand.consent_entries())))
    }

    fn begin_consent(&self, source: Option<String>, words: Words) -> Coming<'_, ConsentEntry> {
        Box::pin(async move { self.begin_consent_of(source.as_deref(), words).await })
    }

    fn forget_consent(&self, id: String, words: Words) -> Coming<'_, ()> {
        Box::pin(async move { self.end_consent(&id, words).await })
    }

    fn accounts(&self) -> Coming<'_, Accounts> {
        let hand = self.clone();
        Box::pin(blocking(move || Ok(hand.all_accounts())))
    }

    fn open_account(&self, secrets: AccountSecrets, words: Words) -> Coming<'_, Vec<UsagePoint>> {
        let name = secrets.name;
        let secrets = Secrets {
            login: secrets.login,
            password: secrets.password,
            cookie: secrets.cookie,
        };
        Box::pin(async move { self.keep_account(name.as_deref(), secrets, words).await })
    }

    fn test_account(&self, name: String, words: Words) -> Coming<'_, Vec<UsagePoint>> {
        Box::pin(async move { self.try_account(&name, words).await })
    }

    fn forget_account(&self, name: String, words: Words) -> Coming<'_, ()> {
        Box::pin(async move { self.drop_account(&name, words) })
    }

    fn first_run(&self) -> Option<&dyn FirstRun> {
        Some(self)
    }
}
