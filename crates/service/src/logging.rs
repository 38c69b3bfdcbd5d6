//! What the program says about itself, on standard error and in a file: for
//! people or as JSON lines, never a secret.
//!
//! Other people's crates stay at warnings even in the verbose level: their
//! debug output shows headers and addresses.

mod capped;

use std::fmt;
use std::io::{self, IsTerminal};
use std::path::Path;

use tracing::level_filters::LevelFilter;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::fmt::{MakeWriter, layer};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry;

use crate::{Env, SharedClock};
use capped::Capped;

/// The crates whose information and debug output is shown.
const OURS: [&str; 11] = [
    "collector",
    "dashboard",
    "demo",
    "enedis",
    "gateway",
    "ledger",
    "listen",
    "outputs",
    "releve",
    "service",
    "simulator",
];

/// Files of the log that are kept, one a day.
const DAYS_KEPT: usize = 14;

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Errors only.
    Error,
    /// What the program does, and warnings.
    #[default]
    Simple,
    /// Each step of ours as well.
    Verbose,
}

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// A line for people.
    #[default]
    Human,
    /// A JSON object a line, for collectors of logs.
    Json,
}

/// How to log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How much is said.
    pub level: Level,
    /// In which form.
    pub format: Format,
}

/// Logs to standard error from now on, with colours where they are wanted.
/// A second call in one process is an error.
pub fn init(options: Options, clock: SharedClock, env: &dyn Env) -> Result<(), AlreadyLogging> {
    let color = wants_color(env, io::stderr().is_terminal());
    install(subscriber(options, clock, color, io::stderr))
}

/// What this process logs to from now on. A second call is an error.
pub fn install(
    subscriber: impl tracing::Subscriber + Send + Sync + 'static,
) -> Result<(), AlreadyLogging> {
    tracing::subscriber::set_global_default(subscriber).map_err(|_| AlreadyLogging)
}

/// As [`init`], and into a file of the day in a folder, which is made (`0700`)
/// when it is missing. Where that is impossible, only standard error is used
/// and the reason is given back.
pub fn init_with_files(
    options: Options,
    clock: SharedClock,
    env: &dyn Env,
    folder: &Path,
) -> Result<(), LogFileError> {
    let color = wants_color(env, io::stderr().is_terminal());
    let files = match files(folder) {
        Ok(files) => files,
        Err(error) => {
            let _ = init(options, clock, env);
            return Err(LogFileError(error.to_string()));
        }
    };
    let told = lines(options.format, clock.clone(), color, io::stderr);
    let kept = lines(options.format, clock, false, files);
    let both = registry()
        .with(told.with_filter(targets(options.level)))
        .with(kept.with_filter(targets(options.level)));
    // Only the first command of a process sets it up.
    let _ = tracing::subscriber::set_global_default(both);
    Ok(())
}

/// The log cannot be written into a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LogFileError(String);

/// The files of the log in a folder, which is made when it is missing.
fn files(folder: &Path) -> io::Result<Capped> {
    Ok(Capped::new(appender(folder)?, folder, capped::MOST))
}

/// One file a day (UTC), the oldest removed.
fn appender(folder: &Path) -> io::Result<RollingFileAppender> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("releve")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(folder)
        .map_err(io::Error::other)
}

/// Logging was already set up in this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("logging is already set up")]
pub struct AlreadyLogging;

/// Colours are for terminals, unless `NO_COLOR` is set (<https://no-color.org>)
/// or the terminal is `dumb`.
pub fn wants_color(env: &dyn Env, terminal: bool) -> bool {
    let dumb = env.var("TERM").is_some_and(|term| term == "dumb");
    terminal && !dumb && env.var_os("NO_COLOR").is_none()
}

/// A subscriber that writes where it is told; [`init`] is the usual way.
pub fn subscriber<W>(
    options: Options,
    clock: SharedClock,
    color: bool,
    writer: W,
) -> impl tracing::Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = lines(options.format, clock, color, writer);
    registry().with(lines.with_filter(targets(options.level)))
}

/// Lines in a form, to a place.
fn lines<S, W>(
    format: Format,
    clock: SharedClock,
    color: bool,
    writer: W,
) -> Box<dyn Layer<S> + Send + Sync>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = layer()
        .with_timer(Stamp(clock))
        .with_writer(writer)
        .with_ansi(color);
    match format {
        Format::Human => lines.boxed(),
        Format::Json => lines.json().flatten_event(true).with_ansi(false).boxed(),
    }
}

fn targets(level: Level) -> Targets {
    let (ours, others) = match level {
        Level::Error => (LevelFilter::ERROR, LevelFilter::ERROR),
        Level::Simple => (LevelFilter::INFO, LevelFilter::WARN),
        Level::Verbose => (LevelFilter::DEBUG, LevelFilter::WARN),
    };
    Targets::new()
        .with_default(others)
        .with_targets(OURS.map(|name| (name, ours)))
}

/// Stamps by the clock in use, so that a virtual day shows its own hours (UTC).
struct Stamp(SharedClock);

impl FormatTime for Stamp {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        write!(writer, "{:.3}", self.0.now())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::{MapEnv, VirtualClock};

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(level: Level, format: Format, color: bool) -> String {
        let clock = Arc::new(VirtualClock::at("2026-10-25T01:30:00Z".parse().unwrap()));
        let sink = Sink::default();
        let writer = sink.clone();
        let options = Options { level, format };
        let subscriber = subscriber(options, clock, color, move || writer.clone());
        tracing::subscriber::with_default(subscriber, || {
            tracing::error!(target: "ledger::owner", "the disk is full");
            tracing::warn!(target: "reqwest", "slow");
            tracing::info!(target: "collector", days = 7, "fetched");
            tracing::debug!(target: "releve::config", "read");
            tracing::debug!(target: "hyper", authorization = "Bearer abc", "headers");
        });
        let bytes = sink.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn each_level_shows_its_share_and_other_crates_never_their_debug_output() {
        insta::assert_snapshot!(
            [Level::Error, Level::Simple, Level::Verbose]
                .map(|level| format!("{level:?}:\n{}", logged(level, Format::Human, false)))
                .join("\n")
        );
    }

    #[test]
    fn lines_go_into_a_file_of_the_day_that_only_its_owner_reaches() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("data/logs");
        let clock = Arc::new(VirtualClock::at("2026-10-25T01:30:00Z".parse().unwrap()));
        let layer = lines(Format::Human, clock, false, files(&place).unwrap());
        tracing::subscriber::with_default(registry().with(layer), || {
            tracing::warn!("le disque est plein");
        });
        let entries: Vec<_> = std::fs::read_dir(&place).unwrap().collect();
        assert_eq!(entries.len(), 1);
        let path = entries[0].as_ref().unwrap().path();
        let text = std::fs::read_to_string(path).unwrap();
        assert!(
            text.contains("WARN") && text.contains("le disque est plein"),
            "{text}"
        );
        let mode = std::fs::metadata(&place).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert!(files(&file.join("logs")).is_err());
    }

    #[test]
    fn json_lines_hold_the_stamp_level_target_and_fields() {
        insta::assert_snapshot!(logged(Level::Simple, Format::Json, true));
    }

    #[test]
    fn colours_need_a_terminal_and_no_refusal() {
        assert!(wants_color(&MapEnv::default(), true));
        assert!(!wants_color(&MapEnv::default(), false));
        assert!(!wants_color(&MapEnv::from([("NO_COLOR", "1")]), true));
        assert!(!wants_color(&MapEnv::from([("TERM", "dumb")]), true));
        assert!(logged(Level::Error, Format::Human, true).contains('\u{1b}'));
        assert!(!logged(Level::Error, Format::Human, false).contains('\u{1b}'));
    }
}
