//! What is known of each colour day, who said it, and who says otherwise.
//!
//! Every source's latest word is kept beside the others'; what it said before is
//! kept as a revision. Where those of the highest authority differ, the day is
//! disputed, and priced as unknown rather than by a guess.

use std::collections::BTreeMap;
use std::ops::RangeBounds;

use jiff::civil::Date;

use super::{Authority, Colour, Source};

/// One source's word on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<C> {
    /// The colour.
    pub colour: C,
    /// Who says so.
    pub source: Source,
}

/// What is known of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer<C> {
    /// This.
    Known(C),
    /// Sources of the same weight differ.
    Disputed,
    /// Nothing.
    Unknown,
}

/// What a statement changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<C> {
    /// The first word of this source on this day.
    New,
    /// What it had said before.
    Repeated,
    /// The source changed its mind; its old word is kept as a revision.
    Revised {
        /// What it said before.
        old: C,
    },
}

/// A day on which sources differ, whichever prevails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction<C> {
    /// The colour day.
    pub day: Date,
    /// Each source's latest word.
    pub statements: Vec<Statement<C>>,
    /// What is made of it.
    pub answer: Answer<C>,
}

/// A word that its own source took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision<C> {
    /// The colour day.
    pub day: Date,
    /// What the source said before.
    pub old: Statement<C>,
}

/// The colours of the days, as far as sources tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColourCalendar<C> {
    days: BTreeMap<Date, Vec<Statement<C>>>,
    revisions: Vec<Revision<C>>,
}

impl<C> Default for ColourCalendar<C> {
    fn default() -> Self {
        Self {
            days: BTreeMap::new(),
            revisions: Vec::new(),
        }
    }
}

impl<C: Colour> ColourCalendar<C> {
    /// Keeps a source's word on a day.
    pub fn say(&mut self, day: Date, colour: C, source: Source) -> Said<C> {
        let statements = self.days.entry(day).or_default();
        let Some(known) = statements.iter_mut().find(|s| s.source == source) else {
            statements.push(Statement { colour, source });
            return Said::New;
        };
        if known.colour == colour {
            return Said::Repeated;
        }
        let old = std::mem::replace(known, Statement { colour, source });
        let said = Said::Revised { old: old.colour };
        self.revisions.push(Revision { day, old });
        said
    }

    /// Keeps what a source's answer says. A day that it leaves undecided erases
    /// nothing.
    pub fn learn(&mut self, days: &[(Date, Option<C>)], source: &Source) {
        for (day, colour) in days {
            if let Some(colour) = colour {
                self.say(*day, *colour, source.clone());
            }
        }
    }

    /// What is known of a day. Only this day's own statements count.
    pub fn at(&self, day: Date) -> Answer<C> {
        let statements = self.days.get(&day).map_or(&[][..], Vec::as_slice);
        match (verdict(statements), C::by_rule(day)) {
            (Answer::Unknown, Some(colour)) => Answer::Known(colour),
            (answer, _) => answer,
        }
    }

    /// Who says what of a day.
    pub fn statements(&self, day: Date) -> &[Statement<C>] {
        self.days.get(&day).map_or(&[], Vec::as_slice)
    }

    /// The days of which some source speaks, in order.
    pub fn days(&self, range: impl RangeBounds<Date>) -> impl Iterator<Item = (Date, Answer<C>)> {
        self.days
            .range(range)
            .map(|(day, statements)| (*day, verdict(statements)))
    }

    /// Every day on which sources differ.
    pub fn contradictions(&self) -> impl Iterator<Item = Contradiction<C>> {
        self.days
            .iter()
            .filter(|(_, statements)| !unanimous(statements.iter()))
            .map(|(day, statements)| Contradiction {
                day: *day,
                statements: statements.clone(),
                answer: verdict(statements),
            })
    }

    /// What sources took back, in the order in which they did.
    pub fn revisions(&self) -> &[Revision<C>] {
        &self.revisions
    }
}

/// The unanimous word of those with the highest authority.
fn verdict<C: Colour>(statements: &[Statement<C>]) -> Answer<C> {
    let weight = |statement: &Statement<C>| -> Authority { statement.source.authority() };
    let Some(highest) = statements.iter().map(weight).max() else {
        return Answer::Unknown;
    };
    let mut voices = statements.iter().filter(|s| weight(s) == highest);
    match voices.next() {
        Some(first) if voices.all(|other| other.colour == first.colour) => {
            Answer::Known(first.colour)
        }
        _ => Answer::Disputed,
    }
}

fn unanimous<'a, C: Colour>(mut statements: impl Iterator<Item = &'a Statement<C>>) -> bool {
    let first = statements.next();
    statements.all(|other| first.is_some_and(|first| first.colour == other.colour))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::colour::{EjpDay, TempoColour};
    use TempoColour::{Blue, Red, White};

    const DAY: Date = date(2026, 1, 6);

    #[test]
    fn sources_of_one_weight_that_differ_leave_the_day_disputed_until_one_who_decides_speaks() {
        let mut calendar = ColourCalendar::default();
        calendar.say(DAY, Blue, Source::File("a".into()));
        assert_eq!(calendar.at(DAY), Answer::Known(Blue));
        calendar.say(DAY, White, Source::CouleurTempo);
        assert_eq!(calendar.at(DAY), Answer::Disputed);
        calendar.say(DAY, White, Source::RtePage);
        assert_eq!(calendar.at(DAY), Answer::Known(White));
        let contradiction = calendar.contradictions().next().unwrap();
        assert_eq!(contradiction.statements.len(), 3);
        assert_eq!(contradiction.answer, Answer::Known(White));
    }

    #[test]
    fn a_source_that_changes_its_mind_is_followed_and_its_old_word_is_kept() {
        let mut calendar = ColourCalendar::default();
        assert_eq!(calendar.say(DAY, White, Source::RteApi), Said::New);
        assert_eq!(calendar.say(DAY, White, Source::RteApi), Said::Repeated);
        assert_eq!(
            calendar.say(DAY, Red, Source::RteApi),
            Said::Revised { old: White }
        );
        assert_eq!(calendar.at(DAY), Answer::Known(Red));
        assert_eq!(calendar.revisions().len(), 1);
        assert_eq!(calendar.revisions()[0].old.colour, White);
        assert_eq!(calendar.contradictions().count(), 0);
    }

    #[test]
    fn an_undecided_day_erases_nothing_and_says_nothing() {
        let mut calendar = ColourCalendar::default();
        calendar.learn(&[(DAY, Some(Red))], &Source::Edf);
        calendar.learn(&[(DAY, None), (date(2026, 1, 7), None)], &Source::Edf);
        assert_eq!(calendar.at(DAY), Answer::Known(Red));
        assert_eq!(calendar.at(date(2026, 1, 7)), Answer::Unknown);
    }

    #[test]
    fn ejp_days_are_normal_by_rule_in_summer_and_unknown_in_winter() {
        let calendar = ColourCalendar::<EjpDay>::default();
        assert_eq!(calendar.at(date(2026, 7, 1)), Answer::Known(EjpDay::Normal));
        assert_eq!(calendar.at(date(2026, 12, 1)), Answer::Unknown);
    }
}
