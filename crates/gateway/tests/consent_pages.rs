//! From the code of a box to its tokens, as the person and the box see it.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/town.rs"]
mod town;

use simulator::Mode;
use town::{Browser, HOME, LINE, Town, ZOE, field};

const BOTH: [Mode; 2] = [Mode::V2026, Mode::V5];

/// The whole way, up to the page that says how it ended.
async fn consent<'a>(town: &'a Town, decision: &str) -> (Browser<'a>, String, String) {
    let (device_code, user_code) = town.box_asks().await;
    let mut browser = Browser::on(town, LINE);
    let left = browser.agrees(&user_code, &["daily", "curve"]).await;
    assert_eq!(left.status, 303, "{}", left.html);
    let back = town.at_enedis(left.to(), ZOE, decision).await;
    let returned = browser.get(&back).await;
    assert_eq!(returned.status, 303, "{}", returned.html);
    assert_eq!(returned.to(), format!("{HOME}/device/status?lang=fr"));
    (browser, device_code, back)
}

#[tokio::test]
async fn a_person_goes_from_the_code_to_a_recorded_consent_in_both_generations() {
    for mode in BOTH {
        let town = Town::of(mode).await;
        let (mut browser, device_code, _) = consent(&town, "accept").await;
        let waiting = browser.get("/device/status").await;
        assert_eq!(waiting.title(), "Votre demande est en cours");
        assert_eq!(
            town.box_polls(&device_code).await.1["error"],
            "authorization_pending"
        );
        town.a_minute_passes().await;
        let done = browser.get("/device/status").await;
        assert_eq!(done.title(), "Votre accord est enregistré", "{mode:?}");
        for word in [
            "Maison",
            "2251••••••4270",
            "Totaux par jour",
            "Courbe demi-horaire",
        ] {
            assert!(done.html.contains(word), "{word}: {}", done.html);
        }
        assert!(!done.html.contains("Puissance maximale"));
        let (status, tokens) = town.box_polls(&device_code).await;
        assert_eq!((status, &tokens["scope"]), (200, &"daily curve".into()));
    }
}

#[tokio::test]
async fn the_return_may_be_loaded_again_and_shows_the_same() {
    let town = Town::of(Mode::V2026).await;
    let (mut browser, _, back) = consent(&town, "accept").await;
    let again = browser.get(&back).await;
    assert_eq!(
        (again.status, again.to()),
        (303, "https://releve.example/device/status?lang=fr")
    );
    town.a_minute_passes().await;
    let again = browser.get(&back).await;
    assert_eq!(again.status, 303, "{}", again.html);
    assert_eq!(
        browser.get("/device/status").await.title(),
        "Votre accord est enregistré"
    );
}

#[tokio::test]
async fn who_refuses_here_never_leaves_for_enedis_and_the_box_is_told() {
    let town = Town::of(Mode::V2026).await;
    let (device_code, user_code) = town.box_asks().await;
    let mut browser = Browser::on(&town, LINE);
    browser.get("/device").await;
    browser.post("/device", &[("code", &user_code)]).await;
    let refused = browser
        .post(
            "/device/consent",
            &[("code", &user_code), ("decision", "refuse")],
        )
        .await;
    assert_eq!(refused.to(), format!("{HOME}/device/refused?lang=fr"));
    assert_eq!(
        browser.get("/device/refused").await.title(),
        "Vous n’avez pas donné votre accord"
    );
    assert_eq!(
        town.box_polls(&device_code).await.1["error"],
        "access_denied"
    );
}

#[tokio::test]
async fn who_refuses_at_enedis_reads_it_and_the_box_is_told() {
    for mode in BOTH {
        let town = Town::of(mode).await;
        let (mut browser, device_code, _) = consent(&town, "refuse").await;
        let end = browser.get("/device/status").await;
        assert_eq!(end.title(), "Vous n’avez pas donné votre accord");
        assert_eq!(
            town.box_polls(&device_code).await.1["error"],
            "access_denied"
        );
    }
}

#[tokio::test]
async fn agreeing_without_ticks_shows_what_is_missing_and_changes_nothing() {
    let town = Town::of(Mode::V2026).await;
    let (device_code, user_code) = town.box_asks().await;
    let mut browser = Browser::on(&town, LINE);
    browser.get("/device").await;
    let page = browser.post("/device", &[("code", &user_code)]).await;
    let text = field(&page.html, "text").unwrap();
    let fields = [
        ("code", user_code.as_str()),
        ("text", &text),
        ("decision", "accept"),
    ];
    let again = browser.post("/device/consent", &fields).await;
    assert_eq!(again.status, 400);
    assert!(again.html.contains("Cochez au moins une sorte de données"));
    assert!(
        again
            .html
            .contains("Cochez cette case si vous voyez ce code")
    );
    let only = [("scope", "production"), ("seen", "1")];
    let again = browser
        .post("/device/consent", &[&fields[..], &only].concat())
        .await;
    assert!(
        again
            .html
            .contains("La production s’ajoute aux autres cases")
    );
    assert_eq!(
        town.box_polls(&device_code).await.1["error"],
        "authorization_pending"
    );
}

#[tokio::test]
async fn a_page_that_was_not_shown_cannot_be_agreed_to() {
    let town = Town::of(Mode::V2026).await;
    let (_, user_code) = town.box_asks().await;
    let mut browser = Browser::on(&town, LINE);
    browser.get("/device").await;
    let fields = [
        ("code", user_code.as_str()),
        ("text", "another page"),
        ("seen", "1"),
        ("scope", "daily"),
        ("decision", "accept"),
    ];
    let again = browser.post("/device/consent", &fields).await;
    assert_eq!(again.status, 400);
    assert!(again.html.contains("La page a changé"));
}

#[tokio::test]
async fn a_code_in_the_address_is_filled_in_at_home_and_typed_elsewhere() {
    let town = Town::of(Mode::V2026).await;
    let (_, user_code) = town.box_asks().await;
    let at_home = Browser::on(&town, LINE)
        .get(&format!("/device?user_code={user_code}"))
        .await;
    assert!(at_home.html.contains(&user_code));
    let mut phone = Browser::on(&town, "198.51.100.77");
    let elsewhere = phone.get(&format!("/device?user_code={user_code}")).await;
    assert!(!elsewhere.html.contains(&user_code), "{}", elsewhere.html);
    assert!(
        elsewhere
            .html
            .contains("une autre connexion internet que la vôtre")
    );
    let typed = phone
        .post("/device", &[("code", &user_code.to_lowercase())])
        .await;
    assert!(
        typed
            .html
            .contains("vous n’utilisez pas la même connexion internet")
    );
    assert!(typed.html.contains("203.0.113.0/24"));
}

#[tokio::test]
async fn a_consent_is_seen_exported_and_withdrawn_by_the_browser_that_gave_it() {
    let town = Town::of(Mode::V2026).await;
    let (mut browser, device_code, _) = consent(&town, "accept").await;
    town.a_minute_passes().await;
    let (_, tokens) = town.box_polls(&device_code).await;
    let page = browser.get("/manage").await;
    assert!(page.html.contains("2251••••••4270"), "{}", page.html);
    let id = field(&page.html, "consent").unwrap();
    let file = browser
        .post("/manage/export", &[("consent", &id), ("format", "json")])
        .await;
    assert_eq!(file.headers["content-type"], "application/json");
    let held: serde_json::Value = serde_json::from_str(&file.html).unwrap();
    assert!(held.is_object(), "{held}");
    let gone = browser
        .post("/manage/withdraw", &[("consent", &id), ("lang", "fr")])
        .await;
    assert_eq!(gone.to(), format!("{HOME}/manage/withdrawn?lang=fr"));
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", town::CLIENT),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
    ];
    let refused = town.send(LINE, town::form("/token", &fields)).await;
    assert!(refused.html.contains("invalid_grant"), "{}", refused.html);
}

#[tokio::test]
async fn another_browser_manages_with_the_key_of_the_box_alone() {
    let town = Town::of(Mode::V2026).await;
    let (_, device_code, _) = consent(&town, "accept").await;
    town.a_minute_passes().await;
    let (_, tokens) = town.box_polls(&device_code).await;
    let mut other = Browser::on(&town, "198.51.100.77");
    let entry = other.get("/manage").await;
    assert_eq!(entry.title(), "Gérer ou retirer mon accord");
    let wrong = other.post("/manage", &[("key", "lgr_wrong")]).await;
    assert_eq!(wrong.status, 400);
    let key = tokens["refresh_token"].as_str().unwrap();
    let page = other.post("/manage", &[("key", key)]).await;
    assert!(page.html.contains("2251••••••4270"), "{}", page.html);
    let id = field(&page.html, "consent").unwrap();
    let stranger = Browser::on(&town, "198.51.100.78");
    let mut stranger = stranger;
    stranger.get("/manage").await;
    let not_theirs = stranger.post("/manage/withdraw", &[("consent", &id)]).await;
    assert_eq!(not_theirs.status, 400);
    let gone = other
        .post("/manage/withdraw", &[("consent", &id), ("key", key)])
        .await;
    assert_eq!(gone.status, 303, "{}", gone.html);
}

#[tokio::test]
async fn the_one_cookie_comes_with_the_first_form_and_with_nothing_else() {
    let town = Town::of(Mode::V2026).await;
    let mut browser = Browser::on(&town, LINE);
    for path in ["/", "/notice", "/curve", "/mark.svg", "/nowhere"] {
        assert!(
            !browser.get(path).await.headers.contains_key("set-cookie"),
            "{path}"
        );
    }
    let first = browser.get("/device").await;
    let cookie = first.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-releve=lgb_"), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    assert!(
        !browser
            .get("/device")
            .await
            .headers
            .contains_key("set-cookie")
    );
}
