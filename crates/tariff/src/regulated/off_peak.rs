//! HP/HC: peak and off-peak hours of the usage point.

use jiff::civil::date;

use super::{Period, Price};

/// Every period whose prices are known.
pub(super) const PERIODS: &[Period] = &[
    Period {
        from: date(2023, 8, 1),
        prices: &[Price::all(0, 2460), Price::all(1, 1828)],
        months: &[
            (6, 1285),
            (9, 1655),
            (12, 1997),
            (15, 2324),
            (18, 2648),
            (24, 3328),
            (30, 3946),
            (36, 4464),
        ],
    },
    Period {
        from: date(2024, 2, 1),
        prices: &[Price::all(0, 2700), Price::all(1, 2068)],
        months: &[
            (6, 1301),
            (9, 1670),
            (12, 2013),
            (15, 2340),
            (18, 2664),
            (24, 3344),
            (30, 3963),
            (36, 4479),
        ],
    },
    Period {
        from: date(2024, 11, 1),
        prices: &[Price::all(0, 2700), Price::all(1, 2068)],
        months: &[
            (6, 1309),
            (9, 1670),
            (12, 2028),
            (15, 2357),
            (18, 2684),
            (24, 3370),
            (30, 3897),
            (36, 4508),
        ],
    },
    Period {
        from: date(2025, 2, 1),
        prices: &[Price::all(0, 2146), Price::all(1, 1696)],
        months: &[
            (6, 1404),
            (9, 1801),
            (12, 2169),
            (15, 2516),
            (18, 2874),
            (24, 3623),
            (30, 4196),
            (36, 4872),
        ],
    },
    Period {
        from: date(2025, 8, 1),
        prices: &[Price::all(0, 2081), Price::all(1, 1635)],
        months: &[
            (6, 1574),
            (9, 1981),
            (12, 2376),
            (15, 2749),
            (18, 3134),
            (24, 3947),
            (30, 4702),
            (36, 5461),
        ],
    },
    Period {
        from: date(2026, 2, 1),
        prices: &[Price::all(0, 2065), Price::all(1, 1579)],
        months: &[
            (6, 1565),
            (9, 1956),
            (12, 2332),
            (15, 2684),
            (18, 3049),
            (24, 3824),
            (30, 4537),
            (36, 5254),
        ],
    },
    Period {
        from: date(2026, 8, 1),
        prices: &[Price::all(0, 2142), Price::all(1, 1589)],
        months: &[],
    },
];
