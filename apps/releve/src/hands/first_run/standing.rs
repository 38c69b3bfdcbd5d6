//! How far the set-up has come, for its pages.

use collector::consents::Record;
use dashboard::first_run::{Hindrance, Standing};
use dashboard::work::WorkKind;
use grant::client::Consent;
use home::first::{Place, Unwritten};
use home::json::consent::ConsentEntry;
use ledger::{Access, Store};

use super::{Hand, shown};

impl Hand {
    pub(super) fn first_standing(&self) -> Standing {
        self.take_up();
        let record = self.consent_record();
        if let Some(Record {
            consent: Consent::Given(given),
            ..
        }) = &record
        {
            let mut draft = self.draft();
            if draft.found != given.usage_points {
                draft.find(given.usage_points.clone());
            }
        }
        let path = self.target();
        let works = self.all_works();
        let draft = self.draft();
        let hindrance = match &path {
            Some(path) if !draft.written => Place { path: path.clone() }.hindrance(),
            _ => None,
        };
        Standing {
            path: path.map(|path| path.display().to_string()),
            hindrance: hindrance.map(|hindrance| match hindrance {
                Unwritten::Exists => Hindrance::Exists,
                Unwritten::Closed(cause) => Hindrance::Closed(cause.to_string()),
            }),
            source: draft.source.as_ref().map(|(_, source)| source.clone()),
            consent: record.as_ref().map(ConsentEntry::of),
            taken_up: draft.taken_up,
            found: draft.found.clone(),
            points: draft.points.clone(),
            outputs: draft.outputs.iter().map(shown).collect(),
            written: draft.written,
            fetch: works
                .newest(&[WorkKind::Sync, WorkKind::Import])
                .filter(|_| draft.written),
            holds: self.holds(),
        }
    }

    /// Whether any reading is held.
    fn holds(&self) -> bool {
        let path = self.settings().data_dir.join(ledger::FILE_NAME);
        let store = Store::open(&path, Access::Read);
        let series = store.and_then(|store| store.series());
        series.is_ok_and(|series| !series.is_empty())
    }
}
