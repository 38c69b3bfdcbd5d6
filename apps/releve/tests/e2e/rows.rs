//! Everything that a ledger holds, to be compared.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::ValueRef;

/// Every row of every table, as text, sorted, numbers of rows included: what
/// gets which number does not depend on when a sync was killed.
pub fn dump(ledger: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(ledger).unwrap();
    connection.pragma_update(None, "query_only", true).unwrap();
    let series = series_names(&connection);
    let mut rows = Vec::new();
    for table in names(&connection) {
        let mut select = connection
            .prepare(&format!("SELECT * FROM {table}"))
            .unwrap();
        let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
        let mut found = select.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            // The number of a series only says which one was written first.
            let is_series = |name: &str| name == "series" || (table == "series" && name == "id");
            let value = |(index, name): (usize, &String)| match row.get_ref(index).unwrap() {
                ValueRef::Integer(id) if is_series(name) => series[&id].clone(),
                value => format!("{value:?}"),
            };
            let values: Vec<String> = columns.iter().enumerate().map(value).collect();
            rows.push(format!("{table}: {}", values.join(", ")));
        }
    }
    rows.sort();
    rows
}

fn series_names(connection: &rusqlite::Connection) -> BTreeMap<i64, String> {
    let query = "SELECT series.id, prm || ' ' || direction || ' ' || kind FROM series
                 JOIN usage_point ON usage_point.id = usage_point";
    let mut named = connection.prepare(query).unwrap();
    let rows = named.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// All tables but the count of calls: those that a kill cut off were made, too.
fn names(connection: &rusqlite::Connection) -> Vec<String> {
    let query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'call_count'";
    let mut tables = connection.prepare(query).unwrap();
    let names = tables.query_map([], |row| row.get(0)).unwrap();
    names.map(Result::unwrap).collect()
}

/// Compares two dumps without printing thousands of rows.
pub fn assert_same_rows(left: &[String], right: &[String], what: &str) {
    let only = |a: &[String], b: &[String]| -> Vec<String> {
        let rows = a.iter().filter(|row| b.binary_search(row).is_err());
        rows.take(10).cloned().collect()
    };
    assert!(
        left == right,
        "{what}: {} rows and {}\nonly left: {:#?}\nonly right: {:#?}",
        left.len(),
        right.len(),
        only(left, right),
        only(right, left),
    );
}
