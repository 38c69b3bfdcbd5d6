//! The height of the sun over northern France.

use jiff::civil::Date;

use super::weather::cosine;

/// Latitude 47.5° N.
const SIN_LATITUDE: f64 = 0.737;
const COS_LATITUDE: f64 = 0.676;

/// The sine of the sun's height, 0 at night, close to 0.9 at noon in June.
///
/// `utc_minute` counts from 00:00 UTC of `day`; the meter stands at 2.5° E.
pub(super) fn relative_height(day: Date, utc_minute: i32) -> f64 {
    let since_solstice = f64::from(i32::from(day.day_of_year()) + 10) / 365.25;
    let sin_declination = -0.3978 * cosine(since_solstice);
    // The declination stays small: its cosine by two terms of the root.
    let square = sin_declination * sin_declination;
    let cos_declination = 1.0 - square / 2.0 - square * square / 8.0;
    let hour_angle = f64::from(utc_minute - 710) / 1440.0;
    let height =
        SIN_LATITUDE * sin_declination + COS_LATITUDE * cos_declination * cosine(hour_angle);
    height.max(0.0)
}

/// Whether the clock shows summer time when the day begins.
pub(super) fn is_summer_time_at_midnight(day: Date) -> bool {
    let utc_before_local = meter::paris::day_start(day).as_second().rem_euclid(86_400);
    utc_before_local == 22 * 3600
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Minutes of daylight.
    fn daylight(day: Date) -> usize {
        (0..1440)
            .filter(|minute| relative_height(day, *minute) > 0.0)
            .count()
    }

    #[test]
    fn june_has_sixteen_hours_of_day_and_december_eight() {
        assert!((930..980).contains(&daylight(date(2026, 6, 21))));
        assert!((480..530).contains(&daylight(date(2026, 12, 21))));
    }

    #[test]
    fn noon_is_near_1150_utc() {
        let day = date(2026, 6, 21);
        let noon = relative_height(day, 710);
        assert!(noon > relative_height(day, 600) && noon > relative_height(day, 820));
        assert!((0.85..0.95).contains(&noon));
    }
}
