//! What `--json` gives; the schemas are published in `docs/schema`.

use std::io::Write;

use gateway::doctor::{Finding, Health, Subject};
use gateway::proof::{PastEvent, Proof};
use gateway::store::clients::ClientRow;
use schemars::JsonSchema;
use serde::Serialize;
use service::{Lang, tr};

/// `client list --json`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Clients {
    /// The applications, by name.
    pub clients: Vec<Client>,
}

/// An application that may ask.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Client {
    /// Its `client_id`.
    pub id: String,
    /// The name that people see.
    pub name: String,
    /// Whether it proves itself by a secret.
    pub confidential: bool,
    /// Whether it is shut out.
    pub banned: bool,
    /// What it may ask for: `daily`, `curve`, `max_power`, `production`.
    pub scopes: Vec<String>,
    /// Open requests that it may have at a time.
    pub max_pending: i64,
    /// Whether it speaks the dialect of the older proxy.
    pub legacy: bool,
}

impl From<ClientRow> for Client {
    fn from(row: ClientRow) -> Self {
        let scopes = row.scopes.to_string();
        Self {
            confidential: row.secret_hash.is_some(),
            id: row.id,
            name: row.name,
            banned: row.banned,
            scopes: scopes.split_whitespace().map(str::to_owned).collect(),
            max_pending: row.max_pending,
            legacy: row.legacy,
        }
    }
}

/// `doctor --json`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Doctor {
    /// Whether nothing stands in the way.
    pub serves: bool,
    /// What was looked at, Enedis last.
    pub checks: Vec<Check>,
}

/// One thing that was looked at.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Check {
    /// What was looked at.
    pub subject: Subject,
    /// How it is.
    pub health: Health,
    /// What was looked at, in the operator's language.
    pub said: String,
    /// More, in the words of whoever said it; empty when there is nothing more.
    pub detail: String,
}

impl Doctor {
    /// What was found, in that language.
    pub fn new(findings: Vec<Finding>, lang: Lang) -> Self {
        let serves = findings.iter().all(|it| it.health != Health::Bad);
        let check = |it: Finding| Check {
            subject: it.subject,
            health: it.health,
            said: tr(lang, it.subject.text(), &[]),
            detail: it.detail,
        };
        Self {
            serves,
            checks: findings.into_iter().map(check).collect(),
        }
    }
}

/// `proof`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProofOfConsent")]
pub struct Proved {
    /// What proves the consent.
    pub proof: Proof,
    /// What happened to it, and on the way to it, the oldest first.
    pub events: Vec<PastEvent>,
}

/// Writes a result as people and programs read it.
pub fn print(value: &impl Serialize) -> std::io::Result<()> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    let mut out = std::io::stdout();
    out.write_all(&text)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use gateway::breach::Concerned;

    use super::*;

    /// `UPDATE=1 cargo test -p releve-gateway` writes the files anew.
    #[test]
    fn the_published_schemas_are_those_of_the_program() {
        for (name, schema) in [
            ("gateway-client-list", schemars::schema_for!(Clients)),
            ("gateway-doctor", schemars::schema_for!(Doctor)),
            ("gateway-proof", schemars::schema_for!(Proved)),
            ("gateway-breach-list", schemars::schema_for!(Concerned)),
        ] {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema");
            let path = format!("{folder}/{name}.schema.json");
            let current = format!("{:#}\n", schema.to_value());
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, &current).unwrap();
            }
            let published = std::fs::read_to_string(&path).unwrap();
            assert_eq!(published, current, "UPDATE=1 cargo test -p releve-gateway");
        }
    }
}
