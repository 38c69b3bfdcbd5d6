//! A watched folder: whole files are read once and moved aside, others stay.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use collector::Inbox;
use collector::import::ImportError;
use collector::inbox::{DONE, Found, Left};
use jiff::{SignedDuration, Timestamp};
use ledger::{Access, Ledger, NoticeKind, Store};
use meter::{Direction, Kind, UsagePoint};
use service::VirtualClock;

use crate::world::{key, whole_curve};

const CURVE: &str = include_str!("../../../../testdata/csv/curve_PT30M_1year_2DST_bom.csv");
const NOW: &str = "2026-11-21T11:00:00Z";

struct House {
    dir: tempfile::TempDir,
    clock: VirtualClock,
    ledger: Ledger,
    inbox: Inbox,
}

/// The file masks whose readings it holds: they are the only usage point's.
fn owner() -> UsagePoint {
    UsagePoint::from_u64(22_222_222_222_222).unwrap()
}

impl House {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = VirtualClock::at(NOW.parse().unwrap());
        let folder = dir.path().join("exports");
        fs::create_dir(&folder).unwrap();
        let shared = Arc::new(clock.clone());
        Self {
            ledger: Ledger::open(&dir.path().join("a.db")).unwrap(),
            inbox: Inbox::new("exports", folder, vec![owner()], shared),
            clock,
            dir,
        }
    }

    /// Puts a file there that last changed so many seconds ago.
    fn put(&self, name: &str, content: impl AsRef<[u8]>, ago: i64) -> PathBuf {
        let path = self.inbox.path.join(name);
        fs::write(&path, content).unwrap();
        self.touch(&path, ago);
        path
    }

    fn touch(&self, path: &PathBuf, ago: i64) {
        let now: Timestamp = service::Clock::now(&self.clock);
        let changed = now - SignedDuration::from_secs(ago);
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(changed.into()).unwrap();
    }

    async fn read(&self) -> Vec<Found> {
        self.inbox.read(&self.ledger).await.unwrap()
    }

    fn store(&self) -> Store {
        Store::open(&self.dir.path().join("a.db"), Access::Read).unwrap()
    }

    fn readings(&self) -> usize {
        let key = key(owner().as_u64(), Direction::Consumption, Kind::Curve);
        whole_curve(&self.store(), key).len()
    }

    fn notices(&self) -> Vec<(NoticeKind, Option<String>)> {
        let notices = self.store().notices().unwrap();
        notices.into_iter().map(|n| (n.kind, n.detail)).collect()
    }

    fn done(&self) -> Vec<String> {
        let entries = fs::read_dir(self.inbox.path.join(DONE))
            .into_iter()
            .flatten();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

#[tokio::test]
async fn a_whole_file_is_read_moved_aside_and_never_replaces_one_of_the_same_name() {
    let house = House::new();
    house.put("curve.csv", CURVE, 60);
    assert!(matches!(house.read().await[..], [Found::Kept { .. }]));
    let held = house.readings();
    assert!(held > 17_000, "{held}");
    assert!(house.read().await.is_empty());
    house.put("curve.csv", CURVE, 60);
    let again = house.read().await;
    let [Found::Kept { written, .. }] = &again[..] else {
        panic!("{again:?}")
    };
    assert_eq!((written.inserted, house.readings()), (0, held));
    assert_eq!(house.done(), ["2-curve.csv", "curve.csv"]);
    assert!(house.notices().is_empty());
}

#[tokio::test]
async fn a_file_that_still_grows_is_left_until_it_is_whole() {
    let house = House::new();
    let half = house.put("curve.csv", &CURVE[..CURVE.len() / 2], 1);
    assert!(matches!(house.read().await[..], [Found::Growing { .. }]));
    house.clock.advance(SignedDuration::from_secs(5));
    fs::write(&half, CURVE).unwrap();
    house.touch(&half, 0);
    assert!(matches!(house.read().await[..], [Found::Growing { .. }]));
    house.clock.advance(SignedDuration::from_secs(10));
    assert!(matches!(house.read().await[..], [Found::Kept { .. }]));
    for name in ["a.csv.part", ".hidden.csv", "b.csv.crdownload"] {
        house.put(name, CURVE, 60);
    }
    assert!(house.read().await.is_empty());
}

#[tokio::test]
async fn a_file_of_tomorrow_is_read_once_it_no_longer_changes() {
    let house = House::new();
    house.put("curve.csv", CURVE, -86_400);
    assert!(matches!(house.read().await[..], [Found::Growing { .. }]));
    house.clock.advance(SignedDuration::from_secs(10));
    assert!(matches!(house.read().await[..], [Found::Kept { .. }]));
}

#[tokio::test]
async fn what_cannot_be_read_stays_is_told_once_and_read_again_when_it_changes() {
    let house = House::new();
    let cut = house.put("cut.csv", &CURVE[..CURVE.len() - 7], 60);
    house.put("note.txt", "bread, milk", 60);
    let found = house.read().await;
    assert_eq!(found.len(), 2);
    for one in &found {
        assert!(matches!(
            one,
            Found::Left {
                why: Left::Unreadable(
                    ImportError::Truncated { .. }
                        | ImportError::UnknownFormat { .. }
                        | ImportError::Row { .. }
                ),
                ..
            }
        ));
    }
    let told = Some("cut.csv, note.txt".to_owned());
    assert_eq!(house.notices(), [(NoticeKind::FileLeft, told)]);
    assert!(house.read().await.is_empty(), "told once");
    assert_eq!(house.readings(), 0);
    fs::write(&cut, CURVE).unwrap();
    house.touch(&cut, 20);
    assert!(matches!(house.read().await[..], [Found::Kept { .. }]));
    fs::remove_file(house.inbox.path.join("note.txt")).unwrap();
    house.read().await;
    assert!(house.notices().is_empty());
}

#[tokio::test]
async fn a_file_about_another_usage_point_is_not_taken() {
    let house = House::new();
    let text = CURVE.replace("1111111111111;", "33333333333333;");
    let path = house.put("curve.csv", text, 60);
    let found = house.read().await;
    assert!(matches!(
        found[..],
        [Found::Left {
            why: Left::Stranger(_),
            ..
        }]
    ));
    assert!(path.exists());
    assert_eq!(house.readings(), 0);
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_told_and_not_made() {
    let house = House::new();
    fs::remove_dir(&house.inbox.path).unwrap();
    assert!(matches!(house.read().await[..], [Found::NoFolder { .. }]));
    assert!(!house.inbox.path.exists());
}
