//! Before one is in: redirections, a form in two steps, a session.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{COOKIE, LOGIN, Mood, PASSWORD, PATH, Visit};
use crate::device::base;
use crate::reply::Reply;
use crate::simulator::State;

const GOTO: &str = "https://alex.example/authorize?state=af0ifjsldkj";

impl Visit<'_> {
    /// Four redirections, then the page in which one signs in; who is in is sent
    /// on with 307.
    pub(super) fn authenticate(&self, state: &State) -> Reply {
        let Some(target) = self.form.get("target") else {
            return Reply::html(StatusCode::BAD_REQUEST, "<html>target</html>");
        };
        if self.is_in(state) {
            let mut reply = Reply::see(target.to_owned());
            reply.status = StatusCode::TEMPORARY_REDIRECT;
            return reply;
        }
        Reply::see(format!("{PATH}/alex/oauth2/authorization"))
    }

    /// The steps between, and the pages behind.
    pub(super) fn page(&self, state: &State) -> Reply {
        let goto: String = url::form_urlencoded::byte_serialize(GOTO.as_bytes()).collect();
        let here = base(self.request, PATH);
        match self.path {
            "/alex/oauth2/authorization" => {
                let mut reply = Reply::see(format!("{here}/mon-compte/auth/authorize"));
                reply.cookies = ["JSESSIONID=1; Path=/; HttpOnly".to_owned()].into();
                reply
            }
            "/mon-compte/auth/authorize" => {
                Reply::see(format!("{here}/mon-compte/auth/login?goto={goto}"))
            }
            "/mon-compte/auth/login" => Reply::see(format!(
                "{PATH}/mon-compte/auth/XUI?realm=/enedis&goto={goto}"
            )),
            // Two redirections once the password was right.
            "/mon-compte/auth/authorized" => Reply::see(format!("{PATH}/alex/login/oauth2/code")),
            "/alex/login/oauth2/code" => Reply::see(format!("{PATH}/particulier")),
            "/particulier" | "/client/hub" if self.is_in(state) => home(state),
            "/particulier" => Reply::see(format!(
                "{PATH}/alex/authenticate?target={here}/particulier"
            )),
            _ => Reply::html(
                StatusCode::NOT_FOUND,
                "<html><h1>Page introuvable</h1></html>",
            ),
        }
    }

    /// The form: first without an answer, then with one.
    pub(super) fn sign_in(&self, state: &mut State) -> Reply {
        let headers = self.request.headers();
        let is = |name: &str, value: &str| headers.get(name).is_some_and(|said| said == value);
        let dressed = is("x-nosession", "true") && is("x-username", "anonymous");
        let known =
            self.form.get("realm") == Some("/enedis") && self.form.get("goto") == Some(GOTO);
        if *self.request.method() != Method::POST || !dressed || !known {
            return Reply::json(
                StatusCode::BAD_REQUEST,
                &json!({ "code": 400, "reason": "Bad Request", "message": "Bad Request" }),
            );
        }
        if self.request.body().is_empty() {
            return Reply::ok(&self.question(state));
        }
        self.weigh(state)
    }

    fn question(&self, state: &State) -> Value {
        let known = self.cookie("internalAuthId") == Some(COOKIE);
        if !known {
            return form(&[name(""), captcha()], "enedis-identifiant");
        }
        if state.portal.mood == Mood::Captcha {
            return form(&[name(LOGIN), captcha()], "enedis-identifiant");
        }
        form(&[name(LOGIN), password()], "enedis-mot-de-passe")
    }

    fn weigh(&self, state: &mut State) -> Reply {
        state.portal.passwords += 1;
        let said: Value = serde_json::from_slice(self.request.body()).unwrap_or_default();
        let value = |index: usize| said["callbacks"][index]["input"][0]["value"].as_str();
        let ours = self.cookie("internalAuthId") == Some(COOKIE);
        if said["authId"] != "eyJhdXRoIjoi" || !ours {
            return refuse("Session has timed out");
        }
        if value(0) != Some(LOGIN) || value(1) != Some(PASSWORD) {
            return refuse("Authentication Failed");
        }
        if state.portal.mood == Mood::CaptchaAfterPassword {
            return Reply::ok(&form(&[captcha()], "enedis-verification"));
        }
        let token = state.portal.open(self.now);
        Reply::ok(&json!({
            "tokenId": token,
            "successUrl": format!("{}/mon-compte/auth/authorized", base(self.request, PATH)),
            "realm": "/enedis",
        }))
    }
}

fn home(state: &State) -> Reply {
    if state.portal.mood == Mood::Terms {
        return super::pages::terms();
    }
    Reply::html(StatusCode::OK, "<html><h1>Bonjour Camille</h1></html>")
}

fn refuse(message: &str) -> Reply {
    Reply::json(
        StatusCode::UNAUTHORIZED,
        &json!({ "code": 401, "reason": "Unauthorized", "message": message }),
    )
}

fn form(callbacks: &[Value], template: &str) -> Value {
    json!({
        "authId": "eyJhdXRoIjoi", "template": template, "stage": "AUTH", "header": "",
        "callbacks": callbacks,
    })
}

fn name(prefilled: &str) -> Value {
    json!({
        "type": "NameCallback",
        "output": [{ "name": "prompt", "value": "Adresse e-mail" }],
        "input": [{ "name": "IDToken1", "value": prefilled }],
    })
}

fn password() -> Value {
    json!({
        "type": "PasswordCallback",
        "output": [{ "name": "prompt", "value": "Mot de passe" }],
        "input": [{ "name": "IDToken2", "value": "" }],
    })
}

fn captcha() -> Value {
    json!({
        "type": "HiddenValueCallback",
        "output": [{ "name": "id", "value": "friendlyCaptchaSolution" }],
        "input": [{ "name": "IDToken3", "value": "" }],
    })
}
