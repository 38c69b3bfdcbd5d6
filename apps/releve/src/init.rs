//! `releve init`: a short dialogue that writes the first configuration.
//!
//! Nothing is written before the last answer, and no file is ever replaced
//! unless that was asked for.

mod dialogue;

use std::io::{self, BufRead, Write};
use std::path::Path;

use home::first::{SourceAnswers, text};
use service::files::{create_private, write_private};
use service::{Lang, tr};

use dialogue::Dialogue;

pub use home::exit::InitError;

/// Shows a prompt and reads a secret without showing it; the end of the input is
/// an error of kind [`io::ErrorKind::UnexpectedEof`].
pub type ReadHidden<'a> = &'a mut dyn FnMut(&str) -> io::Result<String>;

/// How to run the dialogue.
pub struct Options<'a> {
    /// The language to speak, also in the file.
    pub lang: Lang,
    /// The file to write.
    pub target: &'a Path,
    /// Replace the file if it exists.
    pub force: bool,
    /// How a secret is read: [`hidden_reader`] on a terminal, none elsewhere.
    pub hidden: Option<ReadHidden<'a>>,
}

/// Asks and writes the file, readable by its owner alone (`0600`).
pub fn run(
    input: &mut impl BufRead,
    output: &mut impl Write,
    options: Options<'_>,
) -> Result<(), InitError> {
    let Options {
        lang,
        target,
        force,
        hidden,
    } = options;
    let path = target.display().to_string();
    // Also a link to nowhere is somebody's.
    if !force && target.symlink_metadata().is_ok() {
        return Err(InitError::Exists(target.to_owned()));
    }
    writeln!(output, "{}\n", tr(lang, "init-intro", &[("path", &path)]))?;
    let answers = Dialogue::new(input, output, lang, hidden).answers()?;
    write(target, force, &text(&answers, lang))?;
    let next = match answers.source {
        Some(SourceAnswers::Application(_) | SourceAnswers::Token(_)) => "init-next",
        Some(SourceAnswers::Account(_)) => "init-next-account",
        Some(SourceAnswers::Gateway(_) | SourceAnswers::DomoticzProxy) => "init-next-consent",
        Some(SourceAnswers::Folder(_)) => "init-next-folder",
        None => "init-next-import",
    };
    writeln!(output, "\n{}", tr(lang, "init-written", &[("path", &path)]))?;
    writeln!(output, "{}", tr(lang, next, &[]))?;
    Ok(())
}

fn write(target: &Path, force: bool, text: &str) -> Result<(), InitError> {
    let written = if force {
        write_private(target, text.as_bytes())
    } else {
        create_private(target, text.as_bytes())
    };
    written.map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => InitError::Exists(target.to_owned()),
        _ => InitError::Unwritable {
            path: target.to_owned(),
            cause,
        },
    })
}

/// Reads a secret from the terminal without showing it.
pub fn hidden_reader() -> impl FnMut(&str) -> io::Result<String> {
    |prompt| rpassword::prompt_password(prompt)
}
