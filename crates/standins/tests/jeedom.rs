//! The stand-in of Jeedom beside what a real core 4.1.8 answered and kept.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::Request;
use serde_json::{Value, json};
use service::{Clock, VirtualClock};
use standins::jeedom::{Jeedom, Options};

const EXCHANGES: &str =
    include_str!("../../../testdata/jeedom/jeedom_core_4.1.8_jsonrpc_exchanges.txt");
const SEMANTICS: &str =
    include_str!("../../../testdata/jeedom/jeedom_core_4.1.8_event_semantics.tsv");
const ARCHIVE: &str = include_str!("../../../testdata/jeedom/jeedom_core_4.1.8_archive_effect.tsv");
const NOW: &str = "2026-11-21T20:01:24Z";

struct Core {
    jeedom: Jeedom,
    clock: VirtualClock,
}

impl Core {
    fn new(change: impl FnOnce(&mut Options)) -> Self {
        let clock = VirtualClock::at(NOW.parse().unwrap());
        let mut options = Options::default();
        change(&mut options);
        Self {
            jeedom: Jeedom::new(options, Arc::new(clock.clone())),
            clock,
        }
    }

    async fn http(&self, request: Request<Bytes>) -> (u16, String) {
        let answer = self.jeedom.http().send(request).await.unwrap();
        let body = String::from_utf8(answer.body().to_vec()).unwrap();
        (answer.status().as_u16(), body)
    }

    async fn post(&self, call: Value) -> Value {
        let body = Bytes::from(call.to_string());
        let request = Request::post("http://jeedom/core/api/jeeApi.php").body(body);
        let (status, body) = self.http(request.unwrap()).await;
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    async fn get(&self, query: &str) -> (u16, String) {
        let uri = format!("http://jeedom/core/api/jeeApi.php?{query}");
        let request = Request::get(uri).body(Bytes::new()).unwrap();
        self.http(request).await
    }

    async fn call(&self, method: &str, mut params: Value) -> Value {
        if params.get("apikey").is_none() {
            params["apikey"] = "core-key".into();
        }
        self.post(json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params }))
            .await
    }

    /// A command of a Virtual equipment; gives its number.
    async fn command(&self, mode: Option<&str>) -> u64 {
        let equipment = json!({ "eqType_name": "virtual", "name": "Linky", "isEnable": "1" });
        self.call("eqLogic::save", equipment).await;
        let mut command = json!({
            "eqType_name": "virtual", "eqLogic_id": "1", "name": "Conso", "logicalId": "conso",
            "type": "info", "subType": "numeric", "isHistorized": "1",
        });
        if let Some(mode) = mode {
            command["configuration"] = json!({ "historizeMode": mode });
        }
        let saved = self.call("cmd::save", command).await;
        saved["result"]["id"].as_str().unwrap().parse().unwrap()
    }

    async fn event(&self, id: u64, value: Value, at: &str) {
        let params = json!({ "id": id.to_string(), "value": value, "datetime": at });
        assert_eq!(self.call("cmd::event", params).await["result"], "ok");
    }

    fn rows(&self, id: u64) -> Vec<(String, String)> {
        self.jeedom.inside(|core| core.history_of(id))
    }
}

/// Every JSON-RPC exchange of the recording, one after the other.
#[tokio::test]
async fn every_recorded_exchange_is_answered_word_for_word() {
    let core = Core::new(|_| {});
    let linky = json!({
        "eqType_name": "virtual", "name": "Linky", "logicalId": "linky", "isEnable": "1",
        "isVisible": "1", "category": { "energy": "1" },
        "configuration": { "createtime": "2026-11-21 20:54:22" },
    });
    let older = json!({
        "type": "info", "subType": "numeric", "eqType_name": "virtual", "name": "Ancienne",
    });
    core.jeedom.inside(|core| {
        core.count_from(1, 13);
        core.install(&linky, &[older]);
        core.count_from(3, 14);
    });
    core.event(13, json!("1"), "2024-11-21 00:00:00").await;
    let mut compared = 0;
    for block in EXCHANGES.split(">>> ").skip(1) {
        let (call, answer) = block.split_once('\n').unwrap();
        let Some(call) = call.strip_prefix("method=") else {
            continue;
        };
        let (method, params) = call.split_once(" params=").unwrap();
        let params: Value = serde_json::from_str(params).unwrap();
        let expected: Value = serde_json::from_str(answer.trim()).unwrap();
        let answered = core.call(method, params).await;
        if method == "datetime" {
            assert!(answered["result"].is_f64());
        } else {
            assert_eq!(answered, expected, "{call}");
        }
        compared += 1;
    }
    assert_eq!(compared, 18);
}

#[tokio::test]
async fn an_older_version_a_batch_and_a_form_are_answered_as_recorded() {
    let core = Core::new(|options| options.white_listed = true);
    let call = json!({ "jsonrpc": "1.0", "id": 7, "method": "version" });
    let message = "Requête invalide. Version JSON-RPC invalide : ";
    let error = |text: &str| json!({ "jsonrpc": "2.0", "id": 99999, "error": { "code": 1, "message": text } });
    assert_eq!(
        core.post(call.clone()).await,
        error(&format!("{message}1.0"))
    );
    assert_eq!(core.post(json!([call])).await, error(message));
    let form = "request=%7B%22jsonrpc%22%3A%222.0%22%2C%22id%22%3A3%2C%22method%22%3A%22version%22%2C%22params%22%3A%7B%22apikey%22%3A%22core-key%22%7D%7D";
    let request = Request::post("http://jeedom/core/api/jeeApi.php")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from(form));
    let (_, body) = core.http(request.unwrap()).await;
    let answer: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        answer,
        json!({ "jsonrpc": "2.0", "id": 3, "result": "4.1.8" })
    );
}

/// Mode | what is sent | what is then stored.
const CASES: &str = "\
avg | 10 @ 2026-11-14 23:55:00; 20 @ 2026-11-14 23:55:00 | 15 @ 2026-11-14 23:55:00
avg | 3 @ 2026-11-19 07:07:31 | 3 @ 2026-11-19 07:05:00
avg | 1 @ 2026-11-19T05:00:00+00:00 | 1 @ 2026-11-19 06:00:00
none | 1 @ 2026-11-19T05:00:00+00:00 | 1 @ 2026-11-19 05:00:00
avg | 3 @ 2026-03-29 02:30:00; 5 @ 2026-03-29 03:30:00 | 4 @ 2026-03-29 03:30:00
avg | 7 @ 2026-10-25 02:30:00; 9 @ 2026-10-25 02:30:00; 13 @ 2026-10-25 02:30:00 | 10.5 @ 2026-10-25 02:30:00
none | 4 @ 2026-11-19 05:00:00; 4 @ 2026-11-19 05:00:00 | 4 @ 2026-11-19 05:00:00
none | 3 @ 2026-11-19 07:07:31 | 3 @ 2026-11-19 07:07:31
none | 4 @ 2026-03-29 02:30:00 | 4 @ 2026-03-29 02:30:00
none | 8 @ 2026-10-25 02:30:00; 10 @ 2026-10-25 02:30:00; 14 @ 2026-10-25 02:30:00 | 14 @ 2026-10-25 02:30:00
none | 3 @ 2026-10-25T02:30:00+01:00 | 3 @ 2026-10-25 02:30:00
none | 5 @ 2027-02-01 00:00:00 | 5 @ 2027-02-01 00:00:00
none | '' @ 2026-11-19 05:00:00 | nothing
none | 0 @ 2026-11-19 05:00:00 | 0 @ 2026-11-19 05:00:00
none | 0,5 @ 2026-11-19 05:00:00 | 0.5 @ 2026-11-19 05:00:00
none | abc @ 2026-11-19 05:00:00 | 0 @ 2026-11-19 05:00:00
none | 1 @ garbage | 1 @ 0000-00-00 00:00:00";

/// The rows of the recording that say what history holds: mode, what is sent,
/// what is then stored.
#[tokio::test]
async fn every_measured_row_of_the_event_semantics_holds() {
    let measured = SEMANTICS
        .lines()
        .filter(|line| !line.starts_with(['#', 'm']))
        .count();
    // The two others: an older event, and commands that keep nothing.
    assert_eq!(CASES.lines().count() + 2, measured);
    for case in CASES.lines() {
        let parts: Vec<_> = case.split(" | ").collect();
        let core = Core::new(|_| {});
        let id = core.command((parts[0] == "none").then_some("none")).await;
        for event in parts[1].split("; ") {
            let (value, at) = event.split_once(" @ ").unwrap();
            core.event(id, json!(value.trim_matches('\'')), at).await;
        }
        let rows = core.rows(id).into_iter();
        let rows: Vec<_> = rows.map(|(at, value)| format!("{value} @ {at}")).collect();
        let stored = Some(parts[2]).filter(|stored| *stored != "nothing");
        assert_eq!(rows.join("; "), stored.unwrap_or_default(), "{case}");
    }
}

#[tokio::test]
async fn null_and_no_value_are_answered_ok_and_dropped() {
    let core = Core::new(|_| {});
    let id = core.command(Some("none")).await;
    core.event(id, Value::Null, "2026-11-19 05:00:00").await;
    let params = json!({ "id": id.to_string(), "datetime": "2026-11-19 05:00:00" });
    assert_eq!(core.call("cmd::event", params).await["result"], "ok");
    assert_eq!(core.rows(id), []);
}

#[tokio::test]
async fn an_older_event_becomes_the_current_value() {
    let core = Core::new(|_| {});
    let id = core.command(Some("none")).await;
    core.event(id, json!("2"), "2026-11-20 23:55:00").await;
    core.event(id, json!("1"), "2026-11-19T23:55:00+01:00")
        .await;
    let current = core.call("cmd::execCmd", json!({ "id": id })).await;
    let literal = json!({ "value": 1.0, "collectDate": "2026-11-19T23:55:00+01:00" });
    assert_eq!(current["result"], literal);
    let equipment = core.call("eqLogic::fullById", json!({ "id": "1" })).await;
    let status = &equipment["result"]["status"]["lastCommunication"];
    assert_eq!(status, "2026-11-19T23:55:00+01:00");
    assert_eq!(core.rows(id).len(), 2);
}

#[tokio::test]
async fn a_disabled_equipment_a_command_without_history_and_an_action_keep_nothing() {
    for (on_equipment, field, value) in [
        (true, "isEnable", "0"),
        (false, "isHistorized", "0"),
        (false, "type", "action"),
    ] {
        let core = Core::new(|_| {});
        let id = core.command(Some("none")).await;
        core.jeedom.inside(|core| {
            if on_equipment {
                core.change_equipment(1, field, value.into());
            } else {
                core.change(id, field, value.into());
            }
        });
        core.event(id, json!("1"), "2026-11-19 05:00:00").await;
        assert_eq!(core.rows(id), [], "{field}");
    }
}

#[tokio::test]
async fn one_archiving_makes_hours_of_what_mixes_as_measured() {
    let expected: Vec<Vec<&str>> = ARCHIVE
        .lines()
        .filter(|line| line.starts_with("avg") || line.starts_with("none"))
        .map(|line| line.split('\t').collect())
        .collect();
    for line in expected {
        let core = Core::new(|_| {});
        let mode = line[0].split(' ').next().filter(|mode| *mode == "none");
        let id = core.command(mode).await;
        for step in 1..=48 {
            let at = match step {
                48 => "2024-11-21 00:00:00".to_owned(),
                _ => format!("2024-11-20 {:02}:{:02}:00", step / 2, step % 2 * 30),
            };
            let value = format!("0.{:02}", 19 + step);
            core.event(id, json!(value), &at).await;
        }
        // And a row of a year that this core takes for an error.
        core.event(id, json!("1"), "2026-11-20 00:30:00").await;
        core.jeedom.inside(standins::jeedom::Core::archive);
        let rows = core.rows(id);
        assert_eq!(rows.len().to_string(), line[1]);
        let shown = |(at, value): &(String, String)| format!("{}={value}", &at[11..]);
        let first: Vec<_> = rows.iter().take(4).map(shown).collect();
        assert_eq!(first.join(" ; "), line[2]);
    }
}

#[tokio::test]
async fn no_http_door_takes_a_date() {
    let core = Core::new(|_| {});
    let id = core.command(Some("none")).await;
    core.event(id, json!("0.5"), "2026-11-20 01:00:00").await;
    let key = "apikey=core-key";
    assert_eq!(
        core.get(&format!("{key}&type=cmd&id={id}")).await,
        (200, "0.5".to_owned())
    );
    let dated = format!("{key}&type=event&id={id}&value=9&datetime=2026-11-20%2002:00:00");
    assert_eq!(core.get(&dated).await, (200, String::new()));
    assert_eq!(core.rows(id).len(), 1);
    let now = format!("plugin=virtual&apikey=virtual-key&type=virtual&id={id}&value=9&datetime=x");
    core.get(&now).await;
    assert_eq!(
        core.rows(id)[1],
        ("2026-11-21 21:01:24".to_owned(), "9".to_owned())
    );
}

#[tokio::test]
async fn a_wrong_key_waits_five_seconds_and_the_third_is_banned_for_ten_minutes() {
    let core = Core::new(|_| {});
    let begin = core.clock.now();
    let (status, text) = core.get("apikey=wrong&type=cmd&id=1").await;
    assert_eq!((status, text.contains("action 1, IP")), (200, true));
    assert_eq!(core.clock.now().duration_since(begin).as_secs(), 5);
    for _ in 0..2 {
        let refused = core.call("version", json!({ "apikey": "wrong" })).await;
        assert_eq!(
            (&refused["error"]["code"], &refused["id"]),
            (&json!(2), &json!(99999))
        );
    }
    assert_eq!(core.get("apikey=core-key&type=cmd&id=1").await.0, 404);
    core.clock.advance(jiff::SignedDuration::from_secs(601));
    assert_eq!(core.call("version", json!({})).await["result"], "4.1.8");
}
