//! Consents in their files: asked for, polled through restarts, renewed, kept.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use collector::consents::{Consents, Dialect, FOLDER, News, watch};
use enedis::Problem;
use grant::client::{Consent, Given, Over, Why};
use http::{Request, Response};
use jiff::SignedDuration;
use ledger::NoticeKind;
use meter::{Direction, Kind};
use service::clock::BoxFuture;
use service::{Http, HttpError, SharedClock, SharedHttp};
use simulator::{Decision, Fault, FaultRule, Resource};
use tokio::sync::Notify;

use crate::consented::{answer, collector, consents, give, settle};
use crate::world::{World, key, sync, usage_point, whole_curve};

const NOW: &str = "2026-11-21T11:00:00Z";
const HOME: u64 = 22_222_222_222_222;
const SECOND: u64 = 33_333_333_333_333;
const BOTH: [Dialect; 2] = [Dialect::Rfc, Dialect::DomoticzProxy];

fn world() -> World {
    World::at(NOW, |options| options.pacing_and_quotas = false)
}

fn file(world: &World, id: &str) -> PathBuf {
    world.dir.path().join(FOLDER).join(format!("{id}.json"))
}

fn given(consents: &Consents) -> Given {
    let mut records = consents.records();
    match records.pop().unwrap().consent {
        Consent::Given(given) => given,
        other => panic!("{other:?}"),
    }
}

fn over(consents: &Consents) -> Over {
    match consents.records().pop().unwrap().consent {
        Consent::Over(over) => over,
        other => panic!("{other:?}"),
    }
}

fn always(resource: Resource, fault: Fault) -> FaultRule {
    FaultRule {
        usage_point: None,
        ..FaultRule::always(usage_point(HOME), resource, fault)
    }
}

fn notices(world: &World) -> Vec<(NoticeKind, Option<meter::UsagePoint>)> {
    let notices = world.reader("a.db").notices().unwrap();
    let told = notices.into_iter();
    told.map(|notice| (notice.kind, notice.concerned.usage_point))
        .collect()
}

#[tokio::test]
async fn a_code_is_polled_through_restarts_and_becomes_tokens_that_only_their_owner_reads() {
    for dialect in BOTH {
        let world = world();
        let http = world.simulator.http();
        let box_ = || consents(&world, dialect, &[HOME], http.clone());
        let record = box_().begin().await.unwrap();
        let Consent::Waiting(waiting) = &record.consent else {
            panic!("a code")
        };
        assert!(waiting.best_link().contains(&waiting.user_code));
        for _ in 0..5 {
            world.clock.advance(SignedDuration::from_secs(6));
            // Each time another process.
            box_().tend(&record.id).await.unwrap();
        }
        let yes = Decision::Approved(vec![usage_point(HOME)]);
        answer(&world, &box_(), &yes).await;
        assert_eq!(given(&box_()).usage_points, [usage_point(HOME)]);
        let mode = file(&world, &record.id).metadata().unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn restarts_do_not_poll_faster_than_the_server_wants() {
    let world = world();
    let http = world.simulator.http();
    let record = consents(&world, Dialect::Rfc, &[HOME], http.clone())
        .begin()
        .await
        .unwrap();
    for _ in 0..60 {
        let restarted = consents(&world, Dialect::Rfc, &[HOME], http.clone());
        restarted.tend(&record.id).await.unwrap();
        world.clock.advance(SignedDuration::from_secs(1));
    }
    let polls = world.simulator.calls().len() - 1;
    assert!((10..=12).contains(&polls), "{polls}");
}

#[tokio::test]
async fn a_code_that_lapses_or_is_refused_is_told_apart_and_not_replaced() {
    for (decision, why, kind) in [
        (None, Why::Lapsed, NoticeKind::CodeLapsed),
        (
            Some(Decision::Denied),
            Why::Refused,
            NoticeKind::ConsentRefused,
        ),
    ] {
        let world = world();
        let (collector, consents) = collector(&world, Dialect::Rfc, &[HOME]);
        consents.begin().await.unwrap();
        assert_eq!(notices(&world), [(NoticeKind::ConsentWaiting, None)]);
        match decision {
            Some(decision) => answer(&world, &consents, &decision).await,
            None => settle(&world, &consents).await,
        }
        assert_eq!(over(&consents).why, why);
        assert_eq!(notices(&world), [(kind, None)]);
        let before = world.simulator.calls().len();
        for _ in 0..48 {
            world.advance_hours(1);
            let summary = sync(&collector).await;
            assert!(!summary.finished);
        }
        assert_eq!(world.simulator.calls().len(), before, "nobody is asked");
    }
}

#[tokio::test]
async fn the_proxy_that_forgets_lapsed_codes_is_understood() {
    let world = world();
    let http = world.simulator.http();
    let consents = consents(&world, Dialect::DomoticzProxy, &[HOME], http);
    consents.begin().await.unwrap();
    settle(&world, &consents).await;
    assert_eq!(over(&consents).why, Why::Lapsed);
    let lasted = over(&consents).since.duration_since(NOW.parse().unwrap());
    assert!((300..=310).contains(&lasted.as_secs()), "{lasted}");
}

#[tokio::test]
async fn without_a_consent_nobody_is_asked_and_with_one_everything_is() {
    for dialect in BOTH {
        let world = world();
        let (collector, consents) = collector(&world, dialect, &[SECOND]);
        let none = sync(&collector).await;
        assert_eq!(none.troubles[0].problem, Problem::ConsentAbsent);
        assert_eq!(none.calls, 0);
        assert!(world.simulator.calls().is_empty());
        give(&world, &consents, &[SECOND]).await;
        let first = sync(&collector).await;
        assert!(first.finished, "{:?}", first.troubles);
        let curve = key(SECOND, Direction::Consumption, Kind::Curve);
        assert!(whole_curve(&world.reader("a.db"), curve).len() > 10_000);
        let point = Some(usage_point(SECOND));
        assert_eq!(notices(&world), [(NoticeKind::ConsentGiven, point)]);
    }
}

#[tokio::test]
async fn two_consents_stand_beside_each_other_and_the_end_of_one_stops_only_its_own() {
    let world = world();
    let (collector, consents) = collector(&world, Dialect::Rfc, &[HOME, SECOND]);
    give(&world, &consents, &[HOME]).await;
    let half = sync(&collector).await;
    let lacking: Vec<_> = half.troubles.iter().map(|t| t.usage_point).collect();
    assert_eq!(lacking, [Some(usage_point(SECOND))]);
    give(&world, &consents, &[SECOND]).await;
    assert_eq!(consents.records().len(), 2);
    assert!(sync(&collector).await.finished);
    let first = consents.records().remove(0);
    consents.forget(&first.id).await.unwrap();
    world.advance_hours(24);
    let after = sync(&collector).await;
    let stopped: Vec<_> = after.troubles.iter().map(|t| t.usage_point).collect();
    assert_eq!(stopped, [Some(usage_point(HOME))]);
    assert!(after.calls > 0);
}

/// Loses the answer of the next token request, after it was served.
struct Lossy(SharedHttp, Mutex<u32>);

impl Http for Lossy {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        let about_tokens = request.uri().path().ends_with("/token");
        Box::pin(async move {
            let answer = self.0.send(request).await?;
            let mut left = self.1.lock().unwrap();
            if about_tokens && *left > 0 {
                *left -= 1;
                return Err(HttpError::Timeout);
            }
            Ok(answer)
        })
    }
}

#[tokio::test]
async fn an_answer_that_was_lost_costs_no_consent() {
    let world = world();
    let lossy = Arc::new(Lossy(world.simulator.http(), Mutex::new(0)));
    let consents = consents(&world, Dialect::Rfc, &[HOME], lossy.clone());
    consents.begin().await.unwrap();
    *lossy.1.lock().unwrap() = 1;
    let yes = Decision::Approved(vec![usage_point(HOME)]);
    answer(&world, &consents, &yes).await;
    for _ in 0..20 {
        world.advance_hours(5);
        *lossy.1.lock().unwrap() = 1;
        consents.hindrances(&[usage_point(HOME)]).await;
        world.advance_hours(1);
        let met = consents.hindrances(&[usage_point(HOME)]).await;
        assert_eq!(met, []);
    }
}

#[tokio::test]
async fn a_process_killed_between_answer_and_file_goes_on_with_the_token_it_has() {
    let world = world();
    let http = world.simulator.http();
    let consents = consents(&world, Dialect::Rfc, &[HOME], http);
    give(&world, &consents, &[HOME]).await;
    let id = consents.records()[0].id.clone();
    let before = std::fs::read(file(&world, &id)).unwrap();
    world.advance_hours(4);
    consents.tend(&id).await.unwrap();
    // What was written is gone, as if it had never been.
    std::fs::write(file(&world, &id), before).unwrap();
    world.advance_hours(1);
    assert_eq!(consents.hindrances(&[usage_point(HOME)]).await, []);
}

#[tokio::test]
async fn every_doubtful_answer_to_a_renewal_keeps_tokens_and_is_tried_again() {
    let body = |status, body: &str| Fault::Body {
        status,
        body: body.to_owned(),
    };
    for fault in [
        Fault::Html { status: 403 },
        Fault::Html { status: 503 },
        Fault::Empty { status: 200 },
        Fault::Empty { status: 429 },
        body(400, r#"{"error":"slow_down"}"#),
        body(401, r#"{"error":"invalid_client"}"#),
        body(400, r#"{"error":"invalid_grant"}"#),
        body(400, r#"{"error":"invalid_request"}"#),
        body(200, r#"{"error":"unauthorized"}"#),
        body(500, r#"{"error":"invalid_grant"}"#),
    ] {
        for dialect in BOTH {
            let world = world();
            let (collector, consents) = collector(&world, dialect, &[SECOND]);
            give(&world, &consents, &[SECOND]).await;
            let before = given(&consents);
            world
                .simulator
                .add_fault(always(Resource::DeviceToken, fault.clone()));
            world.advance_hours(4);
            let hindered = sync(&collector).await;
            assert_eq!(hindered.calls, 0, "no call with a dead token");
            assert_eq!(given(&consents).refresh, before.refresh, "{fault:?}");
            world.simulator.clear_faults();
            world.advance_hours(12);
            let healed = sync(&collector).await;
            assert!(healed.finished, "{fault:?} {:?}", healed.troubles);
        }
    }
}

#[tokio::test]
async fn a_withdrawal_is_believed_after_a_day_and_keeps_readings_and_tokens() {
    for dialect in BOTH {
        let world = world();
        let (collector, consents) = collector(&world, dialect, &[SECOND]);
        give(&world, &consents, &[SECOND]).await;
        sync(&collector).await;
        let curve = key(SECOND, Direction::Consumption, Kind::Curve);
        let before = whole_curve(&world.reader("a.db"), curve);
        world.simulator.forget_grants();
        for hour in 0..40 {
            world.advance_hours(1);
            sync(&collector).await;
            if let Consent::Given(_) = consents.records()[0].consent {
                assert!(hour < 36, "{dialect:?}");
            }
        }
        let over = over(&consents);
        assert_eq!(over.why, Why::Withdrawn);
        assert!(over.kept.unwrap().refresh.is_some());
        let kinds: Vec<_> = notices(&world).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [NoticeKind::ConsentRevoked]);
        assert_eq!(whole_curve(&world.reader("a.db"), curve), before);
        let refused = sync(&collector).await;
        assert_eq!(refused.troubles[0].problem, Problem::NoConsent);
        // A new consent takes its place.
        give(&world, &consents, &[SECOND]).await;
        assert_eq!(consents.records().len(), 1);
        assert!(sync(&collector).await.finished);
    }
}

#[tokio::test]
async fn tokens_are_sent_to_the_server_that_gave_them_and_to_no_other() {
    let world = world();
    let http = world.simulator.http();
    let consents = consents(&world, Dialect::Rfc, &[HOME], http.clone());
    give(&world, &consents, &[HOME]).await;
    let mut server = consents.server.clone();
    server.base_url = "https://elsewhere.example/relay".parse().unwrap();
    let clock: SharedClock = Arc::new(world.clock.clone());
    let moved = Consents::new(
        ("gateway", server),
        vec![usage_point(HOME)],
        world.dir.path(),
        http,
        clock,
    );
    let before = world.simulator.calls().len();
    let met = moved.hindrances(&[usage_point(HOME)]).await;
    assert_eq!(met[0].1, Problem::ConsentAbsent);
    assert_eq!(world.simulator.calls().len(), before);
}

#[tokio::test]
async fn a_file_that_is_a_folder_or_nonsense_is_told_and_never_overwritten() {
    for spoil in [
        |path: &PathBuf| {
            std::fs::remove_file(path).unwrap();
            std::fs::create_dir(path).unwrap();
        },
        |path: &PathBuf| std::fs::write(path, "{\"id\":").unwrap(),
        |path: &PathBuf| std::fs::write(path, [0xFF; 9]).unwrap(),
    ] {
        let world = world();
        let (collector, consents) = collector(&world, Dialect::Rfc, &[HOME]);
        give(&world, &consents, &[HOME]).await;
        let path = file(&world, "gateway-1");
        spoil(&path);
        let summary = sync(&collector).await;
        let Problem::TokenFile { detail } = &summary.troubles[0].problem else {
            panic!("{:?}", summary.troubles)
        };
        assert!(detail.starts_with("gateway-1.json: "), "{detail}");
        assert_eq!(summary.calls, 0);
        let fresh = consents.begin().await.unwrap();
        assert_eq!(fresh.id, "gateway-2");
    }
}

#[tokio::test]
async fn a_file_opened_to_others_is_closed_again() {
    let world = world();
    let consents = consents(&world, Dialect::Rfc, &[HOME], world.simulator.http());
    give(&world, &consents, &[HOME]).await;
    let path = file(&world, "gateway-1");
    std::fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    assert_eq!(consents.records().len(), 1);
    let mode = path.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

async fn watched(world: &World, all: &[Arc<Consents>], minutes: i64) -> (Vec<String>, bool) {
    let told = Mutex::new(Vec::new());
    let tell = |source: &str, news: News<'_>| {
        let what = match news {
            News::Waiting(record) => format!("{source} waits: {}", record.id),
            News::Given(record) => format!("{source} given: {}", record.id),
            News::Over(record) => format!("{source} over: {}", record.id),
            News::Trouble(problem) => format!("{source}: {}", problem.code()),
        };
        told.lock().unwrap().push(what);
    };
    let (woken, clock) = (Notify::new(), world.clock.clone());
    let shared: SharedClock = Arc::new(clock.clone());
    let end = world.simulator.now() + SignedDuration::from_mins(minutes);
    let until = async {
        while service::Clock::now(&clock) < end {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = watch(all, &shared, &woken, &tell) => {}
        () = until => {}
    }
    let was_woken = tokio::select! {
        biased;
        () = woken.notified() => true,
        () = tokio::task::yield_now() => false,
    };
    (told.into_inner().unwrap(), was_woken)
}

#[tokio::test]
async fn a_daemon_asks_for_one_code_shows_it_once_and_asks_for_no_other() {
    let world = world();
    let (_, consents) = collector(&world, Dialect::Rfc, &[HOME]);
    let all = [consents];
    let (told, woken) = watched(&world, &all, 30 * 60).await;
    assert_eq!(
        told,
        ["gateway waits: gateway-1", "gateway over: gateway-1"]
    );
    assert!(!woken);
    let (again, _) = watched(&world, &all, 48 * 60).await;
    assert!(again.is_empty(), "{again:?}");
}

#[tokio::test]
async fn a_daemon_whose_code_is_answered_wakes_its_schedule() {
    let world = world();
    let (_, consents) = collector(&world, Dialect::Rfc, &[HOME]);
    consents.begin().await.unwrap();
    let yes = Decision::Approved(vec![usage_point(HOME)]);
    world
        .simulator
        .decide(&world.simulator.pending_codes()[0], &yes);
    let (told, woken) = watched(&world, &[consents], 60).await;
    assert_eq!(
        told,
        ["gateway waits: gateway-1", "gateway given: gateway-1"]
    );
    assert!(woken);
}

#[tokio::test]
async fn restarts_during_an_outage_of_the_gateway_make_no_more_calls() {
    for minutes in [120, 1] {
        let world = world();
        let rule = always(Resource::DeviceCode, Fault::Html { status: 503 });
        world.simulator.add_fault(rule);
        let (_, consents) = collector(&world, Dialect::Rfc, &[HOME]);
        let all = [consents];
        // One process for two hours, then one for each of their minutes.
        for _ in 0..120 / minutes {
            watched(&world, &all, minutes).await;
        }
        let passed = world.simulator.now().duration_since(NOW.parse().unwrap());
        let most = passed.as_mins() / 10 + 1;
        let calls = world.simulator.calls().len() as i64;
        assert!((12..=most).contains(&calls), "{calls} of {most}");
    }
}
