//! What changes something, and what somebody hostile may send.

use axum::body::{Body, Bytes};
use http::header::{CONTENT_TYPE, COOKIE, ORIGIN};
use http::request::Builder;
use http::{Method, Request};
use serde_json::Value;

use crate::room::{Room, Said};

const OURS: &str = "http://127.0.0.1:8733";

/// A visitor with their token.
struct Visitor {
    token: String,
    cookie: Option<String>,
}

impl Visitor {
    async fn of(room: &Room) -> Self {
        let said = room.get("en", "/api/v1/session").await;
        let session: Value = serde_json::from_str(&said.text).unwrap();
        let cookie = said.headers.get("set-cookie").map(|line| {
            let line = line.to_str().unwrap();
            line.split(';').next().unwrap().to_owned()
        });
        Self {
            token: session["csrf"].as_str().unwrap().to_owned(),
            cookie,
        }
    }

    fn post(&self, path: &str) -> Builder {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", "127.0.0.1:8733")
            .header("accept-language", "en")
            .header(ORIGIN, OURS)
            .header("x-csrf-token", &self.token);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        request
    }

    async fn json(&self, room: &Room, path: &str, body: &'static str) -> Said {
        let request = self.post(path).header(CONTENT_TYPE, "application/json");
        room.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn files(&self, room: &Room, body: impl Into<Body>) -> Said {
        let kind = "multipart/form-data; boundary=b";
        let request = self.post("/api/v1/import").header(CONTENT_TYPE, kind);
        room.send(request.body(body.into()).unwrap()).await
    }
}

fn problem(said: &Said) -> String {
    let problem: Value = serde_json::from_str(&said.text).unwrap();
    assert_eq!(said.headers["content-type"], "application/problem+json");
    assert_eq!(problem["status"], said.status);
    problem["type"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn nothing_is_changed_without_the_token_of_a_visitor() {
    let room = Room::lived_in();
    let visitor = Visitor::of(&room).await;
    for path in [
        "/api/v1/repair",
        "/api/v1/push",
        "/api/v1/sync",
        "/api/v1/import",
    ] {
        let mut without = visitor.post(path).body(Body::from("{}")).unwrap();
        without.headers_mut().remove("x-csrf-token");
        let said = room.send(without).await;
        assert_eq!(
            (said.status, problem(&said).as_str()),
            (403, "urn:releve:problem:bad-token")
        );
        let mut elsewhere = visitor.post(path).body(Body::from("{}")).unwrap();
        elsewhere
            .headers_mut()
            .insert(ORIGIN, "https://evil.example".parse().unwrap());
        let said = room.send(elsewhere).await;
        assert_eq!(
            (said.status, problem(&said).as_str()),
            (403, "urn:releve:problem:other-site")
        );
        let read = room.get("en", path).await;
        assert_eq!(read.status, 405, "{path} is not read");
    }
}

#[tokio::test]
async fn a_body_that_is_not_what_it_must_be_is_refused_before_anything_is_done() {
    let room = Room::lived_in();
    let visitor = Visitor::of(&room).await;
    for body in [
        "",
        "[]",
        "{}",
        r#"{"from":"2026-11-01"}"#,
        r#"{"from":"2026-11-31","to":"2026-12-01"}"#,
        r#"{"from":"2026-11-02","to":"2026-11-01"}"#,
        r#"{"from":"2026-11-01","to":"2026-11-02","more":1}"#,
        r#"{"from":"2026-11-01","to":"2026-11-02","points":["1"]}"#,
    ] {
        let said = visitor.json(&room, "/api/v1/repair", body).await;
        assert_eq!(said.status, 400, "{body}: {}", said.text);
        assert_eq!(problem(&said), "urn:releve:problem:bad-request");
    }
    // One that is right comes to the hands, which do nothing in this house.
    let right = r#"{"from":"2026-11-01","to":"2026-11-02"}"#;
    let said = visitor.json(&room, "/api/v1/repair", right).await;
    assert!(!said.text.contains("openapi.json"), "{}", said.text);
    let form = visitor
        .post("/api/v1/repair")
        .body(Body::from(right))
        .unwrap();
    assert_eq!(room.send(form).await.status, 415);
}

#[tokio::test]
async fn too_large_an_upload_is_refused_whether_it_says_its_length_or_not() {
    let room = Room::lived_in();
    let visitor = Visitor::of(&room).await;
    let said = visitor
        .post("/api/v1/import")
        .header("content-length", "99999999999")
        .body(Body::empty())
        .unwrap();
    assert_eq!(room.send(said).await.status, 413);
    let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    let piece = Bytes::from(vec![b'1'; 1 << 20]);
    let pieces = std::iter::once(Bytes::from(head)).chain(std::iter::repeat_n(piece, 66));
    let body = Body::from_stream(futures_util::stream::iter(
        pieces.map(Ok::<_, std::io::Error>),
    ));
    let said = visitor.files(&room, body).await;
    assert_eq!(said.status, 413, "{}", said.text);
    assert_eq!(problem(&said), "urn:releve:problem:too-large");
    let said = visitor.files(&room, "--b--\r\n").await;
    assert_eq!(said.status, 400, "no file: {}", said.text);
}

#[tokio::test]
async fn no_address_leads_out_of_the_house() {
    let room = Room::lived_in();
    for path in [
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/0/..%2f..%2fetc%2fpasswd",
        "/assets/..%5c..%5cwindows/win.ini",
        "/assets//etc/passwd",
        "/assets/0/%00",
        "/api/v1/offers/..%2f..%2fetc%2fpasswd",
        "/api/v1/../../etc/passwd",
        "/%2e%2e/releve.toml",
    ] {
        let said = room.get("en", path).await;
        assert!([400, 404].contains(&said.status), "{path}: {}", said.status);
        assert!(!said.text.contains("root:"), "{path}");
    }
}

#[tokio::test]
async fn what_somebody_wrote_is_never_a_part_of_a_page() {
    let foul = "<img src=x onerror=alert(1)>\\\"'</script>";
    let configuration = format!(
        "[[usage_points]]\nprm = \"22516914714270\"\nname = \"{foul}\"\noffer = \"base\"\nsubscribed_kva = 9\n"
    );
    let room = Room::with(&configuration, crate::room::lived_in::fill);
    for path in [
        "/",
        "/history",
        "/costs",
        "/data",
        "/meters",
        "/health",
        "/nowhere%3Cimg%3E",
    ] {
        let said = room.get("en", path).await;
        assert!(!said.text.contains("<img src=x"), "{path}");
        assert!(!said.text.contains("onerror=alert(1)>"), "{path}");
    }
    let query = "/history?period=%3Cscript%3Ealert(1)%3C/script%3E&by=%22onload=x";
    let said = room.get("en", query).await;
    assert!(!said.text.contains("<script>alert"), "{}", said.text);
    // In JSON it is what it is: programs get it as it was written.
    let said = room.get("en", "/api/v1/status").await;
    assert_eq!(said.headers["content-type"], "application/json");
    assert_eq!(said.headers["x-content-type-options"], "nosniff");
}
