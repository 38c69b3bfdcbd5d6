//! What the page of data is asked for.

use home::Failure;
use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Direction, Kind, UsagePoint, paris};
use serde::Deserialize;

use crate::asked::refused;

/// The query, as it is written.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    point: Option<String>,
    direction: Option<String>,
    kind: Option<String>,
    year: Option<String>,
    day: Option<String>,
}

/// The query, read.
pub(super) struct Choice {
    pub point: Option<UsagePoint>,
    pub direction: Option<Direction>,
    pub kind: Option<Kind>,
    pub year: i16,
    pub day: Option<Date>,
}

impl Choice {
    /// Reads the query; what is no word of ours is refused.
    pub fn of(wanted: Wanted, now: Timestamp) -> Result<Self, Failure> {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        let point = given(wanted.point);
        let point = point.map(|text| text.parse().map_err(|_| refused("point", &text)));
        let direction = given(wanted.direction).map(|text| {
            let mut all = Direction::ALL.into_iter();
            let found = all.find(|one| one.to_string() == text);
            found.ok_or_else(|| refused("direction", &text))
        });
        let kind = given(wanted.kind).map(|text| {
            let mut all = Kind::ALL.into_iter();
            let found = all.find(|one| one.to_string() == text);
            found.ok_or_else(|| refused("kind", &text))
        });
        let day = given(wanted.day);
        let day: Option<Date> = day
            .map(|text| text.parse().map_err(|_| refused("day", &text)))
            .transpose()?;
        let year = given(wanted.year).map(|text| {
            let year = text.parse().ok().filter(|year| (1990..2200).contains(year));
            year.ok_or_else(|| refused("year", &text))
        });
        let today = paris::day_of(now);
        let usual = day.map_or(today.year(), |day| day.year().clamp(1990, 2199));
        Ok(Self {
            point: point.transpose()?,
            direction: direction.transpose()?,
            kind: kind.transpose()?,
            year: year.transpose()?.unwrap_or(usual),
            day,
        })
    }
}
