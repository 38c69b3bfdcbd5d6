//! What the configuration means, checked and complete.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use collector::colours::{Addresses, Needed, RteAccount};
use collector::portal::Places;
use collector::rhythm::{Hours, Rhythm};
use collector::trust::Trust;
use collector::{Cadence, Scope, Wishes};
use enedis::Generation;
use jiff::civil::Time;
use meter::UsagePoint;
use secrecy::SecretString;
use service::Lang;
use service::logging::{Format, Level};
use tariff::Plan;
use tariff::holidays::Zone;
use url::Url;

use super::dashboard::Dashboard;
use super::notifications::{Notifications, Topic};

use super::output::{Output, OutputKind};
use super::raw::RawOften;

/// Where Enedis answers, for both generations (Enedis reference, section 1.1).
pub const ENEDIS: &str = "https://gw.ext.prod.api.enedis.fr";

/// Where the gateway conso-api answers.
pub const CONSO_API: &str = "https://conso.boris.sh";

/// Where the gateway MyElectricalData answers.
pub const MY_ELECTRICAL_DATA: &str = "https://myelectricaldata.fr";

/// The whole configuration.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The configured language, if any.
    pub language: Option<Lang>,
    /// Folder of the readings.
    pub data_dir: PathBuf,
    /// The folder of systemd's credentials, where there is one.
    pub credentials: Option<PathBuf>,
    /// Sources by name; may be empty, as for imports from files.
    pub sources: Vec<Source>,
    /// Usage points in the order of the file, each once; may be empty.
    pub usage_points: Vec<UsagePointSettings>,
    /// Destinations by name; may be empty.
    pub outputs: Vec<Output>,
    /// Files of offers, read when prices are asked for.
    pub offers: Vec<PathBuf>,
    /// The colours of days, and who tells them.
    pub colours: Colours,
    /// When to collect.
    pub schedule: Schedule,
    /// What is logged, and where.
    pub log: Log,
    /// To whom troubles are told.
    pub notifications: Notifications,
    /// Where the dashboard listens, and who may come in.
    pub dashboard: Dashboard,
}

/// What is logged, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// How much.
    pub level: Level,
    /// In which form.
    pub format: Format,
    /// The folder of the daemon's files.
    pub folder: PathBuf,
}

/// Where the colours of days (Tempo, EJP) come from.
#[derive(Debug, Clone)]
pub struct Colours {
    /// Whether anybody may be asked.
    pub enabled: bool,
    /// Calendars that are kept whatever the offers need.
    pub wanted: Needed,
    /// A file that is read last.
    pub file: Option<PathBuf>,
    /// Where the sources are.
    pub addresses: Addresses,
    /// An account at RTE.
    pub account: Option<RteAccount>,
}

/// A named source of readings.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name people gave it.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
}

/// What a source is.
#[derive(Debug, Clone)]
pub enum SourceKind {
    /// The Data Connect API with an application of one's own.
    DataConnect(DataConnect),
    /// The gateway conso.boris.sh.
    ConsoApi(Gateway),
    /// The gateway myelectricaldata.fr.
    MyElectricalData(Gateway),
    /// A consent gateway of Relevé.
    Gateway(Consented),
    /// The proxy of the Domoticz plugin.
    DomoticzProxy(Consented),
    /// A watched folder.
    Files(Watched),
    /// The customer account of the Enedis site.
    Portal(Box<Portal>),
}

impl SourceKind {
    /// The local hours at which it may be asked, unless configured otherwise.
    pub fn hours(&self) -> Hours {
        match self {
            Self::Portal(_) => Hours::PORTAL,
            Self::DomoticzProxy(_) => Hours::DOMOTICZ_PROXY,
            _ => Hours::USUAL,
        }
    }

    /// The name in the configuration.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::DataConnect(_) => "data-connect",
            Self::ConsoApi(_) => "conso-api",
            Self::MyElectricalData(_) => "myelectricaldata",
            Self::Gateway(_) => "gateway",
            Self::DomoticzProxy(_) => "domoticz-proxy",
            Self::Files(_) => "files",
            Self::Portal(_) => "portal",
        }
    }

    /// What it is, if it is a gateway of others.
    pub fn gateway(&self) -> Option<&Gateway> {
        match self {
            Self::ConsoApi(gateway) | Self::MyElectricalData(gateway) => Some(gateway),
            _ => None,
        }
    }

    /// What it is, if it takes a consent by `releve consent`.
    pub fn consented(&self) -> Option<&Consented> {
        match self {
            Self::Gateway(consented) | Self::DomoticzProxy(consented) => Some(consented),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn gateway_mut(&mut self) -> Option<&mut Gateway> {
        match self {
            Self::ConsoApi(gateway) | Self::MyElectricalData(gateway) => Some(gateway),
            _ => None,
        }
    }
}

impl DataConnect {
    /// The generation as it is configured.
    pub fn generation_word(&self) -> &'static str {
        if self.switches {
            "auto"
        } else {
            self.generation.as_str()
        }
    }
}

/// Access to the customer account of the Enedis site.
#[derive(Debug, Clone)]
pub struct Portal {
    /// The name under which its secrets are kept.
    pub account: String,
    /// Where its pages are.
    pub places: Places,
}

/// Access to a gateway of others.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// Beginning of its addresses: `https`, or `http` to this machine; without
    /// user, password, query or fragment.
    pub base_url: Url,
    /// The token for usage points without one of their own.
    pub token: Option<SecretString>,
    /// The tokens of single usage points.
    pub tokens: BTreeMap<UsagePoint, SecretString>,
}

/// Access to a gateway that gives tokens for a consent.
#[derive(Debug, Clone)]
pub struct Consented {
    /// Beginning of its addresses: `https`, or `http` where that was allowed.
    pub base_url: Url,
    /// Who we are there, of visible ASCII.
    pub client_id: String,
}

/// A folder of exports.
#[derive(Debug, Clone)]
pub struct Watched {
    /// The folder; it need not exist yet.
    pub folder: PathBuf,
}

/// Access to the Data Connect API.
#[derive(Debug, Clone)]
pub struct DataConnect {
    /// Generation of the API, at first where it may change.
    pub generation: Generation,
    /// Whether it changes to the generation that serves.
    pub switches: bool,
    /// Beginning of its addresses: `https`, or `http` to this machine; without
    /// user, password, query or fragment.
    pub base_url: Url,
    /// The application's client id, of visible ASCII.
    pub client_id: String,
    /// The application's client secret.
    pub client_secret: SecretString,
    /// Calls a second at most, 1 to 5; none: as fast as it goes, to this
    /// machine only.
    pub calls_per_second: Option<u8>,
}

/// A usage point to collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsagePointSettings {
    /// The usage point.
    pub prm: UsagePoint,
    /// Its name for people.
    pub name: Option<String>,
    /// The source that is asked; none: the first.
    pub source: Option<String>,
    /// What is collected of it.
    pub scope: Scope,
    /// How often its maxima are asked; none: daily where something shows
    /// yesterday's, else weekly.
    pub maxima: Option<RawOften>,
    /// Sources that fill what it lacks, the most trusted first.
    pub also: Vec<String>,
    /// What its energy is worth.
    pub prices: Prices,
}

/// What a usage point's energy is worth, as far as the configuration says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prices {
    /// Its off-peak hours, dated; none: as Enedis states them.
    pub plans: Vec<Plan>,
    /// Its subscribed power in kVA; none: as Enedis states it.
    pub subscribed_kva: Option<u32>,
    /// The id of its offer, whether or not there is such a one.
    pub offer: Option<String>,
    /// The id of the offer under which production is sold, likewise.
    pub resale: Option<String>,
    /// Whose public holidays count.
    pub holidays: Zone,
}

/// When to collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// How often `run` looks whether something is due: 1 minute to 24 hours.
    pub every: Duration,
    /// When yesterday has usually been published, local time.
    pub first: Time,
    /// This home's minute; none: that of its usage points.
    pub minute: Option<u8>,
    /// Hours from each try to the next on a day's first day, then zeros.
    pub again: [u8; 6],
    /// For how many days a missing day is awaited.
    pub late_days: u8,
    /// How many of the last days are read again.
    pub reread: u8,
    /// How often each kind is asked.
    pub cadence: Cadence,
    /// The hours of sources that have not those of their kind, by name.
    pub hours: BTreeMap<String, Hours>,
}

impl Default for Schedule {
    fn default() -> Self {
        let Rhythm {
            first,
            again,
            late_days,
            reread,
            ..
        } = Rhythm::enedis(0);
        Self {
            every: Duration::from_hours(1),
            first,
            minute: None,
            again,
            late_days,
            reread,
            cadence: Cadence::default(),
            hours: BTreeMap::new(),
        }
    }
}

impl Schedule {
    /// The rhythm of a source, at the minute of this home.
    pub fn rhythm(&self, home: &[UsagePoint], source: &str, usual: Hours) -> Rhythm {
        let rhythm = Rhythm::of_home(home);
        Rhythm {
            hours: self.hours.get(source).copied().unwrap_or(usual),
            first: self.first,
            minute: self.minute.map_or(rhythm.minute, |minute| minute as i8),
            again: self.again,
            late_days: self.late_days,
            reread: self.reread,
        }
    }
}

impl Settings {
    /// What is asked for, and how often.
    pub fn wishes(&self) -> Wishes {
        let shown = self.shows_yesterdays_maximum();
        let scope = |point: &UsagePointSettings| Scope {
            daily_maximum: point.maxima.map_or(shown, |often| often == RawOften::Daily),
            ..point.scope.clone()
        };
        let scopes = self.usage_points.iter();
        Wishes {
            cadence: self.schedule.cadence,
            scopes: scopes.map(|point| (point.prm, scope(point))).collect(),
            trust: Trust::of(self.usage_points.iter().map(|point| {
                let names = point.source.iter().chain(&point.also);
                (point.prm, names.cloned().collect())
            })),
        }
    }

    /// Whether a destination or an alert is about each day's maximum.
    fn shows_yesterdays_maximum(&self) -> bool {
        let told = self.notifications.mail.is_some() || self.notifications.webhook.is_some();
        let alert = told && !self.notifications.mute.contains(&Topic::Power);
        let mut outputs = self.outputs.iter();
        alert || outputs.any(|output| matches!(output.kind, OutputKind::Jeedom(_)))
    }

    /// Every usage point, in the order of the file.
    pub fn home(&self) -> Vec<UsagePoint> {
        self.usage_points.iter().map(|point| point.prm).collect()
    }
}
