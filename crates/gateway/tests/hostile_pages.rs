//! Hostile inputs that concern the pages, each with what must come of it.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/town.rs"]
mod town;

use axum::body::Body;
use axum::http::Request;
use simulator::Mode;
use town::{Browser, HOME, LINE, Town, ZOE, form};

const SCRIPT: &str = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";

async fn town() -> Town {
    Town::of(Mode::V2026).await
}

#[tokio::test]
async fn h04_a_form_of_a_megabyte_or_of_5000_fields_is_refused() {
    let town = town().await;
    let mut browser = Browser::on(&town, LINE);
    browser.get("/device").await;
    let big = "B".repeat(1 << 20);
    assert!((400..500).contains(&browser.post("/device", &[("code", &big)]).await.status));
    let many: Vec<(&str, &str)> = vec![("code", "B"); 5000];
    assert!((400..500).contains(&browser.post("/device", &many).await.status));
}

#[tokio::test]
async fn h07_after_ten_wrong_codes_a_line_waits_and_others_do_not() {
    let town = town().await;
    let (_, user_code) = town.box_asks().await;
    let mut guesser = Browser::on(&town, "198.51.100.66");
    guesser.get("/device").await;
    for _ in 0..10 {
        let seen = guesser.post("/device", &[("code", "BBBB-BBBB")]).await;
        assert_eq!(seen.status, 400);
        assert!(seen.html.contains("Aucune demande ne correspond à ce code"));
    }
    let stopped = guesser.post("/device", &[("code", "BBBB-BBBB")]).await;
    assert_eq!(stopped.status, 429);
    assert_eq!(stopped.headers["retry-after"], "600");
    assert_eq!(stopped.title(), "Trop de codes inconnus");
    let even_right = guesser.post("/device", &[("code", &user_code)]).await;
    assert_eq!(even_right.status, 429);
    let mut owner = Browser::on(&town, LINE);
    owner.get("/device").await;
    assert_eq!(
        owner.post("/device", &[("code", &user_code)]).await.title(),
        "Votre accord"
    );
}

#[tokio::test]
async fn h09_a_right_code_among_the_wrong_ones_resets_nothing() {
    let town = town().await;
    let (_, own) = town.box_asks().await;
    let mut guesser = Browser::on(&town, LINE);
    guesser.get("/device").await;
    for n in 0..10 {
        if n == 8 {
            assert_eq!(guesser.post("/device", &[("code", &own)]).await.status, 200);
        }
        assert_eq!(
            guesser
                .post("/device", &[("code", "BBBB-BBBB")])
                .await
                .status,
            400
        );
    }
    assert_eq!(guesser.post("/device", &[("code", &own)]).await.status, 429);
}

#[tokio::test]
async fn h10_a_code_is_read_through_what_people_and_attackers_put_around_it() {
    let town = town().await;
    let (_, code) = town.box_asks().await;
    let mut browser = Browser::on(&town, LINE);
    browser.get("/device").await;
    let wide: String = code
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
        .collect();
    let spread: String = code.chars().flat_map(|c| [c, ' ']).collect();
    for typed in [
        code.to_lowercase(),
        wide,
        spread,
        format!("\u{200f}{code}\u{202e}"),
    ] {
        let seen = browser.post("/device", &[("code", &typed)]).await;
        assert_eq!(seen.title(), "Votre accord", "{typed:?}");
    }
    for typed in [
        "\0",
        "é",
        "%",
        &"B".repeat(33),
        &"B".repeat(7000),
        "1234-5678",
    ] {
        let seen = browser.post("/device", &[("code", typed)]).await;
        assert_eq!(seen.status, 400);
        assert!(seen.html.contains("id=\"code-fault\""), "{}", seen.html);
    }
}

#[tokio::test]
async fn h11_whatever_comes_in_an_address_is_shown_escaped_or_not_at_all() {
    let town = town().await;
    let mut browser = Browser::on(&town, LINE);
    let evil: String = url::form_urlencoded::byte_serialize(SCRIPT.as_bytes()).collect();
    for path in [
        format!("/device?code={evil}"),
        format!("/device?user_code={evil}&state={evil}"),
        format!("/auth/verify_code?code={evil}&state={evil}"),
        format!("/auth/redirect?state={evil}&code={evil}"),
        format!("/auth/redirect?error={evil}&error_description={evil}&state={evil}"),
        format!("/auth/redirect?error={evil}&error_description={evil}"),
        format!("/{evil}"),
        format!("/device?lang={evil}"),
    ] {
        let seen = browser.get(&path).await;
        assert!(!seen.html.contains("<script>"), "{path}: {}", seen.html);
        assert!(!seen.html.contains("<img"), "{path}");
        let policy = seen.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}");
        assert!(
            !policy.contains("unsafe") && !policy.contains("script-src"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn h12_a_form_from_elsewhere_changes_nothing() {
    let town = town().await;
    let (device_code, user_code) = town.box_asks().await;
    let deny = [("code", user_code.as_str()), ("decision", "refuse")];

    let mut owner = Browser::on(&town, LINE);
    owner.get("/device").await;
    let good = owner.csrf.clone();
    for foreign in ["", "AAAA", "é", &good[1..]] {
        owner.csrf = foreign.to_owned();
        assert_eq!(
            owner.post("/device/consent", &deny).await.status,
            403,
            "{foreign:?}"
        );
    }
    let mut other = Browser::on(&town, LINE);
    other.get("/device").await;
    other.csrf = good.clone();
    assert_eq!(other.post("/device/consent", &deny).await.status, 403);
    owner.csrf = good.clone();
    owner.origin = Some("https://evil.example");
    assert_eq!(owner.post("/device/consent", &deny).await.status, 403);
    let mut without = Browser::on(&town, LINE);
    without.csrf = good;
    assert_eq!(without.post("/device/consent", &deny).await.status, 403);

    let twice = form("/device/consent", &[("csrf", "a"), ("csrf", "b")]);
    assert_eq!(town.send(LINE, twice).await.status, 403);
    let json = Request::post("/device").header("content-type", "application/json");
    let json = json.body(Body::from("{}")).unwrap();
    assert_eq!(town.send(LINE, json).await.status, 403);
    assert_eq!(
        town.box_polls(&device_code).await.1["error"],
        "authorization_pending"
    );
}

#[tokio::test]
async fn h13_every_answer_refuses_to_be_framed() {
    let town = town().await;
    let mut browser = Browser::on(&town, LINE);
    for path in [
        "/",
        "/device",
        "/manage",
        "/device/status",
        "/auth/redirect",
        "/nowhere",
    ] {
        let seen = browser.get(path).await;
        assert_eq!(seen.headers["x-frame-options"], "DENY", "{path}");
        let policy = seen.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(seen.headers["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(seen.headers["cache-control"], "no-store", "{path}");
    }
}

#[tokio::test]
async fn h14_the_older_link_shows_the_page_and_leads_nowhere_by_itself() {
    let town = town().await;
    let (device_code, user_code) = town.box_asks().await;
    let mut browser = Browser::on(&town, LINE);
    let seen = browser
        .get(&format!("/auth/verify_code?code={user_code}&state="))
        .await;
    assert_eq!((seen.status, seen.title()), (200, "Votre accord"));
    assert!(!seen.headers.contains_key("location"));
    assert_eq!(
        town.box_polls(&device_code).await.1["error"],
        "authorization_pending"
    );
}

#[tokio::test]
async fn h15_a_return_without_its_one_state_is_refused_and_consumes_nothing() {
    let town = town().await;
    let (_, user_code) = town.box_asks().await;
    let mut browser = Browser::on(&town, LINE);
    let left = browser.agrees(&user_code, &["daily"]).await;
    let back = town.at_enedis(left.to(), ZOE, "accept").await;
    let long = "s".repeat(101);
    for query in [
        String::new(),
        "autorisation_id=7".to_owned(),
        "autorisation_id=7&state=".to_owned(),
        "autorisation_id=7&state=unknown".to_owned(),
        format!("autorisation_id=7&state={long}"),
        "autorisation_id=7&state=a&state=b".to_owned(),
    ] {
        let seen = browser.get(&format!("/auth/redirect?{query}")).await;
        assert_eq!(seen.status, 400, "{query}: {}", seen.html);
        assert_eq!(
            seen.title(),
            "Nous ne reconnaissons pas cette réponse",
            "{query}"
        );
    }
    let own = browser.get(&back).await;
    assert_eq!(own.status, 303);
    let other = back.replace("autorisation_id=", "autorisation_id=9");
    let refused = browser.get(&other).await;
    assert_eq!(refused.status, 400, "{}", refused.html);
    assert_eq!(
        refused.title(),
        "Cette demande a déjà reçu une autre réponse"
    );
    assert_eq!(browser.get(&back).await.status, 303);
}

#[tokio::test]
async fn h16_another_browser_with_the_right_state_gets_nothing_and_its_owner_goes_on() {
    let town = town().await;
    let (_, user_code) = town.box_asks().await;
    let mut owner = Browser::on(&town, LINE);
    let left = owner.agrees(&user_code, &["daily"]).await;
    let back = town.at_enedis(left.to(), ZOE, "accept").await;
    let mut thief = Browser::on(&town, LINE);
    let seen = thief.get(&back).await;
    assert_eq!(seen.status, 400);
    assert_eq!(
        seen.title(),
        "Ouvrez cette page dans le navigateur de départ"
    );
    thief.get("/device").await;
    assert_eq!(thief.get(&back).await.status, 400);
    assert_eq!(owner.get(&back).await.status, 303);
    town.a_minute_passes().await;
    assert_eq!(
        owner.get("/device/status").await.title(),
        "Votre accord est enregistré"
    );
}

#[tokio::test]
async fn h22_a_refusal_forged_by_a_third_party_ends_nothing() {
    let town = town().await;
    let (device_code, user_code) = town.box_asks().await;
    let mut owner = Browser::on(&town, LINE);
    let left = owner.agrees(&user_code, &["daily"]).await;
    let state = left
        .to()
        .split("state=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let mut thief = Browser::on(&town, "198.51.100.66");
    for query in [
        "error=access_denied".to_owned(),
        "error=access_denied&state=x".to_owned(),
        format!("error=access_denied&state={state}"),
    ] {
        assert_eq!(
            thief.get(&format!("/auth/redirect?{query}")).await.status,
            400
        );
    }
    assert_eq!(
        town.box_polls(&device_code).await.1["error"],
        "authorization_pending"
    );
    let back = town.at_enedis(left.to(), ZOE, "accept").await;
    assert_eq!(owner.get(&back).await.status, 303);
}

#[tokio::test]
async fn h23_malformed_returns_of_enedis_are_explained() {
    let town = town().await;
    let mut browser = Browser::on(&town, LINE);
    for path in [
        "/auth/redirect/IdPrm=&code=server_error&error_description=server_error&",
        "/auth/redirect?code=500&error=server_error&error_description=lincs-internal-server-error",
        "/auth/redirect?error=demande_non_aboutie",
    ] {
        let seen = browser.get(path).await;
        assert_eq!(seen.status, 400, "{path}");
        assert_eq!(seen.title(), "Enedis a rencontré une erreur", "{path}");
        assert!(seen.html.contains("Recommencer"), "{path}");
    }
}

#[tokio::test]
async fn h24_no_address_of_a_request_decides_where_a_browser_goes() {
    let town = town().await;
    let (_, user_code) = town.box_asks().await;
    let mut browser = Browser::on(&town, LINE);
    let path = "/device?redirect_uri=https://evil.example&next=//evil.example&redirect=%5Cevil";
    let seen = browser.get(path).await;
    assert!(!seen.html.contains("evil"), "{}", seen.html);
    let left = browser.agrees(&user_code, &["daily"]).await;
    assert!(
        left.to().starts_with("http://enedis.test/"),
        "{}",
        left.to()
    );

    let (_, user_code) = town.box_asks().await;
    let mut browser = Browser::on(&town, LINE);
    browser.get("/device").await;
    let fields = [
        ("csrf", browser.csrf.as_str()),
        ("code", user_code.as_str()),
        ("decision", "refuse"),
        ("redirect_uri", "https://evil.example"),
    ];
    let mut request = form("/device/consent", &fields);
    let headers = request.headers_mut();
    for name in ["host", "x-forwarded-host", "x-original-url", "forwarded"] {
        headers.insert(name, "evil.example".parse().unwrap());
    }
    headers.insert("cookie", browser.cookie.as_ref().unwrap().parse().unwrap());
    let seen = town.send(LINE, request).await;
    assert_eq!(seen.to(), format!("{HOME}/device/refused?lang=fr"));
}

#[tokio::test]
async fn h38_other_methods_are_refused_by_name() {
    let town = town().await;
    for (method, path) in [
        ("PUT", "/device"),
        ("DELETE", "/manage"),
        ("TRACE", "/"),
        ("GET", "/device/consent"),
    ] {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .body(Body::empty());
        let seen = town.send(LINE, request.unwrap()).await;
        assert_eq!(seen.status, 405, "{method} {path}");
        assert!(seen.headers.contains_key("allow"), "{method} {path}");
    }
}
