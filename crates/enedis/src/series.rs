//! What an answer of either generation holds: series of points, not yet judged.

use meter::{Direction, Phase, UsagePoint};

use crate::malformed::{Malformed, PointFault};
use crate::point::RawPoint;

/// An answer about measures.
#[derive(Debug)]
pub(crate) struct Answer {
    pub usage_point: Option<UsagePoint>,
    pub series: Vec<Series>,
}

/// Points of one quantity.
#[derive(Debug)]
pub(crate) struct Series {
    /// JSON path of the list of points.
    pub path: String,
    pub direction: Option<Direction>,
    /// Absent in v5, which says it by its path.
    pub quantity: Option<Quantity>,
    pub unit: Option<String>,
    pub points: Vec<RawPoint>,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantity {
    /// `PA`, W.
    Power,
    /// `EA`, Wh.
    Energy,
    /// `PMA`, `PMA1`…, VA.
    Maximum(Phase),
    /// Reactive energy and whatever else may come.
    Other,
}

impl Quantity {
    /// From `grandeurPhysique`.
    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "PA" => Self::Power,
            "EA" => Self::Energy,
            "PMA" => Self::Maximum(Phase::All),
            "PMA1" => Self::Maximum(Phase::One),
            "PMA2" => Self::Maximum(Phase::Two),
            "PMA3" => Self::Maximum(Phase::Three),
            _ => Self::Other,
        }
    }
}

/// From `grandeurMetier`.
pub(crate) fn direction(code: &str) -> Option<Direction> {
    match code {
        "CONS" => Some(Direction::Consumption),
        "PROD" => Some(Direction::Production),
        _ => None,
    }
}

impl Answer {
    /// The series of one quantity, all in the unit it must have.
    pub(crate) fn select(
        &self,
        wanted: impl Fn(Quantity) -> bool,
        unit: &'static str,
        field: &'static str,
    ) -> Result<Vec<&Series>, Malformed> {
        let chosen: Vec<&Series> = self
            .series
            .iter()
            .filter(|series| series.quantity.is_none_or(&wanted))
            .collect();
        if chosen.is_empty() && !self.series.is_empty() {
            return Err(Malformed::Missing { field });
        }
        for series in &chosen {
            if series.unit.as_deref().is_some_and(|said| said != unit) {
                let path = series.path.clone();
                return Err(Malformed::Unit {
                    path,
                    expected: unit,
                });
            }
        }
        Ok(chosen)
    }
}

/// The one direction of the series, when they name any.
pub(crate) fn common_direction(series: &[&Series]) -> Result<Option<Direction>, Malformed> {
    let mut named = series.iter().filter_map(|series| series.direction);
    let first = named.next();
    if named.any(|other| Some(other) != first) {
        return Err(Malformed::MixedDirections);
    }
    Ok(first)
}

impl Series {
    /// A point's fault with its place.
    pub(crate) fn fault(&self, index: usize, fault: PointFault) -> Malformed {
        Malformed::Point {
            path: format!("{}[{index}]", self.path),
            stamp: self.points.get(index).and_then(|point| point.stamp.any()),
            fault,
        }
    }
}
