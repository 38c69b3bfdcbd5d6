//! `cost`, `compare` and `tariff`: what may be written, and as types.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};
use jiff::Timestamp;
use jiff::civil::Date;
use meter::{UsagePoint, paris};

use super::Builder;
use super::args::{usage_point, when, word};
use crate::exit::{Failure, Said};
use crate::when::{Days, When};

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

/// Arguments of `compare`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compare {
    /// Which days.
    pub days: Days,
    /// Only this usage point.
    pub usage_point: Option<UsagePoint>,
    /// Only these offers; empty: all.
    pub offers: Vec<String>,
}

/// Arguments of `tariff`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tariff {
    /// The known offers.
    List,
    /// One of them, of a day or whole.
    Show(String, Option<Date>),
    /// A file of them.
    Check(PathBuf),
    /// The colours of days.
    Colours(Colours),
    /// The curve's classes beside the meter's registers.
    Index(Cost),
}

/// Arguments of `tariff colours`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colours {
    /// Which days.
    pub days: Days,
    /// EJP's, not Tempo's.
    pub ejp: bool,
    /// The user's own word on these days.
    pub set: Option<String>,
}

impl Builder {
    pub(super) fn compare(&self) -> Command {
        let offers = self
            .option("offers", "cli-value-offers", "cli-compare-offers")
            .value_delimiter(',');
        self.with_examples("compare", "cli-compare", "cli-compare-examples")
            .arg(self.period())
            .arg(self.usage_point())
            .arg(offers)
    }

    pub(super) fn tariff(&self) -> Command {
        let id = self
            .positional("id", "cli-value-offer", "cli-tariff-id")
            .required(true)
            .display_order(1);
        let date = self
            .positional("date", "cli-value-date", "cli-tariff-date")
            .display_order(2);
        let file = self
            .positional("file", "cli-value-file", "cli-tariff-file")
            .required(true)
            .value_parser(value_parser!(PathBuf));
        self.with_examples("tariff", "cli-tariff", "cli-tariff-examples")
            .subcommand_required(true)
            .subcommand(self.plain("list", "cli-tariff-list").arg(self.help()))
            .subcommand(
                self.plain("show", "cli-tariff-show")
                    .arg(id)
                    .arg(date)
                    .arg(self.help()),
            )
            .subcommand(
                self.plain("check", "cli-tariff-check")
                    .arg(file)
                    .arg(self.help()),
            )
            .subcommand(self.colours())
            .subcommand(
                self.plain("index", "cli-tariff-index")
                    .arg(self.period())
                    .arg(self.usage_point())
                    .arg(self.option("offer", "cli-value-offer", "cli-cost-offer"))
                    .arg(self.help()),
            )
    }

    fn colours(&self) -> Command {
        let period = self
            .positional("period", "cli-value-period", "cli-colours-period")
            .display_order(1);
        self.with_examples("colours", "cli-tariff-colours", "cli-colours-examples")
            .arg(period)
            .arg(self.choice("calendar", &["tempo", "ejp"], "cli-colours-calendar"))
            .arg(
                self.option("set", "cli-value-colour", "cli-colours-set")
                    .requires("period"),
            )
            .arg(self.help())
    }

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

pub(super) fn compare(args: &ArgMatches, now: Timestamp) -> Result<Compare, Failure> {
    let offers = args.get_many::<String>("offers").into_iter().flatten();
    let offers = offers.map(|id| id.trim().to_owned());
    Ok(Compare {
        days: days(args, now)?,
        usage_point: usage_point(args)?,
        offers: offers.filter(|id| !id.is_empty()).collect(),
    })
}

pub(super) fn tariff(args: &ArgMatches, now: Timestamp) -> Result<Tariff, Failure> {
    match args.subcommand() {
        Some(("show", args)) => {
            let day = match when(args, "date", now)? {
                Some(When::Day(day)) => Some(day),
                None => None,
                Some(_) => {
                    let text = word(args, "date").unwrap_or_default();
                    let said = Said::new("error-date").with("text", text);
                    return Err(Failure::usage(said).hint(Said::new("error-date-do")));
                }
            };
            let id = word(args, "id").unwrap_or_default();
            Ok(Tariff::Show(id.to_owned(), day))
        }
        Some(("check", args)) => {
            let file = args.get_one::<PathBuf>("file").cloned();
            Ok(Tariff::Check(file.unwrap_or_default()))
        }
        Some(("colours", args)) => Ok(Tariff::Colours(Colours {
            days: match word(args, "period") {
                Some(_) => days(args, now)?,
                None => lately(now),
            },
            ejp: word(args, "calendar") == Some("ejp"),
            set: word(args, "set").map(str::to_owned),
        })),
        Some(("index", args)) => Ok(Tariff::Index(cost(args, now)?)),
        _ => Ok(Tariff::List),
    }
}

/// The last two weeks, today and tomorrow.
fn lately(now: Timestamp) -> Days {
    let today = paris::day_of(now);
    Days::between(paris::add_days(today, -14), paris::add_days(today, 2))
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
