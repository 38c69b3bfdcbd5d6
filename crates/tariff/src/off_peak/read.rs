//! From tokens to rules: each token changes where the next hours belong.

use std::ops::Range;

use meter::UsagePoint;

use super::error::{ExpressionError, Reason};
use super::hours::{Hours, Place, hours, minute, written};
use super::rules::OffPeakRules;
use super::token::{Kind, Token, tokens};
use super::week::Week;
use super::word::{Meaning, is_english};
use crate::season::Season;
use crate::windows::DAY;

mod days;
mod numbers;

use days::Days;

type Read<T = ()> = Result<T, ExpressionError>;

/// Understands the whole text, or says what it does not understand first.
pub(super) fn read(text: &str) -> Read<OffPeakRules> {
    let tokens = tokens(text);
    let mut reader = Reader {
        text,
        english: tokens.iter().any(shows_english),
        tokens: &tokens,
        at: 0,
        rules: OffPeakRules::default(),
        scope: Scope::default(),
    };
    while let Some(token) = reader.next() {
        reader.token(token)?;
    }
    reader.leave_days();
    Ok(reader.rules)
}

fn shows_english(token: &Token<'_>) -> bool {
    match &token.kind {
        Kind::Time(time) => time.colon,
        Kind::Word(word) => is_english(word),
        _ => false,
    }
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token<'t>],
    at: usize,
    /// Whether anything shows that the writer writes English.
    english: bool,
    rules: OffPeakRules,
    scope: Scope,
}

/// Where the next hours belong.
#[derive(Debug, Clone, Default)]
struct Scope {
    usage_point: Option<UsagePoint>,
    production: bool,
    season: Option<Season>,
    days: Days,
    state: State,
}

/// What was said about the days of the scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum State {
    /// The scope has just begun.
    #[default]
    Fresh,
    /// Days were named, here, and wait for their hours.
    Named(Range<usize>),
    Hours,
    /// They have no off-peak hours.
    Nothing,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Option<&'t Token<'t>> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    /// The token that comes `ahead` tokens after the present one.
    fn peek(&self, ahead: usize) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at + ahead)
    }

    fn token(&mut self, token: &'t Token<'t>) -> Read {
        match &token.kind {
            Kind::Time(_) => self.range(token),
            Kind::Digits(digits) => self.usage_point(digits, token),
            Kind::Word(word) => self.word(word, token),
            Kind::Dash => Err(self.refuse(token, Reason::StrayJoin).proposing("")),
            Kind::Colon if self.follows_a_word() => Ok(()),
            Kind::Colon => Err(self
                .refuse(token, Reason::UnknownCharacter(':'))
                .proposing("")),
            Kind::Mark => Ok(()),
            Kind::Other(c) => Err(self
                .refuse(token, Reason::UnknownCharacter(*c))
                .proposing("")),
        }
    }

    fn follows_a_word(&self) -> bool {
        let before = self.at.checked_sub(2).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| matches!(token.kind, Kind::Word(_)))
    }

    fn refuse(&self, token: &Token<'_>, reason: Reason) -> ExpressionError {
        self.refuse_span(token.span.clone(), reason)
    }

    fn refuse_span(&self, span: Range<usize>, reason: Reason) -> ExpressionError {
        ExpressionError::new(self.text, span, reason)
    }

    /// In the language that the writer seems to write.
    fn propose(&self, french: &str, english: &str) -> String {
        if self.english { english } else { french }.to_owned()
    }

    /// How many joining tokens (`-`, `à`, `to`) come next.
    fn joins(&self) -> usize {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        rest.iter().take_while(|token| is_join(token)).count()
    }

    fn range(&mut self, first: &'t Token<'t>) -> Read {
        let Some(from) = place(first) else {
            return Ok(());
        };
        let joins = self.joins();
        let second = self.peek(joins);
        match second.and_then(place) {
            Some(to) if joins > 0 => {
                self.at += joins + 1;
                let hours = hours(self.text, from, to)?;
                self.add(hours, first.span.start..to.token.span.end)
            }
            _ => Err(self.no_end(from, second.filter(|_| joins > 0))?),
        }
    }

    fn no_end(&self, from: Place<'_, '_>, second: Option<&'t Token<'t>>) -> Read<ExpressionError> {
        let start = minute(self.text, from)?;
        if let Some(token) = second
            && let Kind::Digits(digits) = token.kind
            && digits.len() <= 4
        {
            return Ok(self.not_a_time(digits, token));
        }
        let start = start.min(DAY - 60);
        let [start, end] = [start, start + 60].map(|minute| written(minute, from.time.colon));
        let refused = self.refuse(from.token, Reason::NoEnd);
        Ok(refused.proposing(format!("{start}-{end}")))
    }

    fn add(&mut self, hours: Hours, span: Range<usize>) -> Read {
        if self.scope.state == State::Nothing {
            return Err(self
                .refuse_span(span, Reason::NothingAndHours)
                .proposing(""));
        }
        self.scope.state = State::Hours;
        let days = self.scope.days;
        let week = self.week();
        for list in days.named(week) {
            list.get_or_insert_default().add(hours);
        }
        if days.has_every() {
            week.add_every(hours);
        }
        Ok(())
    }

    fn week(&mut self) -> &mut Week {
        let Scope {
            usage_point,
            production,
            season,
            ..
        } = self.scope;
        let rules = self.rules.rules_mut(usage_point);
        rules.year_mut(production).week_mut(season)
    }

    fn word(&mut self, word: &str, token: &'t Token<'t>) -> Read {
        match super::word::meaning(word) {
            Some(Meaning::Filler) => Ok(()),
            Some(Meaning::To) => Err(self.refuse(token, Reason::StrayJoin).proposing("")),
            Some(Meaning::Production) => self.enter(token, |scope| {
                scope.production = true;
                scope.season = None;
            }),
            Some(Meaning::Season(season)) => self.enter(token, |scope| scope.season = Some(season)),
            Some(Meaning::Nothing) => self.nothing(token),
            Some(Meaning::OneHoliday) => {
                let reason = Reason::OneHoliday(self.text[token.span.clone()].to_owned());
                let proposal = self.propose("fériés", "holidays");
                Err(self.refuse(token, reason).proposing(proposal))
            }
            Some(days) => self.days(days, word, token),
            None => Err(self.unknown_word(word, token)),
        }
    }

    fn unknown_word(&self, word: &str, token: &Token<'_>) -> ExpressionError {
        let written = self.text[token.span.clone()].to_owned();
        let refused = self.refuse(token, Reason::UnknownWord(written));
        match super::word::nearest(word) {
            Some(known) => refused.proposing(known),
            None => refused,
        }
    }

    /// `P` or a season: a part of its own begins, for every day.
    fn enter(&mut self, token: &Token<'_>, change: impl FnOnce(&mut Scope)) -> Read {
        if let State::Named(days) = &self.scope.state
            && !self.scope.days.has_every()
        {
            let (days, marker) = (days.clone(), &self.text[token.span.clone()]);
            let swapped = format!("{marker} {}", &self.text[days.clone()]);
            let reason = Reason::DayBefore(marker.to_owned());
            let whole = days.start..token.span.end;
            return Err(self.refuse_span(whole, reason).proposing(swapped));
        }
        change(&mut self.scope);
        self.scope.days = Days::default();
        self.scope.state = State::Fresh;
        self.week();
        Ok(())
    }

    fn nothing(&mut self, token: &Token<'_>) -> Read {
        if self.scope.state == State::Hours {
            return Err(self.refuse(token, Reason::NothingAndHours).proposing(""));
        }
        self.leave_days();
        self.scope.state = State::Nothing;
        Ok(())
    }

    /// Days that were named and got no hours have none.
    fn leave_days(&mut self) {
        if matches!(self.scope.state, State::Named(_)) {
            let days = self.scope.days;
            for list in days.named(self.week()) {
                list.get_or_insert_default();
            }
        }
    }
}

fn is_join(token: &Token<'_>) -> bool {
    match &token.kind {
        Kind::Dash => true,
        Kind::Word(word) => super::word::meaning(word) == Some(Meaning::To),
        _ => false,
    }
}

fn place<'t>(token: &'t Token<'t>) -> Option<Place<'t, 't>> {
    match token.kind {
        Kind::Time(time) => Some(Place { time, token }),
        _ => None,
    }
}
