//! The colours of days: who may be asked, and as whom.

use collector::colours::{Addresses, Needed, RteAccount};
use service::settings::{Draft, Problem};

use super::raw::{RawCalendar, RawColours};
use super::resolve::from_folder_of;
use super::secret::SecretKeys;
use super::settings::Colours;
use super::source::{check_url, is_client_id};

const SECTION: &str = "colours";

/// What the section means, and its mistakes in their place.
pub(super) fn colours(draft: &mut Draft, raw: RawColours) -> Colours {
    let usual = Addresses::default();
    let addresses = Addresses {
        rte_api: address(
            draft,
            "rte_api_url",
            raw.rte_api_url.as_deref(),
            usual.rte_api,
        ),
        rte_page: address(
            draft,
            "rte_page_url",
            raw.rte_page_url.as_deref(),
            usual.rte_page,
        ),
        couleur_tempo: address(
            draft,
            "couleur_tempo_url",
            raw.couleur_tempo_url.as_deref(),
            usual.couleur_tempo,
        ),
        edf: address(draft, "edf_url", raw.edf_url.as_deref(), usual.edf),
    };
    let has = |calendar| raw.calendars.contains(&calendar);
    Colours {
        enabled: raw.enabled.unwrap_or(true),
        wanted: Needed {
            tempo: has(RawCalendar::Tempo),
            ejp: has(RawCalendar::Ejp),
        },
        file: raw
            .file
            .as_ref()
            .map(|file| from_folder_of(draft, &[SECTION, "file"], file)),
        addresses,
        account: account(draft, raw),
    }
}

fn address(draft: &mut Draft, key: &str, text: Option<&str>, usual: String) -> String {
    let Some(text) = text else {
        return usual;
    };
    match check_url(text.trim()) {
        Ok(url) => url.as_str().trim_end_matches('/').to_owned(),
        Err(problem) => {
            draft.report(&[SECTION, key], Problem::new(problem));
            usual
        }
    }
}

/// Both halves of an account, or none.
fn account(draft: &mut Draft, raw: RawColours) -> Option<RteAccount> {
    let keys = SecretKeys {
        section: &[SECTION],
        inline: "rte_client_secret",
        file: "rte_client_secret_file",
        twice: "config-rte-secret-twice",
        empty: "config-secret-empty",
        owner: "RTE",
    };
    let spoiled = keys.is_spoiled(draft);
    let given = raw.rte_client_secret.is_some() || raw.rte_client_secret_file.is_some();
    let secret = keys.read(draft, raw.rte_client_secret, raw.rte_client_secret_file);
    match raw.rte_client_id {
        Some(id) if !is_client_id(id.trim()) => {
            let path = [SECTION, "rte_client_id"];
            draft.report(&path, Problem::new("config-client-id"));
            None
        }
        Some(_) if !given && !spoiled => {
            let path = [SECTION, "rte_client_id"];
            draft.report(&path, Problem::new("config-rte-half"));
            None
        }
        None if given => {
            draft.report(&[SECTION], Problem::new("config-rte-half"));
            None
        }
        id => Some(RteAccount {
            client_id: id?.trim().to_owned(),
            client_secret: secret?,
        }),
    }
}
