//! `report`: one text that helps others to help, without anything that is
//! nobody's business: no secret, no whole usage point, no address.

mod redact;
mod secrets;

use std::fmt::Write;
use std::path::Path;

use crate::config::Settings;
use crate::text::Page;
use crate::world::Terminal;
use crate::{App, World, doctor, view};

use redact::Redactor;

/// Lines of the log that are taken along.
const LOG_LINES: usize = 400;

/// No file is read beyond this.
const LONGEST: u64 = 4 << 20;

/// The whole bundle, redacted.
pub(crate) async fn bundle(app: &App, world: &World<'_>) -> String {
    let settings = app.settings().ok().map(|loaded| &loaded.settings);
    let redactor = Redactor::new(
        settings
            .map(|settings| secrets::all(settings, &world.clock))
            .unwrap_or_default(),
        world.env.var("HOME").as_deref(),
    );
    let mut text = String::new();
    section(&mut text, "releve", &program(app));
    section(&mut text, "doctor", &examined(app, world).await);
    section(&mut text, "status", &status(app));
    section(&mut text, "configuration", &configuration(app, &redactor));
    section(&mut text, "log", &log(settings));
    redactor.redact(&text)
}

fn section(text: &mut String, name: &str, content: &str) {
    let _ = writeln!(text, "==== {name} ====\n{}\n", content.trim_end());
}

fn program(app: &App) -> String {
    format!(
        "version {}\nsystem {} {}\nat {}\nlanguage {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        app.now,
        app.words.lang.tag(),
    )
}

async fn examined(app: &App, world: &World<'_>) -> String {
    let found = doctor::examine(app, world).await;
    let mut page = Page::new(app.words, Terminal::PLAIN);
    page.doctor(&found);
    let mut bytes = Vec::new();
    let _ = page.finish(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn status(app: &App) -> String {
    let read = || {
        let settings = &app.settings()?.settings;
        let store = ledger::Store::open(&app.ledger()?, ledger::Access::Read)?;
        let status = view::status::read(Some(&store), settings, app.now, app.words)?;
        Ok::<_, crate::Failure>(serde_json::to_string_pretty(&status)?)
    };
    read().unwrap_or_else(|failure| failure.render(app.words.lang))
}

/// The file as it is understood: what cannot be read may hold a secret in any place.
fn configuration(app: &App, redactor: &Redactor) -> String {
    let Ok(loaded) = app.settings() else {
        return "(unreadable, left out)".to_owned();
    };
    let text = loaded.file.as_deref().and_then(bounded);
    match text.and_then(|text| text.parse::<toml::Table>().ok()) {
        Some(mut table) => {
            redactor.redact_table(&mut table);
            toml::to_string(&table).unwrap_or_default()
        }
        None => "(none)".to_owned(),
    }
}

/// The end of the newest file.
fn log(settings: Option<&Settings>) -> String {
    let newest = || {
        let folder = std::fs::read_dir(&settings?.log.folder).ok()?;
        let files = folder.filter_map(|entry| Some(entry.ok()?.path()));
        let is_log = |path: &std::path::PathBuf| path.extension().is_some_and(|kind| kind == "log");
        bounded(&files.filter(is_log).max()?)
    };
    let Some(text) = newest() else {
        return "(none)".to_owned();
    };
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LOG_LINES)..].join("\n")
}

/// The last bytes of a file.
fn bounded(path: &Path) -> Option<String> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = std::fs::File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST)))
        .ok()?;
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
