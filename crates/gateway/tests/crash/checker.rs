//! The invariants of the gateway's design, section 4.1, judged by what the
//! stand-in of Enedis has seen, by what the boxes were told, and for I6 and I7 by
//! the rows and the logs. The gateway's own counts are no evidence.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::SignedDuration;
use meter::{Direction, UsagePoint};
use serde_json::Value;
use simulator::{Call, Simulator};

use crate::boxes::{Life, Shift};
use crate::node::CALLS_AN_HOUR;
use crate::world::{BOX, DEVICE};

/// Calls about measures, before anything is judged.
pub const ENOUGH: usize = 25;

/// I3: what was acknowledged before a node was killed is true afterwards.
pub async fn acknowledged_is_true(lives: &[Life], shift: &Shift) {
    for life in lives {
        let prm = life.proved.prm;
        assert!(
            life.lost.is_empty(),
            "{prm} has to consent again: {:?}",
            life.lost
        );
        let code = [
            ("grant_type", DEVICE),
            ("client_id", BOX),
            ("device_code", &*life.proved.code.device),
        ];
        let again = shift.node().post("/token", &code).await.unwrap();
        assert!(
            again.0 == 400 && again.1.contains("invalid_grant"),
            "the code of {prm} is redeemed: {again:?}"
        );
        let path = format!("/data/v1/{prm}/nothing");
        let opened = shift.node().get(&path, &life.last().access).await.unwrap();
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", BOX),
            ("refresh_token", &*life.last().refresh),
        ];
        let refreshed = shift.node().post("/token", &form).await.unwrap();
        let expected = if life.revoked.is_some() {
            (401, 400)
        } else {
            // A good token finds that there is no such resource.
            (404, 200)
        };
        let told = (opened.0, refreshed.0);
        assert_eq!(told, expected, "{prm}: {opened:?} {refreshed:?}");
        let before = life.revoked.unwrap_or(jiff::Timestamp::MAX);
        let refused = life.heard.iter().find(|heard| {
            heard.asked == prm && heard.at < before && matches!(heard.status, 401 | 403)
        });
        // A question may have been under way while the consent was revoked.
        assert!(
            refused.is_none(),
            "{prm} was refused: {}",
            refused.unwrap().body
        );
    }
}

/// I4: never more than five calls within any second, nor more than the cap
/// within any clock hour, for each interface.
pub fn enedis_is_spared(calls: &[Call]) {
    let mut by_interface: BTreeMap<&str, Vec<&Call>> = BTreeMap::new();
    for call in calls {
        by_interface.entry(interface(call)).or_default().push(call);
    }
    let measures = &by_interface["measures"];
    assert!(measures.len() > ENOUGH, "so few calls prove nothing");
    for (interface, calls) in by_interface {
        let refused = calls.iter().position(|call| call.status == 429);
        if let Some(at) = refused {
            let before = &calls[at.saturating_sub(7)..=at];
            panic!("{interface}: Enedis had to refuse after {before:#?}");
        }
        for (at, call) in calls.iter().enumerate() {
            let end = call.at + SignedDuration::from_secs(1);
            let within = calls[at..].iter().filter(|call| call.at < end).count();
            assert!(within <= 5, "{interface}: {within} calls from {}", call.at);
        }
        let mut hours: BTreeMap<i64, i64> = BTreeMap::new();
        for call in calls {
            *hours
                .entry(call.at.as_second().div_euclid(3600))
                .or_default() += 1;
        }
        let most = hours.into_values().max().unwrap();
        assert!(most <= CALLS_AN_HOUR, "{interface}: {most} in an hour");
    }
}

fn interface(call: &Call) -> &str {
    if call.from.is_some() {
        return "measures";
    }
    &call.path
}

/// I5: a revocation that was acknowledged is the end, on every node, and Enedis
/// is asked no more.
pub fn revoked_is_the_end(lives: &[Life], calls: &[Call]) {
    let mut revocations = 0;
    for life in lives {
        let Some(since) = life.revoked else { continue };
        revocations += 1;
        let after: Vec<_> = life
            .heard
            .iter()
            .filter(|heard| heard.at >= since)
            .collect();
        assert!(after.len() >= 4, "{} tried too little", life.proved.prm);
        for heard in after {
            assert_eq!(heard.status, 401, "{}: {}", heard.asked, heard.body);
        }
        assert!(!life.afterwards.is_empty());
        for (status, body) in &life.afterwards {
            assert_eq!((*status, error_of(body)), (400, "invalid_grant".to_owned()));
        }
        let point: UsagePoint = life.proved.prm.parse().unwrap();
        let late = since + SignedDuration::from_secs(1);
        let asked = calls
            .iter()
            .find(|call| call.usage_point == Some(point) && call.at > late);
        assert!(asked.is_none(), "Enedis was asked again: {asked:?}");
    }
    assert!(revocations > 1);
}

/// I8: no reading of one usage point ever answers the token of another, and
/// every reading is the one of its meter.
pub fn nobody_reads_anothers(lives: &[Life], enedis: &Simulator) {
    let (mut good, mut refused) = (0, 0);
    for life in lives {
        let own = life.proved.prm;
        let truth = enedis.truth(own.parse().unwrap()).unwrap();
        for heard in &life.heard {
            let foreign = heard.asked != own;
            if foreign {
                assert_ne!(heard.status, 200, "{own} read {}", heard.asked);
                refused += u32::from(heard.status == 403);
                continue;
            }
            if heard.status != 200 {
                continue;
            }
            good += 1;
            let body: Value = serde_json::from_str(&heard.body).unwrap();
            assert_eq!(body["usage_point"], own);
            for day in body["days"].as_array().unwrap() {
                let date = day["day"].as_str().unwrap().parse().unwrap();
                let counted = truth.daily_wh(Direction::Consumption, date);
                assert_eq!(day["watt_hours"].as_u64(), Some(counted), "{own} {date}");
            }
        }
    }
    assert!(
        good > 10 && refused > 10,
        "{good} and {refused} prove little"
    );
}

/// I7: nothing that was issued, and no whole usage point, is in a log, in the
/// metrics or in the rows.
pub fn nothing_is_told(lives: &[Life], log: &str, metrics: &str, rows: &[u8]) {
    assert!(
        log.contains("/data/v1/{prm}/{resource}"),
        "a silent log proves nothing"
    );
    assert!(metrics.contains("releve_gateway_answers_total"));
    assert!(rows.len() > 10_000, "so few rows prove nothing");
    for secret in secrets(lives) {
        assert!(!log.contains(&secret), "{secret} is in the log");
        assert!(!metrics.contains(&secret), "{secret} is in the metrics");
        // PostgreSQL writes bytes in hexadecimal digits.
        let digits = HEXLOWER.encode(secret.as_bytes());
        for form in [secret.as_bytes(), digits.as_bytes()] {
            let found = rows.windows(form.len()).any(|bytes| bytes == form);
            assert!(!found, "{secret} is in the rows");
        }
    }
}

fn secrets(lives: &[Life]) -> Vec<String> {
    let mut secrets = vec!["not-a-secret".to_owned()];
    for life in lives {
        let code = &life.proved.code;
        secrets.extend([
            life.proved.prm.to_owned(),
            life.proved.cookie.clone(),
            code.device.clone(),
            code.user.clone(),
            code.user.replace('-', ""),
        ]);
        let few = life.pairs.iter().take(3).chain(life.pairs.last());
        secrets.extend(few.flat_map(|pair| [pair.access.clone(), pair.refresh.clone()]));
    }
    secrets
}

fn error_of(body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap();
    body["error"].as_str().unwrap().to_owned()
}
