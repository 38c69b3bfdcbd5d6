//! JSON-RPC to a Jeedom: one call, one answer, and every way in which it says no.
//!
//! Jeedom answers HTTP 200 to everything that reaches it; an error is told by
//! the envelope alone, whose id is then 99999.

mod refusal;

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use http::{Request, StatusCode, header};
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};
use service::{SharedClock, SharedHttp};
use url::Url;

use super::error::JeedomError;

/// How to reach a Jeedom.
#[derive(Debug, Clone)]
pub struct Access {
    /// Beginning of its addresses, such as `http://jeedom.local/`.
    pub url: Url,
    /// A core, plugin or user key.
    pub key: SecretString,
    /// The plugin whose key it is; none: the core's or a user's.
    pub plugin: Option<String>,
}

/// A client of one Jeedom.
pub struct Jeedom {
    http: SharedHttp,
    clock: SharedClock,
    access: Access,
    calls: AtomicU64,
    answered: AtomicBool,
}

/// Waits between tries of a call that did not come through, in seconds.
const PAUSES: [i64; 2] = [1, 5];

impl Jeedom {
    /// A client; nothing is asked yet.
    pub fn new(http: SharedHttp, clock: SharedClock, access: Access) -> Self {
        Self {
            http,
            clock,
            access,
            calls: AtomicU64::new(0),
            answered: AtomicBool::new(false),
        }
    }

    /// Calls made so far, repeated ones included.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// The clock that waits are counted by.
    pub(super) fn clock(&self) -> &SharedClock {
        &self.clock
    }

    /// Jeedom's version. It also tells whether the key is right: `ping` does not.
    pub async fn version(&self) -> Result<String, JeedomError> {
        let version = self.call("version", json!({})).await?;
        let version = version.as_str().ok_or(JeedomError::Shape {
            method: "version",
            what: "text",
        })?;
        Ok(clean(version))
    }

    /// Calls a method. All of them may be repeated, as long as the commands keep
    /// every value that they get ([`super::equipment::Mode::None`]).
    pub(super) async fn call(
        &self,
        method: &'static str,
        params: Value,
    ) -> Result<Value, JeedomError> {
        let mut pauses = PAUSES.iter();
        loop {
            let answer = self.once(method, &params).await;
            match (answer, pauses.next()) {
                (Err(error), Some(pause)) if error.is_passing() => {
                    self.clock.sleep(SignedDuration::from_secs(*pause)).await;
                }
                (answer, _) => return answer,
            }
        }
    }

    async fn once(&self, method: &'static str, params: &Value) -> Result<Value, JeedomError> {
        let id = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        let mut params = match params {
            Value::Object(params) => params.clone(),
            _ => Map::new(),
        };
        params.insert("apikey".to_owned(), self.access.key.expose_secret().into());
        if let Some(plugin) = &self.access.plugin {
            params.insert("plugin".to_owned(), plugin.as_str().into());
        }
        let body = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        let request = Request::post(self.address())
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.to_string().into())
            .map_err(|error| service::HttpError::Other(error.to_string()))?;
        let answer = self.http.send(request).await?;
        let result = self.read(method, id, answer.status(), answer.body());
        if !matches!(
            result,
            Err(JeedomError::NotJson { .. } | JeedomError::NotThere { .. })
        ) {
            self.answered.store(true, Ordering::Relaxed);
        }
        result
    }

    fn address(&self) -> String {
        let url = self.access.url.as_str().trim_end_matches('/');
        format!("{url}/core/api/jeeApi.php")
    }

    fn read(
        &self,
        method: &'static str,
        id: u64,
        status: StatusCode,
        body: &[u8],
    ) -> Result<Value, JeedomError> {
        let envelope: Result<Map<String, Value>, _> = serde_json::from_slice(body);
        let Ok(mut envelope) = envelope else {
            return Err(self.no_envelope(status));
        };
        if let Some(error) = envelope.get("error") {
            return Err(refusal::read(method, error, |text| self.hide(text)));
        }
        let ours = envelope.get("id").and_then(number) == Some(id);
        match envelope.remove("result") {
            Some(result) if ours => Ok(result),
            _ => Err(JeedomError::Shape {
                method,
                what: "result",
            }),
        }
    }

    /// A ban is a page with status 404, as a wrong address is.
    fn no_envelope(&self, status: StatusCode) -> JeedomError {
        let status_code = status.as_u16();
        match status {
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN
                if self.answered.load(Ordering::Relaxed) =>
            {
                JeedomError::Banned
            }
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN => JeedomError::NotThere {
                status: status_code,
            },
            _ => JeedomError::NotJson {
                status: status_code,
            },
        }
    }

    /// Jeedom's words without our key, which it may repeat.
    fn hide(&self, text: &str) -> String {
        clean(&text.replace(self.access.key.expose_secret(), "…"))
    }
}

impl fmt::Debug for Jeedom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jeedom")
            .field("access", &self.access)
            .field("calls", &self.calls())
            .finish_non_exhaustive()
    }
}

/// Text of others, short and without control characters.
pub(super) fn clean(text: &str) -> String {
    let text = text.chars().take(200);
    text.map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// A number that may come as text: PHP writes either.
pub(super) fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Text that may come as a number or a truth.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => clean(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "1".to_owned(),
        _ => String::new(),
    }
}
