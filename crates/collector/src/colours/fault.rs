//! A source's failure as it is kept and told.

use serde::{Deserialize, Serialize};
use service::HttpError;
use tariff::colour::{ReadError, Source};

use super::ColourProblem;

/// Why a source gave no colours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Who failed, such as `rte-page`.
    pub source: String,
    /// How.
    pub problem: FaultKind,
    /// A status, or the source's own words, cut.
    #[serde(default)]
    pub detail: String,
}

/// How a source fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// No answer came in time, or at all.
    Unreachable,
    /// A status that is no success.
    Status,
    /// A web page instead of colours.
    Page,
    /// Something else that is not as it should be.
    Unreadable,
    /// The source says why it does not answer.
    Refused,
    /// It cannot be asked: a wrong address or account.
    CannotAsk,
}

impl FaultKind {
    /// Its name in the catalogue and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Status => "status",
            Self::Page => "page",
            Self::Unreadable => "unreadable",
            Self::Refused => "refused",
            Self::CannotAsk => "cannot-ask",
        }
    }
}

impl Fault {
    /// The failure of a source.
    pub fn of(source: &Source, problem: &ColourProblem) -> Self {
        let (kind, detail) = match problem {
            ColourProblem::Http(HttpError::Timeout) => (FaultKind::Unreachable, String::new()),
            ColourProblem::Http(error) => (FaultKind::Unreachable, cut(&error.to_string())),
            ColourProblem::Status(status) => (FaultKind::Status, status.to_string()),
            ColourProblem::Unreadable(ReadError::Html) => (FaultKind::Page, String::new()),
            ColourProblem::Unreadable(ReadError::Refused { code, .. }) => {
                (FaultKind::Refused, code.clone())
            }
            ColourProblem::Unreadable(error) => (FaultKind::Unreadable, cut(&error.to_string())),
            ColourProblem::NotOffered => (FaultKind::CannotAsk, String::new()),
        };
        Self {
            source: source.to_string(),
            problem: kind,
            detail,
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}
