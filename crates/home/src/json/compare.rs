//! `compare --json`: one's own curve under each offer and subscribed power.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use tariff::offer::schedule::Reason;

use super::ReasonWord;
use super::cost::{Note, OfferName};
use super::show::Subject;

/// What was asked for, of each usage point in turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Comparisons {
    /// One entry per usage point.
    pub usage_points: Vec<Comparison>,
}

/// Offers side by side, over the same points of the curve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Comparison {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// The first local day.
    pub first: Date,
    /// The last local day that has passed.
    pub last: Date,
    /// Days of the period that have not passed, and do not count.
    pub days_to_come: u32,
    /// Minutes of the days.
    pub minutes: u64,
    /// Minutes that the curve covers: those that are priced.
    pub minutes_covered: u64,
    /// Wholly priced offers by their total, then the others in the order of
    /// `tariff list`.
    pub offers: Vec<Row>,
    /// The cheapest that is wholly priced and whose power is not known to be
    /// exceeded; null: there is none.
    pub cheapest: Option<Cheapest>,
    /// Offers that state their prices without taxes, and are left out beside
    /// others that include them.
    pub without_taxes: Vec<OfferName>,
    /// Contradictions and gaps in what is known of the usage point.
    pub notes: Vec<Note>,
}

/// Which line is the cheapest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cheapest {
    /// The offer's id.
    pub offer: String,
    /// The subscribed power in kVA; null: the offer has no subscription.
    pub kva: Option<u32>,
    /// What it costs.
    pub total_micro_euros: i64,
}

/// An offer at a subscribed power.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    /// The offer.
    pub offer: OfferName,
    /// The subscribed power in kVA; null: the offer has no subscription.
    pub kva: Option<u32>,
    /// Whether it is the configured offer at the present power.
    pub current: bool,
    /// What the energy costs, as far as it has a price.
    pub energy_micro_euros: i64,
    /// What the subscription costs, as far as it is known.
    pub subscription_micro_euros: i64,
    /// Both.
    pub total_micro_euros: i64,
    /// How much more than the cheapest; null: not wholly priced.
    pub above_micro_euros: Option<i64>,
    /// Whether every measured minute has a price and every day a subscription.
    pub priced: bool,
    /// Why not, as far as energy is concerned.
    #[schemars(with = "Vec<ReasonWord>")]
    pub unknown: Vec<Reason>,
    /// Whether the subscription is unknown on some day.
    pub subscription_unknown: bool,
    /// On how many days a maximum exceeded that power; null: not known.
    pub days_exceeded: Option<u32>,
    /// The highest of these maxima in VA; null: none, or not known.
    pub highest_volt_amperes: Option<u32>,
}
