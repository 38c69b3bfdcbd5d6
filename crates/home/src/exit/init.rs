//! Why the first configuration was not written, in words.

use std::io;
use std::path::{Path, PathBuf};

use service::Lang;
use service::settings::Problem;

use super::{Exit, Failure, Words};

/// Why no configuration was written.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// There is a file already; it was left alone.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// The input ended before the last answer.
    #[error("the input ended before the last answer")]
    Ended,
    /// The file could not be written.
    #[error("{path} cannot be written: {cause}")]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// Questions could not be asked.
    #[error("the terminal no longer answers: {0}")]
    Terminal(#[from] io::Error),
}

impl InitError {
    /// What happened and what to do, for people; ends with a line break.
    pub fn render(&self, lang: Lang) -> String {
        let shown = |path: &Path| path.display().to_string();
        let problem = match self {
            Self::Exists(path) => Problem::new("init-exists").with("path", shown(path)),
            Self::Ended => Problem::new("init-ended"),
            Self::Unwritable { path, cause } => Problem::new("init-unwritable")
                .with("path", shown(path))
                .with("why", cause.to_string()),
            Self::Terminal(cause) => Problem::new("init-terminal").with("why", cause.to_string()),
        };
        problem.render(lang, None)
    }
}

impl From<InitError> for Failure {
    fn from(error: InitError) -> Self {
        Self {
            exit: match error {
                InitError::Ended => Exit::Usage,
                _ => Exit::Configuration,
            },
            words: Words::Init(error),
            hint: None,
        }
    }
}
