//! The query of a data request: known names, each once, exactly written. The
//! value that is checked is the value that is sent.

use jiff::civil::Date;
use meter::UsagePoint;

/// Why a query is refused; the words go into `error_description`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// It cannot be decoded.
    #[error("the query is malformed")]
    Malformed,
    /// A name that this resource does not have.
    #[error("unknown parameter; allowed are those of the documentation")]
    Unknown,
    /// A name that comes twice.
    #[error("a parameter comes twice")]
    Repeated,
    /// A name that is needed.
    #[error("a parameter is missing")]
    Missing,
    /// Not 14 plain digits.
    #[error("a usage point has 14 digits")]
    UsagePoint,
    /// Not `2026-11-20`.
    #[error("a date is written 2026-11-20")]
    Date,
    /// Neither consumption nor production.
    #[error("direction is consumption or production")]
    Direction,
}

/// Longer queries are nobody's.
const LONGEST: usize = 1000;

/// The values of `names`, in their order; a value without characters counts as
/// missing (RFC 6749, section 3.1).
pub(super) fn read<const N: usize>(
    query: Option<&str>,
    names: [&str; N],
) -> Result<[Option<String>; N], Fault> {
    let query = query.unwrap_or_default();
    if query.len() > LONGEST || query.contains('\0') {
        return Err(Fault::Malformed);
    }
    let mut values = [const { None }; N];
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let Some(at) = names.iter().position(|known| *known == name) else {
            return Err(Fault::Unknown);
        };
        if values[at].replace(value.into_owned()).is_some() {
            return Err(Fault::Repeated);
        }
    }
    Ok(values.map(|value| value.filter(|value| !value.is_empty())))
}

/// A day, written exactly as it is written back.
pub(super) fn date(text: Option<&str>) -> Result<Date, Fault> {
    let text = text.ok_or(Fault::Missing)?;
    let date: Date = text.parse().map_err(|_| Fault::Date)?;
    if date.to_string() == text {
        Ok(date)
    } else {
        Err(Fault::Date)
    }
}

/// A usage point: 14 plain digits and nothing else.
pub(super) fn usage_point(text: Option<&str>) -> Result<UsagePoint, Fault> {
    let text = text.ok_or(Fault::Missing)?;
    let plain = text.len() == UsagePoint::DIGITS && text.bytes().all(|b| b.is_ascii_digit());
    let point = plain.then(|| text.parse().ok()).flatten();
    point.ok_or(Fault::UsagePoint)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: [&str; 3] = ["start", "end", "usage_point_id"];

    #[test]
    fn h29_extra_and_repeated_parameters_are_refused() {
        let of = |query| read(Some(query), NAMES).map(|values| values[2].clone());
        let prm = Some("22516914714270".to_owned());
        assert_eq!(of("usage_point_id=22516914714270"), Ok(prm));
        let twice = "usage_point_id=22516914714270&usage_point_id=11453290002823";
        assert_eq!(of(twice), Err(Fault::Repeated));
        let array = "usage_point_id%5B%5D=22516914714270";
        assert_eq!(of(array), Err(Fault::Unknown));
        assert_eq!(of("start=2026-11-01&x=1"), Err(Fault::Unknown));
        assert_eq!(read(None, NAMES), Ok([None, None, None]));
    }

    #[test]
    fn h29_a_usage_point_has_fourteen_plain_digits() {
        for wrong in [
            "2251691471427",
            "225169147142700",
            "٢٢٥١٦٩١٤٧١٤٢٧٠",
            "22516 914714270",
            "-2516914714270",
            "",
        ] {
            assert_eq!(usage_point(Some(wrong)), Err(Fault::UsagePoint), "{wrong}");
        }
    }

    #[test]
    fn h30_dates_that_are_no_days_are_refused() {
        for wrong in [
            "2026-02-30",
            "0000",
            "9999",
            "2026-1-1",
            "2026-11-20T00:00:00",
            "2026-11-20 ",
            "20261120",
            "+2026-11-20",
        ] {
            assert_eq!(date(Some(wrong)), Err(Fault::Date), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_query_stops_the_reader(query in "\\PC{0,80}") {
            let _ = read(Some(&query), NAMES);
        }

        #[test]
        fn a_day_that_is_read_is_written_the_same(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}") {
            if let Ok(day) = date(Some(&text)) {
                prop_assert_eq!(day.to_string(), text);
            }
        }
    }
}
