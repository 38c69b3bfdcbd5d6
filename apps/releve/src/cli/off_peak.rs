//! `off-peak explain` and `off-peak at`: what may be written, and as types.

use clap::{Arg, ArgAction, ArgMatches, Command};
use meter::{Direction, UsagePoint};
use tariff::OffPeakRules;
use tariff::holidays::{UnknownZone, Zone};

use super::Builder;
use super::args::{direction, usage_point, word};
use crate::exit::{Failure, Said};

/// Arguments of `off-peak`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffPeak {
    /// The expression, understood.
    pub rules: OffPeakRules,
    /// Whose public holidays count.
    pub zone: Zone,
    /// Only for this usage point.
    pub usage_point: Option<UsagePoint>,
    /// Only for this direction.
    pub direction: Option<Direction>,
    /// What is asked.
    pub question: Question,
}

/// What is asked about an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// How a week passes.
    Explain,
    /// Whether these instants are off-peak, as written; none: standard input's.
    At(Vec<String>),
}

impl Builder {
    pub(super) fn off_peak(&self) -> Command {
        let explain = self
            .with_examples(
                "explain",
                "cli-off-peak-explain",
                "cli-off-peak-explain-examples",
            )
            .arg(self.expression().num_args(1..));
        let instants = self
            .positional("instants", "cli-value-instant", "cli-off-peak-instants")
            .display_order(2)
            .action(ArgAction::Append)
            .num_args(0..);
        let at = self
            .with_examples("at", "cli-off-peak-at", "cli-off-peak-at-examples")
            .arg(self.expression())
            .arg(instants);
        let questions = [explain, at].map(|question| {
            question
                .arg(self.usage_point())
                .arg(self.direction())
                .arg(self.option("holidays", "cli-value-zone", "cli-off-peak-holidays"))
                .arg(self.help())
        });
        self.with_examples("off-peak", "cli-off-peak", "cli-off-peak-examples")
            .subcommand_required(true)
            .subcommands(questions)
    }

    fn expression(&self) -> Arg {
        self.positional(
            "expression",
            "cli-value-expression",
            "cli-off-peak-expression",
        )
        .required(true)
        .display_order(1)
    }
}

/// The expression is understood here, so that a slip in it is one in the command line.
pub(super) fn read(args: &ArgMatches) -> Result<OffPeak, Failure> {
    let Some((question, args)) = args.subcommand() else {
        return Err(Failure::usage(Said::new("error-usage-no-command")));
    };
    let words = |name| args.get_many::<String>(name).into_iter().flatten();
    let text = words("expression").map(String::as_str).collect::<Vec<_>>();
    let text = text.join(" ");
    Ok(OffPeak {
        rules: text
            .parse()
            .map_err(|error| Failure::expression(&text, error))?,
        zone: zone(args)?,
        usage_point: usage_point(args)?,
        direction: direction(args),
        question: match question {
            "at" => Question::At(words("instants").cloned().collect()),
            _ => Question::Explain,
        },
    })
}

fn zone(args: &ArgMatches) -> Result<Zone, Failure> {
    let zone = word(args, "holidays").map_or(Ok(Zone::Mainland), str::parse);
    zone.map_err(|UnknownZone(name)| {
        let names = Zone::ALL.map(Zone::as_str).join(", ");
        let hint = Said::new("error-zone-do").with("names", names);
        Failure::usage(Said::new("error-zone").with("name", name)).hint(hint)
    })
}
