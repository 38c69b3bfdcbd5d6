//! The configuration: one TOML file, `RELEVE_GATEWAY_…` variables over it, and
//! every problem told at once, in its place.
//!
//! [`raw`] is what the file may hold, [`Settings`] what it means.

mod raw;
mod resolve;
mod schema;

use std::path::Path;

use gateway::Config;
use gateway::store::PostgresOptions;
use service::logging::Level;
use service::settings::{Draft, Problem, Program, SettingsError};
use service::{Env, Lang};

#[cfg(test)]
pub use schema::schema;

/// The beginning of the environment variables.
const PREFIX: &str = "RELEVE_GATEWAY_";

/// What the configuration means.
#[derive(Debug)]
pub struct Settings {
    /// The language of messages.
    pub language: Option<Lang>,
    /// How much the log says.
    pub log_level: Level,
    /// The PostgreSQL, where it is not SQLite.
    pub database: Option<PostgresOptions>,
    /// The gateway's own part.
    pub config: Config,
}

/// Reads the configuration, with what is to be said about it although it is right.
pub fn load(file: &Path, env: &dyn Env) -> Result<(Settings, Vec<Problem>), SettingsError> {
    let schema = schema::schema();
    let program = Program {
        schema: &schema,
        prefix: PREFIX,
        reserved: &[],
    };
    let mut draft = Draft::read(&program, Some(file), env);
    let settings = draft
        .raw()
        .and_then(|raw| resolve::settings(&mut draft, raw));
    draft.finish(settings).map_err(in_our_words)
}

/// What is to be done where the usual advice speaks of another program.
fn in_our_words(mut error: SettingsError) -> SettingsError {
    for problem in &mut error.problems {
        let advice = match problem.name() {
            "config-file-missing" => "gateway-config-file-missing-do",
            "config-file-not-a-file" => "gateway-config-file-not-a-file-do",
            "config-not-toml" => "gateway-config-not-toml-do",
            "config-file-unreadable" => "gateway-config-file-unreadable-do",
            _ => continue,
        };
        *problem = problem.clone().advise(advice);
    }
    error
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use service::MapEnv;

    use super::*;

    const PUBLISHED: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/schema/gateway-config.schema.json"
    );

    /// `UPDATE=1 cargo test -p releve-gateway` writes the file anew.
    #[test]
    fn the_published_schema_is_that_of_the_program() {
        let current = format!("{:#}\n", schema());
        if std::env::var_os("UPDATE").is_some() {
            fs::write(PUBLISHED, &current).unwrap();
        }
        let published = fs::read_to_string(PUBLISHED).unwrap();
        assert_eq!(published, current, "UPDATE=1 cargo test -p releve-gateway");
    }

    const RIGHT: &str = r#"
public_url = "https://releve.example.org/passerelle"
operator_listen = "127.0.0.1:9464"
trusted_proxies = ["10.0.0.0/8", "192.0.2.7"]
[enedis]
client_id = "mine"
client_secret_file = "secret"
calls_per_hour = 5000
[controller]
application = "Ma maison"
name = "Association"
address = "Lyon"
contact = "contact@example.org"
"#;

    fn read(text: &str, env: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        fs::write(&secret, "not-a-secret\n").unwrap();
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
        let file = folder.path().join("config.toml");
        fs::write(&file, text).unwrap();
        let env = env.iter().fold(MapEnv::default(), |env, (name, value)| {
            env.with(name, *value)
        });
        load(&file, &env).map(|(settings, _)| settings)
    }

    fn problems(text: &str) -> Vec<&'static str> {
        let error = read(text, &[]).unwrap_err();
        error.problems.iter().map(Problem::name).collect()
    }

    #[test]
    fn what_is_not_said_is_usual_and_what_is_said_counts() {
        let settings = read(RIGHT, &[]).unwrap();
        let config = settings.config;
        assert_eq!(config.listen.to_string(), "127.0.0.1:8443");
        assert_eq!(
            config.url("/device"),
            "https://releve.example.org/passerelle/device"
        );
        assert_eq!(config.trusted_proxies[1].to_string(), "192.0.2.7/32");
        assert_eq!(config.enedis.duration, "P3Y");
        assert_eq!(config.enedis.calls_per_second, Some(4));
        assert_eq!(config.limits.calls_per_hour, Some(5000));
        assert_eq!(config.lifetimes.code.as_secs(), 1200);
        assert!(settings.database.is_none() && settings.language.is_none());
        assert_eq!(settings.log_level, Level::Simple);
    }

    #[test]
    fn a_variable_decides_over_the_file() {
        let env = [
            ("RELEVE_GATEWAY_ENEDIS__GENERATION", "v5"),
            ("RELEVE_GATEWAY_LANGUAGE", "en"),
            ("RELEVE_GATEWAY_LOG_LEVEL", "verbose"),
        ];
        let settings = read(RIGHT, &env).unwrap();
        assert_eq!(settings.config.enedis.generation, enedis::Generation::V5);
        assert_eq!(settings.language, Some(Lang::En));
        assert_eq!(settings.log_level, Level::Verbose);
    }

    #[test]
    fn every_problem_is_told_at_once_where_it_is() {
        let wrong = r#"
public_url = "http://releve.example.org"
listen = "8443"
trusted_proxies = ["10.0.0.0/8", "everybody"]
database_url_file = "nowhere"
[tls]
certificate = "missing.pem"
key = "missing.key"
[enedis]
generation = "v6"
client_id = " "
client_secret_file = "secret"
duration = "P4Y"
pacing = false
[controller]
application = "Ma maison Linky"
name = "Association"
contact = "contact@example.org"
[lifetimes]
code_seconds = 60
"#;
        let mut found = problems(wrong);
        found.sort_unstable();
        let expected = [
            "config-choice",
            "config-missing-key",
            "config-out-of-range",
            "config-pacing",
            "config-secret-file-missing",
            "gateway-config-application",
            "gateway-config-chain",
            "gateway-config-duration",
            "gateway-config-empty",
            "gateway-config-network",
            "gateway-config-socket",
            "gateway-config-url-https",
        ];
        assert_eq!(found, expected);
        for lang in Lang::ALL {
            let told = read(wrong, &[]).unwrap_err().render(lang);
            assert!(told.contains("config.toml:4:"), "{told}");
            assert!(
                told.lines().all(|line| line.chars().count() <= 200),
                "{told}"
            );
        }
    }

    #[test]
    fn periods_are_whole_days_of_at_most_three_years() {
        for (period, right) in [
            ("P1D", true),
            ("P3Y", true),
            ("P36M", true),
            ("P1Y6M", true),
            ("P3Y1M", false),
            ("PT12H", false),
            ("-P1Y", false),
            ("1 year", false),
        ] {
            let text = RIGHT.replace("[enedis]", &format!("[enedis]\nduration = \"{period}\""));
            assert_eq!(read(&text, &[]).is_ok(), right, "{period}");
        }
    }

    #[test]
    fn an_authority_without_a_database_is_a_slip() {
        let text = format!("database_ca_file = \"ca.pem\"\n{RIGHT}");
        assert_eq!(problems(&text), ["gateway-config-database-ca"]);
    }
}
