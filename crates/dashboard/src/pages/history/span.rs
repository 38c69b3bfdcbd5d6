//! Which period is shown, which come before and after, and a year ago.

use home::say::capital;
use home::{When, Words};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use meter::{Granularity, Period, paris};

use crate::asked::{Asked, By, Span, written};

/// A period that is shown; of all years its days mean nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    /// How long it is.
    pub by: By,
    /// Its first day.
    pub first: Date,
    /// The day after its last.
    pub end: Date,
    /// The last day that has data: where a shorter period is looked for first.
    last: Date,
}

impl Shown {
    /// What is asked for, else the month of the last day that has data.
    pub fn of(asked: &Asked, last: Date, now: Timestamp) -> Self {
        let named = match asked.period {
            Some(Span::When(when)) => Some(when),
            Some(Span::All) | None => None,
        };
        let by = asked.by.unwrap_or(match asked.period {
            Some(Span::All) => By::All,
            Some(Span::When(When::Day(_))) => By::Day,
            Some(Span::When(When::Year(_))) => By::Year,
            Some(Span::When(When::Month(_))) | None => By::Month,
        });
        let last = last.min(paris::day_of(now));
        // Of a longer period the last day that has data, or its own last.
        let day = named.map_or(last, |when| {
            let period = when.period();
            within(last, period.first(), period.end())
        });
        Self::around(by, day, last)
    }

    /// The one of a length that a day falls in.
    pub fn around(by: By, day: Date, last: Date) -> Self {
        let (first, end) = match granularity(by) {
            Some(granularity) => {
                let period = Period::containing(granularity, day);
                (period.first(), period.end())
            }
            None => (day, paris::add_days(day, 1)),
        };
        Self {
            by,
            first,
            end,
            last,
        }
    }

    /// As a period of the calendar; none for all years.
    pub fn period(self) -> Option<Period> {
        Some(Period::containing(granularity(self.by)?, self.first))
    }

    /// A shorter or longer one around the same days.
    pub fn by(self, by: By) -> Self {
        let day = within(self.last, self.first, self.end);
        Self::around(by, day, self.last)
    }

    /// The one before, where something may be held of it.
    pub fn before(self, first_held: Option<Date>) -> Option<Self> {
        let day = paris::add_days(self.first, -1);
        let held = first_held.is_some_and(|first| first <= day);
        (held && self.by != By::All).then(|| Self::around(self.by, day, self.last))
    }

    /// The one after, where it has begun.
    pub fn after(self, now: Timestamp) -> Option<Self> {
        let begun = self.end <= paris::day_of(now);
        (begun && self.by != By::All).then(|| Self::around(self.by, self.end, self.last))
    }

    /// The same a year ago: of days and weeks the same weekdays.
    pub fn year_ago(self) -> Self {
        let day = match self.by {
            By::Day | By::Week => paris::add_days(self.first, -364),
            By::Month | By::Year | By::All => {
                let year = (self.first.year() - 1).max(1);
                date(year, self.first.month(), 1)
            }
        };
        Self::around(self.by, day, self.last)
    }

    /// As it stands in addresses.
    pub fn text(self) -> String {
        self.period().map_or_else(|| "all".to_owned(), written)
    }

    /// In words.
    pub fn title(self, words: Words) -> String {
        match self.by {
            By::Day => words.day(self.first),
            By::Week => {
                let last = paris::add_days(self.end, -1);
                let (first, last) = (words.date(self.first), words.date(last));
                let args = [("first", first.as_str()), ("last", last.as_str())];
                capital(&words.say("show-week-of", &args))
            }
            By::Month => capital(&words.month(self.first)),
            By::Year => self.first.year().to_string(),
            By::All => words.t("dash-all-years"),
        }
    }
}

/// The nearest day of `[first, end)`; at the calendar's end that may be none.
pub(in crate::pages) fn within(day: Date, first: Date, end: Date) -> Date {
    day.min(paris::add_days(end, -1)).max(first)
}

fn granularity(by: By) -> Option<Granularity> {
    match by {
        By::Day => Some(Granularity::Day),
        By::Week => Some(Granularity::Week),
        By::Month => Some(Granularity::Month),
        By::Year => Some(Granularity::Year),
        By::All => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAST: Date = date(2026, 11, 20);

    fn asked(period: Option<When>, by: Option<By>) -> Shown {
        let asked = Asked {
            period: period.map(Span::When),
            by,
            ..Asked::default()
        };
        Shown::of(&asked, LAST, "2026-11-21T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_longer_period_is_looked_into_where_it_has_data() {
        let day = asked(Some(When::Year(date(2026, 1, 1))), Some(By::Day));
        assert_eq!(day.first, LAST);
        let day = asked(Some(When::Year(date(2025, 1, 1))), Some(By::Day));
        assert_eq!(day.first, date(2025, 12, 31));
        let month = asked(None, None);
        assert_eq!((month.by, month.text()), (By::Month, "2026-11".to_owned()));
    }

    #[test]
    fn a_year_ago_a_day_is_the_same_weekday_and_a_month_the_same_month() {
        let day = asked(Some(When::Day(date(2026, 3, 29))), None).year_ago();
        assert_eq!(day.first, date(2025, 3, 30));
        let month = asked(Some(When::Month(date(2026, 3, 1))), None).year_ago();
        assert_eq!(
            (month.first, month.end),
            (date(2025, 3, 1), date(2025, 4, 1))
        );
    }

    #[test]
    fn the_periods_beside_end_where_nothing_is_held_or_has_begun() {
        let now = "2026-11-21T09:00:00Z".parse().unwrap();
        let month = asked(None, None);
        assert_eq!(month.after(now), None);
        let before = month.before(Some(date(2026, 10, 31))).unwrap();
        assert_eq!(before.first, date(2026, 10, 1));
        assert_eq!(before.after(now), Some(month));
        assert_eq!(before.before(Some(date(2026, 10, 1))), None);
    }
}
