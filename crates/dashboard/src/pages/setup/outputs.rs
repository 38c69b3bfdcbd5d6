//! Destinations, each tried before it is kept. None is needed.

use askama::Template;
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Form, Router};
use home::Words;
use home::first::OutputService;
use secrecy::SecretString;

use super::form::{Fields, failed, of_failure};
use super::shell::{Answer, Shell, Step, again, first_run};
use crate::caller::Caller;
use crate::first_run::TypedOutput;
use crate::frame::Frame;
use crate::house::House;
use crate::work::Failed;

const KINDS: [OutputService; 2] = [OutputService::Domoticz, OutputService::Jeedom];

pub(super) fn router() -> Router<House> {
    Router::new()
        .route(Step::Outputs.path(), get(page).post(tried))
        .route("/setup/outputs/remove", post(without))
}

/// A destination as the page shows it.
struct Shown {
    kind: &'static str,
    name: String,
    url: String,
    user: String,
    /// It was tried, and answered.
    well: Option<String>,
    /// It is the one that was just refused.
    open: bool,
}

#[derive(Template)]
#[template(path = "pages/setup/outputs.html")]
struct OutputsPage {
    frame: Frame,
    shell: Shell,
    outputs: Vec<Shown>,
}

impl OutputsPage {
    fn new(shell: Shell, fields: Option<&Fields>) -> Self {
        let words = shell.frame.words;
        let shown = |kind: OutputService| {
            let fields = fields.filter(|fields| fields.get("kind") == kind.as_str());
            let mut kept = shell.standing.outputs.iter();
            let kept = kept.find(|output| output.kind == kind);
            let typed = |key: &str, before: Option<String>| match fields {
                Some(fields) => fields.get(key).to_owned(),
                None => before.unwrap_or_default(),
            };
            Shown {
                kind: kind.as_str(),
                name: words.t(&format!("dash-setup-outputs-{}", kind.as_str())),
                url: typed("url", kept.map(|output| output.url.clone())),
                user: typed("user", kept.and_then(|output| output.user.clone())),
                well: kept.map(|it| words.say("dash-setup-outputs-well", &[("url", &it.url)])),
                open: fields.is_some(),
            }
        };
        Self {
            outputs: KINDS.map(shown).into(),
            frame: shell.frame.clone(),
            shell,
        }
    }
}

async fn page(State(house): State<House>, caller: Caller) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Outputs).await?;
    Ok(caller.answer(Ok(OutputsPage::new(shell, None))))
}

async fn tried(State(house): State<House>, caller: Caller, Form(fields): Form<Fields>) -> Answer {
    let shell = Shell::open(&house, &caller, Step::Outputs).await?;
    let tried = match read(&fields, caller.words) {
        Ok(output) => match first_run(house.hands().as_ref()) {
            Ok(first) => first.output(output, caller.words.lang).await,
            Err(failure) => Err(failure),
        }
        .map_err(|failure| of_failure(&failure, caller.words)),
        Err(failed) => Err(failed),
    };
    Ok(match tried {
        Ok(()) => caller.go(Step::Outputs.path()),
        Err(failed) => again(
            &caller,
            OutputsPage::new(shell.refuse(failed), Some(&fields)),
        ),
    })
}

async fn without(State(house): State<House>, caller: Caller, Form(fields): Form<Fields>) -> Answer {
    Shell::open(&house, &caller, Step::Outputs).await?;
    match (first_run(house.hands().as_ref()), kind(&fields)) {
        (Ok(first), Some(kind)) => first.without(kind),
        (Ok(_), None) => {}
        (Err(failure), _) => return Err(caller.fail(&failure)),
    }
    Ok(caller.go(Step::Outputs.path()))
}

fn kind(fields: &Fields) -> Option<OutputService> {
    let word = fields.get("kind");
    KINDS.into_iter().find(|kind| kind.as_str() == word)
}

fn read(fields: &Fields, words: Words) -> Result<TypedOutput, Failed> {
    let Some(kind) = kind(fields) else {
        return Err(failed("dash-setup-no-file", words));
    };
    let url = fields.needed("url", "dash-setup-outputs-url", words)?;
    let url = own_network(url, words)?;
    let user = Some(fields.get("user")).filter(|user| !user.is_empty());
    let secret = Some(fields.get("secret")).filter(|secret| !secret.is_empty());
    match kind {
        OutputService::Jeedom if secret.is_none() => {
            return Err(failed("dash-setup-jeedom-key", words));
        }
        OutputService::Domoticz if user.is_some() != secret.is_some() => {
            return Err(failed("dash-setup-output-user", words));
        }
        _ => {}
    }
    Ok(TypedOutput {
        kind,
        url,
        user: user.map(str::to_owned),
        secret: secret.map(SecretString::from),
    })
}

/// A destination stands in the house: `http` is usual there.
fn own_network(text: &str, words: Words) -> Result<url::Url, Failed> {
    let wrong = || failed("dash-setup-bad-output", words);
    let url = url::Url::parse(text).map_err(|_| wrong())?;
    let plain = url.username().is_empty() && url.password().is_none();
    let plain = plain && url.query().is_none() && url.fragment().is_none();
    if !plain || !url.has_host() || !matches!(url.scheme(), "http" | "https") {
        return Err(wrong());
    }
    Ok(url)
}
