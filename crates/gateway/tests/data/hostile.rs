//! H25, H28 to H32: what the data routes refuse, and that nothing of it
//! reaches Enedis.

use axum::body::Body;
use http::{Method, Request};
use simulator::{Fault, FaultRule, Resource};

use crate::neutral::refused;
use crate::world::{Answer, BOX, Engine, HOME, NEIGHBOUR, OTHER_BOX, Pair, World};
use crate::{legacy_week, measures, on_both, read, week};

on_both!(
    h25_tokens_come_in_one_header_and_nowhere_else,
    h28_only_listed_resources_are_served,
    h29_the_checked_usage_point_is_the_one_that_is_asked,
    h30_dates_are_judged_without_asking,
    h31_an_answer_about_something_else_is_refused,
    h32_two_clients_of_one_meter_live_apart,
    h38_other_methods_are_refused,
);

const CURVE: &str = "/metering_data_clc/v5/consumption_load_curve";

async fn with(world: &World, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world.send(request.body(Body::empty()).unwrap()).await
}

async fn h25_tokens_come_in_one_header_and_nowhere_else(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let path = week(HOME.1, "daily");
    let bearer = format!("Bearer {}", pair.access);
    let good = with(
        &world,
        &path,
        &[("authorization", &bearer.replace("Bearer", "bEARER"))],
    )
    .await;
    assert_eq!(good.status, 200);
    let before = measures(&world);
    let none = with(&world, &path, &[]).await;
    assert_eq!(
        (none.status.as_u16(), none.error().is_empty()),
        (401, false)
    );
    let twice = [
        ("authorization", bearer.as_str()),
        ("authorization", bearer.as_str()),
    ];
    assert_eq!(with(&world, &path, &twice).await.status, 400);
    let in_query = format!("{path}&access_token={}", pair.access);
    assert_eq!(
        with(&world, &in_query, &[("authorization", &bearer)])
            .await
            .status,
        400
    );
    assert_eq!(with(&world, &in_query, &[]).await.status, 400);
    for odd in [
        format!("Bearer\t{}", pair.access),
        format!("Bearer {}", "a".repeat(8192)),
        format!("Basic {}", pair.access),
        format!("Bearer {}", pair.refresh),
    ] {
        let answer = with(&world, &path, &[("authorization", &odd)]).await;
        assert!(
            matches!(answer.status.as_u16(), 400 | 401),
            "{odd:.20}: {answer:?}"
        );
    }
    assert_eq!(measures(&world), before);
}

async fn h28_only_listed_resources_are_served(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let before = world.enedis.calls().len();
    for path in [
        "/data/proxy/../../oauth2/v3/token",
        "/data/proxy/%2e%2e/%2e%2e/oauth2/v3/token",
        "/data/proxy//metering_data_clc/v5/consumption_load_curve",
        "/data/proxy/metering_data_clc/v5/consumption_load_curve/",
        "/data/proxy/metering_data_clc/v5/consumption_load_curve;x=1",
        "/data/proxy/https://gw.ext.prod.api.enedis.fr/oauth2/v3/token",
        "/data/proxy/customers_i/v5/identity",
        "/data/proxy/customers_upa/v5/usage_points/addresses",
        "/data/proxy/customers_upc/v5/usage_points/contracts",
        "/data/proxy/subscribed_services/v1",
        "/data/v1/22222222222222/identity",
        "/data/v1/22222222222222/..%2fdaily",
        "/data/v2/22222222222222/daily",
        "/data/",
    ] {
        let asked = format!(
            "{path}?start=2026-11-13&end=2026-11-20&usage_point_id={}",
            HOME.1
        );
        let answer = read(&world, &asked, &pair.access).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text);
    }
    assert_eq!(world.enedis.calls().len(), before);
}

async fn h29_the_checked_usage_point_is_the_one_that_is_asked(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    world.tokens(OTHER_BOX, NEIGHBOUR).await;
    let before = measures(&world);
    let own = legacy_week(HOME.1, CURVE);
    for (asked, status) in [
        (format!("{own}&usage_point_id={}", NEIGHBOUR.1), 400),
        (format!("{own}&usage_point_id%5B%5D={}", NEIGHBOUR.1), 400),
        (format!("{own}&x=1"), 400),
        (legacy_week("2222222222222", CURVE), 400),
        (legacy_week("222222222222222", CURVE), 400),
        (
            legacy_week("%D9%A2%D9%A2%D9%A2%D9%A2%D9%A2%D9%A2%D9%A2", CURVE),
            400,
        ),
        (legacy_week(NEIGHBOUR.1, CURVE), 403),
        (week(NEIGHBOUR.1, "curve"), 403),
        (week("2222222222222", "curve"), 400),
        (format!("{}&from=2026-11-01", week(HOME.1, "curve")), 400),
    ] {
        let answer = read(&world, &asked, &pair.access).await;
        assert_eq!(answer.status, status, "{asked}: {}", answer.text);
    }
    assert_eq!(measures(&world), before);
}

async fn h30_dates_are_judged_without_asking(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let before = measures(&world);
    for (from, to, status) in [
        ("2026-02-30", "2026-03-02", 400),
        ("0000", "2026-11-20", 400),
        ("9999-12-31", "9999-12-31", 400),
        ("2026-11-20", "2026-11-20", 400),
        ("2026-11-20", "2026-11-13", 400),
        ("2026-11-12", "2026-11-20", 400),
        ("2026-11-13T00:00", "2026-11-20", 400),
        ("2026-11-20", "2026-11-23", 400),
        ("2019-01-01", "2019-01-05", 404),
        ("", "2026-11-20", 400),
    ] {
        let path = format!("/data/v1/{}/curve?from={from}&to={to}", HOME.1);
        let answer = read(&world, &path, &pair.access).await;
        assert_eq!(answer.status, status, "{from}..{to}: {}", answer.text);
        let path = format!(
            "/data/proxy{CURVE}?start={from}&end={to}&usage_point_id={}",
            HOME.1
        );
        let answer = read(&world, &path, &pair.access).await;
        assert_eq!(answer.status, status, "{from}..{to}: {}", answer.text);
    }
    assert_eq!(measures(&world), before);
    let spring = format!("/data/v1/{}/curve?from=2026-03-29&to=2026-03-30", HOME.1);
    let answer = read(&world, &spring, &pair.access).await;
    assert_eq!(
        answer.text.matches("\"start\"").count(),
        46,
        "{}",
        answer.text
    );
}

async fn h31_an_answer_about_something_else_is_refused(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let prm = HOME.1.parse().unwrap();
    let body = |points: &str| {
        let body = format!(
            r#"{{"idPrm":"{}","etapeMetier":"BRUT","periode":{{"dateDebut":"2026-11-13","dateFin":"2026-11-20"}},"modeCalcul":"MESURE","grandeur":[{{"grandeurMetier":"CONS","grandeurPhysique":"PA","unite":"W","points":[{points}]}}],"contexte":[]}}"#,
            HOME.1
        );
        Fault::Body { status: 200, body }
    };
    let point = |v: &str, d: &str| {
        format!(r#"{{"v":"{v}","d":"{d}","p":"PT30M","n":"B","iv":"0","ec":"0"}}"#)
    };
    for fault in [
        Fault::WrongUsagePoint {
            usage_point: NEIGHBOUR.1.parse().unwrap(),
        },
        body(&point("100", "2024-01-01 00:30:00")),
        body(&point("NaN", "2026-11-14 00:30:00")),
        Fault::Huge { bytes: 20 << 20 },
    ] {
        world.enedis.clear_faults();
        let rule = FaultRule::always(prm, Resource::ConsumptionCurve, fault.clone());
        world.enedis.add_fault(rule);
        let answer = read(&world, &week(HOME.1, "curve"), &pair.access).await;
        assert_eq!(answer.status, 502, "{}", answer.text);
        assert!(refused(&answer).problem.is_some());
    }
    // What was not asked for is left out; the rest is good.
    world.enedis.clear_faults();
    let mixed = [
        point("100", "2024-01-01 00:30:00"),
        point("200", "2026-11-14 00:30:00"),
    ];
    let rule = FaultRule::always(prm, Resource::ConsumptionCurve, body(&mixed.join(",")));
    world.enedis.add_fault(rule);
    let answer = read(&world, &week(HOME.1, "curve"), &pair.access).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.text.matches("\"watts\":200").count(), 1);
    assert!(!answer.text.contains("2024"));
}

async fn h32_two_clients_of_one_meter_live_apart(engine: Engine) {
    let world = World::new(engine).await;
    let (first, browser) = world.approved(BOX, HOME).await;
    let first = Pair::of(&world.poll(BOX, &first).await);
    // The same person, in the same browser, for another box.
    let begun = world.begin(OTHER_BOX).await;
    let url = world.leave(&browser, &begun).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(30).await;
    let second = Pair::of(&world.poll(OTHER_BOX, &begun).await);
    let path = week(HOME.1, "daily");
    assert_eq!(read(&world, &path, &first.access).await.status, 200);
    let form = [("client_id", BOX), ("token", first.refresh.as_str())];
    assert_eq!(world.post("/revoke", &form).await.status, 200);
    assert_eq!(read(&world, &path, &first.access).await.status, 401);
    assert_eq!(read(&world, &path, &second.access).await.status, 200);
}

async fn h38_other_methods_are_refused(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let before = measures(&world);
    for method in [
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::TRACE,
        Method::OPTIONS,
    ] {
        for path in [week(HOME.1, "daily"), legacy_week(HOME.1, CURVE)] {
            let request = Request::builder()
                .method(method.clone())
                .uri(&path)
                .header("authorization", format!("Bearer {}", pair.access))
                .body(Body::empty());
            let answer = world.send(request.unwrap()).await;
            assert_eq!(answer.status, 405, "{method} {path}");
            assert!(answer.header("allow").contains("GET"));
        }
    }
    assert_eq!(measures(&world), before);
}
