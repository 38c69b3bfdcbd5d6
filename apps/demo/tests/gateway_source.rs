//! The home's source `gateway` over the real gateway: the stories that the
//! collector tells over its stand-in, and what Enedis' refusals become on the
//! way through both.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

#[path = "gateway_source/door.rs"]
mod door;
#[path = "../../../crates/collector/tests/stories/releve_gateway/stories.rs"]
mod stories;
#[path = "../../../crates/collector/tests/stories/world.rs"]
mod world;

use std::fmt::Write;

use bytes::Bytes;
use enedis::Problem;
use grant::client::{Consent, Why, form};
use http::Request;
use simulator::{Fault, FaultRule, Resource};
use stories::{HOME, SECOND};
use world::{sync, troubles, usage_point};

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once_and_the_call_made_again() {
    let door = door::open(&[SECOND]).await;
    let Consent::Given(given) = door.consents.records().remove(0).consent else {
        panic!("no consent");
    };
    let body = form(&[("token", given.access.expose()), ("client_id", "releve")]);
    let request = Request::post("/revoke")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from(body));
    let revoked = door.gate.answer(request.unwrap()).await.unwrap();
    assert_eq!(revoked.status(), 200);
    door.heard.clear();
    let summary = sync(&door.collector).await;
    assert!(summary.finished, "{:?}", summary.troubles);
    let data = door.heard.of_data();
    let refused = data.iter().filter(|status| **status == 401);
    assert_eq!(refused.count(), 1);
    assert_eq!(door.heard.of("/token"), [200]);
    assert_eq!(door.consents.records().len(), 1);
}

#[tokio::test]
async fn a_refusal_at_enedis_and_a_code_that_lapses_are_told_apart() {
    let world = door::world();
    let (mut street, _) = door::street(&world, &[SECOND]).await;
    let (record, link) = street.begin().await;
    let point = usage_point(SECOND);
    street
        .person
        .changes_their_mind(&link, point)
        .await
        .unwrap();
    let refused = street.settle(&record).await;
    assert_eq!(door::why(&refused), Why::Refused);
    let (record, _) = street.begin().await;
    let lapsed = street.settle(&record).await;
    assert_eq!(door::why(&lapsed), Why::Lapsed);
    let calls = world.simulator.calls();
    let of_pages = |path: &str| path.ends_with("/authorize");
    assert!(calls.iter().all(|call| of_pages(&call.path)), "{calls:?}");
}

#[tokio::test]
async fn each_refusal_of_enedis_arrives_through_the_gateway_as_what_it_means() {
    let problem = |code: &str| Fault::Problem {
        code: code.to_owned(),
        text: String::new(),
    };
    let of_day = Resource::ConsumptionDaily;
    let other = usage_point(HOME);
    let mut out = String::new();
    for (what, resource, fault) in [
        ("moved out", of_day, problem("ADAM-DC-0007")),
        ("withdrawn at Enedis", of_day, problem("ADAM-DC-0008")),
        ("not published", of_day, problem("no_data_found")),
        ("before the activation", of_day, problem("ADAM-ERR0123")),
        ("Enedis' quota", of_day, problem("900804")),
        ("too many in a second", of_day, problem("900807")),
        ("not subscribed", of_day, problem("900908")),
        ("Enedis is out of order", of_day, problem("technical_error")),
        ("a page of Enedis", of_day, Fault::Html { status: 503 }),
        ("a page that refuses", of_day, Fault::Html { status: 403 }),
        ("nothing at all", of_day, Fault::Empty { status: 200 }),
        ("an answer cut short", of_day, Fault::Truncated),
        (
            "another usage point",
            of_day,
            Fault::WrongUsagePoint { usage_point: other },
        ),
        ("a huge answer", of_day, Fault::Huge { bytes: 17 << 20 }),
        (
            "no curve",
            Resource::ConsumptionCurve,
            problem("ADAM-ERR0075"),
        ),
    ] {
        let door = door::open(&[SECOND]).await;
        let rule = FaultRule::always(usage_point(SECOND), resource, fault);
        door.world.simulator.add_fault(rule);
        tell(&mut out, what, &door).await;
    }
    insta::assert_snapshot!(out);
}

/// What a first sync tells, and how many calls a second one makes at once.
async fn tell(out: &mut String, what: &str, door: &door::Door) {
    let summary = sync(&door.collector).await;
    writeln!(out, "{what} ({} calls)", summary.calls).unwrap();
    // A time of Enedis' own quota is the gateway's to tell.
    out.push_str(&troubles(&summary, |problem| problem.code().to_string()));
    writeln!(out, "  then {} calls", sync(&door.collector).await.calls).unwrap();
    let standing = door.consents.records().remove(0).consent;
    assert!(
        matches!(standing, Consent::Given(_)),
        "{what}: {standing:?}"
    );
}

#[tokio::test]
async fn a_used_up_quota_tells_the_home_when_it_opens_again() {
    let door = door::open(&[SECOND]).await;
    let rule = FaultRule::always(
        usage_point(SECOND),
        Resource::ConsumptionDaily,
        Fault::Problem {
            code: "900804".to_owned(),
            text: String::new(),
        },
    );
    door.world.simulator.add_fault(rule);
    let summary = sync(&door.collector).await;
    let Problem::Quota {
        until: Some(until), ..
    } = summary.troubles[0].problem
    else {
        panic!("{:?}", summary.troubles);
    };
    // The whole hour is lost, for every interface of measures.
    assert_eq!(until, "2026-11-21T12:00:00Z".parse().unwrap());
}
