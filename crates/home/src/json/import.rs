//! `import --json`.

use jiff::Timestamp;
use meter::{Direction, UsagePoint};
use schemars::JsonSchema;
use serde::Serialize;

use super::colours::ImportedColours;
use super::show::Hole;
use super::{DirectionWord, Prm};

/// What became of the imported files: the sums, then each file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Import {
    /// The usage point, when all files are about the same.
    #[schemars(with = "Option<Prm>")]
    pub usage_point: Option<UsagePoint>,
    /// The direction, when all files have the same.
    #[schemars(with = "Option<DirectionWord>")]
    pub direction: Option<Direction>,
    /// The sums over all files.
    #[serde(flatten)]
    pub sums: Sums,
    /// Each file of readings.
    pub files: Vec<ImportedFile>,
    /// Each file of colours of days.
    pub colours: Vec<ImportedColours>,
}

/// What was read and kept. Days and holes of several files are added up as each
/// file counts them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Sums {
    /// Rows with a value.
    pub points: u64,
    /// Readings that are new or changed in the ledger.
    pub written: u64,
    /// Of these, readings whose value changed; the old value is kept as a revision.
    pub revised: u64,
    /// Energy of the intervals in whole Wh, rounded once from `watt_minutes`.
    pub watt_hours: u64,
    /// Energy of the intervals in W·min, exactly; none for register readings.
    pub watt_minutes: u64,
    /// Days that are complete in the ledger now.
    pub days_complete: u64,
    /// Days of the file that still lack something.
    pub days_partial: u64,
    /// Rows that only repeat another.
    pub duplicates: u64,
    /// Rows that could not be placed, and so are not kept.
    pub unplaced: u64,
    /// Whether rows were out of order (sorted by their instants since).
    pub out_of_order: bool,
    /// What is missing between the first and the last interval.
    pub holes: Vec<Hole>,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ImportedKind {
    /// A load curve.
    Curve,
    /// Register readings, one row a day.
    Index,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ImportedFile {
    /// The file's name, without the folders above.
    pub file: String,
    /// What it holds.
    pub kind: ImportedKind,
    /// Whose readings these are.
    #[schemars(with = "Prm")]
    pub usage_point: UsagePoint,
    /// Which way the energy flows.
    #[schemars(with = "DirectionWord")]
    pub direction: Direction,
    /// First instant covered.
    pub from: Option<Timestamp>,
    /// Last instant covered.
    pub to: Option<Timestamp>,
    /// Lines of register readings whose classes do not sum to their total.
    pub unbalanced: Vec<u64>,
    /// What was read and kept.
    #[serde(flatten)]
    pub sums: Sums,
}

impl Import {
    /// The report of these files, with their sums.
    pub fn of(files: Vec<ImportedFile>) -> Self {
        let mut sums = Sums::default();
        for file in &files {
            sums.add(&file.sums);
        }
        sums.watt_hours = meter::WattMinutes(sums.watt_minutes).watt_hours_rounded();
        Self {
            usage_point: common(files.iter().map(|file| file.usage_point)),
            direction: common(files.iter().map(|file| file.direction)),
            sums,
            files,
            colours: Vec::new(),
        }
    }
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.points += other.points;
        self.written += other.written;
        self.revised += other.revised;
        self.watt_minutes += other.watt_minutes;
        self.days_complete += other.days_complete;
        self.days_partial += other.days_partial;
        self.duplicates += other.duplicates;
        self.unplaced += other.unplaced;
        self.out_of_order |= other.out_of_order;
        self.holes.extend(&other.holes);
    }
}

/// The value that all share.
fn common<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}
