//! Numbers and dates as PHP reads and writes them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

static PARIS: TimeZone = jiff::tz::get!("Europe/Paris");

/// `0,5` is a half, `abc` nothing at all.
pub(super) fn number(text: &str) -> f64 {
    let text = text.trim().replace(',', ".");
    text.parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .unwrap_or(0.0)
}

/// The shortest digits that mean this number.
pub(super) fn write(number: f64) -> String {
    if number != 0.0 && number.abs() < 1e-4 {
        let text = format!("{number:e}");
        let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
        let point = if digits.contains('.') { "" } else { ".0" };
        return format!("{digits}{point}E{power}");
    }
    format!("{number}")
}

/// Rounds to decimals, the error of the binary form forgiven.
pub(super) fn round(number: f64, decimals: i32) -> f64 {
    let scaled = number * 10_f64.powi(decimals);
    let nearly = format!("{scaled:.6}").parse::<f64>().unwrap_or(scaled);
    nearly.round() / 10_f64.powi(decimals)
}

/// The formula of a command: `#value#` and perhaps one operation.
pub(super) fn formula(formula: &str, value: f64) -> f64 {
    let plain: String = formula.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(rest) = plain.strip_prefix("#value#") else {
        return value;
    };
    let by = || number(&rest[1..]);
    match rest.bytes().next() {
        Some(b'/') => value / by(),
        Some(b'*') => value * by(),
        Some(b'+') => value + by(),
        Some(b'-') => value - by(),
        _ => value,
    }
}

/// What the clock of the core shows.
pub(super) fn clock(now: Timestamp) -> String {
    form(PARIS.to_datetime(now))
}

fn form(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A date for a command that keeps every value: the first nineteen characters
/// if they are one, an offset forgotten; nothing checks that the hour exists.
pub(super) fn to_the_second(text: &str) -> String {
    match read(text) {
        Some(at) => form(at),
        None => "0000-00-00 00:00:00".to_owned(),
    }
}

/// A date for a command that mixes values: a real instant, five minutes coarse.
pub(super) fn to_five_minutes(text: &str) -> String {
    let local = match text.parse::<Timestamp>() {
        Ok(instant) => Some(PARIS.to_datetime(instant)),
        // The hour that spring skips comes out an hour later.
        Err(_) => read(text).and_then(|at| {
            let instant = PARIS.to_ambiguous_timestamp(at).compatible().ok()?;
            Some(PARIS.to_datetime(instant))
        }),
    };
    let Some(local) = local else {
        return "0000-00-00 00:00:00".to_owned();
    };
    let minute = local.minute() - local.minute() % 5;
    form(local.date().at(local.hour(), minute, 0, 0))
}

fn read(text: &str) -> Option<DateTime> {
    let plain = text.get(..19)?.replace('T', " ");
    DateTime::strptime("%Y-%m-%d %H:%M:%S", plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written_as_php_does() {
        assert_eq!(
            (number("0,5"), number("abc"), number("1e999")),
            (0.5, 0.0, 0.0)
        );
        assert_eq!(write(10.02), "10.02");
        assert_eq!(write(0.000_01), "1.0E-5");
        assert_eq!(write(6.0), "6");
        assert_eq!(round(1.0005, 3).to_string(), "1.001");
        assert_eq!(formula("#value#/1000", 10_001.0).to_string(), "10.001");
    }
}
