//! What is wanted of each usage point, and how often each kind is worth a call.
//!
//! The curve is asked for every day; totals, maxima and registers change nothing
//! by coming a few days later, and one call brings many days of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use meter::{Direction, Kind, UsagePoint, paris};

use crate::trust::Trust;

/// Everything that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wishes {
    /// How often each kind is asked.
    pub cadence: Cadence,
    /// What is wanted of single usage points; of others everything.
    pub scopes: BTreeMap<UsagePoint, Scope>,
    /// Whom to believe where several sources are asked.
    pub trust: Trust,
}

impl Wishes {
    /// What is wanted of a usage point.
    pub fn scope(&self, usage_point: UsagePoint) -> Scope {
        self.scopes.get(&usage_point).cloned().unwrap_or_default()
    }
}

/// How many days pass between two calls, where nobody waits for each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cadence {
    /// Daily totals, while the curve comes.
    pub totals: u16,
    /// Daily maxima, unless wanted every day.
    pub maxima: u16,
    /// Register readings.
    pub index: u16,
    /// The contract.
    pub contract: u16,
    /// A direction that does not exist so far.
    pub production: u16,
}

impl Default for Cadence {
    fn default() -> Self {
        Self {
            totals: 7,
            maxima: 7,
            index: 28,
            contract: 30,
            production: 30,
        }
    }
}

/// What is wanted of a usage point; nothing else is ever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Kinds of data.
    pub kinds: BTreeSet<Kind>,
    /// Directions.
    pub directions: BTreeSet<Direction>,
    /// How many days back; none: as far as the source keeps.
    pub history: Option<u32>,
    /// Whether somebody looks at yesterday's maximum every day.
    pub daily_maximum: bool,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            kinds: Kind::ALL.into(),
            directions: Direction::ALL.into(),
            history: None,
            daily_maximum: false,
        }
    }
}

impl Scope {
    /// Whether a series is wanted.
    pub fn wants(&self, kind: Kind, direction: Direction) -> bool {
        self.kinds.contains(&kind) && self.directions.contains(&direction)
    }

    /// The first day that is wanted, of those that are kept since `floor`.
    pub fn begin(&self, floor: Date, today: Date) -> Date {
        let days = self.history.and_then(|days| i32::try_from(days).ok());
        days.map_or(floor, |days| paris::add_days(today, -days).max(floor))
    }

    /// The kind that shows whether a direction exists: totals where they are
    /// wanted, else what is.
    pub fn probe(&self) -> Option<Kind> {
        let order = [Kind::Daily, Kind::Curve, Kind::Index, Kind::Maximum];
        order.into_iter().find(|kind| self.kinds.contains(kind))
    }
}

impl Cadence {
    /// How many days of a kind one call waits for.
    pub fn days(&self, kind: Kind, scope: &Scope) -> u16 {
        let days = match kind {
            Kind::Curve => 1,
            Kind::Maximum if scope.daily_maximum => 1,
            Kind::Daily => self.totals,
            Kind::Maximum => self.maxima,
            Kind::Index => self.index,
        };
        days.max(1)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn history_is_as_long_as_wanted_and_never_longer_than_kept() {
        let (floor, today) = (date(2024, 11, 6), date(2026, 11, 21));
        let begin = |history| {
            let scope = Scope {
                history,
                ..Scope::default()
            };
            scope.begin(floor, today)
        };
        assert_eq!(begin(None), floor);
        assert_eq!(begin(Some(30)), date(2026, 10, 22));
        assert_eq!(begin(Some(100_000)), floor);
        assert_eq!(begin(Some(u32::MAX)), floor);
    }

    #[test]
    fn a_direction_is_looked_for_by_a_kind_that_is_wanted() {
        let scope = |kinds: &[Kind]| Scope {
            kinds: kinds.iter().copied().collect(),
            ..Scope::default()
        };
        assert_eq!(scope(&Kind::ALL).probe(), Some(Kind::Daily));
        assert_eq!(scope(&[Kind::Curve]).probe(), Some(Kind::Curve));
        assert_eq!(scope(&[]).probe(), None);
    }
}
