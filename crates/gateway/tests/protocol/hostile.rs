//! Hostile requests to the protocol's endpoints: O4, and H02, H03, H05, H06, H26,
//! H27 and H37 of the gateway's design.

use axum::body::Body;
use gateway::keys::KeySet;
use gateway::random::{Draw, Random, Seeded};
use grant::server::{OAuthError, TokenKind};
use http::{HeaderMap, Request};

use crate::on_both;
use crate::opens::opens;
use crate::world::{Answer, BOX, DEVICE, Engine, HOME, OTHER_BOX, Pair, World};

on_both!(
    o4_every_description_stays_in_the_characters_of_the_rfc,
    h02_a_grant_type_is_one_that_is_known_and_comes_once,
    h03_a_body_is_a_form_in_utf_8_and_nothing_else,
    h05_a_strange_client_is_refused_and_stored_nowhere,
    h06_a_strange_scope_is_dropped_and_the_granted_one_told,
    h26_no_token_is_good_for_the_endpoint_or_the_client_of_another,
    h27_made_up_tokens_open_nothing_and_malformed_ones_ask_no_rows,
    h37_a_compressed_request_is_not_read,
);

const ENDPOINTS: [&str; 5] = [
    "/device_authorization",
    "/token",
    "/revoke",
    "/introspect",
    "/device/token",
];

fn typed(path: &str, kind: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::post(path).header("content-type", kind);
    request.body(body.into()).unwrap()
}

/// RFC 6749, section 5.2: %x20-21 / %x23-5B / %x5D-7E.
fn describes_plainly(answer: &Answer, of: &str) {
    let body = answer.json();
    assert!(body["error"].is_string(), "{of}: {body}");
    let description = body["error_description"].as_str().unwrap_or_default();
    let plain = |c: char| matches!(c, ' '..='!' | '#'..='[' | ']'..='~');
    assert!(description.chars().all(plain), "{of}: {description}");
}

async fn o4_every_description_stays_in_the_characters_of_the_rfc(engine: Engine) {
    let world = World::new(engine).await;
    // Well formed, and nobody's: the client is judged before the token.
    let random: &dyn Random = &Seeded::new(5);
    let token = random.token(TokenKind::Refresh).unwrap().reveal();
    let good = format!("grant_type=refresh_token&refresh_token={token}&token={token}");
    let texts = ["é", "\"", "\\", "\r\n", "\u{7f}", "漢", "a\tb", "<b>"];
    for path in ENDPOINTS {
        for text in texts {
            for name in ["client_id", "grant_type", "device_code", "token", "scope"] {
                let form = [("client_id", BOX), ("x", "y"), (name, text)];
                let from = usize::from(name == "client_id");
                let answer = world.post(path, &form[from..]).await;
                if answer.status.is_client_error() {
                    describes_plainly(&answer, path);
                }
            }
        }
        let basic = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", "Basic bm9ib2R5Og==")
            .body(Body::from(good.clone()));
        let refused = world.send(basic.unwrap()).await;
        assert_eq!(refused.status, 401, "{path}");
        assert!(refused.header("www-authenticate").starts_with("Basic "));
        describes_plainly(&refused, path);
    }
    let path = crate::window_of_a_week(HOME.1);
    for access in ["", "é", "lga_x"] {
        let request = Request::get(&path)
            .header("authorization", format!("Bearer {access}").as_bytes())
            .body(Body::empty());
        describes_plainly(&world.send(request.unwrap()).await, "data");
    }
}

async fn h02_a_grant_type_is_one_that_is_known_and_comes_once(engine: Engine) {
    let world = World::new(engine).await;
    for (body, error) in [
        ("client_id=box", "invalid_request"),
        ("client_id=box&grant_type=", "invalid_request"),
        (
            "client_id=box&grant_type[]=refresh_token",
            "invalid_request",
        ),
        (
            "client_id=box&grant_type=refresh_token&grant_type=refresh_token",
            "invalid_request",
        ),
        (
            "client_id=box&grant_type=password",
            "unsupported_grant_type",
        ),
        (
            "client_id=box&grant_type=authorization_code&code=x",
            "unsupported_grant_type",
        ),
        (
            "client_id=box&grant_type=REFRESH_TOKEN",
            "unsupported_grant_type",
        ),
        (
            "client_id=box&grant_type=refresh_token%00",
            "unsupported_grant_type",
        ),
    ] {
        let answer = world.post_raw("/token", body.to_owned()).await;
        let told = (answer.status.as_u16(), answer.error());
        assert_eq!(told, (400, error.to_owned()), "{body}");
    }
}

async fn h03_a_body_is_a_form_in_utf_8_and_nothing_else(engine: Engine) {
    let world = World::new(engine).await;
    for path in ENDPOINTS {
        for kind in [
            "application/json",
            "multipart/form-data; boundary=x",
            "text/plain",
            "application/x-www-form-urlencoded; charset=utf-16",
            "",
        ] {
            let answer = world.send(typed(path, kind, "client_id=box")).await;
            assert_eq!(answer.status, 415, "{path} {kind}");
            assert_eq!(answer.error(), "invalid_request");
        }
    }
    let said = "Application/X-WWW-Form-Urlencoded; charset=\"UTF-8\"";
    let good = world
        .send(typed("/device_authorization", said, "client_id=box"))
        .await;
    assert_eq!(good.status, 200, "{}", good.text);
}

async fn h05_a_strange_client_is_refused_and_stored_nowhere(engine: Engine) {
    let world = World::new(engine).await;
    for id in [
        "nobody",
        "' OR 1=1 --",
        "*)(uid=*))(|(uid=*",
        "<img src=x onerror=alert(1)>",
        "bоx",
        "box\r\nadmin: yes",
        &"x".repeat(4096),
    ] {
        for path in ["/device_authorization", "/device/code"] {
            let answer = world.post(path, &[("client_id", id)]).await;
            let told = (answer.status.as_u16(), answer.error());
            assert_eq!(told, (401, "invalid_client".to_owned()), "{id:.20}");
            assert!(!answer.text.contains("onerror"));
        }
    }
    assert_eq!(world.count("SELECT count(*) FROM flow").await, 0);
    assert_eq!(world.count("SELECT count(*) FROM audit").await, 0);
}

async fn h06_a_strange_scope_is_dropped_and_the_granted_one_told(engine: Engine) {
    let world = World::new(engine).await;
    let long = "daily ".repeat(11_000);
    let large = world
        .post(
            "/device_authorization",
            &[("client_id", BOX), ("scope", &long)],
        )
        .await;
    assert_eq!(large.status, 413);
    for scope in [
        "openid offline_access daily",
        "daily\u{1}\u{7f} daily",
        "daily unknown <b> daily",
    ] {
        let form = [("client_id", BOX), ("scope", scope)];
        let answer = world.post("/device_authorization", &form).await;
        assert_eq!(answer.status, 200, "{scope:?}");
        let begun = crate::world::Begun {
            device: answer.text_of("device_code"),
            user: answer.text_of("user_code"),
        };
        let browser = world.browser();
        let url = world.leave(&browser, &begun).await;
        let back = world.agree(&url, HOME);
        world.come_back(&browser, &back).await;
        world.settle(30).await;
        let tokens = world.poll(BOX, &begun).await;
        if tokens.status == 200 {
            assert_eq!(tokens.text_of("scope"), "daily", "{scope:?}");
        } else {
            // A second claim of the same meter by somebody else has to prove more.
            assert_eq!(tokens.error(), "authorization_pending");
        }
    }
}

async fn h26_no_token_is_good_for_the_endpoint_or_the_client_of_another(engine: Engine) {
    let world = World::new(engine).await;
    let (begun, _) = world.approved(BOX, HOME).await;
    let as_code = |token: &str, client: &'static str| {
        let form = [
            ("grant_type", DEVICE),
            ("client_id", client),
            ("device_code", token),
        ];
        crate::world::form_request("/token", &form)
    };
    let refused = world.send(as_code(&begun.device, OTHER_BOX)).await;
    assert_eq!(refused.error(), "invalid_grant");
    let pair = crate::world::Pair::of(&world.poll(BOX, &begun).await);
    for token in [&pair.access, &pair.refresh] {
        assert_eq!(
            world.send(as_code(token, BOX)).await.error(),
            "invalid_grant"
        );
    }
    for token in [&pair.access, &begun.device] {
        assert_eq!(world.refresh(BOX, token).await.error(), "invalid_grant");
    }
    for token in [&pair.refresh, &begun.device] {
        assert_eq!(opens(&world, token).await, None);
    }
    assert_eq!(
        world.refresh(OTHER_BOX, &pair.refresh).await.error(),
        "invalid_grant"
    );
    let form = [("token", pair.refresh.as_str()), ("client_id", OTHER_BOX)];
    assert_eq!(world.post("/revoke", &form).await.status, 400);
    assert!(opens(&world, &pair.access).await.is_some());
}

async fn h27_made_up_tokens_open_nothing_and_malformed_ones_ask_no_rows(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    // Well formed, their check sum right, and nobody's. PostgreSQL answers one
    // question at a time: the same path with fewer.
    let random: &dyn Random = &Seeded::new(99);
    let made_up = || random.token(TokenKind::Access).unwrap().reveal();
    let many = if engine == Engine::Sqlite {
        MANY
    } else {
        2_000
    };
    let tokens: Vec<String> = (0..many).map(|_| made_up()).collect();
    assert_eq!(
        refused(&world, &tokens).await,
        [(OAuthError::InvalidToken, many)]
    );
    let made_up = random.token(TokenKind::Refresh).unwrap().reveal();
    assert_eq!(world.refresh(BOX, &made_up).await.error(), "invalid_grant");
    // Without the rows a malformed token is still told from a good one.
    let mut wrong = pair.access.clone().into_bytes();
    wrong[10] = if wrong[10] == b'A' { b'B' } else { b'A' };
    let wrong = String::from_utf8(wrong).unwrap();
    world.down.store(true, std::sync::atomic::Ordering::Relaxed);
    let with = async |token: &str| {
        let request = Request::get(crate::window_of_a_week(HOME.1))
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty());
        world.send(request.unwrap()).await.status.as_u16()
    };
    assert_eq!(with(&wrong).await, 401);
    assert_eq!(with(&pair.access).await, 503);
    let (malformed, good): (Vec<_>, Vec<_>) = (0..MANY)
        .map(|n| changed(&pair.access, n))
        .partition(|token| *token != pair.access);
    let (bad, same) = (malformed.len(), good.len());
    assert!(bad > MANY * 9 / 10);
    assert_eq!(
        refused(&world, &malformed).await,
        [(OAuthError::InvalidToken, bad)]
    );
    let away = OAuthError::TemporarilyUnavailable;
    assert_eq!(refused(&world, &good).await, [(away, same)]);
    world
        .down
        .store(false, std::sync::atomic::Ordering::Relaxed);
    world.pass(12_600).await;
    assert_eq!(with(&pair.access).await, 401, "expired");
    let pair = Pair::of(&world.refresh(BOX, &pair.refresh).await);
    assert_eq!(with(&pair.access).await, 200);
    // Of keys that are not these, whatever their number.
    let others = KeySet::fresh(&Seeded::new(3)).unwrap();
    for keys in [others.rotated(&Seeded::new(4)).unwrap(), others] {
        world.app.keys.replace(keys);
        assert_eq!(with(&pair.access).await, 401);
        assert_eq!(
            world.refresh(BOX, &pair.refresh).await.error(),
            "invalid_grant"
        );
    }
}

/// As many as the table of hostile inputs wants.
const MANY: usize = 100_000;

/// What so many access tokens are refused with, a hundred at a time.
async fn refused(world: &World, tokens: &[String]) -> Vec<(OAuthError, usize)> {
    let mut told: Vec<(OAuthError, usize)> = Vec::new();
    for some in tokens.chunks(100) {
        let asked = some.iter().map(|token| async move {
            let mut headers = HeaderMap::new();
            headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
            let opened = gateway::oauth::bearer(&world.app, &headers, None).await;
            opened.expect_err("a made-up token opens").error
        });
        for error in futures_util::future::join_all(asked).await {
            match told.iter_mut().find(|(known, _)| *known == error) {
                Some((_, count)) => *count += 1,
                None => told.push((error, 1)),
            }
        }
    }
    told
}

/// The token with one of its characters another, or by chance the same.
fn changed(token: &str, n: usize) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bytes = token.to_owned().into_bytes();
    bytes[4 + n % 48] = ALPHABET[n / 48 % 64];
    String::from_utf8(bytes).unwrap()
}

async fn h37_a_compressed_request_is_not_read(engine: Engine) {
    let world = World::new(engine).await;
    // Ten bytes that would unpack to many.
    let bomb = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    for path in ENDPOINTS {
        for encoding in ["gzip", "deflate", "br", "zstd", "identity, gzip"] {
            let request = Request::post(path)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("content-encoding", encoding)
                .body(Body::from(bomb.to_vec()));
            let answer = world.send(request.unwrap()).await;
            assert_eq!(answer.status, 415, "{path} {encoding}");
        }
    }
}
