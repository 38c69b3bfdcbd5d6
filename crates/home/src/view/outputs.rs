//! Destinations: how the last delivery to each ended, out of the ledger.

use ledger::{DeliveryNote, LedgerError, Store};
use outputs::Trouble;

use crate::config::{OutputKind, Settings};
use crate::json::outputs::{OutputProblem, OutputStatus, Outputs, TargetStatus};
use crate::words::Words;

/// Reads what is known of every configured destination; `store` is none when
/// there is no ledger yet.
pub fn read(
    store: Option<&Store>,
    settings: &Settings,
    words: Words,
) -> Result<Outputs, LedgerError> {
    let mut all = Vec::new();
    for output in &settings.outputs {
        let (note, targets) = match store {
            Some(store) => (
                store.delivery_note(&output.name)?,
                targets(store, &output.name)?,
            ),
            None => (DeliveryNote::default(), Vec::new()),
        };
        all.push(OutputStatus {
            name: output.name.clone(),
            kind: kind(&output.kind).to_owned(),
            succeeded_at: note.succeeded_at,
            problem: problem(&note, words),
            failures: note.failures,
            next_try: note.ask_at,
            targets,
        });
    }
    Ok(Outputs { outputs: all })
}

fn kind(kind: &OutputKind) -> &'static str {
    match kind {
        OutputKind::Domoticz(_) => "domoticz",
        OutputKind::Jeedom(_) => "jeedom",
    }
}

fn targets(store: &Store, destination: &str) -> Result<Vec<TargetStatus>, LedgerError> {
    let targets = store.delivery_targets(destination)?.into_keys();
    targets
        .map(|target| {
            let pieces = store.deliveries(destination, &target)?.len() as u64;
            Ok(TargetStatus { target, pieces })
        })
        .collect()
}

fn problem(note: &DeliveryNote, words: Words) -> Option<OutputProblem> {
    let kept = note.problem.as_ref()?;
    let trouble = serde_json::from_value(kept.clone());
    let trouble = trouble.unwrap_or_else(|_| Trouble::new("output-problem-unknown"));
    Some(OutputProblem {
        explanation: trouble.explanation(words.lang),
        advice: trouble.advice(words.lang),
        code: trouble.name,
        since: note.problem_at,
    })
}
