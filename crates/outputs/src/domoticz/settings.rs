//! What a person chooses about a Domoticz.

use meter::UsagePoint;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;

pub use crate::broker::Mqtt;

/// How to reach a Domoticz, and what to write there.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Beginning of its addresses, such as `http://192.168.1.10:8080`.
    pub url: Url,
    /// How to log in.
    pub login: Login,
    /// The user.
    pub user: Option<String>,
    /// The user's password.
    pub password: Option<SecretString>,
    /// The name of an application registered at Domoticz, for `OAuth2`.
    pub client_id: Option<String>,
    /// The usage points that get a device; empty: every configured one.
    pub usage_points: Vec<UsagePoint>,
    /// Pairs that get a device together: consumption of the one, production of
    /// the other. A single consumer and a single producer are paired without it.
    pub merge: Vec<(UsagePoint, UsagePoint)>,
    /// What kind of device is made.
    pub device: Device,
    /// Days of half hours, 0 to 7; 0: none.
    pub short_log_days: u8,
    /// Days of daily totals; `None`: everything that is held.
    pub long_log_days: Option<u16>,
    /// The first line of the tile.
    pub main_value: MainValue,
    /// The other line of the tile.
    pub other_value: OtherValue,
    /// A broker through which history goes instead.
    pub mqtt: Option<Mqtt>,
}

impl Settings {
    /// Everything as it is when nothing is chosen.
    pub fn new(url: Url) -> Self {
        Self {
            url,
            login: Login::Auto,
            user: None,
            password: None,
            client_id: None,
            usage_points: Vec::new(),
            merge: Vec::new(),
            device: Device::P1,
            short_log_days: 7,
            long_log_days: None,
            main_value: MainValue::default(),
            other_value: OtherValue::default(),
            mqtt: None,
        }
    }
}

/// How to log in at Domoticz.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Login {
    /// Whatever it admits, found by asking.
    #[default]
    Auto,
    /// Its own log-in form and a cookie.
    Session,
    /// HTTP Basic.
    Basic,
    /// A token for a registered application.
    OAuth2,
    /// Nothing: this machine is in its trusted networks.
    Trusted,
}

/// What kind of device is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Device {
    /// P1 smart meter: both directions, peak and off-peak.
    #[default]
    P1,
    /// Managed counter: the total of the consumption only.
    ManagedCounter,
}

/// The days that a figure of the tile covers; "current" is that of yesterday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// Yesterday.
    #[default]
    Day,
    /// Its week, from Monday.
    CurrentWeek,
    /// The week before.
    LastWeek,
    /// Its month.
    CurrentMonth,
    /// The month before.
    LastMonth,
    /// Its year.
    Year,
}

/// The first line of the tile: the highest power of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MainValue(pub Period);

/// What is made of the hours of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Figure {
    /// Their sum.
    #[default]
    Value,
    /// The largest.
    Max,
    /// Their mean.
    Mean,
}

/// The other line of the tile: energy of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OtherValue {
    /// What is made of the hours.
    pub figure: Figure,
    /// Of which days.
    pub period: Period,
}

impl Period {
    /// Every period with its word in the plugin's own settings.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Day, "day"),
        (Self::CurrentWeek, "cweek"),
        (Self::LastWeek, "lweek"),
        (Self::CurrentMonth, "cmonth"),
        (Self::LastMonth, "lmonth"),
        (Self::Year, "year"),
    ];

    fn of_word(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == word);
        found.map(|(period, _)| *period)
    }
}

impl MainValue {
    /// The choice of a word such as `peak_day`, the plugin's Mode5.
    pub fn of_word(word: &str) -> Option<Self> {
        Period::of_word(word.strip_prefix("peak_")?).map(Self)
    }
}

impl OtherValue {
    /// The choice of a word such as `mean_cweek`, the plugin's Mode6.
    pub fn of_word(word: &str) -> Option<Self> {
        let (figure, period) = word.split_once('_')?;
        let figure = match figure {
            "value" => Figure::Value,
            "max" => Figure::Max,
            "mean" => Figure::Mean,
            _ => return None,
        };
        let period = Period::of_word(period)?;
        Some(Self { figure, period })
    }
}
