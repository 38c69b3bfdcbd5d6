//! Whether a change was meant: other sites' forms, missing and foreign tokens,
//! bodies that are too large.

use crate::support::{House, OWNER};

#[tokio::test]
async fn our_own_pages_change_things_by_script_and_by_form() {
    let house = House::open().await;
    let mut browser = house.browser();
    let token = browser.token().await;
    assert_eq!(
        browser.change("/api/v1/things", &token).await.body,
        "changed"
    );
    assert_eq!(
        browser.submit("/", &[("csrf", &token)]).await.body,
        "changed"
    );
    let site = [("sec-fetch-site", "same-origin"), ("x-csrf-token", &*token)];
    assert_eq!(browser.send("POST", "/", &site, "").await.body, "changed");
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing_even_with_a_token() {
    let house = House::open().await;
    let mut browser = house.browser();
    let token = browser.token().await;
    let port = house.address.port();
    let others = [
        "null".to_owned(),
        "http://evil.example".to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("http://127.0.0.1:{}", port ^ 1),
        format!("http://localhost:{port}"),
        format!("http://127.0.0.1:{port}.evil.example"),
        String::new(),
    ];
    for origin in &others {
        let answer = browser
            .submit_from(origin, "/api/v1/things", &[("csrf", &token)])
            .await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (403, "other-site"),
            "{origin}"
        );
    }
    let ours = format!("http://{}", browser.host);
    for site in ["cross-site", "same-site", "none"] {
        let headers = [
            ("origin", &*ours),
            ("sec-fetch-site", site),
            ("x-csrf-token", &*token),
        ];
        let answer = browser.send("POST", "/api/v1/things", &headers, "").await;
        assert_eq!(answer.problem(), "other-site", "{site}");
    }
    let silent = browser
        .send("POST", "/api/v1/things", &[("x-csrf-token", &*token)], "")
        .await;
    assert_eq!(
        silent.problem(),
        "other-site",
        "who says nothing of where they come from"
    );
}

#[tokio::test]
async fn a_missing_a_foreign_and_a_doubled_token_change_nothing() {
    let house = House::open().await;
    let mut browser = house.browser();
    let foreign = house.browser().token().await;
    let token = browser.token().await;
    assert_ne!(foreign, token);
    for wrong in ["", "x", &foreign, &token[1..]] {
        let answer = browser.change("/api/v1/things", wrong).await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (403, "bad-token"),
            "{wrong}"
        );
        let answer = browser.submit("/api/v1/things", &[("csrf", wrong)]).await;
        assert_eq!(answer.problem(), "bad-token", "{wrong}");
    }
    let doubled = [("csrf", &*foreign), ("csrf", &*token)];
    assert_eq!(
        browser.submit("/api/v1/things", &doubled).await.problem(),
        "bad-token"
    );
    assert_eq!(
        browser
            .submit("/api/v1/things", &[("a", "b")])
            .await
            .problem(),
        "bad-token"
    );
    let origin = format!("http://{}", browser.host);
    let plain = [("origin", &*origin), ("content-type", "text/plain")];
    let body = format!("csrf={token}");
    let answer = browser.send("POST", "/api/v1/things", &plain, &body).await;
    assert_eq!(
        answer.problem(),
        "bad-token",
        "a form of another kind carries none"
    );
}

#[tokio::test]
async fn a_token_is_bound_to_its_session() {
    let house = House::locked().await;
    let mut one = house.browser();
    let before = one.get("/login").await.field("csrf");
    one.log_in(OWNER).await;
    let mut two = house.browser();
    two.log_in(OWNER).await;
    let token = one.token().await;
    assert_eq!(
        two.change("/api/v1/things", &token).await.problem(),
        "bad-token"
    );
    assert_eq!(
        one.change("/api/v1/things", &before).await.problem(),
        "bad-token"
    );
    assert_eq!(one.change("/api/v1/things", &token).await.body, "changed");
}

#[tokio::test]
async fn to_be_logged_in_by_another_site_is_refused() {
    let house = House::locked().await;
    let mut browser = house.browser();
    let token = browser.get("/login").await.field("csrf");
    let fields = [("csrf", &*token), ("password", OWNER)];
    let forged = browser
        .submit_from("http://evil.example", "/login", &fields)
        .await;
    assert_eq!(forged.status, 403);
    assert_eq!(
        browser
            .submit("/login", &[("password", OWNER)])
            .await
            .status,
        403
    );
    assert_eq!(browser.get("/api/v1/visitor").await.status, 401);
}

#[tokio::test]
async fn a_form_of_another_site_logs_nobody_out() {
    let house = House::locked().await;
    let mut browser = house.browser();
    browser.log_in(OWNER).await;
    let token = browser.token().await;
    // Browsers send no cookie with it, and would keep one that they are given.
    let mut without = house.browser();
    for path in ["/logout", "/login", "/"] {
        let evil = "http://evil.example";
        let forged = without.submit_from(evil, path, &[("csrf", &token)]).await;
        assert_eq!(forged.all("set-cookie"), [""; 0], "{path}");
    }
    assert_eq!(browser.get("/api/v1/visitor").await.status, 200);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_before_it_is_read_and_after() {
    let house = House::open().await;
    let mut browser = house.browser();
    let token = browser.token().await;
    let origin = format!("http://{}", browser.host);
    let headers = [("origin", &*origin), ("x-csrf-token", &*token)];
    let whole = browser
        .send("POST", "/api/v1/taken", &headers, &"a".repeat(1 << 20))
        .await;
    assert_eq!(whole.body, (1 << 20).to_string());
    let over = "a".repeat((1 << 20) + 1);
    let refused = browser.send("POST", "/api/v1/taken", &headers, &over).await;
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (413, "too-large")
    );
    let upload = browser
        .send("POST", "/api/v1/upload", &headers, &over)
        .await;
    assert_eq!(upload.body, over.len().to_string());
    let length = (65_u64 << 20).to_string();
    let told = [headers[0], headers[1], ("content-length", &*length)];
    let refused = browser.send("POST", "/api/v1/upload", &told, "").await;
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (413, "too-large")
    );
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let form = [headers[0], kind];
    let refused = browser.send("POST", "/api/v1/upload", &form, &over).await;
    assert_eq!(
        refused.problem(),
        "too-large",
        "a form is read for its token"
    );
    let chunked = [headers[0], headers[1], ("transfer-encoding", "chunked")];
    let body = format!("{:x}\r\n{over}\r\n0\r\n\r\n", over.len());
    let refused = browser.send("POST", "/api/v1/taken", &chunked, &body).await;
    assert_eq!(
        refused.problem(),
        "too-large",
        "nobody said how much would come"
    );
}

#[tokio::test]
async fn what_is_left_unread_does_not_take_the_refusal_back() {
    let house = House::open().await;
    let mut browser = house.browser();
    let body = "a".repeat(8 << 20);
    let refused = browser.send("POST", "/api/v1/upload", &[], &body).await;
    assert_eq!(refused.problem(), "other-site");
}
