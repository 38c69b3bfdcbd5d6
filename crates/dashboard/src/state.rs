//! What tells one state of the home from the next, without reading the ledger:
//! a page says of which state it is, the stream of events which one holds now.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::time::SystemTime;

use meter::paris;

use crate::house::House;

/// The present state, as an opaque word: the ledger's file and the one in which
/// `SQLite` keeps what is newer, what goes on behind the pages, the local day,
/// which makes another day of "yesterday", and the start of the program, after
/// which forms need other tokens.
pub async fn of(house: &House) -> String {
    let file = house.hands().settings().data_dir.join(ledger::FILE_NAME);
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    let mut hasher = DefaultHasher::new();
    [look(&file).await, look(Path::new(&log)).await].hash(&mut hasher);
    for work in house.hands().works() {
        (work.id, work.ended).hash(&mut hasher);
    }
    (house.begun(), paris::day_of(house.now())).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Length and time of a file, where there is one that holds something: readers
/// leave an empty one.
async fn look(file: &Path) -> Option<(u64, SystemTime)> {
    let facts = tokio::fs::metadata(file).await.ok()?;
    Some((facts.len(), facts.modified().ok()?)).filter(|(length, _)| *length > 0)
}
