//! A sync that is killed at any moment loses nothing and invents nothing.

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::civil::date;
use simulator::{Profile, customers};

use crate::dice::Dice;
use crate::enedis::Enedis;
use crate::inspected::inspect;
use crate::rows::{assert_same_rows, dump};
use crate::support::Home;
use crate::waiting::{real_now, wait};

const PRODUCER: u64 = 70_000_000_000_001;
const CONSUMER: u64 = 70_000_000_000_002;
const KILLS: usize = 200;
/// As many kills strike the same ledger, until a sync ends before its kill.
const ON_ONE_LEDGER: usize = 170;
const SIGKILL: i32 = 9;

#[test]
fn a_sync_killed_at_two_hundred_moments_ends_with_the_rows_of_an_undisturbed_one() {
    let stage = Stage::new("2026");
    let mut dice = Dice(20_261_121);
    let (mut killed, mut midway, mut held) = (0, 0, 0);
    let mut home = stage.home();
    while killed < KILLS {
        // Short lives on one ledger, whose history grows from kill to kill;
        // then fresh ledgers, killed once at any moment of their first sync.
        let span = if killed < ON_ONE_LEDGER { 5 } else { 1 };
        let struck = strike(&home, dice.below(stage.length / span));
        killed += usize::from(struck);
        let readings = stage.check(&home, killed % 2 == 0);
        assert!(
            readings >= held,
            "a kill took {held} readings to {readings}"
        );
        midway += usize::from(struck && readings > held && readings < stage.readings);
        held = readings;
        if !struck || killed >= ON_ONE_LEDGER {
            stage.finish(&home);
            (home, held) = (stage.home(), 0);
        }
    }
    assert!(
        midway >= 30,
        "only {midway} kills fell while readings came in"
    );
}

/// v5 does not tell when a service began: the border is searched, by halves,
/// and a kill may fall in the middle of the search.
#[test]
fn a_search_for_the_first_day_of_service_goes_on_where_it_was_killed() {
    let stage = Stage::new("v5");
    let mut dice = Dice(5);
    let home = stage.home();
    for number in 0..8 {
        strike(&home, dice.below(stage.length / 3));
        stage.check(&home, number % 2 == 0);
    }
    stage.finish(&home);
}

/// An Enedis, and what an undisturbed sync makes of it.
struct Stage {
    enedis: Enedis,
    generation: &'static str,
    /// How long it takes.
    length: SignedDuration,
    rows: Vec<String>,
    readings: u64,
    exported: BTreeSet<String>,
}

impl Stage {
    fn new(generation: &'static str) -> Self {
        let enedis = Enedis::start(|options| options.profiles = profiles());
        enedis.simulator.set_latency(Duration::from_millis(3));
        let mut stage = Self {
            enedis,
            generation,
            length: SignedDuration::ZERO,
            rows: Vec::new(),
            readings: 0,
            exported: BTreeSet::new(),
        };
        let home = stage.home();
        let begin = real_now();
        home.run(&["sync"]).well();
        stage.length = real_now().duration_since(begin);
        stage.rows = dump(&home.ledger());
        assert!(stage.rows.len() > 10_000, "{} rows", stage.rows.len());
        stage.readings = inspect(&home.ledger()).readings;
        stage.exported = export(&home).lines().map(str::to_owned).collect();
        stage
    }

    fn home(&self) -> Home {
        Home::new(&self.enedis.url, self.generation, &[PRODUCER, CONSUMER])
    }

    /// What a kill leaves is sound, and nothing but a part of the whole: so many
    /// readings.
    fn check(&self, home: &Home, read: bool) -> u64 {
        if !home.ledger().exists() {
            return 0;
        }
        let found = inspect(&home.ledger());
        assert_eq!(found.integrity, "ok");
        // Reading leaves a tidy journal behind; a sync must also cope without.
        if read {
            self.read(home, found.readings);
        }
        found.readings
    }

    fn read(&self, home: &Home, readings: u64) {
        let status = home.run(&["status", "--json"]);
        if readings == 0 && status.code == Some(4) {
            assert!(status.err.contains("registre"), "{}", status.err);
            return;
        }
        serde_json::from_str::<serde_json::Value>(&status.well()).unwrap();
        let exported = home.run(&export_args());
        if readings > 0 || exported.code == Some(0) {
            let unknown = |line: &&str| !self.exported.contains(*line);
            assert_eq!(exported.well().lines().find(unknown), None);
        }
    }

    fn finish(&self, home: &Home) {
        home.run(&["sync"]).well();
        assert_same_rows(&dump(&home.ledger()), &self.rows, "killed and undisturbed");
        assert_eq!(inspect(&home.ledger()).integrity, "ok");
    }
}

/// Kills a sync after a while; `false` when it had ended before.
fn strike(home: &Home, after: SignedDuration) -> bool {
    let mut sync = home.releve(&["sync"]).spawn().unwrap();
    wait(after);
    sync.kill().unwrap();
    let ended = sync.wait().unwrap();
    let struck = ended.signal() == Some(SIGKILL);
    assert!(struck || ended.success(), "{ended}");
    struck
}

fn export(home: &Home) -> String {
    home.run(&export_args()).well()
}

fn export_args() -> [&'static str; 6] {
    [
        "export",
        "csv",
        "--kind",
        "curve",
        "--usage-point",
        "70000000000001",
    ]
}

/// A home with panels and another without, both of this year.
fn profiles() -> Vec<Profile> {
    let producer = Profile {
        production_since: Some(date(2026, 8, 3)),
        ..customers::self_consumer(PRODUCER, date(2026, 5, 19))
    };
    vec![producer, customers::consumer(CONSUMER, date(2026, 9, 8))]
}
