//! What the checklist asks of the pages and of the way to Enedis: D6, D11, D17,
//! O7, S1, S2, S5, S8, S9, S11 and S12.

use crate::on_both;
use crate::opens::opens;
use crate::window::{Window, hidden};
use crate::world::{BOX, Engine, HOME, LEGACY_BOX, World};

on_both!(
    d6_a_code_in_the_address_is_shown_compared_and_may_be_denied,
    d11_the_metadata_names_where_boxes_begin,
    d17_a_code_is_read_whatever_stands_between_its_letters,
    o7_forms_frames_states_and_redirections_are_guarded,
    s1_the_state_is_used_once_and_belongs_to_one_browser,
    s2_no_parameter_decides_where_anybody_is_sent,
    s5_pages_hand_no_address_on_and_load_nothing_from_elsewhere,
    s8_no_page_can_be_framed,
    s9_identifiers_are_the_servers_own,
    s11_a_person_sees_and_ends_what_was_given,
    s12_codes_are_short_lived_explained_and_limited,
);

async fn d6_a_code_in_the_address_is_shown_compared_and_may_be_denied(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    let mut window = Window::on(&world);
    let page = window.get(&format!("/device?code={}", begun.user)).await;
    assert_eq!(page.status, 200);
    assert!(page.headers.get("location").is_none());
    assert!(page.text.contains(&begun.user));
    assert!(page.text.contains("Je vois ce même code"));
    assert!(page.text.contains("value=\"refuse\""));
    assert_eq!(
        world.poll(BOX, &begun).await.error(),
        "authorization_pending"
    );
    let refused = [("code", begun.user.as_str()), ("decision", "refuse")];
    let answer = window.post("/device/consent", &refused).await;
    assert_eq!(answer.status, 303);
    world.pass(5).await;
    assert_eq!(world.poll(BOX, &begun).await.error(), "access_denied");
}

async fn d11_the_metadata_names_where_boxes_begin(engine: Engine) {
    let world = World::new(engine).await;
    let metadata = world.get("/.well-known/oauth-authorization-server").await;
    let begins = metadata.text_of("device_authorization_endpoint");
    let path = url::Url::parse(&begins).unwrap().path().to_owned();
    let answer = world.post(&path, &[("client_id", BOX)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

async fn d17_a_code_is_read_whatever_stands_between_its_letters(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    let letters = begun.user.replace('-', "");
    let (left, right) = letters.split_at(4);
    let browser = world.browser();
    for typed in [
        letters.to_lowercase(),
        format!("{left}–{right}"),
        format!(" {left}  {right} "),
        format!("{left}.{right}"),
    ] {
        let found = gateway::binding::look_up(&world.app, &browser.visitor(), &typed).await;
        assert!(found.is_ok(), "{typed}");
    }
}

async fn o7_forms_frames_states_and_redirections_are_guarded(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    let mut window = Window::on(&world);
    window.get("/device").await;
    let forged = [
        ("csrf", "x"),
        ("code", &*begun.user),
        ("decision", "refuse"),
    ];
    let request = crate::world::form_request("/device/consent", &forged);
    assert_eq!(world.send(request).await.status, 403);
    let framed = window.get("/device").await;
    assert_eq!(framed.header("x-frame-options"), "DENY");
    for state in ["", "x", &"s".repeat(101), "%00", "%3Cscript%3E"] {
        let path = format!("/auth/redirect?state={state}&autorisation_id=58249");
        let answer = window.get(&path).await;
        assert_eq!(answer.status, 400, "{state}");
        assert!(!answer.text.contains("<script"));
    }
    let elsewhere = window
        .get("/authorize?redirect_uri=https://evil.example")
        .await;
    assert!(elsewhere.headers.get("location").is_none());
    assert_eq!(
        world.poll(BOX, &begun).await.error(),
        "authorization_pending"
    );
}

/// The page of Enedis to which an answer leads, and what it brings back.
fn decided(world: &World, answer: &crate::world::Answer) -> String {
    let url = url::Url::parse(answer.header("location")).unwrap();
    let back = world.agree(&url, HOME);
    let number = back.autorisation_id.unwrap();
    format!(
        "/auth/redirect?state={}&autorisation_id={number}",
        back.state
    )
}

async fn s1_the_state_is_used_once_and_belongs_to_one_browser(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    let mut owner = Window::on(&world);
    let left = owner.agrees(&begun.user).await;
    let back = decided(&world, &left);
    let mut stranger = Window::on(&world);
    stranger.get("/device").await;
    let seen = stranger.get(&back).await;
    assert!(seen.status.is_client_error(), "{}", seen.status);
    assert_eq!(world.audited("callback").await, 0, "nothing is consumed");
    let first = owner.get(&back).await;
    assert_eq!(first.status, 303);
    world.settle(30).await;
    let again = owner.get(&back).await;
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(world.audited("approved").await, 1);
    let other = back.replace("autorisation_id=", "autorisation_id=9");
    assert!(owner.get(&other).await.status.is_client_error());
    assert_eq!(world.poll(BOX, &begun).await.status, 200);
}

async fn s2_no_parameter_decides_where_anybody_is_sent(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    let mut window = Window::on(&world);
    for path in [
        "/?redirect=https://evil.example",
        "/device?next=//evil.example&redirect_uri=https://evil.example",
        "/auth/redirect?redirect_uri=https://evil.example&state=x",
        "/manage?next=%5C%5Cevil.example",
    ] {
        let answer = window.get(path).await;
        assert!(answer.headers.get("location").is_none(), "{path}");
        assert!(!answer.text.contains("evil"), "{path}");
    }
    let left = window.agrees(&begun.user).await;
    assert_eq!(left.status, 303);
    let to = left.header("location");
    assert!(to.starts_with("http://enedis.test/"), "{to}");
}

const PAGES: [&str; 8] = [
    "/",
    "/device",
    "/device/status",
    "/device/refused",
    "/auth/redirect",
    "/manage",
    "/notice",
    "/nowhere",
];

async fn s5_pages_hand_no_address_on_and_load_nothing_from_elsewhere(engine: Engine) {
    let world = World::new(engine).await;
    let mut window = Window::on(&world);
    for path in PAGES {
        let page = window.get(path).await;
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        for loads in ["src=\"http", "src=\"//", "<script", "url("] {
            assert!(!page.text.contains(loads), "{path}: {loads}");
        }
    }
}

async fn s8_no_page_can_be_framed(engine: Engine) {
    let world = World::new(engine).await;
    let mut window = Window::on(&world);
    for path in PAGES {
        let page = window.get(path).await;
        assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
    }
}

async fn s9_identifiers_are_the_servers_own(engine: Engine) {
    let world = World::new(engine).await;
    let wanted = [
        ("client_id", BOX),
        ("device_code", "mine"),
        ("user_code", "MINE-MINE"),
        ("sub", HOME.1),
        ("consent", "mine"),
    ];
    let answer = world.post("/device_authorization", &wanted).await;
    assert!(
        !answer.text.to_lowercase().contains("mine"),
        "{}",
        answer.text
    );
    let pair = world.tokens(BOX, HOME).await;
    let access = opens(&world, &pair.access).await.unwrap();
    let consents = world.rows("SELECT id FROM consent").await;
    let id = consents[0].bytes(0).unwrap();
    assert_eq!(id.len(), 16);
    assert!(!format!("{access:?}").contains("mine"));
}

async fn s11_a_person_sees_and_ends_what_was_given(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let mut window = Window::on(&world);
    window.get("/manage").await;
    let seen = window.post("/manage", &[("key", &pair.refresh)]).await;
    assert_eq!(seen.status, 200, "{}", seen.text);
    assert!(seen.text.contains("2222••••••2222") && !seen.text.contains(HOME.1));
    let consent = hidden(&seen, "consent");
    let fields = [
        ("key", pair.refresh.as_str()),
        ("consent", &consent),
        ("lang", "fr"),
    ];
    let ended = window.post("/manage/withdraw", &fields).await;
    assert_eq!(ended.status, 303, "{}", ended.text);
    assert_eq!(opens(&world, &pair.access).await, None);
    assert_eq!(
        world.refresh(BOX, &pair.refresh).await.error(),
        "invalid_grant"
    );
    assert_eq!(world.audited("revoked").await, 1);
}

async fn s12_codes_are_short_lived_explained_and_limited(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(LEGACY_BOX).await;
    let mut window = Window::on(&world);
    let page = window.get(&format!("/device?code={}", begun.user)).await;
    // Who asks, since when, and what nobody may ask for.
    for said in ["DomoticzLinky", "Demande lancée à", "ni un dépanneur"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    for _ in 0..10 {
        let wrong = window.post("/device", &[("code", "BBBB-BBBB")]).await;
        assert_eq!(wrong.status, 400);
    }
    let stopped = window.post("/device", &[("code", &begun.user)]).await;
    assert_eq!(stopped.status, 429);
    assert_eq!(world.audited("code_wrong").await, 10);
    world.pass(1201).await;
    assert_eq!(
        world.poll(LEGACY_BOX, &begun).await.error(),
        "expired_token"
    );
}
