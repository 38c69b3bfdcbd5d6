//! The off-peak plans of one usage point, in time.
//!
//! Windows change: with the supplier, with the reform of 2025-2027, with the
//! season. A plan is therefore dated and keeps its source; a new one never
//! replaces an old one silently, and what overlaps or lacks is told.

use jiff::civil::Date;
use meter::{Direction, UsagePoint};
use serde::{Deserialize, Serialize};

use crate::holidays::Zone;
use crate::off_peak::{ExpressionError, OffPeakRules};
use crate::season::Season;
use crate::windows::Windows;

mod problems;

pub use problems::PlanProblem;

/// Who says that a plan holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlanSource {
    /// The configuration. It goes before Enedis' answer, which is kept beside it.
    Configuration,
    /// Enedis' answer about the contract.
    Enedis,
}

/// One plan: an expression and the local days on which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The first day; `None`: since always.
    pub first: Option<Date>,
    /// The day after the last; `None`: no end is known.
    pub end: Option<Date>,
    /// Only in this season; `None`: all year.
    pub season: Option<Season>,
    /// Who says so.
    pub source: PlanSource,
    /// As it was written.
    pub written: String,
    /// What it means; a text that is not understood is kept, and means nothing.
    pub rules: Result<OffPeakRules, ExpressionError>,
}

impl Plan {
    /// A plan for all time, from its text.
    pub fn new(source: PlanSource, written: &str) -> Self {
        Self {
            first: None,
            end: None,
            season: None,
            source,
            written: written.trim().to_owned(),
            rules: written.trim().parse(),
        }
    }

    /// The same from a first day on.
    #[must_use]
    pub fn from(mut self, first: Date) -> Self {
        self.first = Some(first);
        self
    }

    /// The same before a day.
    #[must_use]
    pub fn until(mut self, end: Date) -> Self {
        self.end = Some(end);
        self
    }

    /// The same in one season only.
    #[must_use]
    pub fn in_season(mut self, season: Season) -> Self {
        self.season = Some(season);
        self
    }

    /// Whether it holds on that day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day)
            && self.end.is_none_or(|end| day < end)
            && self.season.is_none_or(|season| season == Season::of(day))
    }

    fn same_hours(&self, other: &Self) -> bool {
        matches!((&self.rules, &other.rules), (Ok(one), Ok(two)) if one == two)
    }
}

/// All plans of a usage point.
///
/// ```
/// use jiff::civil::date;
/// use meter::Direction::Consumption;
/// use tariff::holidays::Zone;
/// use tariff::plan::{Observed, Plan, PlanSource, Plans};
///
/// let mut plans = Plans::new("12345678901234".parse().unwrap());
/// plans.observe("HC (22H38-6H38)", date(2025, 1, 1), None);
/// let news = plans.observe("HC (1H00-6H00;12H00-15H00)", date(2026, 11, 20), None);
/// assert_eq!(news, Observed::Changed);
/// let on = |day| plans.windows(Consumption, day, Zone::Mainland).unwrap().to_string();
/// assert_eq!(on(date(2026, 11, 19)), "00:00-06:38 22:38-24:00");
/// assert_eq!(on(date(2026, 11, 20)), "01:00-06:00 12:00-15:00");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plans {
    usage_point: UsagePoint,
    plans: Vec<Plan>,
}

/// What holds on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanAt<'a> {
    /// This plan.
    Known(&'a Plan),
    /// No plan is known.
    Unknown,
    /// Two plans of one source say different things.
    Contradiction(&'a Plan, &'a Plan),
}

/// What an answer of Enedis changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// The first answer.
    First,
    /// The same text as before.
    Same,
    /// Another text: the earlier plan ends where this one begins.
    Changed,
    /// An answer older than the one that holds: nothing was changed.
    Older,
}

impl Plans {
    /// No plan yet.
    pub fn new(usage_point: UsagePoint) -> Self {
        Self {
            usage_point,
            plans: Vec::new(),
        }
    }

    /// Adds a plan as it is.
    pub fn add(&mut self, plan: Plan) {
        self.plans.push(plan);
    }

    /// Takes in what Enedis answered on a day. A first answer holds from `since`
    /// (`None`: since always); a new text holds from the day it was seen.
    pub fn observe(&mut self, written: &str, on: Date, since: Option<Date>) -> Observed {
        let mut stated = self.plans.iter_mut();
        let last = stated.rfind(|plan| plan.source == PlanSource::Enedis);
        let plan = Plan::new(PlanSource::Enedis, written);
        match last {
            None => {
                self.plans.push(Plan {
                    first: since,
                    ..plan
                });
                Observed::First
            }
            Some(last) if last.written == plan.written => Observed::Same,
            Some(last) if last.first.is_some_and(|first| on < first) => Observed::Older,
            Some(last) => {
                last.end = Some(on);
                self.plans.push(plan.from(on));
                Observed::Changed
            }
        }
    }

    /// Every plan, in the order in which they came.
    pub fn all(&self) -> &[Plan] {
        &self.plans
    }

    /// What holds on a day: the configuration's plan, else Enedis'.
    pub fn plan_at(&self, day: Date) -> PlanAt<'_> {
        let sources = [PlanSource::Configuration, PlanSource::Enedis];
        let found = sources.map(|source| self.of(source, day));
        let known = found.into_iter().find(|at| *at != PlanAt::Unknown);
        known.unwrap_or(PlanAt::Unknown)
    }

    fn of(&self, source: PlanSource, day: Date) -> PlanAt<'_> {
        let mut plans = self.plans.iter();
        let Some(first) = plans.find(|plan| plan.source == source && plan.holds_on(day)) else {
            return PlanAt::Unknown;
        };
        let other = plans
            .find(|plan| plan.source == source && plan.holds_on(day) && !plan.same_hours(first));
        other.map_or(PlanAt::Known(first), |other| {
            PlanAt::Contradiction(first, other)
        })
    }

    /// Off-peak minutes of a local day; `None` when no plan says, two disagree,
    /// or the one that holds is not understood.
    pub fn windows(&self, direction: Direction, day: Date, zone: Zone) -> Option<Windows> {
        let PlanAt::Known(plan) = self.plan_at(day) else {
            return None;
        };
        let rules = plan.rules.as_ref().ok()?;
        Some(rules.windows(self.usage_point, direction, day, zone))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn plans() -> Plans {
        Plans::new("12345678901234".parse().unwrap())
    }

    fn shown(plans: &Plans, day: Date) -> Option<String> {
        let windows = plans.windows(Direction::Consumption, day, Zone::Mainland);
        windows.map(|windows| windows.to_string())
    }

    #[test]
    fn each_season_has_its_own_plan_within_its_dates() {
        let mut plans = plans();
        let configured = |text| Plan::new(PlanSource::Configuration, text).from(date(2026, 11, 1));
        plans.add(configured("1h-7h 12h-14h").in_season(Season::Winter));
        plans.add(configured("2h-6h 11h-15h").in_season(Season::Summer));
        assert_eq!(shown(&plans, date(2026, 10, 31)), None);
        let winter = Some("01:00-07:00 12:00-14:00".to_owned());
        assert_eq!(shown(&plans, date(2026, 11, 1)), winter);
        let summer = Some("02:00-06:00 11:00-15:00".to_owned());
        assert_eq!(shown(&plans, date(2027, 4, 1)), summer);
    }

    #[test]
    fn the_configuration_goes_first_and_enedis_answer_is_kept() {
        let mut plans = plans();
        plans.observe("HC (22H38-6H38)", date(2026, 1, 1), None);
        plans.add(Plan::new(PlanSource::Configuration, "1h-7h").until(date(2026, 6, 1)));
        assert_eq!(
            shown(&plans, date(2026, 5, 31)),
            Some("01:00-07:00".to_owned())
        );
        let stated = Some("00:00-06:38 22:38-24:00".to_owned());
        assert_eq!(shown(&plans, date(2026, 6, 1)), stated);
        assert_eq!(plans.all().len(), 2);
    }

    #[test]
    fn two_plans_of_one_source_that_disagree_are_no_plan() {
        let mut plans = plans();
        plans.add(Plan::new(PlanSource::Configuration, "1h-7h"));
        plans.add(Plan::new(PlanSource::Configuration, "2h-7h").from(date(2026, 6, 1)));
        assert_eq!(
            shown(&plans, date(2026, 5, 31)),
            Some("01:00-07:00".to_owned())
        );
        assert_eq!(shown(&plans, date(2026, 6, 1)), None);
        let at = plans.plan_at(date(2026, 6, 1));
        assert!(matches!(at, PlanAt::Contradiction(..)));
    }

    #[test]
    fn a_text_that_is_not_understood_is_kept_and_means_nothing() {
        let mut plans = plans();
        plans.observe("HC (selon saison)", date(2026, 1, 1), None);
        assert_eq!(shown(&plans, date(2026, 1, 1)), None);
        assert_eq!(plans.all()[0].written, "HC (selon saison)");
    }

    #[test]
    fn an_answer_changes_the_plan_from_the_day_it_was_seen_and_only_forward() {
        let mut plans = plans();
        let since = Some(date(2025, 1, 1));
        assert_eq!(
            plans.observe("HC (1H-7H)", date(2026, 1, 1), since),
            Observed::First
        );
        assert_eq!(
            plans.observe(" HC (1H-7H)", date(2026, 2, 1), since),
            Observed::Same
        );
        assert_eq!(
            plans.observe("HC (2H-8H)", date(2026, 3, 1), since),
            Observed::Changed
        );
        assert_eq!(
            plans.observe("HC (3H-9H)", date(2026, 2, 1), since),
            Observed::Older
        );
        assert_eq!(shown(&plans, date(2024, 12, 31)), None);
        assert_eq!(
            shown(&plans, date(2026, 2, 28)),
            Some("01:00-07:00".to_owned())
        );
        assert_eq!(
            shown(&plans, date(2026, 3, 1)),
            Some("02:00-08:00".to_owned())
        );
    }
}
