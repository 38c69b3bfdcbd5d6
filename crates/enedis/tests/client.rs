//! The client against a scripted Enedis: what it sends, believes and refuses.

#![expect(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use enedis::{
    Client, ClientConfig, ContractPart, CurveWire, Generation, Limits, Problem, RequestFault,
    Unreachable, encode_curve,
};
use http::{Request, Response, header};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use meter::{Direction, Kind, UsagePoint, paris};
use proptest::prelude::*;
use service::clock::BoxFuture;
use service::{Clock, Http, HttpError, VirtualClock};

const TOKEN: &str =
    r#"{"access_token":"secret-token-1","token_type":"Bearer","expires_in":"12600"}"#;
const OTHER_TOKEN: &str = r#"{"access_token":"secret-token-2","expires_in":12600}"#;
const EXPIRED: &str = r#"{"code":"900901","message":"Invalid Credentials"}"#;
const UNSUBSCRIBED: &str = r#"{"code":"900908","message":"Resource forbidden "}"#;

type Answer = Result<(u16, String), HttpError>;

/// Answers in the order of a script and remembers what was asked.
#[derive(Default)]
struct Script {
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Request<Bytes>>>,
}

impl Http for Script {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        self.asked.lock().unwrap().push(request);
        let answer = self.answers.lock().unwrap().pop_front();
        Box::pin(async move {
            let (status, body) = answer.expect("the script has an answer")?;
            Ok(Response::builder()
                .status(status)
                .body(Bytes::from(body))
                .unwrap())
        })
    }
}

impl Script {
    fn lines(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .map(|request| format!("{} {}", request.method(), request.uri()))
            .collect()
    }

    fn authorization(&self, index: usize) -> String {
        let asked = self.asked.lock().unwrap();
        let value = &asked[index].headers()[header::AUTHORIZATION];
        value.to_str().unwrap().to_owned()
    }
}

struct World {
    script: Arc<Script>,
    clock: VirtualClock,
    client: Client,
}

fn world(generation: Generation, answers: &[(u16, &str)]) -> World {
    let answers: Vec<Answer> = answers
        .iter()
        .map(|(status, body)| Ok((*status, (*body).to_owned())))
        .collect();
    scripted(generation, answers)
}

fn scripted(generation: Generation, answers: Vec<Answer>) -> World {
    let script = Arc::new(Script::default());
    *script.answers.lock().unwrap() = answers.into();
    let clock = VirtualClock::at("2026-11-21T10:00:00Z".parse().unwrap());
    let config = ClientConfig {
        base_url: "https://enedis.test/prefix/".parse().unwrap(),
        generation,
        client_id: "releve".to_owned(),
        client_secret: "very-secret".to_owned().into(),
        calls_per_second: Some(5),
    };
    let client = Client::new(script.clone(), Arc::new(clock.clone()), config);
    World {
        script,
        clock,
        client,
    }
}

fn prm() -> UsagePoint {
    "22516914714270".parse().unwrap()
}

fn empty_curve(generation: Generation, prm: UsagePoint, direction: Direction) -> String {
    let body = encode_curve(
        generation,
        &CurveWire {
            prm,
            direction,
            from: FROM,
            to: TO,
            points: &[],
            nulls: &[],
        },
    );
    String::from_utf8(body).unwrap()
}

const FROM: Date = date(2026, 11, 14);
const TO: Date = date(2026, 11, 21);

async fn curve(world: &World) -> Result<enedis::Curve, Problem> {
    let consumption = Direction::Consumption;
    world.client.curve(prm(), consumption, FROM, TO).await
}

fn good(generation: Generation) -> String {
    empty_curve(generation, prm(), Direction::Consumption)
}

#[tokio::test]
async fn requests_are_those_enedis_describes() {
    for generation in Generation::ALL {
        let body = good(generation);
        let world = world(generation, &[(200, TOKEN), (200, &body), (404, "{}")]);
        curve(&world).await.unwrap();
        let _ = world
            .client
            .maxima(prm(), Direction::Consumption, FROM, TO)
            .await;
        insta::assert_snapshot!(
            format!("requests_{generation}"),
            world.script.lines().join("\n")
        );
        assert_eq!(
            world.script.authorization(0),
            "Basic cmVsZXZlOnZlcnktc2VjcmV0"
        );
        assert_eq!(world.script.authorization(1), "Bearer secret-token-1");
        let asked = world.script.asked.lock().unwrap();
        assert_eq!(asked[0].body(), "grant_type=client_credentials");
        assert!(!asked[1].headers().contains_key(header::CONTENT_TYPE));
        assert_eq!(world.client.calls(), 3);
    }
}

#[tokio::test]
async fn one_token_serves_until_shortly_before_its_end() {
    let body = good(Generation::V2026);
    let answers = [
        (200, TOKEN),
        (200, &*body),
        (200, &*body),
        (200, OTHER_TOKEN),
        (200, &*body),
    ];
    let world = world(Generation::V2026, &answers);
    curve(&world).await.unwrap();
    world.clock.advance(SignedDuration::from_secs(12_600 - 130));
    curve(&world).await.unwrap();
    world.clock.advance(SignedDuration::from_secs(15));
    curve(&world).await.unwrap();
    assert_eq!(world.script.authorization(2), "Bearer secret-token-1");
    assert_eq!(world.script.authorization(4), "Bearer secret-token-2");
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let body = good(Generation::V2026);
    let answers = [
        (200, TOKEN),
        (401, EXPIRED),
        (200, OTHER_TOKEN),
        (200, &*body),
    ];
    let world = world(Generation::V2026, &answers);
    curve(&world).await.unwrap();
    assert_eq!(world.script.authorization(3), "Bearer secret-token-2");
    assert_eq!(world.client.calls(), 4);
}

#[tokio::test]
async fn a_token_refused_twice_is_given_up() {
    let answers = [
        (200, TOKEN),
        (401, EXPIRED),
        (200, OTHER_TOKEN),
        (401, EXPIRED),
    ];
    let world = world(Generation::V2026, &answers);
    assert_eq!(curve(&world).await, Err(Problem::TokenExpired));
    assert_eq!(world.client.calls(), 4);
}

#[tokio::test]
async fn refused_credentials_are_told_from_a_refused_token() {
    let refused = r#"{"error":"invalid_client","error_description":"x"}"#;
    let mandatory = r#"{"error":"Unauthorized","error_description":"Valid authentication credentials are mandatory to access the resource"}"#;
    for body in [refused, mandatory, EXPIRED, ""] {
        let world = world(Generation::V2026, &[(401, body)]);
        assert_eq!(curve(&world).await, Err(Problem::BadCredentials), "{body}");
        assert_eq!(world.client.calls(), 1);
    }
}

#[tokio::test]
async fn a_token_answer_without_a_token_is_malformed() {
    for body in ["{}", r#"{"access_token":""}"#, r#"{"access_token":"a\nb"}"#] {
        let world = world(Generation::V5, &[(200, body)]);
        let problem = curve(&world).await.unwrap_err();
        assert!(matches!(problem, Problem::Malformed { .. }), "{problem:?}");
    }
}

#[tokio::test]
async fn an_answer_about_somebody_else_is_not_kept() {
    let other = "32320647321714".parse().unwrap();
    for generation in Generation::ALL {
        let body = empty_curve(generation, other, Direction::Consumption);
        let world = world(generation, &[(200, TOKEN), (200, &body)]);
        assert_eq!(curve(&world).await, Err(Problem::WrongUsagePoint));
    }
    let body = empty_curve(Generation::V2026, prm(), Direction::Production);
    let world = world(Generation::V2026, &[(200, TOKEN), (200, &body)]);
    let problem = curve(&world).await.unwrap_err();
    assert!(problem.to_string().contains("other direction"), "{problem}");
}

#[tokio::test]
async fn network_failures_and_cut_answers_have_their_own_problem() {
    let token = || Ok((200, TOKEN.to_owned()));
    let slow = scripted(Generation::V2026, vec![token(), Err(HttpError::Timeout)]);
    let cause = Unreachable::Timeout;
    assert_eq!(curve(&slow).await, Err(Problem::Unreachable { cause }));
    let mut body = good(Generation::V2026);
    body.truncate(60);
    let cut = world(Generation::V2026, &[(200, TOKEN), (200, &body)]);
    let problem = curve(&cut).await.unwrap_err();
    assert!(problem.to_string().contains("breaks off"), "{problem}");
}

#[tokio::test]
async fn nothing_shown_holds_the_secret_the_token_or_the_usage_point() {
    let answers = [(200, TOKEN), (500, r#"{"error":"secret 22516914714270"}"#)];
    let world = world(Generation::V2026, &answers);
    let problem = curve(&world).await.unwrap_err();
    let asked = format!("{:?}", world.script.asked.lock().unwrap()[1].headers());
    let shown = format!("{problem} {problem:?} {:?} {asked}", world.client);
    for hidden in ["secret-token", "very-secret", "22516914714270"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}

#[tokio::test]
async fn at_most_five_calls_leave_in_a_second() {
    let body = good(Generation::V2026);
    let mut answers = vec![(200, TOKEN)];
    answers.extend([(200, &*body); 14]);
    let world = world(Generation::V2026, &answers);
    let begin = world.clock.now();
    for _ in 0..14 {
        curve(&world).await.unwrap();
    }
    let took = world.clock.now().duration_since(begin);
    assert!(took >= SignedDuration::from_secs(2), "{took}");
    assert!(took < SignedDuration::from_secs(3), "{took}");
}

const SYNTHESIS: &str = r#"{"consumption_last_activation_date":"2018-08-31T00:00:00+0200"}"#;
const SITUATION: &str = r#"[{"usage_point_id":"22516914714270","segment":"C5","subscribed_power":{"unit":"kVA","value":"9"}}]"#;

#[tokio::test]
async fn an_unsubscribed_part_of_the_contract_does_not_lose_the_others() {
    let answers = [
        (200, TOKEN),
        (200, SYNTHESIS),
        (200, SITUATION),
        (403, UNSUBSCRIBED),
    ];
    let world = world(Generation::V2026, &answers);
    let answer = world.client.contract(prm()).await.unwrap();
    let missing = (ContractPart::Meter, Problem::ApiNotSubscribed);
    assert_eq!(answer.missing, [missing]);
    assert_eq!(answer.facts.subscribed_power_va, Some(9_000));
    assert_eq!(answer.facts.consumption_activated, Some(date(2018, 8, 31)));
    insta::assert_snapshot!("requests_contract", world.script.lines().join("\n"));
}

#[tokio::test]
async fn a_contract_without_any_part_is_its_first_problem() {
    let answers = [
        (200, TOKEN),
        (403, r#"{"error":"ADAM-DC-0008"}"#),
        (403, UNSUBSCRIBED),
        (403, UNSUBSCRIBED),
    ];
    let world = world(Generation::V2026, &answers);
    let problem = world.client.contract(prm()).await.unwrap_err();
    assert_eq!(problem, Problem::NoConsent);
    let token = Ok((200, TOKEN.to_owned()));
    let off = scripted(Generation::V2026, vec![token, Err(HttpError::Timeout)]);
    off.client.contract(prm()).await.unwrap_err();
    assert_eq!(off.client.calls(), 2);
}

#[tokio::test]
async fn a_consent_number_leads_to_its_usage_points() {
    let body = r#"{"nbTotalServices":2,"serviceSouscrit":[
        {"pointId":"22516914714270","soutirage":true,"injection":false,"etatCode":"ACTIF","dateDebut":"2026-10-05","dateFin":"2029-10-04"},
        {"pointId":"22516914714270","soutirage":true,"etatCode":"TERMINE"}]}"#;
    let world = world(Generation::V2026, &[(200, TOKEN), (200, body)]);
    let services = world.client.services(58_249).await.unwrap();
    assert_eq!(services.active_points(), [prm()]);
    assert_eq!(services.services[0].end, Some(date(2029, 10, 4)));
    let asked = world.script.asked.lock().unwrap();
    let sent = std::str::from_utf8(asked[1].body()).unwrap();
    assert_eq!(
        sent,
        r#"{"autorisationId":58249,"comptage":false,"etatCode":["ACTIF","DEMANDE"],"serviceType":"ACCES"}"#
    );
}

#[tokio::test]
async fn what_a_generation_does_not_offer_is_not_asked() {
    let world = world(Generation::V5, &[]);
    let fault = RequestFault::NotOffered;
    let registers = world
        .client
        .registers(prm(), Direction::Consumption, FROM, TO);
    assert_eq!(registers.await, Err(Problem::BadRequest { fault }));
    let maxima = world.client.maxima(prm(), Direction::Production, FROM, TO);
    assert_eq!(maxima.await, Err(Problem::BadRequest { fault }));
    assert_eq!(world.client.calls(), 0);
}

proptest! {
    #[test]
    fn requests_outside_the_limits_are_refused_without_a_call(
        from in -1_200_i32..40,
        length in -3_i32..1_200,
        kind in prop::sample::select(Kind::ALL.to_vec()),
    ) {
        let today = date(2026, 11, 21);
        let (from, to) = (paris::add_days(today, from), paris::add_days(today, from + length));
        let allowed = from < to
            && to <= today
            && from >= Limits::floor(kind, today)
            && paris::days_between(from, to) <= Limits::max_days(kind).cast_signed();
        // An allowed request reaches the network, which is down.
        let world = scripted(Generation::V2026, vec![Err(HttpError::Timeout)]);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (client, way) = (&world.client, Direction::Consumption);
        let problem = runtime.block_on(async {
            match kind {
                Kind::Curve => client.curve(prm(), way, from, to).await.unwrap_err(),
                Kind::Daily => client.daily(prm(), way, from, to).await.unwrap_err(),
                Kind::Maximum => client.maxima(prm(), way, from, to).await.unwrap_err(),
                Kind::Index => client.registers(prm(), way, from, to).await.unwrap_err(),
            }
        });
        prop_assert_eq!(client.calls() == 1, allowed, "{:?} {} {}", problem, from, to);
        let network = matches!(problem, Problem::Unreachable { .. });
        prop_assert_eq!(network, allowed);
    }
}
