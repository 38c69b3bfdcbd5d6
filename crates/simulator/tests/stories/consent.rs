//! The consent page, from the question to the data.

use http::Method;
use jiff::civil::date;
use meter::{Direction, Kind};
use simulator::customers::{DEMO_HOME, NOT_ASKED};

use crate::support::{Client, prm, v2026};

const BACK: &str = "redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fretour";

fn page(version: u8, more: &str) -> String {
    format!(
        "/dataconnect/v{version}/oauth2/authorize\
         ?client_id=releve-simulated&response_type=code&{BACK}{more}"
    )
}

fn services(id: &str) -> String {
    format!(
        r#"{{"autorisationId":{id},"comptage":false,"etatCode":["ACTIF","DEMANDE"],"serviceType":"ACCES"}}"#
    )
}

#[tokio::test]
async fn the_page_is_plain_html_with_stable_names() {
    let client = Client::with(|options| options.customers.truncate(4)).await;
    let asked = client.get(&page(2, "&duration=P1Y&state=a%22b%3Cc3")).await;
    assert!(!asked.body.contains("<script"));
    insta::assert_snapshot!(asked.raw());
}

#[tokio::test]
async fn a_2026_consent_gives_a_number_and_then_services_and_data() {
    let client = Client::new().await;
    let yesterday = v2026(
        NOT_ASKED,
        Direction::Consumption,
        Kind::Daily,
        date(2026, 11, 20),
        date(2026, 11, 21),
    );
    assert_eq!(client.get(&yesterday).await.status, 403);
    let address = page(2, "&duration=P1Y&state=xyz");
    let form = format!("customer=difficult&usage_point={NOT_ASKED}&decision=accept");
    let accepted = client.post_form(&address, &form).await;
    assert_eq!(accepted.status, 302);
    assert_eq!(
        accepted.location,
        "http://127.0.0.1:9/retour?autorisation_id=58250&state=xyz"
    );
    let again = client.post_form(&address, &form).await;
    assert_eq!(
        again.location, accepted.location,
        "a reloaded page gives the same number"
    );
    assert_eq!(client.get(&yesterday).await.status, 200);

    let path = "/subscribed_services/v1";
    let empty = client.json(Method::POST, path, &services("58250")).await;
    assert_eq!(empty.body, r#"{"nbTotalServices":0}"#);
    client.advance(5);
    let found = client.json(Method::POST, path, &services("58250")).await;
    insta::assert_snapshot!("services", found.raw());
    let read = enedis::decode_services(found.body.as_bytes()).unwrap();
    assert_eq!(read.active_points(), [prm(NOT_ASKED)]);

    let renewed = client
        .post_form(&page(2, "&duration=P1Y&state=new"), &form)
        .await;
    assert!(renewed.location.contains("autorisation_id=58251"));
    let replaced = client.json(Method::POST, path, &services("58250")).await;
    assert_eq!(replaced.body, r#"{"nbTotalServices":0}"#);
}

#[tokio::test]
async fn a_consent_runs_out_by_itself() {
    let mut client = Client::new().await;
    let form = format!("customer=difficult&usage_point={NOT_ASKED}&decision=accept");
    client.post_form(&page(2, "&duration=P10D"), &form).await;
    client.clock.set("2026-11-30T22:59:59Z".parse().unwrap());
    client.renew().await;
    let ask = |day| {
        v2026(
            NOT_ASKED,
            Direction::Consumption,
            Kind::Daily,
            day,
            date(2026, 12, 1),
        )
    };
    assert_eq!(client.get(&ask(date(2026, 11, 20))).await.status, 200);
    client.advance(1);
    assert_eq!(client.get(&ask(date(2026, 11, 20))).await.status, 403);
}

#[tokio::test]
async fn a_v5_consent_brings_a_code_and_every_usage_point() {
    let client = Client::new().await;
    let all = client
        .post_form(
            &page(1, "&duration=P1Y&state=s7"),
            "customer=7&decision=accept",
        )
        .await;
    assert_eq!(
        all.location,
        "http://127.0.0.1:9/retour?code=code58250\
         &usage_point_id=64975835695673%2C63695879465986%2C22315546958763&state=s7"
    );
    let some = "customer=7&usage_point=64975835695673&usage_point=22315546958763&decision=accept";
    let some = client
        .post_form(&page(1, "&duration=P1Y&state=s"), some)
        .await;
    assert!(
        some.location
            .contains("usage_point_id=64975835695673%2C22315546958763&")
    );
}

#[tokio::test]
async fn a_customer_who_refuses_is_reported_and_one_who_withdraws_at_once_is_not() {
    let client = Client::new().await;
    let refused = client
        .post_form(&page(2, "&duration=P1Y&state=r"), "decision=refuse")
        .await;
    assert_eq!(
        refused.location,
        "http://127.0.0.1:9/retour?error=access_denied&error_description=access_denied&state=r"
    );
    let accepted = client
        .post_form(
            &page(1, "&duration=P1Y&state=8"),
            "customer=8&decision=accept",
        )
        .await;
    assert!(accepted.location.contains("usage_point_id=26584978546985"));
    let contracts = "/customers_upc/v5/usage_points/contracts?usage_point_id=26584978546985";
    assert_eq!(client.get(contracts).await.code(), "403 ADAM-DC-0008");
}

#[tokio::test]
async fn a_choice_that_cannot_be_is_shown_again_with_the_reason() {
    let client = Client::new().await;
    let address = page(2, "&duration=P1Y");
    for (form, why) in [
        (
            "customer=demo&decision=accept".to_owned(),
            "Choisissez un point",
        ),
        ("decision=accept".to_owned(), "Choisissez un client"),
        ("customer=demo".to_owned(), "accepter ou de refuser"),
        (
            format!("customer=0&usage_point={DEMO_HOME}&decision=accept"),
            "n’est pas celui du client",
        ),
        (
            "customer=demo&usage_point=22222222222222&usage_point=33333333333333&decision=accept"
                .to_owned(),
            "Un seul point",
        ),
    ] {
        let answer = client.post_form(&address, &form).await;
        assert_eq!(answer.status, 400);
        assert!(answer.body.contains(why), "{form}");
    }
}

#[tokio::test]
async fn a_bad_question_is_refused_before_anyone_is_asked() {
    let client = Client::new().await;
    let long = "x".repeat(101);
    let mut said = Vec::new();
    for more in [
        String::new(),
        "&duration=1%20an".to_owned(),
        "&duration=P4Y".to_owned(),
        format!("&duration=P1Y&state={long}"),
    ] {
        let answer = client.get(&page(2, &more)).await;
        said.push(format!("{} {}", answer.status, answer.body));
    }
    let elsewhere = page(2, "&duration=P1Y").replace("127.0.0.1", "evil.example");
    said.push(client.get(&elsewhere).await.body);
    let stranger = page(2, "&duration=P1Y").replace("releve-simulated", "stranger");
    said.push(client.get(&stranger).await.body);
    insta::assert_snapshot!(said.join("\n"));
}

#[tokio::test]
async fn the_sandboxs_fixed_numbers_answer() {
    let client = Client::new().await;
    for (id, count) in [("10", 0), ("11", 5), ("12", 10), ("13", 0), ("999", 0)] {
        let answer = client
            .json(Method::POST, "/subscribed_services/v1", &services(id))
            .await;
        assert_eq!(answer.json()["nbTotalServices"], count, "{id}");
    }
    let malformed = client
        .json(Method::POST, "/subscribed_services/v1", "{}")
        .await;
    assert_eq!(malformed.code(), "500 500");
}
