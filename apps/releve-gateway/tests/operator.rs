//! What an operator answers with, asked of the program itself: the proof of a
//! consent, the chain of the audit, whom a breach concerns, new keys.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "common/place.rs"]
mod place;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use gateway::audit::{self, Entry, Event, chain};
use gateway::keys::{KeySet, Keys, Purpose};
use gateway::random::{Draw, SharedRandom, SystemRandomness};
use gateway::store::clients::{self, ClientRow};
use gateway::store::consents::{self, NewConsent, PointRow};
use gateway::store::flows::{self, NewFlow};
use gateway::store::tokens::{self, Pair};
use gateway::store::{Sqlite, Store};
use grant::Scopes;
use grant::server::{Flow, TokenKind};
use jiff::SignedDuration;
use place::{Place, Service, get, post, text};
use service::SystemClock;

const PAGE: &str = "<p>Je vois ce même code</p>";

/// The rows of a place, written without a person and without Enedis.
struct Rows {
    store: Store,
    keys: Arc<Keys>,
    random: SharedRandom,
}

impl Rows {
    fn of(place: &Place) -> Self {
        let folder = place.path("data");
        fs::create_dir_all(&folder).unwrap();
        let random = place::traces::Recorded(SystemRandomness::new());
        let random: SharedRandom = Arc::new(random);
        let keys = KeySet::read_or_make(&folder.join("keys"), &*random).unwrap();
        let store = Sqlite::open(&folder.join("gateway.db"), Arc::new(SystemClock)).unwrap();
        Self {
            store: Store::new(store),
            keys: Arc::new(Keys::new(keys)),
            random,
        }
    }

    /// A proved consent of that application; its identifier as commands show it.
    async fn consent(&self, client: &'static str) -> String {
        let (keys, random) = (self.keys.clone(), self.random.clone());
        let id: [u8; 16] = random.bytes().unwrap();
        let given = self.store.transact(move |tx| {
            let (keys, random) = (keys.clone(), random.clone());
            Box::pin(async move {
                clients::add(tx, &ClientRow::public(client, client)).await?;
                let device = random.token(TokenKind::Device)?;
                let flow = Flow::begin(tx.now(), SignedDuration::from_mins(20), 5);
                let new = NewFlow {
                    id: &id,
                    device_hash: keys.hash(Purpose::Token, device.secret()),
                    user_hash: keys.hash(Purpose::UserCode, random.user_code()?.letters()),
                    client,
                    asked: Scopes::ALL,
                    flow: &flow,
                    line_hash: b"line",
                    network: "192.0.2.0/24",
                    agent: "a box",
                    previous: None,
                };
                flows::insert(tx, new).await?;
                let sql = "UPDATE flow SET page = $1, duration = 'P3Y' WHERE id = $2";
                tx.execute(sql, vec![PAGE.into(), (&id[..]).into()]).await?;
                let row = flows::by_id(tx, &id).await?.unwrap();
                let (key, dek) = keys.new_data_key(&*random)?;
                let point = PointRow {
                    hash: keys.hash(Purpose::Point, b"22516914714270"),
                    sealed: Some(key.seal(&id, b"22516914714270", &*random)?),
                    directions: "consumption".to_owned(),
                };
                let new = NewConsent {
                    id: &id,
                    flow: &row,
                    generation: "2026",
                    autorisation_id: None,
                    scopes: Scopes::ALL,
                    until: tx.now() + SignedDuration::from_hours(24),
                    dek: &dek,
                    points: vec![point],
                    proved_by: "quiet",
                };
                assert!(consents::insert(tx, &new).await?);
                let entry = Entry {
                    flow: Some(&id),
                    ..Entry::default()
                };
                audit::record(tx, Event::Approved, entry).await
            })
        });
        given.await.unwrap();
        place::traces::gave("22516914714270");
        HEXLOWER.encode(&id)
    }

    /// A pair of tokens of that consent.
    async fn tokens(&self, consent: &str) -> [String; 2] {
        let pair = |at| u8::from_str_radix(&consent[at..at + 2], 16).unwrap();
        let id: Vec<u8> = (0..consent.len()).step_by(2).map(pair).collect();
        let [access, refresh] =
            [TokenKind::Access, TokenKind::Refresh].map(|kind| self.random.token(kind).unwrap());
        let texts = [access.reveal(), refresh.reveal()];
        let keys = self.keys.clone();
        let given = self.store.transact(move |tx| {
            let (keys, id) = (keys.clone(), id.clone());
            let (access, refresh) = (access.clone(), refresh.clone());
            Box::pin(async move {
                tokens::begin(tx, &id, &id, "box", Scopes::ALL).await?;
                let pair = Pair {
                    family: &id,
                    parent: None,
                    generation: 0,
                    access: &keys.hash(Purpose::Token, access.secret()),
                    refresh: &keys.hash(Purpose::Token, refresh.secret()),
                    expires: tx.now() + SignedDuration::from_hours(1),
                    scopes: Scopes::ALL,
                };
                tokens::issue(tx, &pair).await
            })
        });
        given.await.unwrap();
        texts
    }

    /// Seals the whole audit; how many rows its chain has.
    async fn seal(&self) -> usize {
        let mut sealed = 0;
        loop {
            let step = self.store.transact(|tx| Box::pin(chain::seal(tx))).await;
            match step.unwrap() {
                0 => return sealed,
                step => sealed += step,
            }
        }
    }

    async fn change(&self, sql: &'static str) -> u64 {
        let changed = self
            .store
            .transact(move |tx| Box::pin(async move { tx.execute(sql, Vec::new()).await }));
        changed.await.unwrap()
    }
}

#[tokio::test]
async fn the_proof_of_a_consent_is_the_page_as_it_was_shown_with_every_event() {
    let place = Place::with("");
    let id = Rows::of(&place).consent("box").await;
    let told = place.run(&["proof", &id]);
    assert!(told.status.success(), "{}", text(&told));
    let told = place::follows(&told.stdout, "gateway-proof");
    assert_eq!(told["proof"]["page"], PAGE);
    assert_eq!(told["proof"]["proved_by"], "quiet");
    let digest = ring::digest::digest(&ring::digest::SHA256, PAGE.as_bytes());
    let digest = HEXLOWER.encode(digest.as_ref());
    assert_eq!(told["proof"]["page_sha256"], digest);
    let events = told["events"].as_array().unwrap();
    let events: Vec<_> = events
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    assert_eq!(events, ["flow_started", "approved"]);
    assert!(!told.to_string().contains("22516914714270"));

    let unknown = place.run(&["proof", &"0".repeat(32)]);
    assert_eq!(unknown.status.code(), Some(1));
    let nonsense = place.run(&["proof", "zz"]);
    assert_eq!(nonsense.status.code(), Some(1));
    assert_ne!(text(&unknown), text(&nonsense));
}

#[tokio::test]
async fn a_sound_chain_is_said_to_be_and_its_last_link_shown() {
    let place = Place::with("");
    let rows = Rows::of(&place);
    rows.consent("box").await;
    assert_eq!(rows.seal().await, 2);
    rows.consent("other").await;
    let told = place.run(&["audit", "verify"]);
    assert!(told.status.success(), "{}", text(&told));
    let told = text(&told);
    assert!(told.contains("2 rows sealed, 2 waiting"), "{told}");
    let hash = told.trim().rsplit(' ').next().unwrap();
    assert!(
        hash.len() == 64 && hash.chars().all(|c| c.is_ascii_hexdigit()),
        "{told}"
    );
}

#[tokio::test]
async fn whatever_was_done_to_the_chain_is_noticed_and_named() {
    for (done, told) in [
        (
            "UPDATE audit SET detail = 'nothing happened' WHERE seq = 2",
            "row 2 was changed",
        ),
        ("DELETE FROM audit WHERE seq = 3", "row 3 is missing"),
        ("DELETE FROM audit WHERE seq = 4", "ends at row 3"),
        (
            "UPDATE audit SET at = at - 1 WHERE seq = 1",
            "row 1 was changed",
        ),
    ] {
        let place = Place::with("");
        let rows = Rows::of(&place);
        rows.consent("box").await;
        rows.consent("other").await;
        assert_eq!(rows.seal().await, 4);
        assert!(place.run(&["audit", "verify"]).status.success());
        assert_eq!(rows.change(done).await, 1, "{done}");
        let verified = place.run(&["audit", "verify"]);
        assert_eq!(verified.status.code(), Some(4), "{done}");
        assert!(
            text(&verified).contains(told),
            "{done}: {}",
            text(&verified)
        );
    }
}

/// The consents that a breach list names.
fn listed(place: &Place, more: &[&str]) -> Vec<(String, String)> {
    let told = place.run(&[&["breach-list"], more].concat());
    assert!(told.status.success(), "{}", text(&told));
    let lines = String::from_utf8(told.stdout).unwrap();
    let lines = lines.lines().map(|line| {
        let it = place::follows(line.as_bytes(), "gateway-breach-list");
        let word = |name: &str| it[name].as_str().unwrap().to_owned();
        (word("consent"), word("client"))
    });
    lines.collect()
}

#[tokio::test]
async fn a_breach_concerns_those_who_were_touched_and_nobody_else() {
    let place = Place::with("");
    let rows = Rows::of(&place);
    let mine = (rows.consent("box").await, "box".to_owned());
    let other = (rows.consent("other").await, "other".to_owned());
    assert_eq!(listed(&place, &[]), [mine.clone(), other.clone()]);
    assert_eq!(
        listed(&place, &["--client", "other"]),
        std::slice::from_ref(&other)
    );
    assert_eq!(listed(&place, &["--client", "nobody"]), []);
    assert_eq!(listed(&place, &["--from", "2999-01-01T00:00:00Z"]), []);
    assert_eq!(listed(&place, &["--until", "2000-01-01T00:00:00Z"]), []);
    assert_eq!(
        listed(&place, &["--key", "1"]),
        [mine.clone(), other.clone()]
    );
    assert_eq!(listed(&place, &["--key", "2"]), []);

    // A token that was found somewhere, in a file.
    let file = place.path("found").display().to_string();
    for (whose, consent) in [(&mine, &mine.0), (&other, &other.0)] {
        let [access, refresh] = rows.tokens(consent).await;
        for token in [access, refresh] {
            fs::write(&file, format!("{token}\n")).unwrap();
            let found = listed(&place, &["--token-file", &file]);
            assert_eq!(found, std::slice::from_ref(whose));
        }
    }
    let nobodys = rows.random.token(TokenKind::Access).unwrap().reveal();
    fs::write(&file, nobodys).unwrap();
    assert_eq!(listed(&place, &["--token-file", &file]), []);
    fs::write(&file, "not a token").unwrap();
    let refused = place.run(&["breach-list", "--token-file", &file]);
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused));
}

#[tokio::test]
async fn keys_rotate_without_a_box_or_a_consent_noticing() {
    let place = Place::with("");
    let id = Rows::of(&place).consent("box").await;
    let added = place.run(&["client", "add", "Atelier", "--id", "atelier", "--secret"]);
    assert!(added.status.success());
    let service = Service::start(&place);
    let begun = post(&service.public, "/device_authorization", "client_id=box");
    let code = begun.split("\"device_code\":\"").nth(1).unwrap();
    let code = code.split('"').next().unwrap().to_owned();
    assert!(service.stop());

    let before = fs::read_to_string(place.path("data/keys")).unwrap();
    let rotated = place.run(&["keys", "rotate"]);
    assert!(rotated.status.success(), "{}", text(&rotated));
    let file = place.path("data/keys");
    let after: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_ne!(before, after.to_string());
    assert_eq!(after["peppers"].as_array().unwrap().len(), 2);
    assert_eq!(after["wrapping"].as_array().unwrap().len(), 2);
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );

    let service = Service::start(&place);
    let form = format!(
        "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=box&device_code={code}"
    );
    let polled = post(&service.public, "/token", &form);
    assert!(polled.contains("authorization_pending"), "{polled}");
    // The service itself puts the consent's key under the new one, soon after it starts.
    let rewrapped = (0..200).any(|_| {
        let ready = get(&service.operator, "/health/ready");
        assert!(ready.starts_with("HTTP/1.1 200"), "{ready}");
        listed(&place, &["--key", "2"]) == [(id.clone(), "box".to_owned())]
    });
    assert!(rewrapped);
    assert_eq!(listed(&place, &["--key", "1"]), []);
    assert!(service.stop());
}
