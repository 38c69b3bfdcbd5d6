//! EJP: closed to newcomers; only one period's prices were found.

use jiff::civil::date;

use super::{Period, Price};

/// The one period whose prices are known.
pub(super) const PERIODS: &[Period] = &[Period {
    from: date(2026, 2, 1),
    prices: &[Price::all(0, 1781), Price::all(1, 3440)],
    months: &[(9, 1920), (12, 2271), (15, 2627), (18, 2974), (36, 5131)],
}];

/// The regulated prices moved again on this day; EJP's new ones are not known.
pub(super) const KNOWN_UNTIL: jiff::civil::Date = date(2026, 8, 1);
