//! RFC 6749 and 6750, O1 to O7 and B1 to B5: who asks, and with what.

use axum::body::Body;
use base64::Engine as _;
use gateway::oauth::bearer;
use http::{HeaderMap, Request};

use crate::on_both;
use crate::opens::opens;
use crate::world::{BOX, DEVICE, Engine, HOME, OTHER_BOX, Pair, SERVER, World};

on_both!(
    o1_basic_authentication_and_one_method_a_request,
    o2_h38_the_token_endpoint_takes_posts_only,
    o3_tokens_are_not_stored_and_tell_their_scope,
    o5_a_refresh_token_is_its_clients_and_never_widens,
    o6_s10_tokens_have_256_bits_and_are_nowhere_in_the_rows,
    b1_to_b5_the_bearer_header_and_nothing_else,
    h25_h26_h27_tokens_of_the_wrong_kind_place_or_time_open_nothing,
);

fn basic(path: &str, user: &str, secret: &str, body: &str) -> Request<Body> {
    let credentials = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{secret}"));
    Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("authorization", format!("Basic {credentials}"))
        .body(Body::from(body.to_owned()))
        .unwrap()
}

async fn o1_basic_authentication_and_one_method_a_request(engine: Engine) {
    let world = World::new(engine).await;
    let path = "/device_authorization";
    for (user, secret, body, status) in [
        (SERVER, "s3cret", "", 200),
        (SERVER, "s3cret", "client_id=server", 200),
        (SERVER, "wrong", "", 401),
        (SERVER, "", "", 401),
        (BOX, "", "", 200),
        (BOX, "anything", "", 401),
        ("nobody", "", "", 401),
        (SERVER, "s3cret", "client_secret=s3cret", 400),
        (SERVER, "s3cret", "client_id=box", 400),
    ] {
        let answer = world.send(basic(path, user, secret, body)).await;
        assert_eq!(
            answer.status, status,
            "{user} {secret} {body}: {}",
            answer.text
        );
        if status == 401 {
            assert!(answer.header("www-authenticate").starts_with("Basic "));
            assert_eq!(answer.error(), "invalid_client");
        }
    }
    let without = world.post(path, &[("client_id", SERVER)]).await;
    assert_eq!(without.error(), "invalid_client");
}

async fn o2_h38_the_token_endpoint_takes_posts_only(engine: Engine) {
    let world = World::new(engine).await;
    for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"] {
        let request = Request::builder()
            .method(method)
            .uri("/token")
            .body(Body::empty());
        let answer = world.send(request.unwrap()).await;
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), "POST", "{method}");
        assert!(answer.headers.get("access-control-allow-origin").is_none());
    }
}

async fn o3_tokens_are_not_stored_and_tell_their_scope(engine: Engine) {
    let world = World::new(engine).await;
    let form = [("client_id", BOX), ("scope", "openid curve offline_access")];
    let answer = world.post("/device_authorization", &form).await;
    let begun = crate::world::Begun {
        device: answer.text_of("device_code"),
        user: answer.text_of("user_code"),
    };
    let browser = world.browser();
    let url = world.leave(&browser, &begun).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(30).await;
    let answer = world.poll(BOX, &begun).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("pragma"), "no-cache");
    assert_eq!(answer.text_of("token_type"), "Bearer");
    assert_eq!(answer.json()["expires_in"], 12_600);
    assert_eq!(answer.text_of("scope"), "curve");
    let again = world.refresh(BOX, &answer.text_of("refresh_token")).await;
    assert_eq!(
        (again.text_of("scope"), again.header("cache-control")),
        ("curve".into(), "no-store")
    );
}

async fn o5_a_refresh_token_is_its_clients_and_never_widens(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    assert_eq!(
        world.refresh(OTHER_BOX, &pair.refresh).await.error(),
        "invalid_grant"
    );
    let with = |scope: &str| {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", BOX),
            ("refresh_token", pair.refresh.as_str()),
            ("scope", scope),
        ];
        crate::world::form_request("/token", &form)
    };
    let narrow = world.send(with("daily")).await;
    assert_eq!(narrow.text_of("scope"), "daily");
    let wide = [
        ("grant_type", "refresh_token"),
        ("client_id", BOX),
        ("refresh_token", &*narrow.text_of("refresh_token")),
    ];
    assert_eq!(
        world.post("/token", &wide).await.text_of("scope"),
        "daily curve max_power production"
    );
}

async fn o6_s10_tokens_have_256_bits_and_are_nowhere_in_the_rows(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, browser) = world.approved(BOX, HOME).await;
    let pair = Pair::of(&world.poll(BOX, &begun).await);
    let user: String = begun.user.replace('-', "");
    let secrets = [
        pair.access.clone(),
        pair.refresh.clone(),
        begun.device.clone(),
        begun.user.clone(),
        user,
        browser.cookie.reveal(),
        HOME.1.to_owned(),
    ];
    for text in [&pair.access, &pair.refresh] {
        assert_eq!(text.len(), 52);
    }
    for table in [
        "flow",
        "departure",
        "claim",
        "consent",
        "consent_point",
        "tombstone",
        "family",
        "refresh_token",
        "access_token",
        "counter",
        "audit",
    ] {
        for row in world.rows(&format!("SELECT * FROM {table}")).await {
            let shown = format!("{row:?}");
            for secret in &secrets {
                assert!(!shown.contains(secret.as_str()), "{table} shows a secret");
            }
        }
    }
}

async fn b1_to_b5_the_bearer_header_and_nothing_else(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let ask = async |values: &[String], query: Option<&str>| {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("authorization", value.parse().unwrap());
        }
        match bearer(&world.app, &headers, query).await {
            Ok(_) => (200, String::new()),
            Err(refusal) => {
                let answer = refusal.answer();
                let challenge = answer.headers().get("www-authenticate");
                let challenge = challenge.map_or("", |value| value.to_str().unwrap());
                (answer.status().as_u16(), challenge.to_owned())
            }
        }
    };
    for scheme in ["Bearer", "bearer", "BEARER"] {
        assert_eq!(
            ask(&[format!("{scheme} {}", pair.access)], None).await.0,
            200
        );
    }
    let header = format!("Bearer {}", pair.access);
    let query = format!("access_token={}", pair.access);
    assert_eq!(
        ask(std::slice::from_ref(&header), Some(&query)).await.0,
        400
    );
    assert_eq!(ask(&[], Some(&query)).await.0, 400);
    assert_eq!(ask(&[header.clone(), header.clone()], None).await.0, 400);
    let (status, challenge) = ask(&[], None).await;
    assert_eq!(
        (status, challenge.as_str()),
        (401, "Bearer realm=\"releve\"")
    );
    let (status, challenge) = ask(&["Basic Ym94Og==".to_owned()], None).await;
    assert_eq!(
        (status, challenge.as_str()),
        (401, "Bearer realm=\"releve\"")
    );
    let (status, challenge) = ask(&[format!("Bearer {}", pair.refresh)], None).await;
    assert_eq!(status, 401);
    assert!(challenge.contains("error=\"invalid_token\""));
    assert_eq!(
        ask(&[format!("Bearer {}", "x".repeat(8192))], None).await.0,
        400
    );
    assert_eq!(
        ask(&[format!("Bearer\t{}", pair.access)], None).await.0,
        400
    );
    let scope = gateway::oauth::Refusal::insufficient_scope().answer();
    assert_eq!(scope.status(), 403);
}

async fn h25_h26_h27_tokens_of_the_wrong_kind_place_or_time_open_nothing(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    assert_eq!(
        world.refresh(BOX, &pair.access).await.error(),
        "invalid_grant"
    );
    let form = [
        ("grant_type", DEVICE),
        ("client_id", BOX),
        ("device_code", &*pair.refresh),
    ];
    assert_eq!(world.post("/token", &form).await.error(), "invalid_grant");
    assert_eq!(opens(&world, &pair.refresh).await, None);
    world.pass(12_599).await;
    assert!(opens(&world, &pair.access).await.is_some());
    world.pass(1).await;
    assert_eq!(opens(&world, &pair.access).await, None);
}
