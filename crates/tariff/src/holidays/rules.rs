//! Which days are public holidays where, and since when.
//!
//! Sources: Code du travail L3133-1 and L3422-2, décrets 83-1003 and 2012-553,
//! the local law of Alsace-Moselle (1892), and the usage and acts of each
//! overseas zone.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Zone, easter};

/// A public holiday and the years in which it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    day: Day,
    from: i16,
    to: i16,
}

#[derive(Debug, Clone, Copy)]
enum Day {
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i16),
}

impl Rule {
    /// Whether the rule makes that day a holiday; `since_easter` is known for
    /// every day that a movable feast can fall on.
    pub(super) fn names(self, day: Date, since_easter: Option<i32>) -> bool {
        let falls = match self.day {
            Day::Fixed(month, number) => (day.month(), day.day()) == (month, number),
            Day::Easter(offset) => since_easter == Some(i32::from(offset)),
        };
        falls && self.holds_in(day.year())
    }

    /// Its date in a year, when it holds then.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        if !self.holds_in(year) {
            return None;
        }
        match self.day {
            Day::Fixed(month, number) => Date::new(year, month, number).ok(),
            Day::Easter(offset) => easter(year).checked_add(i32::from(offset).days()).ok(),
        }
    }

    fn holds_in(self, year: i16) -> bool {
        (self.from..=self.to).contains(&year)
    }
}

const fn fixed(from: i16, month: i8, day: i8) -> Rule {
    until(from, i16::MAX, Day::Fixed(month, day))
}

const fn movable(from: i16, offset: i16) -> Rule {
    until(from, i16::MAX, Day::Easter(offset))
}

const fn until(from: i16, to: i16, day: Day) -> Rule {
    Rule { day, from, to }
}

const ASCENSION: i16 = 39;
const WHIT_MONDAY: i16 = 50;
const GOOD_FRIDAY: i16 = -2;
/// Thursday of the third week of Lent.
const MID_LENT: i16 = -24;
/// The Concordat's feasts, kept by the law of 1802.
const CONCORDAT: i16 = 1803;

pub(super) const EVERYWHERE: [Rule; 13] = [
    fixed(1811, 1, 1),
    movable(1886, 1),
    fixed(1919, 5, 1),
    until(1953, 1959, Day::Fixed(5, 8)),
    fixed(1982, 5, 8),
    movable(CONCORDAT, ASCENSION),
    // A day of work in the years of the "day of solidarity" as first enacted.
    until(1886, 2004, Day::Easter(WHIT_MONDAY)),
    movable(2008, WHIT_MONDAY),
    fixed(1880, 7, 14),
    fixed(CONCORDAT, 8, 15),
    fixed(CONCORDAT, 11, 1),
    fixed(1922, 11, 11),
    fixed(CONCORDAT, 12, 25),
];

/// The days that a zone has besides those of everywhere.
pub(super) const fn own(zone: Zone) -> &'static [Rule] {
    match zone {
        Zone::Mainland | Zone::SaintPierreEtMiquelon | Zone::TerresAustrales => &[],
        Zone::AlsaceMoselle => const { &[movable(1893, GOOD_FRIDAY), fixed(1892, 12, 26)] },
        // Good Friday, mid-Lent and Schœlcher's day are usage, kept by all.
        Zone::Guadeloupe => {
            const {
                &[
                    movable(CONCORDAT, MID_LENT),
                    movable(CONCORDAT, GOOD_FRIDAY),
                    fixed(1984, 5, 27),
                    fixed(1984, 7, 21),
                ]
            }
        }
        Zone::Martinique => const { &[fixed(1984, 5, 22), fixed(1984, 7, 21)] },
        Zone::Guyane => const { &[fixed(1984, 6, 10)] },
        Zone::Reunion => const { &[fixed(1983, 12, 20)] },
        Zone::Mayotte => const { &[fixed(1984, 4, 27)] },
        Zone::SaintBarthelemy => const { &[fixed(2012, 10, 9)] },
        Zone::SaintMartin => const { &[fixed(2012, 5, 28), fixed(2012, 7, 21)] },
        Zone::NouvelleCaledonie => const { &[fixed(1953, 9, 24)] },
        Zone::Polynesie => {
            const {
                &[
                    fixed(1978, 3, 5),
                    movable(CONCORDAT, GOOD_FRIDAY),
                    until(1985, 2024, Day::Fixed(6, 29)),
                    fixed(2025, 11, 20),
                ]
            }
        }
        Zone::WallisEtFutuna => {
            const { &[fixed(1962, 4, 28), fixed(1962, 6, 29), fixed(1962, 7, 29)] }
        }
    }
}
