//! What an off-peak expression means, drawn as weeks.

use meter::{Direction, UsagePoint};
use service::Lang;
use tariff::holidays::Zone;
use tariff::off_peak::Year;
use tariff::{MinuteRange, OffPeakRules, Season, Windows};

use crate::json::off_peak::{Day, Explained, Week};

/// An expression that is understood, and for whom it is explained.
#[derive(Debug, Clone, Copy)]
pub struct Expression<'a> {
    /// The expression.
    pub rules: &'a OffPeakRules,
    /// Whose public holidays count.
    pub zone: Zone,
    /// Only for this usage point.
    pub usage_point: Option<UsagePoint>,
    /// Only for this direction.
    pub direction: Option<Direction>,
}

/// Draws it, and writes it as usual in a language.
pub fn explain(asked: Expression, lang: Lang) -> Explained {
    Explained {
        expression: match lang {
            Lang::Fr => asked.rules.to_string(),
            Lang::En => tariff::off_peak::English(asked.rules).to_string(),
        },
        holidays: asked.zone,
        weeks: weeks(asked),
    }
}

fn weeks(asked: Expression) -> Vec<Week> {
    let points: Vec<_> = match asked.usage_point {
        Some(point) => vec![Some(point)],
        None => [None]
            .into_iter()
            .chain(asked.rules.usage_points().map(Some))
            .collect(),
    };
    points
        .into_iter()
        .flat_map(|point| of_point(asked, point))
        .collect()
}

/// Both directions in one week where production has no part of its own.
fn of_point(asked: Expression, point: Option<UsagePoint>) -> Vec<Week> {
    let rules = asked.rules.rules(point);
    let directions = match asked.direction {
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
