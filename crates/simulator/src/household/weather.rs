//! Outdoor temperature and clouds: a season, spells of some days, and noise.

use jiff::civil::Date;

use crate::dice::{Dice, Purpose, day_number};

/// The weather of a seed, the same for all its households.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weather(Dice);

impl Weather {
    pub(super) fn new(dice: Dice) -> Self {
        Self(dice)
    }

    /// Mean temperature of a day in °C: 4.5 in mid-January, 20.5 in mid-July, and
    /// spells of about five days up to 6 degrees off.
    pub(super) fn mean_temperature(self, day: Date) -> f64 {
        let season = f64::from(i32::from(day.day_of_year()) - 18) / 365.25;
        let spell = self.spell(day_number(day));
        let noise = self
            .0
            .between((-1.5, 1.5), Purpose::Weather, day_number(day), 1);
        12.5 - 8.0 * cosine(season) + spell + noise
    }

    /// Degrees above or below the day's mean; warmest at 15:00.
    pub(super) fn swing(minute: u16) -> f64 {
        4.0 * cosine((f64::from(minute) - 900.0) / 1440.0)
    }

    /// How clear the sky is on a day.
    pub(super) fn sky(self, day: Date) -> Sky {
        let number = day_number(day);
        let overcast = self.0.fraction(Purpose::Cloud, number, 0);
        Sky {
            dice: self.0,
            number,
            clear: 1.0 - 0.85 * overcast * overcast,
            broken: 0.6 * overcast,
        }
    }

    /// Straight lines between one draw every five days.
    fn spell(self, number: i64) -> f64 {
        let draw = |n| self.0.between((-6.0, 6.0), Purpose::Weather, n, 0);
        let (before, into) = (number.div_euclid(5), number.rem_euclid(5) as f64 / 5.0);
        draw(before) * (1.0 - into) + draw(before + 1) * into
    }
}

/// The clouds of one day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sky {
    dice: Dice,
    number: i64,
    clear: f64,
    broken: f64,
}

impl Sky {
    /// What the clouds of a slot let through, 0 to 1; they change every quarter of an hour.
    pub(super) fn clearness(self, slot: usize) -> f64 {
        let passing = self
            .dice
            .fraction(Purpose::Cloud, self.number, 1 + slot as u64 / 3);
        self.clear * (1.0 - self.broken * passing)
    }
}

/// Cosine of a number of whole turns, from Bhaskara's approximation: plain
/// arithmetic, so that every machine computes the same household.
pub(super) fn cosine(turns: f64) -> f64 {
    let turn = turns - turns.floor();
    // The distance from the nearest peak, in half turns: 0 to 1.
    let half = if turn > 0.5 { 1.0 - turn } else { turn } * 2.0;
    let (x, sign) = if half > 0.5 {
        (1.0 - half, -1.0)
    } else {
        (half, 1.0)
    };
    sign * (1.0 - 4.0 * x * x) / (1.0 + x * x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_approximate_cosine_stays_within_two_thousandths() {
        for step in -200..200 {
            let turns = f64::from(step) / 100.0;
            let real = (turns * std::f64::consts::TAU).cos();
            assert!((cosine(turns) - real).abs() < 0.002, "{turns}");
        }
    }
}
