//! `cost`, `compare` and `tariff`: what may be written, and as types.

use clap::{Arg, ArgMatches, Command};
use jiff::Timestamp;
use meter::UsagePoint;

use super::Builder;
use super::args::{usage_point, word};
use crate::exit::{Failure, Said};
use crate::when::Days;

/// Arguments of `cost`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// Which days.
    pub days: Days,
    /// Only this usage point.
    pub usage_point: Option<UsagePoint>,
    /// Under this offer; none: the configured one.
    pub offer: Option<String>,
}

impl Builder {
    pub(super) fn cost(&self) -> Command {
        self.with_examples("cost", "cli-cost", "cli-cost-examples")
            .arg(self.period())
            .arg(self.usage_point())
            .arg(self.option("offer", "cli-value-offer", "cli-cost-offer"))
    }

    fn period(&self) -> Arg {
        self.positional("period", "cli-value-period", "cli-cost-period")
            .required(true)
            .display_order(1)
    }
}

pub(super) fn cost(args: &ArgMatches, now: Timestamp) -> Result<Cost, Failure> {
    Ok(Cost {
        days: days(args, now)?,
        usage_point: usage_point(args)?,
        offer: word(args, "offer").map(str::to_owned),
    })
}

fn days(args: &ArgMatches, now: Timestamp) -> Result<Days, Failure> {
    let text = word(args, "period").unwrap_or_default();
    let hint = Said::new("error-period-do");
    let days = Days::read(text, now).ok_or_else(|| {
        let said = Said::new("error-period").with("text", text);
        Failure::usage(said).hint(hint.clone())
    })?;
    if days.is_empty() {
        return Err(Failure::usage(Said::new("error-period-backwards")).hint(hint));
    }
    Ok(days)
}
