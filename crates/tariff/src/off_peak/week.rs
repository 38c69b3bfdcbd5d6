//! The lists of one week: every day, named days, public holidays.

use jiff::civil::{Date, Weekday};

use super::hours::Hours;
use crate::holidays::{Zone, is_holiday};
use crate::windows::{DAY, MinuteRange, Windows};

/// What is named under one day: its own minutes, and how far into the next
/// morning its night runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayList {
    pub(super) own: Windows,
    pub(super) until: u16,
}

impl DayList {
    /// Off-peak minutes of the day itself.
    pub fn own(&self) -> &Windows {
        &self.own
    }

    /// Off-peak minutes of the morning after, from midnight.
    pub fn morning_after(&self) -> Windows {
        MinuteRange::new(0, self.until).into_iter().collect()
    }

    pub(super) fn add(&mut self, hours: Hours) {
        self.own = self.own.union(&one(hours.day));
        self.until = self.until.max(hours.until);
    }
}

fn one(range: MinuteRange) -> Windows {
    [range].into_iter().collect()
}

/// A week: what a named day or a holiday lists replaces what every day has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Week {
    /// A range over midnight is the usual night here: both ends of each day.
    pub(super) every: Windows,
    /// Monday first.
    pub(super) days: [Option<DayList>; 7],
    pub(super) holidays: Option<DayList>,
}

/// A week without holidays as it passes, and what a holiday is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypicalWeek {
    /// Monday first.
    pub days: [Windows; 7],
    /// A holiday's own hours, when holidays have a list.
    pub holiday: Option<Windows>,
}

impl Week {
    /// The list that a local day has of its own: its holiday's, else its
    /// weekday's; none when it is a day like every day.
    pub(super) fn named(&self, day: Date, zone: Zone) -> Option<&DayList> {
        self.holidays
            .as_ref()
            .filter(|_| is_holiday(day, zone))
            .or_else(|| self.of(day.weekday()))
    }

    pub(super) fn own<'a>(&'a self, named: Option<&'a DayList>) -> &'a Windows {
        named.map_or(&self.every, |list| &list.own)
    }

    /// A week without holidays, Monday after Sunday.
    pub fn typical(&self) -> TypicalWeek {
        let day = |n: usize| {
            let night = self.days[(n + 6) % 7].as_ref();
            join(self.own(self.days[n].as_ref()), night)
        };
        TypicalWeek {
            days: std::array::from_fn(day),
            holiday: self.holidays.as_ref().map(|list| list.own.clone()),
        }
    }

    /// Whether no minute of it is off-peak.
    pub fn is_empty(&self) -> bool {
        let mut lists = self.days.iter().chain([&self.holidays]).flatten();
        self.every.is_empty() && lists.all(|list| list.own.is_empty())
    }

    pub(super) fn add_every(&mut self, hours: Hours) {
        let morning = MinuteRange::new(0, hours.until);
        let both = morning.into_iter().chain([hours.day]).collect();
        self.every = self.every.union(&both);
    }

    fn of(&self, weekday: Weekday) -> Option<&DayList> {
        self.days[weekday.to_monday_zero_offset() as usize].as_ref()
    }
}

/// A day's own minutes, and those that the night before leaves it.
pub(super) fn join(own: &Windows, night: Option<&DayList>) -> Windows {
    match night {
        Some(list) if list.until > 0 => own.union(&list.morning_after()),
        _ => own.clone(),
    }
}

impl Week {
    /// The ranges of every day as people write them: the night in one piece.
    pub(super) fn every_written(&self) -> Vec<(u16, u16)> {
        let ranges = self.every.ranges();
        match (ranges.first(), ranges.last()) {
            (Some(morning), Some(evening))
                if ranges.len() > 1 && morning.from() == 0 && evening.to() == DAY =>
            {
                let between = &ranges[1..ranges.len() - 1];
                let day = between.iter().map(|range| (range.from(), range.to()));
                day.chain([(evening.from(), morning.to())]).collect()
            }
            _ => plain(ranges).collect(),
        }
    }
}

impl DayList {
    /// The ranges as people write them: the night in one piece.
    pub(super) fn written(&self) -> Vec<(u16, u16)> {
        let mut written: Vec<_> = plain(self.own.ranges()).collect();
        match written.last_mut() {
            Some((from, to)) if self.until > 0 && *from > self.until => *to = self.until,
            // A night inside hours that begin too early to run over midnight.
            _ if self.until > 0 => written.push((DAY - 1, self.until)),
            _ => {}
        }
        written
    }
}

fn plain(ranges: &[MinuteRange]) -> impl Iterator<Item = (u16, u16)> {
    ranges.iter().map(|range| (range.from(), range.to()))
}
