//! The colours of days beside the readings, which they never hold up.

use std::future::pending;

use collector::colours::{Outcome, Watch};
use ledger::LedgerError;

use crate::cli::Globals;
use crate::json::colours::{ColourFault, ColourRound};
use crate::view::colours::fault;
use crate::words::Words;
use crate::{Failure, World};

/// Asks once what is due and tells what came of it.
pub(super) async fn look(
    watch: &Watch,
    world: &mut World<'_>,
    words: Words,
    globals: Globals,
) -> Result<Vec<ColourRound>, Failure> {
    let outcomes = watch.look().await?;
    for outcome in &outcomes {
        for line in troubles(words, outcome) {
            writeln!(world.err, "{line}")?;
        }
        if !globals.json && !globals.quiet && outcome.written.rows() > 0 {
            writeln!(world.out, "{}", done(words, outcome))?;
        }
    }
    Ok(outcomes.iter().map(|one| round(words, one)).collect())
}

/// Asks again and again; without anything to ask it never ends either. New
/// colours are news: they change what energy is worth.
pub(in crate::commands) async fn forever(watch: Option<&Watch>, words: Words, news: impl Fn()) {
    let Some(watch) = watch else {
        return pending().await;
    };
    let told = |outcomes: Result<&[Outcome], &LedgerError>| {
        log(words, outcomes);
        let changed = |outcome: &Outcome| outcome.written.rows() > 0;
        if outcomes.is_ok_and(|outcomes| outcomes.iter().any(changed)) {
            news();
        }
    };
    watch.run(told).await;
}

fn log(words: Words, outcomes: Result<&[Outcome], &LedgerError>) {
    match outcomes {
        Ok(outcomes) => {
            for outcome in outcomes {
                for line in troubles(words, outcome) {
                    tracing::warn!("{line}");
                }
                if outcome.written.rows() > 0 {
                    tracing::info!("{}", done(words, outcome));
                }
            }
        }
        Err(error) => tracing::warn!("{error}"),
    }
}

fn done(words: Words, outcome: &Outcome) -> String {
    let days = words.number(outcome.written.rows() as u64);
    let calendar = words.t(&format!("colours-of-{}", outcome.calendar));
    words.say("colours-kept", &[("calendar", &calendar), ("days", &days)])
}

/// What people should know: sources are named one by one only where none
/// answered, since another that answers makes up for one that fails.
fn troubles(words: Words, outcome: &Outcome) -> Vec<String> {
    let calendar = words.t(&format!("colours-of-{}", outcome.calendar));
    let mut lines = Vec::new();
    if outcome.silent && outcome.asked > 0 {
        let faults: Vec<String> = outcome.faults.iter().map(|one| fault(words, one)).collect();
        let args = [
            ("calendar", calendar.as_str()),
            ("faults", &faults.join(", ")),
        ];
        lines.push(words.say("colours-silent", &args));
    }
    if !outcome.contradicted.is_empty() {
        let days = words.number(outcome.contradicted.len() as u64);
        let args = [("calendar", calendar.as_str()), ("days", &days)];
        lines.push(words.say("colours-contradicted", &args));
    }
    if outcome.written.revised > 0 {
        let days = words.number(outcome.written.revised as u64);
        let args = [("calendar", calendar.as_str()), ("days", &days)];
        lines.push(words.say("colours-revised", &args));
    }
    lines
}

fn round(words: Words, outcome: &Outcome) -> ColourRound {
    ColourRound {
        calendar: outcome.calendar.clone(),
        asked: outcome.asked as u64,
        written: outcome.written.rows() as u64,
        revised: outcome.written.revised as u64,
        contradicted: outcome.contradicted.clone(),
        faults: outcome
            .faults
            .iter()
            .map(|one| ColourFault::of(one, fault(words, one)))
            .collect(),
    }
}
