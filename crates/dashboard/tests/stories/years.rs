//! The completeness calendar over three years of daily life: every day of every
//! kind stands there with its reason in words, in both languages.

#[path = "../../../collector/testing/life.rs"]
mod life;

use std::collections::BTreeSet;
use std::sync::Arc;

use collector::rhythm::Rhythm;
use collector::{Collector, DataConnect, Patience, Unwatched, Wishes};
use enedis::{Client, ClientConfig, Generation};
use home::Words;
use home::json::show::StateNote;
use jiff::civil::date;
use ledger::{Access, DayState, Ledger, SeriesKey, Store};
use life::{FIRST, HOME, LAST, LATE, NEW, OLD, STRUCK, local};
use meter::paris;
use service::dates::Dates;
use service::{Lang, VirtualClock};
use simulator::{Mode, Options, Simulator};

use crate::acts::{headings_are_in_order, plain};
use crate::room::Room;

/// Once a day is enough to meet every outage.
const LOOK: (i8, i8) = (10, 30);

/// Lives the years in a folder's ledger.
async fn lived(folder: &std::path::Path) {
    let clock = VirtualClock::at("2025-11-21T11:00:00Z".parse().unwrap());
    let mut options = Options::new(Arc::new(clock.clone()));
    options.pacing_and_quotas = false;
    options.mode = Mode::V5;
    options.profiles = life::profiles();
    let simulator = Simulator::new(options);
    let config = ClientConfig {
        base_url: "http://127.0.0.1/".parse().unwrap(),
        generation: Generation::V2026,
        client_id: "releve-simulated".to_owned(),
        client_secret: "not-a-secret".to_owned().into(),
        calls_per_second: Some(5),
    };
    let client = Client::new(simulator.http(), Arc::new(clock.clone()), config);
    let points = [HOME, LATE, STRUCK, OLD].map(life::usage_point);
    let mut collector = Collector {
        ledger: Arc::new(Ledger::open(&folder.join(ledger::FILE_NAME)).unwrap()),
        source: Arc::new(DataConnect::new("enedis", client).switching()),
        clock: Arc::new(clock.clone()),
        usage_points: points.to_vec(),
        patience: Patience::Waits,
        rhythm: Rhythm::enedis(0),
        wishes: Wishes::default(),
        dates: Dates::default(),
    };
    for day in paris::days(FIRST, LAST) {
        life::happen(&simulator, &mut collector, day);
        clock.set(local(day, LOOK.0, LOOK.1));
        simulator.clear_faults();
        for rule in life::faults(day, LOOK.0) {
            simulator.add_fault(rule);
        }
        collector.sync(&mut Unwatched).await.unwrap();
    }
}

fn configuration() -> String {
    let points = [HOME, LATE, STRUCK, OLD, NEW];
    let points = points.map(|point| format!("[[usage_points]]\nprm = \"{point}\"\n"));
    let source = "[sources.enedis]\nkind = \"data-connect\"\nclient_id = \"id\"\nclient_secret = \"not-a-secret\"\n";
    format!("{source}{}", points.concat())
}

#[tokio::test]
async fn three_years_of_life_are_explained_day_by_day() {
    let room = Room::with(&configuration(), |_| ());
    lived(&room.settings.data_dir).await;
    let path = room.settings.data_dir.join(ledger::FILE_NAME);
    let store = Store::open(&path, Access::Read).unwrap();
    let mut met = BTreeSet::new();
    for key in store.series().unwrap() {
        for year in 2022..=2028 {
            let span = (date(year, 1, 1), date(year + 1, 1, 1));
            let records = store.days(key, span.0, span.1).unwrap();
            if records.is_empty() {
                continue;
            }
            met.extend(records.iter().map(|record| record.state));
            for lang in [Lang::Fr, Lang::En] {
                explained(&room, &store, key, year, lang).await;
            }
        }
    }
    // What the years bring by themselves; the others are in `data.rs`.
    for state in [
        DayState::Complete,
        DayState::AbsentAtSource,
        DayState::BeforeActivation,
    ] {
        assert!(met.contains(&state), "{state:?} of {met:?}");
    }
}

/// Every stretch of days that is not complete says why.
async fn explained(room: &Room, store: &Store, key: SeriesKey, year: i16, lang: Lang) {
    let words = Words { lang };
    let (prm, way, kind) = (key.usage_point, key.direction, key.kind);
    let path = format!("/data?point={prm}&direction={way}&kind={kind}&year={year}");
    let said = room.get(lang.tag(), &path).await;
    assert_eq!(said.status, 200, "{path}: {}", said.text);
    let text = plain(&said.text);
    let records = store
        .days(key, date(year, 1, 1), date(year + 1, 1, 1))
        .unwrap();
    for record in &records {
        let note = StateNote::of(record);
        assert!(
            text.contains(&words.state(Some(&note))),
            "{path} {record:?}"
        );
        if record.state != DayState::Complete {
            let why = words.why(Some(&note));
            assert!(text.contains(&why), "{path} {record:?}: {why}");
        }
    }
    let complete = records
        .iter()
        .filter(|record| record.state == DayState::Complete);
    let complete = complete.count();
    let shown = said.text.matches("class=\"day is-complete\" href").count();
    assert_eq!(shown, complete, "{path}");
    assert!(
        !text.contains("day-") && !text.contains("data-"),
        "{path}: untranslated"
    );
    assert!(headings_are_in_order(&said.text));
}
