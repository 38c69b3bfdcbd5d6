//! On a loopback address: open to whoever sits at the machine, closed to other
//! sites' names and to what proxies pass on.

use crate::support::House;

#[tokio::test]
async fn whoever_sits_at_the_machine_owns_it() {
    let house = House::open().await;
    let seen = house.browser().get("/api/v1/visitor").await;
    assert_eq!(seen.json()["role"], "owner");
    assert_eq!(seen.json()["user"], serde_json::Value::Null);
    let mut browser = house.browser();
    let page = browser.get("/login").await;
    assert_eq!(
        (page.status, page.header("location")),
        (303, "/"),
        "there is no password"
    );
}

#[tokio::test]
async fn a_name_that_somebody_else_has_pointed_here_is_not_answered() {
    let house = House::with(|config| config.names = vec!["releve.lan".to_owned()]).await;
    let mut browser = house.browser();
    let port = house.address.port();
    for ours in [
        format!("localhost:{port}"),
        "releve.lan".to_owned(),
        format!("[::1]:{port}"),
    ] {
        assert_eq!(
            browser.get_with("/", &[("host", &ours)]).await.status,
            200,
            "{ours}"
        );
    }
    for other in [
        "evil.example",
        "192.168.1.7",
        "localhost.evil.example",
        "",
        "a b",
    ] {
        let answer = browser
            .get_with("/api/v1/visitor", &[("host", other)])
            .await;
        // The last two are refused before they reach the door.
        assert!(
            matches!(answer.status, 421 | 400),
            "{other}: {}",
            answer.status
        );
        assert!(!answer.body.contains("owner"), "{other}");
    }
    let answer = browser
        .get_with("/api/v1/visitor", &[("host", "evil.example")])
        .await;
    assert_eq!(answer.problem(), "unknown-host");
    let twice = [("host", "localhost"), ("host", "evil.example")];
    assert!(matches!(
        browser.get_with("/", &twice).await.status,
        421 | 400
    ));
    let line = "GET http://evil.example/api/v1/visitor HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let answer = crate::support::speak(house.address, [127, 0, 0, 1], line).await;
    assert_eq!(answer.status, 421, "the address decides over the header");
}

#[tokio::test]
async fn what_a_proxy_passes_on_is_not_whoever_sits_at_the_machine() {
    let house = House::open().await;
    for mark in [
        "x-forwarded-for",
        "forwarded",
        "via",
        "x-real-ip",
        "x-forwarded-host",
    ] {
        let answer = house
            .browser()
            .get_with("/api/v1/visitor", &[(mark, "203.0.113.9")])
            .await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (403, "passed-on"),
            "{mark}"
        );
    }
}

#[tokio::test]
async fn every_answer_keeps_the_page_to_itself() {
    let house = House::locked().await;
    let mut browser = house.browser();
    let answers = [
        browser.get("/").await,
        browser.get("/login").await,
        browser.get("/assets/style.css").await,
        browser.get("/assets/none.css").await,
        browser.get("/api/v1/things").await,
        browser.get("/none").await,
        browser.change("/", "wrong").await,
    ];
    for answer in answers {
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{policy}"
        );
        assert!(
            policy.contains("frame-ancestors 'none'; base-uri 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe") && !policy.contains("data:") && !policy.contains('*'));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert_eq!(answer.header("server"), "");
    }
    assert_eq!(
        browser.get("/login").await.header("cache-control"),
        "no-store"
    );
    let asset = browser.get("/assets/style.css").await;
    assert_eq!(
        (asset.status, asset.header("cache-control")),
        (200, "max-age=9")
    );
    assert_eq!(
        asset.all("set-cookie"),
        [""; 0],
        "what is cached holds nobody's cookie"
    );
}

#[tokio::test]
async fn programs_are_told_problems_and_people_are_shown_pages_in_their_language() {
    let house = House::open().await;
    let mut browser = house.browser();
    let none = browser.get("/api/v1/none").await;
    assert_eq!((none.status, none.problem().as_str()), (404, "not-found"));
    let method = browser.send("PUT", "/api/v1/things", &[], "").await;
    assert_eq!(method.problem(), "other-site");
    let token = browser.token().await;
    let origin = format!("http://{}", browser.host);
    let headers = [("origin", origin.as_str()), ("x-csrf-token", &token)];
    let method = browser.send("PUT", "/api/v1/things", &headers, "").await;
    assert_eq!((method.status, method.problem().as_str()), (405, "method"));
    assert_eq!(method.header("allow"), "GET,HEAD,POST");
    let inner = browser.get("/api/v1/cut").await;
    assert_eq!((inner.status, inner.problem().as_str()), (400, "malformed"));
    let french = browser
        .get_with("/none", &[("accept-language", "fr")])
        .await;
    assert_eq!(french.status, 404);
    assert!(
        french.body.contains("<html lang=\"fr\">") && french.body.contains("Il n’y a rien ici")
    );
    let english = browser
        .get_with("/none", &[("accept-language", "en-GB")])
        .await;
    assert!(english.body.contains("<html lang=\"en\">"));
    assert!(english.body.contains("There is nothing here"));
    let trace = browser.send("TRACE", "/", &[], "").await;
    assert_eq!(trace.status, 405);
}
