//! The consent of a gateway: asked for, followed, and taken up again where a
//! process before this one has asked. Nobody is asked twice, and what somebody gave
//! is never lost.

use std::sync::Arc;

use collector::Consents;
use collector::consents::{Dialect, Folder, Record, Server};
use dashboard::first_run::Source;
use enedis::Problem;
use grant::client::{Consent, Given};
use home::first::SourceAnswers;
use jiff::Timestamp;
use url::Url;

use super::super::consents::follow;
use super::{Draft, Hand};
use crate::commands::account::refused;
use crate::config::source::CLIENT_ID;
use crate::exit::{Exit, Failure, Said};
use crate::session::sources;
use crate::words::Words;

impl Draft {
    fn choose_gateway(&mut self, url: Url, consents: Arc<Consents>, id: String) {
        let shown = Source {
            way: "gateway",
            typed: vec![("url", url.to_string())],
            doubt: None,
        };
        self.choose(Some(SourceAnswers::Gateway(url)), shown, Vec::new());
        self.consent = Some((consents, id));
    }
}

impl Hand {
    /// A gateway: what it has given already, else a code.
    pub(super) async fn gateway(&self, url: Url, words: Words) -> Result<(), Failure> {
        let consents = self.consents_at(&url)?;
        let id = match best(consents.records(), self.0.clock.now()) {
            Some(record) => self.follow_one(&consents, record),
            None => self.code(&consents, words).await?,
        };
        self.draft().choose_gateway(url, consents, id);
        Ok(())
    }

    /// Another code. One that waits stays good until it lapses: its page may be
    /// open before somebody who is about to say yes.
    pub(super) async fn ask_for_code(&self, words: Words) -> Result<(), Failure> {
        let chosen = self.draft().consent.clone();
        let Some((consents, before)) = chosen else {
            return Err(Failure::usage(Said::new("dash-setup-no-source")));
        };
        let id = self.code(&consents, words).await?;
        let mut records = consents.records().into_iter();
        let over = records.any(|it| it.id == before && matches!(it.consent, Consent::Over(_)));
        if over {
            // What came to nothing is not kept; that it is gone already is no matter.
            let _ = consents.forget(&before).await;
        }
        self.draft().consent = Some((consents, id));
        Ok(())
    }

    /// Once: the consent that a process before this one has asked for.
    pub(super) fn take_up(&self) {
        {
            let mut draft = self.draft();
            if std::mem::replace(&mut draft.looked, true) || draft.source.is_some() {
                return;
            }
        }
        if self.is_configured() {
            return;
        }
        let Some((url, record)) = self.asked_before() else {
            return;
        };
        let Ok(consents) = self.consents_at(&url) else {
            return;
        };
        let id = self.follow_one(&consents, record);
        let mut draft = self.draft();
        draft.choose_gateway(url, consents, id);
        draft.taken_up = true;
    }

    /// The consent of the source that was chosen, or an earlier one that somebody
    /// has answered since.
    pub(super) fn consent_record(&self) -> Option<Record> {
        let chosen = self.draft().consent.clone();
        let (consents, id) = chosen?;
        let (chosen, others): (Vec<_>, Vec<_>) =
            consents.records().into_iter().partition(|it| it.id == id);
        let asked = chosen.first().map(since);
        let mut others = others.into_iter();
        let answered = others.rfind(|it| is_given(it) && Some(since(it)) > asked);
        answered.or_else(|| chosen.into_iter().next())
    }

    /// Codes that nobody needs any more, once the configuration stands.
    pub(super) async fn drop_codes(&self) {
        let chosen = self.draft().consent.clone();
        let Some((consents, _)) = chosen else { return };
        let records = consents.records();
        if !records.iter().any(is_given) {
            return;
        }
        let waiting = records.iter().filter(|it| !is_given(it));
        for record in waiting {
            let _ = consents.forget(&record.id).await;
        }
    }

    fn consents_at(&self, url: &Url) -> Result<Arc<Consents>, Failure> {
        let server = Server {
            dialect: Dialect::Rfc,
            base_url: url.clone(),
            client_id: CLIENT_ID.to_owned(),
        };
        let source = SourceAnswers::Gateway(url.clone()).name();
        Ok(Arc::new(Consents::new(
            (source, server),
            Vec::new(),
            &self.settings().data_dir,
            sources::http()?,
            self.0.clock.clone(),
        )))
    }

    /// Asks for a code, and follows it until somebody has answered.
    async fn code(&self, consents: &Arc<Consents>, words: Words) -> Result<String, Failure> {
        let begun = consents.begin().await;
        let record = begun.map_err(|problem| no_code(problem, words))?;
        Ok(self.follow_one(consents, record))
    }

    fn follow_one(&self, consents: &Arc<Consents>, record: Record) -> String {
        let id = record.id.clone();
        let (consents, clock) = (Arc::clone(consents), self.0.clock.clone());
        tokio::spawn(async move {
            if let Err(problem) = follow(&consents, record, &clock).await {
                tracing::warn!(code = problem.code(), "a consent is not followed");
            }
        });
        id
    }

    /// What is kept on disk of a gateway, with its address.
    fn asked_before(&self) -> Option<(Url, Record)> {
        let folder = Folder::of(&self.settings().data_dir, self.0.clock.clone());
        let records = folder.records().into_iter().flatten();
        let ours = records.filter(|record| address(record).is_some());
        let record = best(ours, self.0.clock.now())?;
        Some((address(&record)?, record))
    }
}

/// Why a gateway gave no code: most often the address is another's.
fn no_code(problem: Problem, words: Words) -> Failure {
    let (what, todo) = match problem {
        Problem::Unreachable { .. } => {
            ("dash-setup-gateway-silent", "dash-setup-gateway-silent-do")
        }
        Problem::NoSuchResource | Problem::Malformed { .. } => {
            ("dash-setup-gateway-other", "dash-setup-gateway-other-do")
        }
        problem => return refused(words.lang)(problem),
    };
    Failure::new(Exit::Source, Said::new(what)).hint(Said::new(todo))
}

/// The gateway's address, if the set-up has asked there.
fn address(record: &Record) -> Option<Url> {
    let (url, client) = record.server.rsplit_once(' ')?;
    let url = Url::parse(url).ok().filter(|_| client == CLIENT_ID)?;
    let source = SourceAnswers::Gateway(url.clone()).name();
    (record.source == source).then_some(url)
}

/// The newest that is given, else the newest that can still be answered.
fn best(records: impl IntoIterator<Item = Record>, now: Timestamp) -> Option<Record> {
    let good = records.into_iter().filter(|record| match &record.consent {
        Consent::Given(given) => given.doubt.is_none(),
        Consent::Waiting(waiting) => waiting.until > now,
        Consent::Over(_) => false,
    });
    good.max_by_key(|record| (is_given(record), since(record)))
}

fn is_given(record: &Record) -> bool {
    matches!(record.consent, Consent::Given(_))
}

fn since(record: &Record) -> Timestamp {
    match &record.consent {
        Consent::Given(Given { since, .. }) => *since,
        Consent::Waiting(waiting) => waiting.since,
        Consent::Over(over) => over.since,
    }
}
