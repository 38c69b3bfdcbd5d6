//! What the demonstration is told.

use std::path::PathBuf;

use service::{Env, Lang, SystemEnv, tr};

/// What the demonstration is told.
#[derive(Debug, Clone)]
pub struct Options {
    /// End after the summary.
    pub once: bool,
    /// Where the data stays.
    pub data_dir: PathBuf,
    /// In which language to speak.
    pub lang: Lang,
}

impl Options {
    /// Reads the command line, or says how it is used.
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            once: false,
            data_dir: PathBuf::from("releve-demo"),
            lang: service::language(None, None, &SystemEnv as &dyn Env),
        };
        let mut understood = true;
        while let Some(word) = words.next() {
            match word.as_str() {
                "--once" => options.once = true,
                "--data-dir" => match words.next() {
                    Some(folder) => options.data_dir = folder.into(),
                    None => understood = false,
                },
                "--lang" => match words.next().as_deref().and_then(Lang::from_tag) {
                    Some(lang) => options.lang = lang,
                    None => understood = false,
                },
                _ => understood = false,
            }
        }
        if understood {
            Ok(options)
        } else {
            Err(tr(options.lang, "demo-usage", &[]) + "\n")
        }
    }
}
