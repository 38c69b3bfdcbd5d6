//! From the code of the box to the page of Enedis, or to a refusal.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use grant::{Scope, Scopes};
use jiff::Span;

use super::asker::Asker;
use super::fields::{Fields, Sent};
use super::shown::Shown;
use crate::app::App;
use crate::binding::{self, Agreement, CodeTrouble, Request};
use crate::pages::{Asked, Choice, CodeEntry, CodeFault, ConsentFault, ConsentText, Ending, Frame};

/// `GET /device`, also at the address that older boxes show. A code in the
/// address is filled in for people on the box's own connection; the others type it.
pub(super) async fn show(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    asker: Asker,
) -> Response {
    let fields = Fields::of_query(query.as_deref().unwrap_or_default());
    let given = [fields.one("user_code"), fields.one("code")];
    let Some(code) = given.into_iter().find(|code| !code.is_empty()) else {
        return entry(&app, &asker, "", None, false);
    };
    match binding::look_up(&app, &asker.visitor, code).await {
        Ok(request) if request.must_type => entry(&app, &asker, "", None, !request.same_line),
        Ok(request) => consent(&app, &asker, &request, &Choice::default(), &[]),
        Err(trouble) => refuse(&app, &asker, code, &trouble),
    }
}

/// `POST /device`: a typed code.
pub(super) async fn typed(State(app): State<App>, sent: Sent) -> Response {
    let Sent { asker, fields } = sent;
    let code = fields.one("code").trim();
    if code.is_empty() {
        return entry(&app, &asker, "", Some(CodeFault::Empty), false);
    }
    match binding::look_up(&app, &asker.visitor, code).await {
        Ok(request) => consent(&app, &asker, &request, &Choice::default(), &[]),
        Err(trouble) => refuse(&app, &asker, code, &trouble),
    }
}

/// `POST /device/consent`: the person agrees, in part or in whole, or refuses.
pub(super) async fn decide(State(app): State<App>, sent: Sent) -> Response {
    let Sent { asker, fields } = sent;
    let code = fields.one("code");
    let request = match binding::look_up(&app, &asker.visitor, code).await {
        Ok(request) => request,
        Err(trouble) => return refuse(&app, &asker, code, &trouble),
    };
    if fields.one("decision") != "accept" {
        return match binding::deny(&app, &asker.visitor, &request.code).await {
            Ok(()) => asker.go(&app, "/device/refused"),
            Err(trouble) => refuse(&app, &asker, code, &trouble),
        };
    }
    agree(&app, &asker, &request, &fields).await
}

/// `GET /device/refused`: where a refusal leads.
pub(super) async fn refused(State(app): State<App>, asker: Asker) -> Response {
    asker.end_at(&app, "/device/refused", Ending::Refused)
}

async fn agree(app: &App, asker: &Asker, request: &Request, fields: &Fields) -> Response {
    let chosen: Scopes = Scope::ALL
        .into_iter()
        .filter(|scope| fields.all("scope").any(|word| word == scope.as_str()))
        .collect();
    let choice = Choice {
        seen: fields.one("seen") == "1",
        scopes: chosen.and(request.asked),
    };
    let mut faults = choice.faults();
    let page = page_shown(app, asker, request);
    if page.sha256 != fields.one("text") {
        faults.push(ConsentFault::TextChanged);
    }
    if !faults.is_empty() {
        return consent(app, asker, request, &choice, &faults);
    }
    let agreement = Agreement {
        scopes: choice.scopes,
        page: page.html,
    };
    let way = binding::depart(
        app,
        &asker.visitor,
        &asker.browser,
        &request.code,
        agreement,
    );
    match way.await {
        Ok(to) => asker.leave(app, &to),
        Err(trouble) => refuse(app, asker, &request.code.to_string(), &trouble),
    }
}

/// The page on which the person decides.
fn consent(
    app: &App,
    asker: &Asker,
    request: &Request,
    choice: &Choice,
    faults: &[ConsentFault],
) -> Response {
    let shown = asked(app, request);
    let site = asker.site(app);
    let csrf = asker.csrf(app);
    let again = vec![("csrf", csrf.clone()), ("code", shown.code.clone())];
    let frame = Frame::again(asker.lang, &site, "/device", again);
    let page = crate::pages::Consent::new(frame, &csrf, &shown, choice, faults);
    let status = if faults.is_empty() { 200 } else { 400 };
    asker.show_form(app, status, &page)
}

/// The text that was shown, if nothing has changed since.
fn page_shown(app: &App, asker: &Asker, request: &Request) -> ConsentText {
    let site = asker.site(app);
    ConsentText::of(&Frame::alone(asker.lang, &site), &asked(app, request))
}

/// What the page says about a request.
fn asked(app: &App, request: &Request) -> Asked {
    let today = meter::paris::day_of(app.clock.now());
    let period: Span = app.config.enedis.duration.parse().unwrap_or_default();
    Asked {
        app: app.config.controller.application.clone(),
        publisher: request.client_name.clone(),
        code: request.code.to_string(),
        at: request.begun,
        place: request.network.clone(),
        elsewhere: !request.same_line,
        scopes: request.asked,
        period: app.config.enedis.duration.clone(),
        until: today.saturating_add(period),
    }
}

/// The page on which a code is typed.
fn entry(
    app: &App,
    asker: &Asker,
    typed: &str,
    fault: Option<CodeFault>,
    elsewhere: bool,
) -> Response {
    let site = asker.site(app);
    let csrf = asker.csrf(app);
    let typed: String = typed.chars().filter(|c| !c.is_control()).take(32).collect();
    let page = CodeEntry {
        frame: asker.frame(&site, "/device"),
        csrf: &csrf,
        typed: &typed,
        fault,
        elsewhere,
    };
    asker.show_form(app, if fault.is_some() { 400 } else { 200 }, &page)
}

/// The page for a code that led nowhere.
fn refuse(app: &App, asker: &Asker, code: &str, trouble: &CodeTrouble) -> Response {
    Shown::of(trouble).map_or_else(
        |ending| match trouble {
            CodeTrouble::Store(error) => asker.trouble(app, error),
            _ => asker.end(app, ending),
        },
        |fault| entry(app, asker, code, Some(fault), false),
    )
}
