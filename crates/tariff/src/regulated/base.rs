//! Base: one price at every hour.

use jiff::civil::date;

use super::{Period, Price};

/// Since February 2026 the price depends on the subscribed power, in kVA.
const SMALL: &[u32] = &[3, 6];
const LARGE: &[u32] = &[9, 12, 15, 18, 24, 30, 36];

/// Every period whose prices are known.
pub(super) const PERIODS: &[Period] = &[
    Period {
        from: date(2023, 8, 1),
        prices: &[Price::all(0, 2276)],
        months: &[
            (3, 947),
            (6, 1244),
            (9, 1563),
            (12, 1889),
            (15, 2192),
            (18, 2492),
            (24, 3160),
            (30, 3729),
            (36, 4466),
        ],
    },
    Period {
        from: date(2024, 2, 1),
        prices: &[Price::all(0, 2516)],
        months: &[
            (3, 963),
            (6, 1260),
            (9, 1579),
            (12, 1904),
            (15, 2207),
            (18, 2509),
            (24, 3176),
            (30, 3744),
            (36, 4482),
        ],
    },
    Period {
        from: date(2024, 11, 1),
        prices: &[Price::all(0, 2516)],
        months: &[
            (3, 969),
            (6, 1268),
            (9, 1589),
            (12, 1916),
            (15, 2207),
            (18, 2524),
            (24, 3196),
            (30, 3768),
            (36, 4443),
        ],
    },
    Period {
        from: date(2025, 2, 1),
        prices: &[Price::all(0, 2016)],
        months: &[
            (3, 1041),
            (6, 1372),
            (9, 1727),
            (12, 2086),
            (15, 2420),
            (18, 2739),
            (24, 3468),
            (30, 4199),
            (36, 4839),
        ],
    },
    Period {
        from: date(2025, 8, 1),
        prices: &[Price::all(0, 1952)],
        months: &[
            (3, 1173),
            (6, 1547),
            (9, 1939),
            (12, 2332),
            (15, 2706),
            (18, 3076),
            (24, 3879),
            (30, 4644),
            (36, 5429),
        ],
    },
    Period {
        from: date(2026, 2, 1),
        prices: &[Price::only(0, SMALL, 1940), Price::only(0, LARGE, 1927)],
        months: &[
            (3, 1203),
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
        prices: &[Price::only(0, SMALL, 2001), Price::only(0, LARGE, 1985)],
        months: &[(3, 1213), (6, 1586), (9, 1988), (12, 2376)],
    },
];
