//! The program is started again in the middle of it: a consent that was asked for
//! or given is still there, and what is gone is said to be gone.

use collector::consents::FOLDER;
use simulator::portal::{COOKIE, LOGIN};
use simulator::{Decision, customers, portal, relay};

use crate::inspected::inspect;
use crate::room::{PRM, Room};

fn yes() -> Decision {
    Decision::Approved(vec![customers::usage_point(customers::DEMO_SECOND)])
}

async fn asks(room: &Room) -> String {
    let url = room.at(relay::PATH);
    room.post("/setup/source/gateway", &[("url", &url)])
        .await
        .leads("/setup/consent");
    room.enedis.simulator.pending_codes().pop().unwrap()
}

async fn is_given(room: &Room) {
    let given = room
        .follow("/setup/consent", |said| said.status == 303)
        .await;
    given.leads("/setup/points");
}

#[tokio::test]
async fn a_code_that_waits_is_the_same_after_a_new_start() {
    let mut room = Room::new("fr");
    let code = asks(&room).await;
    room.restart();
    let told = ["demande d’autorisation est gardée", "id=\"setup-anew\""];
    room.get("/setup").await.says(200, &told);
    room.get("/setup/consent").await.says(200, &[&code]);
    // Who was further comes back to it.
    room.get("/setup/offer")
        .await
        .leads("/setup/consent?forgotten");
    assert_eq!(room.enedis.simulator.pending_codes(), [code.as_str()]);
    assert!(room.enedis.simulator.decide(&code, &yes()));
    is_given(&room).await;
    room.goes_through(PRM).await;
    assert!(inspect(&room.data(ledger::FILE_NAME)).readings > 10_000);
}

#[tokio::test]
async fn a_consent_that_was_given_is_on_disk_at_once_and_nobody_is_asked_twice() {
    let mut room = Room::new("en");
    let code = asks(&room).await;
    assert!(room.enedis.simulator.decide(&code, &yes()));
    is_given(&room).await;
    let kept = || std::fs::read_dir(room.data(FOLDER)).unwrap();
    let is_record = |name: &std::ffi::OsStr| name.to_string_lossy().ends_with(".json");
    let records: Vec<_> = kept().map(|entry| entry.unwrap().path()).collect();
    let records: Vec<_> = records
        .iter()
        .filter(|path| path.file_name().is_some_and(is_record))
        .collect();
    assert_eq!(records.len(), 1);
    let before = std::fs::read(records[0]).unwrap();
    let record = records[0].clone();
    room.restart();
    room.get("/setup")
        .await
        .says(200, &["Your consent is kept"]);
    room.get("/setup/consent").await.leads("/setup/points");
    room.get("/setup/points").await.says(200, &[PRM]);
    assert_eq!(std::fs::read(&record).unwrap(), before);
    // Neither does the same gateway ask again where its address is typed anew.
    let url = room.at(relay::PATH);
    room.post("/setup/source/gateway", &[("url", &url)])
        .await
        .leads("/setup/consent");
    room.get("/setup/consent").await.leads("/setup/points");
    assert!(room.enedis.simulator.pending_codes().is_empty());
    room.goes_through(PRM).await;
    assert!(inspect(&room.data(ledger::FILE_NAME)).readings > 10_000);
}

#[tokio::test]
async fn an_earlier_code_that_is_answered_after_all_is_heard() {
    let room = Room::new("fr");
    let first = asks(&room).await;
    room.post("/setup/consent", &[])
        .await
        .leads("/setup/consent");
    let second = room.enedis.simulator.pending_codes();
    let second = second.iter().find(|code| **code != first).unwrap();
    room.get("/setup/consent").await.says(200, &[second]);
    assert!(room.enedis.simulator.decide(&first, &yes()));
    is_given(&room).await;
    room.goes_through(PRM).await;
    // The code that nobody needs is not left waiting.
    let left = std::fs::read_dir(room.data(FOLDER)).unwrap();
    let left = left.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".json")
    });
    assert_eq!(left.count(), 1);
}

#[tokio::test]
async fn answers_that_are_gone_are_said_to_be_gone() {
    let mut room = Room::new("fr");
    room.answers().await;
    room.restart();
    room.get("/setup/offer")
        .await
        .leads("/setup/source?forgotten");
    let told = ["Vos réponses ne sont plus là", "id=\"setup-anew\""];
    room.get("/setup/source?forgotten").await.says(200, &told);
    let quiet = room.get("/setup/source").await;
    assert!(!quiet.text.contains("setup-anew"), "{}", quiet.text);
}

#[tokio::test]
async fn a_password_that_was_refused_is_not_shown_to_enedis_again() {
    let room = Room::new("fr");
    let url = room.at(portal::PATH);
    let fields = |password| {
        let login = ("login", LOGIN);
        let cookie = ("cookie", COOKIE);
        [login, ("password", password), cookie, ("url", &*url)]
    };
    let wrong = fields("azerty");
    for _ in 0..3 {
        let page = room.post("/setup/source/account", &wrong).await;
        page.says(422, &["refuse l’adresse ou le mot de passe"]);
    }
    assert_eq!(room.enedis.simulator.passwords_shown(), 1);
    let other = fields("qwerty");
    room.post("/setup/source/account", &other)
        .await
        .says(422, &["refuse l’adresse ou le mot de passe"]);
    assert_eq!(room.enedis.simulator.passwords_shown(), 2);
}
