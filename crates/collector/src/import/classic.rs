//! The classic half-hour export (format A of the reference): two header lines,
//! then `Horodate;Valeur` rows whose stamps carry their offset and mark the END.

use std::num::ParseIntError;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Direction, Interval, paris};

use super::cells::{cut, direction, french_date, named, open_line, reader, same_word};
use super::steps::steps;
use super::{CurveFile, ImportError, Named, Unplaced, UnplacedReason, encoding};

/// Reads a classic export of a load curve.
///
/// Encoding, byte-order mark and delimiter are found out; steps are read from
/// the stamps; rows may be in any order, since their stamps say where they go.
pub fn read_classic(path: &Path) -> Result<CurveFile, ImportError> {
    let text = encoding::read_text(path)?;
    let header = Header::read(path, &text)?;
    let mut rows = rows(path, &text, &header)?;
    if is_cut_off(&text, &rows, &header) {
        return Err(ImportError::Truncated {
            path: path.to_owned(),
            line: rows.last().map_or(1, |row| row.line),
        });
    }
    if rows.first().map(|row| row.end) > rows.last().map(|row| row.end) {
        rows.reverse();
    }
    relabel_repeated_hour(&mut rows);
    let out_of_order = !rows.is_sorted_by_key(|row| row.end);
    rows.sort_by_key(|row| row.end);
    let mut file = place(&rows, header);
    file.out_of_order = out_of_order;
    Ok(file)
}

/// Instants at which a meter of ours can have recorded: 2000 to 2100.
const METERS: std::ops::Range<i64> = 946_684_800..4_102_444_800;

struct Header {
    named: Named,
    direction: Option<Direction>,
    delimiter: u8,
    declared_end: Option<Date>,
    /// How many lines stand above the rows.
    lines: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    line: u64,
    end: Timestamp,
    watts: Option<u32>,
}

impl Header {
    fn read(path: &Path, text: &str) -> Result<Self, ImportError> {
        let first_line = text.lines().next().unwrap_or_default();
        let unknown = || ImportError::UnknownFormat {
            path: path.to_owned(),
            first_line: cut(first_line),
        };
        // Spreadsheets write the same file back with commas.
        let delimiter = if first_line.contains(';') { b';' } else { b',' };
        let mut records = reader(text, delimiter).into_records();
        let mut next = || records.next().and_then(Result::ok).ok_or_else(unknown);
        let names = next()?;
        let values = next()?;
        let value = |name: &str| {
            let index = names.iter().position(|n| same_word(n, name))?;
            values.get(index).map(str::trim)
        };
        let number = value("Identifiant PRM").ok_or_else(unknown)?;
        let data = value("Type de donnees").ok_or_else(unknown)?;
        if !same_word(data, "Courbe de charge") {
            return Err(ImportError::OtherData {
                path: path.to_owned(),
                found: cut(data),
            });
        }
        let columns = next()?;
        let expected = columns.len() >= 2
            && same_word(&columns[0], "Horodate")
            && same_word(&columns[1], "Valeur");
        if !expected {
            return Err(unknown());
        }
        Ok(Self {
            named: named(number),
            direction: value("Grandeur metier").and_then(direction),
            delimiter,
            declared_end: value("Date de fin").and_then(french_date),
            lines: columns.position().map_or(3, csv::Position::line),
        })
    }
}

fn rows(path: &Path, text: &str, header: &Header) -> Result<Vec<Row>, ImportError> {
    let mut rows = Vec::new();
    let mut ended = false;
    let open_line = open_line(text);
    for record in reader(text, header.delimiter).into_records() {
        let record = record.map_err(|error| ImportError::Row {
            path: path.to_owned(),
            line: error.position().map_or(0, csv::Position::line),
            field: "row",
            found: cut(&error.to_string()),
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        if line <= header.lines || record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let bad = |field, found: &str| ImportError::Row {
            path: path.to_owned(),
            line,
            field,
            found: cut(found),
        };
        let stamp = record.get(0).unwrap_or_default().trim();
        // A second block (maxima) may follow in the same file.
        ended = ended || same_word(stamp, "Identifiant PRM");
        if ended {
            continue;
        }
        let last = open_line == Some(line);
        let cut_off = || ImportError::Truncated {
            path: path.to_owned(),
            line,
        };
        let end = match stamp.parse::<Timestamp>() {
            Ok(end) if METERS.contains(&end.as_second()) => end,
            Err(_) if last => return Err(cut_off()),
            Ok(_) | Err(_) => return Err(bad("stamp", stamp)),
        };
        let value = match record.get(1) {
            Some(value) => value.trim(),
            None if last => return Err(cut_off()),
            None => return Err(bad("row", stamp)),
        };
        rows.push(Row {
            line,
            end,
            watts: watts(value).map_err(|_| bad("value", value))?,
        });
    }
    if rows.is_empty() {
        return Err(ImportError::Empty {
            path: path.to_owned(),
        });
    }
    Ok(rows)
}

/// `Ok(None)` for an empty cell.
fn watts(value: &str) -> Result<Option<u32>, ParseIntError> {
    if value.is_empty() || value.eq_ignore_ascii_case("null") {
        return Ok(None);
    }
    value.parse().map(Some)
}

/// The last row has no end of line and stands before the day the header names:
/// its value may have lost digits.
fn is_cut_off(text: &str, rows: &[Row], header: &Header) -> bool {
    let (Some(first), Some(last), Some(declared)) =
        (rows.first(), rows.last(), header.declared_end)
    else {
        return false;
    };
    let reaches = paris::day_of(last.end) >= declared || first.end > last.end;
    open_line(text) == Some(last.line) && !reaches
}

/// Some exports write the winter offset on both repeated hours of autumn: the
/// stamps then go back by an hour. The first of the two is summer time.
fn relabel_repeated_hour(rows: &mut [Row]) {
    for index in 1..rows.len() {
        let (before, again) = (rows[index - 1], rows[index]);
        let goes_back = again.end <= before.end && again.watts != before.watts;
        if !goes_back || !is_second_repeated_hour(again.end) {
            continue;
        }
        let first = rows[..index]
            .iter()
            .rposition(|row| row.end < again.end)
            .map_or(0, |before| before + 1);
        let hour = jiff::SignedDuration::from_hours(1);
        let summer = again.end - hour..again.end;
        let has_summer = rows
            .iter()
            .any(|row| summer.contains(&row.end) && is_second_repeated_hour(row.end + hour));
        let run = &mut rows[first..index];
        if !has_summer && run.iter().all(|row| is_second_repeated_hour(row.end)) {
            for row in run {
                row.end -= hour;
            }
        }
    }
}

/// Whether an instant lies in the repeated hour, read as winter time.
fn is_second_repeated_hour(instant: Timestamp) -> bool {
    matches!(
        paris::instants(paris::local(instant)),
        paris::Instants::Two(_, later) if later == instant
    )
}

fn place(rows: &[Row], header: Header) -> CurveFile {
    let mut kept: Vec<Row> = rows.to_vec();
    kept.dedup_by(|later, earlier| (later.end, later.watts) == (earlier.end, earlier.watts));
    let duplicates = rows.len() - kept.len();
    let mut unplaced = drop_conflicts(&mut kept);
    let ends: Vec<Timestamp> = kept.iter().map(|row| row.end).collect();
    let mut intervals = Vec::with_capacity(kept.len());
    for (row, step) in kept.iter().zip(steps(&ends)) {
        match (row.watts, step) {
            (None, _) => {}
            (Some(watts), Some(step)) => intervals.push(Interval {
                start: row.end - step.duration(),
                step,
                watts,
            }),
            (Some(_), None) => unplaced.push(Unplaced {
                line: row.line,
                reason: UnplacedReason::UnknownStep,
            }),
        }
    }
    CurveFile {
        named: header.named,
        direction: header.direction,
        intervals,
        points: rows.iter().filter(|row| row.watts.is_some()).count(),
        empty: rows.iter().filter(|row| row.watts.is_none()).count(),
        duplicates,
        unplaced,
        out_of_order: false,
        declared_end: header.declared_end,
    }
}

/// Two values for one stamp: neither is kept. An empty one gives way.
fn drop_conflicts(rows: &mut Vec<Row>) -> Vec<Unplaced> {
    let mut unplaced = Vec::new();
    let mut kept = Vec::with_capacity(rows.len());
    for group in rows.chunk_by(|a, b| a.end == b.end) {
        let mut values = group.iter().filter(|row| row.watts.is_some());
        match (values.next(), values.next()) {
            (Some(only), None) => kept.push(*only),
            (None, _) => kept.push(group[0]),
            (Some(_), Some(_)) => unplaced.extend(group.iter().map(|row| Unplaced {
                line: row.line,
                reason: UnplacedReason::Conflict,
            })),
        }
    }
    *rows = kept;
    unplaced
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const HEADER: &str = "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes\n22516914714270;Courbe de charge;29/10/2022;31/10/2022;Energie active;Consommation;Comptage Brut;W;\n\nHorodate;Valeur\n";

    fn read(rows: &str) -> Result<CurveFile, ImportError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("export.csv");
        std::fs::write(&path, [HEADER, rows].concat()).unwrap();
        read_classic(&path)
    }

    fn starts(file: &CurveFile) -> Vec<String> {
        file.intervals.iter().map(|i| i.start.to_string()).collect()
    }

    #[test]
    fn offsets_place_the_repeated_hour() {
        let file = read("2022-10-30T02:00:00+02:00;256\n2022-10-30T02:30:00+02:00;188\n2022-10-30T02:00:00+01:00;318\n2022-10-30T02:30:00+01:00;216\n2022-10-30T03:00:00+01:00;240\n").unwrap();
        assert_eq!(
            starts(&file),
            [
                "2022-10-29T23:30:00Z",
                "2022-10-30T00:00:00Z",
                "2022-10-30T00:30:00Z",
                "2022-10-30T01:00:00Z",
                "2022-10-30T01:30:00Z"
            ]
        );
        assert!(!file.out_of_order);
    }

    #[test]
    fn a_first_repeated_hour_with_the_winter_offset_is_read_as_summer() {
        let right = read("2022-10-30T01:30:00+02:00;1\n2022-10-30T02:00:00+02:00;256\n2022-10-30T02:30:00+02:00;188\n2022-10-30T02:00:00+01:00;318\n2022-10-30T02:30:00+01:00;216\n").unwrap();
        let wrong = read("2022-10-30T01:30:00+02:00;1\n2022-10-30T02:00:00+01:00;256\n2022-10-30T02:30:00+01:00;188\n2022-10-30T02:00:00+01:00;318\n2022-10-30T02:30:00+01:00;216\n").unwrap();
        assert_eq!(right.intervals, wrong.intervals);
        assert!(!wrong.out_of_order);
    }

    #[test]
    fn rows_doubled_in_place_are_counted_once_in_the_repeated_hour_too() {
        let rows = [
            "2022-10-30T02:00:00+02:00;256\n",
            "2022-10-30T02:30:00+02:00;188\n",
            "2022-10-30T02:00:00+01:00;318\n",
            "2022-10-30T02:30:00+01:00;216\n",
        ];
        let doubled: String = rows.iter().map(|row| row.repeat(2)).collect();
        let file = read(&doubled).unwrap();
        assert_eq!(file.intervals, read(&rows.concat()).unwrap().intervals);
        assert_eq!((file.duplicates, file.unplaced.len()), (4, 0));
    }

    #[test]
    fn a_stamp_of_another_age_is_refused() {
        for stamp in ["-009999-01-02T02:00:00Z", "9999-12-30T21:00:00Z"] {
            let refused = read(&format!("{stamp};1\n{stamp};1\n"));
            assert!(matches!(
                refused,
                Err(ImportError::Row { field: "stamp", .. })
            ));
        }
    }

    #[test]
    fn rows_in_any_order_give_the_same_intervals() {
        let rows = [
            "2022-10-29T00:30:00+02:00;10\n",
            "2022-10-29T01:00:00+02:00;20\n",
            "2022-10-29T01:30:00+02:00;30\n",
            "2022-10-29T02:00:00+02:00;40\n",
        ];
        let ordered = read(&rows.concat()).unwrap();
        let newest_first: String = rows.iter().rev().copied().collect();
        assert_eq!(read(&newest_first).unwrap().intervals, ordered.intervals);
        let shuffled = read(&[rows[2], rows[0], rows[1], rows[3]].concat()).unwrap();
        assert_eq!(shuffled.intervals, ordered.intervals);
        assert!(shuffled.out_of_order);
    }

    #[test]
    fn an_empty_value_is_a_hole_and_not_a_zero() {
        let file = read("2022-10-29T00:30:00+02:00;10\n2022-10-29T01:00:00+02:00;\n2022-10-29T01:30:00+02:00;30\n").unwrap();
        assert_eq!((file.points, file.empty, file.intervals.len()), (2, 1, 2));
        assert!(file.intervals.iter().all(|i| i.step.minutes() == 30));
    }

    #[test]
    fn two_values_for_one_stamp_are_reported_with_their_lines() {
        let file = read("2022-10-29T00:30:00+02:00;10\n2022-10-29T00:30:00+02:00;12\n2022-10-29T01:00:00+02:00;20\n2022-10-29T01:00:00+02:00;20\n2022-10-29T01:30:00+02:00;30\n").unwrap();
        assert_eq!(file.duplicates, 1);
        assert_eq!(
            file.unplaced.iter().map(|u| u.line).collect::<Vec<_>>(),
            [5, 6]
        );
        assert_eq!(file.intervals.len(), 2);
    }

    #[test]
    fn a_file_cut_in_its_last_row_is_refused() {
        for rest in [
            "2022-10-29T00:30:00+02:00;10\n2022-10-29T01:0",
            "2022-10-29T00:30:00+02:00;10\n2022-10-29T01:00:00+02:00",
            "2022-10-29T00:30:00+02:00;10\n2022-10-29T01:00:00+02:00;2",
        ] {
            assert!(
                matches!(read(rest), Err(ImportError::Truncated { line: 6, .. })),
                "{rest:?}"
            );
        }
    }

    #[test]
    fn a_bad_value_names_its_line() {
        match read("2022-10-29T00:30:00+02:00;10\n2022-10-29T01:00:00+02:00;beaucoup\n") {
            Err(ImportError::Row { line, field, .. }) => assert_eq!((line, field), (6, "value")),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn other_exports_of_enedis_are_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("export.csv");
        std::fs::write(&path, HEADER.replace("Courbe de charge", "Index")).unwrap();
        match read_classic(&path) {
            Err(ImportError::OtherData { found, .. }) => assert_eq!(found, "Index"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn masked_and_short_numbers_are_unclear() {
        for number in ["1111111111111", "1429xxxxxxxxxx", "00000000000000", ""] {
            assert_eq!(named(number), Named::Unclear(number.to_owned()));
        }
        assert_eq!(
            date(2022, 10, 31),
            french_date("31/10/2022").unwrap(),
            "dates are day first"
        );
    }
}
