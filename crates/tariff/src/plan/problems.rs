//! What is wrong with a list of plans: gaps, contradictions, unreadable texts.

use jiff::civil::Date;
use meter::paris;

use super::{Plan, PlanAt, PlanSource, Plans};

/// Days, from the first and before the end, on which a list of plans is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanProblem {
    /// No plan is known.
    Gap {
        /// The first such day.
        first: Date,
        /// The day after the last.
        end: Date,
    },
    /// Two plans of one source hold and differ: none is used.
    Overlap {
        /// The first such day.
        first: Date,
        /// The day after the last.
        end: Date,
        /// Both, as written.
        written: [String; 2],
    },
    /// The plan that holds is not understood.
    Unreadable {
        /// The first such day.
        first: Date,
        /// The day after the last.
        end: Date,
        /// As written.
        written: String,
    },
    /// The configuration differs from what Enedis states; it is used.
    Differs {
        /// The first such day.
        first: Date,
        /// The day after the last.
        end: Date,
        /// The configuration's plan, as written.
        configured: String,
        /// Enedis' plan, as written.
        stated: String,
    },
}

/// What is wrong on one day.
#[derive(Clone, Copy, PartialEq)]
enum Wrong<'a> {
    Gap,
    Overlap(&'a Plan, &'a Plan),
    Unreadable(&'a Plan),
    Differs(&'a Plan, &'a Plan),
}

impl Plans {
    /// Everything that is wrong from a day on, before another, in order.
    pub fn problems(&self, first: Date, end: Date) -> Vec<PlanProblem> {
        let mut runs: Vec<(Wrong<'_>, Date, Date)> = Vec::new();
        for day in paris::days(first, end) {
            let Some(wrong) = self.wrong(day) else {
                continue;
            };
            let next = paris::add_days(day, 1);
            match runs.last_mut() {
                Some((same, _, end)) if *same == wrong && *end == day => *end = next,
                _ => runs.push((wrong, day, next)),
            }
        }
        let problem = |(wrong, first, end): (Wrong<'_>, _, _)| wrong.problem(first, end);
        runs.into_iter().map(problem).collect()
    }

    fn wrong(&self, day: Date) -> Option<Wrong<'_>> {
        match self.plan_at(day) {
            PlanAt::Unknown => Some(Wrong::Gap),
            PlanAt::Contradiction(one, two) => Some(Wrong::Overlap(one, two)),
            PlanAt::Known(plan) if plan.rules.is_err() => Some(Wrong::Unreadable(plan)),
            PlanAt::Known(plan) => match self.of(PlanSource::Enedis, day) {
                PlanAt::Known(stated) if !self.agree(plan, stated) => {
                    Some(Wrong::Differs(plan, stated))
                }
                _ => None,
            },
        }
    }

    /// A configuration speaks of several usage points, Enedis of one.
    fn agree(&self, one: &Plan, two: &Plan) -> bool {
        match (&one.rules, &two.rules) {
            (Ok(one), Ok(two)) => one.rules(self.usage_point) == two.rules(self.usage_point),
            _ => one == two,
        }
    }
}

impl Wrong<'_> {
    fn problem(self, first: Date, end: Date) -> PlanProblem {
        match self {
            Self::Gap => PlanProblem::Gap { first, end },
            Self::Overlap(one, two) => PlanProblem::Overlap {
                first,
                end,
                written: [one.written.clone(), two.written.clone()],
            },
            Self::Unreadable(plan) => PlanProblem::Unreadable {
                first,
                end,
                written: plan.written.clone(),
            },
            Self::Differs(configured, stated) => PlanProblem::Differs {
                first,
                end,
                configured: configured.written.clone(),
                stated: stated.written.clone(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn gaps_overlaps_unreadable_texts_and_differences_are_told_with_their_days() {
        let mut plans = Plans::new("12345678901234".parse().unwrap());
        let configured = |text| Plan::new(PlanSource::Configuration, text);
        plans.observe("HC (1H-7H)", date(2026, 1, 20), Some(date(2026, 1, 10)));
        plans.add(
            configured("HC 1h00-7h00")
                .from(date(2026, 1, 10))
                .until(date(2026, 2, 1)),
        );
        plans.add(
            configured("2h-8h")
                .from(date(2026, 2, 1))
                .until(date(2026, 2, 20)),
        );
        plans.add(
            configured("3h-9h")
                .from(date(2026, 2, 10))
                .until(date(2026, 2, 20)),
        );
        plans.add(
            configured("zzz")
                .from(date(2026, 2, 20))
                .until(date(2026, 3, 1)),
        );
        assert_eq!(
            plans.problems(date(2026, 1, 1), date(2026, 4, 1)),
            [
                PlanProblem::Gap {
                    first: date(2026, 1, 1),
                    end: date(2026, 1, 10)
                },
                PlanProblem::Differs {
                    first: date(2026, 2, 1),
                    end: date(2026, 2, 10),
                    configured: "2h-8h".to_owned(),
                    stated: "HC (1H-7H)".to_owned(),
                },
                PlanProblem::Overlap {
                    first: date(2026, 2, 10),
                    end: date(2026, 2, 20),
                    written: ["2h-8h".to_owned(), "3h-9h".to_owned()],
                },
                PlanProblem::Unreadable {
                    first: date(2026, 2, 20),
                    end: date(2026, 3, 1),
                    written: "zzz".to_owned(),
                },
            ]
        );
    }
}
