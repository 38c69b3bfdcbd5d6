//! The guided set-up: each answer tried, kept in memory, written once at the end.

mod consent;
mod sources;
mod standing;
mod trials;

use std::sync::{Arc, MutexGuard, PoisonError};

use collector::Consents;
use collector::portal::Secrets;
use dashboard::first_run::{FirstRun, Output, Source, Standing, TypedOutput, TypedSource};
use dashboard::work::{Failed, Upload, WorkKind};
use home::first::{
    Answers, OutputAnswers, OutputService, Place, PointAnswers, SourceAnswers, text,
};
use meter::UsagePoint;
use service::Lang;
use service::clock::BoxFuture;

use super::Hand;
use super::files::{Kit, blocking};
use crate::config;
use crate::exit::{Exit, Failure, Said};
use crate::words::Words;

/// What was answered so far.
#[derive(Default)]
pub(super) struct Draft {
    /// The source with its secrets, and how it was typed without them.
    source: Option<(Option<SourceAnswers>, Source)>,
    /// Where its consent is given, and the consent's name.
    consent: Option<(Arc<Consents>, String)>,
    found: Vec<UsagePoint>,
    points: Vec<PointAnswers>,
    outputs: Vec<OutputAnswers>,
    /// Files that are read once the configuration stands.
    files: Option<(Arc<Kit>, Option<UsagePoint>)>,
    /// The secrets of an account that Enedis has refused.
    refused: Option<Secrets>,
    /// Whether it was looked for what a process before this one has asked.
    looked: bool,
    /// Whether its consent is all that is known.
    taken_up: bool,
    written: bool,
}

impl Draft {
    /// Another source: what was told of the one before is void, what was answered
    /// of usage points stays.
    fn choose(&mut self, answers: Option<SourceAnswers>, shown: Source, found: Vec<UsagePoint>) {
        self.source = Some((answers, shown));
        self.consent = None;
        self.files = None;
        self.refused = None;
        self.taken_up = false;
        self.find(found);
    }

    /// Points that were found are answered for, until somebody says otherwise.
    fn find(&mut self, found: Vec<UsagePoint>) {
        self.points.retain(|point| found.contains(&point.prm));
        for prm in &found {
            if self.points.iter().all(|point| point.prm != *prm) {
                self.points.push(PointAnswers::of(*prm));
            }
        }
        self.found = found;
    }
}

impl Hand {
    fn draft(&self) -> MutexGuard<'_, Draft> {
        self.0.first.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn take_files(
        &self,
        uploads: Vec<Upload>,
        point: Option<UsagePoint>,
    ) -> Result<(), Failure> {
        let names: Vec<String> = uploads.iter().map(|file| file.name.clone()).collect();
        let (kit, found) = blocking(move || {
            let kit = Kit::of(uploads)?;
            let files = kit.read(None, point, &[])?;
            let mut found: Vec<UsagePoint> = files.usage_points().collect();
            found.sort_unstable();
            found.dedup();
            Ok((kit, found))
        })
        .await?;
        let shown = Source {
            way: "files",
            typed: vec![("files", names.join(", "))],
            doubt: None,
        };
        let mut draft = self.draft();
        draft.choose(None, shown, found);
        draft.files = Some((Arc::new(kit), point));
        Ok(())
    }

    async fn write_down(&self, lang: Lang) -> Result<(), Failure> {
        let Some(path) = self.target() else {
            let said = Said::new("error-no-config-place");
            return Err(
                Failure::new(Exit::Configuration, said).hint(Said::new("error-no-config-place-do"))
            );
        };
        let (answers, files) = {
            let draft = self.draft();
            if draft.written {
                return Ok(());
            }
            (answers(&draft)?, draft.files.clone())
        };
        // What is wrong shows before anything is written.
        config::from_text(&text(&answers, lang), &self.0.env)?;
        let place = Place { path };
        blocking(move || Ok(place.write(&answers, lang)?)).await?;
        self.draft().written = true;
        self.drop_codes().await;
        self.reload()?;
        self.first_fetch(files, Words { lang });
        Ok(())
    }

    /// The files, or the source: the daemon asks by itself once it has begun
    /// anew, and where there is none this process does.
    fn first_fetch(&self, files: Option<(Arc<Kit>, Option<UsagePoint>)>, words: Words) {
        if let Some((kit, point)) = files {
            self.behind((WorkKind::Import, ""), |hand, _| async move {
                let known = hand.settings().home();
                let read = blocking(move || kit.read(None, point, &known)).await;
                let kept = match read {
                    Ok(read) => hand.keep_read(read, words).await,
                    Err(failure) => Err(failure),
                };
                kept.map(|kept| kept.lines)
                    .map_err(|failure| Failed::of(&failure, words.lang))
            });
        } else if !self.0.daemon_comes {
            self.ask_now(words);
        }
    }
}

/// What will be written.
fn answers(draft: &Draft) -> Result<Answers, Failure> {
    if draft.points.is_empty() {
        return Err(Failure::usage(Said::new("dash-setup-no-point")));
    }
    Ok(Answers {
        usage_points: draft.points.clone(),
        source: draft.source.as_ref().and_then(|(source, _)| source.clone()),
        outputs: draft.outputs.clone(),
    })
}

impl FirstRun for Hand {
    fn standing(&self, _: Lang) -> Standing {
        self.first_standing()
    }

    fn source(&self, typed: TypedSource, lang: Lang) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(self.try_source(typed, Words { lang }))
    }

    fn files(
        &self,
        files: Vec<Upload>,
        point: Option<UsagePoint>,
        _: Lang,
    ) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(self.take_files(files, point))
    }

    fn another_code(&self, lang: Lang) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(self.ask_for_code(Words { lang }))
    }

    fn points(&self, points: Vec<PointAnswers>) {
        let mut draft = self.draft();
        draft.points = points;
        draft.taken_up = false;
    }

    fn output(&self, typed: TypedOutput, lang: Lang) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(self.try_output(typed, lang))
    }

    fn without(&self, kind: OutputService) {
        self.draft().outputs.retain(|output| output.kind != kind);
    }

    fn finish(&self, lang: Lang) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(self.write_down(lang))
    }
}

/// A destination without its secret.
fn shown(output: &OutputAnswers) -> Output {
    Output {
        kind: output.kind,
        url: output.url.to_string(),
        user: output.user.clone(),
    }
}
