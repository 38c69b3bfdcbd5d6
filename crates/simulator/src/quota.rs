//! Five calls a second and so many an hour, on the simulated clock.

use std::collections::HashMap;
use std::collections::VecDeque;

use enedis::Generation;
use jiff::{SignedDuration, Timestamp};
use meter::paris;
use serde_json::json;

use crate::reply::Reply;
use crate::route::Resource;

const PER_SECOND: usize = 5;
const PER_HOUR_V5: u32 = 10_000;
const PER_HOUR_2026: u32 = 1_000;

/// What counts together: all of v5, each API of 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Api {
    V5,
    Measures,
    Other(Resource),
}

/// Counters of the current second and clock hour.
#[derive(Debug, Default)]
pub(crate) struct Quotas {
    used: HashMap<Api, Used>,
}

#[derive(Debug, Default)]
struct Used {
    latest: VecDeque<Timestamp>,
    hour: i64,
    in_hour: u32,
}

impl Quotas {
    /// Counts a call, or refuses it with the body of its generation.
    pub(crate) fn take(
        &mut self,
        generation: Generation,
        resource: Resource,
        now: Timestamp,
    ) -> Result<(), Reply> {
        let (api, per_hour) = api(generation, resource);
        let used = self.used.entry(api).or_default();
        match used.take(now, per_hour) {
            Taken::Granted => Ok(()),
            Taken::Burst => Err(burst(generation, now)),
            Taken::Hour => Err(hour_spent(generation, now)),
        }
    }
}

fn api(generation: Generation, resource: Resource) -> (Api, u32) {
    match (generation, resource.measure()) {
        (Generation::V5, _) => (Api::V5, PER_HOUR_V5),
        (Generation::V2026, Some(_)) => (Api::Measures, PER_HOUR_2026),
        (Generation::V2026, None) => (Api::Other(resource), PER_HOUR_2026),
    }
}

enum Taken {
    Granted,
    Burst,
    Hour,
}

impl Used {
    fn take(&mut self, now: Timestamp, per_hour: u32) -> Taken {
        let hour = now.as_second().div_euclid(3600);
        if hour != self.hour {
            self.hour = hour;
            self.in_hour = 0;
        }
        if self.in_hour >= per_hour {
            return Taken::Hour;
        }
        // A clock that was set back leaves calls of the future behind.
        self.latest
            .retain(|at| *at <= now && now.duration_since(*at) < SignedDuration::from_secs(1));
        if self.latest.len() >= PER_SECOND {
            return Taken::Burst;
        }
        self.latest.push_back(now);
        self.in_hour += 1;
        Taken::Granted
    }
}

fn burst(generation: Generation, now: Timestamp) -> Reply {
    let next = now.saturating_add(SignedDuration::from_secs(1));
    match generation {
        Generation::V5 => threshold("Quota Q3 reached", next.unwrap_or(now)),
        Generation::V2026 => Reply::json(
            http::StatusCode::TOO_MANY_REQUESTS,
            &json!({ "code": "900807", "message": "Message throttled out" }),
        ),
    }
}

fn hour_spent(generation: Generation, now: Timestamp) -> Reply {
    let seconds = (now.as_second().div_euclid(3600) + 1) * 3600;
    let next = Timestamp::from_second(seconds).unwrap_or(now);
    match generation {
        Generation::V5 => threshold("Quota Q4 reached", next),
        Generation::V2026 => Reply::json(
            http::StatusCode::TOO_MANY_REQUESTS,
            &json!({
                "code": "900804",
                "message": "Message throttled out",
                "description": "You have exceeded your quota",
                "nextAccessTime": next.strftime("%Y-%b-%d %H:%M:%S+0000 UTC").to_string(),
            }),
        ),
    }
}

fn threshold(error: &str, next: Timestamp) -> Reply {
    let at = paris::local(next).strftime("%H:%M:%S");
    Reply::json(
        http::StatusCode::TOO_MANY_REQUESTS,
        &json!({
            "error": error,
            "error_description": format!("Call threshold allowed on {at}"),
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAILY: Resource = Resource::ConsumptionDaily;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn body(refused: Result<(), Reply>) -> String {
        String::from_utf8(refused.unwrap_err().body.to_vec()).unwrap()
    }

    #[test]
    fn the_sixth_call_of_a_second_is_refused_and_the_next_second_is_free() {
        let mut quotas = Quotas::default();
        let now = at("2026-11-21T10:00:00.5Z");
        for _ in 0..5 {
            quotas.take(Generation::V5, DAILY, now).unwrap();
        }
        let refused = body(quotas.take(Generation::V5, DAILY, now));
        assert!(refused.contains("Quota Q3 reached") && refused.contains("on 11:00:01"));
        let later = at("2026-11-21T10:00:01.5Z");
        assert!(quotas.take(Generation::V5, DAILY, later).is_ok());
    }

    #[test]
    fn a_2026_api_gives_a_thousand_calls_an_hour_of_its_own() {
        let mut quotas = Quotas::default();
        let start = at("2026-01-09T04:10:00Z");
        for n in 0..1000 {
            let now = start + SignedDuration::from_millis(200 * n);
            quotas.take(Generation::V2026, DAILY, now).unwrap();
        }
        let now = at("2026-01-09T04:59:59Z");
        insta::assert_snapshot!(body(quotas.take(Generation::V2026, DAILY, now)), @r#"{"code":"900804","description":"You have exceeded your quota","message":"Message throttled out","nextAccessTime":"2026-Jan-09 05:00:00+0000 UTC"}"#);
        assert!(
            quotas
                .take(Generation::V2026, Resource::Contract, now)
                .is_ok()
        );
        assert!(
            quotas
                .take(Generation::V2026, DAILY, at("2026-01-09T05:00:00Z"))
                .is_ok()
        );
    }
}
