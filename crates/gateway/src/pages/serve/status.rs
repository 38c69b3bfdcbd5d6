//! Where a browser's request stands, and the answer to a challenge.
//!
//! The page holds its answer for a while when Enedis is being asked, so that
//! most people see the end at once and nobody needs a page that reloads itself.

use axum::extract::State;
use axum::response::Response;
use jiff::SignedDuration;

use super::asker::Asker;
use super::fields::Sent;
use super::shown::Shown;
use crate::app::App;
use crate::binding::{self, Challenge, ConsentView, Outcome};
use crate::pages::{self, Approved, Ending, EndingPage, long_date};
use crate::store::StoreError;

/// How often the page looks while it holds its answer, and after how long.
const LOOKS: u32 = 15;
const BETWEEN: SignedDuration = SignedDuration::from_secs(1);

/// `GET /device/status`.
pub(super) async fn show(State(app): State<App>, asker: Asker) -> Response {
    match settled(&app, &asker).await {
        Ok(outcome) => tell(&app, &asker, &outcome, false).await,
        Err(error) => asker.trouble(&app, &error),
    }
}

/// `POST /device/challenge`: the energy of the days that were asked for.
pub(super) async fn answer(State(app): State<App>, sent: Sent) -> Response {
    let Sent { asker, fields } = sent;
    let typed: Vec<String> = fields.all("kwh").map(str::to_owned).collect();
    match binding::answer(&app, &asker.visitor, &typed).await {
        Ok(outcome @ Outcome::Challenged(_)) => tell(&app, &asker, &outcome, true).await,
        Ok(_) => asker.go(&app, "/device/status"),
        Err(error) => asker.trouble(&app, &error),
    }
}

async fn settled(app: &App, asker: &Asker) -> Result<Outcome, StoreError> {
    for _ in 1..LOOKS {
        let outcome = binding::status(app, &asker.visitor).await?;
        if outcome != Outcome::Working {
            return Ok(outcome);
        }
        app.clock.sleep(BETWEEN).await;
    }
    binding::status(app, &asker.visitor).await
}

async fn tell(app: &App, asker: &Asker, outcome: &Outcome, wrong: bool) -> Response {
    match outcome {
        Outcome::Challenged(challenge) => challenged(app, asker, challenge, wrong),
        Outcome::Approved => approved(app, asker).await,
        Outcome::Unknown => asker.go(app, "/device"),
        other => asker.end_at(app, "/device/status", Shown::ending(other)),
    }
}

fn challenged(app: &App, asker: &Asker, challenge: &Challenge, wrong: bool) -> Response {
    let site = asker.site(app);
    let csrf = asker.csrf(app);
    let days = challenge.days.iter().map(|day| long_date(asker.lang, *day));
    let days: Vec<String> = days.collect();
    let page = pages::Challenge {
        frame: asker.frame(&site, "/device/status"),
        csrf: &csrf,
        point: challenge.point.as_deref(),
        days: &days,
        left: u32::try_from(challenge.tries).unwrap_or(0),
        wrong,
    };
    asker.show_form(app, if wrong { 400 } else { 200 }, &page)
}

async fn approved(app: &App, asker: &Asker) -> Response {
    let consents = match binding::consents(app, &asker.visitor, None).await {
        Ok(consents) => consents,
        Err(error) => return asker.trouble(app, &error),
    };
    let newest = consents.into_iter().filter(|consent| consent.active);
    let Some(newest) = newest.max_by_key(|consent| consent.from) else {
        return asker.end_at(app, "/device/status", Ending::Approved);
    };
    app.metrics.ending(Ending::Approved.slug());
    let site = asker.site(app);
    let frame = asker.frame(&site, "/device/status");
    asker.show(app, 200, &EndingPage::approved(frame, &facts(newest)))
}

fn facts(consent: ConsentView) -> Approved {
    Approved {
        app: consent.client_name,
        points: consent.points,
        scopes: consent.scopes,
        until: meter::paris::day_of(consent.until),
    }
}
