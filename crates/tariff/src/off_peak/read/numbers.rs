//! Digits that are no time: a usage point, or a slip.

use meter::UsagePoint;

use super::super::error::{ExpressionError, Reason};
use super::super::token::{Kind, Token};
use super::{Read, Reader, Scope};

impl<'t> Reader<'t> {
    /// A usage point begins a part of its own, which may stay empty.
    pub(super) fn usage_point(&mut self, digits: &str, token: &'t Token<'t>) -> Read {
        let point: UsagePoint = match digits.parse() {
            Ok(point) => point,
            Err(_) if digits.len() <= 4 => return Err(self.not_a_time(digits, token)),
            Err(_) => return Err(self.not_a_usage_point(digits, token)),
        };
        self.leave_days();
        self.rules.rules_mut(Some(point));
        self.scope = Scope {
            usage_point: Some(point),
            ..Scope::default()
        };
        Ok(())
    }

    pub(super) fn not_a_time(&self, digits: &str, token: &Token<'_>) -> ExpressionError {
        let refused = self.refuse(token, Reason::NotATime(digits.to_owned()));
        let (hour, minute) = match digits.len() {
            1 | 2 => (digits, "00"),
            length => digits.split_at(length - 2),
        };
        let in_range = |text: &str, most: u16| text.parse().is_ok_and(|n: u16| n <= most);
        if in_range(hour, 23) && in_range(minute, 59) {
            let sign = self.propose("h", ":");
            refused.proposing(format!("{hour}{sign}{minute}"))
        } else {
            refused
        }
    }

    /// Bills write the fourteen digits in groups.
    fn not_a_usage_point(&self, digits: &str, token: &Token<'_>) -> ExpressionError {
        let mut joined = digits.to_owned();
        let mut end = token.span.end;
        for ahead in 0.. {
            let Some(Token {
                kind: Kind::Digits(more),
                span,
            }) = self.peek(ahead)
            else {
                break;
            };
            joined.push_str(more);
            end = span.end;
            if joined.len() >= UsagePoint::DIGITS {
                break;
            }
        }
        if joined.len() == UsagePoint::DIGITS {
            let reason = Reason::UsagePointDigits(digits.len());
            return self
                .refuse_span(token.span.start..end, reason)
                .proposing(joined);
        }
        self.refuse(token, Reason::UsagePointDigits(digits.len()))
    }
}
