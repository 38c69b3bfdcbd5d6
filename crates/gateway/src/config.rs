//! What the operator decided, checked and complete.

use std::net::SocketAddr;
use std::path::PathBuf;

use enedis::Generation;
use ipnet::IpNet;
use jiff::SignedDuration;
use secrecy::SecretString;
use url::Url;

/// The configuration of the gateway.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address under which people and boxes know the gateway, without a
    /// slash at its end. Every address in an answer begins with it.
    pub public_url: Url,
    /// Where it listens for them.
    pub listen: SocketAddr,
    /// Where it listens for its operator: metrics and health.
    pub operator_listen: Option<SocketAddr>,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Enedis, and our application there.
    pub enedis: Enedis,
    /// Who answers for the data, as the pages say.
    pub controller: Controller,
    /// How long codes and tokens live.
    pub lifetimes: Lifetimes,
    /// How much is allowed to whom.
    pub limits: Limits,
    /// The certificate, when the gateway speaks TLS itself.
    pub tls: Option<TlsFiles>,
}

/// Enedis, and our application there.
#[derive(Debug, Clone)]
pub struct Enedis {
    /// Which generation serves today.
    pub generation: Generation,
    /// The API.
    pub base_url: Url,
    /// The host of the consent page.
    pub consent_url: Url,
    /// Our application.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
    /// Calls a second; `None` for simulators only.
    pub calls_per_second: Option<u32>,
    /// How long a consent is asked for: an ISO 8601 period, such as `P3Y`.
    pub duration: String,
    /// Where Enedis sends browsers back, when it is to be said: our
    /// `/auth/redirect`. Else the registered address.
    pub redirect_uri: Option<Url>,
    /// In Enedis' sandbox the last digit of `state` chooses the customer.
    pub sandbox_digit: Option<u8>,
}

/// Who answers for the data.
#[derive(Debug, Clone, Default)]
pub struct Controller {
    /// The name of the application, as it is registered at Enedis.
    pub application: String,
    /// Person or company.
    pub name: String,
    /// Postal address.
    pub address: String,
    /// Mail address or telephone.
    pub contact: String,
}

/// How long things live.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    /// Device and user code: 300 to 1800 s, 1200 by default.
    pub code: SignedDuration,
    /// Access token: 12 600 s by default.
    pub access: SignedDuration,
}

/// How much is allowed to whom.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Seconds between polls.
    pub interval: i64,
    /// Open flows of one address.
    pub flows_per_address: i64,
    /// Flows that one address may begin in an hour.
    pub starts_per_hour: i64,
    /// Wrong codes in ten minutes from one address or IPv6 /64.
    pub wrong_codes_per_address: i64,
    /// Wrong codes in ten minutes from everywhere.
    pub wrong_codes_in_all: i64,
    /// Callback values an hour from one address.
    pub values_per_address: i64,
    /// Unknown callback values a minute from everywhere, before the alarm.
    pub unknown_values_per_minute: i64,
    /// Calls a clock hour that Enedis allows each interface. Absent: 1 000 of
    /// the 2026 generation, 10 000 of v5.
    pub calls_per_hour: Option<i64>,
    /// Calls to Enedis an hour for values that nobody has resolved yet.
    pub resolutions_per_hour: i64,
}

/// The certificate and its key, in PEM.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The chain.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            code: SignedDuration::from_secs(1200),
            access: SignedDuration::from_secs(12_600),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            interval: 5,
            flows_per_address: 20,
            starts_per_hour: 120,
            wrong_codes_per_address: 10,
            wrong_codes_in_all: 300,
            values_per_address: 5,
            unknown_values_per_minute: 30,
            calls_per_hour: None,
            resolutions_per_hour: 60,
        }
    }
}

impl Config {
    /// A configuration for tests: everything at its default, Enedis on this
    /// very machine.
    pub fn for_tests(public_url: Url, enedis: Url) -> Self {
        Self {
            public_url,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            operator_listen: None,
            trusted_proxies: Vec::new(),
            enedis: Enedis {
                generation: Generation::V2026,
                base_url: enedis.clone(),
                consent_url: enedis,
                client_id: "releve-simulated".to_owned(),
                client_secret: SecretString::from("not-a-secret"),
                calls_per_second: None,
                duration: "P3Y".to_owned(),
                redirect_uri: None,
                sandbox_digit: None,
            },
            controller: Controller {
                application: "Relevé".to_owned(),
                name: "Association Relevé".to_owned(),
                address: "1 rue des Essais, 75000 Paris".to_owned(),
                contact: "contact@releve.example".to_owned(),
            },
            lifetimes: Lifetimes::default(),
            limits: Limits::default(),
            tls: None,
        }
    }

    /// An address of ours: the public one with this path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}
