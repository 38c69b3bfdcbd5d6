//! `completions`: a shell's completion script.

use crate::{App, Exit, Failure, World, cli};

/// Writes the script, with help texts in the reader's language.
pub(super) fn completions(
    app: &App,
    shell: clap_complete::Shell,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let mut command = cli::command(app.words.lang, world.terminal.width);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "releve", &mut script);
    world.out.write_all(&script)?;
    Ok(Exit::Ok)
}
