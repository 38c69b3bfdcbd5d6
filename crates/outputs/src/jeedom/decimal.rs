//! Decimal values as Jeedom keeps them: exact to the millionth, no float.

use std::fmt;

const ONE: i64 = 1_000_000;

/// A number of millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal {
    millionths: i64,
}

impl Decimal {
    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self::millionths(value.saturating_mul(ONE))
    }

    /// A number of thousandths: Wh as kWh, W as kW.
    pub fn thousandths(value: u64) -> Self {
        let value = i64::try_from(value).unwrap_or(i64::MAX);
        Self::millionths(value.saturating_mul(1000))
    }

    /// A number of millionths.
    pub fn millionths(millionths: i64) -> Self {
        Self { millionths }
    }

    /// The quotient of two whole numbers, to the nearest millionth.
    pub fn ratio(dividend: u64, divisor: u64) -> Self {
        let divisor = u128::from(divisor.max(1));
        let scaled = u128::from(dividend) * 1_000_000;
        let rounded = (scaled + divisor / 2) / divisor;
        Self::millionths(i64::try_from(rounded).unwrap_or(i64::MAX))
    }

    /// A thousand times as much; kW in W.
    #[must_use]
    pub fn times_thousand(self) -> Self {
        Self::millionths(self.millionths.saturating_mul(1000))
    }

    /// Rounded to so many decimals, a half away from zero, as PHP rounds.
    #[must_use]
    pub fn rounded(self, decimals: u32) -> Self {
        let unit = 10_i64.pow(6 - decimals.min(6));
        let half = if self.millionths < 0 {
            -unit / 2
        } else {
            unit / 2
        };
        Self::millionths(self.millionths.saturating_add(half) / unit * unit)
    }

    /// Reads a decimal number as PHP prints floats: `10.02`, `-3`, `1.0E-5`.
    /// What lies beyond the millionth is rounded; no other text is a number.
    ///
    /// ```
    /// use outputs::jeedom::Decimal;
    /// assert_eq!(Decimal::read("0.30000000000000004"), Some(Decimal::millionths(300_000)));
    /// assert_eq!(Decimal::read("1.5E-5"), Some(Decimal::millionths(15)));
    /// assert_eq!(Decimal::read("abc"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = || whole.bytes().chain(fraction.bytes());
        let plain = digits().all(|byte| byte.is_ascii_digit());
        if !plain || whole.is_empty() || whole.len() + fraction.len() > 30 {
            return None;
        }
        let digits: Vec<u8> = digits().map(|byte| byte - b'0').collect();
        // Where the millionth ends among the digits.
        let kept = i64::from(exponent) + whole.len() as i64 + 6;
        let value = read_digits(&digits, kept)?;
        Some(Self::millionths(if negative { -value } else { value }))
    }
}

fn read_digits(digits: &[u8], kept: i64) -> Option<i64> {
    if kept < 0 {
        return Some(0);
    }
    let kept = usize::try_from(kept).ok().filter(|kept| *kept <= 40)?;
    let mut value: i64 = 0;
    for at in 0..kept {
        let digit = digits.get(at).copied().unwrap_or(0);
        value = value.checked_mul(10)?.checked_add(i64::from(digit))?;
    }
    let up = digits.get(kept).is_some_and(|next| *next >= 5);
    value.checked_add(i64::from(up))
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.millionths < 0 { "-" } else { "" };
        let value = self.millionths.unsigned_abs();
        let (whole, rest) = (value / ONE.unsigned_abs(), value % ONE.unsigned_abs());
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{rest:06}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_is_written_with_the_digits_that_it_has() {
        for (millionths, text) in [
            (10_020_000, "10.02"),
            (-1_500_000, "-1.5"),
            (0, "0"),
            (1, "0.000001"),
            (6_000_000, "6"),
        ] {
            let value = Decimal::millionths(millionths);
            assert_eq!(value.to_string(), text);
            assert_eq!(Decimal::read(text), Some(value));
        }
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(Decimal::thousandths(6_125).rounded(2).to_string(), "6.13");
        assert_eq!(Decimal::millionths(-500).rounded(3).to_string(), "-0.001");
        assert_eq!(Decimal::thousandths(254).rounded(3).to_string(), "0.254");
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", ".", "-", "1,5", "1.2.3", "0x10", "1e", "e5", "1e999", "٣",
        ] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
        assert_eq!(Decimal::read(&"9".repeat(29)), None);
        assert_eq!(Decimal::read("1E-40"), Some(Decimal::default()));
    }

    proptest! {
        #[test]
        fn every_value_is_read_as_it_was_written(millionths in any::<i64>()) {
            let value = Decimal::millionths(millionths);
            prop_assert_eq!(Decimal::read(&value.to_string()), Some(value));
        }

        #[test]
        fn no_text_is_a_reason_to_stop(text in ".{0,40}") {
            let _ = Decimal::read(&text);
        }
    }
}
