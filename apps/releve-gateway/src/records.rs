//! What an operator answers with: the proof of a consent, the chain of the
//! audit, whom a breach concerns, and new keys.

use std::io::Write;
use std::path::PathBuf;

use clap::ArgMatches;
use data_encoding::HEXLOWER;
use gateway::audit::chain;
use gateway::breach::{self, Range};
use gateway::keys::Purpose;
use gateway::random::SystemRandomness;
use gateway::{proof, upkeep};
use grant::server::{Token, TokenKind};
use jiff::Timestamp;
use service::{Lang, tr};

use crate::json::Proved;
use crate::open::{self, Opened};
use crate::stop::{Exit, Outcome, Stop};

/// `proof CONSENT`: the page as it was shown, the times, and what happened since, as JSON.
pub async fn proof(own: &ArgMatches, lang: Lang) -> Outcome {
    let opened = open::app(own, lang).await?;
    let refused = |name| Stop::said(opened.lang, Exit::Refused, name, &[]);
    let text = own.get_one::<String>("consent");
    let id = text.and_then(|text| bytes(text));
    let id = id.ok_or_else(|| refused("gateway-cli-proof-not-an-id"))?;
    let found = opened
        .app
        .store
        .transact(move |tx| {
            let id = id.clone();
            Box::pin(async move {
                let proof = proof::of_consent(tx, &id).await?;
                Ok((proof, proof::events(tx, &id).await?))
            })
        })
        .await;
    let (proof, events) = found.map_err(opened.stop())?;
    let proof = proof.ok_or_else(|| refused("gateway-cli-proof-none"))?;
    Ok(crate::json::print(&Proved { proof, events })?)
}

/// `audit verify`: walks the whole chain.
pub async fn verify(own: &ArgMatches, lang: Lang) -> Outcome {
    let opened = open::app(own, lang).await?;
    let store = &opened.app.store;
    let found = store.transact(|tx| Box::pin(chain::verify(tx))).await;
    let verified = found.map_err(opened.stop())?.map_err(|broken| {
        let (name, row) = match broken {
            chain::Broken::Missing(row) => ("gateway-cli-audit-missing", row),
            chain::Broken::Changed(row) => ("gateway-cli-audit-changed", row),
            chain::Broken::Cut { found, .. } => ("gateway-cli-audit-cut", found),
        };
        Stop::said(opened.lang, Exit::Data, name, &[("row", &row.to_string())])
    })?;
    let hash = HEXLOWER.encode(&verified.head.hash);
    let rows = verified.head.seq.to_string();
    let waiting = verified.unsealed.to_string();
    let values = [("rows", &*rows), ("waiting", &waiting), ("hash", &hash)];
    say(&tr(opened.lang, "gateway-cli-audit-sound", &values))
}

/// `breach-list`: the consents concerned, one JSON object a line.
pub async fn breach(own: &ArgMatches, lang: Lang) -> Outcome {
    let opened = open::app(own, lang).await?;
    let range = Range {
        from: own.get_one::<Timestamp>("from").copied(),
        until: own.get_one::<Timestamp>("until").copied(),
        client: own.get_one::<String>("client").cloned(),
        key: own.get_one::<u16>("key").copied(),
        token: token(own, &opened)?,
    };
    let concerned = opened
        .app
        .store
        .transact(move |tx| {
            let range = range.clone();
            Box::pin(async move { breach::concerned(tx, &range).await })
        })
        .await;
    for consent in concerned.map_err(opened.stop())? {
        say(&serde_json::to_string(&consent).map_err(std::io::Error::from)?)?;
    }
    Ok(())
}

/// The hashes of the token in a file; on a command line everybody would see it.
fn token(own: &ArgMatches, opened: &Opened) -> Result<Option<Vec<Vec<u8>>>, Stop> {
    let Some(file) = own.get_one::<PathBuf>("token-file") else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let token = [TokenKind::Access, TokenKind::Refresh]
        .into_iter()
        .find_map(|kind| Token::read(kind, text.trim()).ok());
    let token = token.ok_or_else(|| {
        let (none, file) = ("gateway-cli-breach-no-token", file.display().to_string());
        Stop::said(opened.lang, Exit::Refused, none, &[("file", &file)])
    })?;
    Ok(Some(opened.app.keys.hashes(Purpose::Token, token.secret())))
}

/// `keys rotate`: a new key of each kind; running gateways take it over.
pub fn rotate(own: &ArgMatches, lang: Lang) -> Outcome {
    let path = open::keys(own);
    upkeep::rotate(&path, &SystemRandomness::new())
        .map_err(|error| Stop::keys(lang, &path, &error))?;
    say(&tr(lang, "gateway-cli-keys-rotated", &[]))
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    text.len()
        .is_multiple_of(2)
        .then(|| (0..text.len()).step_by(2).map(pair).collect())?
}

fn say(text: &str) -> Outcome {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
