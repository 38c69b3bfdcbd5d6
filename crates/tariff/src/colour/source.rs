//! Who says what colour a day has.

use std::fmt;

/// A source of colours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The user's own word, which settles a contradiction.
    User,
    /// RTE's API, with an account.
    RteApi,
    /// RTE's public page.
    RtePage,
    /// EDF's service.
    Edf,
    /// api-couleur-tempo.fr.
    CouleurTempo,
    /// MyElectricalData.
    MyElectricalData,
    /// A file, by its name.
    File(String),
    /// One that this version does not know, by its name.
    Other(String),
}

/// How much a source's word weighs when sources differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Authority {
    /// Repeats what others say.
    Relay,
    /// EDF, who bills by it.
    Supplier,
    /// RTE, who decides it.
    Decider,
    /// The user.
    User,
}

impl Source {
    /// The sources that can be asked, in the order in which they are.
    pub const ASKED: [Self; 4] = [Self::RteApi, Self::RtePage, Self::CouleurTempo, Self::Edf];

    /// How much its word weighs.
    pub fn authority(&self) -> Authority {
        match self {
            Self::User => Authority::User,
            Self::RteApi | Self::RtePage => Authority::Decider,
            Self::Edf => Authority::Supplier,
            Self::CouleurTempo | Self::MyElectricalData | Self::File(_) | Self::Other(_) => {
                Authority::Relay
            }
        }
    }

    /// The source that [`fmt::Display`] wrote, perhaps that of another version.
    pub fn from_name(name: &str) -> Self {
        match name {
            "user" => Self::User,
            "rte-api" => Self::RteApi,
            "rte-page" => Self::RtePage,
            "edf" => Self::Edf,
            "api-couleur-tempo" => Self::CouleurTempo,
            "myelectricaldata" => Self::MyElectricalData,
            other => match other.strip_prefix("file:") {
                Some(file) => Self::File(file.to_owned()),
                None => Self::Other(other.to_owned()),
            },
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User => f.write_str("user"),
            Self::RteApi => f.write_str("rte-api"),
            Self::RtePage => f.write_str("rte-page"),
            Self::Edf => f.write_str("edf"),
            Self::CouleurTempo => f.write_str("api-couleur-tempo"),
            Self::MyElectricalData => f.write_str("myelectricaldata"),
            Self::File(name) => write!(f, "file:{name}"),
            Self::Other(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_found_again_by_its_name() {
        let file = Source::File("tempo:2014.csv".to_owned());
        let other = Source::Other("somebody".to_owned());
        let others = [Source::User, Source::MyElectricalData, file, other];
        for source in Source::ASKED.into_iter().chain(others) {
            assert_eq!(Source::from_name(&source.to_string()), source);
        }
    }
}
