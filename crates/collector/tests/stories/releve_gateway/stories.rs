//! What holds of Relevé's gateway as a source, whichever is behind the door: the
//! stand-in of this crate's tests, or the real one (the tests of `demo`).

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use collector::Collector;
use collector::consents::Consents;
use enedis::{Limits, Problem};
use grant::client::Consent;
use http::{Request, Response};
use jiff::civil::{Date, date};
use meter::{Direction, Kind, WattMinutes, curve};
use service::clock::BoxFuture;
use service::{Http, HttpError, SharedHttp};
use simulator::profile::Standing;

use crate::door;
use crate::world::{World, key, sync, true_days, usage_point, whole_curve};

pub const NOW: &str = "2026-11-21T11:00:00Z";
const TODAY: Date = date(2026, 11, 21);
pub const HOME: u64 = 22_222_222_222_222;
pub const SECOND: u64 = 33_333_333_333_333;

/// A box beside its gateway, and what it said to it.
pub struct Door {
    pub world: World,
    pub collector: Collector,
    pub consents: Arc<Consents>,
    pub heard: Recorder,
}

/// What went over the wire to the gateway.
#[derive(Clone)]
pub struct Recorder {
    http: SharedHttp,
    log: Arc<Mutex<Vec<(String, u16)>>>,
}

impl Recorder {
    pub fn over(http: SharedHttp) -> Self {
        let log = Arc::default();
        Self { http, log }
    }

    pub fn clear(&self) {
        self.log.lock().unwrap().clear();
    }

    /// The statuses of the answers whose path ends so.
    pub fn of(&self, end: &str) -> Vec<u16> {
        let log = self.log.lock().unwrap();
        let fitting = log.iter().filter(|(path, _)| path.ends_with(end));
        fitting.map(|(_, status)| *status).collect()
    }

    /// The statuses of the answers about readings.
    pub fn of_data(&self) -> Vec<u16> {
        let log = self.log.lock().unwrap();
        let fitting = log.iter().filter(|(path, _)| path.contains("/data/v1/"));
        fitting.map(|(_, status)| *status).collect()
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let path = request.uri().path().to_owned();
        let answer = self.http.send(request).await?;
        let status = answer.status().as_u16();
        self.log.lock().unwrap().push((path, status));
        Ok(answer)
    }
}

impl Http for Recorder {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(self.exchange(request))
    }
}

#[tokio::test]
async fn two_years_with_their_clock_changes_are_held_exactly() {
    let door = door::open(&[HOME]).await;
    let summary = sync(&door.collector).await;
    assert!(summary.finished, "{:?}", summary.troubles);
    let store = door.world.reader("a.db");
    let floor = Limits::floor(Kind::Curve, TODAY);
    for direction in Direction::ALL {
        let truth = true_days(&door.world, HOME, direction, floor, TODAY);
        let held = whole_curve(&store, key(HOME, direction, Kind::Curve));
        assert!(held == truth, "{direction}");
        let daily = key(HOME, direction, Kind::Daily);
        let daily = store.daily(daily, Date::MIN, Date::MAX).unwrap();
        for day in curve::by_day(&truth) {
            assert_eq!(day.energy(), WattMinutes::from_watt_hours(daily[&day.day]));
        }
        let index = key(HOME, direction, Kind::Index);
        let registers = store.registers(index, Date::MIN, Date::MAX).unwrap();
        assert!(registers.len() > 1000, "{direction}");
    }
    let maxima = key(HOME, Direction::Consumption, Kind::Maximum);
    assert!(store.maxima(maxima, Date::MIN, Date::MAX).unwrap().len() > 1000);
}

#[tokio::test]
async fn a_year_of_days_renews_its_tokens_and_never_asks_a_person_again() {
    let door = door::open(&[SECOND]).await;
    sync(&door.collector).await;
    door.heard.clear();
    for _ in 0..365 {
        door.world.advance_hours(24);
        let summary = sync(&door.collector).await;
        assert!(summary.finished, "{:?}", summary.troubles);
    }
    assert_eq!(door.heard.of("/token"), [200; 365]);
    assert!(door.heard.of("/device_authorization").is_empty());
    let data = door.heard.of_data();
    assert!(data.len() > 365);
    assert!(data.iter().all(|status| matches!(status, 200 | 404)));
    assert_eq!(door.consents.records().len(), 1);
}

#[tokio::test]
async fn a_consent_withdrawn_on_the_gateways_page_stops_at_once_and_ends_after_a_day() {
    let mut door = door::open(&[SECOND]).await;
    sync(&door.collector).await;
    door::withdraw(&mut door).await;
    door.world.advance_hours(24);
    let summary = sync(&door.collector).await;
    assert_eq!(summary.troubles[0].problem, Problem::ConsentInDoubt);
    assert_eq!(
        summary.calls, 0,
        "only the gateway's token endpoint was asked"
    );
    door.world.advance_hours(25);
    let summary = sync(&door.collector).await;
    assert_eq!(summary.troubles[0].problem, Problem::NoConsent);
    let record = door.consents.records().remove(0);
    assert!(matches!(record.consent, Consent::Over(_)), "{record:?}");
}

#[tokio::test]
async fn a_withdrawal_at_enedis_discards_nothing() {
    let door = door::open(&[SECOND]).await;
    sync(&door.collector).await;
    let curve = key(SECOND, Direction::Consumption, Kind::Curve);
    let before = whole_curve(&door.world.reader("a.db"), curve);
    let enedis = &door.world.simulator;
    enedis.set_standing(usage_point(SECOND), Standing::Revoked);
    let mut told = Vec::new();
    for _ in 0..3 {
        door.world.advance_hours(24);
        told.extend(sync(&door.collector).await.troubles.into_iter().next());
    }
    let told: Vec<Problem> = told.into_iter().map(|trouble| trouble.problem).collect();
    assert_eq!(told, door::WITHDRAWN_AT_ENEDIS);
    assert_eq!(whole_curve(&door.world.reader("a.db"), curve), before);
    assert_eq!(door.consents.records().len(), 1);
}
