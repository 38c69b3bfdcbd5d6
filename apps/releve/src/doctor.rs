//! `doctor`: from the configuration to yesterday's reading, the most basic thing
//! first, and one advice at the end.

mod door;
mod files;
mod held;
mod network;

use crate::config::Loaded;
use crate::json::doctor::{Check, Doctor, Part, State};
use crate::words::Words;
use crate::{App, World};

/// Looks at everything that can be looked at.
pub async fn examine(app: &App, world: &World<'_>) -> Doctor {
    let words = app.words;
    let mut checks = Vec::new();
    match app.settings() {
        Ok(loaded) => {
            checks.push(configuration(loaded, words));
            checks.extend(files::checks(&loaded.settings, words));
            let held = held::checks(&loaded.settings, app.now, words);
            let mut online = network::checks(&loaded.settings, world.network, app.now, words).await;
            // A clock that cannot be compared with a source still has the
            // ledger to answer to.
            let unsure = |check: &Check| check.part == Part::Clock && check.state == State::Skipped;
            if online.iter().any(unsure)
                && let Some(behind) = held.clock
            {
                online.retain(|check| !unsure(check));
                online.push(behind);
            }
            checks.extend(online);
            let is_daemon = |check: &Check| check.part == Part::Daemon;
            let mut found = held.checks.iter().filter(|check| is_daemon(check));
            let runs = found.any(|check| check.state == State::Ok);
            checks.extend(door::checks(&loaded.settings, world.network, runs, words).await);
            checks.extend(held.checks);
        }
        Err(failure) => checks.push(Check {
            part: Part::Configuration,
            source: None,
            state: State::Failed,
            said: failure.message(words.lang),
            advice: Some(words.t("doctor-configuration-wrong-do")),
        }),
    }
    checks.sort_by_key(|check| check.part);
    Doctor {
        now: app.now,
        advice: advice(&checks, words),
        checks,
    }
}

/// The advice of the first thing that does not work, else of the first that is
/// to be known: what comes after it may follow from it.
fn advice(checks: &[Check], words: Words) -> String {
    let of = |state| {
        let mut found = checks.iter().filter(move |check| check.state == state);
        found.find_map(|check| check.advice.clone())
    };
    of(State::Failed)
        .or_else(|| of(State::Warning))
        .unwrap_or_else(|| words.t("doctor-all-well"))
}

fn configuration(loaded: &Loaded, words: Words) -> Check {
    let check = |state, said, advice| Check {
        part: Part::Configuration,
        source: None,
        state,
        said,
        advice,
    };
    let warnings = loaded.warnings.iter();
    let warnings: Vec<String> = warnings
        .map(|warning| warning.render(words.lang, None).trim_end().to_owned())
        .collect();
    match &loaded.file {
        _ if !warnings.is_empty() => check(
            State::Warning,
            warnings.join("\n"),
            Some(words.t("doctor-configuration-warned-do")),
        ),
        Some(file) => {
            let path = file.display().to_string();
            let said = words.say("doctor-configuration", &[("path", &path)]);
            check(State::Ok, said, None)
        }
        None if loaded.settings.sources.is_empty() => check(
            State::Warning,
            words.t("doctor-configuration-none"),
            Some(words.t("doctor-configuration-none-do")),
        ),
        // A container is configured by variables alone.
        None => check(State::Ok, words.t("doctor-configuration-variables"), None),
    }
}

/// A check without a source.
fn check(part: Part, state: State, said: String, advice: Option<String>) -> Check {
    Check {
        part,
        source: None,
        state,
        said,
        advice,
    }
}
