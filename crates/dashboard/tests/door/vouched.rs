//! Who is vouched for: by a reverse proxy's header, by Home Assistant.

use std::net::SocketAddr;

use dashboard::door::{Door, DoorConfig, DoorError, Ingress};
use http::HeaderName;
use service::random::Seeded;
use service::{Lang, SystemClock};
use standins::ingress;
use tokio::net::TcpListener;

use crate::support::{Browser, House, OWNER, passwords};

/// Where the trusted proxy calls from; everybody else is on 127.0.0.1.
const PROXY: [u8; 4] = [127, 0, 0, 2];

fn behind_a_proxy(config: &mut DoorConfig) {
    config.listen.set_ip([0, 0, 0, 0].into());
    config.trusted_proxies = vec!["127.0.0.2/32".parse().unwrap()];
    config.user_header = Some(HeaderName::from_static("remote-user"));
    config.owners = vec!["claire".to_owned(), "@admins".to_owned()];
}

#[test]
fn a_door_that_nobody_would_guard_is_not_hung() {
    let hung = |config: DoorConfig| {
        let clock = std::sync::Arc::new(SystemClock);
        Door::new(config, clock, std::sync::Arc::new(Seeded::new(1))).map(|_| ())
    };
    let exposed: SocketAddr = "192.0.2.1:8080".parse().unwrap();
    assert_eq!(
        hung(DoorConfig::at(exposed)),
        Err(DoorError::Unguarded(exposed))
    );
    let mut config = DoorConfig::at(exposed);
    config.user_header = Some(HeaderName::from_static("remote-user"));
    assert_eq!(hung(config.clone()), Err(DoorError::NobodyTrusted));
    config.trusted_proxies = vec!["0.0.0.0/0".parse().unwrap()];
    let everybody = DoorError::EverybodyTrusted(config.trusted_proxies[0]);
    assert_eq!(hung(config), Err(everybody));
    let mut config = DoorConfig::at(exposed);
    passwords(&mut config);
    config.lang = Lang::En;
    assert_eq!(hung(config), Ok(()));
}

#[tokio::test]
async fn a_user_is_believed_from_the_proxy_and_from_nobody_else() {
    let house = House::with(behind_a_proxy).await;
    let mut proxy = house.browser();
    proxy.from = PROXY;
    let claire = proxy
        .get_with("/api/v1/visitor", &[("remote-user", "claire")])
        .await;
    assert_eq!(claire.json()["role"], "owner");
    assert_eq!(claire.json()["user"], "claire");
    let paul = [("remote-user", "paul")];
    assert_eq!(
        proxy.get_with("/api/v1/visitor", &paul).await.json()["role"],
        "viewer"
    );
    let admin = [("remote-user", "paul"), ("remote-groups", "users, admins")];
    assert_eq!(
        proxy.get_with("/api/v1/visitor", &admin).await.json()["role"],
        "owner"
    );
    let nobody = proxy.get("/api/v1/visitor").await;
    assert_eq!(
        (nobody.status, nobody.problem().as_str()),
        (403, "not-vouched-for")
    );
    let twice = [("remote-user", "claire"), ("remote-user", "paul")];
    let twice = proxy.get_with("/api/v1/visitor", &twice).await;
    assert_eq!(
        (twice.status, twice.problem().as_str()),
        (400, "ambiguous-user")
    );

    let mut stranger = house.browser();
    let forged = [
        ("remote-user", "claire"),
        ("x-forwarded-for", "127.0.0.2"),
        ("x-real-ip", "127.0.0.2"),
        ("forwarded", "for=127.0.0.2"),
    ];
    let answer = stranger.get_with("/api/v1/visitor", &forged).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (403, "not-vouched-for")
    );
}

/// A house with passwords behind the proxy, and a browser that comes through it.
async fn through_the_proxy() -> (House, Browser) {
    let house = House::with(|config| {
        behind_a_proxy(config);
        passwords(config);
    })
    .await;
    let mut browser = house.browser();
    browser.from = PROXY;
    (house, browser)
}

#[tokio::test]
async fn behind_tls_the_cookie_is_bound_to_host_and_tls() {
    let (_house, mut browser) = through_the_proxy().await;
    let said = [
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "releve.example"),
    ];
    let page = browser.get_with("/login", &said).await;
    assert!(page.header("set-cookie").starts_with("__Host-releve="));
    let token = page.field("csrf");
    let body = format!("password={}", OWNER.replace(' ', "+").replace('\'', "%27"));
    let headers = |origin: &'static str| {
        [
            said[0],
            said[1],
            ("origin", origin),
            ("content-type", "application/x-www-form-urlencoded"),
        ]
    };
    let with_token = [
        &headers("https://releve.example")[..],
        &[("x-csrf-token", &*token)],
    ]
    .concat();
    let entered = browser
        .clone()
        .send("POST", "/login", &with_token, &body)
        .await;
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("__Host-releve="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"),
        "{cookie}"
    );
    let plain = [
        &headers("http://releve.example")[..],
        &[("x-csrf-token", &*token)],
    ]
    .concat();
    assert_eq!(
        browser.send("POST", "/login", &plain, &body).await.status,
        403
    );
}

#[tokio::test]
async fn attempts_through_a_proxy_are_counted_by_who_made_them() {
    let (_house, mut browser) = through_the_proxy().await;
    let token = browser.get("/login").await.field("csrf");
    let origin = format!("http://{}", browser.host);
    let mut attempt = async |hops: &str| {
        let headers = [
            ("origin", &*origin),
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-csrf-token", &*token),
            ("x-forwarded-for", hops),
        ];
        browser
            .send("POST", "/login", &headers, "password=x")
            .await
            .status
    };
    for forged in 0..5 {
        assert_eq!(
            attempt(&format!("192.0.2.{forged}, 203.0.113.9")).await,
            403
        );
    }
    assert_eq!(
        attempt("192.0.2.77, 203.0.113.9").await,
        429,
        "only the last hop is believed"
    );
    assert_eq!(attempt("203.0.113.10").await, 403);
}

async fn home_assistant(house: &House, user: Option<ingress::User>) -> (ingress::Running, Browser) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let running = ingress::Ingress {
        add_on: house.address,
        supervisor: PROXY.into(),
        token: "Zm9v-BAR_0123".to_owned(),
        session: "c0ffee".to_owned(),
        user,
    };
    let running = running.serve(listener).unwrap();
    let mut browser = house.browser();
    browser.to = running.address;
    browser.host = format!("homeassistant.local:{}", running.address.port());
    browser.prefix.clone_from(&running.prefix);
    browser
        .cookies
        .insert("ingress_session".to_owned(), "c0ffee".to_owned());
    (running, browser)
}

fn as_add_on(config: &mut DoorConfig) {
    config.listen.set_ip([0, 0, 0, 0].into());
    config.ingress = Some(Ingress {
        supervisors: vec!["127.0.0.2/32".parse().unwrap()],
    });
}

fn user(id: &str) -> ingress::User {
    ingress::User {
        id: id.repeat(32),
        name: Some("claire".to_owned()),
        display_name: Some("Claire".to_owned()),
    }
}

#[tokio::test]
async fn through_home_assistant_a_user_sees_and_changes_under_its_prefix() {
    let house = House::with(as_add_on).await;
    let (running, mut browser) = home_assistant(&house, Some(user("a"))).await;
    let page = browser.get("/").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("role=Owner"), "{}", page.body);
    assert!(
        page.body
            .ends_with("base=/api/hassio_ingress/Zm9v-BAR_0123"),
        "{}",
        page.body
    );
    assert!(
        page.header("content-security-policy")
            .contains("frame-ancestors 'self'")
    );
    assert_eq!(page.header("x-frame-options"), "SAMEORIGIN");
    let seen = browser.get("/api/v1/visitor").await.json();
    assert_eq!(seen["user"], "Claire");
    let token = seen["csrf"].as_str().unwrap();
    assert_eq!(
        browser.change("/api/v1/things", token).await.body,
        "changed"
    );
    assert_eq!(
        browser.submit("/", &[("csrf", token)]).await.body,
        "changed"
    );
    let forged = browser
        .submit_from("http://evil.example", "/", &[("csrf", token)])
        .await;
    assert_eq!(forged.status, 403);
    let there = browser.get("/login").await;
    assert_eq!(there.header("location"), format!("{}/", running.prefix));
    browser.cookies.clear();
    assert_eq!(
        browser.get("/").await.status,
        401,
        "Home Assistant's own answer"
    );
    running.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_user_of_home_assistant_who_owns_nothing_only_looks() {
    let house = House::with(|config| {
        as_add_on(config);
        config.owners = vec!["a".repeat(32)];
    })
    .await;
    let (_owner, mut browser) = home_assistant(&house, Some(user("a"))).await;
    assert_eq!(browser.get("/api/v1/visitor").await.json()["role"], "owner");
    let (_guest, mut browser) = home_assistant(&house, Some(user("b"))).await;
    assert_eq!(
        browser.get("/api/v1/visitor").await.json()["role"],
        "viewer"
    );
    let token = browser.token().await;
    assert_eq!(
        browser.change("/api/v1/things", &token).await.problem(),
        "viewer-only"
    );
    let me = "a".repeat(32);
    let spoofed = browser
        .get_with("/api/v1/visitor", &[("x-remote-user-id", &me)])
        .await;
    assert_eq!(
        spoofed.problem(),
        "ambiguous-user",
        "beside the Supervisor's own"
    );
    let (_old, mut browser) = home_assistant(&house, None).await;
    assert_eq!(
        browser.get("/api/v1/visitor").await.json()["role"],
        "viewer"
    );
}

#[tokio::test]
async fn the_headers_of_home_assistant_are_worth_nothing_from_elsewhere() {
    let house = House::with(as_add_on).await;
    let forged = [
        ("x-ingress-path", "/api/hassio_ingress/x"),
        ("x-hass-source", "core.ingress"),
        ("x-remote-user-id", "a"),
        ("x-remote-user-name", "claire"),
    ];
    let answer = house.browser().get_with("/api/v1/visitor", &forged).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (403, "not-vouched-for")
    );
    let mut supervisor = house.browser();
    supervisor.from = PROXY;
    let bare = supervisor.get("/api/v1/visitor").await;
    assert_eq!(bare.status, 403, "its address alone vouches for nobody");
    let foul = [
        ("x-ingress-path", "//evil.example"),
        ("x-hass-source", "core.ingress"),
    ];
    assert_eq!(
        supervisor.get_with("/api/v1/visitor", &foul).await.status,
        403
    );
}

#[tokio::test]
async fn one_who_logs_in_beside_home_assistant_needs_the_password() {
    let house = House::with(|config| {
        as_add_on(config);
        passwords(config);
    })
    .await;
    let mut browser = house.browser();
    assert_eq!(browser.get("/").await.header("location"), "/login");
    assert_eq!(browser.log_in(OWNER).await.status, 303);
    assert_eq!(browser.get("/api/v1/visitor").await.json()["role"], "owner");
}
