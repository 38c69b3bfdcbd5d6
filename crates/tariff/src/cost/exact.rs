//! Money kept as an exact fraction until it is rounded, once.
//!
//! Energy is priced in watt-minutes times micro-euros per kWh, 60 000 of which
//! are a micro-euro; a day of subscription is a 28th to a 31st of a month. All
//! are whole numbers of one common unit.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

use jiff::civil::Date;
use meter::WattMinutes;

use crate::offer::MicroEuro;

/// A sum of money, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Exact(i128);

/// Units per micro-euro: the least common multiple of 60 000, 28, 29, 30 and 31.
const UNIT: i128 = 377_580_000;

/// Watt-minutes per kWh.
const WATT_MINUTES: i128 = 60_000;

impl Exact {
    /// What energy costs.
    pub fn of_energy(energy: WattMinutes, per_kwh: MicroEuro) -> Self {
        Self(i128::from(energy.0) * i128::from(per_kwh.0) * (UNIT / WATT_MINUTES))
    }

    /// What a day of subscription costs: its share of its month.
    pub fn of_day(day: Date, per_month: MicroEuro) -> Self {
        Self(i128::from(per_month.0) * (UNIT / i128::from(day.days_in_month())))
    }

    /// The nearest micro-euro; a half goes away from zero, as on bills.
    ///
    /// ```
    /// use meter::WattMinutes;
    /// use tariff::cost::Exact;
    /// use tariff::offer::MicroEuro;
    /// let half = Exact::of_energy(WattMinutes(30_000), MicroEuro(1));
    /// assert_eq!(half.round(), MicroEuro(1));
    /// ```
    pub fn round(self) -> MicroEuro {
        let half = if self.0 < 0 { -UNIT / 2 } else { UNIT / 2 };
        let rounded = self.0.saturating_add(half) / UNIT;
        let bound = |value: i128| value.clamp(i64::MIN.into(), i64::MAX.into());
        MicroEuro(i64::try_from(bound(rounded)).unwrap_or(i64::MAX))
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Exact {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self(0), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use meter::paris;

    use super::*;

    #[test]
    fn the_days_of_any_month_cost_exactly_the_month() {
        for (first, end) in [
            (date(2024, 2, 1), date(2024, 3, 1)),
            (date(2025, 2, 1), date(2025, 3, 1)),
            (date(2025, 4, 1), date(2025, 5, 1)),
            (date(2025, 5, 1), date(2025, 6, 1)),
        ] {
            let price = MicroEuro(15_470_001);
            let sum: Exact = paris::days(first, end)
                .map(|day| Exact::of_day(day, price))
                .sum();
            assert_eq!(sum, Exact(15_470_001 * UNIT), "{first}");
        }
    }

    #[test]
    fn a_half_goes_away_from_zero_on_both_sides() {
        assert_eq!(Exact(UNIT / 2).round(), MicroEuro(1));
        assert_eq!(Exact(UNIT / 2 - 1).round(), MicroEuro(0));
        assert_eq!(Exact(-UNIT / 2).round(), MicroEuro(-1));
        assert_eq!(Exact(1 - UNIT / 2).round(), MicroEuro(0));
    }
}
