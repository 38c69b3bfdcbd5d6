//! The configuration file, as people write it, and what it becomes.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use enedis::Generation;
use gateway::Config;
use gateway::config::{Controller, Enedis, Lifetimes, Limits, TlsFiles};
use ipnet::IpNet;
use jiff::SignedDuration;
use secrecy::SecretString;
use serde::Deserialize;
use service::settings::read_secret;
use url::Url;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    public_url: Url,
    #[serde(default = "listen")]
    listen: SocketAddr,
    operator_listen: Option<SocketAddr>,
    #[serde(default)]
    trusted_proxies: Vec<IpNet>,
    /// A file with the address of a PostgreSQL; SQLite in the data folder without it.
    pub database_url_file: Option<PathBuf>,
    tls: Option<Tls>,
    enedis: Upstream,
    controller: Who,
    #[serde(default)]
    lifetimes: Lives,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tls {
    certificate: PathBuf,
    key: PathBuf,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Upstream {
    #[serde(default)]
    generation: Series,
    base_url: Option<Url>,
    consent_url: Option<Url>,
    client_id: String,
    client_secret_file: PathBuf,
    #[serde(default = "period")]
    duration: String,
    redirect_uri: Option<Url>,
    sandbox_digit: Option<u8>,
    /// Off for simulators only.
    #[serde(default = "yes")]
    pacing: bool,
}

#[derive(Debug, Default, Deserialize)]
enum Series {
    #[default]
    #[serde(rename = "2026")]
    V2026,
    #[serde(rename = "v5")]
    V5,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Who {
    application: String,
    name: String,
    address: String,
    contact: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Lives {
    code_seconds: Option<i64>,
    access_seconds: Option<i64>,
}

fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8443))
}

fn period() -> String {
    "P3Y".to_owned()
}

fn yes() -> bool {
    true
}

impl Settings {
    /// Reads the file; what is wrong with it is said with its line.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| path.display().to_string())
    }

    /// The configuration that it asks for.
    pub fn resolve(self) -> anyhow::Result<Config> {
        let lifetimes = self.lifetimes.resolve()?;
        Ok(Config {
            public_url: self.public_url,
            listen: self.listen,
            operator_listen: self.operator_listen,
            trusted_proxies: self.trusted_proxies,
            enedis: self.enedis.resolve()?,
            controller: Controller {
                application: self.controller.application,
                name: self.controller.name,
                address: self.controller.address,
                contact: self.controller.contact,
            },
            lifetimes,
            limits: Limits::default(),
            tls: self.tls.map(|tls| TlsFiles {
                certificate: tls.certificate,
                key: tls.key,
            }),
        })
    }
}

impl Upstream {
    fn resolve(self) -> anyhow::Result<Enedis> {
        let known = |url: &str| Url::parse(url);
        Ok(Enedis {
            generation: match self.generation {
                Series::V2026 => Generation::V2026,
                Series::V5 => Generation::V5,
            },
            base_url: match self.base_url {
                Some(url) => url,
                None => known("https://gw.ext.prod.api.enedis.fr/")?,
            },
            consent_url: match self.consent_url {
                Some(url) => url,
                None => known("https://mon-compte-particulier.enedis.fr/")?,
            },
            client_secret: secret(&self.client_secret_file)?,
            client_id: self.client_id,
            calls_per_second: self.pacing.then_some(4),
            duration: self.duration,
            redirect_uri: self.redirect_uri,
            sandbox_digit: self.sandbox_digit,
        })
    }
}

impl Lives {
    fn resolve(self) -> anyhow::Result<Lifetimes> {
        let usual = Lifetimes::default();
        let code = self
            .code_seconds
            .map_or(usual.code, SignedDuration::from_secs);
        let access = self
            .access_seconds
            .map_or(usual.access, SignedDuration::from_secs);
        let allowed = (300..=1800).contains(&code.as_secs()) && access.as_secs() > 0;
        anyhow::ensure!(
            allowed,
            "code_seconds is 300 to 1800, access_seconds above 0"
        );
        Ok(Lifetimes { code, access })
    }
}

/// The one line of a secret's file.
pub fn secret(path: &Path) -> anyhow::Result<SecretString> {
    read_secret(path).with_context(|| path.display().to_string())
}
