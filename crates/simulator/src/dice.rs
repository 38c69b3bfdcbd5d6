//! Chance that can be asked twice: every roll is a hash of the seed, the
//! purpose, the day and a number, so that no order of calls changes it.

use jiff::civil::Date;

/// What a roll is for; two purposes never share their luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Character,
    Weather,
    Cloud,
    Noise,
    HotWater,
    Cooking,
    Laundry,
    Absence,
    Peak,
    Phase,
    Publication,
    Holes,
    Register,
    Token,
}

/// A source of rolls for one seed and one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice of a seed and a subject (a usage point, or 0 for what all share).
    pub(crate) fn new(seed: u64, subject: u64) -> Self {
        Self(mix(seed ^ mix(subject)))
    }

    /// 64 random bits.
    pub(crate) fn roll(self, purpose: Purpose, day: i64, number: u64) -> u64 {
        let salt = ((purpose as u64) << 56) ^ (number << 32) ^ (day as u64 & 0xFFFF_FFFF);
        mix(self.0 ^ mix(salt))
    }

    /// A number in `[0, bound)`; 0 when `bound` is 0.
    pub(crate) fn below(self, bound: u64, purpose: Purpose, day: i64, number: u64) -> u64 {
        // The modulo's bias is far below anything a household shows.
        self.roll(purpose, day, number)
            .checked_rem(bound)
            .unwrap_or(0)
    }

    /// A fraction in `[0, 1)`.
    pub(crate) fn fraction(self, purpose: Purpose, day: i64, number: u64) -> f64 {
        (self.roll(purpose, day, number) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A fraction in `[from, to)`.
    pub(crate) fn between(self, (from, to): (f64, f64), purpose: Purpose, day: i64, n: u64) -> f64 {
        from + (to - from) * self.fraction(purpose, day, n)
    }
}

/// The day's number since 1970, the coordinate of daily rolls.
pub(crate) fn day_number(day: Date) -> i64 {
    i64::from(meter::paris::days_between(
        jiff::civil::date(1970, 1, 1),
        day,
    ))
}

/// The finaliser of splitmix64.
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_has_the_same_answer_and_other_questions_differ() {
        let dice = Dice::new(1, 2);
        let roll = dice.roll(Purpose::Noise, 3, 4);
        assert_eq!(roll, Dice::new(1, 2).roll(Purpose::Noise, 3, 4));
        assert_ne!(roll, dice.roll(Purpose::Cloud, 3, 4));
        assert_ne!(roll, dice.roll(Purpose::Noise, 4, 4));
        assert_ne!(roll, dice.roll(Purpose::Noise, 3, 5));
        assert_ne!(roll, Dice::new(2, 2).roll(Purpose::Noise, 3, 4));
    }

    #[test]
    fn fractions_fill_their_range() {
        let dice = Dice::new(7, 0);
        let mean = (0..1000)
            .map(|n| dice.between((10.0, 20.0), Purpose::Noise, 0, n))
            .inspect(|value| assert!((10.0..20.0).contains(value)))
            .sum::<f64>()
            / 1000.0;
        assert!((14.5..15.5).contains(&mean), "{mean}");
    }
}
