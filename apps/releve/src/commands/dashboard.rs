//! `dashboard password`: asks for a password without showing it and keeps its
//! hash in a file of its owner alone.

use std::io::{BufRead, Read};

use dashboard::door::PasswordHash;
use secrecy::{ExposeSecret, SecretString};
use service::files::write_private;
use service::random::SystemRandomness;

use crate::cli::Dashboard;
use crate::init::hidden_reader;
use crate::json::dashboard::PasswordSet;
use crate::{App, Exit, Failure, Said, World, json};

/// Bytes of a line that are read at most.
const LONGEST: u64 = 4 << 10;

/// Looks after the dashboard.
pub(super) fn dashboard(
    app: &App,
    args: Dashboard,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let Dashboard::Password { viewer } = args;
    let settings = &app.settings()?.settings.dashboard;
    let (role, file) = if viewer {
        ("viewer", &settings.viewer)
    } else {
        ("owner", &settings.owner)
    };
    let password = ask(app, world)?;
    let hash = PasswordHash::of(password.expose_secret(), &SystemRandomness::new())?;
    let text = format!("{}\n", hash.expose());
    write_private(&file.path, text.as_bytes()).map_err(|error| {
        let said = Said::new("password-unwritable")
            .path(&file.path)
            .cause(&error);
        Failure::new(Exit::Data, said)
    })?;
    let path = file.path.display().to_string();
    if app.globals.json {
        let role = role.to_owned();
        json::emit(world.out, &PasswordSet { role, file: path })?;
    } else if !app.globals.quiet {
        let kept = format!("password-kept-{role}");
        writeln!(world.out, "{}", app.words.say(&kept, &[("path", &path)]))?;
        writeln!(world.out, "{}", app.words.t("password-restart"))?;
    }
    Ok(Exit::Ok)
}

/// Asked twice on a terminal, else the first line of standard input.
fn ask(app: &App, world: &mut World<'_>) -> Result<SecretString, Failure> {
    if !world.terminal.interactive {
        return line(world);
    }
    let first = hidden(app, "password-ask")?;
    let second = hidden(app, "password-again")?;
    if first.expose_secret() != second.expose_secret() {
        let differ = Failure::usage(Said::new("password-differ"));
        return Err(differ.hint(Said::new("password-differ-do")));
    }
    Ok(first)
}

fn hidden(app: &App, question: &str) -> Result<SecretString, Failure> {
    let text = format!("{} ", app.words.t(question));
    let typed = hidden_reader()(&text).map_err(|_| ended())?;
    Ok(SecretString::from(typed))
}

fn line(world: &mut World<'_>) -> Result<SecretString, Failure> {
    let mut bytes = Vec::new();
    let mut limited = (&mut *world.input).take(LONGEST);
    limited.read_until(b'\n', &mut bytes)?;
    let text = String::from_utf8(bytes).map_err(|_| ended())?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() {
        return Err(ended());
    }
    Ok(SecretString::from(text))
}

fn ended() -> Failure {
    Failure::usage(Said::new("password-too-short"))
}
