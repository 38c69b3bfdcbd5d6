//! Money in whole micro-euros, read from decimals without a float between.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// Millionths of a euro: an amount, or a price per kWh or per month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct MicroEuro(pub i64);

/// Why a text is no amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// A decimal comma.
    #[error("{found:?} has a comma: write {instead}")]
    Comma {
        /// The text.
        found: String,
        /// The same with a point.
        instead: String,
    },
    /// Finer than a micro-euro.
    #[error("{0:?} is finer than a millionth of a euro")]
    TooFine(String),
    /// No number, or one beyond any price.
    #[error("{0:?} is not an amount in euros")]
    NotANumber(String),
}

impl MicroEuro {
    const PER_EURO: i64 = 1_000_000;

    /// Whether a kilowatt-hour can cost that: ten euros are twice what the
    /// market admits, and twenty "euros" were meant in cents.
    pub(super) fn is_plausible_per_kwh(self) -> bool {
        self.0.unsigned_abs() <= 10 * Self::PER_EURO.unsigned_abs()
    }

    /// Whole cents.
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents * 10_000)
    }
}

impl FromStr for MicroEuro {
    type Err = MoneyError;

    /// ```
    /// use tariff::offer::MicroEuro;
    /// assert_eq!("0.2001".parse(), Ok(MicroEuro(200_100)));
    /// assert_eq!("-0.012".parse(), Ok(MicroEuro(-12_000)));
    /// assert!("0,2001".parse::<MicroEuro>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let shown = || text.chars().take(40).collect::<String>();
        let bad = || MoneyError::NotANumber(shown());
        if text.contains(',') {
            return Err(MoneyError::Comma {
                found: shown(),
                instead: shown().replace(',', "."),
            });
        }
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return Err(bad());
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 6 {
            return Err(MoneyError::TooFine(shown()));
        }
        let micro: i64 = format!("{fraction:0<6}").parse().map_err(|_| bad())?;
        let whole: i64 = whole.parse().map_err(|_| bad())?;
        let value = whole
            .checked_mul(Self::PER_EURO)
            .and_then(|euros| euros.checked_add(micro))
            .ok_or_else(bad)?;
        Ok(Self(if negative { -value } else { value }))
    }
}

impl fmt::Display for MicroEuro {
    /// Euros with six decimals: `15.650000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let value = self.0.unsigned_abs();
        let euro = Self::PER_EURO.unsigned_abs();
        write!(f, "{sign}{}.{:06}", value / euro, value % euro)
    }
}

impl<'de> Deserialize<'de> for MicroEuro {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Euros)
    }
}

/// Euros as people write them: `0.2001`, `12`, `"0.2001"`.
struct Euros;

impl serde::de::Visitor<'_> for Euros {
    type Value = MicroEuro;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount in euros, such as 0.2001")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<MicroEuro, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: serde::de::Error>(self, euros: i64) -> Result<MicroEuro, E> {
        self.visit_str(&euros.to_string())
    }

    /// The shortest decimal of the float is what was written, to 15 digits.
    fn visit_f64<E: serde::de::Error>(self, euros: f64) -> Result<MicroEuro, E> {
        self.visit_str(&euros.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_amount_says_why() {
        let error = |text: &str| text.parse::<MicroEuro>().unwrap_err().to_string();
        assert_eq!(error("0,1952"), "\"0,1952\" has a comma: write 0.1952");
        assert_eq!(
            error("0.1234567"),
            "\"0.1234567\" is finer than a millionth of a euro"
        );
        for text in [
            "",
            "-",
            ".5",
            "1e3",
            "NaN",
            "inf",
            "12 €",
            "9999999999999999999",
        ] {
            assert_eq!(error(text), format!("{text:?} is not an amount in euros"));
        }
        assert_eq!("0.1500000000".parse(), Ok(MicroEuro(150_000)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(micro in -1_000_000_000_000_i64..1_000_000_000_000) {
            let amount = MicroEuro(micro);
            prop_assert_eq!(amount.to_string().parse(), Ok(amount));
        }

        #[test]
        fn a_float_of_a_settings_file_is_the_decimal_that_stands_there(
            micro in 0_i64..10_000_000
        ) {
            #[derive(serde::Deserialize)]
            struct File { price: MicroEuro }
            let text = format!("price = {}", MicroEuro(micro));
            let file: File = toml::from_str(&text).unwrap();
            prop_assert_eq!(file.price, MicroEuro(micro));
        }
    }
}
