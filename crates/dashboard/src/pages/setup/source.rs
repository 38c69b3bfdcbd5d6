//! Where readings come from: the choice, then one page for each way.

use askama::Template;
use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Form, Router};
use home::Words;
use home::first::TokenService;

use super::form::{Fields, of_failure, unknown, url};
use super::shell::{Answer, Shell, Step, again, first_run};
use crate::caller::Caller;
use crate::first_run::TypedSource;
use crate::frame::Frame;
use crate::house::House;
use crate::work::Failed;

/// The ways, in the order of the page; files have a page of their own.
const WAYS: [&str; 5] = ["gateway", "account", "token", "application", "files"];

/// What refusals ask of a person in a browser, by the message.
const ADVICE: [(&str, &str); 5] = [
    ("problem-token-refused", "dash-setup-token-do"),
    ("problem-bad-credentials", "dash-setup-application-do"),
    ("problem-portal-login", "dash-setup-account-login-do"),
    ("problem-portal-cookie", "dash-setup-account-cookie-do"),
    ("problem-portal-captcha", "dash-setup-account-captcha-do"),
];

pub(super) fn router() -> Router<House> {
    Router::new()
        .route(Step::Source.path(), get(choice))
        .route("/setup/source/{way}", get(page).post(typed))
}

struct Way {
    name: &'static str,
    title: String,
    what: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "pages/setup/source.html")]
struct Choice {
    frame: Frame,
    shell: Shell,
    ways: Vec<Way>,
}

async fn choice(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Source).await?;
    let chosen = shell.standing.source.as_ref().map(|source| source.way);
    let way = |name: &'static str| Way {
        name,
        title: caller.words.t(&format!("dash-setup-way-{name}")),
        what: caller.words.t(&format!("dash-setup-way-{name}-what")),
        chosen: chosen == Some(name),
    };
    Ok(caller.answer(Ok(Choice {
        frame: shell.frame.clone(),
        ways: WAYS.map(way).into(),
        shell,
    })))
}

/// The page of a way, with what was typed before; a secret never comes back.
#[derive(Template)]
#[template(path = "pages/setup/way.html")]
struct WayPage {
    frame: Frame,
    shell: Shell,
    way: &'static str,
    url: String,
    login: String,
    service: String,
    client_id: String,
    prm: String,
}

impl WayPage {
    fn new(shell: Shell, way: &'static str, fields: &Fields) -> Self {
        let before = |name: &str| match fields.get(name) {
            "" => {
                let source = shell.standing.source.as_ref();
                let source = source.filter(|source| source.way == way);
                let mut typed = source.iter().flat_map(|source| &source.typed);
                let found = typed.find(|(key, _)| *key == name);
                found.map(|(_, value)| value.clone()).unwrap_or_default()
            }
            value => value.to_owned(),
        };
        Self {
            url: before("url"),
            login: before("login"),
            service: before("service"),
            client_id: before("client_id"),
            prm: before("prm"),
            frame: shell.frame.clone(),
            shell,
            way,
        }
    }
}

/// The page of files, with what was wrong.
pub(super) fn files_page(shell: Shell, fields: &Fields) -> impl Template {
    WayPage::new(shell, "files", fields)
}

async fn page(State(house): State<House>, caller: Caller, Path(way): Path<String>) -> Answer {
    let way = known(&way).ok_or_else(|| caller.fail(&unknown()))?;
    let shell = Shell::open(&house, &caller, Step::Source).await?;
    Ok(caller.answer(Ok(WayPage::new(shell, way, &Fields::default()))))
}

fn known(way: &str) -> Option<&'static str> {
    WAYS.into_iter().find(|known| *known == way)
}

async fn typed(
    State(house): State<House>,
    caller: Caller,
    Path(way): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    let way = known(&way).ok_or_else(|| caller.fail(&unknown()))?;
    let shell = Shell::open(&house, &caller, Step::Source).await?;
    let tried = match read(way, &fields, caller.words) {
        Ok(source) => tried(&house, &caller, source).await,
        Err(failed) => Err(failed),
    };
    Ok(match tried {
        Ok(()) if way == "gateway" => caller.go(Step::Consent.path()),
        Ok(()) => caller.go(Step::Points.path()),
        Err(failed) => again(&caller, WayPage::new(shell.refuse(failed), way, &fields)),
    })
}

async fn tried(house: &House, caller: &Caller, source: TypedSource) -> Result<(), Failed> {
    let words = caller.words;
    let first = first_run(house.hands().as_ref()).map_err(|it| of_failure(&it, words))?;
    let tried = first.source(source, words.lang).await;
    tried.map_err(|failure| here(of_failure(&failure, words), words))
}

/// What to do in a browser, where the usual advice names a command.
fn here(failed: Failed, words: Words) -> Failed {
    let known = ADVICE
        .iter()
        .find(|(message, _)| failed.message == words.t(message));
    match known {
        Some((_, advice)) => Failed {
            advice: Some(words.t(advice)),
            ..failed
        },
        None => failed,
    }
}

fn read(way: &str, fields: &Fields, words: Words) -> Result<TypedSource, Failed> {
    let prm = |fields: &Fields| -> Result<_, Failed> {
        fields.needed("prm", "dash-setup-prm", words)?;
        let prm = fields.prm("prm", words)?;
        prm.ok_or_else(|| of_failure(&unknown(), words))
    };
    Ok(match way {
        "gateway" => TypedSource::Gateway {
            url: url(
                fields.needed("url", "dash-setup-gateway-url", words)?,
                words,
            )?,
        },
        "account" => TypedSource::Account {
            login: fields.secret("login", "dash-setup-account-login", words)?,
            password: fields.secret("password", "dash-setup-account-password", words)?,
            cookie: fields.secret("cookie", "dash-setup-account-cookie", words)?,
            url: fields.url("url", words)?,
        },
        "token" => TypedSource::Token {
            service: match fields.get("service") {
                "myelectricaldata" => TokenService::MyElectricalData,
                _ => TokenService::ConsoApi,
            },
            token: fields.secret("token", "dash-setup-token-token", words)?,
            prm: prm(fields)?,
            url: fields.url("url", words)?,
        },
        "application" => TypedSource::Application {
            client_id: fields
                .needed("client_id", "dash-setup-application-id", words)?
                .to_owned(),
            secret: fields.secret("secret", "dash-setup-application-secret", words)?,
            prm: prm(fields)?,
            url: fields.url("url", words)?,
        },
        _ => return Err(of_failure(&unknown(), words)),
    })
}
