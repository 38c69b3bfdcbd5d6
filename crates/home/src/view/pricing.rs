//! What is known of a usage point's prices: its off-peak plans, its power and
//! the colours of the days. The configuration goes first; Enedis' own answer is
//! kept beside it, and a difference is told.

use collector::colours;
use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::{Direction, UsagePoint, paris};
use outputs::meters::{Stated as Version, stated};
use tariff::holidays::{Zone, is_holiday};
use tariff::offer::schedule::Context;
use tariff::plan::{PlanProblem, PlanSource};
use tariff::{ColourCalendar, EjpDay, PlanAt, Plans, TempoColour};

use super::maxima::facts;
use crate::config::{Prices, UsagePointSettings};
use crate::json::cost::{Note, Power, Stated};

/// What the prices of a usage point hang on, over some days.
#[derive(Debug)]
pub struct Known {
    /// Its subscribed power.
    pub power: Option<Power>,
    days: (Date, Date),
    stated_kva: Option<u32>,
    /// When Enedis first stated any off-peak hours.
    said_on: Option<Date>,
    /// When it stated others.
    changes: Vec<Change>,
    plans: Plans,
    zone: Zone,
    tempo: ColourCalendar<TempoColour>,
    ejp: ColourCalendar<EjpDay>,
}

/// What the configuration says of a usage point's prices.
pub fn configured(points: &[UsagePointSettings], prm: UsagePoint) -> Prices {
    let point = points.iter().find(|point| point.prm == prm);
    point.map(|point| point.prices.clone()).unwrap_or_default()
}

impl Known {
    /// Reads it for the days in `[first, end)`.
    pub fn read(
        store: &Store,
        prm: UsagePoint,
        configured: &Prices,
        (first, end): (Date, Date),
    ) -> Result<Self, LedgerError> {
        let facts = facts(store, prm)?.unwrap_or_default();
        let plans = outputs::meters::plans(store, prm, &configured.plans)?;
        let versions = stated(store, prm)?;
        // The night before the first day has the colour of the day before.
        let before = paris::add_days(first, -1);
        let stated_kva = facts.subscribed_power_va.and_then(kva);
        Ok(Self {
            said_on: versions.first().map(|version| version.first_on),
            changes: changes(&versions),
            power: power(configured.subscribed_kva, stated_kva),
            days: (first, end),
            stated_kva,
            plans,
            zone: configured.holidays,
            tempo: colours::load(store, before, end)?,
            ejp: colours::load(store, before, end)?,
        })
    }

    /// Uses it to price a direction.
    pub fn with<R>(&self, direction: Direction, price: impl FnOnce(&Context) -> R) -> R {
        let off_peak = |day| self.plans.windows(direction, day, self.zone);
        let holiday = |day| is_holiday(day, self.zone);
        price(&Context {
            off_peak: &off_peak,
            holiday: &holiday,
            tempo: &self.tempo,
            ejp: &self.ejp,
        })
    }

    /// Contradictions and gaps, those of plans only where plans matter.
    pub fn notes(&self, plans_matter: bool) -> Vec<Note> {
        let mut notes = Vec::new();
        if let (Some(power), Some(stated_kva)) = (self.power, self.stated_kva)
            && power.kva != stated_kva
        {
            notes.push(Note::PowerDiffers {
                configured_kva: power.kva,
                stated_kva,
            });
        }
        if plans_matter {
            let problems = self.plans.problems(self.days.0, self.days.1);
            notes.extend(problems.into_iter().map(note));
            notes.extend(self.as_stated());
            notes.extend(self.changed());
        }
        notes
    }

    /// Enedis says what holds, not since when: between its last answer with the
    /// old hours and its first with the new ones the day of the change is unknown.
    fn changed(&self) -> impl Iterator<Item = Note> + '_ {
        let stated = |day| {
            matches!(self.plans.plan_at(day),
                PlanAt::Known(plan) if plan.source == PlanSource::Enedis)
        };
        let inside =
            |change: &&Change| change.last_old < self.days.1 && self.days.0 < change.first_new;
        let used = move |change: &&Change| {
            let first = change.last_old.max(self.days.0);
            paris::days(first, change.first_new.min(self.days.1)).any(stated)
        };
        let changes = self.changes.iter().filter(inside).filter(used);
        changes.map(|change| Note::PlanChanged {
            last_old: change.last_old,
            first_new: change.first_new,
            old: change.old.clone(),
            new: change.new.clone(),
        })
    }

    /// Before Enedis' first answer, whether the hours were the same is not known.
    fn as_stated(&self) -> Option<Note> {
        let said_on = self.said_on?;
        let mut days = paris::days(self.days.0, self.days.1.min(said_on));
        days.find_map(|first| match self.plans.plan_at(first) {
            PlanAt::Known(plan) if plan.source == PlanSource::Enedis => Some(Note::PlanAsStated {
                first,
                said_on,
                written: plan.written.clone(),
            }),
            _ => None,
        })
    }
}

/// From some hours to others.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    /// The last day on which the old ones were stated.
    last_old: Date,
    /// The first day on which the new ones were.
    first_new: Date,
    old: String,
    new: String,
}

fn changes(versions: &[Version]) -> Vec<Change> {
    let pairs = versions.windows(2).map(|pair| Change {
        last_old: pair[0].last_on,
        first_new: pair[1].first_on,
        old: pair[0].text.clone(),
        new: pair[1].text.clone(),
    });
    pairs.collect()
}

fn power(configured: Option<u32>, stated: Option<u32>) -> Option<Power> {
    let by = |source| move |kva| Power { kva, source };
    let configured = configured.map(by(Stated::Configuration));
    configured.or(stated.map(by(Stated::Enedis)))
}

/// Whole kVA, as offers count them; another power is none of theirs.
fn kva(va: u32) -> Option<u32> {
    va.is_multiple_of(1000).then_some(va / 1000)
}

fn note(problem: PlanProblem) -> Note {
    let last = |end| paris::add_days(end, -1);
    match problem {
        PlanProblem::Gap { first, end } => Note::PlanGap {
            first,
            last: last(end),
        },
        PlanProblem::Overlap {
            first,
            end,
            written,
        } => Note::PlanOverlap {
            first,
            last: last(end),
            written,
        },
        PlanProblem::Unreadable {
            first,
            end,
            written,
        } => Note::PlanUnreadable {
            first,
            last: last(end),
            written,
        },
        PlanProblem::Differs {
            first,
            end,
            configured,
            stated,
        } => Note::PlanDiffers {
            first,
            last: last(end),
            configured,
            stated,
        },
    }
}
