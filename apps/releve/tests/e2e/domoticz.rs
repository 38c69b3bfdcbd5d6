//! The real program and a Domoticz beside it: killed at any moment, a push ends
//! with the tables of an undisturbed one.

use std::os::unix::process::ExitStatusExt;

use jiff::civil::{date, datetime};
use simulator::{Profile, customers};
use standins::domoticz::{Domoticz, Settings};

use crate::dice::Dice;
use crate::enedis::Enedis;
use crate::inspected::inspect;
use crate::support::Home;
use crate::waiting::{real_now, wait, wait_until};

const PRODUCER: u64 = 70_000_000_000_001;
const PRM: &str = "70000000000001";
const KILLS: usize = 50;
const SIGKILL: i32 = 9;

/// A house that has collected, and a Domoticz that knows nothing of it.
struct Stage {
    enedis: Enedis,
    home: Home,
    domoticz: Domoticz,
}

impl Stage {
    fn new() -> Self {
        let enedis = Enedis::start(|options| options.profiles = vec![profile()]);
        let home = Home::new(&enedis.url, "2026", &[PRODUCER]);
        home.run(&["sync"]).well();
        let domoticz = domoticz();
        configure(&home, &enedis.url, &domoticz);
        Self {
            enedis,
            home,
            domoticz,
        }
    }

    /// Domoticz forgets everything, and so do we.
    fn begin_again(&mut self) {
        self.domoticz = domoticz();
        configure(&self.home, &self.enedis.url, &self.domoticz);
        let connection = rusqlite::Connection::open(self.home.ledger()).unwrap();
        for table in ["delivery", "delivery_target", "delivery_note"] {
            connection
                .execute(&format!("DELETE FROM {table}"), [])
                .unwrap();
        }
    }
}

fn domoticz() -> Domoticz {
    Domoticz::start(Settings {
        now: datetime(2026, 11, 21, 12, 0, 0, 0),
        ..Settings::default()
    })
}

/// Panels since August, collected since May.
fn profile() -> Profile {
    Profile {
        production_since: Some(date(2026, 8, 3)),
        ..customers::self_consumer(PRODUCER, date(2026, 5, 19))
    }
}

fn configure(home: &Home, enedis: &str, domoticz: &Domoticz) {
    let mut text = crate::support::configuration(enedis, "2026", &[PRODUCER]);
    let output = format!(
        "off_peak = \"1h30-7h30 12h30-14h30\"\n\n[outputs.box]\nkind = \"domoticz\"\nurl = \"{}\"\n",
        domoticz.url()
    );
    text += &output;
    home.write("releve.toml", text, 0o600);
}

#[test]
fn a_push_killed_at_fifty_moments_ends_with_the_tables_of_an_undisturbed_one() {
    let mut stage = Stage::new();
    let begin = real_now();
    stage.home.run(&["domoticz", "push", "-q"]).code.unwrap();
    let length = real_now().duration_since(begin);
    let expected = stage.domoticz.state().tables.history.clone();
    let days = expected.multi_meter_calendar.len();
    assert!(
        days > 150 && expected.multi_meter.len() > 300,
        "{days} days"
    );
    let mut dice = Dice(20_261_122);
    let (mut killed, mut midway) = (0, 0);
    stage.begin_again();
    while killed < KILLS {
        let mut push = stage.home.releve(&["domoticz", "push"]).spawn().unwrap();
        wait(dice.below(length));
        push.kill().unwrap();
        let struck = push.wait().unwrap().signal() == Some(SIGKILL);
        killed += usize::from(struck);
        let held = stage.domoticz.state().tables.history.clone();
        let rows = held.multi_meter_calendar.len() + held.multi_meter.len();
        midway += usize::from(struck && rows > 0 && held != expected);
        assert_eq!(inspect(&stage.home.ledger()).integrity, "ok");
        // A few kills on one ledger, then everything anew.
        if !struck || killed % 4 == 0 {
            finish(&stage, &expected);
            stage.begin_again();
        }
    }
    assert!(midway >= 10, "only {midway} kills fell between rows");
}

/// Going on gives the same tables, one device, and nothing more to do.
fn finish(stage: &Stage, expected: &standins::domoticz::History) {
    let ended = stage.home.run(&["domoticz", "push", "--json"]);
    assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
    let standing = stage.domoticz.state();
    assert_eq!(standing.tables.devices.len(), 1);
    let idx = |history: &standins::domoticz::History| {
        let rows = history.multi_meter_calendar.iter();
        rows.map(|((_, day), row)| (day.clone(), *row))
            .collect::<Vec<_>>()
    };
    assert_eq!(idx(&standing.tables.history), idx(expected));
    let short = |history: &standins::domoticz::History| {
        let rows = history.multi_meter.iter();
        rows.map(|((_, at), row)| (at.clone(), *row))
            .collect::<Vec<_>>()
    };
    assert_eq!(short(&standing.tables.history), short(expected));
    drop(standing);
    let updates = stage.domoticz.state().updates;
    assert_eq!(stage.home.run(&["domoticz", "push", "-q"]).code, Some(0));
    assert_eq!(
        stage.domoticz.state().updates,
        updates,
        "a second push writes nothing"
    );
}

#[test]
fn every_command_says_what_it_does_within_80_columns() {
    let stage = Stage::new();
    let mut said = String::new();
    for line in [
        "domoticz setup --dry-run",
        "domoticz setup",
        "domoticz push",
        "domoticz push --dry-run",
        "domoticz verify",
        "domoticz adopt",
        "domoticz remove --dry-run",
        "domoticz remove",
        "domoticz verify",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let ended = stage.home.run(&words);
        let text = format!(
            "$ releve {line}\n[exit {:?}]\n{}{}\n",
            ended.code, ended.out, ended.err
        );
        assert!(
            ended.out.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        said += &text;
    }
    insta::assert_snapshot!(said);
}

#[test]
fn the_daemon_delivers_after_its_sync_and_goes_on_where_domoticz_was_away() {
    let enedis = Enedis::going(|options| options.profiles = vec![profile()]);
    let home = Home::new(&enedis.url, "2026", &[PRODUCER]).going();
    let domoticz = domoticz();
    configure(&home, &enedis.url, &domoticz);
    let device_of = |name: &str| {
        let state = domoticz.state();
        state
            .tables
            .devices
            .values()
            .any(|device| device.name == name)
    };
    let daemon = home.start(&["run"]);
    wait_until("the sync is delivered", || {
        let state = domoticz.state();
        let last = state.tables.history.multi_meter.keys().last();
        last.is_some_and(|(_, at)| at == "2026-11-21 00:00:00")
    });
    assert!(device_of(&format!("Linky {PRM}")));
    let ended = daemon.end("TERM");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    // Away: told, noted, and nothing else of the daemon is disturbed.
    domoticz.state().settings.down = true;
    let daemon = home.start(&["run", "--lang", "en"]);
    wait_until("the failure is noted", || {
        noted(&home) == Some("domoticz-problem-cut".to_owned())
    });
    let ended = daemon.end("TERM");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    // What a person asks for is tried at once, however often it failed.
    domoticz.state().settings.down = false;
    let pushed = home.run(&["domoticz", "push", "--json"]);
    assert_eq!(pushed.code, Some(0), "{}", pushed.err);
    assert_eq!(noted(&home), None);
}

/// The name of the trouble that stands, as the ledger notes it.
fn noted(home: &Home) -> Option<String> {
    let connection = rusqlite::Connection::open(home.ledger()).unwrap();
    let query = "SELECT problem FROM delivery_note WHERE destination = 'box'";
    let problem: Option<String> = connection.query_row(query, [], |row| row.get(0)).ok()?;
    let value: serde_json::Value = serde_json::from_str(&problem?).unwrap();
    value["name"].as_str().map(str::to_owned)
}
