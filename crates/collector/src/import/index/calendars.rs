//! The foot of an index export: which class each register counts, and since when.

use jiff::Timestamp;
use jiff::civil::Date;
use meter::paris;

use super::super::cells::{cut, reader, same_word};

/// A calendar as the foot describes it: the supplier's or the distributor's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The first local day.
    pub first: Date,
    /// The day after the last; `None`: no end is known.
    pub end: Option<Date>,
    /// Its identifier: `FC000050`, `DI000001`.
    pub id: String,
    /// Its name: `6 cadrans`.
    pub label: String,
    /// Column and class: `EAS F1` counts `BUHC`.
    pub classes: Vec<(String, String)>,
}

impl Calendar {
    /// Whether it holds for the reading at the beginning of that day.
    pub(super) fn holds_on(&self, day: Date) -> bool {
        self.first <= day && self.end.is_none_or(|end| day < end)
    }

    /// Calendar and class of a column.
    pub(super) fn class_of(&self, column: &str) -> Option<(String, String)> {
        let of = |(name, _): &&(String, String)| same_word(name, column);
        let (_, class) = self.classes.iter().find(of)?;
        Some((self.id.clone(), class.clone()))
    }
}

/// Whether a line is the heading of the foot.
pub(super) fn begins(first_cell: &str) -> bool {
    same_word(first_cell, "Periode")
}

/// The calendars of a file; a line of the foot that cannot be read describes none.
pub(super) fn read(text: &str, delimiter: u8) -> Vec<Calendar> {
    let mut records = reader(text, delimiter)
        .into_records()
        .filter_map(Result::ok)
        .skip_while(|record| !begins(record.get(0).unwrap_or_default()));
    let Some(heading) = records.next() else {
        return Vec::new();
    };
    let rows = records.map_while(|record| {
        let period = period(record.get(0).unwrap_or_default())?;
        Some((record, period))
    });
    rows.flat_map(|(record, (first, end))| {
        ["fournisseur", "distributeur"].map(|whose| {
            let cell = |name: &str| {
                let index = heading.iter().position(|n| same_word(n, name))?;
                record.get(index).map(str::trim)
            };
            let id = cell(&format!("Identifiant calendrier {whose}"))?;
            let label = cell(&format!("Libelle calendrier {whose}")).unwrap_or_default();
            let classes: Vec<_> = (1..=MOST_CLASSES)
                .filter_map(|number| class(&cell, whose, number))
                .collect();
            (!id.is_empty() && !classes.is_empty()).then(|| Calendar {
                first,
                end,
                id: cut(id),
                label: cut(label),
                classes,
            })
        })
    })
    .flatten()
    .collect()
}

const MOST_CLASSES: u8 = 10;

/// The supplier's classes are named without saying whose they are.
fn class<'a>(
    cell: &impl Fn(&str) -> Option<&'a str>,
    whose: &str,
    number: u8,
) -> Option<(String, String)> {
    let suffix = match whose {
        "distributeur" => format!("distributeur {number}"),
        _ => number.to_string(),
    };
    let class = cell(&format!("Identifiant classe temporelle {suffix}"))?;
    let column = cell(&format!("Cadran classe temporelle {suffix}"))?;
    let written = !class.is_empty() && !column.is_empty();
    written.then(|| (cut(column), cut(class)))
}

/// `Du 2024-01-10T00:00:00+01:00 au 2024-02-01T00:00:00+01:00`; the end may be open.
fn period(text: &str) -> Option<(Date, Option<Date>)> {
    let (first, end) = text.trim().strip_prefix("Du ")?.split_once(" au")?;
    let day = |text: &str| -> Option<Date> {
        let at: Timestamp = text.trim().parse().ok()?;
        super::nearest_midnight(at).or_else(|| Some(paris::day_of(at)))
    };
    let end = match end.trim() {
        "" => None,
        end => Some(day(end)?),
    };
    Some((day(first)?, end))
}
