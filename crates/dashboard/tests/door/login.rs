//! With a password: sessions, their cookies, their ends; attempts and their
//! limits.

use jiff::SignedDuration;

use crate::support::{House, OWNER, VIEWER, passwords};

#[tokio::test]
async fn nobody_sees_anything_before_they_log_in() {
    let house = House::locked().await;
    let mut browser = house.browser();
    let page = browser.get("/history?day=2026-11-20").await;
    let to = "/login?next=%2Fhistory%3Fday%3D2026-11-20";
    assert_eq!((page.status, page.header("location")), (303, to));
    assert_eq!(browser.get("/").await.header("location"), "/login");
    let api = browser.get("/api/v1/visitor").await;
    assert_eq!((api.status, api.problem().as_str()), (401, "not-signed-in"));
    assert!(
        !api.header("www-authenticate")
            .to_ascii_lowercase()
            .starts_with("basic")
    );
    let token = browser.get("/login").await.field("csrf");
    let change = browser.change("/api/v1/things", &token).await;
    assert_eq!(change.status, 401);
    for path in [
        "//api/v1/visitor",
        "/assets/../api/v1/visitor",
        "/LOGIN",
        "/login/",
    ] {
        let answer = browser.get(path).await;
        assert!(!answer.body.contains("role"), "{path}");
    }
    assert_eq!(
        browser.get("/assets/style.css").await.body,
        "css",
        "the page may be dressed"
    );
}

#[tokio::test]
async fn a_password_opens_a_session_and_leads_back() {
    let house = House::locked().await;
    let mut browser = house.browser();
    let page = browser.get("/login?next=%2Fhistory").await;
    assert_eq!(page.field("next"), "/history");
    let fields = [
        ("csrf", &*page.field("csrf")),
        ("next", "/history"),
        ("password", OWNER),
    ];
    let entered = browser.submit("/login", &fields).await;
    assert_eq!(
        (entered.status, entered.header("location")),
        (303, "/history")
    );
    assert_eq!(browser.get("/api/v1/visitor").await.json()["role"], "owner");
    assert_eq!(
        browser.get("/login").await.header("location"),
        "/",
        "already in"
    );
}

#[tokio::test]
async fn the_way_back_never_leaves_this_site() {
    let house = House::locked().await;
    for evil in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/a\r\nx: y",
    ] {
        let mut browser = house.browser();
        let token = browser.get("/login").await.field("csrf");
        let fields = [("csrf", &*token), ("next", evil), ("password", OWNER)];
        let entered = browser.submit("/login", &fields).await;
        assert_eq!(entered.header("location"), "/", "{evil}");
    }
}

#[tokio::test]
async fn the_cookie_is_for_this_host_and_for_no_script() {
    let house = House::locked().await;
    let mut browser = house.browser();
    let entered = browser.log_in(OWNER).await;
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("releve="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    let number = cookie.split(['=', ';']).nth(1).unwrap();
    assert_eq!(number.len(), 43, "256 bits");
}

#[tokio::test]
async fn a_number_planted_before_is_worth_nothing_afterwards() {
    let house = House::locked().await;
    let mut attacker = house.browser();
    attacker.get("/login").await;
    let planted = attacker.cookies["releve"].clone();
    let mut victim = house.browser();
    victim.cookies.insert("releve".to_owned(), planted.clone());
    assert_eq!(victim.log_in(OWNER).await.status, 303);
    assert_ne!(victim.cookies["releve"], planted, "a new number");
    assert_eq!(victim.get("/api/v1/visitor").await.status, 200);
    assert_eq!(attacker.get("/api/v1/visitor").await.status, 401);
    // To log in again ends the session before.
    let first = victim.clone();
    let token = victim.token().await;
    let fields = [("csrf", &*token), ("password", VIEWER)];
    assert_eq!(victim.submit("/login", &fields).await.status, 303);
    assert_eq!(first.clone().get("/api/v1/visitor").await.status, 401);
    assert_eq!(victim.get("/api/v1/visitor").await.json()["role"], "viewer");
}

#[tokio::test]
async fn to_log_out_ends_the_session_and_takes_the_cookie_back() {
    let house = House::locked().await;
    let mut browser = house.browser();
    browser.log_in(OWNER).await;
    let stolen = browser.clone();
    let token = browser.token().await;
    assert_eq!(
        browser.get("/logout").await.status,
        405,
        "no link logs anybody out"
    );
    let left = browser.submit("/logout", &[("csrf", &token)]).await;
    assert_eq!((left.status, left.header("location")), (303, "/login"));
    let cookie = left.header("set-cookie");
    assert!(
        cookie.starts_with("releve=;") && cookie.contains("Max-Age=0"),
        "{cookie}"
    );
    assert_eq!(stolen.clone().get("/api/v1/visitor").await.status, 401);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_when_it_is_old() {
    let house = House::locked().await;
    let mut browser = house.browser();
    browser.log_in(OWNER).await;
    house.clock.advance(SignedDuration::from_hours(7 * 24 - 1));
    assert_eq!(browser.get("/api/v1/visitor").await.status, 200);
    house.clock.advance(SignedDuration::from_hours(7 * 24));
    assert_eq!(browser.get("/api/v1/visitor").await.status, 401);
    browser.log_in(OWNER).await;
    for _ in 0..5 {
        assert_eq!(browser.get("/api/v1/visitor").await.status, 200);
        house.clock.advance(SignedDuration::from_hours(6 * 24));
    }
    assert_eq!(browser.get("/api/v1/visitor").await.status, 401);
}

#[tokio::test]
async fn a_viewer_looks_and_changes_nothing() {
    let house = House::locked().await;
    let mut browser = house.browser();
    browser.log_in(VIEWER).await;
    assert_eq!(browser.get("/api/v1/things").await.body, "[]");
    let token = browser.token().await;
    for method in ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"] {
        let origin = format!("http://{}", browser.host);
        let headers = [("origin", origin.as_str()), ("x-csrf-token", &token)];
        let answer = browser.send(method, "/api/v1/things", &headers, "").await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (403, "viewer-only"),
            "{method}"
        );
    }
    assert_eq!(
        browser.submit("/logout", &[("csrf", &token)]).await.status,
        303
    );
}

#[tokio::test]
async fn a_wrong_password_says_so_and_after_five_one_waits() {
    let house = House::locked().await;
    let mut browser = house.browser();
    let wrong = browser.log_in("not the password").await;
    assert_eq!(wrong.status, 403);
    assert!(wrong.body.contains("role=\"alert\"") && wrong.body.contains("aria-invalid"));
    assert!(!wrong.body.contains("not the password"));
    for _ in 0..4 {
        assert_eq!(browser.log_in("").await.status, 403);
    }
    let limited = browser.log_in(OWNER).await;
    assert_eq!((limited.status, limited.header("retry-after")), (429, "30"));
    let mut neighbour = house.browser();
    neighbour.from = [127, 0, 0, 9];
    assert_eq!(neighbour.log_in(OWNER).await.status, 303, "another line");
    house.clock.advance(SignedDuration::from_secs(30));
    assert_eq!(browser.log_in(OWNER).await.status, 303);
    for _ in 0..5 {
        let mut again = house.browser();
        assert_eq!(
            again.log_in("").await.status,
            403,
            "who was right starts afresh"
        );
    }
}

#[tokio::test]
async fn lines_together_are_limited_and_who_forges_one_is_not_another() {
    let house = House::locked().await;
    for line in 1..=6 {
        let mut browser = house.browser();
        browser.from = [127, 0, 1, line];
        let token = browser.get("/login").await.field("csrf");
        for _ in 0..5 {
            let fields = [("csrf", &*token), ("password", "")];
            assert_eq!(browser.submit("/login", &fields).await.status, 403);
        }
    }
    let mut browser = house.browser();
    browser.from = [127, 0, 1, 7];
    assert_eq!(browser.log_in(OWNER).await.status, 429, "thirty at once");
    house.clock.advance(SignedDuration::from_secs(3600));
    let origin = format!("http://{}", browser.host);
    let token = browser.get("/login").await.field("csrf");
    for hop in 0..6 {
        let forged = format!("203.0.113.{hop}");
        let kind = "application/x-www-form-urlencoded";
        let headers = [
            ("origin", origin.as_str()),
            ("content-type", kind),
            ("x-forwarded-for", &forged),
            ("x-csrf-token", &token),
        ];
        let answer = browser.send("POST", "/login", &headers, "password=x").await;
        assert_eq!(answer.status, if hop < 5 { 403 } else { 429 });
    }
}

#[tokio::test]
async fn a_password_guards_on_a_loopback_address_too() {
    let house = House::with(passwords).await;
    let mut browser = house.browser();
    assert_eq!(browser.get("/api/v1/visitor").await.status, 401);
    let rebound = browser
        .get_with("/login", &[("host", "evil.example")])
        .await;
    assert_eq!(rebound.status, 421);
    assert_eq!(browser.log_in(OWNER).await.status, 303);
    assert!(!browser.get("/api/v1/visitor").await.body.is_empty());
}

#[tokio::test]
async fn the_page_to_log_in_is_simple_and_in_the_readers_language() {
    let house = House::locked().await;
    let mut browser = house.browser();
    let french = browser
        .get_with("/login", &[("accept-language", "fr-FR,fr;q=0.9")])
        .await;
    assert!(french.body.contains("<html lang=\"fr\">") && french.body.contains("Mot de passe"));
    assert!(french.body.contains("autocomplete=\"current-password\""));
    assert!(!french.body.contains("<script") && !french.body.contains("style="));
    let english = browser
        .get("/login?lang=en&next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        .await;
    assert!(english.body.contains("<html lang=\"en\">"));
    assert!(!english.body.contains("<script"), "{}", english.body);
}
