//! What a month or year cost, step by step: each day or month by itself, and all
//! of them up to there.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::cost::OfferName;
use super::show::Subject;

/// A period of one usage point and direction under one offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cumulative {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// Under which offer.
    pub offer: OfferName,
    /// Its days, or the months of a year, as far as they have passed.
    pub steps: Vec<Step>,
}

/// A day or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Step {
    /// The first day.
    pub first: Date,
    /// The last day that has passed.
    pub last: Date,
    /// Its measured energy in W·min; null: none is held.
    pub watt_minutes: Option<u64>,
    /// What it cost by itself, as far as prices are known: the subscription alone
    /// where no energy is held.
    pub micro_euros: i64,
    /// Whether that is the whole of it.
    pub complete: bool,
    /// What the period cost from its beginning to here, rounded once from the
    /// exact sum.
    pub so_far_micro_euros: i64,
    /// Whether that is the whole of it.
    pub so_far_complete: bool,
}
