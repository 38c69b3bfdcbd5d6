//! Days as months, a week a line, for the calendars of several pages.

use home::Words;
use jiff::civil::Date;

use crate::frame::Frame;

/// A month.
#[derive(Debug, Clone)]
pub struct Month {
    /// `novembre 2026`.
    pub name: String,
    /// Its weeks from Monday to Sunday; none: a day of another month.
    pub weeks: Vec<[Option<Cell>; 7]>,
}

/// A day.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The day of the month.
    pub number: i8,
    /// Its class in style sheets.
    pub class: String,
    /// A letter or sign beside the number: nothing is told by colour alone.
    pub mark: String,
    /// What it says, in words.
    pub words: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// Cuts days, the oldest first, into months.
pub fn months<T>(
    words: Words,
    days: &[T],
    day: impl Fn(&T) -> Date,
    cell: impl Fn(&T) -> Cell,
) -> Vec<Month> {
    let month = |one: &T| (day(one).year(), day(one).month());
    let months = days.chunk_by(|one, two| month(one) == month(two));
    months
        .filter_map(|days| {
            let first = day(days.first()?);
            Some(Month {
                name: words.month(first),
                weeks: weeks(days, &day, &cell),
            })
        })
        .collect()
}

fn weeks<T>(
    days: &[T],
    day: &impl Fn(&T) -> Date,
    cell: &impl Fn(&T) -> Cell,
) -> Vec<[Option<Cell>; 7]> {
    let mut weeks: Vec<[Option<Cell>; 7]> = Vec::new();
    let place = |one: &T| usize::from(day(one).weekday().to_monday_zero_offset().unsigned_abs());
    for one in days {
        if weeks.is_empty() || place(one) == 0 {
            weeks.push(Default::default());
        }
        if let Some(week) = weeks.last_mut() {
            week[place(one)] = Some(cell(one));
        }
    }
    weeks
}

/// The days of the week in two or three letters.
pub fn weekdays(words: Words) -> Vec<(String, String)> {
    let (short, long) = (words.t("show-weekdays-short"), words.t("show-weekdays"));
    let pairs = short.split(',').zip(long.split(','));
    pairs
        .map(|(short, long)| (short.trim().to_owned(), long.trim().to_owned()))
        .collect()
}

impl Frame {
    /// The same for templates.
    pub fn weekdays(&self) -> Vec<(String, String)> {
        weekdays(self.words)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_that_begins_on_a_sunday_has_its_first_day_alone() {
        let words = Words {
            lang: service::Lang::En,
        };
        let days: Vec<Date> = meter::paris::days(date(2026, 2, 1), date(2026, 3, 2)).collect();
        let cell = |day: &Date| Cell {
            number: day.day(),
            class: String::new(),
            mark: String::new(),
            words: String::new(),
            href: None,
        };
        let months = months(words, &days, |day| *day, cell);
        assert_eq!(months.len(), 2);
        assert_eq!(months[0].name, "February 2026");
        assert_eq!(months[0].weeks.len(), 5);
        let first = &months[0].weeks[0];
        assert_eq!(first[6].as_ref().map(|cell| cell.number), Some(1));
        assert!(first[..6].iter().all(Option::is_none));
        assert_eq!(
            months[0].weeks[4][5].as_ref().map(|cell| cell.number),
            Some(28)
        );
        let march = &months[1].weeks[0];
        assert_eq!(march[6].as_ref().map(|cell| cell.number), Some(1));
    }
}
