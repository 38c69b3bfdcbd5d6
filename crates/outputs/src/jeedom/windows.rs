//! How far back Jeedom is compared with the ledger.

use jiff::civil::{Date, date};
use meter::paris;

use super::profile::{Dating, Series};

/// How much is sent, as configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Days of the curve on an equipment that has none yet; none: as the plugin
    /// did, 1 day in the profile of 2020 and 7 in that of 2023.
    pub curve_days: Option<u16>,
    /// Everything that is held.
    pub everything: bool,
}

/// An equipment in use is compared that far back, so that a day that comes late
/// or is corrected is not lost.
const KEPT_WATCH: i32 = 30;

/// Before the first of these meters.
const SINCE_ALWAYS: Date = date(2010, 1, 1);

/// From which day on each kind of value is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// The present day.
    pub today: Date,
    span: Span,
}

impl Windows {
    /// Those of a day.
    pub fn new(today: Date, span: Span) -> Self {
        Self { today, span }
    }

    /// The first day whose values are compared; a step belongs to the day in
    /// which it begins. `present` is the first day of which Jeedom has some.
    pub fn first(&self, series: Series, dating: Dating, present: Option<Date>) -> Date {
        if self.span.everything {
            return SINCE_ALWAYS;
        }
        match series {
            Series::Power(_) => self.curve(dating, present),
            Series::Month(_) => months_back(self.today, 11),
            Series::Year(_) => date(self.today.year() - 2, 1, 1),
            _ if dating == Dating::Midnight => self.this_year(),
            _ => paris::add_days(self.today, -30),
        }
    }

    /// The first day that must be read from the ledger for a series, so that
    /// running totals are whole.
    pub fn first_read(&self) -> (Date, Date) {
        if self.span.everything {
            return (SINCE_ALWAYS, SINCE_ALWAYS);
        }
        let days = i32::from(self.span.curve_days.unwrap_or(0)).max(KEPT_WATCH);
        (
            paris::add_days(self.today, -days),
            date(self.today.year() - 2, 1, 1),
        )
    }

    fn curve(&self, dating: Dating, present: Option<Date>) -> Date {
        let usual = match dating {
            Dating::Evening => 1,
            Dating::Midnight => 7,
        };
        let days = self.span.curve_days.unwrap_or(usual);
        let asked = paris::add_days(self.today, -i32::from(days));
        let watched = paris::add_days(self.today, -KEPT_WATCH);
        present.map_or(asked, |present| asked.min(present.max(watched)))
    }

    /// On 1 January the plugin still asked for the whole year that ends.
    fn this_year(&self) -> Date {
        date(paris::add_days(self.today, -1).year(), 1, 1)
    }
}

fn months_back(today: Date, months: i32) -> Date {
    let months = jiff::Span::new().months(months);
    today.first_of_month().saturating_sub(months)
}

#[cfg(test)]
mod tests {
    use meter::Direction::Consumption;

    use super::*;

    const POWER: Series = Series::Power(Consumption);

    #[test]
    fn the_windows_of_2020_are_a_day_thirty_days_twelve_months_and_three_years() {
        let windows = Windows::new(date(2026, 11, 21), Span::default());
        let first = |series| windows.first(series, Dating::Evening, None);
        assert_eq!(first(POWER), date(2026, 11, 20));
        assert_eq!(first(Series::Day(Consumption)), date(2026, 10, 22));
        assert_eq!(first(Series::Month(Consumption)), date(2025, 12, 1));
        assert_eq!(first(Series::Year(Consumption)), date(2024, 1, 1));
    }

    #[test]
    fn the_windows_of_2023_are_a_week_and_this_year_and_last_year_on_its_first_day() {
        let day = Series::Day(Consumption);
        let windows = Windows::new(date(2026, 11, 21), Span::default());
        assert_eq!(
            windows.first(POWER, Dating::Midnight, None),
            date(2026, 11, 14)
        );
        assert_eq!(windows.first(day, Dating::Midnight, None), date(2026, 1, 1));
        let new_year = Windows::new(date(2027, 1, 1), Span::default());
        assert_eq!(
            new_year.first(day, Dating::Midnight, None),
            date(2026, 1, 1)
        );
    }

    #[test]
    fn an_equipment_in_use_is_watched_for_thirty_days() {
        let windows = Windows::new(date(2026, 11, 21), Span::default());
        let first = |present| windows.first(POWER, Dating::Evening, Some(present));
        assert_eq!(first(date(2026, 11, 3)), date(2026, 11, 3));
        assert_eq!(first(date(2021, 1, 1)), date(2026, 10, 22));
        assert_eq!(first(date(2026, 11, 21)), date(2026, 11, 20));
    }

    #[test]
    fn everything_and_more_days_are_asked_for_by_option() {
        let week = Span {
            curve_days: Some(7),
            ..Span::default()
        };
        let windows = Windows::new(date(2026, 11, 21), week);
        assert_eq!(
            windows.first(POWER, Dating::Evening, None),
            date(2026, 11, 14)
        );
        let all = Span {
            everything: true,
            ..Span::default()
        };
        let windows = Windows::new(date(2026, 11, 21), all);
        assert_eq!(windows.first(POWER, Dating::Evening, None), SINCE_ALWAYS);
    }
}
