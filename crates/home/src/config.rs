//! The configuration of `releve`: one TOML file, `RELEVE_…` variables over it,
//! and every problem told at once, in its place.
//!
//! [`raw`](RawConfig) is what the file may hold, [`Settings`] what it means.

mod colours;
pub mod dashboard;
pub mod gateway;
pub mod notifications;
mod output;
mod prices;
mod raw;
pub mod resolve;
mod schedule;
mod schema;
mod scope;
pub mod secret;
mod settings;
pub mod source;

use std::path::{Path, PathBuf};

use service::settings::{Draft, Problem, Program, SettingsError};
use service::{Env, paths};

pub use dashboard::{Dashboard, PasswordFile, RawDashboard};
pub use notifications::{Form, Mail, Notifications, RawNotifications, Topic, Webhook};
pub use output::{Output, OutputKind, RawOutput};
pub use raw::{
    RawCalendar, RawCollect, RawColours, RawConfig, RawDataConnect, RawGateway, RawGeneration,
    RawOften, RawPlan, RawPortal, RawSchedule, RawSource, RawUsagePoint,
};
pub use schema::schema;
pub use settings::{
    CONSO_API, Colours, Consented, DataConnect, ENEDIS, Gateway, Log, MY_ELECTRICAL_DATA, Portal,
    Prices, Schedule, Settings, Source, SourceKind, UsagePointSettings, Watched,
};

/// The program's name in paths.
pub const APP: &str = "releve";

/// The beginning of its environment variables.
pub const PREFIX: &str = "RELEVE_";

/// Names the configuration file; `--config` decides over it.
const FILE_VARIABLE: &str = "RELEVE_CONFIG";

/// Stops the program's clock at an RFC 3339 instant, for tests: to wait is then
/// to move it on.
pub const CLOCK_VARIABLE: &str = "RELEVE_FROZEN_CLOCK";

/// What the command line says about the settings.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `--config`.
    pub file: Option<PathBuf>,
    /// `--data-dir`, over whatever is configured.
    pub data_dir: Option<PathBuf>,
}

/// Settings, and what is to be said about them.
#[derive(Debug)]
pub struct Loaded {
    /// What the configuration means.
    pub settings: Settings,
    /// What does not stop anything: `RELEVE_…` variables that are no settings.
    pub warnings: Vec<Problem>,
    /// The file that was read; none when there is none in the usual places.
    pub file: Option<PathBuf>,
}

/// Reads the configuration: the file asked for (`--config`, then
/// `RELEVE_CONFIG`), else the first that exists of [`paths::config_candidates`],
/// else none; a container may be configured by variables alone. Secret files
/// are read now, so that a wrong one is known before the night.
pub fn load(asked: &Asked, env: &dyn Env) -> Result<Loaded, SettingsError> {
    let file = asked.file.clone();
    let file = file.or_else(|| env.var_os(FILE_VARIABLE).map(PathBuf::from));
    let file = file.or_else(|| paths::config_file(env, APP));
    let schema = schema();
    let draft = Draft::read(&program(&schema), file.as_deref(), env);
    let (settings, warnings) = finish(draft, asked.data_dir.as_deref(), env)?;
    Ok(Loaded {
        settings,
        warnings,
        file,
    })
}

/// The same for whoever may write the file: one that is named and not there yet
/// is an empty one.
pub fn load_or_empty(asked: &Asked, env: &dyn Env) -> Result<Loaded, SettingsError> {
    let named = asked.file.clone();
    let named = named.or_else(|| env.var_os(FILE_VARIABLE).map(PathBuf::from));
    // Also a link to nowhere is somebody's.
    if named.is_none_or(|file| file.symlink_metadata().is_ok()) {
        return load(asked, env);
    }
    let schema = schema();
    let draft = Draft::of_text(&program(&schema), String::new(), env);
    let (settings, warnings) = finish(draft, asked.data_dir.as_deref(), env)?;
    Ok(Loaded {
        settings,
        warnings,
        file: None,
    })
}

/// The same from a text, as if it stood in a file that only its owner reads.
pub fn from_text(text: &str, env: &dyn Env) -> Result<Settings, SettingsError> {
    let schema = schema();
    let draft = Draft::of_text(&program(&schema), text.to_owned(), env);
    finish(draft, None, env).map(|(settings, _)| settings)
}

/// Where `init` writes: the file asked for, else the user's own place.
pub fn target(asked: &Asked, env: &dyn Env) -> Option<PathBuf> {
    let file = asked.file.clone();
    let file = file.or_else(|| env.var_os(FILE_VARIABLE).map(PathBuf::from));
    file.or_else(|| paths::config_candidates(env, APP).into_iter().next())
}

fn program(schema: &serde_json::Value) -> Program<'_> {
    Program {
        schema,
        prefix: PREFIX,
        reserved: &[FILE_VARIABLE, CLOCK_VARIABLE],
    }
}

fn finish(
    mut draft: Draft,
    data_dir: Option<&Path>,
    env: &dyn Env,
) -> Result<(Settings, Vec<Problem>), SettingsError> {
    let raw = draft.raw::<RawConfig>();
    let settings = raw.and_then(|raw| resolve::settings(&mut draft, raw, data_dir, env));
    draft.finish(settings)
}
