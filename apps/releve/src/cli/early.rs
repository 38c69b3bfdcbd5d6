//! What must be known of the command line before it is understood: the language
//! to speak, the configuration that may name one, and in which form to fail.

use std::ffi::OsString;
use std::path::PathBuf;

use service::Lang;

use crate::config::Asked;

/// What a first look at the arguments finds.
#[derive(Debug, Clone, Default)]
pub struct Early {
    /// `--lang`.
    pub lang: Option<Lang>,
    /// `--json`.
    pub json: bool,
    /// `--config` and `--data-dir`.
    pub asked: Asked,
}

impl Early {
    /// Looks, and complains of nothing: clap will.
    pub fn look(args: &[OsString]) -> Self {
        let mut early = Self::default();
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let text = arg.to_string_lossy();
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (name, Some(OsString::from(value))),
                None => (text.as_ref(), None),
            };
            let mut value = || value.clone().or_else(|| rest.next().cloned());
            match name {
                "--" => break,
                "--json" => early.json = true,
                "--lang" => {
                    early.lang = value().and_then(|tag| Lang::from_tag(&tag.to_string_lossy()));
                }
                "--config" => early.asked.file = value().map(PathBuf::from),
                "--data-dir" => early.asked.data_dir = value().map(PathBuf::from),
                _ => {}
            }
        }
        early
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(line: &str) -> Early {
        let args: Vec<_> = line.split(' ').map(OsString::from).collect();
        Early::look(&args)
    }

    #[test]
    fn the_language_is_found_wherever_it_stands_and_however_it_is_written() {
        assert_eq!(look("releve --lang en show").lang, Some(Lang::En));
        assert_eq!(look("releve show day --lang=fr").lang, Some(Lang::Fr));
        assert_eq!(look("releve --lang").lang, None);
        assert_eq!(look("releve import -- --lang en").lang, None);
    }

    #[test]
    fn the_value_of_another_option_is_not_an_option() {
        let early = look("releve --config --json --lang en");
        assert_eq!(early.asked.file, Some(PathBuf::from("--json")));
        assert!(!early.json);
    }
}
