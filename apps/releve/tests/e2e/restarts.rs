//! A container that restarts again and again while Enedis is out of order.

use jiff::SignedDuration;
use simulator::{Fault, FaultRule};

use crate::enedis::Enedis;
use crate::inspected::inspect;
use crate::support::Home;
use crate::waiting::{wait, wait_until};

const PRM: u64 = 33_333_333_333_333;
const RESTARTS: usize = 20;

#[test]
fn twenty_restarts_of_the_program_during_an_outage_make_not_one_call_more() {
    let enedis = Enedis::going(|_| {});
    enedis.simulator.add_fault(FaultRule {
        usage_point: None,
        resource: None,
        from_call: 1,
        calls: None,
        fault: Fault::Html { status: 500 },
    });
    let home = Home::new(&enedis.url, "2026", &[PRM]).going();
    let calls = || enedis.simulator.calls().len();
    let daemon = home.start(&["run"]);
    wait_until("the outage is noted", || is_noted(&home));
    daemon.end("KILL");
    let once = calls();
    assert!((1..20).contains(&once), "{once} calls");
    for restart in 0..RESTARTS {
        let daemon = home.start(&["run"]);
        wait_until("it has looked", || has_looked(daemon.id()));
        daemon.end("KILL");
        assert_eq!(calls(), once, "restart {restart}");
    }
    assert_eq!(inspect(&home.ledger()).integrity, "ok");
}

/// Whether the source, or what was asked of it, is left in peace for a while.
fn is_noted(home: &Home) -> bool {
    let status = home.run(&["status", "--json"]);
    let Ok(status) = serde_json::from_str::<serde_json::Value>(&status.out) else {
        return false;
    };
    let pauses = status["pauses"].as_array().map_or(0, Vec::len);
    let waits = &status["usage_points"][0]["series"][0]["problem"];
    pauses > 0 || !waits.is_null()
}

/// Whether a daemon sleeps: its processor time stands still.
fn has_looked(pid: u32) -> bool {
    let ticks = || {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/schedstat")).unwrap_or_default();
        let first = stat.split_whitespace().next().map(str::to_owned);
        first.and_then(|text| text.parse::<u64>().ok()).unwrap_or(0)
    };
    let before = ticks();
    wait(SignedDuration::from_millis(60));
    before > 0 && ticks() == before
}

#[test]
fn a_repair_asks_again_at_once_and_discards_nothing() {
    let enedis = Enedis::start(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]);
    home.run(&["sync"]).well();
    let readings = inspect(&home.ledger()).readings;
    let repaired = |args: &[&str]| -> serde_json::Value {
        let told = home.run(&[&["--json", "repair"], args].concat()).well();
        serde_json::from_str(&told).unwrap()
    };
    let nothing = repaired(&["2026-11-01..2026-11-10"]);
    assert_eq!(
        (&nothing["reopened"], &nothing["sync"]["calls"]),
        (&0.into(), &0.into())
    );
    let week = repaired(&["2026-11-01..2026-11-07", "--all"]);
    let kinds = 4;
    assert_eq!(week["reopened"], 7 * kinds);
    assert_eq!(week["sync"]["revised"], 0);
    assert_eq!(week["sync"]["finished"], true);
    assert_eq!(inspect(&home.ledger()).readings, readings);
    let told = home.run(&["repair", "2026-11", "--all"]).well();
    assert!(told.contains("rien n’est effacé"), "{told}");
    let wrong = home.run(&["repair", "2026-11-10..2026-11-01"]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
}

#[test]
fn a_repair_beside_the_daemon_is_left_to_it_and_served_with_its_next_round() {
    let enedis = Enedis::going(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]).going();
    let mut daemon = home.start(&["run"]);
    let calls = || enedis.simulator.calls().len();
    crate::waiting::wait_until("the first sync is done", || {
        let status = home.run(&["--json", "status"]);
        let said: Option<serde_json::Value> = serde_json::from_str(&status.out).ok();
        said.is_some_and(|said| {
            let point = &said["usage_points"][0];
            point["yesterday"]["is_missing"] == false && !point["contract"].is_null()
        }) && has_looked(daemon.id())
    });
    let settled = {
        let mut before = 0;
        crate::waiting::wait_until("nothing more is asked", || {
            let same = calls() == before && before > 0;
            before = calls();
            crate::waiting::wait(jiff::SignedDuration::from_millis(300));
            same
        });
        before
    };
    let args = ["repair", "2026-11-01..2026-11-07", "--all"];
    let told = home.run(&args).well();
    let pid = daemon.id().to_string();
    assert!(told.contains("releve run") && told.contains(&pid), "{told}");
    crate::waiting::wait_until("it is asked again", || calls() > settled);
    assert!(daemon.is_running());
    let json = home.run(&[&args[..], &["--json"]].concat()).well();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["left"], &json["reopened"]),
        (&true.into(), &0.into())
    );
    let wrong = home.run(&["repair", "--usage-point", "11111111111111"]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    assert_eq!(daemon.end("TERM").code, Some(0));
    let left = std::fs::read_dir(home.data_dir().join("requests")).unwrap();
    assert!(left.count() <= 1, "what was served is gone");
}

#[test]
fn a_day_to_come_is_said_to_come_and_yesterday_at_night_is_awaited() {
    let enedis = Enedis::start(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]);
    home.run(&["sync"]).well();
    let shown = |day: &str| home.run(&["show", "day", day]).well();
    assert!(
        shown("2026-11-25").contains("à venir"),
        "{}",
        shown("2026-11-25")
    );
    let night = |command: &mut std::process::Command| {
        let ended = command
            .env("RELEVE_FROZEN_CLOCK", "2026-11-22T01:00:00Z")
            .output();
        String::from_utf8(ended.unwrap().stdout).unwrap()
    };
    let yesterday = night(&mut home.releve(&["show", "day", "hier"]));
    assert!(yesterday.contains("attendu"), "{yesterday}");
    assert!(!yesterday.contains("jamais"), "{yesterday}");
}
