//! Application tokens: 3 h 30 each, and nothing but the credentials for one.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderMap, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::dice::{Dice, Purpose};
use crate::form::Form;
use crate::problem;
use crate::reply::Reply;

/// How long a token lives, in seconds.
pub(crate) const LIFETIME: i64 = 12_600;

/// The tokens that were issued, with their ends.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    issued: u64,
    ends: HashMap<String, Timestamp>,
}

/// The application as Enedis knows it.
#[derive(Clone, Copy)]
pub(crate) struct Application<'a> {
    pub client_id: &'a str,
    pub client_secret: &'a str,
    pub expires_in_as_text: bool,
}

impl Tokens {
    /// `POST /oauth2/v3/token`.
    pub(crate) fn issue(
        &mut self,
        application: Application<'_>,
        headers: &HeaderMap,
        form: &Form,
        (seed, now): (u64, Timestamp),
    ) -> Reply {
        let Some(grant) = form.get("grant_type") else {
            return problem::oauth(
                StatusCode::BAD_REQUEST,
                "invalid_request",
                "missing_parameter",
            );
        };
        if grant != "client_credentials" {
            return problem::oauth(
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                "unsupported_grant_type",
            );
        }
        let given = basic(headers).or_else(|| in_form(form));
        let known = (application.client_id, application.client_secret);
        if given.as_ref().map(|(id, secret)| (&**id, &**secret)) != Some(known) {
            return problem::bad_client();
        }
        let token = self.new_token(seed, now);
        let expires_in = if application.expires_in_as_text {
            json!(LIFETIME.to_string())
        } else {
            json!(LIFETIME)
        };
        Reply::ok(&json!({
            "access_token": token,
            "scope": "am_application_scope default",
            "token_type": "Bearer",
            "expires_in": expires_in,
        }))
    }

    /// `POST /oauth2/v3/revoke`.
    pub(crate) fn revoke(&mut self, form: &Form) -> Reply {
        if let Some(token) = form.get("token") {
            self.ends.remove(token);
        }
        Reply::empty(StatusCode::OK)
    }

    /// Whether the request carries a token that lives.
    pub(crate) fn admits(&self, headers: &HeaderMap, now: Timestamp) -> bool {
        bearer(headers)
            .and_then(|token| self.ends.get(token))
            .is_some_and(|end| now < *end)
    }

    /// Ends every token at once.
    pub(crate) fn forget(&mut self) {
        self.ends.clear();
    }

    fn new_token(&mut self, seed: u64, now: Timestamp) -> String {
        self.issued += 1;
        self.ends.retain(|_, end| now < *end);
        let end = now
            .saturating_add(SignedDuration::from_secs(LIFETIME))
            .unwrap_or(Timestamp::MAX);
        let dice = Dice::new(seed, self.issued);
        let signature: Vec<u8> = (0..4)
            .flat_map(|n| dice.roll(Purpose::Token, 0, n).to_be_bytes())
            .collect();
        let payload = format!(r#"{{"exp":{},"jti":"{}"}}"#, end.as_second(), self.issued);
        let token = format!(
            "{}.{}.{}",
            URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"RS256"}"#),
            URL_SAFE_NO_PAD.encode(payload),
            URL_SAFE_NO_PAD.encode(signature),
        );
        self.ends.insert(token.clone(), end);
        token
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ")
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let decoded = STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

fn in_form(form: &Form) -> Option<(String, String)> {
    let id = form.get("client_id")?;
    Some((id.to_owned(), form.get("client_secret")?.to_owned()))
}
