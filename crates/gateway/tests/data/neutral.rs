//! The neutral form.

use enedis::neutral::{self, Readings, Refused, RefusedCode};
use jiff::civil::date;
use meter::{Direction, Kind};

use crate::world::{BOX, DEVICE, Engine, HOME, OTHER_BOX, Pair, World};
use crate::{measures, on_both, read, week};

on_both!(
    a_week_of_curve_is_what_the_meter_recorded,
    totals_maxima_and_registers_come_in_the_same_form,
    only_what_the_person_agreed_to_is_read,
    a_consent_that_ends_soon_says_so_on_every_answer,
    after_a_withdrawal_nothing_is_read_and_nothing_asked,
    who_was_given_what_is_written_down_once_a_day,
);

async fn a_week_of_curve_is_what_the_meter_recorded(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    let answer = read(&world, &week(HOME.1, "curve"), &pair.access).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let read = neutral::read(answer.text.as_bytes()).unwrap();
    let truth = world.enedis.truth(HOME.1.parse().unwrap()).unwrap();
    let days = meter::paris::days(date(2026, 11, 13), date(2026, 11, 20));
    let recorded = days.flat_map(|day| truth.collected_day(Direction::Consumption, day));
    let Readings::Curve {
        intervals,
        unplaced,
    } = read.readings
    else {
        panic!("no curve");
    };
    assert_eq!(intervals, recorded.collect::<Vec<_>>());
    assert_eq!(unplaced, []);
    assert_eq!(
        (read.from, read.to),
        (date(2026, 11, 13), date(2026, 11, 20))
    );
}

async fn totals_maxima_and_registers_come_in_the_same_form(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    for kind in Kind::ALL {
        let path = week(HOME.1, neutral::resource(kind));
        let answer = read(&world, &path, &pair.access).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        conforms(&answer.text);
        let read = neutral::read(answer.text.as_bytes()).unwrap();
        assert_eq!(read.readings.kind(), kind);
        assert!(!read.readings.is_empty());
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

async fn only_what_the_person_agreed_to_is_read(engine: Engine) {
    let world = World::new(engine).await;
    let form = [("client_id", BOX), ("scope", "daily")];
    let asked = world.post("/device_authorization", &form).await;
    let begun = crate::world::Begun {
        device: asked.text_of("device_code"),
        user: asked.text_of("user_code"),
    };
    let browser = world.browser();
    let url = world.leave(&browser, &begun).await;
    let back = world.agree(&url, HOME);
    world.come_back(&browser, &back).await;
    world.settle(30).await;
    let form = [
        ("grant_type", DEVICE),
        ("client_id", BOX),
        ("device_code", &begun.device),
    ];
    let pair = Pair::of(&world.post("/token", &form).await);
    assert_eq!(
        read(&world, &week(HOME.1, "daily"), &pair.access)
            .await
            .status,
        200
    );
    let before = measures(&world);
    for resource in ["curve", "max-power"] {
        let refused = read(&world, &week(HOME.1, resource), &pair.access).await;
        assert_eq!(
            (refused.status.as_u16(), refused.error().as_str()),
            (403, "insufficient_scope")
        );
        assert!(
            refused
                .header("www-authenticate")
                .contains("insufficient_scope")
        );
    }
    let produced = week(HOME.1, "daily").replace("consumption", "production");
    assert_eq!(read(&world, &produced, &pair.access).await.status, 403);
    assert_eq!(measures(&world), before, "a refusal was asked at Enedis");
}

async fn a_consent_that_ends_soon_says_so_on_every_answer(engine: Engine) {
    let world = World::with(engine, |config, _| {
        "P1Y".clone_into(&mut config.enedis.duration);
    })
    .await;
    let pair = world.tokens(BOX, HOME).await;
    let fresh = read(&world, &week(HOME.1, "daily"), &pair.access).await;
    assert_eq!(fresh.header("x-consent-expires"), "");
    world.pass(340 * 86_400).await;
    let pair = Pair::of(&world.refresh(BOX, &pair.refresh).await);
    let path = format!("/data/v1/{}/daily?from=2027-10-10&to=2027-10-20", HOME.1);
    let late = read(&world, &path, &pair.access).await;
    assert!(
        late.header("x-consent-expires").starts_with("2027-11-2"),
        "{late:?}"
    );
}

async fn after_a_withdrawal_nothing_is_read_and_nothing_asked(engine: Engine) {
    let world = World::new(engine).await;
    let (mine, other) = (
        world.tokens(BOX, HOME).await,
        world.tokens(OTHER_BOX, crate::world::NEIGHBOUR).await,
    );
    let form = [("client_id", BOX), ("token", &mine.refresh)];
    assert_eq!(world.post("/revoke", &form).await.status, 200);
    let before = measures(&world);
    let refused = read(&world, &week(HOME.1, "daily"), &mine.access).await;
    assert_eq!(
        (refused.status.as_u16(), refused.error().as_str()),
        (401, "invalid_token")
    );
    assert_eq!(measures(&world), before);
    let still = read(
        &world,
        &week(crate::world::NEIGHBOUR.1, "daily"),
        &other.access,
    )
    .await;
    assert_eq!(still.status, 200, "{}", still.text);
}

async fn who_was_given_what_is_written_down_once_a_day(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(BOX, HOME).await;
    for _ in 0..3 {
        read(&world, &week(HOME.1, "daily"), &pair.access).await;
    }
    assert_eq!(world.audited("data_served").await, 1);
    assert_eq!(world.count("SELECT n FROM served").await, 3);
    read(&world, &week(HOME.1, "curve"), &pair.access).await;
    assert_eq!(world.audited("data_served").await, 2);
}

/// Holds an answer to the published description.
fn conforms(answer: &str) {
    let mut schema: serde_json::Value = serde_json::from_str(gateway::data::OPENAPI).unwrap();
    schema["$ref"] = "#/components/schemas/Answer".into();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let answer = serde_json::from_str(answer).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(&answer)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

/// The body of a refusal.
pub fn refused(answer: &crate::world::Answer) -> Refused {
    serde_json::from_str(&answer.text).unwrap_or_else(|_| panic!("{}", answer.text))
}

#[test]
fn every_refusal_has_a_status_of_its_own() {
    assert_eq!(RefusedCode::QuotaExhausted.status(), 429);
    assert_eq!(RefusedCode::UpstreamError.status(), 502);
}
