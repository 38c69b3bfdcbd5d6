//! `[notifications]`: to whom troubles are told, and which.

use std::path::PathBuf;

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service::mail::{Address, Security};
use service::settings::{Draft, Problem};
use url::Url;

use super::resolve::from_folder_of;
use super::secret::SecretKeys;
use super::source::is_this_machine;

/// To whom troubles are told.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Notifications")]
pub struct RawNotifications {
    /// From how many missing days on it is told that data are late, 1 to 30.
    /// Absent: 2.
    #[serde(default)]
    #[schemars(with = "u8", range(min = 1, max = 30))]
    pub late_days: Option<u8>,
    /// What is not to be told. Absent: everything is.
    #[serde(default)]
    pub mute: Vec<Topic>,
    /// By e-mail.
    #[serde(default)]
    #[schemars(with = "RawMail")]
    pub mail: Option<RawMail>,
    /// By a call to an address of yours, such as an ntfy topic.
    #[serde(default)]
    #[schemars(with = "RawWebhook")]
    pub webhook: Option<RawWebhook>,
}

/// What may be told.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Deserialize,
    serde::Serialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Data are late by some days.
    Late,
    /// A consent ends in 30 days, then in 7.
    ConsentEnding,
    /// A consent is lacking, refused or over, or an account cannot be entered.
    Consent,
    /// A maximum power lay above the subscribed power.
    Power,
    /// Tomorrow is a red Tempo day.
    Red,
}

impl Topic {
    /// The word in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::ConsentEnding => "consent-ending",
            Self::Consent => "consent",
            Self::Power => "power",
            Self::Red => "red",
        }
    }
}

/// E-mail through a server of yours.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Mail")]
pub struct RawMail {
    /// The server's name, such as `smtp.example.fr`.
    #[schemars(required)]
    pub server: Option<String>,
    /// `tls` (port 465), `starttls` (port 587), or `none` (port 25) to this
    /// machine only. Absent: `tls`.
    #[serde(default)]
    #[schemars(with = "Security")]
    pub security: Option<Security>,
    /// Its port, where it is not the usual one.
    #[serde(default)]
    #[schemars(with = "u16", range(min = 1))]
    pub port: Option<u16>,
    /// The name to sign in with. Absent: nobody signs in.
    #[serde(default)]
    #[schemars(with = "String")]
    pub user: Option<String>,
    /// File that holds nothing but the password, closed to others (`0600`).
    #[serde(default)]
    #[schemars(with = "String")]
    pub password_file: Option<PathBuf>,
    /// The password itself, instead of `password_file`.
    #[serde(default)]
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub password: Option<SecretString>,
    /// File of authorities, in PEM, that are trusted beside the system's: for a
    /// server with a certificate of your own. A relative path counts from the
    /// folder of the configuration file.
    #[serde(default)]
    #[schemars(with = "String")]
    pub ca_file: Option<PathBuf>,
    /// The sender's address.
    #[schemars(required)]
    pub from: Option<String>,
    /// The addresses of those who are told.
    #[schemars(length(min = 1))]
    pub to: Vec<String>,
}

/// A call to an address of yours.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Webhook")]
pub struct RawWebhook {
    /// `ntfy`: the text as it is, with a title; `json`: an object with `topic`,
    /// `title`, `text` and `at`. Absent: `ntfy`.
    #[serde(default)]
    #[schemars(with = "Form")]
    pub form: Option<Form>,
    /// File that holds nothing but the address, closed to others (`0600`).
    #[serde(default)]
    #[schemars(with = "String")]
    pub url_file: Option<PathBuf>,
    /// The address itself, instead of `url_file`. Who knows it can write to you:
    /// the configuration file must then be closed to others (`0600`).
    #[serde(default)]
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub url: Option<SecretString>,
    /// File that holds nothing but a token that is sent along.
    #[serde(default)]
    #[schemars(with = "String")]
    pub token_file: Option<PathBuf>,
    /// That token itself, instead of `token_file`.
    #[serde(default)]
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub token: Option<SecretString>,
}

/// How a webhook is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// As ntfy reads it.
    #[default]
    Ntfy,
    /// A JSON object.
    Json,
}

/// To whom troubles are told, checked.
#[derive(Debug, Clone)]
pub struct Notifications {
    /// From how many missing days on.
    pub late_days: u32,
    /// What is not told.
    pub mute: Vec<Topic>,
    /// By e-mail.
    pub mail: Option<Mail>,
    /// By webhook.
    pub webhook: Option<Webhook>,
}

/// E-mail, checked.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The server.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Name and password, where somebody signs in.
    pub login: Option<(String, SecretString)>,
    /// Authorities that are trusted beside the system's.
    pub ca_file: Option<PathBuf>,
    /// The sender.
    pub from: Address,
    /// The readers, at least one.
    pub to: Vec<Address>,
}

/// A webhook, checked.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// How it is spoken to.
    pub form: Form,
    /// The whole address: `https`, or `http` to this machine.
    pub url: SecretString,
    /// A token that is sent along.
    pub token: Option<SecretString>,
}

/// What the section means.
pub(super) fn notifications(draft: &mut Draft, raw: RawNotifications) -> Option<Notifications> {
    let mail = raw.mail.map(|raw| mail(draft, raw));
    let webhook = raw.webhook.map(|raw| webhook(draft, raw));
    Some(Notifications {
        late_days: u32::from(raw.late_days.unwrap_or(2)),
        mute: raw.mute,
        // Wrong ones were reported: nothing is to be used then.
        mail: mail.map_or(Some(None), |mail| mail.map(Some))?,
        webhook: webhook.map_or(Some(None), |webhook| webhook.map(Some))?,
    })
}

const MAIL: [&str; 2] = ["notifications", "mail"];
const WEBHOOK: [&str; 2] = ["notifications", "webhook"];

fn keys(
    section: &'static [&'static str],
    inline: &'static str,
    file: &'static str,
) -> SecretKeys<'static> {
    SecretKeys {
        section,
        inline,
        file,
        twice: "config-notify-twice",
        empty: "config-notify-empty",
        owner: "notifications",
    }
}

fn mail(draft: &mut Draft, raw: RawMail) -> Option<Mail> {
    let security = raw.security.unwrap_or_default();
    let server = raw.server.map(|text| text.trim().to_owned());
    let server = server.filter(|text| is_host(text));
    if server.is_none() && !draft.is_spoiled(&[MAIL[0], MAIL[1], "server"]) {
        draft.report(
            &[MAIL[0], MAIL[1], "server"],
            Problem::new("config-notify-server"),
        );
    }
    let open = security == Security::None && server.as_deref().is_some_and(|host| !is_local(host));
    if open {
        let path = [MAIL[0], MAIL[1], "security"];
        draft.report(&path, Problem::new("config-notify-security"));
    }
    let from = raw.from.and_then(|text| address(draft, "from", &text));
    let to: Vec<Option<Address>> = raw
        .to
        .iter()
        .map(|text| address(draft, "to", text))
        .collect();
    if to.is_empty() && !draft.is_spoiled(&[MAIL[0], MAIL[1], "to"]) {
        draft.report(
            &[MAIL[0], MAIL[1], "to"],
            Problem::new("config-notify-nobody"),
        );
        return None;
    }
    let secret = keys(&MAIL, "password", "password_file");
    let password = secret.read(draft, raw.password, raw.password_file);
    let login = match (raw.user, password) {
        (Some(user), Some(password)) => Some((user, password)),
        (None, None) => None,
        _ if secret.is_spoiled(draft) => None,
        _ => {
            draft.report(&MAIL, Problem::new("config-notify-login"));
            None
        }
    };
    let ca_file = raw.ca_file;
    let ca_file = ca_file.map(|file| from_folder_of(draft, &[MAIL[0], MAIL[1], "ca_file"], &file));
    Some(Mail {
        server: server?,
        port: raw.port.unwrap_or(security.port()),
        security,
        login,
        ca_file,
        from: from?,
        to: to.into_iter().collect::<Option<_>>()?,
    })
}

fn address(draft: &mut Draft, key: &str, text: &str) -> Option<Address> {
    let address = Address::parse(text.trim());
    if address.is_none() {
        let problem = Problem::new("config-notify-address").with("text", text);
        draft.report(&[MAIL[0], MAIL[1], key], problem);
    }
    address
}

fn is_host(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_:[]".contains(c);
    !text.is_empty() && text.len() <= 253 && text.chars().all(plain)
}

fn is_local(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    let loopback = bare
        .parse::<std::net::IpAddr>()
        .is_ok_and(|address| address.is_loopback());
    bare == "localhost" || loopback
}

fn webhook(draft: &mut Draft, raw: RawWebhook) -> Option<Webhook> {
    let given = raw.url.is_some() || raw.url_file.is_some();
    let secret = keys(&WEBHOOK, "url", "url_file");
    if !given && !secret.is_spoiled(draft) {
        draft.report(&WEBHOOK, Problem::new("config-notify-no-url"));
    }
    let url = secret.read(draft, raw.url, raw.url_file);
    let token = keys(&WEBHOOK, "token", "token_file").read(draft, raw.token, raw.token_file);
    let url = url?;
    if let Err(problem) = check_url(url.expose_secret()) {
        draft.report(&WEBHOOK, Problem::new(problem));
        return None;
    }
    Some(Webhook {
        form: raw.form.unwrap_or_default(),
        url,
        token,
    })
}

/// The address may carry a secret: it is never repeated.
fn check_url(text: &str) -> Result<(), &'static str> {
    let url = Url::parse(text).map_err(|_| "config-notify-url")?;
    if !url.has_host() || !matches!(url.scheme(), "http" | "https") {
        return Err("config-notify-url");
    }
    if url.scheme() == "http" && !is_this_machine(&url) {
        return Err("config-notify-https");
    }
    Ok(())
}
