//! Sources, and their addresses, which must not carry secrets in the clear.

use std::collections::BTreeMap;
use std::path::PathBuf;

use collector::domoticz_proxy;
use collector::portal::{Places, is_account_name};
use enedis::Generation;
use secrecy::SecretString;
use service::settings::{Draft, Problem};
use url::{Host, Url};

use super::PREFIX;
use super::gateway::gateway;
use super::raw::{
    RawConsentGateway, RawDataConnect, RawDomoticzProxy, RawFiles, RawGeneration, RawPortal,
    RawSource,
};
use super::resolve::from_folder_of;
use super::secret::SecretKeys;
use super::settings::{
    CONSO_API, Consented, DataConnect, ENEDIS, MY_ELECTRICAL_DATA, Portal, Source, SourceKind,
    Watched,
};

/// Who we are at a gateway of Relevé, unless it is said.
pub const CLIENT_ID: &str = "releve";

/// The sources that are in order; the others are reported.
pub(super) fn sources(draft: &mut Draft, raw: BTreeMap<String, RawSource>) -> Vec<Source> {
    let mut sources = Vec::with_capacity(raw.len());
    for (name, raw) in raw {
        if !is_source_name(&name) {
            let problem = Problem::new("config-source-name").with("name", &name);
            draft.report(&["sources", &name], problem);
        }
        let kind = match raw {
            RawSource::DataConnect(raw) => {
                data_connect(draft, &name, raw).map(SourceKind::DataConnect)
            }
            RawSource::ConsoApi(raw) => {
                gateway(draft, &name, CONSO_API, raw).map(SourceKind::ConsoApi)
            }
            RawSource::MyElectricalData(raw) => {
                gateway(draft, &name, MY_ELECTRICAL_DATA, raw).map(SourceKind::MyElectricalData)
            }
            RawSource::Gateway(raw) => consent_gateway(draft, &name, raw),
            RawSource::DomoticzProxy(raw) => domoticz_proxy(draft, &name, raw),
            RawSource::Files(raw) => files(draft, &name, raw),
            RawSource::Portal(raw) => {
                portal(draft, &name, raw).map(|it| SourceKind::Portal(Box::new(it)))
            }
        };
        if let Some(kind) = kind {
            sources.push(Source { name, kind });
        }
    }
    sources
}

/// Names stand in variables, logs and the ledger.
pub(super) fn is_source_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    (1..=40).contains(&name.len()) && name.chars().all(plain)
}

fn portal(draft: &mut Draft, name: &str, raw: RawPortal) -> Option<Portal> {
    let account = raw.account.unwrap_or_else(|| name.to_owned());
    if !is_account_name(&account) {
        let problem = Problem::new("config-source-name").with("name", &account);
        draft.report(&["sources", name, "account"], problem);
        return None;
    }
    let places = match raw.base_url {
        Some(text) => Places::under(&base_url(draft, name, &text, raw.allow_http)?),
        None => Places::enedis().ok()?,
    };
    Some(Portal { account, places })
}

fn data_connect(draft: &mut Draft, name: &str, raw: RawDataConnect) -> Option<DataConnect> {
    let url = raw.base_url.as_deref().unwrap_or(ENEDIS);
    let base_url = base_url(draft, name, url, raw.allow_http);
    let client_id = raw.client_id.and_then(|id| client_id(draft, name, &id));
    let secret = client_secret(draft, name, raw.client_secret, raw.client_secret_file);
    let free = raw.pacing == Some(false);
    let generation = raw.generation.unwrap_or(RawGeneration::Auto);
    if free && base_url.as_ref().is_some_and(|url| !is_this_machine(url)) {
        draft.report(&["sources", name, "pacing"], Problem::new("config-pacing"));
    }
    Some(DataConnect {
        generation: match generation {
            RawGeneration::V5 => Generation::V5,
            RawGeneration::Auto | RawGeneration::V2026 => Generation::V2026,
        },
        switches: generation == RawGeneration::Auto,
        base_url: base_url?,
        client_id: client_id?,
        client_secret: secret?,
        calls_per_second: (!free).then_some(raw.calls_per_second.unwrap_or(5)),
    })
}

fn consent_gateway(draft: &mut Draft, name: &str, raw: RawConsentGateway) -> Option<SourceKind> {
    let client_id = raw.client_id.unwrap_or_else(|| CLIENT_ID.to_owned());
    // A missing address was reported before.
    let url = raw.base_url?;
    consented(draft, name, &url, (&client_id, raw.allow_http)).map(SourceKind::Gateway)
}

fn domoticz_proxy(draft: &mut Draft, name: &str, raw: RawDomoticzProxy) -> Option<SourceKind> {
    let usual = domoticz_proxy::CLIENT_ID.to_owned();
    let client_id = raw.client_id.unwrap_or(usual);
    let url = raw.base_url.as_deref().unwrap_or(domoticz_proxy::ADDRESS);
    consented(draft, name, url, (&client_id, raw.allow_http)).map(SourceKind::DomoticzProxy)
}

fn consented(
    draft: &mut Draft,
    name: &str,
    url: &str,
    (id, allow_http): (&str, Option<bool>),
) -> Option<Consented> {
    let client_id = client_id(draft, name, id);
    Some(Consented {
        base_url: base_url(draft, name, url, allow_http)?,
        client_id: client_id?,
    })
}

fn files(draft: &mut Draft, name: &str, raw: RawFiles) -> Option<SourceKind> {
    let path = ["sources", name, "folder"];
    let folder = raw.folder?;
    if folder.as_os_str().is_empty() {
        draft.report(&path, Problem::new("config-data-dir"));
        return None;
    }
    let folder = from_folder_of(draft, &path, &folder);
    Some(SourceKind::Files(Watched { folder }))
}

/// The beginning of a source's addresses; `http` to another machine only where
/// that was allowed.
pub(super) fn base_url(
    draft: &mut Draft,
    name: &str,
    text: &str,
    allow_http: Option<bool>,
) -> Option<Url> {
    let path = ["sources", name, "base_url"];
    let checked = match check_url(text.trim()) {
        Err("config-url-https") if allow_http == Some(true) => {
            Url::parse(text.trim()).map_err(|_| "config-url")
        }
        checked => checked,
    };
    match checked {
        // A wrong kind of value was reported before.
        Ok(url) => (!draft.is_spoiled(&path)).then_some(url),
        Err(problem) => {
            draft.report(&path, Problem::new(problem));
            None
        }
    }
}

/// The address, or the name of its problem.
pub fn check_url(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "config-url")?;
    if !url.has_host() || !matches!(url.scheme(), "http" | "https") {
        return Err("config-url");
    }
    let user = !url.username().is_empty() || url.password().is_some();
    if user || url.query().is_some() || url.fragment().is_some() {
        return Err("config-url-parts");
    }
    if url.scheme() == "http" && !is_this_machine(&url) {
        return Err("config-url-https");
    }
    Ok(url)
}

pub(super) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn client_id(draft: &mut Draft, name: &str, text: &str) -> Option<String> {
    let id = text.trim();
    if is_client_id(id) {
        return Some(id.to_owned());
    }
    draft.report(
        &["sources", name, "client_id"],
        Problem::new("config-client-id"),
    );
    None
}

/// RFC 6749, appendix A.1, allows visible ASCII; a `:` would end the user part
/// of HTTP Basic.
pub fn is_client_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && c != ':')
}

fn client_secret(
    draft: &mut Draft,
    name: &str,
    inline: Option<SecretString>,
    file: Option<PathBuf>,
) -> Option<SecretString> {
    let section = ["sources", name];
    let keys = SecretKeys::client_secret(&section, name);
    if inline.is_none() && file.is_none() && !keys.is_spoiled(draft) {
        draft.report(&section, missing(name));
    }
    keys.read(draft, inline, file)
}

fn missing(name: &str) -> Problem {
    let level = name.to_uppercase().replace('-', "_");
    Problem::new("config-secret-missing")
        .with("source", name)
        .with(
            "variable",
            format!("{PREFIX}SOURCES__{level}__CLIENT_SECRET"),
        )
}
