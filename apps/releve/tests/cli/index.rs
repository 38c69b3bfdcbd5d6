//! Register readings from a file: recognised by its header, kept, told.

use insta::assert_snapshot;
use meter::{Direction, Kind, paris};

use crate::house::{HOME, House, key};

const SAMPLE: &str =
    include_str!("../../../../testdata/csv/index_daily_tempo_6cadrans_footer_bom.csv");

#[test]
fn an_index_export_is_imported_and_told_with_its_calendars() {
    let french = House::empty();
    let file = french.file("index.csv", SAMPLE);
    let first = french.run(&format!("import {file} --usage-point {HOME}"));
    let again = french.run(&format!("import {file} --usage-point {HOME} --lang en"));
    assert_snapshot!([first.render(), again.render()].join("\n"));
    french.write(|store| {
        let key = key(HOME, Direction::Consumption, Kind::Index);
        let day = jiff::civil::date(2024, 3, 31);
        let held = store.registers(key, day, paris::add_days(day, 1)).unwrap();
        assert_eq!(held.len(), 8);
    });
}

#[test]
fn an_index_export_for_programs_says_what_it_is() {
    let house = House::empty();
    let file = house.file("index.csv", SAMPLE);
    let report = house
        .run(&format!("--json import {file} --usage-point {HOME}"))
        .json();
    assert_eq!(report["files"][0]["kind"], "index");
    assert_eq!(report["points"], 198);
    assert_eq!(report["written"], 198 * 8);
    assert_eq!(report["files"][0]["from"], "2024-01-09T23:00:00Z");
    assert_eq!(report["files"][0]["to"], "2024-07-24T22:00:00Z");
}

#[test]
fn an_index_export_that_masks_its_usage_point_asks_for_it() {
    let house = House::empty();
    let file = house.file("index.csv", SAMPLE);
    let refused = house.run(&format!("import {file}")).render();
    assert!(refused.contains("1429xxxxxxxxxx"), "{refused}");
}
