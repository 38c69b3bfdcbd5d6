//! A range of hours as written, judged: `22h38-6h38`.

use super::error::{ExpressionError, Reason};
use super::token::{Token, WrittenTime};
use crate::windows::{DAY, MinuteRange};

/// A time and its place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'t, 'a> {
    pub time: WrittenTime<'a>,
    pub token: &'t Token<'a>,
}

/// What one range adds: minutes of the day it is named under, and, when it runs
/// over midnight, the first minutes of the next morning (`until`, else 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hours {
    pub day: MinuteRange,
    pub until: u16,
}

/// Reads both ends. An end at 23:59 or 24:00 is midnight.
pub(super) fn hours(
    text: &str,
    from: Place<'_, '_>,
    to: Place<'_, '_>,
) -> Result<Hours, ExpressionError> {
    let start = minute(text, from)?;
    let end = minute(text, to)?;
    let whole = from.token.span.start..to.token.span.end;
    if start == end {
        let error = ExpressionError::new(text, whole, Reason::EmptyRange);
        return Err(error.proposing(whole_day(from.time.colon)));
    }
    if start == DAY {
        let error = ExpressionError::new(text, from.token.span.clone(), Reason::StartsAt24);
        return Err(error.proposing(written(0, from.time.colon)));
    }
    let end = if end == 0 || end == DAY - 1 { DAY } else { end };
    let (last, until) = if end < start { (DAY, end) } else { (end, 0) };
    // The ends differ, so that the range is never empty.
    let day = MinuteRange::new(start, last)
        .ok_or_else(|| ExpressionError::new(text, whole, Reason::EmptyRange))?;
    Ok(Hours { day, until })
}

/// The minute of the day, 0 to 1440.
pub(super) fn minute(text: &str, place: Place<'_, '_>) -> Result<u16, ExpressionError> {
    let refuse = |reason| ExpressionError::new(text, place.token.span.clone(), reason);
    let WrittenTime {
        hour,
        minute,
        colon,
    } = place.time;
    // At most two digits: the tokens saw to it.
    let hours: u16 = hour.parse().unwrap_or(u16::MAX);
    if hours > 24 {
        return Err(refuse(Reason::Hour(hour.to_owned())));
    }
    let digits = minute.unwrap_or("00");
    let minutes: u16 = match (digits.len(), digits.parse()) {
        (2, Ok(minutes)) => minutes,
        (1, Ok(minutes)) => {
            let refused = refuse(Reason::MinuteDigits(digits.to_owned()));
            return Err(refused.proposing(written(hours * 60 + minutes, colon)));
        }
        _ => return Err(refuse(Reason::MinuteDigits(digits.to_owned()))),
    };
    if minutes > 59 || hours * 60 + minutes > DAY {
        return Err(refuse(Reason::Minute(digits.to_owned())));
    }
    Ok(hours * 60 + minutes)
}

fn whole_day(colon: bool) -> String {
    format!("{}-{}", written(0, colon), written(DAY, colon))
}

/// A time in the writing of its language: `6h05`, `6:05`.
pub(super) fn written(minute: u16, colon: bool) -> String {
    let sign = if colon { ':' } else { 'h' };
    format!("{}{sign}{:02}", minute / 60, minute % 60)
}
