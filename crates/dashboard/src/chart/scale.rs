//! Where a value stands: round steps, whole numbers, no estimate.

use home::Words;

/// What a chart measures, in its smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Energy in Wh, written in kWh.
    WattHours,
    /// Power in W, written in kW.
    Watts,
    /// Apparent power in VA, written in kVA.
    VoltAmperes,
    /// Money in millionths of a euro, written in euros.
    MicroEuros,
}

impl Measure {
    /// How many of the small unit make the written one.
    fn factor(self) -> u64 {
        match self {
            Self::MicroEuros => 1_000_000,
            _ => 1_000,
        }
    }

    /// The unit that is written.
    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::WattHours => "kWh",
            Self::Watts => "kW",
            Self::VoltAmperes => "kVA",
            Self::MicroEuros => "€",
        }
    }

    /// A value in the written unit with as many decimals as it has: `0,5`.
    pub fn short(self, words: Words, value: i64) -> String {
        let factor = self.factor();
        let whole = words.number(value.unsigned_abs() / factor);
        let rest = value.unsigned_abs() % factor;
        let width = if factor == 1_000 { 3 } else { 6 };
        let digits = format!("{rest:0width$}");
        let digits = digits.trim_end_matches('0');
        let sign = if value < 0 { "−" } else { "" };
        if digits.is_empty() {
            return format!("{sign}{whole}");
        }
        let point = match words.lang {
            service::Lang::Fr => ',',
            service::Lang::En => '.',
        };
        format!("{sign}{whole}{point}{digits}")
    }

    /// The same with its unit.
    pub fn with_unit(self, words: Words, value: i64) -> String {
        let number = self.short(words, value);
        match (self, words.lang, number.strip_prefix('−')) {
            (Self::MicroEuros, service::Lang::En, Some(number)) => format!("−€{number}"),
            (Self::MicroEuros, service::Lang::En, None) => format!("€{number}"),
            _ => format!("{number}\u{a0}{}", self.unit()),
        }
    }
}

/// From which value to which a chart reaches, and its round steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scale {
    low: i64,
    high: i64,
    step: i64,
}

impl Scale {
    /// Holds all values and zero, in three to six steps of 1, 2 or 5 times a
    /// power of ten.
    pub(super) fn of(values: impl IntoIterator<Item = i64>) -> Self {
        let (low, high) = values.into_iter().fold((0, 0), |(low, high), value| {
            (value.min(low), value.max(high))
        });
        let span = i128::from(high) - i128::from(low);
        let step = steps()
            .find(|step| i128::from(*step) * 4 >= span)
            .unwrap_or(i64::MAX / 8);
        let down = low.div_euclid(step).saturating_mul(step);
        let up = -((-high).div_euclid(step).saturating_mul(step));
        Self {
            low: down,
            high: if up == down {
                down.saturating_add(step)
            } else {
                up
            },
            step,
        }
    }

    /// The round values, from below.
    pub(super) fn ticks(&self) -> impl Iterator<Item = i64> + use<> {
        let (low, step) = (self.low, self.step);
        let count = (i128::from(self.high) - i128::from(low)) / i128::from(step);
        (0..=count as i64).map(move |n| low + n * step)
    }

    /// How far below the top a value stands, in ten thousandths of the height.
    pub(super) fn below_top(&self, value: i64) -> i64 {
        let span = i128::from(self.high) - i128::from(self.low);
        let down = i128::from(self.high) - i128::from(value);
        (down * 10_000 / span).clamp(0, 10_000) as i64
    }
}

/// 1, 2, 5, 10, 20, 50 …
fn steps() -> impl Iterator<Item = i64> {
    (0..18).flat_map(|power| [1, 2, 5].map(|first| first * 10_i64.pow(power)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use service::Lang;

    use super::*;

    #[test]
    fn steps_are_round_and_zero_is_one_of_them() {
        let ticks: Vec<_> = Scale::of([1234, 9_870]).ticks().collect();
        assert_eq!(ticks, [0, 5_000, 10_000]);
        let ticks: Vec<_> = Scale::of([-700, 1_900]).ticks().collect();
        assert_eq!(ticks, [-1_000, 0, 1_000, 2_000]);
        assert_eq!(Scale::of([]).ticks().collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn a_tick_has_no_more_decimals_than_it_needs() {
        let (fr, en) = (Words { lang: Lang::Fr }, Words { lang: Lang::En });
        assert_eq!(Measure::WattHours.with_unit(fr, 12_500), "12,5\u{a0}kWh");
        assert_eq!(
            Measure::WattHours.with_unit(en, 1_234_000),
            "1,234\u{a0}kWh"
        );
        assert_eq!(Measure::MicroEuros.with_unit(fr, -50_000), "−0,05\u{a0}€");
        assert_eq!(Measure::MicroEuros.with_unit(en, 8_000_000), "€8");
        assert_eq!(Measure::MicroEuros.with_unit(en, -50_000), "−€0.05");
        assert_eq!(Measure::Watts.short(en, 0), "0");
    }

    proptest! {
        #[test]
        fn every_value_lies_within_its_scale(values in proptest::collection::vec(-1_000_000_000_000_i64..1_000_000_000_000, 0..9)) {
            let scale = Scale::of(values.iter().copied());
            prop_assert!(scale.ticks().count() <= 7);
            for value in values {
                prop_assert!(scale.low <= value && value <= scale.high);
                prop_assert!((0..=10_000).contains(&scale.below_top(value)));
            }
        }
    }
}
