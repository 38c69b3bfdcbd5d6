//! The usage point (PRM): 14 digits that name a place on the grid, not a meter.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A usage point's 14-digit identifier (PRM, *point de référence et mesure*).
///
/// ```
/// use meter::UsagePoint;
/// let prm: UsagePoint = "22516 914 714 270".parse().unwrap();
/// assert_eq!(prm.to_string(), "22516914714270");
/// assert_eq!(prm.masked(), "2251••••••4270");
/// assert!("1234".parse::<UsagePoint>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UsagePoint(u64);

/// Why a text is not a usage point.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsagePointError {
    /// Something other than digits and spaces.
    #[error("a usage point has digits only, found {0:?}")]
    NotADigit(char),
    /// Another number of digits than 14.
    #[error("a usage point has 14 digits, found {0}")]
    Length(usize),
}

impl UsagePoint {
    /// How many digits every usage point has.
    pub const DIGITS: usize = 14;

    /// The identifier with its middle hidden, fit for logs and reports.
    pub fn masked(self) -> String {
        let digits = self.to_string();
        format!("{}••••••{}", &digits[..4], &digits[10..])
    }

    /// The identifier as a number; leading zeros are lost, [`fmt::Display`] restores them.
    pub fn as_u64(self) -> u64 {
        self.0
    }

    /// The usage point of a number, when it has at most 14 digits.
    pub fn from_u64(number: u64) -> Option<Self> {
        (number < 100_000_000_000_000).then_some(Self(number))
    }
}

impl FromStr for UsagePoint {
    type Err = UsagePointError;

    /// Spaces (also the non-breaking ones that web pages copy) are forgiven.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut number = 0_u64;
        let mut digits = 0;
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            let digit = c.to_digit(10).ok_or(UsagePointError::NotADigit(c))?;
            digits += 1;
            if digits <= Self::DIGITS {
                number = number * 10 + u64::from(digit);
            }
        }
        if digits == Self::DIGITS {
            Ok(Self(number))
        } else {
            Err(UsagePointError::Length(digits))
        }
    }
}

impl TryFrom<String> for UsagePoint {
    type Error = UsagePointError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<UsagePoint> for String {
    fn from(prm: UsagePoint) -> Self {
        prm.to_string()
    }
}

impl fmt::Display for UsagePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014}", self.0)
    }
}

/// What a log may hold: the first four and the last two digits, since the logs
/// of a gateway know the meters of many.
impl fmt::Debug for UsagePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.to_string();
        let (first, last) = (&digits[..4], &digits[Self::DIGITS - 2..]);
        write!(f, "UsagePoint({first}••••••••{last})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_survive() {
        let prm: UsagePoint = "00000000000012".parse().unwrap();
        assert_eq!(prm.to_string(), "00000000000012");
    }

    #[test]
    fn debug_output_hides_the_middle() {
        let prm: UsagePoint = "22516914714270".parse().unwrap();
        assert_eq!(format!("{prm:?}"), "UsagePoint(2251••••••••70)");
    }

    #[test]
    fn a_wrong_length_says_how_many_digits_were_found() {
        assert_eq!(
            "1111111111111".parse::<UsagePoint>(),
            Err(UsagePointError::Length(13))
        );
        assert_eq!(
            "1429xxxxxxxxxx".parse::<UsagePoint>(),
            Err(UsagePointError::NotADigit('x'))
        );
    }
}
