//! Stamps as Enedis writes them, read and written by hand for speed.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use meter::paris;

/// Reads `YYYY-MM-DD HH:MM:SS` (or with a `T`).
///
/// ```
/// use jiff::civil::datetime;
/// let stamp = enedis::stamp::date_time("2026-09-29 00:30:00");
/// assert_eq!(stamp, Some(datetime(2026, 9, 29, 0, 30, 0, 0)));
/// assert_eq!(enedis::stamp::date_time("2026-09-29"), None);
/// ```
pub fn date_time(text: &str) -> Option<DateTime> {
    let bytes = text.as_bytes();
    if bytes.len() != 19 || !matches!(bytes[10], b' ' | b'T') {
        return None;
    }
    Some(date_of(bytes)?.to_datetime(time_of(&bytes[11..])?))
}

/// Reads `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| date_of(text.as_bytes()))?
}

/// Reads the date of a contract: `2007-07-06+02:00` (v5), `2007-07-06`, or
/// `2026-02-11T00:00:00+0100` (2026), of which the Paris day is taken.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(enedis::stamp::contract_day("2007-07-06+02:00"), Some(date(2007, 7, 6)));
/// assert_eq!(enedis::stamp::contract_day("2026-02-10T23:00:00Z"), Some(date(2026, 2, 11)));
/// ```
pub fn contract_day(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let day = date_of(bytes.get(..10)?)?;
    match bytes.get(10) {
        None => Some(day),
        Some(b'+' | b'-' | b'Z') => offset(&bytes[10..]).map(|_| day),
        Some(_) => instant(text).map(paris::day_of).or_else(|| {
            // Without an offset the wall clock is the Paris one.
            date_time(text).map(DateTime::date)
        }),
    }
}

/// Reads `YYYY-MM-DDTHH:MM:SS`, fraction or not, with `Z`, `+01:00` or `+0100`.
pub fn instant(text: &str) -> Option<Timestamp> {
    let (head, tail) = (text.get(..19)?, text.get(19..)?);
    let local = date_time(head)?;
    let fraction = tail
        .strip_prefix('.')
        .map_or(0, |t| 1 + t.bytes().take_while(u8::is_ascii_digit).count());
    offset(tail.as_bytes().get(fraction..)?)?
        .to_timestamp(local)
        .ok()
}

/// A stamp that shows as `YYYY-MM-DD HH:MM:SS`.
pub fn spaced(stamp: DateTime) -> impl fmt::Display {
    Spaced(stamp)
}

/// A Paris midnight that shows as `YYYY-MM-DDT00:00:00+0100`, as the 2026
/// contract resources write dates.
pub fn contract_instant(day: Date) -> String {
    paris::day_start(day)
        .to_zoned(paris::zone().clone())
        .strftime("%Y-%m-%dT%H:%M:%S%z")
        .to_string()
}

/// A date that shows as `YYYY-MM-DD+02:00`, as the v5 contracts write dates.
pub fn contract_date(day: Date) -> String {
    paris::day_start(day)
        .to_zoned(paris::zone().clone())
        .strftime("%Y-%m-%d%:z")
        .to_string()
}

struct Spaced(DateTime);

impl fmt::Display for Spaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, time) = (self.0.date(), self.0.time());
        let (year, month, day) = (day.year(), day.month(), day.day());
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        write!(
            f,
            "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
        )
    }
}

fn date_of(bytes: &[u8]) -> Option<Date> {
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = i16::from(pair(bytes[0], bytes[1])?) * 100 + i16::from(pair(bytes[2], bytes[3])?);
    let month = pair(bytes[5], bytes[6])?;
    Date::new(year, month, pair(bytes[8], bytes[9])?).ok()
}

fn time_of(bytes: &[u8]) -> Option<Time> {
    if bytes.len() != 8 || bytes[2] != b':' || bytes[5] != b':' {
        return None;
    }
    let (hour, minute) = (pair(bytes[0], bytes[1])?, pair(bytes[3], bytes[4])?);
    Time::new(hour, minute, pair(bytes[6], bytes[7])?, 0).ok()
}

fn offset(bytes: &[u8]) -> Option<Offset> {
    let (sign, hours, minutes) = match *bytes {
        [b'Z'] => return Some(Offset::UTC),
        [sign, a, b, b':', c, d] | [sign, a, b, c, d] => (sign, pair(a, b)?, pair(c, d)?),
        _ => return None,
    };
    let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
    match sign {
        b'+' => Offset::from_seconds(seconds).ok(),
        b'-' => Offset::from_seconds(-seconds).ok(),
        _ => None,
    }
}

fn pair(tens: u8, units: u8) -> Option<i8> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| (byte - b'0') as i8);
    Some(digit(tens)? * 10 + digit(units)?)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date as day, datetime};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn contract_dates_of_both_generations_are_paris_days() {
        for (text, expected) in [
            ("2007-07-06+02:00", day(2007, 7, 6)),
            ("2000-02-17+01:00", day(2000, 2, 17)),
            ("2007-07-06", day(2007, 7, 6)),
            ("2007-07-06Z", day(2007, 7, 6)),
            ("2026-02-11T00:00:00+0100", day(2026, 2, 11)),
            ("2018-08-31T00:00:00+02:00", day(2018, 8, 31)),
            ("2018-08-30T22:00:00.000Z", day(2018, 8, 31)),
            ("2018-08-31T00:00:00", day(2018, 8, 31)),
        ] {
            assert_eq!(contract_day(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2026-02-30",
            "20XX-XX-XX",
            "2026-02-11T00:00:00+1",
            "2026-02-11 24:00:00",
            "2026-02-1é",
            "2026-02-11+é",
            "2026-02-11T00:00:0é+0100",
        ] {
            assert_eq!(contract_day(text), None, "{text}");
            assert_eq!(date_time(text), None, "{text}");
            assert_eq!(date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_a_panic(text in "\\PC{0,30}") {
            let _ = (date_time(&text), date(&text), contract_day(&text), instant(&text));
        }

        #[test]
        fn written_stamps_read_back(seconds in 0_i64..86_400 * 365 * 60) {
            let stamp = datetime(1980, 1, 1, 0, 0, 0, 0)
                .saturating_add(jiff::SignedDuration::from_secs(seconds));
            prop_assert_eq!(date_time(&spaced(stamp).to_string()), Some(stamp));
            let day = stamp.date();
            prop_assert_eq!(contract_day(&contract_instant(day)), Some(day));
            prop_assert_eq!(contract_day(&contract_date(day)), Some(day));
        }
    }
}
