//! Jeedom's troubles by their names in the catalogue.

use super::compare::Refused;
use super::error::JeedomError;
use super::push::Filled;
use super::warnings::{Scenario, Warning};
use crate::trouble::Trouble;

/// An error.
pub fn error(error: &JeedomError) -> Trouble {
    Trouble::new(&format!("jeedom-problem-{}", error.name())).with("what", error.what())
}

/// Whether only one usage point is concerned.
pub(super) fn is_of_one(trouble: &Trouble) -> bool {
    let names = ["no-setup", "no-equipment", "no-command"];
    let name = trouble.name.strip_prefix("jeedom-problem-");
    name.is_some_and(|name| names.contains(&name))
}

/// What is wrong with a command. An adopted equipment need not have them all.
pub fn command(filled: &Filled, is_adopted: bool) -> Option<Trouble> {
    match &filled.refused {
        Some(Refused::Absent) if is_adopted => None,
        Some(refused) => Some(self::refused(&filled.name, refused)),
        None if filled.unstored > 0 => {
            let trouble = Trouble::new("jeedom-unstored").with("command", &filled.name);
            Some(trouble.with("what", filled.unstored))
        }
        None => None,
    }
}

/// Why a command is not filled.
pub fn refused(command: &str, refused: &Refused) -> Trouble {
    let formula = match refused {
        Refused::Formula(formula) => formula.as_str(),
        _ => "",
    };
    Trouble::new(&format!("jeedom-refused-{}", refused.name()))
        .with("command", command)
        .with("what", formula)
}

/// What will go wrong in Jeedom itself.
pub fn warning(warning: &Warning) -> Trouble {
    match warning {
        Warning::DeletesSince { version, year } => Trouble::new("jeedom-warning-year")
            .with("version", version)
            .with("year", year),
        Warning::UnknownCore { version } => {
            Trouble::new("jeedom-warning-core").with("version", version)
        }
        Warning::Purged { command, after } if command == "*" => {
            Trouble::new("jeedom-warning-purge-all").with("after", after)
        }
        Warning::Purged { command, after } => Trouble::new("jeedom-warning-purge")
            .with("command", command)
            .with("after", after),
        Warning::Disabled { equipment } => {
            Trouble::new("jeedom-warning-disabled").with("equipment", equipment)
        }
        Warning::Zone { zone } => Trouble::new("jeedom-warning-zone").with("zone", zone),
    }
}

/// A scenario that values start; `held` when nothing was sent because of it.
pub fn scenario(scenario: &Scenario, held: bool) -> Trouble {
    let name = if held {
        "jeedom-scenario-held"
    } else {
        "jeedom-scenario"
    };
    Trouble::new(name)
        .with("name", &scenario.name)
        .with("id", scenario.id)
}
