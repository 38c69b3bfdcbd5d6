//! Readings of a day, a period, and daily maxima.

use jiff::civil::date;
use ledger::{LedgerError, Store};
use meter::{Granularity, Kind, Period, paris, period};

use super::{Sight, Whose};
use crate::exit::{Failure, Said};
use crate::json::show::{self, Shown, Subject, YearTotal, Years};
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

    /// Every year of which some daily energy is held.
    pub fn years(&self, whose: Whose) -> Result<Shown<Years>, Failure> {
        let wanted = Wanted {
            usage_point: whose.usage_point,
            direction: whose.direction,
            kinds: &[Kind::Daily],
        };
        let subjects = view::subjects(self.store, &self.settings.usage_points, wanted)?;
        each(subjects, |subject| Ok(years(self.store, subject)?))
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

fn years(store: &Store, subject: Subject) -> Result<Years, LedgerError> {
    let key = subject.key(Kind::Daily);
    let counts = store.state_counts(key)?;
    let mut years = Vec::new();
    if let (Some(first), Some(last)) = (counts.first_held, counts.last_held) {
        let daily = store.daily(key, first, paris::add_days(last, 1))?;
        for year in first.year()..=last.year() {
            let year = Period::containing(Granularity::Year, date(year, 1, 1));
            let total = period::total(year, &daily);
            years.push(YearTotal {
                first: year.first(),
                last: paris::add_days(year.end(), -1),
                days: total.days,
                days_held: total.days_held,
                watt_hours: total.watt_hours,
                partial: total.is_partial(),
            });
        }
    }
    Ok(Years { subject, years })
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
