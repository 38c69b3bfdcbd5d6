//! A door as the configuration describes it, and how its mistakes are told.

use std::net::SocketAddr;
use std::path::Path;

use home::config::secret::secret_file;
use home::config::{Dashboard, PasswordFile};
use home::{Exit, Failure, Said};
use secrecy::ExposeSecret;
use service::Lang;
use service::settings::{SecretFileError, read_secret};

use super::config::{DoorConfig, DoorError, Ingress};
use super::password::{PasswordError, PasswordHash};

impl DoorConfig {
    /// The configured door. `listen` is what the command line says over the
    /// configuration, `lang` the language of who accepts neither of ours.
    ///
    /// Reads the files of passwords. One that the configuration names must be
    /// there.
    pub fn of(
        dashboard: &Dashboard,
        listen: Option<SocketAddr>,
        lang: Lang,
    ) -> Result<Self, DoorError> {
        let ingress = dashboard.ingress.clone();
        Ok(Self {
            names: dashboard.names.clone(),
            owner: password(&dashboard.owner)?,
            viewer: password(&dashboard.viewer)?,
            trusted_proxies: dashboard.trusted_proxies.clone(),
            user_header: dashboard.user_header.clone(),
            groups_header: dashboard.groups_header.clone(),
            owners: dashboard.owners.clone(),
            ingress: ingress.map(|supervisors| Ingress { supervisors }),
            lang,
            ..Self::at(listen.unwrap_or(dashboard.listen))
        })
    }
}

fn password(file: &PasswordFile) -> Result<Option<PasswordHash>, DoorError> {
    let path = || file.path.display().to_string();
    let text = match read_secret(&file.path) {
        Ok(text) => text,
        Err(SecretFileError::Missing) if !file.named => return Ok(None),
        Err(cause) => {
            return Err(DoorError::PasswordFile {
                path: path(),
                cause,
            });
        }
    };
    let hash = PasswordHash::read(text.expose_secret());
    hash.map(Some).map_err(|cause| DoorError::Password {
        path: path(),
        cause,
    })
}

impl From<DoorError> for Failure {
    fn from(error: DoorError) -> Self {
        let fail = |said| Self::new(Exit::Configuration, said);
        match error {
            DoorError::Unguarded(listen) => {
                fail(Said::new("door-error-unguarded").with("listen", listen))
                    .hint(Said::new("door-error-unguarded-do"))
            }
            DoorError::NobodyTrusted => {
                fail(Said::new("door-error-nobody")).hint(Said::new("config-dashboard-nobody-do"))
            }
            DoorError::EverybodyTrusted(net) => {
                fail(Said::new("door-error-everybody").with("net", net))
                    .hint(Said::new("config-dashboard-everybody-do"))
            }
            DoorError::BadName(name) => fail(Said::new("door-error-name").with("name", name))
                .hint(Said::new("config-dashboard-name-do")),
            DoorError::PasswordFile { path, cause } => {
                fail(Said::new(secret_file(cause)).path(Path::new(&path)))
                    .hint(Said::new("door-error-not-a-hash-do"))
            }
            DoorError::Password {
                path,
                cause: PasswordError::TooCostly,
            } => fail(Said::new("door-error-too-costly").path(Path::new(&path)))
                .hint(Said::new("door-error-too-costly-do")),
            DoorError::Password { path, .. } => {
                fail(Said::new("door-error-not-a-hash").path(Path::new(&path)))
                    .hint(Said::new("door-error-not-a-hash-do"))
            }
            DoorError::NoRandomness(_) => fail(Said::new("door-error-randomness")),
        }
    }
}

impl From<PasswordError> for Failure {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::TooShort => Self::usage(Said::new("password-too-short")),
            PasswordError::TooLong => Self::usage(Said::new("password-too-long")),
            PasswordError::NotAHash | PasswordError::TooCostly | PasswordError::NoRandomness(_) => {
                Self::new(Exit::Data, Said::new("door-error-randomness"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use home::config::from_text;
    use service::MapEnv;
    use service::files::write_private;
    use service::random::Seeded;

    use super::*;

    fn dashboard(folder: &Path, text: &str) -> Dashboard {
        let folder = folder.display();
        let text = format!("data_dir = \"{folder}\"\n[dashboard]\n{text}");
        let env = MapEnv::from([("HOME", "/home/someone")]);
        from_text(&text, &env).unwrap().dashboard
    }

    #[test]
    fn a_password_beside_the_readings_is_found_and_guards() {
        let folder = tempfile::tempdir().unwrap();
        let dashboard = dashboard(folder.path(), "");
        let open = DoorConfig::of(&dashboard, None, Lang::Fr).unwrap();
        assert!(open.is_open());
        let elsewhere: SocketAddr = "0.0.0.0:80".parse().unwrap();
        let exposed = DoorConfig::of(&dashboard, Some(elsewhere), Lang::Fr).unwrap();
        assert_eq!(exposed.check(), Err(DoorError::Unguarded(elsewhere)));
        let hash = PasswordHash::of("a long password", &Seeded::new(1)).unwrap();
        write_private(&dashboard.owner.path, hash.expose().as_bytes()).unwrap();
        let guarded = DoorConfig::of(&dashboard, Some(elsewhere), Lang::Fr).unwrap();
        assert_eq!(guarded.check(), Ok(()));
        assert!(guarded.owner.unwrap().is_of("a long password"));
    }

    #[test]
    fn a_file_that_is_named_must_be_there_and_hold_a_hash() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("word");
        let text = format!("password_file = \"{}\"", path.display());
        let dashboard = dashboard(folder.path(), &text);
        let error = || DoorConfig::of(&dashboard, None, Lang::En).unwrap_err();
        let told = |error: DoorError| Failure::from(error).plain_message(Lang::En);
        assert!(
            matches!(error(), DoorError::PasswordFile { .. }),
            "{:?}",
            error()
        );
        write_private(&path, b"my own password").unwrap();
        assert!(
            matches!(error(), DoorError::Password { .. }),
            "{:?}",
            error()
        );
        let text = told(error());
        assert!(
            text.contains("dashboard password") && !text.contains("my own password"),
            "{text}"
        );
    }

    #[test]
    fn every_refusal_says_what_to_do() {
        let all = [
            DoorError::Unguarded("[::]:80".parse().unwrap()),
            DoorError::NobodyTrusted,
            DoorError::EverybodyTrusted("::/0".parse().unwrap()),
            DoorError::BadName("a b".to_owned()),
        ];
        for error in all {
            for lang in Lang::ALL {
                let failure = Failure::from(error.clone());
                assert!(!failure.plain_message(lang).starts_with("door-"), "{error}");
                assert!(
                    failure
                        .plain_advice(lang)
                        .is_some_and(|text| text.contains(' '))
                );
            }
        }
    }
}
