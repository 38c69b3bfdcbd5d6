//! `account --json`: accounts without any of their secrets.

use jiff::Timestamp;
use meter::UsagePoint;
use schemars::JsonSchema;
use serde::Serialize;

use super::Prm;

/// An account after `add`, `test` or `remove`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Account {
    /// Its name.
    pub account: String,
    /// What was done: `added`, `tested` or `removed`.
    pub done: String,
    /// Its usage points; empty after `remove`.
    #[schemars(with = "Vec<Prm>")]
    pub usage_points: Vec<UsagePoint>,
}

/// Every account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Accounts {
    /// By name.
    pub accounts: Vec<Listed>,
}

/// An account, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Listed {
    /// Its name.
    pub account: String,
    /// The sources that use it.
    pub sources: Vec<String>,
    /// Where its secrets are: `file`, `credential` (systemd's) or `nowhere`.
    pub secrets: String,
    /// When it was last asked.
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub asked_at: Option<Timestamp>,
    /// The usage points that it showed then.
    #[schemars(with = "Vec<Prm>")]
    pub usage_points: Vec<UsagePoint>,
    /// What was wrong then, such as `portal-login`; null: nothing.
    pub problem: Option<String>,
}
