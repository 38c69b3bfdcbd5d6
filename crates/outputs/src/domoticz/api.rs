//! `/json.htm`: one command, one answer, every way of refusing told apart.

use std::sync::{Mutex, PoisonError};

use http::header::{AUTHORIZATION, COOKIE, HeaderValue, SET_COOKIE};
use http::{Request, StatusCode};
use serde_json::Value;
use service::SharedHttp;
use service::http::HttpError;
use url::form_urlencoded::Serializer;

use super::problem::Problem;

/// Who we are to Domoticz.
#[derive(Clone)]
pub(super) enum Identity {
    /// Nobody: a trusted network, or not asked yet.
    None,
    /// A session's cookie.
    Cookie(HeaderValue),
    /// Basic or Bearer.
    Header(HeaderValue),
}

/// A Domoticz that can be asked.
pub(super) struct Api {
    http: SharedHttp,
    base: String,
    identity: Mutex<Identity>,
    requests: Mutex<u64>,
}

/// A parsed answer with its cookie.
pub(super) struct Answer {
    pub value: Value,
    pub cookie: Option<HeaderValue>,
}

impl Api {
    pub fn new(http: SharedHttp, base: &url::Url) -> Self {
        Self {
            http,
            base: base.as_str().trim_end_matches('/').to_owned(),
            identity: Mutex::new(Identity::None),
            requests: Mutex::new(0),
        }
    }

    pub fn is_https(&self) -> bool {
        self.base.starts_with("https:")
    }

    pub fn set_identity(&self, identity: Identity) {
        *self.identity.lock().unwrap_or_else(PoisonError::into_inner) = identity;
    }

    /// Requests sent since the last time that this was asked.
    pub fn take_requests(&self) -> u64 {
        std::mem::take(&mut *self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs a command whose status must be OK.
    pub async fn command(&self, param: &str, args: &[(&str, &str)]) -> Result<Value, Problem> {
        self.ask(param, args).await.map(|answer| answer.value)
    }

    /// The same with the cookie that comes with the answer.
    pub async fn ask(&self, param: &str, args: &[(&str, &str)]) -> Result<Answer, Problem> {
        let request = self.request(param, args)?;
        let answer = self.send(request).await?;
        let cookie = answer.headers().get(SET_COOKIE).cloned();
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED => return Err(Problem::Unauthorized),
            StatusCode::FORBIDDEN => return Err(Problem::Forbidden(param.to_owned())),
            StatusCode::NOT_FOUND => return Err(Problem::UnknownCommand(param.to_owned())),
            code => return Err(Problem::Unexpected(code.as_u16())),
        }
        let value: Value =
            serde_json::from_slice(answer.body()).map_err(|_| Problem::NotDomoticz)?;
        match value.get("status").and_then(Value::as_str) {
            Some("OK") => Ok(Answer { value, cookie }),
            Some("ERROR") => Err(Problem::UnknownCommand(param.to_owned())),
            Some(_) => Err(Problem::Refused(param.to_owned())),
            None => Err(Problem::NotDomoticz),
        }
    }

    fn request(
        &self,
        param: &str,
        args: &[(&str, &str)],
    ) -> Result<Request<bytes::Bytes>, Problem> {
        let mut query = Serializer::new(String::new());
        query
            .append_pair("type", "command")
            .append_pair("param", param);
        query.extend_pairs(args);
        // A plus is a space to some versions and a plus to others.
        let query = query.finish().replace('+', "%20");
        let mut request = Request::get(format!("{}/json.htm?{query}", self.base));
        let identity = self.identity.lock().unwrap_or_else(PoisonError::into_inner);
        match identity.clone() {
            Identity::None => {}
            Identity::Cookie(cookie) => request = request.header(COOKIE, cookie),
            Identity::Header(header) => request = request.header(AUTHORIZATION, header),
        }
        request
            .body(bytes::Bytes::new())
            .map_err(|_| Problem::NotDomoticz)
    }

    /// Asks for a token of `OAuth2` with the user's own password.
    pub async fn token(&self, basic: HeaderValue, client_id: &str) -> Result<String, Problem> {
        let body = form(client_id);
        let request = Request::post(format!("{}/oauth2/v1/token", self.base))
            .header(AUTHORIZATION, basic)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.into())
            .map_err(|_| Problem::NotDomoticz)?;
        let answer = self.send(request).await?;
        let value: Option<Value> = serde_json::from_slice(answer.body()).ok();
        let token = value
            .as_ref()
            .and_then(|value| value["access_token"].as_str());
        match (answer.status(), token) {
            (StatusCode::OK, Some(token)) => Ok(token.to_owned()),
            (StatusCode::OK, None) => Err(Problem::NotDomoticz),
            _ => Err(Problem::Unauthorized),
        }
    }

    async fn send(
        &self,
        request: Request<bytes::Bytes>,
    ) -> Result<http::Response<bytes::Bytes>, HttpError> {
        *self.requests.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.http.send(request).await
    }
}

fn form(client_id: &str) -> String {
    Serializer::new(String::new())
        .append_pair("grant_type", "password")
        .append_pair("client_id", client_id)
        .finish()
}
