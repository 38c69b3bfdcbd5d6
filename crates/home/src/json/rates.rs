//! Prices in the form that evcc reads of a custom tariff: a list of
//! `{start, end, value}`, in €/kWh.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use tariff::offer::MicroEuro;

/// Prices one after the other; what is not known is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Rates(pub Vec<Rate>);

/// A price and how long it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rate {
    /// From this instant.
    pub start: Timestamp,
    /// To this one.
    pub end: Timestamp,
    /// What a kilowatt-hour costs, in euros.
    #[serde(serialize_with = "euros")]
    #[schemars(with = "f64")]
    pub value: MicroEuro,
}

/// Millionths as a decimal number: the nearest double is written with the very
/// digits of the price.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn euros<S: Serializer>(price: &MicroEuro, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(price.0 as f64 / 1e6)
}

impl From<tariff::rates::Rate> for Rate {
    fn from(rate: tariff::rates::Rate) -> Self {
        Self {
            start: rate.start,
            end: rate.end,
            value: rate.price,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_price_is_written_with_its_own_digits(micro in -9_999_999_i64..99_999_999) {
            let rate = Rate {
                start: Timestamp::UNIX_EPOCH,
                end: Timestamp::UNIX_EPOCH,
                value: MicroEuro(micro),
            };
            let text = serde_json::to_value(rate).unwrap()["value"].to_string();
            let plain = text.parse::<MicroEuro>();
            // Very small prices are written with an exponent.
            if !text.contains('e') {
                prop_assert_eq!(plain.unwrap(), MicroEuro(micro), "{}", text);
            }
        }
    }
}
