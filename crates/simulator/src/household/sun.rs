//! The height of the sun over northern France.

use jiff::civil::Date;

use super::weather::cosine;

/// Latitude 47.5° N.
const SIN_LATITUDE: f64 = 0.737;
const COS_LATITUDE: f64 = 0.676;

/// The sun of one day: what does not change until the next is computed once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sun {
    sin_part: f64,
    cos_part: f64,
    /// Minutes from 00:00 UTC of the date to local midnight: -60 or -120.
    midnight: i32,
}

impl Sun {
    pub(super) fn of(day: Date) -> Self {
        let since_solstice = f64::from(i32::from(day.day_of_year()) + 10) / 365.25;
        let sin_declination = -0.3978 * cosine(since_solstice);
        // The declination stays small: its cosine by two terms of the root.
        let square = sin_declination * sin_declination;
        let cos_declination = 1.0 - square / 2.0 - square * square / 8.0;
        let of_day_before = meter::paris::day_start(day).as_second().rem_euclid(86_400);
        Self {
            sin_part: SIN_LATITUDE * sin_declination,
            cos_part: COS_LATITUDE * cos_declination,
            midnight: (of_day_before / 60) as i32 - 1440,
        }
    }

    /// The sine of the sun's height so many minutes after local midnight: 0 at
    /// night, close to 0.9 at noon in June. The meter stands at 2.5° E.
    pub(super) fn height(self, minutes: i32) -> f64 {
        let hour_angle = f64::from(self.midnight + minutes - 710) / 1440.0;
        (self.sin_part + self.cos_part * cosine(hour_angle)).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Minutes of daylight.
    fn daylight(day: Date) -> usize {
        let sun = Sun::of(day);
        (0..1440).filter(|minute| sun.height(*minute) > 0.0).count()
    }

    #[test]
    fn june_has_sixteen_hours_of_day_and_december_eight() {
        assert!((930..980).contains(&daylight(date(2026, 6, 21))));
        assert!((480..530).contains(&daylight(date(2026, 12, 21))));
    }

    #[test]
    fn noon_is_near_1350_on_summer_clocks_and_1250_on_winter_ones() {
        for (day, noon) in [(date(2026, 6, 21), 830), (date(2026, 12, 21), 770)] {
            let sun = Sun::of(day);
            let highest = (0..1440).map(|m| sun.height(m)).fold(0.0, f64::max);
            assert!((sun.height(noon) - highest).abs() < 1e-9);
        }
        let june = Sun::of(date(2026, 6, 21));
        assert!((0.85..0.95).contains(&june.height(830)));
    }
}
