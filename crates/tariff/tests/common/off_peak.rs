//! Asking an expression, as the command line does.
#![expect(clippy::unwrap_used, reason = "a helper of tests")]

use jiff::civil::DateTime;
use meter::Direction;
use tariff::OffPeakRules;
use tariff::holidays::Zone;

/// Whether a wall-clock instant is off-peak.
pub fn is_off_peak(expression: &str, point: &str, instant: &str, direction: &str) -> bool {
    let rules: OffPeakRules = expression.parse().unwrap();
    let point: meter::UsagePoint = point.parse().unwrap();
    let at: DateTime = instant.parse().unwrap();
    let direction = match direction {
        "production" => Direction::Production,
        _ => Direction::Consumption,
    };
    let minute = at.hour() as u16 * 60 + at.minute() as u16;
    rules
        .windows(point, direction, at.date(), Zone::Mainland)
        .contains(minute)
}

/// Column, reason and proposal of a refusal.
pub fn error(expression: &str) -> (usize, &'static str, Option<String>) {
    let error = expression.parse::<OffPeakRules>().unwrap_err();
    let reason = error.reason.key().strip_prefix("off-peak-error-").unwrap();
    (error.column(), reason, error.proposal)
}
