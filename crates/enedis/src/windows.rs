//! What may be asked in one call, and how far back: the rules of Enedis as pure
//! functions of today, for the planner and for the client's own refusal.

use jiff::ToSpan;
use jiff::civil::Date;
use meter::{Kind, paris};

use crate::problem::{Problem, RequestFault};

/// The limits of Enedis (reference, sections 2.1 and 2.4); the same in both
/// generations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits;

impl Limits {
    /// The first local day that Enedis still keeps: 24 months and 15 days of
    /// curve, 36 months and 15 days of everything else.
    ///
    /// ```
    /// use enedis::Limits;
    /// use jiff::civil::date;
    /// use meter::Kind;
    /// let today = date(2026, 11, 21);
    /// assert_eq!(Limits::floor(Kind::Curve, today), date(2024, 11, 6));
    /// assert_eq!(Limits::floor(Kind::Daily, today), date(2023, 11, 6));
    /// ```
    pub fn floor(kind: Kind, today: Date) -> Date {
        let months = match kind {
            Kind::Curve => 24,
            Kind::Daily | Kind::Maximum | Kind::Index => 36,
        };
        today
            .saturating_sub(months.months())
            .saturating_sub(15.days())
    }

    /// How many days one call may span: 7 of curve, else the whole history.
    pub fn max_days(kind: Kind) -> u32 {
        match kind {
            Kind::Curve => 7,
            // Three years with one leap day, and 15 days.
            Kind::Daily | Kind::Maximum | Kind::Index => 3 * 365 + 1 + 15,
        }
    }

    /// Whether `[from, to)` may be asked today; `to` may be today, not later.
    pub fn check(kind: Kind, today: Date, from: Date, to: Date) -> Result<(), Problem> {
        let fault = |fault| Err(Problem::BadRequest { fault });
        if from >= to {
            return fault(RequestFault::Order);
        }
        if to > today {
            return fault(RequestFault::Future);
        }
        if from < Self::floor(kind, today) {
            return Err(Problem::BeyondHistory);
        }
        if paris::days_between(from, to).unsigned_abs() > Self::max_days(kind) {
            return Err(Problem::WindowTooLong);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_limit_is_refused_by_its_own_name() {
        let today = date(2026, 11, 21);
        let check = |from, to| Limits::check(Kind::Curve, today, from, to);
        assert_eq!(check(date(2026, 11, 14), today), Ok(()));
        assert_eq!(
            check(date(2026, 11, 13), today),
            Err(Problem::WindowTooLong)
        );
        assert_eq!(
            check(date(2024, 11, 5), date(2024, 11, 6)),
            Err(Problem::BeyondHistory)
        );
        assert_eq!(check(date(2024, 11, 6), date(2024, 11, 13)), Ok(()));
        let fault = |fault| Err(Problem::BadRequest { fault });
        assert_eq!(check(today, today), fault(RequestFault::Order));
        assert_eq!(
            check(today, date(2026, 11, 22)),
            fault(RequestFault::Future)
        );
    }

    proptest! {
        #[test]
        fn the_whole_history_of_totals_fits_one_call(days in 0_i32..20_000) {
            let today = paris::add_days(date(2000, 1, 1), days);
            let floor = Limits::floor(Kind::Daily, today);
            prop_assert_eq!(Limits::check(Kind::Daily, today, floor, today), Ok(()));
            let before = paris::add_days(floor, -1);
            prop_assert_eq!(
                Limits::check(Kind::Daily, today, before, today),
                Err(Problem::BeyondHistory)
            );
        }
    }
}
