//! What a person wishes while the daemon has the ledger to itself: to ask again.
//!
//! Each wish is a small file in a folder of the data. A command leaves it there,
//! and so may any other part of the program; the daemon looks for it every few
//! seconds, takes it away and serves it with its next round.

use std::io;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use jiff::civil::Date;
use ledger::LedgerError;
use meter::UsagePoint;
use serde::{Deserialize, Serialize};
use service::SharedClock;
use service::files::{read_private, write_private};
use tokio::sync::Notify;

use crate::sync::Collector;

/// The folder's name in the folder of the data.
pub const FOLDER: &str = "requests";

/// How often the daemon looks.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(2);

/// Bytes of a file that are read at most.
const LONGEST: u64 = 64 << 10;

/// To ask again for days that lack something, or for all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub to: Date,
    /// What is complete too.
    pub all: bool,
    /// Of these usage points; empty: of every one.
    #[serde(default)]
    pub usage_points: Vec<UsagePoint>,
}

/// Where wishes lie.
#[derive(Debug, Clone)]
pub struct Requests {
    folder: PathBuf,
}

impl Requests {
    /// Those of a folder of data.
    pub fn of(data_dir: &Path) -> Self {
        Self {
            folder: data_dir.join(FOLDER),
        }
    }

    /// Leaves a wish for the daemon. The same wish twice is one.
    pub fn leave(&self, repair: &Repair) -> io::Result<()> {
        let text = serde_json::to_vec(repair)?;
        let digest = ring::digest::digest(&ring::digest::SHA256, &text);
        let name = BASE64_URL_SAFE_NO_PAD.encode(&digest.as_ref()[..9]);
        write_private(&self.folder.join(format!("repair-{name}.json")), &text)
    }

    /// Takes every wish away to be served. One that cannot be understood, or
    /// cannot be taken away, is not: else it would be served for ever.
    fn take(&self) -> Vec<Repair> {
        let served = self.files().into_iter().filter_map(|path| {
            let text = read_private(&path, LONGEST);
            if let Err(error) = std::fs::remove_file(&path) {
                tracing::warn!(%error, "a request cannot be taken away");
                return None;
            }
            let repair = text.ok().and_then(|text| serde_json::from_str(&text).ok());
            if repair.is_none() {
                tracing::warn!("a request cannot be understood");
            }
            repair
        });
        served.collect()
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten();
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        // What is being written has another name yet.
        let mut files: Vec<PathBuf> = paths
            .filter(|path| path.extension().is_some_and(|kind| kind == "json"))
            .collect();
        files.sort();
        files
    }

    /// Wakes the daemon whenever a wish lies there.
    pub async fn watch(&self, clock: &SharedClock, woken: &Notify) {
        loop {
            clock.sleep(LOOK_EVERY).await;
            if !self.files().is_empty() {
                woken.notify_one();
            }
        }
    }

    /// Reopens in the ledger what is wished for; whether there was any wish.
    pub(crate) async fn serve(&self, collectors: &[Collector]) -> Result<bool, LedgerError> {
        let wishes = self.take();
        for wish in &wishes {
            for collector in collectors {
                let mut asked = collector.clone();
                let points = &wish.usage_points;
                asked
                    .usage_points
                    .retain(|point| points.is_empty() || points.contains(point));
                asked.reopen((wish.from, wish.to), wish.all).await?;
            }
        }
        Ok(!wishes.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn repair(all: bool) -> Repair {
        Repair {
            from: date(2026, 11, 1),
            to: date(2026, 11, 21),
            all,
            usage_points: vec!["22516914714270".parse().unwrap()],
        }
    }

    #[test]
    fn a_wish_is_left_once_and_taken_once() {
        let folder = tempfile::tempdir().unwrap();
        let requests = Requests::of(folder.path());
        assert_eq!(requests.take(), []);
        requests.leave(&repair(true)).unwrap();
        requests.leave(&repair(true)).unwrap();
        assert_eq!(requests.take(), [repair(true)]);
        assert_eq!(requests.take(), []);
        requests.leave(&repair(true)).unwrap();
        requests.leave(&repair(false)).unwrap();
        assert_eq!(requests.take().len(), 2);
    }

    #[test]
    fn nonsense_is_taken_away_and_serves_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let requests = Requests::of(folder.path());
        requests.leave(&repair(false)).unwrap();
        let name = folder.path().join(FOLDER).join("repair-x.json");
        std::fs::write(&name, "{\"from\": \"yesterday\"}").unwrap();
        let half = folder.path().join(FOLDER).join(".tmpAbC");
        std::fs::write(&half, "{").unwrap();
        assert_eq!(requests.take(), [repair(false)]);
        assert!(!name.exists());
        assert!(half.exists(), "what is being written is left");
    }
}
