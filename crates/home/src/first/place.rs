//! Where the first configuration is written: nothing that exists is replaced,
//! and secrets go into files of their own, their owner's alone.

use std::io;
use std::path::PathBuf;

use secrecy::ExposeSecret;
use service::Lang;
use service::files::{create_private, folder};

use super::{Answers, SecretAnswer, SourceAnswers, text};
use crate::exit::InitError;

/// Files of a name that are tried before we give up.
const NAMES: u32 = 100;

/// The place of a configuration that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
}

/// Why the configuration cannot be written here, as far as is known before.
#[derive(Debug)]
pub enum Unwritten {
    /// There is one, and it stays.
    Exists,
    /// Its folder takes no files.
    Closed(io::Error),
}

impl Place {
    /// Why it could not be written now; the folder is made for that.
    pub fn hindrance(&self) -> Option<Unwritten> {
        // Also a link to nowhere is somebody's.
        if self.path.symlink_metadata().is_ok() {
            return Some(Unwritten::Exists);
        }
        let folder = folder(&self.path);
        let made = std::fs::create_dir_all(folder);
        let tried = made.and_then(|()| tempfile::tempfile_in(folder));
        tried.err().map(Unwritten::Closed)
    }

    /// Writes the secrets, then the configuration that names their files: all of
    /// it or nothing.
    pub fn write(&self, answers: &Answers, lang: Lang) -> Result<(), InitError> {
        if self.path.symlink_metadata().is_ok() {
            return Err(InitError::Exists(self.path.clone()));
        }
        let mut answers = answers.clone();
        let mut beside = Vec::new();
        let written = self
            .put_aside(&mut answers, &mut beside)
            .and_then(|()| create_private(&self.path, text(&answers, lang).as_bytes()));
        written.map_err(|cause| {
            for path in &beside {
                let _ = std::fs::remove_file(path);
            }
            match cause.kind() {
                io::ErrorKind::AlreadyExists => InitError::Exists(self.path.clone()),
                _ => InitError::Unwritable {
                    path: self.path.clone(),
                    cause,
                },
            }
        })
    }

    /// Each secret into a file of its own, which then stands in its place.
    fn put_aside(&self, answers: &mut Answers, beside: &mut Vec<PathBuf>) -> io::Result<()> {
        match &mut answers.source {
            Some(SourceAnswers::Application(it)) => {
                self.one("enedis.secret", &mut it.secret, beside)?;
            }
            Some(SourceAnswers::Token(it)) => {
                let name = format!("{}.token", it.service.as_str());
                self.one(&name, &mut it.token, beside)?;
            }
            _ => {}
        }
        for output in &mut answers.outputs {
            if let Some(secret) = &mut output.secret {
                let name = format!("{}.secret", output.kind.as_str());
                self.one(&name, secret, beside)?;
            }
        }
        Ok(())
    }

    fn one(
        &self,
        name: &str,
        secret: &mut SecretAnswer,
        beside: &mut Vec<PathBuf>,
    ) -> io::Result<()> {
        let SecretAnswer::Typed(typed) = secret else {
            return Ok(());
        };
        for number in 1..=NAMES {
            let name = match number {
                1 => name.to_owned(),
                number => format!("{number}-{name}"),
            };
            let path = folder(&self.path).join(&name);
            match create_private(&path, typed.expose_secret().as_bytes()) {
                Ok(()) => {
                    beside.push(path);
                    *secret = SecretAnswer::InFile(name.into());
                    return Ok(());
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::StorageFull.into())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::super::{ApplicationAnswers, OutputAnswers, OutputService, PointAnswers};
    use super::*;

    fn answers() -> Answers {
        Answers {
            usage_points: vec![PointAnswers::of("22516914714270".parse().unwrap())],
            source: Some(SourceAnswers::Application(ApplicationAnswers {
                client_id: "abc".to_owned(),
                generation: "auto",
                secret: SecretAnswer::Typed("first secret".into()),
                base_url: None,
            })),
            outputs: vec![OutputAnswers {
                kind: OutputService::Jeedom,
                url: "http://192.168.1.20/".parse().unwrap(),
                user: None,
                secret: Some(SecretAnswer::Typed("second secret".into())),
            }],
        }
    }

    fn names(folder: &std::path::Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn secrets_stand_beside_the_configuration_and_all_of_it_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("enedis.secret"), "somebody's").unwrap();
        let path = folder.path().join("releve.toml");
        let place = Place { path: path.clone() };
        assert!(place.hindrance().is_none());
        place.write(&answers(), Lang::Fr).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("first secret") && !text.contains("second secret"));
        let written = ["2-enedis.secret", "jeedom.secret", "releve.toml"];
        for name in written {
            assert!(folder.path().join(name).exists(), "{name}");
            let about = std::fs::metadata(folder.path().join(name)).unwrap();
            assert_eq!(about.permissions().mode() & 0o777, 0o600, "{name}");
        }
        let kept = std::fs::read_to_string(folder.path().join("enedis.secret")).unwrap();
        assert_eq!(kept, "somebody's");
        let asked = crate::config::Asked {
            file: Some(path),
            data_dir: None,
        };
        let env = service::MapEnv::from([("HOME", "/nowhere")]);
        let loaded = crate::config::load(&asked, &env).unwrap();
        assert_eq!(loaded.settings.sources.len(), 1);
        assert_eq!(loaded.settings.outputs.len(), 1);
    }

    #[test]
    fn what_exists_is_never_replaced_and_a_failure_leaves_no_secret_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("releve.toml");
        std::fs::write(&path, "mine").unwrap();
        let place = Place { path: path.clone() };
        assert!(matches!(place.hindrance(), Some(Unwritten::Exists)));
        let refused = place.write(&answers(), Lang::En).unwrap_err();
        assert!(matches!(refused, InitError::Exists(_)));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
        assert_eq!(names(folder.path()), ["releve.toml"]);
        // A file stands where the folder should be.
        let place = Place {
            path: path.join("releve.toml"),
        };
        assert!(matches!(place.hindrance(), Some(Unwritten::Closed(_))));
        let refused = place.write(&answers(), Lang::En).unwrap_err();
        assert!(matches!(refused, InitError::Unwritable { .. }));
        assert_eq!(names(folder.path()), ["releve.toml"]);
    }
}
