//! `off-peak`: what an expression means, drawn as weeks or asked by instant.

mod at;

use home::answer::{self, Expression};

use crate::cli::{OffPeak, Question};
use crate::text::Page;
use crate::{App, Exit, Failure, World, json};

/// Explains an expression, or asks it.
pub(super) fn off_peak(app: &App, args: &OffPeak, world: &mut World<'_>) -> Result<Exit, Failure> {
    match &args.question {
        Question::Explain => explain(app, args, world),
        Question::At(instants) => at::at(app, args, instants, world),
    }
}

fn explain(app: &App, args: &OffPeak, world: &mut World<'_>) -> Result<Exit, Failure> {
    let expression = Expression {
        rules: &args.rules,
        zone: args.zone,
        usage_point: args.usage_point,
        direction: args.direction,
    };
    let explained = answer::explain(expression, app.words.lang);
    if app.globals.json {
        json::emit(world.out, &explained)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    page.explained(&explained);
    page.finish(world.out)?;
    Ok(Exit::Ok)
}
