//! Sources: their addresses, which must not carry secrets in the clear, and
//! the secrets themselves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use service::settings::{Draft, Problem, SecretFileError, read_secret};
use url::{Host, Url};

use super::PREFIX;
use super::raw::{RawDataConnect, RawSource};
use super::resolve::from_folder_of;
use super::settings::{DataConnect, ENEDIS, Source, SourceKind};

/// The sources that are in order; the others are reported.
pub(super) fn sources(draft: &mut Draft, raw: BTreeMap<String, RawSource>) -> Vec<Source> {
    let mut sources = Vec::with_capacity(raw.len());
    for (name, raw) in raw {
        if !is_source_name(&name) {
            let problem = Problem::new("config-source-name").with("name", &name);
            draft.report(&["sources", &name], problem);
        }
        let RawSource::DataConnect(raw) = raw;
        if let Some(access) = data_connect(draft, &name, raw) {
            let kind = SourceKind::DataConnect(access);
            sources.push(Source { name, kind });
        }
    }
    sources
}

/// Names stand in variables, logs and the ledger.
fn is_source_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    (1..=40).contains(&name.len()) && name.chars().all(plain)
}

fn data_connect(draft: &mut Draft, name: &str, raw: RawDataConnect) -> Option<DataConnect> {
    let base_url = base_url(draft, name, raw.base_url.as_deref());
    let client_id = raw.client_id.and_then(|id| client_id(draft, name, &id));
    let secret = secret(draft, name, raw.client_secret, raw.client_secret_file);
    let free = raw.pacing == Some(false);
    if free && base_url.as_ref().is_some_and(|url| !is_this_machine(url)) {
        draft.report(&["sources", name, "pacing"], Problem::new("config-pacing"));
    }
    Some(DataConnect {
        generation: raw.generation.unwrap_or_default(),
        base_url: base_url?,
        client_id: client_id?,
        client_secret: secret?,
        calls_per_second: (!free).then_some(raw.calls_per_second.unwrap_or(5)),
    })
}

fn base_url(draft: &mut Draft, name: &str, text: Option<&str>) -> Option<Url> {
    let path = ["sources", name, "base_url"];
    match check_url(text.unwrap_or(ENEDIS).trim()) {
        // A wrong kind of value was reported before.
        Ok(url) => (!draft.is_spoiled(&path)).then_some(url),
        Err(problem) => {
            draft.report(&path, Problem::new(problem));
            None
        }
    }
}

/// The address, or the name of its problem.
pub(crate) fn check_url(text: &str) -> Result<Url, &'static str> {
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

fn is_this_machine(url: &Url) -> bool {
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
pub(crate) fn is_client_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && c != ':')
}

/// The secret from the one place that gives it. A variable decides over the
/// file even where the two use different keys.
fn secret(
    draft: &mut Draft,
    name: &str,
    inline: Option<SecretString>,
    file: Option<PathBuf>,
) -> Option<SecretString> {
    let inline_path = ["sources", name, "client_secret"];
    let file_path = ["sources", name, "client_secret_file"];
    let by_env = (
        draft.is_from_env(&inline_path),
        draft.is_from_env(&file_path),
    );
    match (inline, file) {
        (Some(inline), Some(_)) if by_env == (true, false) => own_line(draft, name, &inline),
        (Some(_), Some(file)) if by_env == (false, true) => own_file(draft, name, &file),
        (Some(_), Some(_)) => {
            let problem = Problem::new("config-secret-twice").with("source", name);
            draft.report(&inline_path, problem);
            None
        }
        (Some(inline), None) => own_line(draft, name, &inline),
        (None, Some(file)) => own_file(draft, name, &file),
        (None, None) => {
            if !draft.is_spoiled(&inline_path) && !draft.is_spoiled(&file_path) {
                draft.report(&["sources", name], missing(name));
            }
            None
        }
    }
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

fn own_line(draft: &mut Draft, name: &str, secret: &SecretString) -> Option<SecretString> {
    let path = ["sources", name, "client_secret"];
    let text = secret.expose_secret().trim();
    if !is_secret(text) {
        draft.report(&path, Problem::new("config-secret-empty"));
        return None;
    }
    if draft.is_open_to_all() && !draft.is_from_env(&path) {
        let file = draft.file().map(shell).unwrap_or_default();
        draft.report(
            &path,
            Problem::new("config-secret-exposed").with("path", file),
        );
        return None;
    }
    Some(SecretString::from(text))
}

/// Whether a text can be a secret.
pub(crate) fn is_secret(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_control)
}

fn own_file(draft: &mut Draft, name: &str, file: &Path) -> Option<SecretString> {
    let path = ["sources", name, "client_secret_file"];
    let file = from_folder_of(draft, &path, file);
    match read_secret(&file) {
        Ok(secret) => Some(secret),
        Err(error) => {
            let problem = Problem::new(secret_file(error)).with("path", shell(&file));
            draft.report(&path, problem);
            None
        }
    }
}

/// The problem of a secret file, by its name in the catalogue.
pub(crate) fn secret_file(error: SecretFileError) -> &'static str {
    match error {
        SecretFileError::Missing => "config-secret-file-missing",
        SecretFileError::NotAFile => "config-secret-file-not-a-file",
        SecretFileError::Unreadable => "config-secret-file-unreadable",
        SecretFileError::Open => "config-secret-file-open",
        SecretFileError::Empty => "config-secret-file-empty",
        SecretFileError::NotALine => "config-secret-file-not-a-line",
    }
}

/// A path that can be copied into a shell.
fn shell(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+@%,:".contains(c);
    if text.chars().all(plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
