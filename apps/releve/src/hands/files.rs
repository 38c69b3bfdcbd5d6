//! Files that a page was given: the way of `releve import`, away from the thread
//! on which everything else runs.

use std::path::{Path, PathBuf};

use collector::import::{Export, ImportError};
use dashboard::work::Upload;
use meter::{Direction, UsagePoint};
use tempfile::TempDir;

use super::Hand;
use crate::commands::import::{Files, Kept};
use crate::exit::{Exit, Failure, Said};
use crate::words::Words;

/// Characters of a file's name that are kept.
const LONGEST_NAME: usize = 100;

/// Uploaded files in a folder of their own, until dropped.
pub(super) struct Kit {
    _folder: TempDir,
    paths: Vec<PathBuf>,
}

impl Kit {
    /// Puts the files down; their names cannot lead elsewhere.
    pub fn of(uploads: Vec<Upload>) -> Result<Self, Failure> {
        if uploads.is_empty() {
            return Err(Failure::usage(Said::new("dash-setup-no-file")));
        }
        let folder = tempfile::Builder::new().prefix("releve-").tempdir()?;
        let mut paths = Vec::with_capacity(uploads.len());
        for (number, upload) in uploads.into_iter().enumerate() {
            // Each in a folder of its own: two files may have one name.
            let place = folder.path().join(number.to_string());
            std::fs::create_dir(&place)?;
            let path = place.join(plain_name(&upload.name));
            std::fs::write(&path, &upload.bytes)?;
            paths.push(path);
        }
        Ok(Self {
            _folder: folder,
            paths,
        })
    }

    /// Reads all of them.
    pub fn read(
        &self,
        direction: Option<Direction>,
        given: Option<UsagePoint>,
        known: &[UsagePoint],
    ) -> Result<Files, Failure> {
        Files::read(&self.paths, direction, |file, path| {
            whose(file, path, given, known)
        })
    }
}

/// A file that masks its usage point belongs to the only one there is.
fn whose(
    file: &Export,
    path: &Path,
    given: Option<UsagePoint>,
    known: &[UsagePoint],
) -> Result<UsagePoint, Failure> {
    match (file.usage_point(given, path), known) {
        (Err(ImportError::WhichUsagePoint { .. }), [only]) => {
            Ok(file.usage_point(Some(*only), path)?)
        }
        (named, _) => Ok(named?),
    }
}

/// The last part of a name, without what files may not be called.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|c| !c.is_control() && *c != '\u{fffd}')
        .take(LONGEST_NAME)
        .collect();
    let plain = plain.trim_matches(['.', ' ']);
    if plain.is_empty() {
        "export".to_owned()
    } else {
        plain.to_owned()
    }
}

impl Hand {
    /// Keeps uploaded files as `releve import` does; all of them or none.
    pub(super) async fn keep_files(
        &self,
        uploads: Vec<Upload>,
        (point, direction): (Option<UsagePoint>, Option<Direction>),
        words: Words,
    ) -> Result<Kept, Failure> {
        let known = self.settings().home();
        let files = blocking(move || {
            let kit = Kit::of(uploads)?;
            kit.read(direction, point, &known)
        })
        .await?;
        self.keep_read(files, words).await
    }

    pub(super) async fn keep_read(&self, files: Files, words: Words) -> Result<Kept, Failure> {
        let right = self.right("import").await?;
        let now = self.0.clock.now();
        let kept = right
            .ledger
            .call(move |store| files.keep(store, words, now))
            .await?;
        self.tell_news();
        Ok(kept)
    }
}

/// Runs what takes its time beside everything else.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let ended = tokio::task::spawn_blocking(work).await;
    ended.unwrap_or_else(|_| Err(Failure::new(Exit::Data, Said::new("dash-work-broke"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere() {
        for (name, plain) in [
            ("courbe.csv", "courbe.csv"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\courbe.csv", "courbe.csv"),
            ("..", "export"),
            ("/", "export"),
            ("", "export"),
            ("a\u{0}b\n.csv", "ab.csv"),
            (".hidden", "hidden"),
        ] {
            assert_eq!(plain_name(name), plain, "{name:?}");
        }
        assert_eq!(plain_name(&"é".repeat(500)).chars().count(), LONGEST_NAME);
    }
}
