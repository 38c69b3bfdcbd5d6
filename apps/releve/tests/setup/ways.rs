//! Each way to readings, from the welcome to Home.

use std::os::unix::fs::PermissionsExt;

use enedis::Generation;
use jiff::SignedDuration;
use releve::config::{self, SourceKind};
use service::MapEnv;
use simulator::portal::{COOKIE, LOGIN, PASSWORD};
use simulator::{Decision, conso_api, customers, portal, relay};

use crate::inspected::inspect;
use crate::room::{PRM, Room};

const POINT: u64 = customers::DEMO_SECOND;

fn decide(room: &Room, decision: &Decision) {
    let code = room.enedis.simulator.pending_codes().pop().unwrap();
    assert!(room.enedis.simulator.decide(&code, decision));
}

#[tokio::test]
async fn a_gateway_is_found_refused_lapsed_and_at_last_agreed_to() {
    for (lang, refused, lapsed) in [
        ("fr", "L’autorisation a été refusée.", "Le code a expiré"),
        ("en", "The consent was refused.", "The code lapsed"),
    ] {
        let room = Room::new(lang);
        room.get("/").await.leads("/setup");
        let welcome = room.get("/setup").await;
        let path = room.configuration().display().to_string();
        welcome.says(200, &[&path, "id=\"setup-start\""]);
        // Nobody is ahead of what is known.
        room.get("/setup/finish")
            .await
            .leads("/setup/source?forgotten");
        // Nobody answers there; what was typed is not lost.
        let nowhere = [("url", "http://127.0.0.1:1/")];
        let wrong = room.post("/setup/source/gateway", &nowhere).await;
        wrong.says(
            422,
            &["id=\"setup-refused\"", "value=\"http://127.0.0.1:1/\""],
        );
        let open = [("url", "http://passerelle.exemple.fr/")];
        let wrong = room.post("/setup/source/gateway", &open).await;
        wrong.says(422, &["id=\"setup-refused-do\""]);
        let url = room.at(relay::PATH);
        room.post("/setup/source/gateway", &[("url", &url)])
            .await
            .leads("/setup/consent");
        let page = room.get("/setup/consent").await;
        let code = room.enedis.simulator.pending_codes().pop().unwrap();
        page.says(200, &[&code, "<svg class=\"qr\"", "http-equiv=\"refresh\""]);
        room.get("/setup/points").await.leads("/setup/consent");
        decide(&room, &Decision::Denied);
        let page = room
            .follow("/setup/consent", |said| said.text.contains("consent-over"))
            .await;
        page.says(200, &[refused]);
        room.post("/setup/consent", &[])
            .await
            .leads("/setup/consent");
        room.clock.advance(SignedDuration::from_mins(30));
        let page = room
            .follow("/setup/consent", |said| said.text.contains("consent-over"))
            .await;
        page.says(200, &[lapsed]);
        room.post("/setup/consent", &[])
            .await
            .leads("/setup/consent");
        decide(
            &room,
            &Decision::Approved(vec![customers::usage_point(POINT)]),
        );
        let given = room
            .follow("/setup/consent", |said| said.status == 303)
            .await;
        given.leads("/setup/points");
        room.get("/setup/points").await.says(200, &[PRM]);
        room.goes_through(PRM).await;
        assert!(inspect(&room.data(ledger::FILE_NAME)).readings > 10_000);
        let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(room.configuration()), 0o600);
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_and_only_the_secrets_are_typed_again() {
    for (lang, refused, todo) in [
        (
            "fr",
            "refuse l’adresse ou le mot de passe",
            "tapez-les de nouveau ici",
        ),
        ("en", "refuses the", "type them again here"),
    ] {
        let room = Room::new(lang);
        let url = room.at(portal::PATH);
        let account = |password: &'static str| {
            let fields = [("login", LOGIN), ("password", password), ("cookie", COOKIE)];
            fields.map(|(name, value)| (name, value.to_owned()))
        };
        let sent = |fields: [(&'static str, String); 3]| {
            let mut all = fields.to_vec();
            all.push(("url", url.clone()));
            all
        };
        let wrong = sent(account("azerty"));
        let wrong: Vec<(&str, &str)> = wrong.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let page = room.post("/setup/source/account", &wrong).await;
        page.says(422, &[refused, todo, LOGIN, &url]);
        assert!(!page.text.contains("azerty"), "{}", page.text);
        assert!(!page.text.contains(COOKIE), "{}", page.text);
        assert!(!room.data("accounts/compte.json").exists());
        // The portal is left in peace for a while after a failure.
        room.clock.advance(SignedDuration::from_mins(20));
        let right = sent(account(PASSWORD));
        let right: Vec<(&str, &str)> = right.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let page = room.post("/setup/source/account", &right).await;
        page.leads("/setup/points");
        let points = room.get("/setup/points").await;
        for point in portal::usage_points() {
            points.says(200, &[&point.to_string()]);
        }
        room.goes_through(PRM).await;
        let text = std::fs::read_to_string(room.configuration()).unwrap();
        assert!(!text.contains(PASSWORD) && !text.contains(COOKIE), "{text}");
        let settings = settings(&room);
        assert!(matches!(settings.sources[0].kind, SourceKind::Portal(_)));
        assert_eq!(settings.usage_points.len(), 1);
    }
}

#[tokio::test]
async fn a_token_is_tried_before_it_is_kept_in_a_file_of_its_own() {
    let room = Room::new("fr");
    let url = room.at(conso_api::PATH);
    let point = customers::usage_point(POINT);
    let token = conso_api::token(&[point], "2026-11-01T00:00:00Z".parse().unwrap());
    let fields = |token| {
        let service = ("service", "conso-api");
        [
            service,
            ("token", token),
            ("prm", PRM),
            ("url", url.as_str()),
        ]
    };
    let page = room
        .post("/setup/source/token", &fields("perdu-et-perime"))
        .await;
    page.says(422, &["id=\"setup-refused\"", PRM]);
    assert!(!page.text.contains("perdu-et-perime"), "{}", page.text);
    let short = [("token", token.as_str()), ("prm", "123"), ("url", &url)];
    let page = room.post("/setup/source/token", &short).await;
    page.says(422, &["14 chiffres", "value=\"123\""]);
    room.post("/setup/source/token", &fields(&token))
        .await
        .leads("/setup/points");
    room.goes_through(PRM).await;
    let folder = room.configuration().parent().unwrap().to_owned();
    let kept = std::fs::read_to_string(folder.join("conso-api.token")).unwrap();
    assert_eq!(kept, token);
    assert!(inspect(&room.data(ledger::FILE_NAME)).readings > 1_000);
}

#[tokio::test]
async fn an_application_with_off_peak_hours_and_an_offer() {
    let room = Room::new("fr");
    let url = room.enedis.url.clone();
    let fields = |secret| {
        let id = ("client_id", "releve-simulated");
        [id, ("secret", secret), ("prm", PRM), ("url", url.as_str())]
    };
    let page = room
        .post("/setup/source/application", &fields("wrong"))
        .await;
    page.says(422, &["id=\"setup-refused\"", "value=\"releve-simulated\""]);
    let right = fields("not-a-secret");
    room.post("/setup/source/application", &right)
        .await
        .leads("/setup/points");
    room.post("/setup/points", &[])
        .await
        .says(422, &["Aucun point"]);
    let more = [("more", PRM), ("more-name", "Chalet")];
    room.post("/setup/points", &more)
        .await
        .leads("/setup/off-peak");
    let rule = format!("rule-{PRM}");
    let wrong = room
        .post("/setup/off-peak", &[(&rule, "22h38-26h38")])
        .await;
    wrong.says(422, &["value=\"22h38-26h38\"", "^", "aria-invalid"]);
    let tried = [(rule.as_str(), "22h38-6h38"), ("try", "1")];
    let page = room.post("/setup/off-peak", &tried).await;
    page.says(200, &["00:00-06:38", "22:38-24:00", "lundi"]);
    let next = [(rule.as_str(), "22h38-6h38"), ("next", "1")];
    room.post("/setup/off-peak", &next)
        .await
        .leads("/setup/offer");
    let (offer, power) = (format!("offer-{PRM}"), format!("power-{PRM}"));
    let wrong = [(offer.as_str(), "trv-hphc"), (power.as_str(), "9 kVA")];
    let page = room.post("/setup/offer", &wrong).await;
    page.says(422, &["value=\"9 kVA\"", "value=\"trv-hphc\" selected"]);
    let right = [(offer.as_str(), "trv-hphc"), (power.as_str(), "9")];
    room.post("/setup/offer", &right)
        .await
        .leads("/setup/outputs");
    let last = room.get("/setup/finish").await;
    last.says(200, &["Chalet", "trv-hphc", "22h38-6h38"]);
    room.ends().await;
    let settings = settings(&room);
    let point = &settings.usage_points[0];
    assert_eq!(point.name.as_deref(), Some("Chalet"));
    assert_eq!(point.prices.subscribed_kva, Some(9));
    assert_eq!(point.prices.plans.len(), 1);
    let SourceKind::DataConnect(access) = &settings.sources[0].kind else {
        panic!("another kind");
    };
    assert!(access.switches && access.generation == Generation::V2026);
}

fn settings(room: &Room) -> config::Settings {
    let home = room.folder.path().display().to_string();
    let env = MapEnv::from([("HOME", home.as_str())]);
    let loaded = config::load(&config::Asked::default(), &env);
    loaded.unwrap().settings
}
