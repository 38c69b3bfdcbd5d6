//! `init`: where to write, and how to ask for a secret; the dialogue is [`crate::init`].

use crate::cli::InitArgs;
use crate::init::{self, Options};
use crate::{App, Exit, Failure, Said, World, config, json};

/// Writes the first configuration.
pub(super) fn init(app: &App, args: &InitArgs, world: &mut World<'_>) -> Result<Exit, Failure> {
    let Some(target) = config::target(&app.asked, world.env) else {
        return Err(
            Failure::new(Exit::Configuration, Said::new("error-no-config-place"))
                .hint(Said::new("error-no-config-place-do")),
        );
    };
    let mut hidden = init::hidden_reader();
    let options = Options {
        lang: app.words.lang,
        target: &target,
        force: args.force,
        hidden: if world.terminal.interactive {
            Some(&mut hidden)
        } else {
            None
        },
    };
    if !app.globals.json {
        init::run(&mut world.input, &mut world.out, options)?;
        return Ok(Exit::Ok);
    }
    // The questions are for the person; standard output is for the program, and
    // without a person standard error as well.
    let mut nobody = std::io::sink();
    let mut asked: &mut dyn std::io::Write = if world.terminal.interactive {
        &mut *world.err
    } else {
        &mut nobody
    };
    init::run(&mut world.input, &mut asked, options)?;
    let file = target.display().to_string();
    json::emit(world.out, &json::init::Init { file })?;
    Ok(Exit::Ok)
}
