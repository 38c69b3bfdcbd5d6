//! A date as people write it: a day, a month or a year.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use meter::{Granularity, Period, paris};

/// A day, month or year that somebody named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// `2026-11-20`, `20/11/2026`, `hier`, `yesterday`.
    Day(Date),
    /// `2026-11`, `11/2026`; its first day.
    Month(Date),
    /// `2026`; its first day.
    Year(Date),
}

impl When {
    /// Reads a date; words such as `hier` count from the present day in Paris.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use home::When;
    /// let now = "2026-11-21T09:00:00Z".parse().unwrap();
    /// assert_eq!(When::read("hier", now), Some(When::Day(date(2026, 11, 20))));
    /// assert_eq!(When::read("20/11/2026", now), Some(When::Day(date(2026, 11, 20))));
    /// assert_eq!(When::read("2026-02", now), Some(When::Month(date(2026, 2, 1))));
    /// assert_eq!(When::read("30/02/2026", now), None);
    /// ```
    pub fn read(text: &str, now: Timestamp) -> Option<Self> {
        let today = paris::day_of(now);
        let text = text.trim().to_lowercase().replace('’', "'");
        match text.as_str() {
            "hier" | "yesterday" => return today.yesterday().ok().map(Self::Day),
            "aujourd'hui" | "today" => return Some(Self::Day(today)),
            _ => {}
        }
        if text.contains('/') {
            let mut parts: Vec<_> = text.split('/').collect();
            parts.reverse();
            return Self::of_parts(&parts);
        }
        Self::of_parts(&text.split('-').collect::<Vec<_>>())
    }

    /// Year, then month, then day, each of its usual number of digits.
    fn of_parts(parts: &[&str]) -> Option<Self> {
        let year: i16 = number(parts.first()?, 4..=4)?;
        let month = |text| number(text, 1..=2);
        match parts {
            [_] => Some(Self::Year(date(year, 1, 1))),
            [_, m] => Some(Self::Month(Date::new(year, month(m)?, 1).ok()?)),
            [_, m, d] => Some(Self::Day(
                Date::new(year, month(m)?, number(d, 1..=2)?).ok()?,
            )),
            _ => None,
        }
    }

    /// The period it names.
    pub fn period(self) -> Period {
        match self {
            Self::Day(day) => Period::containing(Granularity::Day, day),
            Self::Month(day) => Period::containing(Granularity::Month, day),
            Self::Year(day) => Period::containing(Granularity::Year, day),
        }
    }

    /// The period of that length that it falls in; none when it names a longer one.
    pub fn within(self, granularity: Granularity) -> Option<Period> {
        let named = self.period();
        (named.granularity() <= granularity).then(|| Period::containing(granularity, named.first()))
    }
}

/// Some days, as `2026-10` or `2026-11-01..2026-11-15` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Date,
    /// The day after the last.
    pub end: Date,
    /// Days between `end` and the end that was named: they have not passed.
    pub to_come: u32,
}

impl From<Period> for Days {
    fn from(period: Period) -> Self {
        Self::between(period.first(), period.end())
    }
}

impl Days {
    /// The days from one to the one before another.
    pub fn between(first: Date, end: Date) -> Self {
        Self {
            first,
            end,
            to_come: 0,
        }
    }

    /// Reads a period; both ends of a range are included.
    ///
    /// ```
    /// use home::when::Days;
    /// let now = "2026-11-21T09:00:00Z".parse().unwrap();
    /// let days = Days::read("2026-10-25..2026-11", now).unwrap();
    /// assert_eq!((days.first.to_string(), days.end.to_string()), ("2026-10-25".into(), "2026-12-01".into()));
    /// assert_eq!(Days::read("octobre", now), None);
    /// ```
    pub fn read(text: &str, now: Timestamp) -> Option<Self> {
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        let (from, to) = (When::read(from, now)?, When::read(to, now)?);
        Some(Self::between(from.period().first(), to.period().end()))
    }

    /// The same without what has not passed at an instant: today, and later days.
    #[must_use]
    pub fn passed(self, now: Timestamp) -> Self {
        let end = self.end.min(paris::day_of(now));
        let to_come = paris::days_between(end.max(self.first), self.end);
        Self {
            end,
            to_come: to_come.max(0).unsigned_abs(),
            ..self
        }
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.end <= self.first
    }
}

fn number<T: std::str::FromStr>(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<T> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    (plain && digits.contains(&text.len())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_year_is_no_month_and_a_day_falls_in_every_longer_period() {
        let now = Timestamp::UNIX_EPOCH;
        let year = When::read("2026", now).unwrap();
        assert_eq!(year.within(Granularity::Month), None);
        let day = When::read("2027-01-01", now).unwrap();
        let week = day.within(Granularity::Week).unwrap();
        assert_eq!(week.first(), date(2026, 12, 28));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let now = Timestamp::UNIX_EPOCH;
        for text in [
            "",
            "26-11-20",
            "2026-13",
            "2026-11-31",
            "demain",
            "2026-1-2-3",
            "+026",
        ] {
            assert_eq!(When::read(text, now), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reader(text in ".{0,20}") {
            let _ = When::read(&text, Timestamp::UNIX_EPOCH);
        }

        #[test]
        fn every_day_is_read_in_both_writings(days in 0_i32..60_000) {
            let day = paris::add_days(date(1970, 1, 1), days);
            let french = day.strftime("%d/%m/%Y").to_string();
            prop_assert_eq!(When::read(&french, Timestamp::UNIX_EPOCH), Some(When::Day(day)));
            prop_assert_eq!(When::read(&day.to_string(), Timestamp::UNIX_EPOCH), Some(When::Day(day)));
        }
    }
}
