//! Decimal texts in thousandths, without a floating-point number in between.

use crate::malformed::PointFault;

/// The thousandths of a decimal text; none where the portal has no value.
///
/// Sums come with the dust of binary fractions: what follows the thousandths
/// may be next to nothing or next to a whole one, and nothing else.
pub(super) fn thousandths(text: Option<&str>) -> Result<Option<u64>, PointFault> {
    let text = text.unwrap_or_default().trim();
    if matches!(text, "" | "NaN" | "NA" | "null") {
        return Ok(None);
    }
    if text.starts_with('-') {
        return Err(PointFault::Negative);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return Err(PointFault::NotANumber);
    }
    let (meant, dust) = fraction.split_at(fraction.len().min(3));
    let whole: u64 = whole.parse().map_err(|_| PointFault::TooLarge)?;
    let meant: u64 = format!("{meant:0<3}").parse().unwrap_or_default();
    let dust = match dust.get(..4) {
        _ if dust.bytes().all(|byte| byte == b'0') => 0,
        Some("0000") => 0,
        Some("9999") => 1,
        _ => return Err(PointFault::Fraction),
    };
    let thousandths = whole.checked_mul(1000).ok_or(PointFault::TooLarge)?;
    Ok(Some(thousandths + meant + dust))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_dust_of_binary_sums_is_taken_off_and_real_fractions_are_refused() {
        let read = |text| thousandths(Some(text));
        assert_eq!(read("197.75400000000002"), Ok(Some(197_754)));
        assert_eq!(read("0.30599999999999999"), Ok(Some(306)));
        assert_eq!(read("1.08"), Ok(Some(1080)));
        assert_eq!(read("3"), Ok(Some(3000)));
        assert_eq!(read("0.6025"), Err(PointFault::Fraction));
        assert_eq!(read("-0.1"), Err(PointFault::Negative));
        assert_eq!(read("1.0E-4"), Err(PointFault::NotANumber));
        assert_eq!(read("99999999999999999999"), Err(PointFault::TooLarge));
        assert_eq!(read("NaN"), Ok(None));
    }

    proptest! {
        #[test]
        fn a_binary_sum_of_thousandths_is_read_exactly(
            parts in prop::collection::vec(0_u32..100_000, 1..400),
        ) {
            let mut sum = 0.0;
            for part in &parts {
                sum += f64::from(*part) / 1000.0;
            }
            let exact: u64 = parts.iter().map(|part| u64::from(*part)).sum();
            prop_assert_eq!(thousandths(Some(&sum.to_string())), Ok(Some(exact)));
        }

        #[test]
        fn no_text_makes_it_fail_badly(text in ".*") {
            let _ = thousandths(Some(&text));
        }
    }
}
