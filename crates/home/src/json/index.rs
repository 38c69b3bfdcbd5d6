//! `tariff index --json`: the split by curve beside the meter's registers.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::cost::{Note, OfferName};
use super::show::Subject;

/// What was asked for, of each usage point in turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Laid {
    /// One entry per usage point and calendar of its registers.
    pub usage_points: Vec<Index>,
}

/// One usage point's days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Index {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// The first local day.
    pub first: Date,
    /// The last local day that has passed.
    pub last: Date,
    /// The offer whose classes the curve is split into.
    pub offer: OfferName,
    /// The calendar of the registers; empty: none of theirs has these classes,
    /// and only totals are laid beside each other.
    pub calendar: String,
    /// Each class of each day of which a reading is held.
    pub rows: Vec<Row>,
    /// Contradictions and gaps in what is known of the usage point.
    pub notes: Vec<Note>,
}

/// One class of one day, counted in two ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    /// The local day.
    pub day: Date,
    /// The class as Enedis names it; empty: the whole day.
    pub class: String,
    /// What the curve says.
    pub curve_watt_minutes: u64,
    /// Whether the curve and the classes of the whole day are known.
    pub complete: bool,
    /// What the register counted; null: a reading lacks, or it went back.
    pub register_watt_hours: Option<u64>,
    /// Register less curve, where both are known.
    pub difference_watt_minutes: Option<i64>,
    /// Whether that is more than two roundings of the register.
    pub differs: bool,
}
