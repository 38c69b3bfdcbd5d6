//! What an operator does and finds.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/town.rs"]
mod town;

use gateway::doctor::{Health, Subject, examine};
use gateway::operator;
use gateway::store::clients::ClientRow;
use simulator::{Fault, FaultRule, Mode};
use town::{CLIENT, LINE, Town, form};

async fn asks(town: &Town) -> u16 {
    let fields = [("client_id", CLIENT), ("scope", "daily")];
    town.send(LINE, form("/device_authorization", &fields))
        .await
        .status
}

#[tokio::test]
async fn a_banned_application_is_refused_at_once_and_served_again_when_allowed() {
    let town = Town::of(Mode::V2026).await;
    assert_eq!(asks(&town).await, 200);
    assert!(
        operator::ban(&town.app.store, CLIENT.to_owned(), true)
            .await
            .unwrap()
    );
    assert!((400..=401).contains(&asks(&town).await));
    assert!(
        operator::ban(&town.app.store, CLIENT.to_owned(), false)
            .await
            .unwrap()
    );
    assert_eq!(asks(&town).await, 200);
    assert!(
        !operator::ban(&town.app.store, "nobody".to_owned(), true)
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn a_limited_application_opens_no_more_requests_than_it_may() {
    let town = Town::of(Mode::V2026).await;
    assert!(
        operator::limit(&town.app.store, CLIENT.to_owned(), 1)
            .await
            .unwrap()
    );
    assert_eq!(asks(&town).await, 200);
    assert_eq!(asks(&town).await, 429);
}

#[tokio::test]
async fn applications_are_registered_once_and_listed_by_name() {
    let town = Town::of(Mode::V2026).await;
    let client = ClientRow::public("abri", "Abri");
    assert!(
        operator::add(&town.app.store, client.clone())
            .await
            .unwrap()
    );
    assert!(!operator::add(&town.app.store, client).await.unwrap());
    let names: Vec<String> = operator::list(&town.app.store)
        .await
        .unwrap()
        .into_iter()
        .map(|client| client.name)
        .collect();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(names, sorted);
    assert!(names.contains(&"Abri".to_owned()));
}

#[tokio::test]
async fn the_doctor_finds_a_town_in_order_in_both_generations() {
    for mode in [Mode::V2026, Mode::V5] {
        let town = Town::of(mode).await;
        for finding in examine(&town.app).await {
            assert_eq!(finding.health, Health::Good, "{mode:?}: {finding:?}");
        }
    }
}

#[tokio::test]
async fn the_doctor_says_when_enedis_does_not_know_us_or_does_not_answer() {
    let town = Town::of(Mode::V2026).await;
    let enedis = async || {
        let findings = examine(&town.app).await;
        let found = findings.into_iter().find(|f| f.subject == Subject::Enedis);
        found.unwrap()
    };
    town.enedis.set_mode(Mode::V5);
    assert_eq!(enedis().await.health, Health::Bad);
    town.enedis.set_mode(Mode::V2026);
    assert_eq!(enedis().await.health, Health::Good);
    town.enedis.add_fault(FaultRule {
        usage_point: None,
        resource: None,
        from_call: 1,
        calls: None,
        fault: Fault::Html { status: 503 },
    });
    assert_eq!(enedis().await.health, Health::Doubtful);
}
