//! The people of the simulated world: Enedis' own sandbox customers 0 to 8, its
//! 2026 test points, a demo household, and some points that are hard to read.

use jiff::civil::{Date, date, datetime};
use meter::{Step, UsagePoint};

use crate::household::{Home, OffPeakWindow};
use crate::profile::{Holes, OffPeakHours, Profile, Publication, Standing, StepEra};

/// A person who may be asked for consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The value of the field `customer` on the consent page; a sandbox
    /// customer's is the digit that ends the `state`.
    pub id: &'static str,
    /// What the page shows.
    pub name: &'static str,
    /// Their usage points.
    pub usage_points: Vec<UsagePoint>,
}

/// The demo household's point, with consumption and production.
pub const DEMO_HOME: u64 = 22_222_222_222_222;
/// The demo household's second point, consumption only.
pub const DEMO_SECOND: u64 = 33_333_333_333_333;
/// Steps that change, even inside one day, three phases, late days, holes
/// written as nulls.
pub const DIFFICULT: u64 = 44_444_444_444_444;
/// Someone else lives there now.
pub const MOVED_OUT: u64 = 55_555_555_555_555;
/// Reads only after a consent on the page.
pub const NOT_ASKED: u64 = 66_666_666_666_666;

/// Everyone, with their usage points.
pub fn built_in() -> (Vec<Customer>, Vec<Profile>) {
    let mut customers = Vec::new();
    let mut profiles = Vec::new();
    for (id, name, points) in everyone() {
        customers.push(Customer {
            id,
            name,
            usage_points: points.iter().map(|point| point.usage_point).collect(),
        });
        profiles.extend(points);
    }
    (customers, profiles)
}

type Person = (&'static str, &'static str, Vec<Profile>);

fn everyone() -> Vec<Person> {
    let mut people = sandbox();
    people.push(("demo", "Claude Demeure", demo()));
    people.push(("difficult", "Camille Caprice", difficult()));
    people.push(("sandbox-2026", "Enedis 2026", test_points()));
    people
}

fn sandbox() -> Vec<Person> {
    let plain = |prm| consumer(prm, date(2017, 7, 15));
    vec![
        ("0", "Zoé Zéro", vec![plain(22_516_914_714_270)]),
        (
            "1",
            "Ugo Un",
            vec![consumer(11_453_290_002_823, date(2019, 8, 27))],
        ),
        (
            "2",
            "Diane Deux",
            vec![Profile {
                curve_collected: false,
                ..plain(32_320_647_321_714)
            }],
        ),
        (
            "3",
            "Thaïs Trois",
            vec![plain(12_345_678_901_234), producer(10_284_856_584_123)],
        ),
        (
            "4",
            "Quentin Quatre",
            vec![Profile {
                holes: Holes::TuesdaysAndWednesdays,
                ..plain(42_900_589_957_123)
            }],
        ),
        ("5", "Colette Cinq", vec![producer(24_880_057_139_941)]),
        (
            "6",
            "Simon Six",
            vec![self_consumer(12_655_648_759_651, date(2018, 3, 8))],
        ),
        (
            "7",
            "Sophie Sept",
            [64_975_835_695_673, 63_695_879_465_986, 22_315_546_958_763]
                .map(plain)
                .into(),
        ),
        (
            "8",
            "Hugo Huit",
            vec![Profile {
                standing: Standing::Revoked,
                ..plain(26_584_978_546_985)
            }],
        ),
    ]
}

fn demo() -> Vec<Profile> {
    let home = self_consumer(DEMO_HOME, date(2019, 5, 14));
    let second = Profile {
        home: Home {
            occupants: 2,
            heating_watts_per_degree: 0,
            ..FAMILY
        },
        off_peak: Some(two_windows()),
        subscribed_kva: 6,
        ..consumer(DEMO_SECOND, date(2020, 3, 9))
    };
    vec![home, second]
}

fn difficult() -> Vec<Profile> {
    let era = |from, step| StepEra { from, step };
    let difficult = Profile {
        eras: vec![
            era(datetime(2017, 1, 1, 0, 0, 0, 0), Step::HALF_HOUR),
            era(datetime(2025, 11, 12, 0, 0, 0, 0), Step::HOUR),
            era(datetime(2026, 3, 18, 14, 0, 0, 0), Step::QUARTER),
            era(datetime(2026, 9, 7, 10, 0, 0, 0), Step::TEN),
        ],
        holes: Holes::Sprinkled {
            part: 40,
            whole: 15,
        },
        nulls: true,
        publication: Publication {
            late: 60,
            very_late: 20,
            never: 5,
        },
        three_phase: true,
        subscribed_kva: 18,
        ..consumer(DIFFICULT, date(2022, 2, 1))
    };
    let with = |prm, standing| Profile {
        standing,
        ..consumer(prm, date(2021, 10, 4))
    };
    vec![
        difficult,
        with(MOVED_OUT, Standing::MovedOut),
        with(NOT_ASKED, Standing::NotAsked),
    ]
}

fn test_points() -> Vec<Profile> {
    let company = |prm, segment, subscribed_kva| Profile {
        segment,
        subscribed_kva,
        eras: vec![StepEra {
            from: datetime(2015, 1, 1, 0, 0, 0, 0),
            step: Step::TEN,
        }],
        three_phase: true,
        off_peak: None,
        ..consumer(prm, date(2022, 1, 3))
    };
    vec![
        company(11_111_111_111_111, "C2", 250),
        company(99_999_999_999_999, "C1", 1100),
        consumer(14_000_000_000_001, date(2020, 1, 6)),
    ]
}

const FAMILY: Home = Home {
    occupants: 4,
    heating_watts_per_degree: 75,
    tank_watts: 2200,
    solar_watts: 0,
    inhabited: true,
};

/// A family with electric heating and a Linky that never fails.
pub fn consumer(prm: u64, since: Date) -> Profile {
    Profile {
        usage_point: usage_point(prm),
        home: FAMILY,
        consumption_since: Some(since),
        production_since: None,
        eras: vec![StepEra {
            from: datetime(2015, 1, 1, 0, 0, 0, 0),
            step: Step::HALF_HOUR,
        }],
        curve_collected: true,
        holes: Holes::None,
        nulls: false,
        publication: Publication::PUNCTUAL,
        three_phase: false,
        segment: "C5",
        subscribed_kva: 9,
        off_peak: Some(one_window()),
        exchanged: None,
        standing: Standing::Consented,
    }
}

/// The same family with panels, whose surplus is fed in under a second contract.
pub fn self_consumer(prm: u64, since: Date) -> Profile {
    Profile {
        home: Home {
            solar_watts: 4500,
            ..FAMILY
        },
        production_since: Some(meter::paris::add_days(since, 500)),
        ..consumer(prm, since)
    }
}

/// A roof that feeds all it makes into the grid.
pub fn producer(prm: u64) -> Profile {
    Profile {
        home: Home {
            solar_watts: 6000,
            inhabited: false,
            ..FAMILY
        },
        consumption_since: None,
        production_since: Some(date(2018, 6, 12)),
        off_peak: None,
        segment: "P4",
        ..consumer(prm, date(2018, 6, 12))
    }
}

fn one_window() -> OffPeakHours {
    OffPeakHours {
        text: "HC (22H38-6H38)",
        windows: vec![window((22, 38), (6, 38))],
    }
}

fn two_windows() -> OffPeakHours {
    OffPeakHours {
        text: "HC (0H54-6H54;11H54-13H54)",
        windows: vec![window((0, 54), (6, 54)), window((11, 54), (13, 54))],
    }
}

fn window(from: (u16, u16), to: (u16, u16)) -> OffPeakWindow {
    OffPeakWindow {
        from: from.0 * 60 + from.1,
        to: to.0 * 60 + to.1,
    }
}

/// A usage point written as a number.
///
/// # Panics
///
/// When the number has more than 14 digits: all of them stand in this file or
/// in a test.
#[expect(clippy::expect_used, reason = "numbers of source code, not input")]
pub fn usage_point(number: u64) -> UsagePoint {
    UsagePoint::from_u64(number).expect("14 digits at most")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_usage_point_belongs_to_one_customer() {
        let (customers, profiles) = built_in();
        let listed: Vec<_> = customers.iter().flat_map(|c| &c.usage_points).collect();
        let distinct: BTreeSet<_> = listed.iter().collect();
        assert_eq!(listed.len(), profiles.len());
        assert_eq!(distinct.len(), profiles.len());
    }

    #[test]
    fn the_demo_household_has_more_than_three_years_of_both_directions() {
        let (_, profiles) = built_in();
        let home = profiles
            .iter()
            .find(|p| p.usage_point == usage_point(DEMO_HOME))
            .unwrap();
        assert!(home.consumption_since.unwrap() < date(2022, 1, 1));
        assert!(home.production_since.unwrap() < date(2022, 1, 1));
        assert_eq!(home.holes, Holes::None);
        assert_eq!(home.publication, Publication::PUNCTUAL);
    }
}
