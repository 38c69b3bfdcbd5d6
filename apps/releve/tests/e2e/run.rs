//! The daemon: it syncs, then waits without work, and goes when it is told to.

use std::time::Duration;

use jiff::SignedDuration;

use crate::enedis::Enedis;
use crate::inspected::inspect;
use crate::rows::dump;
use crate::support::{Daemon, Ended, Home};
use crate::waiting::{real_now, wait, wait_until};

const PRM: u64 = 33_333_333_333_333;
/// A service manager asks, then waits; two seconds are plenty.
const PATIENCE: SignedDuration = SignedDuration::from_secs(2);

#[test]
fn the_daemon_syncs_then_is_idle_and_a_second_one_is_told_that_it_runs() {
    let (enedis, home) = world();
    let daemon = home.start(&["run", "--lang", "en"]);
    wait_until("two years are fetched and it rests", || {
        is_idle(&enedis, &daemon)
    });
    let second = home.run(&["run", "--lang", "en"]);
    assert_eq!(second.code, Some(6), "{second:?}");
    assert!(
        second.err.contains(&format!("process {}", daemon.id())),
        "{}",
        second.err
    );
    let ended = terminated(daemon, "TERM");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.out, "", "results only");
    // The lock went with it, and everything that was told is kept.
    let rows = dump(&home.ledger());
    let again = home.run(&["sync"]).well();
    assert!(again.contains("À jour"), "{again}");
    assert_eq!(dump(&home.ledger()), rows);
}

#[test]
fn a_daemon_in_the_middle_of_its_sync_goes_at_once_when_told() {
    for name in ["TERM", "INT"] {
        let (enedis, home) = world();
        enedis.simulator.set_latency(Duration::from_millis(30));
        let daemon = home.start(&["run"]);
        wait_until("the first readings", || {
            home.ledger().exists() && inspect(&home.ledger()).readings > 0
        });
        let ended = terminated(daemon, name);
        assert_eq!(ended.code, Some(0), "{name}: {ended:?}");
        assert_eq!(inspect(&home.ledger()).integrity, "ok");
        enedis.simulator.set_latency(Duration::ZERO);
        home.run(&["sync"]).well();
    }
}

#[test]
fn a_daemon_told_to_go_while_enedis_does_not_answer_does_not_wait_for_it() {
    let (enedis, home) = world();
    enedis.simulator.set_latency(Duration::from_secs(30));
    let daemon = home.start(&["run"]);
    wait_until("the first call", || !enedis.simulator.calls().is_empty());
    assert_eq!(terminated(daemon, "TERM").code, Some(0));
}

fn world() -> (Enedis, Home) {
    let enedis = Enedis::going(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]).going();
    (enedis, home)
}

/// Whether nobody is asked and nothing is computed for a while.
fn is_idle(enedis: &Enedis, daemon: &Daemon) -> bool {
    let work = || (enedis.simulator.calls().len(), cpu_ticks(daemon));
    let before = work();
    wait(SignedDuration::from_millis(500));
    before.0 > 100 && work() == before
}

/// Sends a signal; it must end within our patience.
fn terminated(daemon: Daemon, name: &str) -> Ended {
    let told = real_now();
    let ended = daemon.end(name);
    let took = real_now().duration_since(told);
    assert!(took < PATIENCE, "{name}: {took:?}");
    ended
}

/// Processor time used so far, in ticks of a hundredth of a second.
fn cpu_ticks(daemon: &Daemon) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", daemon.id())).unwrap();
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let fields: Vec<&str> = fields.split_whitespace().collect();
    fields[11..13]
        .iter()
        .map(|ticks| ticks.parse::<u64>().unwrap())
        .sum()
}
