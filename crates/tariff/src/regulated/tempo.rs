//! Tempo: six prices, by colour and by hour.

use jiff::civil::date;

use super::{Period, Price};

/// Every period whose prices are known.
pub(super) const PERIODS: &[Period] = &[
    Period {
        from: date(2023, 8, 1),
        prices: &[
            Price::all(0, 1056),
            Price::all(1, 1369),
            Price::all(2, 1246),
            Price::all(3, 1654),
            Price::all(4, 1328),
            Price::all(5, 7324),
        ],
        months: &[(6, 1280), (9, 1600), (12, 1929), (15, 2230), (18, 2529)],
    },
    Period {
        from: date(2024, 2, 1),
        prices: &[
            Price::all(0, 1296),
            Price::all(1, 1609),
            Price::all(2, 1486),
            Price::all(3, 1894),
            Price::all(4, 1568),
            Price::all(5, 7562),
        ],
        months: &[
            (6, 1296),
            (9, 1616),
            (12, 1944),
            (15, 2245),
            (18, 2544),
            (30, 3829),
            (36, 4442),
        ],
    },
    Period {
        from: date(2024, 11, 1),
        prices: &[
            Price::all(0, 1296),
            Price::all(1, 1609),
            Price::all(2, 1486),
            Price::all(3, 1894),
            Price::all(4, 1568),
            Price::all(5, 7562),
        ],
        months: &[
            (6, 1303),
            (9, 1625),
            (12, 1956),
            (15, 2245),
            (18, 2560),
            (30, 3853),
            (36, 4471),
        ],
    },
    Period {
        from: date(2025, 2, 1),
        prices: &[
            Price::all(0, 1288),
            Price::all(1, 1552),
            Price::all(2, 1447),
            Price::all(3, 1792),
            Price::all(4, 1518),
            Price::all(5, 6586),
        ],
        months: &[
            (6, 1397),
            (9, 1745),
            (12, 2096),
            (15, 2423),
            (18, 2750),
            (30, 4127),
            (36, 4845),
        ],
    },
    Period {
        from: date(2025, 8, 1),
        prices: &[
            Price::all(0, 1232),
            Price::all(1, 1494),
            Price::all(2, 1391),
            Price::all(3, 1730),
            Price::all(4, 1460),
            Price::all(5, 6468),
        ],
        months: &[
            (6, 1550),
            (9, 1949),
            (12, 2338),
            (15, 2701),
            (18, 3079),
            (30, 4631),
            (36, 5443),
        ],
    },
    Period {
        from: date(2026, 2, 1),
        prices: &[
            Price::all(0, 1325),
            Price::all(1, 1612),
            Price::all(2, 1499),
            Price::all(3, 1871),
            Price::all(4, 1575),
            Price::all(5, 7060),
        ],
        months: &[
            (6, 1559),
            (9, 1938),
            (12, 2307),
            (15, 2647),
            (18, 3004),
            (30, 4473),
            (36, 5242),
        ],
    },
    Period {
        from: date(2026, 8, 1),
        prices: &[
            Price::all(0, 1356),
            Price::all(1, 1654),
            Price::all(2, 1536),
            Price::all(3, 1921),
            Price::all(4, 1615),
            Price::all(5, 7295),
        ],
        months: &[
            (6, 1580),
            (9, 1970),
            (12, 2350),
            (15, 2701),
            (18, 3069),
            (30, 4582),
            (36, 5376),
        ],
    },
];
