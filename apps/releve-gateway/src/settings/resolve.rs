//! From what the file holds to what it means; each doubt is reported and the
//! next one looked for.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use enedis::Generation;
use gateway::Config;
use gateway::config::{Controller, Enedis, Lifetimes, Limits, TlsFiles};
use gateway::store::{DatabaseUrlError, PostgresOptions};
use ipnet::IpNet;
use jiff::{SignedDuration, Span};
use secrecy::{ExposeSecret, SecretString};
use service::settings::{Draft, Problem, SecretFileError, read_secret};
use url::{Host, Url};

use super::Settings;
use super::raw::{RawConfig, RawController, RawEnedis, RawGeneration, RawLifetimes, RawTls};
use crate::connections;

const ENEDIS: &str = "https://gw.ext.prod.api.enedis.fr/";
const CONSENT: &str = "https://mon-compte-particulier.enedis.fr/";

/// The settings. They are worth something only if the draft has no problem.
pub(super) fn settings(draft: &mut Draft, raw: RawConfig) -> Option<Settings> {
    let public_url = raw.public_url.as_deref();
    let public_url = public_url.and_then(|text| address(draft, &["public_url"], text));
    let listen = socket(
        draft,
        "listen",
        raw.listen.as_deref().unwrap_or("127.0.0.1:8443"),
    );
    let operator_listen = raw.operator_listen.as_deref();
    let operator_listen = operator_listen.and_then(|text| socket(draft, "operator_listen", text));
    let trusted_proxies = proxies(draft, &raw.trusted_proxies);
    let database = database(draft, raw.database_url_file, raw.database_ca_file);
    let tls = raw.tls.and_then(|raw| tls(draft, raw));
    let enedis = raw.enedis.and_then(|raw| upstream(draft, raw));
    let controller = raw.controller.and_then(|raw| controller(draft, raw));
    let (enedis, calls_per_hour) = enedis?;
    Some(Settings {
        language: raw.language,
        log_level: raw.log_level,
        database,
        config: Config {
            public_url: public_url?,
            listen: listen?,
            operator_listen,
            trusted_proxies: trusted_proxies?,
            enedis,
            controller: controller?,
            lifetimes: lifetimes(&raw.lifetimes),
            limits: Limits {
                calls_per_hour,
                ..Limits::default()
            },
            tls,
        },
    })
}

/// An address that begins others.
fn address(draft: &mut Draft, path: &[&str], text: &str) -> Option<Url> {
    let problem = match Url::parse(text.trim()) {
        Ok(url) if !url.has_host() || !matches!(url.scheme(), "http" | "https") => "config-url",
        Ok(url) if url.query().is_some() || url.fragment().is_some() || named(&url) => {
            "config-url-parts"
        }
        Ok(url) if url.scheme() == "http" && !is_this_machine(&url) => "gateway-config-url-https",
        Ok(url) => return Some(url),
        Err(_) => "config-url",
    };
    let problem = Problem::new(problem);
    draft.report(
        path,
        match problem.name() {
            "config-url" => problem.advise("gateway-config-url-do"),
            _ => problem,
        },
    );
    None
}

fn named(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn socket(draft: &mut Draft, key: &str, text: &str) -> Option<SocketAddr> {
    let socket = text.trim().parse().ok();
    if socket.is_none() {
        draft.report(&[key], Problem::new("gateway-config-socket"));
    }
    socket
}

fn proxies(draft: &mut Draft, raw: &[String]) -> Option<Vec<IpNet>> {
    let mut networks = Vec::with_capacity(raw.len());
    for (index, text) in raw.iter().enumerate() {
        let network = text.trim().parse::<IpNet>().ok();
        let network = network.or_else(|| text.trim().parse::<IpAddr>().ok().map(IpNet::from));
        match network {
            Some(network) => networks.push(network),
            None => draft.report(
                &["trusted_proxies", &index.to_string()],
                Problem::new("gateway-config-network").with("value", text),
            ),
        }
    }
    (networks.len() == raw.len()).then_some(networks)
}

fn database(
    draft: &mut Draft,
    file: Option<PathBuf>,
    authority: Option<PathBuf>,
) -> Option<PostgresOptions> {
    let authority = authority.map(|path| from_folder_of(draft, &["database_ca_file"], &path));
    let Some(file) = file else {
        if authority.is_some() {
            let problem = Problem::new("gateway-config-database-ca");
            draft.report(&["database_ca_file"], problem);
        }
        return None;
    };
    let path = ["database_url_file"];
    let url = secret(draft, &path, &file)?;
    let options = PostgresOptions::read(url.expose_secret(), authority.as_deref());
    match options {
        Ok(options) => Some(options),
        Err(error) => {
            let (path, problem) = match error {
                DatabaseUrlError::NotOne => (path, "gateway-config-database"),
                DatabaseUrlError::Mode => (path, "gateway-config-database-mode"),
                DatabaseUrlError::Authority => (["database_ca_file"], "gateway-config-authority"),
            };
            draft.report(&path, Problem::new(problem));
            None
        }
    }
}

/// The certificate is read now, so that a wrong one is known before a box comes.
fn tls(draft: &mut Draft, raw: RawTls) -> Option<TlsFiles> {
    let files = TlsFiles {
        certificate: from_folder_of(draft, &["tls", "certificate"], &raw.certificate?),
        key: from_folder_of(draft, &["tls", "key"], &raw.key?),
    };
    let (key, path, problem) = match connections::tls(&files) {
        Ok(_) => return Some(files),
        Err(connections::TlsError::Chain) => {
            ("certificate", &files.certificate, "gateway-config-chain")
        }
        Err(connections::TlsError::Key) => ("key", &files.key, "gateway-config-key"),
        Err(connections::TlsError::Pair) => ("key", &files.key, "gateway-config-pair"),
    };
    let problem = Problem::new(problem).with("path", path.display().to_string());
    draft.report(&["tls", key], problem);
    None
}

fn upstream(draft: &mut Draft, raw: RawEnedis) -> Option<(Enedis, Option<i64>)> {
    let at = |key| ["enedis", key];
    let base_url = raw.base_url.as_deref().unwrap_or(ENEDIS);
    let base_url = address(draft, &at("base_url"), base_url);
    let consent_url = raw.consent_url.as_deref().unwrap_or(CONSENT);
    let consent_url = address(draft, &at("consent_url"), consent_url);
    let redirect_uri = raw.redirect_uri.as_deref();
    let redirect_uri = redirect_uri.and_then(|text| address(draft, &at("redirect_uri"), text));
    let client_id = raw
        .client_id
        .and_then(|id| words(draft, &at("client_id"), &id));
    let file = raw.client_secret_file;
    let secret = file.and_then(|file| secret(draft, &at("client_secret_file"), &file));
    let free = raw.pacing == Some(false);
    if free && base_url.as_ref().is_some_and(|url| !is_this_machine(url)) {
        draft.report(&at("pacing"), Problem::new("config-pacing"));
    }
    let duration = raw.duration.unwrap_or_else(|| "P3Y".to_owned());
    if !is_duration(&duration) {
        draft.report(&at("duration"), Problem::new("gateway-config-duration"));
    }
    let enedis = Enedis {
        generation: match raw.generation.unwrap_or_default() {
            RawGeneration::V2026 => Generation::V2026,
            RawGeneration::V5 => Generation::V5,
        },
        base_url: base_url?,
        consent_url: consent_url?,
        client_id: client_id?,
        client_secret: secret?,
        calls_per_second: (!free).then_some(4),
        duration,
        redirect_uri,
        sandbox_digit: raw.sandbox_digit,
    };
    Some((enedis, raw.calls_per_hour))
}

/// A period of days, weeks, months or years, up to the three years that Enedis admits.
fn is_duration(text: &str) -> bool {
    let Ok(span) = text.parse::<Span>() else {
        return false;
    };
    let [years, months] = [i64::from(span.get_years()), i64::from(span.get_months())];
    let [weeks, days] = [i64::from(span.get_weeks()), i64::from(span.get_days())];
    let whole = text.starts_with('P') && !text.contains('T');
    let days = years * 365 + months * 30 + weeks * 7 + days;
    whole && span.is_positive() && (1..=3 * 365 + 1).contains(&days)
}

fn controller(draft: &mut Draft, raw: RawController) -> Option<Controller> {
    let at = |key| ["controller", key];
    let application = raw.application;
    let application = application.and_then(|text| words(draft, &at("application"), &text));
    if let Some(name) = &application {
        let folded = name.to_lowercase();
        let marks = ["enedis", "linky"].iter().any(|mark| folded.contains(mark));
        if marks || name.chars().count() > 38 {
            let problem = Problem::new("gateway-config-application");
            draft.report(&at("application"), problem);
        }
    }
    let mut part =
        |key, text: Option<String>| text.and_then(|text| words(draft, &["controller", key], &text));
    let (name, address) = (part("name", raw.name), part("address", raw.address));
    let contact = part("contact", raw.contact);
    Some(Controller {
        application: application?,
        name: name?,
        address: address?,
        contact: contact?,
    })
}

/// One line that says something.
fn words(draft: &mut Draft, path: &[&str], text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_control) {
        draft.report(path, Problem::new("gateway-config-empty"));
        return None;
    }
    Some(text.to_owned())
}

fn lifetimes(raw: &RawLifetimes) -> Lifetimes {
    let usual = Lifetimes::default();
    let seconds = |given: Option<i64>, usual| given.map_or(usual, SignedDuration::from_secs);
    Lifetimes {
        code: seconds(raw.code_seconds, usual.code),
        access: seconds(raw.access_seconds, usual.access),
    }
}

fn secret(draft: &mut Draft, path: &[&str], file: &Path) -> Option<SecretString> {
    let file = from_folder_of(draft, path, file);
    let problem = match read_secret(&file) {
        Ok(secret) => return Some(secret),
        Err(SecretFileError::Missing) => "config-secret-file-missing",
        Err(SecretFileError::NotAFile) => "config-secret-file-not-a-file",
        Err(SecretFileError::Unreadable) => "config-secret-file-unreadable",
        Err(SecretFileError::Open) => "config-secret-file-open",
        Err(SecretFileError::Empty) => "config-secret-file-empty",
        Err(SecretFileError::NotALine) => "config-secret-file-not-a-line",
    };
    let problem = Problem::new(problem).with("path", file.display().to_string());
    draft.report(path, problem);
    None
}

/// A path as its writer meant it: in the file it counts from the file's folder,
/// in a variable from the present one.
fn from_folder_of(draft: &Draft, key: &[&str], path: &Path) -> PathBuf {
    match draft.file().and_then(Path::parent) {
        Some(folder) if !draft.is_from_env(key) => folder.join(path),
        _ => path.to_owned(),
    }
}
