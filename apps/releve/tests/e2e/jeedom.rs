//! The real program beside a Jeedom: set up, filled, cut off, filled again.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use jiff::civil::date;
use serde_json::Value;
use service::SystemClock;
use simulator::customers;
use standins::jeedom::{Jeedom, Options, Scenario};

use crate::enedis::Enedis;
use crate::support::{Home, configuration};
use crate::waiting::{real_now, wait, wait_until};

const PRM: u64 = 70_000_000_000_002;
const KEY: &str = "a-key-that-nobody-may-read";
const SIGKILL: i32 = 9;
const IDS: [&str; 4] = ["charge", "consod", "consom", "consoy"];

type Histories = BTreeMap<&'static str, Vec<(String, String)>>;

/// A Jeedom that listens, on a thread of its own, until dropped.
struct House {
    jeedom: Jeedom,
    url: String,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl House {
    fn start() -> Self {
        let options = Options {
            version: "4.5.3".to_owned(),
            key: KEY.to_owned(),
            ..Options::default()
        };
        let jeedom = Jeedom::new(options, Arc::new(SystemClock));
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let (tell, told) = mpsc::channel();
        let served = jeedom.clone();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.unwrap().block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
                let running = served.serve(listener.unwrap()).unwrap();
                tell.send(running.url.clone()).unwrap();
                // The sender is dropped to stop.
                let _ = stopped.await;
            });
        });
        Self {
            jeedom,
            url: told.recv().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    fn histories(&self) -> Histories {
        self.jeedom.inside(|core| {
            let of = |id: &&'static str| Some((*id, core.history_of(core.command_id(id)?)));
            IDS.iter().filter_map(of).collect()
        })
    }

    fn shown(&self) -> Vec<Option<(Value, String)>> {
        self.jeedom
            .inside(|core| IDS.map(|id| core.current_of(core.command_id(id)?)).into())
    }

    fn events(&self) -> u64 {
        self.jeedom.inside(|core| core.calls_of("cmd::event"))
    }
}

impl Drop for House {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn enedis() -> Enedis {
    Enedis::start(|options| {
        options.profiles = vec![customers::consumer(PRM, date(2024, 3, 8))];
    })
}

/// A home that has collected, and knows this Jeedom.
fn home(enedis: &Enedis, house: &House, profile: &str) -> Home {
    let home = Home::new(&enedis.url, "2026", &[PRM]);
    home.write("key", format!("{KEY}\n"), 0o600);
    let section = format!(
        "\n[outputs.maison]\nkind = \"jeedom\"\nurl = \"{}\"\nkey_file = \"key\"\nprofile = \"{profile}\"\n",
        house.url
    );
    let file = configuration(&enedis.url, "2026", &[PRM]) + &section;
    home.write("releve.toml", file, 0o600);
    home.run(&["sync"]).well();
    home
}

/// A text on one line, every space a plain one.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What a command gives keeps to its published schema.
fn keeps_to(schema: &str, text: &str) -> Value {
    let found = releve::json::schemas()
        .into_iter()
        .find(|(name, _)| *name == schema);
    let schema = found.unwrap().1.to_value();
    let value = json(text);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(&value)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    value
}

#[test]
fn a_home_is_set_up_filled_compared_and_left_in_five_commands() {
    let (enedis, house) = (enedis(), House::start());
    let home = home(&enedis, &house, "2020");
    let none = home.run(&["jeedom", "push"]);
    assert_eq!(none.code, Some(5));
    assert!(
        none.err.contains("n’a pas encore d’équipement"),
        "{}",
        none.err
    );
    assert!(none.err.contains("releve jeedom setup"), "{}", none.err);
    let dry = keeps_to(
        "jeedom-setup",
        &home.run(&["jeedom", "setup", "--dry-run", "--json"]).well(),
    );
    assert_eq!(dry["usage_points"][0]["equipment"], Value::Null);
    assert_eq!(house.jeedom.inside(|core| core.equipments().count()), 0);
    let made = keeps_to(
        "jeedom-setup",
        &home.run(&["jeedom", "setup", "--json"]).well(),
    );
    assert_eq!(
        made["usage_points"][0]["added"].as_array().unwrap().len(),
        4
    );
    assert!(home.run(&["jeedom", "setup"]).well().contains("est là"));
    let lacks = home.run(&["jeedom", "verify"]);
    assert_eq!(lacks.code, Some(5));
    assert!(lacks.out.contains("Il manque à Jeedom"), "{}", lacks.out);
    assert_eq!(house.events(), 0);
    let pushed = keeps_to(
        "jeedom-push",
        &home.run(&["jeedom", "push", "--json"]).well(),
    );
    assert_eq!(pushed["usage_points"][0]["commands"][0]["sent"], 48);
    assert_eq!(pushed["usage_points"][0]["commands"][1]["sent"], 30);
    let events = house.events();
    let again = home.run(&["jeedom", "push"]).well();
    assert!(again.contains("Jeedom a les"), "{again}");
    assert!(
        again.lines().all(|line| line.chars().count() <= 80),
        "{again}"
    );
    home.run(&["jeedom", "verify"]).well();
    assert_eq!(house.events(), events);
    let gone = keeps_to(
        "jeedom-remove",
        &home.run(&["jeedom", "remove", "--json"]).well(),
    );
    assert_eq!(
        gone["usage_points"][0]["equipment"]["name"],
        format!("Linky {PRM:014}")
    );
    assert_eq!(house.histories()["consod"].len(), 30);
}

#[test]
fn a_push_killed_at_any_moment_is_ended_by_the_next_with_the_same_history() {
    let (enedis, house) = (enedis(), House::start());
    let whole = home(&enedis, &house, "2020");
    whole.run(&["jeedom", "setup"]).well();
    let begin = real_now();
    whole.run(&["jeedom", "push", "--curve-days", "7"]).well();
    let length = real_now().duration_since(begin);
    let (expected, shown) = (house.histories(), house.shown());
    assert_eq!(expected["charge"].len(), 7 * 48);
    let mut killed = 0;
    for moment in 1..=12 {
        let house = House::start();
        let file = std::fs::read_to_string(whole.path("releve.toml")).unwrap();
        let file: Vec<_> = file
            .lines()
            .map(|line| match line.strip_prefix("url = ") {
                Some(_) => format!("url = \"{}\"", house.url),
                None => line.to_owned(),
            })
            .collect();
        whole.write("releve.toml", file.join("\n"), 0o600);
        // Its setup may be cut off, too.
        for words in [
            &["jeedom", "setup"][..],
            &["jeedom", "push", "--curve-days", "7"],
        ] {
            let mut child = whole.releve(words).spawn().unwrap();
            wait(length * moment / 13);
            child.kill().unwrap();
            let struck = child.wait().unwrap().signal() == Some(SIGKILL);
            killed += usize::from(struck);
            if words[1] == "setup" {
                whole.run(words).well();
            }
        }
        whole.run(&["jeedom", "push", "--curve-days", "7"]).well();
        assert_eq!(house.histories(), expected, "killed at {moment}/13");
        assert_eq!(house.shown(), shown, "killed at {moment}/13");
        let events = house.events();
        whole.run(&["jeedom", "push", "--curve-days", "7"]).well();
        assert_eq!(house.events(), events);
    }
    assert!(killed >= 6, "only {killed} were killed before their end");
}

#[test]
fn the_daemon_fills_jeedom_by_itself_after_its_sync() {
    let (enedis, house) = (enedis(), House::start());
    let home = home(&enedis, &house, "releve");
    home.run(&["jeedom", "setup"]).well();
    let daemon = home.start(&["run"]);
    wait_until("Jeedom is filled", || {
        let history = |id: &str| {
            house.jeedom.inside(|core| {
                let id = core.command_id(id)?;
                Some(core.history_of(id).len())
            })
        };
        history("completeness") == Some(30) && house.shown().iter().all(Option::is_some)
    });
    assert_eq!(daemon.end("TERM").code, Some(0));
    assert_eq!(house.histories()["consod"].len(), 30);
    let problem = house
        .jeedom
        .inside(|core| core.current_of(core.command_id("last_problem")?));
    if let Some((text, _)) = problem {
        assert_eq!(text, "aucun");
    }
}

#[test]
fn every_refusal_has_its_words_its_advice_and_never_the_key() {
    let (enedis, house) = (enedis(), House::start());
    house.jeedom.inside(|core| core.options.white_listed = true);
    let home = home(&enedis, &house, "2020");
    let refused = |words: &[&str], said: &str, advice: &str| {
        let ended = home.run(words);
        assert_eq!(ended.code, Some(5), "{ended:?}");
        let all = plain(&(ended.out + &ended.err));
        assert!(all.contains(said) && all.contains(advice), "{said}: {all}");
        assert!(!all.contains(KEY), "{all}");
    };
    home.write("key", "wrong\n", 0o600);
    refused(
        &["jeedom", "setup"],
        "refuse la clé",
        "même avec une mauvaise clé",
    );
    home.write("key", format!("{KEY}\n"), 0o600);
    house.jeedom.inside(|core| core.options.json_rpc = false);
    refused(
        &["jeedom", "setup"],
        "JSON-RPC de Jeedom est désactivé",
        "Accès API JSONRPC",
    );
    house.jeedom.inside(|core| {
        core.options.json_rpc = true;
        core.options.plugins.clear();
    });
    refused(
        &["jeedom", "setup"],
        "virtual",
        "Installez et activez le plugin",
    );
    house
        .jeedom
        .inside(|core| core.options.plugins.insert("virtual".to_owned()));
    let twin = serde_json::json!({
        "eqType_name": "virtual", "name": format!("Linky {PRM:014}"),
    });
    house.jeedom.inside(|core| core.install(&twin, &[]));
    refused(&["jeedom", "setup"], "est déjà pris", "--name NOM");
    home.run(&["jeedom", "setup", "--name", "Linky bis"]).well();
    let other = home.run(&["jeedom", "push", "--destination", "autre"]);
    assert_eq!(other.code, Some(3));
    let said = plain(&other.err);
    assert!(
        said.contains("aucun Jeedom ne s’appelle « autre »"),
        "{said}"
    );
    home.run(&["jeedom", "push"]).well();
    assert_eq!(house.histories()["consod"].len(), 30);
}

#[test]
fn a_mixing_command_a_deaf_one_and_a_listening_scenario_are_told() {
    let (enedis, house) = (enedis(), House::start());
    let home = home(&enedis, &house, "2020");
    home.run(&["jeedom", "setup"]).well();
    let id = house
        .jeedom
        .inside(|core| core.command_id("consod"))
        .unwrap();
    house.jeedom.inside(|core| {
        core.change(id, "configuration.historizeMode", "avg".into());
        core.scenarios.push(Scenario {
            id: 3,
            name: "Alerte".to_owned(),
            is_active: true,
            trigger: vec![format!("#{}#", core.command_id("charge").unwrap())],
        });
    });
    let held = home.run(&["jeedom", "push", "--quiet-import"]);
    assert_eq!((held.code, house.events()), (Some(5), 0), "{held:?}");
    assert!(
        plain(&held.out).contains("Rien n’a été envoyé : le scénario « Alerte »"),
        "{}",
        held.out
    );
    let pushed = home.run(&["jeedom", "push"]);
    assert_eq!(pushed.code, Some(5));
    assert!(plain(&pushed.out).contains("moyennerait"), "{}", pushed.out);
    assert!(
        plain(&pushed.out).contains("Mode de lissage"),
        "{}",
        pushed.out
    );
    assert_eq!(house.histories()["consod"].len(), 0);
    house.jeedom.inside(|core| {
        core.scenarios.clear();
        core.change(id, "configuration.maxValue", "0".into());
    });
    assert!(home.run(&["jeedom", "setup"]).well().contains("consod"));
    let deaf = home.run(&["jeedom", "push"]);
    assert_eq!(deaf.code, Some(5));
    assert!(
        plain(&deaf.out).contains("n’a pas gardé 30 valeurs"),
        "{}",
        deaf.out
    );
    house
        .jeedom
        .inside(|core| core.change(id, "configuration.maxValue", "".into()));
    home.run(&["jeedom", "push"]).well();
    assert_eq!(house.histories()["consod"].len(), 30);
}

#[test]
fn an_equipment_of_the_plugin_is_adopted_once_it_mixes_no_more() {
    let (enedis, house) = (enedis(), House::start());
    let home = home(&enedis, &house, "2023");
    let command = |id: &str, name: &str| {
        serde_json::json!({
            "eqType_name": "enedis", "logicalId": id, "name": name, "type": "info",
            "subType": "numeric", "unite": "kWh", "isHistorized": "1",
            "configuration": { "historizeRound": "3", "calculValueOffset": "#value#/1000" },
        })
    };
    let commands = [
        command("daily_consumption", "Consommation Jour"),
        command("yearly_consumption", "Consommation Année"),
    ];
    let equipment = serde_json::json!({
        "eqType_name": "enedis", "name": "Linky", "isEnable": "1",
        "configuration": { "usage_point_id": format!("{PRM:014}") },
    });
    let id = house.jeedom.inside(|core| {
        core.options.plugins.insert("enedis".to_owned());
        core.install(&equipment, &commands)
    });
    let number = id.to_string();
    let refused = home.run(&["jeedom", "adopt", &number]);
    assert_eq!(refused.code, Some(5));
    assert!(
        refused.out.contains("✗ daily_consumption"),
        "{}",
        refused.out
    );
    let kept = home.run(&["jeedom", "adopt", &number, "--keep-every-value", "--json"]);
    let kept = keeps_to("jeedom-adopt", &kept.well());
    assert_eq!(
        (&kept["profile"], kept["commands"].as_array().unwrap().len()),
        (&"2023".into(), 2)
    );
    let line = format!("adopted = {{ \"{PRM:014}\" = {id} }}");
    assert!(
        home.run(&["jeedom", "adopt", &number])
            .well()
            .contains(&line)
    );
    let file = std::fs::read_to_string(home.path("releve.toml")).unwrap();
    home.write("releve.toml", file + &line + "\n", 0o600);
    home.run(&["jeedom", "push"]).well();
    house.jeedom.inside(|core| {
        let days = core.history_of(core.command_id("daily_consumption").unwrap());
        assert_eq!(
            (days.len(), days[0].0.as_str()),
            (324, "2026-01-01 00:00:00")
        );
    });
}
