//! What an operator answers with: the proof of a consent, the chain of the
//! audit, whom a breach concerns, and new keys.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::ArgMatches;
use gateway::audit::chain;
use gateway::breach::{self, Range};
use gateway::random::SystemRandomness;
use gateway::{App, proof, upkeep};
use jiff::Timestamp;
use service::{Lang, tr};

use crate::open;

/// `proof CONSENT`: the page as it was shown, the times, and what happened since, as JSON.
pub async fn proof(own: &ArgMatches, lang: Lang) -> anyhow::Result<()> {
    let app = open::app(own).await?;
    let text: &String = own.get_one("consent").context("no consent")?;
    let id = bytes(text).with_context(|| tr(lang, "gateway-cli-proof-not-an-id", &[]))?;
    let (proof, events) = app
        .store
        .transact(move |tx| {
            let id = id.clone();
            Box::pin(async move {
                let proof = proof::of_consent(tx, &id).await?;
                Ok((proof, proof::events(tx, &id).await?))
            })
        })
        .await?;
    let proof = proof.with_context(|| tr(lang, "gateway-cli-proof-none", &[]))?;
    say(&serde_json::to_string_pretty(
        &serde_json::json!({ "proof": proof, "events": events }),
    )?)
}

/// `audit verify`: walks the whole chain.
pub async fn verify(own: &ArgMatches, lang: Lang) -> anyhow::Result<()> {
    let app = open::app(own).await?;
    let found = app.store.transact(|tx| Box::pin(chain::verify(tx))).await?;
    let verified = found.with_context(|| tr(lang, "gateway-cli-audit-broken", &[]))?;
    let rows = verified.head.seq.to_string();
    let waiting = verified.unsealed.to_string();
    let hash: Vec<String> = verified
        .head
        .hash
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    say(&tr(
        lang,
        "gateway-cli-audit-sound",
        &[
            ("rows", &rows),
            ("waiting", &waiting),
            ("hash", &hash.concat()),
        ],
    ))
}

/// `breach-list`: the consents concerned, one JSON object a line.
pub async fn breach(own: &ArgMatches) -> anyhow::Result<()> {
    let app: App = open::app(own).await?;
    let range = Range {
        from: own.get_one::<Timestamp>("from").copied(),
        until: own.get_one::<Timestamp>("until").copied(),
        client: own.get_one::<String>("client").cloned(),
        key: own.get_one::<u16>("key").copied(),
    };
    let concerned = app
        .store
        .transact(move |tx| {
            let range = range.clone();
            Box::pin(async move { breach::concerned(tx, &range).await })
        })
        .await?;
    for consent in concerned {
        say(&serde_json::to_string(&consent)?)?;
    }
    Ok(())
}

/// `keys rotate`: a new key of each kind; running gateways take it over.
pub fn rotate(own: &ArgMatches, lang: Lang) -> anyhow::Result<()> {
    let folder: &PathBuf = own.get_one("data-dir").context("no --data-dir")?;
    upkeep::rotate(&folder.join("keys"), &SystemRandomness::new())?;
    say(&tr(lang, "gateway-cli-keys-rotated", &[]))
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    text.len()
        .is_multiple_of(2)
        .then(|| (0..text.len()).step_by(2).map(pair).collect())?
}

fn say(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
