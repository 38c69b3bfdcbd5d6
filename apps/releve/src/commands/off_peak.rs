//! `off-peak`: what an expression means, drawn as weeks or asked by instant.

mod at;

use meter::{Direction, UsagePoint};
use tariff::off_peak::Year;
use tariff::{MinuteRange, Season, Windows};

use crate::cli::{OffPeak, Question};
use crate::json::off_peak::{Day, Explained, Week};
use crate::text::Page;
use crate::words::Words;
use crate::{App, Exit, Failure, World, json};

/// Explains an expression, or asks it.
pub(super) fn off_peak(app: &App, args: &OffPeak, world: &mut World<'_>) -> Result<Exit, Failure> {
    match &args.question {
        Question::Explain => explain(app, args, world),
        Question::At(instants) => at::at(app, args, instants, world),
    }
}

fn explain(app: &App, args: &OffPeak, world: &mut World<'_>) -> Result<Exit, Failure> {
    let explained = Explained {
        expression: written(app.words, args),
        holidays: args.zone,
        weeks: weeks(args),
    };
    if app.globals.json {
        json::emit(world.out, &explained)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    page.explained(&explained);
    page.finish(world.out)?;
    Ok(Exit::Ok)
}

fn written(words: Words, args: &OffPeak) -> String {
    match words.lang {
        service::Lang::Fr => args.rules.to_string(),
        service::Lang::En => tariff::off_peak::English(&args.rules).to_string(),
    }
}

fn weeks(args: &OffPeak) -> Vec<Week> {
    let points: Vec<_> = match args.usage_point {
        Some(point) => vec![Some(point)],
        None => [None]
            .into_iter()
            .chain(args.rules.usage_points().map(Some))
            .collect(),
    };
    points
        .into_iter()
        .flat_map(|point| of_point(args, point))
        .collect()
}

/// Both directions in one week where production has no part of its own.
fn of_point(args: &OffPeak, point: Option<UsagePoint>) -> Vec<Week> {
    let rules = args.rules.rules(point);
    let directions = match args.direction {
        Some(direction) => vec![Some(direction)],
        None if rules.has_production() => Direction::ALL.map(Some).to_vec(),
        None => vec![None],
    };
    let of_direction = |direction: Option<Direction>| {
        let year = rules.year(direction.unwrap_or(Direction::Consumption));
        of_year(point, direction, year)
    };
    directions.into_iter().flat_map(of_direction).collect()
}

fn of_year(point: Option<UsagePoint>, direction: Option<Direction>, year: &Year) -> Vec<Week> {
    let seasons = if year.is_seasonal() {
        Season::ALL.map(Some).to_vec()
    } else {
        vec![None]
    };
    let week = |season: Option<Season>| {
        let typical = year.week(season.unwrap_or(Season::Winter)).typical();
        let days = (1..).zip(&typical.days);
        Week {
            usage_point: point,
            direction,
            season,
            days: days
                .map(|(weekday, windows)| day(weekday, windows))
                .collect(),
            public_holidays: typical.holiday.as_ref().map(ranges),
        }
    };
    seasons.into_iter().map(week).collect()
}

fn day(weekday: u8, windows: &Windows) -> Day {
    Day {
        weekday,
        ranges: ranges(windows),
        minutes: windows.minutes(),
    }
}

fn ranges(windows: &Windows) -> Vec<String> {
    let ranges = windows.ranges().iter();
    ranges.map(MinuteRange::to_string).collect()
}
