//! RFC 8628, D1 to D17: codes and polling.

use axum::body::Body;
use gateway::random::Draw;
use http::Request;

use crate::on_both;
use crate::world::{BOX, DEVICE, Engine, HOME, LEGACY_BOX, OTHER_BOX, Pair, World};

on_both!(
    d1_only_a_posted_form_of_a_known_client_begins_a_flow,
    d2_empty_is_absent_unknown_is_ignored_repeated_is_an_error,
    d3_d4_d5_the_answer_has_what_the_rfc_wants,
    d7_a_code_is_its_clients_own,
    d8_each_state_has_its_error,
    d9_slow_down_grows_and_a_hasty_box_loses_nothing,
    d10_a_poll_never_waits_for_enedis,
    d13_device_code_and_user_code_share_nothing,
    d14_the_person_sees_who_asks_from_where_and_since_when,
    d15_d16_codes_live_twenty_minutes_and_need_no_secret,
    f05_fifty_parallel_polls_give_one_family,
    f01_a_lost_answer_is_given_again,
    h34_open_flows_are_capped_for_each_line_and_client,
    h34_the_cap_holds_for_requests_of_the_same_instant,
    h01_h02_hostile_token_requests_are_refused,
    the_older_plugins_names_and_paths_are_served,
    a_code_that_ran_out_is_told_apart_from_one_that_never_was,
);

async fn d1_only_a_posted_form_of_a_known_client_begins_a_flow(engine: Engine) {
    let world = World::new(engine).await;
    let path = "/device_authorization";
    assert_eq!(world.get(path).await.status, 405);
    let json = Request::post(path)
        .header("content-type", "application/json")
        .body(Body::from(r#"{"client_id":"box"}"#));
    let refused = world.send(json.unwrap()).await;
    assert_eq!(
        (refused.status.as_u16(), refused.error().as_str()),
        (415, "invalid_request")
    );
    let utf16 = Request::post(path)
        .header(
            "content-type",
            "application/x-www-form-urlencoded; charset=utf-16",
        )
        .body(Body::from("client_id=box"));
    assert_eq!(world.send(utf16.unwrap()).await.status, 415);
    let zipped = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("content-encoding", "gzip")
        .body(Body::from("client_id=box"));
    assert_eq!(world.send(zipped.unwrap()).await.status, 415);
    let nobody = world.post(path, &[("scope", "daily")]).await;
    assert_eq!(
        (nobody.status.as_u16(), nobody.error().as_str()),
        (400, "invalid_request")
    );
    for id in [
        "unknown",
        "' OR 1=1 --",
        "<script>",
        "*)(uid=*",
        &"x".repeat(4096),
    ] {
        let stranger = world.post(path, &[("client_id", id)]).await;
        assert_eq!(
            (stranger.status.as_u16(), stranger.error().as_str()),
            (401, "invalid_client")
        );
        assert!(!stranger.text.contains("<script"));
    }
}

async fn d2_empty_is_absent_unknown_is_ignored_repeated_is_an_error(engine: Engine) {
    let world = World::new(engine).await;
    let path = "/device_authorization";
    let odd = [
        ("client_id", BOX),
        ("scope", ""),
        ("client_info", "1"),
        ("foo", "1"),
    ];
    assert_eq!(world.post(path, &odd).await.status, 200);
    let twice = world
        .post(path, &[("client_id", BOX), ("client_id", BOX)])
        .await;
    assert_eq!(
        (twice.status.as_u16(), twice.error().as_str()),
        (400, "invalid_request")
    );
}

async fn d3_d4_d5_the_answer_has_what_the_rfc_wants(engine: Engine) {
    let world = World::new(engine).await;
    let answer = world
        .post("/device_authorization", &[("client_id", BOX)])
        .await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("content-type"), "application/json");
    let body = answer.json();
    assert_eq!(body["expires_in"], 1200);
    assert_eq!(body["interval"], 5);
    let (uri, code) = (
        answer.text_of("verification_uri"),
        answer.text_of("user_code"),
    );
    assert!(uri.len() <= 40 && !uri.contains(&code), "{uri}");
    assert_eq!(
        answer.text_of("verification_uri_complete"),
        format!("{uri}?code={code}")
    );
    assert!(answer.text_of("device_code").len() >= 47);
    let refused = world.post("/device_authorization", &[]).await;
    assert_eq!(refused.header("cache-control"), "no-store");
}

async fn d7_a_code_is_its_clients_own(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, _) = world.approved(BOX, HOME).await;
    let other = world.poll(OTHER_BOX, &begun).await;
    assert_eq!(
        (other.status.as_u16(), other.error().as_str()),
        (400, "invalid_grant")
    );
    Pair::of(&world.poll(BOX, &begun).await);
}

async fn d8_each_state_has_its_error(engine: Engine) {
    let world = World::new(engine).await;
    let pending = world.begin(BOX).await;
    let answer = world.poll(BOX, &pending).await;
    assert_eq!(
        (answer.status.as_u16(), answer.error().as_str()),
        (400, "authorization_pending")
    );
    assert!(answer.headers.get("connection").is_none());

    let (denied, browser) = (world.begin(BOX).await, world.browser());
    let url = world.leave(&browser, &denied).await;
    let back = world.decide(&url, "decision=refuse");
    assert_eq!(
        world.come_back(&browser, &back).await,
        gateway::binding::Outcome::Denied
    );
    let answer = world.poll(BOX, &denied).await;
    assert_eq!(
        (answer.status.as_u16(), answer.error().as_str()),
        (400, "access_denied")
    );

    world.pass(1200).await;
    let answer = world.poll(BOX, &pending).await;
    assert_eq!(
        (answer.status.as_u16(), answer.error().as_str()),
        (400, "expired_token")
    );
    assert_eq!(world.poll(BOX, &pending).await.error(), "expired_token");
    assert_eq!(world.audited("expired").await, 1);

    let random: &dyn gateway::random::Random = &gateway::random::Seeded::new(99);
    let unknown = random
        .token(grant::server::TokenKind::Device)
        .unwrap()
        .reveal();
    let form = [
        ("grant_type", DEVICE),
        ("client_id", BOX),
        ("device_code", &*unknown),
    ];
    assert_eq!(world.post("/token", &form).await.error(), "invalid_grant");
    let other = [("grant_type", "password"), ("client_id", BOX)];
    assert_eq!(
        world.post("/token", &other).await.error(),
        "unsupported_grant_type"
    );
}

async fn d9_slow_down_grows_and_a_hasty_box_loses_nothing(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser) = (world.begin(BOX).await, world.browser());
    assert_eq!(
        world.poll(BOX, &begun).await.error(),
        "authorization_pending"
    );
    let mut interval = 5;
    for _ in 0..14 {
        world.pass(1).await;
        let answer = world.poll(BOX, &begun).await;
        assert_eq!(answer.error(), "slow_down");
        interval = (interval + 5).min(60);
        assert_eq!(answer.json()["interval"], interval);
    }
    let url = world.leave(&browser, &begun).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(30).await;
    assert_eq!(world.poll(BOX, &begun).await.status, 200);
}

async fn d10_a_poll_never_waits_for_enedis(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser) = (world.begin(BOX).await, world.browser());
    let url = world.leave(&browser, &begun).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.enedis.clear_calls();
    for _ in 0..5 {
        world.pass(6).await;
        assert_eq!(
            world.poll(BOX, &begun).await.error(),
            "authorization_pending"
        );
    }
    assert!(world.enedis.calls().is_empty());
}

async fn d13_device_code_and_user_code_share_nothing(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    let letters: String = begun
        .user
        .chars()
        .filter(char::is_ascii_alphabetic)
        .collect();
    assert_eq!(letters.len(), 8);
    assert!(!begun.device.to_uppercase().contains(&letters));
}

async fn d14_the_person_sees_who_asks_from_where_and_since_when(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    world.pass(61).await;
    let visitor = world.browser().visitor();
    let typed = begun.user.to_lowercase().replace('-', " ");
    let request = gateway::binding::look_up(&world.app, &visitor, &typed)
        .await
        .unwrap();
    assert_eq!(request.client_name, "Boîtier");
    assert_eq!(request.network, "192.0.2.0/24");
    assert_eq!(request.code.to_string(), begun.user);
    assert_eq!((request.expires - request.begun).get_seconds(), 1200);
    assert!(!request.same_line && request.must_type);
    let at_home = gateway::Visitor {
        address: "192.0.2.10".parse().unwrap(),
        ..visitor
    };
    let request = gateway::binding::look_up(&world.app, &at_home, &typed)
        .await
        .unwrap();
    assert!(request.same_line && !request.must_type);
}

async fn d15_d16_codes_live_twenty_minutes_and_need_no_secret(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser) = (world.begin(BOX).await, world.browser());
    world.pass(1199).await;
    let url = world.leave(&browser, &begun).await;
    world.pass(1500).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(30).await;
    assert_eq!(world.poll(BOX, &begun).await.status, 200);
}

async fn f05_fifty_parallel_polls_give_one_family(engine: Engine) {
    let world = std::sync::Arc::new(World::new(engine).await);
    let (begun, _) = world.approved(BOX, HOME).await;
    let polls: Vec<_> = (0..50)
        .map(|_| {
            let (world, begun) = (world.clone(), begun.clone());
            tokio::spawn(async move { world.poll(BOX, &begun).await })
        })
        .collect();
    let mut served = 0;
    for poll in polls {
        let answer = poll.await.unwrap();
        match answer.status.as_u16() {
            200 => served += 1,
            _ => assert_eq!(answer.error(), "slow_down"),
        }
    }
    assert_eq!(served, 1);
    assert_eq!(world.count("SELECT count(*) FROM family").await, 1);
    assert_eq!(world.audited("redeemed").await, 1);
}

async fn f01_a_lost_answer_is_given_again(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, _) = world.approved(BOX, HOME).await;
    let lost = Pair::of(&world.poll(BOX, &begun).await);
    assert_eq!(world.poll(BOX, &begun).await.error(), "slow_down");
    world.pass(5).await;
    let again = world.poll(BOX, &begun).await;
    assert_eq!(again.text_of("usage_points_id"), HOME.1);
    let held = Pair::of(&again);
    assert_eq!(
        world.refresh(BOX, &lost.refresh).await.error(),
        "invalid_grant"
    );
    assert_eq!(crate::opens::opens(&world, &lost.access).await, None);
    assert!(crate::opens::opens(&world, &held.access).await.is_some());
    world.pass(5).await;
    assert_eq!(world.poll(BOX, &begun).await.error(), "invalid_grant");
    assert_eq!(world.refresh(BOX, &held.refresh).await.status, 200);
    assert_eq!(world.count("SELECT count(*) FROM family").await, 1);
    assert_eq!(world.audited("redelivered").await, 1);
    assert_eq!(world.audited("code_replayed").await, 1);
}

async fn h34_open_flows_are_capped_for_each_line_and_client(engine: Engine) {
    let world = World::new(engine).await;
    for _ in 0..20 {
        world.begin(BOX).await;
    }
    let full = world
        .post("/device_authorization", &[("client_id", BOX)])
        .await;
    assert_eq!(full.status, 429);
    assert!(!full.header("retry-after").is_empty());
    let elsewhere = crate::world::form_request("/device_authorization", &[("client_id", BOX)]);
    assert_eq!(world.send_from("192.0.2.11", elsewhere).await.status, 200);
    world.pass(1200).await;
    world.begin(BOX).await;
}

async fn h34_the_cap_holds_for_requests_of_the_same_instant(engine: Engine) {
    let world = World::new(engine).await;
    let form = [("client_id", BOX)];
    let asked = (0..50).map(|_| world.post("/device_authorization", &form));
    let answers = futures_util::future::join_all(asked).await;
    let begun = answers.iter().filter(|answer| answer.status == 200);
    assert_eq!(begun.count(), 20);
}

async fn h01_h02_hostile_token_requests_are_refused(engine: Engine) {
    let world = World::new(engine).await;
    let begun = world.begin(BOX).await;
    let short = begun.device[..begun.device.len() - 1].to_owned();
    for code in ["", "a", "é", &short, &"x".repeat(10_000), "\0"] {
        let form = [
            ("grant_type", DEVICE),
            ("client_id", BOX),
            ("device_code", code),
        ];
        let answer = world.post("/token", &form).await;
        assert_eq!(answer.status, 400, "{code:?}");
        assert!(["invalid_grant", "invalid_request"].contains(&&*answer.error()));
    }
    for body in [
        "grant_type=%ff&client_id=box",
        "grant_type=%zz&client_id=box",
        "grant_type[]=refresh_token&client_id=box",
        "grant_type=refresh_token&grant_type=refresh_token&client_id=box",
        "client_id=box",
        "",
    ] {
        let answer = world.post_raw("/token", body.to_owned()).await;
        assert_eq!(
            (answer.status.as_u16(), &*answer.error()),
            (400, "invalid_request"),
            "{body}"
        );
        let description = answer.text_of("error_description");
        let plain = |c: char| matches!(c, ' '..='!' | '#'..='[' | ']'..='~');
        assert!(description.chars().all(plain), "O4: {description}");
    }
    let large = world.post_raw("/token", "a".repeat(1 << 20)).await;
    assert_eq!(large.status, 413);
    assert_eq!(
        world.poll(BOX, &begun).await.error(),
        "authorization_pending"
    );
}

async fn the_older_plugins_names_and_paths_are_served(engine: Engine) {
    let world = World::new(engine).await;
    let answer = world
        .post("/device/code", &[("client_id", LEGACY_BOX)])
        .await;
    let device = answer.text_of("device_code");
    let form = [
        ("client_id", LEGACY_BOX),
        ("grant_type", DEVICE),
        ("device_code", &*device),
    ];
    assert_eq!(
        world.post("/device/token", &form).await.error(),
        "authorization_pending"
    );
    let (begun, _) = world.approved(LEGACY_BOX, HOME).await;
    let form = [
        ("client_id", LEGACY_BOX),
        ("grant_type", DEVICE),
        ("device_code", &*begun.device),
    ];
    let answer = world.post("/device/token", &form).await;
    assert_eq!(answer.text_of("usage_points_id"), HOME.1);
    assert_eq!(answer.json()["expires_in"], 12_600);
    let refresh = answer.text_of("refresh_token");
    let form = |points| {
        vec![
            ("grant_type", "refresh_token".to_owned()),
            ("client_id", LEGACY_BOX.to_owned()),
            ("usage_points_id", points),
            ("refresh_token", refresh.clone()),
        ]
    };
    for (points, status) in [("22516914714270", 400), (HOME.1, 200)] {
        let form = form(points.to_owned());
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(
            world.post("/device/token", &form).await.status,
            status,
            "{points}"
        );
    }
}

async fn a_code_that_ran_out_is_told_apart_from_one_that_never_was(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser) = (world.begin(BOX).await, world.browser());
    let look_up = async |typed: &str| {
        let found = gateway::binding::look_up(&world.app, &browser.visitor(), typed).await;
        found.map(|_| ())
    };
    assert_eq!(look_up(&begun.user).await, Ok(()));
    world.pass(1201).await;
    let expired = Err(gateway::binding::CodeTrouble::Expired);
    assert_eq!(look_up(&begun.user).await, expired);
    // The box hears of it, and the code is in use no more.
    assert_eq!(world.poll(BOX, &begun).await.error(), "expired_token");
    assert_eq!(look_up(&begun.user).await, expired);
    let never = if begun.user == "BBBB-BBBB" {
        "CCCC-CCCC"
    } else {
        "BBBB-BBBB"
    };
    let unknown = Err(gateway::binding::CodeTrouble::Unknown);
    assert_eq!(look_up(never).await, unknown);
}
