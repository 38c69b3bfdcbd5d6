//! The index export (format B of the reference): register readings of each day,
//! then the calendars that say what each register counts.
//!
//! Readings are stamped at a fixed instant of UTC all year, up to two hours off
//! midnight: the nearest local midnight is taken. What is far from any is an
//! intervention, and no day's reading.

mod calendars;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Direction, Register, UsagePoint, paris};

use super::cells::{cut, direction, named, open_line, reader, same_word};
use super::{ImportError, Named, Unplaced, UnplacedReason, encoding};
pub use calendars::Calendar;

/// How far from midnight a day's reading may be stamped, in seconds.
const NEAR_MIDNIGHT: i64 = 3 * 3600;

/// Register readings as a file holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFile {
    /// Whom it is about.
    pub named: Named,
    /// Which way the energy flows, where the file says so.
    pub direction: Option<Direction>,
    /// The readings by day, calendar and class.
    pub registers: Vec<Register>,
    /// The calendars that the file describes.
    pub calendars: Vec<Calendar>,
    /// Rows with a reading.
    pub readings: usize,
    /// Rows that only repeat another.
    pub duplicates: usize,
    /// Rows that could not be placed, by line number.
    pub unplaced: Vec<Unplaced>,
    /// Lines whose classes do not sum to their total.
    pub unbalanced: Vec<u64>,
}

impl IndexFile {
    /// Whose readings these are; as [`super::CurveFile::usage_point`].
    pub fn usage_point(
        &self,
        wanted: Option<UsagePoint>,
        path: &Path,
    ) -> Result<UsagePoint, ImportError> {
        self.named.usage_point(wanted, path)
    }

    /// Which way these readings go; as [`super::CurveFile::direction`].
    pub fn direction(
        &self,
        wanted: Option<Direction>,
        path: &Path,
    ) -> Result<Direction, ImportError> {
        super::agree(self.direction, wanted, path)
    }
}

/// Reads an index export. Either all of it is read or nothing.
pub fn read_index(path: &Path) -> Result<IndexFile, ImportError> {
    let text = encoding::read_text(path)?;
    let head = Head::read(path, &text)?;
    let rows = rows(path, &text, &head)?;
    Ok(place(head, rows))
}

/// What stands above the readings.
struct Head {
    named: Named,
    direction: Option<Direction>,
    delimiter: u8,
    /// Where each register stands in a row, by its name without spaces at its ends.
    columns: Vec<(usize, String)>,
    lines: u64,
    calendars: Vec<Calendar>,
}

/// The column of the register that counts everything.
const TOTAL: &str = "EAS T";

impl Head {
    fn read(path: &Path, text: &str) -> Result<Self, ImportError> {
        let first_line = text.lines().next().unwrap_or_default();
        let unknown = || ImportError::UnknownFormat {
            path: path.to_owned(),
            first_line: cut(first_line),
        };
        let delimiter = if first_line.contains(';') { b';' } else { b',' };
        let mut records = reader(text, delimiter).into_records();
        let mut next = || records.next().and_then(Result::ok).ok_or_else(unknown);
        let (names, values) = (next()?, next()?);
        let value = |name: &str| {
            let index = names.iter().position(|n| same_word(n, name))?;
            values.get(index).map(str::trim)
        };
        let number = value("Identifiant PRM").ok_or_else(unknown)?;
        let data = value("Type de donnees").ok_or_else(unknown)?;
        let other = |found: &str| ImportError::OtherData {
            path: path.to_owned(),
            found: cut(found),
        };
        if !same_word(data, "Index") {
            return Err(other(data));
        }
        match value("Unite") {
            Some(unit) if same_word(unit, "Wh") => {}
            unit => return Err(other(&format!("{data} {}", unit.unwrap_or_default()))),
        }
        let heading = next()?;
        if !heading
            .get(0)
            .is_some_and(|name| same_word(name, "Horodate"))
        {
            return Err(unknown());
        }
        let registers = heading.iter().enumerate().skip(1);
        Ok(Self {
            named: named(number),
            direction: value("Grandeur metier").and_then(direction),
            delimiter,
            columns: registers
                .map(|(index, name)| (index, name.trim().to_owned()))
                .filter(|(_, name)| is_register(name))
                .collect(),
            lines: heading.position().map_or(3, csv::Position::line),
            calendars: calendars::read(text, delimiter),
        })
    }
}

/// `EAS F1` to `EAS F10`, `EAS D1` to `EAS D4`, `EAS T`; those of production too.
fn is_register(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let (Some(quantity), Some(dial), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    quantity.starts_with('E') && dial.starts_with(['F', 'D', 'T'])
}

struct Row {
    line: u64,
    /// The local day that begins at the reading; `None`: far from midnight.
    day: Option<Date>,
    /// The registers that hold something, by their column.
    values: BTreeMap<usize, u64>,
}

fn rows(path: &Path, text: &str, head: &Head) -> Result<Vec<Row>, ImportError> {
    let mut rows = Vec::new();
    let open_line = open_line(text);
    for record in reader(text, head.delimiter).into_records() {
        let bad = |line, field, found: &str| ImportError::Row {
            path: path.to_owned(),
            line,
            field,
            found: cut(found),
        };
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            bad(line, "row", &error.to_string())
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        if line <= head.lines || record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let stamp = record.get(0).unwrap_or_default().trim();
        // The calendars, or a block of maxima, follow.
        if calendars::begins(stamp) || same_word(stamp, "Identifiant PRM") {
            break;
        }
        let widest = head.columns.last().map_or(0, |(index, _)| *index);
        if open_line == Some(line) && record.len() <= widest {
            return Err(ImportError::Truncated {
                path: path.to_owned(),
                line,
            });
        }
        let at: Timestamp = stamp.parse().map_err(|_| bad(line, "stamp", stamp))?;
        let mut values = BTreeMap::new();
        for (column, _) in &head.columns {
            let cell = record.get(*column).unwrap_or_default().trim();
            if !cell.is_empty() {
                let value = cell.parse().map_err(|_| bad(line, "value", cell))?;
                values.insert(*column, value);
            }
        }
        rows.push(Row {
            line,
            day: nearest_midnight(at),
            values,
        });
    }
    if rows.is_empty() {
        return Err(ImportError::Empty {
            path: path.to_owned(),
        });
    }
    Ok(rows)
}

/// The day that begins at the local midnight nearest to an instant.
fn nearest_midnight(at: Timestamp) -> Option<Date> {
    let day = paris::day_of(at);
    let after = at.duration_since(paris::day_start(day)).as_secs();
    let before = paris::day_end(day).duration_since(at).as_secs();
    match () {
        () if after <= NEAR_MIDNIGHT => Some(day),
        () if before <= NEAR_MIDNIGHT => Some(paris::add_days(day, 1)),
        () => None,
    }
}

fn place(head: Head, rows: Vec<Row>) -> IndexFile {
    let readings = rows.len();
    let unbalanced = rows.iter().filter(|row| !is_balanced(&head, row));
    let unbalanced = unbalanced.map(|row| row.line).collect();
    let mut unplaced = Vec::new();
    let mut duplicates = 0;
    let mut by_day: BTreeMap<Date, Vec<Row>> = BTreeMap::new();
    for row in rows {
        match row.day {
            Some(day) => by_day.entry(day).or_default().push(row),
            None => unplaced.push(Unplaced {
                line: row.line,
                reason: UnplacedReason::FarFromMidnight,
            }),
        }
    }
    let mut registers = Vec::new();
    for (day, rows) in &by_day {
        // Before and after a change of meter: which one is the day's?
        if rows.iter().any(|row| row.values != rows[0].values) {
            unplaced.extend(rows.iter().map(|row| Unplaced {
                line: row.line,
                reason: UnplacedReason::Conflict,
            }));
            continue;
        }
        duplicates += rows.len() - 1;
        registers.extend(registers_of(&head, *day, &rows[0]));
    }
    IndexFile {
        named: head.named,
        direction: head.direction,
        registers,
        calendars: head.calendars,
        readings,
        duplicates,
        unplaced,
        unbalanced,
    }
}

/// A register that no calendar describes keeps its column's name as its class.
fn registers_of(head: &Head, day: Date, row: &Row) -> Vec<Register> {
    let columns = head.columns.iter();
    columns
        .filter_map(|(column, name)| {
            let watt_hours = *row.values.get(column)?;
            let described = || {
                let calendars = head.calendars.iter().filter(|c| c.holds_on(day));
                calendars.into_iter().find_map(|c| c.class_of(name))
            };
            let (calendar, class) = match name.as_str() {
                TOTAL => (String::new(), String::new()),
                _ => described().unwrap_or_else(|| (String::new(), name.clone())),
            };
            Some(Register {
                day,
                calendar,
                class,
                watt_hours,
            })
        })
        .collect()
}

/// Whether the supplier's and the distributor's classes each sum to the total.
fn is_balanced(head: &Head, row: &Row) -> bool {
    let of = |letter: char| -> Vec<u64> {
        let columns = head.columns.iter();
        columns
            .filter(|(_, name)| {
                name.split_whitespace()
                    .nth(1)
                    .is_some_and(|d| d.starts_with(letter))
            })
            .filter_map(|(column, _)| row.values.get(column).copied())
            .collect()
    };
    let Some(total) = of('T').first().copied() else {
        return true;
    };
    ['F', 'D'].into_iter().map(of).all(|classes| {
        let sum = classes
            .iter()
            .try_fold(0_u64, |sum, value| sum.checked_add(*value));
        classes.is_empty() || sum == Some(total)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const HEADER: &str = "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite\n22516914714270;Index;01/09/2019;21/08/2020;Energie active;Consommation;Comptage Brut;Wh\n\nHorodate;Type de releve;EAS F1;EAS F2;EAS F3;EAS D1;EAS D2;EAS T\n";

    fn read(rows: &str) -> Result<IndexFile, ImportError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("export.csv");
        std::fs::write(&path, [HEADER, rows].concat()).unwrap();
        read_index(&path)
    }

    #[test]
    fn stamps_of_both_habits_are_the_nearest_midnight() {
        for (stamp, day) in [
            ("2024-01-10T00:00:00+01:00", date(2024, 1, 10)),
            ("2024-07-10T01:00:00+02:00", date(2024, 7, 10)),
            ("2019-09-02T00:00:00+02:00", date(2019, 9, 2)),
            ("2019-12-01T23:00:00+01:00", date(2019, 12, 2)),
            ("2024-03-31T00:00:00+01:00", date(2024, 3, 31)),
            ("2024-10-27T01:00:00+02:00", date(2024, 10, 27)),
        ] {
            assert_eq!(
                nearest_midnight(stamp.parse().unwrap()),
                Some(day),
                "{stamp}"
            );
        }
        assert_eq!(
            nearest_midnight("2024-01-10T14:00:00+01:00".parse().unwrap()),
            None
        );
    }

    #[test]
    fn a_register_takes_its_class_from_the_calendar_of_its_day() {
        let file = read(
            "2019-09-02T00:00:00+02:00;Arrêté quotidien;10;20;;30;;30\n\
             2019-09-03T00:00:00+02:00;Arrêté quotidien;15;25;;40;;40\n\
             \n\
             Periode;Identifiant calendrier fournisseur;Libelle calendrier fournisseur;Identifiant classe temporelle 1;Libelle classe temporelle 1;Cadran classe temporelle 1;Identifiant classe temporelle 2;Libelle classe temporelle 2;Cadran classe temporelle 2;Identifiant calendrier distributeur;Libelle calendrier distributeur;Identifiant classe temporelle distributeur 1;Libelle classe temporelle distributeur 1;Cadran classe temporelle distributeur 1\n\
             Du 2019-09-03T00:00:00+02:00 au;FC000002;HC;HC;Heures Creuses;EAS F1;HP;Heures Pleines;EAS F2;DI000001;Base;BASE;Base;EAS D1\n\
             Du 2018-09-03T00:00:00+02:00 au 2019-09-03T00:00:00+02:00;INCONNU;INCONNU;;;EAS F1;;;EAS F2;;;;;\n",
        )
        .unwrap();
        let places: Vec<_> = file
            .registers
            .iter()
            .map(|r| {
                (
                    r.day.day(),
                    r.calendar.as_str(),
                    r.class.as_str(),
                    r.watt_hours,
                )
            })
            .collect();
        assert_eq!(
            places,
            [
                (2, "", "EAS F1", 10),
                (2, "", "EAS F2", 20),
                (2, "", "EAS D1", 30),
                (2, "", "", 30),
                (3, "FC000002", "HC", 15),
                (3, "FC000002", "HP", 25),
                (3, "DI000001", "BASE", 40),
                (3, "", "", 40)
            ]
        );
        assert!(file.unbalanced.is_empty());
    }

    #[test]
    fn classes_that_do_not_sum_to_their_total_are_reported_by_line() {
        let file = read(
            "2019-09-02T00:00:00+02:00;Arrêté quotidien;10;20;;30;;30\n\
             2019-09-03T00:00:00+02:00;Arrêté quotidien;15;25;;40;;41\n",
        )
        .unwrap();
        assert_eq!(file.unbalanced, [6]);
        assert_eq!(file.registers.len(), 8);
    }

    #[test]
    fn a_changed_meter_and_an_intervention_are_left_out_and_told() {
        let file = read(
            "2019-09-02T00:00:00+02:00;Arrêté quotidien;10;;;;;10\n\
             2019-09-02T00:00:00+02:00;Arrêté quotidien;0;;;;;0\n\
             2019-09-03T00:00:00+02:00;Arrêté quotidien;5;;;;;5\n\
             2019-09-03T00:00:00+02:00;Arrêté quotidien;5;;;;;5\n\
             2019-09-03T11:12:00+02:00;Relève;6;;;;;6\n",
        )
        .unwrap();
        assert_eq!(file.registers.len(), 2);
        assert_eq!(file.duplicates, 1);
        let lines: Vec<_> = file.unplaced.iter().map(|u| (u.line, u.reason)).collect();
        assert_eq!(
            lines,
            [
                (9, UnplacedReason::FarFromMidnight),
                (5, UnplacedReason::Conflict),
                (6, UnplacedReason::Conflict)
            ]
        );
    }

    #[test]
    fn a_bad_row_is_named_and_nothing_is_read() {
        for (rows, at, what) in [
            ("hier;Arrêté quotidien;1;;;;;1\n", 5, "stamp"),
            (
                "2019-09-02T00:00:00+02:00;Arrêté quotidien;1,5;;;;;1\n",
                5,
                "value",
            ),
            (
                "2019-09-02T00:00:00+02:00;Arrêté quotidien;-1;;;;;1\n",
                5,
                "value",
            ),
        ] {
            match read(rows) {
                Err(ImportError::Row { line, field, .. }) => assert_eq!((line, field), (at, what)),
                other => panic!("{other:?}"),
            }
        }
        assert!(matches!(
            read("2019-09-02T00:00:00+02:00;Arrêté quotidien;1;;\n2019-09-03T00:0"),
            Err(ImportError::Truncated { line: 6, .. })
        ));
        assert!(matches!(read(""), Err(ImportError::Empty { .. })));
    }
}
