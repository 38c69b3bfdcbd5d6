//! What a callback brings: a number (2026) or usage points (v5), and nothing
//! that only looks like them.

use meter::UsagePoint;
use serde::{Deserialize, Serialize};

use super::Return;
use crate::keys::{Keys, Purpose};
pub(super) use crate::points::hashes as point_hashes;
use enedis::Generation;

/// More usage points than one consent names.
const MOST: usize = 10;

/// A well-formed value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Value {
    /// `autorisation_id`: 1 to 2^63 - 1.
    Number(i64),
    /// `usage_point_id`: one or several, in order.
    Points(Vec<UsagePoint>),
}

impl Value {
    /// What this generation's callback brings.
    pub(super) fn read(generation: Generation, back: &Return) -> Option<Self> {
        match generation {
            Generation::V2026 => number(back.autorisation_id.as_deref()?).map(Self::Number),
            Generation::V5 => points(back.usage_point_id.as_deref()?).map(Self::Points),
        }
    }

    /// The hashes under which this value may stand, today's first.
    pub(super) fn hashes(&self, keys: &Keys) -> Vec<Vec<u8>> {
        match self {
            Self::Number(number) => keys.hashes(Purpose::Autorisation, &number.to_be_bytes()),
            Self::Points(points) => {
                let text: Vec<String> = points.iter().map(ToString::to_string).collect();
                keys.hashes(Purpose::Autorisation, text.join(",").as_bytes())
            }
        }
    }
}

fn number(text: &str) -> Option<i64> {
    let plain = text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = plain && !text.starts_with('0');
    canonical.then(|| text.parse().ok()).flatten()
}

fn points(text: &str) -> Option<Vec<UsagePoint>> {
    let mut points = Vec::new();
    for part in text.split([',', ';']) {
        let plain = part.len() == UsagePoint::DIGITS && part.bytes().all(|b| b.is_ascii_digit());
        points.push(plain.then(|| part.parse().ok()).flatten()?);
    }
    points.sort_unstable();
    points.dedup();
    (points.len() <= MOST).then_some(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h19_only_a_plain_number_is_a_number() {
        assert_eq!(number("58249"), Some(58_249));
        assert_eq!(number("9223372036854775807"), Some(i64::MAX));
        for text in [
            "0",
            "-1",
            "9223372036854775808",
            "1e5",
            "58249 ",
            "058249",
            "0xE389",
            "58249,58250",
            "",
            "٥٨٢٤٩",
            "99999999999999999999",
        ] {
            assert_eq!(number(text), None, "{text:?}");
        }
    }

    #[test]
    fn h29_usage_points_have_fourteen_ascii_digits_and_are_ten_at_most() {
        assert_eq!(
            points("22516914714270;11453290002823,22516914714270")
                .unwrap()
                .len(),
            2
        );
        let eleven: Vec<String> = (0..11)
            .map(|n| format!("{:014}", 22_516_914_714_270_u64 + n))
            .collect();
        for text in [
            "",
            "2251691471427",
            "225169147142700",
            "٢٢٥١٦٩١٤٧١٤٢٧٠",
            "22516914714270,",
            &eleven.join(","),
        ] {
            assert_eq!(points(text), None, "{text:?}");
        }
    }
}
