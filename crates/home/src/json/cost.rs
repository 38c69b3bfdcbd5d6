//! `cost --json`: what a period cost. Money is in whole micro-euros, energy in
//! W·min.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use tariff::offer::Taxes;
use tariff::offer::schedule::Reason;

use super::show::Subject;
use super::{ReasonWord, TaxesWord};

/// What was asked for, of each usage point and direction in turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Costs {
    /// One entry per usage point; production that is sold is one of its own.
    pub usage_points: Vec<Cost>,
}

/// What a usage point's energy cost, or, as production, what it was sold for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cost {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// The first local day.
    pub first: Date,
    /// The last local day that has passed.
    pub last: Date,
    /// Days of the period that have not passed, and do not count.
    pub days_to_come: u32,
    /// Under which offer.
    pub offer: OfferName,
    /// The subscribed power; null: not known.
    pub subscribed_power: Option<Power>,
    /// Energy and money.
    #[serde(flatten)]
    pub sums: Sums,
    /// Contradictions and gaps in what is known of the usage point.
    pub notes: Vec<Note>,
}

/// An offer by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OfferName {
    /// In commands and files.
    pub id: String,
    /// For people.
    pub name: String,
    /// `included` or `excluded`.
    #[schemars(with = "TaxesWord")]
    pub taxes: Taxes,
}

/// A subscribed power.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Power {
    /// In kVA.
    pub kva: u32,
    /// Who says so.
    pub source: Stated,
}

/// Who states something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stated {
    /// The configuration.
    Configuration,
    /// Enedis, about the contract.
    Enedis,
}

impl Stated {
    /// The same as a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Enedis => "enedis",
        }
    }
}

/// Energy and money of a period under an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sums {
    /// Each class of the offer, also those without energy.
    pub classes: Vec<Class>,
    /// What the priced energy cost, rounded once from the exact sum.
    pub energy_micro_euros: i64,
    /// What the subscription cost on the days of which it is known.
    pub subscription_micro_euros: i64,
    /// Days whose subscription is not known.
    pub subscription_unknown: Vec<Date>,
    /// Energy and subscription, rounded once from the exact sum.
    pub total_micro_euros: i64,
    /// Whether that is the whole cost of all the days.
    pub complete: bool,
    /// Measured energy that has no price, by reason.
    pub unknown: Vec<Unknown>,
    /// What the curve lacks.
    pub missing: Missing,
    /// Enedis' daily totals beside the curve.
    pub daily_totals: Totals,
    /// How many days there are.
    pub days: u32,
    /// Their minutes.
    pub minutes: u64,
    /// Minutes that the curve, or a daily total, covers.
    pub minutes_covered: u64,
    /// Minutes that have a price.
    pub minutes_priced: u64,
}

/// What one class cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Class {
    /// Its name in the offer.
    pub class: String,
    /// Its energy.
    pub watt_minutes: u64,
    /// The part of it that has no price.
    pub unpriced_watt_minutes: u64,
    /// What the rest cost, rounded once.
    pub micro_euros: i64,
}

/// Measured energy whose class or price is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unknown {
    /// Why.
    #[schemars(with = "ReasonWord")]
    pub reason: Reason,
    /// How much.
    pub watt_minutes: u64,
    /// For how long.
    pub minutes: u64,
    /// The days of which too little is known.
    pub days: Vec<Date>,
}

/// What the curve lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Missing {
    /// Minutes without a point whose class therefore is not known.
    pub minutes: u64,
    /// Their energy, as far as daily totals tell it.
    pub watt_minutes: u64,
    /// Days on which some are missing.
    pub days: Vec<Date>,
    /// Those of which it is not known how much energy is missing.
    pub amount_unknown: Vec<Date>,
}

/// Enedis' daily totals beside the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Totals {
    /// Their sum.
    pub watt_minutes: u64,
    /// On how many days one is held.
    pub days: u32,
    /// Energy that was priced from one, since its whole day is of one class.
    pub priced_watt_minutes: u64,
    /// Totals less curve over the days where both are complete.
    pub difference_watt_minutes: i64,
}

/// A contradiction or a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// No off-peak hours are known on these days.
    PlanGap {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },
    /// Two plans of one source hold and differ: none is used.
    PlanOverlap {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
        /// Both, as written.
        written: [String; 2],
    },
    /// The off-peak hours that hold are not understood.
    PlanUnreadable {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
        /// As written.
        written: String,
    },
    /// Enedis' first answer serves for days before it was given.
    PlanAsStated {
        /// The first such day of the period.
        first: Date,
        /// The day on which Enedis gave it.
        said_on: Date,
        /// As Enedis states them.
        written: String,
    },
    /// Enedis states other hours than before; they are used from the first answer
    /// that has them, and may have changed at any time since the last without.
    PlanChanged {
        /// The last day on which the old ones were stated.
        last_old: Date,
        /// The first day on which the new ones were.
        first_new: Date,
        /// The old ones, as Enedis states them.
        old: String,
        /// The new ones.
        new: String,
    },
    /// The configuration's off-peak hours, which are used, are not Enedis'.
    PlanDiffers {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
        /// As the configuration has them.
        configured: String,
        /// As Enedis states them.
        stated: String,
    },
    /// The configuration's subscribed power, which is used, is not Enedis'.
    PowerDiffers {
        /// In kVA.
        configured_kva: u32,
        /// In kVA.
        stated_kva: u32,
    },
}
