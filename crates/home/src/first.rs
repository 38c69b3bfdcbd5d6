//! The first configuration: what was answered, and the file that says so. The
//! dialogue of `init` and the set-up in the browser both end here.

mod file;
mod place;

use std::path::PathBuf;

use meter::UsagePoint;
use secrecy::SecretString;
use url::Url;

pub use file::text;
pub use place::{Place, Unwritten};

/// What was answered.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// The usage points, each once.
    pub usage_points: Vec<PointAnswers>,
    /// Where readings come from; none: files that are imported.
    pub source: Option<SourceAnswers>,
    /// Who else gets them.
    pub outputs: Vec<OutputAnswers>,
}

/// A usage point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointAnswers {
    /// The usage point.
    pub prm: UsagePoint,
    /// Its name for people.
    pub name: Option<String>,
    /// The id of its offer.
    pub offer: Option<String>,
    /// Its off-peak hours, as they are written; none: as Enedis states them.
    pub off_peak: Option<String>,
    /// Its subscribed power in kVA; none: as Enedis states it.
    pub subscribed_kva: Option<u32>,
}

impl PointAnswers {
    /// A usage point of which nothing else is known.
    pub fn of(prm: UsagePoint) -> Self {
        Self {
            prm,
            name: None,
            offer: None,
            off_peak: None,
            subscribed_kva: None,
        }
    }
}

/// Where readings come from. An address is written where it is not the usual one.
#[derive(Debug, Clone)]
pub enum SourceAnswers {
    /// An application of one's own.
    Application(ApplicationAnswers),
    /// The customer account, whose secrets are kept apart.
    Account(Option<Url>),
    /// A consent gateway of Relevé, at this address.
    Gateway(Url),
    /// The proxy of the Domoticz plugin.
    DomoticzProxy,
    /// A gateway of others, with a token from its site.
    Token(TokenAnswers),
    /// A folder into which exports are dropped.
    Folder(PathBuf),
}

/// An application of one's own at Enedis.
#[derive(Debug, Clone)]
pub struct ApplicationAnswers {
    /// Its client id.
    pub client_id: String,
    /// `auto`, `2026` or `v5`.
    pub generation: &'static str,
    /// Its secret.
    pub secret: SecretAnswer,
    /// Where the API is, unless at Enedis.
    pub base_url: Option<Url>,
}

/// A gateway of others.
#[derive(Debug, Clone)]
pub struct TokenAnswers {
    /// Which.
    pub service: TokenService,
    /// The token from its site.
    pub token: SecretAnswer,
    /// Where it is, unless at its own address.
    pub base_url: Option<Url>,
}

/// The gateways of others that give a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenService {
    /// conso.boris.sh.
    ConsoApi,
    /// myelectricaldata.fr.
    MyElectricalData,
}

impl TokenService {
    /// The kind in the configuration, and the source's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ConsoApi => "conso-api",
            Self::MyElectricalData => "myelectricaldata",
        }
    }
}

/// A secret, or the file that holds it.
#[derive(Debug, Clone)]
pub enum SecretAnswer {
    /// The secret itself.
    Typed(SecretString),
    /// A file; a relative path counts from the configuration's folder.
    InFile(PathBuf),
}

/// A destination.
#[derive(Debug, Clone)]
pub struct OutputAnswers {
    /// What it is, and its name in the file.
    pub kind: OutputService,
    /// Beginning of its addresses.
    pub url: Url,
    /// The user, where there is one.
    pub user: Option<String>,
    /// The user's password, or the API key.
    pub secret: Option<SecretAnswer>,
}

/// The destinations that the set-up offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputService {
    /// Domoticz.
    Domoticz,
    /// Jeedom.
    Jeedom,
}

impl OutputService {
    /// The kind in the configuration, and the destination's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Domoticz => "domoticz",
            Self::Jeedom => "jeedom",
        }
    }
}

impl Answers {
    /// The name of the source in the file.
    pub fn source_name(&self) -> Option<&'static str> {
        self.source.as_ref().map(SourceAnswers::name)
    }
}

impl SourceAnswers {
    /// The name of the source in the file.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Application(_) => "enedis",
            Self::Account(_) => "compte",
            Self::Gateway(_) => "passerelle",
            Self::DomoticzProxy => "domoticz",
            Self::Token(token) => token.service.as_str(),
            Self::Folder(_) => "exports",
        }
    }
}
