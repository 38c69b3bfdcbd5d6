//! A household that does not exist, but might: what it draws and what its roof
//! makes, in steps of five minutes, for any day, from a seed alone.
//!
//! A day costs microseconds and depends on no other day, so that a question
//! about 2023 never replays 2022.

mod appliances;
mod calendar;
mod sun;
mod weather;

use jiff::civil::Date;

use crate::dice::{Dice, Purpose, day_number};
use sun::Sun;
use weather::Weather;

/// Minutes of one slot.
pub(crate) const SLOT_MINUTES: usize = 5;
/// Slots of the longest day (25 hours).
const SLOTS: usize = 300;

/// Hours at the lower price, in minutes after local midnight; `to` may be
/// smaller than `from` where a window crosses midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffPeakWindow {
    /// First minute.
    pub from: u16,
    /// The minute after the last.
    pub to: u16,
}

impl OffPeakWindow {
    /// Whether a minute of the local day lies inside.
    pub fn contains(self, minute: u16) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

/// What kind of home it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home {
    /// People who live there.
    pub occupants: u8,
    /// Electric heating: watts per degree under 17 °C; 0 for another heating.
    pub heating_watts_per_degree: u16,
    /// Power of the hot-water tank in watts; 0 for another way.
    pub tank_watts: u16,
    /// Solar panels in watts at full sun; 0 for none.
    pub solar_watts: u32,
    /// Whether anyone lives behind the meter: a solar plant may stand alone.
    pub inhabited: bool,
}

/// Mean power of each slot of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DaySlots {
    /// Drawn from the grid, in watts.
    pub import: [u32; SLOTS],
    /// Fed into the grid, in watts.
    pub export: [u32; SLOTS],
    /// Slots that the day has: 276, 288 or 300.
    pub len: usize,
}

/// One household: a home, its habits and its weather.
#[derive(Debug, Clone)]
pub(crate) struct Household {
    home: Home,
    dice: Dice,
    weather: Weather,
    off_peak: Option<OffPeakWindow>,
    limit_watts: u32,
    base_watts: u32,
}

impl Household {
    /// `limit_watts`: what the breaker lets through; `subject` tells households
    /// of one seed apart, while their weather is the same.
    pub(crate) fn new(
        seed: u64,
        subject: u64,
        home: Home,
        off_peak: Option<OffPeakWindow>,
        limit_watts: u32,
    ) -> Self {
        let dice = Dice::new(seed, subject);
        let per_person = 35 * u32::from(home.occupants);
        Self {
            home,
            dice,
            weather: Weather::new(Dice::new(seed, 0)),
            off_peak,
            limit_watts,
            base_watts: 60 + per_person + dice.below(60, Purpose::Character, 0, 0) as u32,
        }
    }

    /// The whole day, `day_minutes` long (1380, 1440 or 1500).
    pub(crate) fn day(&self, day: Date, day_minutes: u32) -> DaySlots {
        let len = day_minutes as usize / SLOT_MINUTES;
        let mut slots = DaySlots {
            import: [0; SLOTS],
            export: [0; SLOTS],
            len,
        };
        if self.home.inhabited {
            self.add_load(day, &mut slots.import[..len]);
        }
        if self.home.solar_watts > 0 {
            self.subtract_sun(day, &mut slots);
        }
        for watts in &mut slots.import[..len] {
            *watts = (*watts).min(self.limit_watts);
        }
        slots
    }

    fn add_load(&self, day: Date, load: &mut [u32]) {
        let today = Today {
            day,
            number: day_number(day),
            away: calendar::is_away(self.dice, day),
            leisure: calendar::is_leisure(day),
        };
        self.add_base(&today, load);
        self.add_heating(&today, load);
        if self.home.tank_watts > 0 {
            self.add_hot_water(&today, load);
        }
        if !today.away {
            self.add_presence(&today, load);
            self.add_cooking(&today, load);
            self.add_laundry(&today, load);
        }
    }

    /// What the sun makes serves the home first; the rest goes to the grid.
    fn subtract_sun(&self, day: Date, slots: &mut DaySlots) {
        let sky = self.weather.sky(day);
        let sun = Sun::of(day);
        for index in 0..slots.len {
            let height = sun.height((index * SLOT_MINUTES) as i32);
            if height <= 0.0 {
                continue;
            }
            let share = height * sky.clearness(index);
            let made = (f64::from(self.home.solar_watts) * share) as u32;
            let drawn = slots.import[index];
            slots.import[index] = drawn.saturating_sub(made);
            slots.export[index] = made.saturating_sub(drawn);
        }
    }
}

/// What the appliances need to know of the day.
struct Today {
    day: Date,
    number: i64,
    away: bool,
    leisure: bool,
}

/// The minute on the wall clock at which a slot begins, on a day of any length.
pub(crate) fn local_minute(index: usize, slots: usize) -> u16 {
    let elapsed = index * SLOT_MINUTES;
    let minute = match slots {
        276 if elapsed >= 120 => elapsed + 60,
        300 if elapsed >= 180 => elapsed - 60,
        _ => elapsed,
    };
    minute as u16
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const HOME: Home = Home {
        occupants: 3,
        heating_watts_per_degree: 110,
        tank_watts: 2200,
        solar_watts: 3000,
        inhabited: true,
    };
    const NIGHT: OffPeakWindow = OffPeakWindow {
        from: 22 * 60 + 38,
        to: 6 * 60 + 38,
    };

    fn household(seed: u64) -> Household {
        Household::new(seed, 1, HOME, Some(NIGHT), 8_500)
    }

    fn watt_hours(slots: &[u32]) -> u32 {
        slots.iter().sum::<u32>() / 12
    }

    fn month(year: i16, month: i8, what: impl Fn(&DaySlots) -> u32) -> u32 {
        let first = date(year, month, 1);
        meter::paris::days(first, first.last_of_month())
            .map(|day| what(&household(42).day(day, meter::paris::day_minutes(day))))
            .sum()
    }

    #[test]
    fn a_day_is_the_same_whenever_it_is_asked_and_differs_between_seeds() {
        let day = date(2026, 2, 3);
        assert_eq!(household(1).day(day, 1440), household(1).day(day, 1440));
        assert_ne!(household(1).day(day, 1440), household(2).day(day, 1440));
    }

    #[test]
    fn winter_draws_more_and_summer_feeds_more() {
        let drawn = |slots: &DaySlots| watt_hours(&slots.import);
        let fed = |slots: &DaySlots| watt_hours(&slots.export);
        assert!(month(2026, 1, drawn) > 2 * month(2026, 7, drawn));
        assert!(month(2026, 6, fed) > 3 * month(2026, 12, fed));
    }

    #[test]
    fn no_sun_at_night_and_no_day_above_the_breaker() {
        for day in meter::paris::days(date(2026, 1, 1), date(2027, 1, 1)) {
            let slots = household(3).day(day, meter::paris::day_minutes(day));
            assert_eq!(
                slots.export[..36],
                [0; 36],
                "before 3 in the morning, {day}"
            );
            assert!(slots.import.iter().all(|watts| *watts <= 8_500));
        }
    }

    #[test]
    fn the_tank_starts_in_the_slot_where_the_off_peak_hours_begin() {
        // 22:38 lies in the slot 22:35: two of its five minutes are heated.
        let day = date(2026, 6, 10);
        let slots = household(5).day(day, 1440);
        let before = slots.import[22 * 12 + 6];
        let first = slots.import[22 * 12 + 7];
        let full = slots.import[22 * 12 + 8];
        assert!(
            first > before + 500 && full > first + 800,
            "{before} {first} {full}"
        );
    }

    #[test]
    fn wall_clock_minutes_skip_and_repeat_an_hour() {
        assert_eq!(local_minute(23, 276), 115);
        assert_eq!(local_minute(24, 276), 180);
        assert_eq!(local_minute(275, 276), 1435);
        assert_eq!(local_minute(35, 300), 175);
        assert_eq!(local_minute(36, 300), 120);
        assert_eq!(local_minute(299, 300), 1435);
    }
}
