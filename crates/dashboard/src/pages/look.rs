//! Language and light, chosen on any page and kept in cookies of their own.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Form, Router};
use http::header::SET_COOKIE;
use serde::Deserialize;

use crate::caller::Caller;
use crate::house::House;

pub(super) fn router() -> Router<House> {
    Router::new().route("/look", post(choose))
}

#[derive(Deserialize)]
struct Choice {
    lang: Option<String>,
    theme: Option<String>,
    back: Option<String>,
}

async fn choose(State(_): State<House>, caller: Caller, Form(choice): Form<Choice>) -> Response {
    let chosen = [
        ("lang", choice.lang, &["fr", "en"][..]),
        ("theme", choice.theme, &["system", "light", "dark"][..]),
    ];
    let mut response = caller.go(&back(choice.back.as_deref()));
    for (name, value, known) in chosen {
        let Some(value) = value.filter(|value| known.contains(&value.as_str())) else {
            continue;
        };
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
        if let Ok(cookie) = cookie.parse() {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    response.into_response()
}

/// Where the visitor was: a path of ours, never another host.
pub(super) fn back(asked: Option<&str>) -> String {
    let asked = asked.unwrap_or("/");
    let ours = asked.starts_with('/')
        && !asked.starts_with("//")
        && !asked.contains(['\\', '\r', '\n'])
        && asked.is_ascii();
    if ours {
        asked.to_owned()
    } else {
        "/".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_a_page_of_ours_only() {
        assert_eq!(back(Some("/costs?by=month")), "/costs?by=month");
        for foul in [
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "",
            "/a\r\nb",
        ] {
            assert_eq!(back(Some(foul)), "/", "{foul}");
        }
    }
}
