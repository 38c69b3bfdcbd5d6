//! The colours of a home over days: what is asked, when, and what is told.

use std::sync::Arc;

use collector::colours::{self, Addresses, FaultKind, Needed, Outcome, Watch};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use ledger::{Access, Ledger, SeriesKey, Store, Verdict};
use meter::{DailyEnergy, Direction, Kind, paris};
use service::VirtualClock;
use simulator::colours::{COULEUR_TEMPO, ColourFault, ColourServices, EDF, RTE_PAGE};
use tariff::colour::{Answer, Colour, Source, TempoColour};

const TODAY: Date = date(2026, 11, 20);
const FIRST: Date = date(2026, 9, 10);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A home whose first reading is of [`FIRST`].
fn home() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&path(&dir), Access::Write).unwrap();
    let key = SeriesKey {
        usage_point: "12345678901234".parse().unwrap(),
        direction: Direction::Consumption,
        kind: Kind::Daily,
    };
    let day = DailyEnergy {
        day: FIRST,
        watt_hours: 1_000,
    };
    let judge = |_, _| Verdict::complete();
    store
        .write_daily(
            key,
            &[day],
            &[FIRST],
            "enedis",
            at("2026-11-19T09:00:00Z"),
            &judge,
        )
        .unwrap();
    dir
}

fn path(dir: &tempfile::TempDir) -> std::path::PathBuf {
    dir.path().join(ledger::FILE_NAME)
}

fn watch(dir: &tempfile::TempDir, services: &ColourServices, clock: &VirtualClock) -> Watch {
    let host = "https://colours.example".to_owned();
    Watch {
        ledger: Arc::new(Ledger::open(&path(dir)).unwrap()),
        http: Arc::new(services.clone()),
        clock: Arc::new(clock.clone()),
        addresses: Addresses {
            rte_api: host.clone(),
            rte_page: host.clone(),
            couleur_tempo: host.clone(),
            edf: host,
        },
        account: None,
        file: None,
        needed: Needed {
            tempo: true,
            ejp: false,
        },
    }
}

async fn one(watch: &Watch) -> Outcome {
    let mut outcomes = watch.look().await.unwrap();
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0)
}

fn answer(dir: &tempfile::TempDir, day: Date) -> Answer<TempoColour> {
    let store = Store::open(&path(dir), Access::Read).unwrap();
    let known = colours::load::<TempoColour>(&store, day, paris::add_days(day, 1)).unwrap();
    known.at(day)
}

fn truth(day: Date) -> Answer<TempoColour> {
    Answer::Known(TempoColour::ALL[simulator::colours::tempo(day)])
}

#[tokio::test]
async fn the_past_is_fetched_at_once_and_tomorrow_from_ten_twenty() {
    let dir = home();
    let clock = VirtualClock::at(at("2026-11-20T07:00:00Z"));
    let early = ColourServices::new(TODAY);
    let outcome = one(&watch(&dir, &early, &clock)).await;
    assert_eq!((outcome.asked, outcome.silent), (1, false));
    assert_eq!(early.asked().len(), 1, "one season: {:?}", early.asked());
    for day in paris::days(FIRST, paris::add_days(TODAY, 1)) {
        assert_eq!(answer(&dir, day), truth(day), "{day}");
    }
    let tomorrow = paris::add_days(TODAY, 1);
    assert_eq!(answer(&dir, tomorrow), Answer::Unknown);

    // Nothing is due before 10:20 in Paris, for this process or the next.
    clock.set(at("2026-11-20T09:19:00Z"));
    assert_eq!(watch(&dir, &early, &clock).look().await.unwrap(), []);
    assert_eq!(early.asked().len(), 1);

    let told = ColourServices::new(tomorrow);
    clock.set(at("2026-11-20T09:20:00Z"));
    one(&watch(&dir, &told, &clock)).await;
    assert_eq!(answer(&dir, tomorrow), truth(tomorrow));
    clock.set(at("2026-11-21T09:19:00Z"));
    assert_eq!(watch(&dir, &told, &clock).look().await.unwrap(), []);
    assert_eq!(told.asked().len(), 1, "{:?}", told.asked());
}

#[tokio::test]
async fn a_late_colour_is_asked_for_again_every_half_hour() {
    let dir = home();
    let clock = VirtualClock::at(at("2026-11-20T09:30:00Z"));
    let late = ColourServices::new(TODAY);
    let outcome = one(&watch(&dir, &late, &clock)).await;
    assert_eq!(outcome.asked, 3, "each source in turn");
    clock.advance(SignedDuration::from_mins(29));
    assert_eq!(watch(&dir, &late, &clock).look().await.unwrap(), []);
    clock.advance(SignedDuration::from_mins(1));
    assert_eq!(one(&watch(&dir, &late, &clock)).await.asked, 3);
}

#[tokio::test]
async fn sources_that_all_fail_are_told_left_in_peace_and_cost_nothing_that_was_held() {
    let dir = home();
    let clock = VirtualClock::at(at("2026-11-20T09:30:00Z"));
    one(&watch(&dir, &ColourServices::new(TODAY), &clock)).await;
    let dead = ColourServices::new(TODAY)
        .with(RTE_PAGE, ColourFault::Page)
        .with(COULEUR_TEMPO, ColourFault::Down)
        .with(EDF, ColourFault::Away);
    let mut waits = Vec::new();
    for _ in 0..3 {
        let store = Store::open(&path(&dir), Access::Read).unwrap();
        let note = store.colour_note("tempo").unwrap().unwrap();
        clock.set(note.ask_at);
        let outcome = one(&watch(&dir, &dead, &clock)).await;
        assert!(outcome.silent);
        let kinds: Vec<_> = outcome.faults.iter().map(|fault| fault.problem).collect();
        assert_eq!(
            kinds,
            [FaultKind::Page, FaultKind::Status, FaultKind::Unreachable]
        );
        let note = store.colour_note("tempo").unwrap().unwrap();
        waits.push(note.ask_at.duration_since(note.asked_at).as_mins());
    }
    assert_eq!(waits, [30, 60, 120]);
    assert_eq!(answer(&dir, TODAY), truth(TODAY));
}

#[tokio::test]
async fn sources_that_differ_are_told_once_and_the_file_is_asked_last() {
    let dir = home();
    let file = dir.path().join("mine.csv");
    std::fs::write(&file, "2026-11-21;ROUGE\n").unwrap();
    let clock = VirtualClock::at(at("2026-11-20T09:30:00Z"));
    let services = ColourServices::new(TODAY).with(COULEUR_TEMPO, ColourFault::Wrong);
    let mut watch = watch(&dir, &services, &clock);
    watch.file = Some(file);
    let outcome = one(&watch).await;
    assert_eq!(outcome.asked, 4);
    assert!(outcome.contradicted.contains(&TODAY), "{outcome:?}");
    let tomorrow = paris::add_days(TODAY, 1);
    assert_eq!(answer(&dir, tomorrow), Answer::Known(TempoColour::Red));
    assert_eq!(answer(&dir, TODAY), truth(TODAY), "RTE prevails");
    let store = Store::open(&path(&dir), Access::Read).unwrap();
    let known = colours::load::<TempoColour>(&store, tomorrow, date(2026, 11, 22)).unwrap();
    let said = &known.statements(tomorrow)[0].source;
    assert_eq!(*said, Source::File("mine.csv".to_owned()));
    clock.set(at("2026-11-21T09:20:00Z"));
    let again = one(&watch).await;
    assert!(!again.contradicted.contains(&TODAY), "{again:?}");
}

#[tokio::test]
async fn a_colour_that_its_source_changes_is_followed_and_the_old_word_is_kept() {
    let dir = home();
    let clock = VirtualClock::at(at("2026-11-20T09:30:00Z"));
    let wrong = ColourServices::new(TODAY).with(RTE_PAGE, ColourFault::Wrong);
    one(&watch(&dir, &wrong, &clock)).await;
    assert_ne!(answer(&dir, TODAY), truth(TODAY));
    clock.advance(SignedDuration::from_mins(30));
    let outcome = one(&watch(&dir, &ColourServices::new(TODAY), &clock)).await;
    assert!(outcome.written.revised > 60, "{outcome:?}");
    assert_eq!(answer(&dir, TODAY), truth(TODAY));
    let store = Store::open(&path(&dir), Access::Read).unwrap();
    let kept = store.colour_revisions("tempo").unwrap();
    assert_eq!(kept.len(), outcome.written.revised);
}

#[tokio::test]
async fn ejp_asks_nobody_in_the_months_that_have_no_peak_day() {
    let dir = home();
    let clock = VirtualClock::at(at("2026-10-15T09:30:00Z"));
    let services = ColourServices::new(date(2026, 10, 16));
    let mut watch = watch(&dir, &services, &clock);
    watch.needed = Needed {
        tempo: false,
        ejp: true,
    };
    assert_eq!(watch.look().await.unwrap(), []);
    assert_eq!(services.asked(), [""; 0]);
}
