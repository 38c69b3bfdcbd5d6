//! The keys of a file of offers, as they stand there.

use jiff::civil::Date;
use meter::Direction;
use serde::{Deserialize, Deserializer};

use crate::offer::MicroEuro;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Read one by one; here only its kind is checked.
    #[serde(default, rename = "offer")]
    _offers: Vec<RawOffer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOffer {
    pub id: String,
    pub name: String,
    pub kind: Kind,
    /// Stated, never assumed.
    pub taxes: Taxes,
    pub source: String,
    pub direction: Option<Direction>,
    /// Off-peak hours of the offer's own.
    pub hours: Option<Vec<String>>,
    /// The file of dynamic prices.
    pub file: Option<String>,
    #[serde(default)]
    pub rule: Vec<RawRule>,
    #[serde(default)]
    pub subscription: Vec<RawSubscription>,
    #[serde(default)]
    pub price: Vec<RawPrice>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Flat,
    OffPeak,
    Tempo,
    Ejp,
    Rules,
    Dynamic,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::OffPeak => "off-peak",
            Self::Tempo => "tempo",
            Self::Ejp => "ejp",
            Self::Rules => "rules",
            Self::Dynamic => "dynamic",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Taxes {
    Included,
    Excluded,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub class: String,
    pub days: Option<Vec<String>>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub hours: Option<RawHours>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum RawHours {
    Word(String),
    Ranges(Vec<String>),
}

/// First and last day are both included, as on a bill.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSubscription {
    pub month: MicroEuro,
    pub kva: Option<Kva>,
    pub from: Day,
    pub to: Option<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrice {
    pub class: String,
    pub kwh: MicroEuro,
    pub kva: Option<Kva>,
    pub from: Day,
    pub to: Option<Day>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Kva {
    One(u32),
    Many(Vec<u32>),
}

/// A TOML date, or the same as a text.
#[derive(Clone, Copy)]
pub(super) struct Day(pub Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Text(String),
            Toml(toml::value::Datetime),
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Text(text) => text,
            Written::Toml(date) => date.to_string(),
        };
        let day = text.parse().map_err(|_| {
            let shown: String = text.chars().take(40).collect();
            serde::de::Error::custom(format!("not a day: {shown:?}; write 2026-02-01"))
        })?;
        Ok(Self(day))
    }
}
