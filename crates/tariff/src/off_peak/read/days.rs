//! Which days the next hours belong to: names, ranges and phrases.

use std::ops::Range;

use super::super::error::{ExpressionError, Reason};
use super::super::token::{Kind, Token};
use super::super::week::{DayList, Week};
use super::super::word::{Meaning, meaning};
use super::{Read, Reader, State};

/// Days and where they are written.
type Phrase = Option<(Days, Range<usize>)>;

/// A set of weekdays, public holidays and "every day".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days(u16);

const EVERY: Days = Days(1 << 8);
const HOLIDAYS: Days = Days(1 << 7);
const WEEKDAYS: Days = Days(0b001_1111);
const WEEKEND: Days = Days(0b110_0000);
const WEDNESDAY: usize = 2;

impl Default for Days {
    fn default() -> Self {
        EVERY
    }
}

impl Days {
    fn one(day: usize) -> Self {
        Self(1 << day)
    }

    /// From a day to another, over Sunday if need be.
    fn range(first: usize, last: usize) -> Self {
        let count = (last + 7 - first) % 7;
        (0..=count).fold(Self(0), |days, n| days.and(Self::one((first + n) % 7)))
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has_every(self) -> bool {
        self.0 & EVERY.0 != 0
    }

    /// The lists that these days have of their own in a week.
    pub(super) fn named(self, week: &mut Week) -> impl Iterator<Item = &mut Option<DayList>> {
        let lists = week.days.iter_mut().chain([&mut week.holidays]);
        lists
            .enumerate()
            .filter(move |(bit, _)| self.0 & (1 << bit) != 0)
            .map(|(_, list)| list)
    }
}

impl<'t> Reader<'t> {
    pub(super) fn days(&mut self, first: Meaning, word: &str, token: &'t Token<'t>) -> Read {
        if let Some((days, span)) = self.phrase(first, word, token)? {
            self.name(days, span);
        }
        Ok(())
    }

    /// The days of a phrase; none for a word such as `tous`, which the next one
    /// explains.
    fn phrase(&mut self, first: Meaning, word: &str, token: &'t Token<'t>) -> Read<Phrase> {
        let alone = |days| Ok(Some((days, token.span.clone())));
        match first {
            Meaning::Day(day) => self.day_or_range(day, token),
            Meaning::WednesdayOrWeekend if self.english => self.day_or_range(WEDNESDAY, token),
            Meaning::WednesdayOrWeekend => {
                Err(self.refuse(token, Reason::UnclearWe).proposing("weekend"))
            }
            Meaning::Weekend => alone(WEEKEND),
            Meaning::Weekdays => alone(WEEKDAYS),
            Meaning::Holidays => alone(HOLIDAYS),
            Meaning::EveryDay => alone(EVERY),
            Meaning::Every => self.every(token),
            Meaning::Days => self.holidays_after(token),
            Meaning::HolidayKind => self.holiday_kind(word, token),
            Meaning::Week => self.week_end(token),
            _ => Err(self.unclear_week(token)),
        }
    }

    /// Days named one after the other, before any hours, share them.
    fn name(&mut self, days: Days, span: Range<usize>) {
        match &mut self.scope.state {
            State::Named(named) => {
                named.end = span.end;
                self.scope.days = self.scope.days.and(days);
            }
            state => {
                *state = State::Named(span);
                self.scope.days = days;
            }
        }
    }

    fn day_or_range(&mut self, first: usize, token: &'t Token<'t>) -> Read<Phrase> {
        let joins = self.joins();
        let last = self.peek(joins).filter(|_| joins > 0);
        let Some((last, day)) = last.and_then(|last| Some((last, self.day(last)?))) else {
            return Ok(Some((Days::one(first), token.span.clone())));
        };
        let span = token.span.start..last.span.end;
        if day == first {
            let proposal = self.text[token.span.clone()].to_owned();
            return Err(self.refuse_span(span, Reason::DayRange).proposing(proposal));
        }
        self.at += joins + 1;
        Ok(Some((Days::range(first, day), span)))
    }

    /// The weekday that a token names at the end of a range.
    fn day(&self, token: &Token<'_>) -> Option<usize> {
        match of_token(token)? {
            Meaning::Day(day) => Some(day),
            Meaning::WednesdayOrWeekend if self.english => Some(WEDNESDAY),
            _ => None,
        }
    }

    fn next_meaning(&self, ahead: usize) -> Option<Meaning> {
        of_token(self.peek(ahead)?)
    }

    /// `tous les jours`, `every day`; also `tous les samedis`.
    fn every(&mut self, token: &'t Token<'t>) -> Read<Phrase> {
        while self.next_meaning(0) == Some(Meaning::Filler) {
            self.at += 1;
        }
        match self.next_meaning(0) {
            Some(Meaning::Days) if self.next_meaning(1) != Some(Meaning::Holidays) => {
                let end = self.next().map_or(token.span.end, |days| days.span.end);
                Ok(Some((EVERY, token.span.start..end)))
            }
            Some(
                Meaning::Days
                | Meaning::Day(_)
                | Meaning::Holidays
                | Meaning::HolidayKind
                | Meaning::Weekend
                | Meaning::Weekdays
                | Meaning::Week
                | Meaning::Unclear,
            ) => Ok(None),
            _ => Err(self.unfinished(token, "tous les jours", "every day")),
        }
    }

    /// `jours fériés`; `jours` alone says nothing.
    fn holidays_after(&mut self, token: &'t Token<'t>) -> Read<Phrase> {
        if self.next_meaning(0) != Some(Meaning::Holidays) {
            return Err(self.unfinished(token, "tous les jours", "every day"));
        }
        let end = self.next().map_or(token.span.end, |word| word.span.end);
        Ok(Some((HOLIDAYS, token.span.start..end)))
    }

    /// `public holidays`, `bank holiday`; `bank` alone is enough.
    fn holiday_kind(&mut self, word: &str, token: &'t Token<'t>) -> Read<Phrase> {
        if self.next_meaning(0) == Some(Meaning::Holidays) {
            return self.holidays_after(token);
        }
        if word.starts_with('b') {
            return Ok(Some((HOLIDAYS, token.span.clone())));
        }
        Err(self.unfinished(token, "jours fériés", "public holidays"))
    }

    /// `week-end`, `week end`.
    fn week_end(&mut self, token: &'t Token<'t>) -> Read<Phrase> {
        let dash = matches!(self.peek(0).map(|next| &next.kind), Some(Kind::Dash));
        let is_end = |word: &str| matches!(word, "end" | "ends");
        match self.peek(usize::from(dash)) {
            Some(Token {
                kind: Kind::Word(word),
                span,
            }) if is_end(word) => {
                self.at += usize::from(dash) + 1;
                Ok(Some((WEEKEND, token.span.start..span.end)))
            }
            _ => Err(self.unclear_week(token)),
        }
    }

    fn unclear_week(&self, token: &Token<'_>) -> ExpressionError {
        let proposal = self.propose("lundi-vendredi", "monday-friday");
        self.refuse(token, Reason::UnclearWeek).proposing(proposal)
    }

    fn unfinished(&self, token: &Token<'_>, french: &str, english: &str) -> ExpressionError {
        let reason = Reason::UnfinishedPhrase(self.text[token.span.clone()].to_owned());
        let proposal = self.propose(french, english);
        self.refuse(token, reason).proposing(proposal)
    }
}

fn of_token(token: &Token<'_>) -> Option<Meaning> {
    match &token.kind {
        Kind::Word(word) => meaning(word),
        _ => None,
    }
}
