//! The older plugin as its contract describes it (consent proxy reference,
//! sections 1.2 to 1.9): same bytes, order, pacing and reactions.

use axum::body::Body;
use http::Request;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use meter::paris;
use service::Clock;

use crate::world::{Answer, LEGACY_BOX, World};

/// Between two of the host's calls.
const HEARTBEAT: i64 = 10;
/// The same bytes once more, at most so often.
const RESENDS: usize = 3;

/// What the plugin keeps.
#[derive(Default)]
pub struct Plugin {
    token_type: String,
    access: String,
    refresh: String,
    points: Vec<String>,
    expires_at: Option<Timestamp>,
    /// How often it forgot its consent.
    pub wiped: usize,
    /// Sessions that ended in readings.
    pub good: usize,
    /// Sessions that it will try again.
    pub failed: usize,
}

/// How a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Session {
    /// With readings.
    Good,
    /// To be tried again in an hour.
    Failed,
    /// With everything forgotten: a person has to consent anew.
    Wiped,
}

/// What a step makes of an answer.
enum Step {
    Read(serde_json::Value),
    NoData,
    Failed,
    Wiped,
}

/// Python's `quote`: letters, digits and `_.-~/` stay.
fn quote(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn pairs(fields: &[(&str, &str)]) -> String {
    let written = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", quote(value)));
    written.collect::<Vec<_>>().join("&")
}

fn framed(request: http::request::Builder, body: String) -> Request<Body> {
    request
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("User-Agent", "DomoticzLinkyPlugin/2.6.0")
        .header("Host", "gw.example")
        .body(Body::from(body))
        .unwrap()
}

impl Plugin {
    /// Asks for a code; what it writes into the log.
    pub async fn ask(&self, world: &World) -> crate::world::Begun {
        let body = pairs(&[("client_id", LEGACY_BOX)]);
        let answer = world
            .send(framed(Request::post("/device/code"), body))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        crate::world::Begun {
            device: answer.text_of("device_code"),
            user: answer.text_of("user_code"),
        }
    }

    /// Polls once; whether it has its tokens now.
    pub async fn poll(&mut self, world: &World, device: &str) -> bool {
        let body = pairs(&[
            ("client_id", LEGACY_BOX),
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", device),
        ]);
        let answer = world
            .send(framed(Request::post("/device/token"), body))
            .await;
        if answer.error().to_lowercase() == "authorization_pending" {
            assert_ne!(answer.header("connection"), "close");
            return false;
        }
        self.take(world, &answer);
        true
    }

    fn take(&mut self, world: &World, answer: &Answer) {
        let body = answer.json();
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        // All four are needed.
        self.access = text("access_token").unwrap();
        self.refresh = text("refresh_token").unwrap();
        self.token_type = text("token_type").unwrap();
        let life = body["expires_in"].as_i64().unwrap();
        self.expires_at = Some(world.clock.now() + SignedDuration::from_secs(life - 600));
        if let Some(points) = text("usage_points_id") {
            self.points = points.split(',').map(str::to_owned).collect();
        }
    }

    /// A daily session: tokens, then each usage point.
    pub async fn session(&mut self, world: &World, lose: &mut bool) -> Session {
        let ended = self.run(world, lose).await;
        match ended {
            Session::Good => self.good += 1,
            Session::Failed => self.failed += 1,
            Session::Wiped => self.wiped += 1,
        }
        ended
    }

    async fn run(&mut self, world: &World, lose: &mut bool) -> Session {
        let margin = SignedDuration::from_mins(10);
        let fresh = self
            .expires_at
            .is_some_and(|at| world.clock.now() < at - margin);
        if !fresh {
            match self.renew(world, lose).await {
                Session::Good => {}
                other => return other,
            }
        }
        let mut failed = false;
        for point in self.points.clone() {
            match self.read_point(world, &point).await {
                Session::Good => {}
                Session::Failed => failed = true,
                Session::Wiped => return Session::Wiped,
            }
        }
        if failed {
            Session::Failed
        } else {
            Session::Good
        }
    }

    async fn renew(&mut self, world: &World, lose: &mut bool) -> Session {
        let body = pairs(&[
            ("grant_type", "refresh_token"),
            ("client_id", LEGACY_BOX),
            ("usage_points_id", &self.points.join(",")),
            ("refresh_token", &self.refresh),
        ]);
        for _ in 0..=RESENDS {
            let request = framed(Request::post("/device/token"), body.clone());
            let answer = world.send(request).await;
            world.pass(HEARTBEAT).await;
            if std::mem::take(lose) {
                // The answer never arrives; the same bytes go out again.
                world.pass(4 * HEARTBEAT).await;
                continue;
            }
            match answer.error().to_lowercase().as_str() {
                "unauthorized" | "invalid_grant" | "invalid_request" => return Session::Wiped,
                "" if answer.status == 200 => {
                    self.take(world, &answer);
                    return Session::Good;
                }
                _ => {}
            }
        }
        Session::Failed
    }

    async fn read_point(&mut self, world: &World, point: &str) -> Session {
        let today = paris::day_of(world.clock.now());
        let week = today.saturating_sub(7.days());
        let curve = "/metering_data_clc/v5/consumption_load_curve";
        let consumption = match self.get(world, curve, week, today, point, false).await {
            Step::Wiped => return Session::Wiped,
            step => step,
        };
        let maximum = "/metering_data_dcmp/v5/daily_consumption_max_power";
        if let Step::Wiped = self.get(world, maximum, week, today, point, false).await {
            return Session::Wiped;
        }
        let produced = "/metering_data_plc/v5/production_load_curve";
        let production = match self.get(world, produced, week, today, point, true).await {
            Step::Wiped => return Session::Wiped,
            step => step,
        };
        match (consumption, production) {
            (Step::Read(body), Step::Read(_) | Step::NoData) => {
                let said = &body["meter_reading"]["usage_point_id"];
                assert_eq!(said.as_str(), Some(point));
                let points = body["meter_reading"]["interval_reading"]
                    .as_array()
                    .unwrap();
                assert!(!points.is_empty());
                Session::Good
            }
            _ => Session::Failed,
        }
    }

    async fn get(
        &mut self,
        world: &World,
        path: &str,
        from: Date,
        to: Date,
        point: &str,
        production: bool,
    ) -> Step {
        let query = pairs(&[
            ("start", &from.to_string()),
            ("end", &to.to_string()),
            ("usage_point_id", point),
        ]);
        let mut renewed = false;
        for _ in 0..=RESENDS {
            let uri = format!("/data/proxy{path}?{query}");
            let bearer = format!("{} {}", self.token_type, self.access);
            let request = Request::get(uri).header("Authorization", bearer);
            let answer = world.send(framed(request, String::new())).await;
            world.pass(HEARTBEAT / 2).await;
            let error = answer.error_or_nothing();
            if error == "invalid_token" && !renewed {
                renewed = true;
                match self.renew(world, &mut false).await {
                    Session::Good => continue,
                    Session::Wiped => return Step::Wiped,
                    Session::Failed => return Step::Failed,
                }
            }
            match answer.status.as_u16() {
                403 => return Step::Wiped,
                404 => return Step::NoData,
                400 | 500 if production => return Step::NoData,
                429 | 500 => world.pass(HEARTBEAT).await,
                200 => return Step::Read(answer.json()),
                _ => return Step::Failed,
            }
        }
        Step::Failed
    }
}

impl Answer {
    /// The word of the body, when there is one.
    fn error_or_nothing(&self) -> String {
        let body: Result<serde_json::Value, _> = serde_json::from_str(&self.text);
        let error = body
            .ok()
            .and_then(|body| Some(body["error"].as_str()?.to_owned()));
        error.unwrap_or_default().to_lowercase()
    }
}
