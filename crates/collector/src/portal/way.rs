//! The way to the pages: our pace, our count, and redirections step by step,
//! since cookies come with them.

use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use enedis::{Pacing, Problem, Unreachable};
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, USER_AGENT};
use http::{Request, Response};
use jiff::Timestamp;
use service::{HttpError, SharedClock, SharedHttp};
use url::Url;

use super::jar::Jar;
use super::places::Places;
use crate::v5_gateway::OURSELVES;

/// Redirections in a row at most; four were seen.
const REDIRECTIONS: u32 = 12;

pub(super) struct Way {
    http: SharedHttp,
    clock: SharedClock,
    pub(super) places: Places,
    pacing: Pacing,
    calls: AtomicU64,
}

/// A page, where it was in the end, and the `goto` that was seen on the way.
pub(super) struct Page {
    pub label: &'static str,
    pub status: u16,
    pub body: Bytes,
    pub goto: Option<String>,
    /// It leads elsewhere, and was not followed.
    pub leads_away: bool,
}

impl Way {
    pub(super) fn new(http: SharedHttp, clock: SharedClock, places: Places) -> Self {
        Self {
            http,
            clock,
            places,
            pacing: Pacing::new(Some(1)),
            calls: AtomicU64::new(0),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// A page, redirections followed among the portal's own hosts.
    pub(super) async fn follow(
        &self,
        label: &'static str,
        jar: &mut Jar,
        url: Url,
    ) -> Result<Page, Problem> {
        let (mut url, mut goto) = (url, None);
        for _ in 0..REDIRECTIONS {
            let answer = self
                .send(label, jar, Request::get(url.as_str()), &url)
                .await?;
            let Some(next) = location(&answer, &url) else {
                return Ok(page(label, &answer, goto));
            };
            if !self.places.admits(&next) {
                return Err(changed(label, "another host"));
            }
            let said = next.query_pairs().find(|(name, _)| name == "goto");
            goto = said.map(|(_, value)| value.into_owned()).or(goto);
            url = next;
        }
        Err(changed(label, "redirections without end"))
    }

    /// One answer, redirections not followed.
    pub(super) async fn get(
        &self,
        label: &'static str,
        jar: &mut Jar,
        url: &Url,
    ) -> Result<Page, Problem> {
        let answer = self
            .send(label, jar, Request::get(url.as_str()), url)
            .await?;
        Ok(page(label, &answer, None))
    }

    /// One answer to a JSON body, or to none.
    pub(super) async fn post(
        &self,
        label: &'static str,
        jar: &mut Jar,
        url: &Url,
        body: Option<String>,
    ) -> Result<Page, Problem> {
        let request = Request::post(url.as_str())
            .header("X-NoSession", "true")
            .header("X-Username", "anonymous")
            .header("X-Password", "anonymous")
            .header("X-Requested-With", "XMLHttpRequest")
            .header(CONTENT_TYPE, "application/json");
        let body = Bytes::from(body.unwrap_or_default());
        let answer = self.exchange(label, jar, request, (url, body)).await?;
        Ok(page(label, &answer, None))
    }

    async fn send(
        &self,
        label: &'static str,
        jar: &mut Jar,
        request: http::request::Builder,
        url: &Url,
    ) -> Result<Response<Bytes>, Problem> {
        self.exchange(label, jar, request, (url, Bytes::new()))
            .await
    }

    async fn exchange(
        &self,
        label: &'static str,
        jar: &mut Jar,
        request: http::request::Builder,
        (url, body): (&Url, Bytes),
    ) -> Result<Response<Bytes>, Problem> {
        let mut request = request
            .header(ACCEPT, "application/json, text/html;q=0.9")
            .header(USER_AGENT, OURSELVES);
        if let Some(cookies) = jar.header(url) {
            request = request.header(COOKIE, cookies);
        }
        let cause = Unreachable::Other;
        let request = request.body(body);
        let request = request.map_err(|_| Problem::Unreachable { cause })?;
        self.pacing.turn(&*self.clock).await;
        self.calls.fetch_add(1, Ordering::Relaxed);
        let answer = self.http.send(request).await.map_err(|error| match error {
            HttpError::Redirected(_) => changed(label, "another host"),
            error => error.into(),
        })?;
        let status = answer.status().as_u16();
        tracing::debug!(path = label, status, "called the customer portal");
        jar.learn(url, answer.headers());
        // Out of order, or too many calls: as everywhere else at Enedis.
        if status == 429 || status >= 500 {
            let (now, headers) = (self.now(), answer.headers());
            let problem = Problem::classify(now, status, headers, answer.body());
            return Err(problem.unwrap_or(Problem::Outage {
                status,
                detail: String::new(),
                until: None,
            }));
        }
        Ok(answer)
    }
}

impl Page {
    /// Whether the page asks to accept terms.
    pub(super) fn wants_terms(&self) -> bool {
        let text = self.text();
        ["conditions d'utilisation", "conditions générales", "cgu"]
            .iter()
            .any(|words| text.contains(words))
    }

    pub(super) fn wants_captcha(&self) -> bool {
        self.text().contains("captcha")
    }

    fn text(&self) -> String {
        let text = String::from_utf8_lossy(&self.body).to_lowercase();
        text.replace('\u{2019}', "'").replace("&#39;", "'")
    }

    pub(super) fn is_html(&self) -> bool {
        self.body.trim_ascii_start().starts_with(b"<")
    }

    /// The page is not what it was.
    pub(super) fn changed(&self) -> Problem {
        changed(self.label, &self.status.to_string())
    }
}

/// The page is not what it was, and in what.
pub(super) fn changed(label: &str, what: &str) -> Problem {
    Problem::PortalChanged {
        detail: format!("{label}, {what}"),
    }
}

fn page(label: &'static str, answer: &Response<Bytes>, goto: Option<String>) -> Page {
    Page {
        label,
        status: answer.status().as_u16(),
        body: answer.body().clone(),
        goto,
        leads_away: answer.status().is_redirection(),
    }
}

fn location(answer: &Response<Bytes>, from: &Url) -> Option<Url> {
    if !answer.status().is_redirection() {
        return None;
    }
    let text = answer.headers().get(LOCATION)?.to_str().ok()?;
    from.join(text).ok()
}
