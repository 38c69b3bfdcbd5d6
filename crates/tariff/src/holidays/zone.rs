//! Where public holidays differ: the mainland, Alsace-Moselle, overseas.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A part of France with public holidays of its own.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub enum Zone {
    /// Mainland France without Alsace and Moselle.
    #[default]
    Mainland,
    /// Bas-Rhin, Haut-Rhin and Moselle.
    AlsaceMoselle,
    /// Guadeloupe (971).
    Guadeloupe,
    /// Martinique (972).
    Martinique,
    /// French Guiana (973).
    Guyane,
    /// La Réunion (974).
    Reunion,
    /// Mayotte (976).
    Mayotte,
    /// Saint-Barthélemy.
    SaintBarthelemy,
    /// Saint-Martin.
    SaintMartin,
    /// Saint-Pierre-et-Miquelon.
    SaintPierreEtMiquelon,
    /// New Caledonia.
    NouvelleCaledonie,
    /// French Polynesia.
    Polynesie,
    /// Wallis and Futuna.
    WallisEtFutuna,
    /// French Southern and Antarctic Lands.
    TerresAustrales,
}

/// A text that names no zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no zone of public holidays is called {0:?}")]
pub struct UnknownZone(pub String);

impl Zone {
    /// Every zone, the mainland first.
    pub const ALL: [Self; 14] = [
        Self::Mainland,
        Self::AlsaceMoselle,
        Self::Guadeloupe,
        Self::Martinique,
        Self::Guyane,
        Self::Reunion,
        Self::Mayotte,
        Self::SaintBarthelemy,
        Self::SaintMartin,
        Self::SaintPierreEtMiquelon,
        Self::NouvelleCaledonie,
        Self::Polynesie,
        Self::WallisEtFutuna,
        Self::TerresAustrales,
    ];

    /// The name used in files, commands and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mainland => "mainland",
            Self::AlsaceMoselle => "alsace-moselle",
            Self::Guadeloupe => "guadeloupe",
            Self::Martinique => "martinique",
            Self::Guyane => "guyane",
            Self::Reunion => "reunion",
            Self::Mayotte => "mayotte",
            Self::SaintBarthelemy => "saint-barthelemy",
            Self::SaintMartin => "saint-martin",
            Self::SaintPierreEtMiquelon => "saint-pierre-et-miquelon",
            Self::NouvelleCaledonie => "nouvelle-caledonie",
            Self::Polynesie => "polynesie",
            Self::WallisEtFutuna => "wallis-et-futuna",
            Self::TerresAustrales => "terres-australes",
        }
    }

    /// Other names that people and registers give it.
    const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Mainland => &["metropole", "france", "fr"],
            Self::AlsaceMoselle => &["alsace", "moselle", "57", "67", "68", "6ae"],
            Self::Guadeloupe => &["971", "gp"],
            Self::Martinique => &["972", "mq"],
            Self::Guyane => &["973", "gf", "french-guiana"],
            Self::Reunion => &["974", "re", "la-reunion"],
            Self::Mayotte => &["976", "yt"],
            Self::SaintBarthelemy => &["977", "bl"],
            Self::SaintMartin => &["978", "mf"],
            Self::SaintPierreEtMiquelon => &["975", "pm", "saint-pierre-and-miquelon"],
            Self::NouvelleCaledonie => &["988", "nc", "new-caledonia"],
            Self::Polynesie => &["987", "pf", "polynesie-francaise", "french-polynesia"],
            Self::WallisEtFutuna => &["986", "wf", "wallis-and-futuna"],
            Self::TerresAustrales => &["984", "tf", "taaf"],
        }
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    /// Accents, capitals, spaces and hyphens do not matter; department codes
    /// are names too.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = crate::off_peak::folded(text.trim()).replace([' ', '_'], "-");
        Self::ALL
            .into_iter()
            .find(|zone| zone.as_str() == name || zone.aliases().contains(&name.as_str()))
            .ok_or_else(|| UnknownZone(text.to_owned()))
    }
}

impl TryFrom<String> for Zone {
    type Error = UnknownZone;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.as_str().to_owned()
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_alias_names_one_zone() {
        for zone in Zone::ALL {
            assert_eq!(zone.as_str().parse(), Ok(zone));
            for alias in zone.aliases() {
                assert_eq!(alias.parse(), Ok(zone));
            }
        }
        assert_eq!("La Réunion".parse(), Ok(Zone::Reunion));
        assert_eq!("MÉTROPOLE".parse(), Ok(Zone::Mainland));
        assert_eq!(
            "Corse-du-Nord".parse::<Zone>(),
            Err(UnknownZone("Corse-du-Nord".to_owned()))
        );
    }
}
