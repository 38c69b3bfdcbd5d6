//! Public holidays against the table of another implementation.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use tariff::holidays::{Zone, holidays};

/// `zone,date,name`, generated with the Python package `holidays` (see its provenance).
const TABLE: &str = include_str!("../../../testdata/holidays/france_2015-2035.csv");

#[test]
fn every_zone_has_the_holidays_of_the_reference_table_from_2015_to_2035() {
    let mut expected: BTreeMap<Zone, BTreeSet<Date>> = BTreeMap::new();
    for line in TABLE.lines().skip(1) {
        let mut fields = line.split(',');
        let zone = fields.next().unwrap().parse().unwrap();
        let day = fields.next().unwrap().parse().unwrap();
        expected.entry(zone).or_default().insert(day);
    }
    assert_eq!(expected.len(), Zone::ALL.len());
    for (zone, days) in expected {
        let ours: BTreeSet<_> = (2015..=2035)
            .flat_map(|year| holidays(year, zone))
            .collect();
        assert_eq!(ours, days, "{zone}");
    }
}
