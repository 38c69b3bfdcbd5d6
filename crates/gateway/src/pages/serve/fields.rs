//! The fields of a form, and whether they come from a page of ours in the same
//! browser.

use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::response::Response;

use super::asker::Asker;
use crate::app::App;
use crate::binding::form_token_fits;
use crate::pages::Ending;

/// A form that this browser was shown, and who sends it.
#[derive(Debug)]
pub(super) struct Sent {
    /// Who sends it, reading the language that the form names.
    pub asker: Asker,
    /// What it holds.
    pub fields: Fields,
}

impl FromRequest<App> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let asker = Asker::from_request_parts(&mut parts, app).await?;
        let same_site = from_our_page(&parts.headers, app);
        let request = Request::from_parts(parts, body);
        let Ok(Form(fields)) = Form::<Vec<(String, String)>>::from_request(request, app).await
        else {
            return Err(asker.end(app, Ending::StaleForm));
        };
        let fields = Fields(fields);
        let asker = asker.reading(fields.one("lang"));
        let browser = asker.visitor.browser.as_ref();
        let fits = browser.is_some_and(|browser| form_token_fits(app, browser, fields.one("csrf")));
        if !same_site || !fits {
            return Err(asker.end(app, Ending::StaleForm));
        }
        Ok(Self { asker, fields })
    }
}

/// Whether the headers allow that the form stood on a page of ours. A browser
/// that hides the referrer says `Origin: null`; `Sec-Fetch-Site` then decides.
fn from_our_page(headers: &HeaderMap, app: &App) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let ours = app.config.public_url.origin().ascii_serialization();
    let origin = text("origin").is_none_or(|origin| origin == "null" || origin == ours);
    let site = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
    origin && site
}

/// Names and values as they were sent.
#[derive(Debug, Default)]
pub(super) struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The fields of a query.
    pub fn of_query(query: &str) -> Self {
        Self(
            url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The value of a field that may be there once; twice is as good as never.
    pub fn one(&self, name: &str) -> &str {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (Some(value), None) => value,
            _ => "",
        }
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let fields = self.0.iter().filter(move |(key, _)| key == name);
        fields.map(|(_, value)| value.as_str())
    }

    /// Whether a field is there more than once.
    pub fn repeats(&self, name: &str) -> bool {
        self.all(name).nth(1).is_some()
    }
}
