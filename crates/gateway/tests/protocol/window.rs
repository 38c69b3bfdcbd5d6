//! A browser's window on the pages: it keeps its cookie and the token of the
//! last form that it was shown.

use axum::body::Body;
use http::{Method, Request};

use crate::world::{Answer, World, form_request};

pub struct Window<'a> {
    world: &'a World,
    pub cookie: String,
    csrf: String,
}

impl<'a> Window<'a> {
    pub fn on(world: &'a World) -> Self {
        Self {
            world,
            cookie: String::new(),
            csrf: String::new(),
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let all = [&[("csrf", csrf.as_str())], fields].concat();
        self.send(form_request(path, &all)).await
    }

    /// Types a code and agrees to everything; the way to Enedis.
    pub async fn agrees(&mut self, code: &str) -> Answer {
        self.get("/device").await;
        let page = self.post("/device", &[("code", code)]).await;
        let text = hidden(&page, "text");
        let fields = [
            ("code", code),
            ("text", &text),
            ("seen", "1"),
            ("decision", "accept"),
            ("lang", "fr"),
            ("scope", "daily"),
        ];
        self.post("/device/consent", &fields).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let posted = request.method() == Method::POST;
        let headers = request.headers_mut();
        headers.insert("accept-language", "fr".parse().unwrap());
        if !self.cookie.is_empty() {
            headers.insert("cookie", self.cookie.parse().unwrap());
        }
        if posted {
            headers.insert("origin", "null".parse().unwrap());
            headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
        }
        let answer = self.world.send(request).await;
        if let Some((pair, _)) = answer.header("set-cookie").split_once(';') {
            pair.clone_into(&mut self.cookie);
        }
        let csrf = hidden(&answer, "csrf");
        if !csrf.is_empty() {
            self.csrf = csrf;
        }
        answer
    }
}

/// The value of a hidden field, if the page has it.
pub fn hidden(page: &Answer, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = page.text.split_once(&start).map(|(_, rest)| rest);
    let value = rest.and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_owned()
}
