//! The expression's tokens, each with its place in the text.

use std::borrow::Cow;
use std::ops::Range;

use winnow::ascii::Caseless;
use winnow::combinator::{alt, not, opt, preceded, repeat, terminated};
use winnow::prelude::*;
use winnow::stream::LocatingSlice;
use winnow::token::{any, one_of, take_while};

use super::word::folded;

/// What was written, and where: bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: Kind<'a>,
    pub span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// `22h38`, `22:38`, `22 h 38`, `22h`.
    Time(WrittenTime<'a>),
    /// Digits that are no time, meant to be a usage point.
    Digits(&'a str),
    /// Letters, without capitals and accents.
    Word(Cow<'a, str>),
    /// Any kind of dash, or an arrow.
    Dash,
    /// Punctuation that separates, and means nothing more.
    Mark,
    /// A colon that belongs to no time.
    Colon,
    /// Anything else.
    Other(char),
}

/// A time before it is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenTime<'a> {
    pub hour: &'a str,
    pub minute: Option<&'a str>,
    pub colon: bool,
}

type Input<'a> = LocatingSlice<&'a str>;

/// Every text has tokens; which of them mean something is said later.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut input = LocatingSlice::new(text);
    let all: Result<Vec<_>, winnow::error::EmptyError> =
        preceded(space, repeat(0.., terminated(token, space))).parse_next(&mut input);
    all.unwrap_or_default()
}

fn token<'a>(input: &mut Input<'a>) -> Result<Token<'a>, winnow::error::EmptyError> {
    alt((
        time.map(Kind::Time),
        digits.map(Kind::Digits),
        word.map(|word| Kind::Word(folded(word))),
        take_while(1.., is_dash).value(Kind::Dash),
        one_of([',', ';', '.', '&', '+', '/', '(', ')', '|']).value(Kind::Mark),
        ':'.value(Kind::Colon),
        any.map(Kind::Other),
    ))
    .with_span()
    .map(|(kind, span)| Token { kind, span })
    .parse_next(input)
}

fn time<'a>(input: &mut Input<'a>) -> Result<WrittenTime<'a>, winnow::error::EmptyError> {
    let hour = take_while(1..=2, |c: char| c.is_ascii_digit()).parse_next(input)?;
    space.parse_next(input)?;
    let colon = unit.parse_next(input)?;
    let minute = opt(alt((digits, minutes_apart))).parse_next(input)?;
    Ok(WrittenTime {
        hour,
        minute,
        colon,
    })
}

/// Whether it is a colon.
fn unit(input: &mut Input<'_>) -> Result<bool, winnow::error::EmptyError> {
    alt((
        ':'.value(true),
        Caseless("heures").value(false),
        Caseless("heure").value(false),
        Caseless("h").value(false),
    ))
    .parse_next(input)
}

/// Minutes after a space, unless they are the hour of the next time: in
/// `2h-7h 13h-16h` nobody means 07:13.
fn minutes_apart<'a>(input: &mut Input<'a>) -> Result<&'a str, winnow::error::EmptyError> {
    let two_digits = take_while(2..=2, |c: char| c.is_ascii_digit());
    let next_time = (space, unit);
    let digit = one_of(|c: char| c.is_ascii_digit());
    preceded(space, terminated(two_digits, (not(digit), not(next_time)))).parse_next(input)
}

fn digits<'a>(input: &mut Input<'a>) -> Result<&'a str, winnow::error::EmptyError> {
    take_while(1.., |c: char| c.is_ascii_digit()).parse_next(input)
}

fn word<'a>(input: &mut Input<'a>) -> Result<&'a str, winnow::error::EmptyError> {
    (one_of(char::is_alphabetic), take_while(0.., is_inside_word))
        .take()
        .parse_next(input)
}

fn space(input: &mut Input<'_>) -> Result<(), winnow::error::EmptyError> {
    take_while(0.., is_space).void().parse_next(input)
}

/// Accents may be written apart from their letter.
fn is_inside_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}')
}

/// Copied texts hold spaces without width too.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '_' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '−' | '→' | '>' | '~'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<String> {
        let all = tokens(text);
        all.iter()
            .map(|token| text[token.span.clone()].to_owned())
            .collect()
    }

    #[test]
    fn minutes_never_swallow_the_hour_of_the_next_range() {
        assert_eq!(
            written("2h-7h 13h-16h"),
            ["2h", "-", "7h", "13h", "-", "16h"]
        );
        assert_eq!(
            written("22 h 38 – 7 h 13 h"),
            ["22 h 38", "–", "7 h", "13 h"]
        );
        assert_eq!(written("7h 12345678901234"), ["7h", "12345678901234"]);
    }

    #[test]
    fn words_lose_capitals_and_accents_however_these_are_written() {
        let all = tokens("FÉRIÉ fe\u{301}rie\u{301} jusqu’à");
        let words: Vec<_> = all.into_iter().map(|token| token.kind).collect();
        let word = |text: &'static str| Kind::Word(text.into());
        assert_eq!(words, [word("ferie"), word("ferie"), word("jusqu'a")]);
    }
}
