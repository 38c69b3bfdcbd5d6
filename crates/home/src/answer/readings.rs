//! Readings of a day, a period, and daily maxima.

use meter::{Granularity, Kind, Period};

use super::{Sight, Whose};
use crate::exit::{Failure, Said};
use crate::json::show::{self, Shown, Subject};
use crate::view::{self, Wanted};
use crate::when::When;

const ENERGY: &[Kind] = &[Kind::Daily, Kind::Curve];
const MAXIMA: &[Kind] = &[Kind::Maximum];

impl Sight<'_> {
    /// A day with its curve; without `when` the last that has data.
    pub fn day(&self, whose: Whose, when: Option<When>) -> Result<Shown<show::Day>, Failure> {
        let (subjects, period) = self.asked(whose, ENERGY, Some(Granularity::Day), when)?;
        let day = |subject| view::day::read(self.store, subject, period.first(), self.now);
        each(subjects, |subject| Ok(day(subject)?))
    }

    /// A week, month or year; without `when` the one of the last day that has data.
    pub fn period(
        &self,
        whose: Whose,
        granularity: Granularity,
        when: Option<When>,
    ) -> Result<Shown<show::Period>, Failure> {
        let (subjects, period) = self.asked(whose, ENERGY, Some(granularity), when)?;
        let read = |subject| view::period::read(self.store, subject, period, self.now);
        each(subjects, |subject| Ok(read(subject)?))
    }

    /// Daily maxima; without `when` those of the last month that has some.
    pub fn maxima(&self, whose: Whose, when: Option<When>) -> Result<Shown<show::Maxima>, Failure> {
        let (subjects, period) = self.asked(whose, MAXIMA, None, when)?;
        let (first, end) = (period.first(), period.end());
        let read = |subject| view::maxima::read(self.store, subject, first, end);
        each(subjects, |subject| Ok(read(subject)?))
    }

    /// Whose readings, and over which period; of no length: the one that `when` names.
    fn asked(
        &self,
        whose: Whose,
        kinds: &[Kind],
        granularity: Option<Granularity>,
        when: Option<When>,
    ) -> Result<(Vec<Subject>, Period), Failure> {
        let wanted = Wanted {
            usage_point: whose.usage_point,
            direction: whose.direction,
            kinds,
        };
        let subjects = view::subjects(self.store, &self.settings.usage_points, wanted)?;
        let when = match when {
            Some(when) => when,
            None => self.last(&subjects, wanted, granularity)?,
        };
        let Some(granularity) = granularity else {
            return Ok((subjects, when.period()));
        };
        let period = when.within(granularity).ok_or_else(too_long)?;
        Ok((subjects, period))
    }

    /// The last day that has data; its month where no length is asked for.
    fn last(
        &self,
        subjects: &[Subject],
        wanted: Wanted,
        granularity: Option<Granularity>,
    ) -> Result<When, Failure> {
        let last = view::last_held(self.store, subjects, wanted.kinds)?;
        let last = last.ok_or_else(|| view::nothing(wanted.usage_point))?;
        Ok(match granularity {
            None => When::Month(last.first_of_month()),
            Some(_) => When::Day(last),
        })
    }
}

fn too_long() -> Failure {
    Failure::usage(Said::new("error-date-too-long")).hint(Said::new("error-date-too-long-do"))
}

fn each<T>(
    subjects: Vec<Subject>,
    read: impl Fn(Subject) -> Result<T, Failure>,
) -> Result<Shown<T>, Failure> {
    let entries = subjects.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(Shown {
        usage_points: entries,
    })
}
