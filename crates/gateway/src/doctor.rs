//! What stands between this machine and a gateway that serves, found before a
//! person finds it.

use enedis::{Generation, Problem};
use jiff::SignedDuration;
use meter::{Direction, UsagePoint};
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::App;

/// How far this machine's clock may be off the store's.
const DRIFT: SignedDuration = SignedDuration::from_secs(30);

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub subject: Subject,
    /// How it is.
    pub health: Health,
    /// More, in the words of whoever said it; no secret.
    pub detail: String,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CheckSubject")]
pub enum Subject {
    /// The address that people know begins with https.
    PublicUrl,
    /// Whom the pages name.
    Controller,
    /// The database answers.
    Store,
    /// This machine's clock agrees with the database's.
    Clock,
    /// There is an application that may ask.
    Clients,
    /// Enedis takes our credentials.
    Enedis,
}

impl Subject {
    /// Its message in the catalogue.
    pub fn text(self) -> &'static str {
        match self {
            Self::PublicUrl => "gateway-doctor-url",
            Self::Controller => "gateway-doctor-controller",
            Self::Store => "gateway-doctor-store",
            Self::Clock => "gateway-doctor-clock",
            Self::Clients => "gateway-doctor-clients",
            Self::Enedis => "gateway-doctor-enedis",
        }
    }
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CheckHealth")]
pub enum Health {
    /// As it should be.
    Good,
    /// It serves, and somebody should look.
    Doubtful,
    /// It does not serve.
    Bad,
}

/// Looks at everything, Enedis last.
pub async fn examine(app: &App) -> Vec<Finding> {
    let mut findings = vec![public_url(app), controller(app)];
    findings.extend(rows(app).await);
    findings.push(enedis(app).await);
    findings
}

fn public_url(app: &App) -> Finding {
    let url = &app.config.public_url;
    let loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let health = match (url.scheme(), loopback) {
        ("https", _) => Health::Good,
        (_, true) => Health::Doubtful,
        _ => Health::Bad,
    };
    finding(Subject::PublicUrl, health, url.as_str())
}

fn controller(app: &App) -> Finding {
    let who = &app.config.controller;
    let parts = [&who.application, &who.name, &who.address, &who.contact];
    let whole = parts.iter().all(|part| !part.trim().is_empty());
    // Enedis registers names of at most 38 characters without its own marks.
    let name = who.application.to_lowercase();
    let allowed = who.application.chars().count() <= 38
        && !name.contains("enedis")
        && !name.contains("linky");
    let health = if whole && allowed {
        Health::Good
    } else {
        Health::Bad
    };
    finding(Subject::Controller, health, &who.application)
}

async fn rows(app: &App) -> Vec<Finding> {
    let before = app.clock.now();
    let now = match app.store.ping().await {
        Ok(now) => now,
        Err(error) => return vec![finding(Subject::Store, Health::Bad, &error.to_string())],
    };
    let off = now.duration_since(before).abs();
    let clock = if off <= DRIFT {
        Health::Good
    } else {
        Health::Bad
    };
    let clients = crate::operator::list(&app.store).await.unwrap_or_default();
    let open = clients.iter().filter(|client| !client.banned).count();
    let some = if open == 0 {
        Health::Doubtful
    } else {
        Health::Good
    };
    vec![
        finding(Subject::Store, Health::Good, app.store.engine_name()),
        finding(Subject::Clock, clock, &format!("{off:#}")),
        finding(Subject::Clients, some, &open.to_string()),
    ]
}

/// Asks about something that nobody has: what is said of it does not matter, as
/// long as it is said to us.
async fn enedis(app: &App) -> Finding {
    match ask(app).await {
        Ok(()) => finding(Subject::Enedis, Health::Good, ""),
        Err(problem) => finding(Subject::Enedis, weigh(&problem), problem.code()),
    }
}

async fn ask(app: &App) -> Result<(), Problem> {
    if app.generation() == Generation::V2026 {
        return app.enedis.services(1).await.map(|_| ());
    }
    let Some(nobody) = UsagePoint::from_u64(99_999_999_999_999) else {
        return Ok(());
    };
    let today = meter::paris::day_of(app.clock.now());
    let before = meter::paris::add_days(today, -7);
    let asked = app
        .enedis
        .daily(nobody, Direction::Consumption, before, today);
    asked.await.map(|_| ())
}

fn weigh(problem: &Problem) -> Health {
    match problem {
        Problem::BadCredentials
        | Problem::TokenExpired
        | Problem::ApiNotSubscribed
        | Problem::TermsToAccept
        | Problem::AddressBlocked
        | Problem::NoSuchResource => Health::Bad,
        Problem::Quota { .. }
        | Problem::NightClosure
        | Problem::Outage { .. }
        | Problem::GatewayOutage { .. }
        | Problem::Malformed { .. }
        | Problem::Unreachable { .. } => Health::Doubtful,
        _ => Health::Good,
    }
}

fn finding(subject: Subject, health: Health, detail: &str) -> Finding {
    Finding {
        subject,
        health,
        detail: detail.to_owned(),
    }
}
