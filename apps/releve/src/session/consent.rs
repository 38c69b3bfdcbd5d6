//! Consents beside the daemon, or without it: their files are open to both.

use collector::Consents;
use collector::consents::{Folder, Record, write_notices};
use ledger::{Access, Store, WriterLock};
use service::SharedClock;

use super::{missing, sources};
use crate::config::Settings;
use crate::exit::{Exit, Failure, Said};

/// Where a person deals with consents.
pub(crate) struct Desk {
    /// Every source that takes consents.
    pub sources: Vec<Consents>,
    folder: Folder,
}

/// The consents of the configured sources.
pub(crate) fn desk(settings: &Settings, clock: &SharedClock) -> Result<Desk, Failure> {
    let http = sources::http()?;
    let places = 0..settings.sources.len();
    let all = places.filter_map(|at| sources::consents(settings, at, &http, clock));
    let all: Vec<Consents> = all.collect();
    if all.is_empty() {
        return Err(missing("consent-no-source", "consent-no-source-do"));
    }
    Ok(Desk {
        sources: all,
        folder: Folder::of(&settings.data_dir, clock.clone()),
    })
}

impl Desk {
    /// The source of that name; without a name, the only one.
    pub(crate) fn source(&self, name: Option<&str>) -> Result<&Consents, Failure> {
        let names = || {
            let names = self.sources.iter().map(|one| one.source.as_str());
            names.collect::<Vec<_>>().join(", ")
        };
        match (name, self.sources.as_slice()) {
            (None, [one]) => Ok(one),
            (None, _) => {
                let said = Said::new("consent-which").with("names", names());
                Err(Failure::usage(said).hint(Said::new("consent-which-do")))
            }
            (Some(name), all) => all.iter().find(|one| one.source == name).ok_or_else(|| {
                let said = Said::new("consent-not-a-source").with("source", name);
                let hint = Said::new("consent-not-a-source-do").with("names", names());
                Failure::usage(said).hint(hint)
            }),
        }
    }

    /// The source of a consent, by the consent's name.
    pub(crate) fn owner(&self, id: &str) -> Result<(&Consents, Record), Failure> {
        let mut found = self.sources.iter().filter_map(|one| {
            let mut records = one.records().into_iter();
            Some((one, records.find(|record| record.id == id)?))
        });
        found.next().ok_or_else(|| {
            let said = Said::new("consent-unknown").with("id", id);
            Failure::new(Exit::Usage, said).hint(Said::new("consent-unknown-do"))
        })
    }

    /// Every consent of every source that can be read.
    pub(crate) fn records(&self) -> Vec<Record> {
        self.sources.iter().flat_map(Consents::records).collect()
    }

    /// What keeps files from being read.
    pub(crate) fn unreadable(&self) -> Vec<enedis::Problem> {
        let all = self.folder.records();
        all.into_iter().filter_map(Result::err).collect()
    }

    /// Tells people what stands, unless a daemon is running: it does so itself.
    pub(crate) fn tell(&self, settings: &Settings, now: jiff::Timestamp) -> Result<(), Failure> {
        let path = settings.data_dir.join(ledger::FILE_NAME);
        // Nothing has been collected yet: there is nobody to tell.
        if !path.exists() {
            return Ok(());
        }
        let Ok(_lock) = WriterLock::acquire(&settings.data_dir, "consent") else {
            return Ok(());
        };
        let mut store = Store::open(&path, Access::Write)?;
        for one in &self.sources {
            let (points, records) = (&one.usage_points, one.records());
            write_notices(&mut store, &one.source, points, &records, now)?;
        }
        Ok(())
    }
}
