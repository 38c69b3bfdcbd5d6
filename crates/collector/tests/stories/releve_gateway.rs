//! Relevé's own gateway as a source: the truth, every refusal, every bad answer.

use std::fmt::Write;

use collector::Collector;
use collector::consents::{Consents, Dialect};
use simulator::{Fault, FaultRule, Resource};

use crate::consented::{collector, give};
use crate::held::{noted, told};
use crate::stories::{HOME, NOW, SECOND};
use crate::world::{World, sync, usage_point};

async fn over(world: &World, points: &[u64]) -> (Collector, std::sync::Arc<Consents>) {
    let (collector, consents) = collector(world, Dialect::Rfc, points);
    give(world, &consents, points).await;
    (collector, consents)
}

fn world() -> World {
    World::at(NOW, |options| options.pacing_and_quotas = false)
}

#[tokio::test]
async fn each_refusal_is_told_apart_and_leaves_the_right_thing_alone() {
    let problem = |code: &str| Fault::Problem {
        code: code.to_owned(),
        text: String::new(),
    };
    let body = |status, body: &str| Fault::Body {
        status,
        body: body.to_owned(),
    };
    let refused = |status, error: &str| body(status, &format!(r#"{{"error":"{error}"}}"#));
    let of_day = Resource::ConsumptionDaily;
    let other = usage_point(HOME);
    let mut out = String::new();
    for (what, resource, fault) in [
        (
            "the request is wrong",
            of_day,
            refused(400, "invalid_request"),
        ),
        (
            "the token is unknown",
            of_day,
            refused(401, "invalid_token"),
        ),
        (
            "another box was ticked",
            of_day,
            refused(403, "insufficient_scope"),
        ),
        (
            "the consent has ended",
            of_day,
            refused(403, "consent_ended"),
        ),
        ("no such resource", of_day, refused(404, "not_found")),
        ("nothing", of_day, refused(404, "no_data")),
        ("the quota", of_day, refused(429, "quota_exhausted")),
        ("Enedis fails", of_day, refused(502, "upstream_error")),
        (
            "the gateway fails",
            of_day,
            refused(503, "temporarily_unavailable"),
        ),
        ("an error it does not have", of_day, refused(400, "teapot")),
        ("a page of a proxy", of_day, Fault::Html { status: 502 }),
        ("a page that refuses", of_day, Fault::Html { status: 403 }),
        (
            "a page that finds nothing",
            of_day,
            Fault::Html { status: 404 },
        ),
        ("nothing at all", of_day, Fault::Empty { status: 200 }),
        ("an answer cut short", of_day, Fault::Truncated),
        (
            "an answer to another question",
            of_day,
            body(200, &elsewhere()),
        ),
        (
            "another usage point",
            of_day,
            Fault::WrongUsagePoint { usage_point: other },
        ),
        ("a huge answer", of_day, Fault::Huge { bytes: 17 << 20 }),
        (
            "a redirection",
            of_day,
            Fault::Redirect {
                location: "http://elsewhere.example/".to_owned(),
            },
        ),
        ("moved out", of_day, problem("ADAM-DC-0007")),
        ("withdrawn at Enedis", of_day, problem("ADAM-DC-0008")),
        ("not published", of_day, problem("no_data_found")),
        ("before the activation", of_day, problem("ADAM-ERR0123")),
        ("Enedis' quota", of_day, problem("900804")),
        ("Enedis is out of order", of_day, problem("technical_error")),
        (
            "no curve",
            Resource::ConsumptionCurve,
            problem("ADAM-ERR0075"),
        ),
    ] {
        let world = world();
        let (collector, _) = over(&world, &[SECOND]).await;
        let rule = FaultRule::always(usage_point(SECOND), resource, fault);
        world.simulator.add_fault(rule);
        tell(&mut out, what, &world, &collector).await;
    }
    insta::assert_snapshot!(out);
}

fn elsewhere() -> String {
    format!(
        r#"{{"usage_point":"{SECOND}","direction":"production","from":"2026-11-20",
        "to":"2026-11-21","kind":"daily","days":[]}}"#
    )
}

/// What a first sync tells, and how many calls a second one makes at once.
async fn tell(out: &mut String, what: &str, world: &World, collector: &Collector) {
    let summary = sync(collector).await;
    writeln!(out, "{what} ({} calls)", summary.calls).unwrap();
    out.push_str(&told(&summary));
    out.push_str(&noted(world, SECOND));
    writeln!(out, "  then {} calls", sync(collector).await.calls).unwrap();
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once_and_the_call_made_again() {
    let world = world();
    let (collector, consents) = over(&world, &[SECOND]).await;
    let fault = Fault::Body {
        status: 401,
        body: r#"{"error":"invalid_token"}"#.to_owned(),
    };
    let rule = FaultRule::always(usage_point(SECOND), Resource::ConsumptionDaily, fault);
    world.simulator.add_fault(rule.times(1));
    let summary = sync(&collector).await;
    assert!(summary.finished, "{:?}", summary.troubles);
    let calls = world.simulator.calls();
    let tokens = calls
        .iter()
        .filter(|call| call.resource == Some(Resource::DeviceToken));
    assert_eq!(tokens.count(), 2, "the first one, and one renewal");
    assert_eq!(consents.records().len(), 1);
}
