//! `tariff --json`: offers and their lines. Money is in whole micro-euros.

use std::path::PathBuf;

use jiff::civil::Date;
use meter::Direction;
use schemars::JsonSchema;
use serde::Serialize;

use super::DirectionWord;
use super::cost::OfferName;

/// The offers that are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Listed {
    /// Built-in ones first.
    pub offers: Vec<Offer>,
}

/// An offer in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Offer {
    /// Its names.
    #[serde(flatten)]
    pub name: OfferName,
    /// Whether it is sold to you (`consumption`) or buys from you.
    #[schemars(with = "DirectionWord")]
    pub direction: Direction,
    /// Where its figures come from.
    pub source: String,
    /// Whether it is built in.
    pub built_in: bool,
    /// Its classes.
    pub classes: Vec<String>,
    /// The subscribed powers that it names, in kVA.
    pub powers: Vec<u32>,
    /// The first day on which a price is known; null: its prices are in a file.
    pub first: Option<Date>,
    /// The last day on which one is known; null: no end is known.
    pub last: Option<Date>,
    /// Subscriptions that are not known although prices are.
    pub lacks: Vec<Lack>,
}

/// A subscription that is not known although prices are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lack {
    /// From this day on.
    pub from: Date,
    /// For these subscribed powers in kVA.
    pub powers: Vec<u32>,
}

/// An offer with its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Shown {
    /// The offer.
    #[serde(flatten)]
    pub offer: Offer,
    /// The day that was asked for; null: all.
    pub day: Option<Date>,
    /// How many prices a file of changing ones holds; null: none is used.
    pub dynamic_prices: Option<usize>,
    /// What a kilowatt-hour costs.
    pub prices: Vec<Price>,
    /// What a month of subscription costs.
    pub subscriptions: Vec<Subscription>,
}

/// When a line holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Valid {
    /// The first day.
    pub from: Date,
    /// The last day; null: no end is known.
    pub to: Option<Date>,
}

/// What a kilowatt-hour costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Price {
    /// The class.
    pub class: String,
    /// For these subscribed powers in kVA; empty: any.
    pub powers: Vec<u32>,
    /// When.
    #[serde(flatten)]
    pub valid: Valid,
    /// The price.
    pub micro_euros_per_kwh: i64,
}

/// What a month of subscription costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Subscription {
    /// For these subscribed powers in kVA; empty: any.
    pub powers: Vec<u32>,
    /// When.
    #[serde(flatten)]
    pub valid: Valid,
    /// The price.
    pub micro_euros_per_month: i64,
}

/// A file of offers in which nothing is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Checked {
    /// The file.
    #[schemars(with = "String")]
    pub file: PathBuf,
    /// Its offers.
    pub offers: Vec<Offer>,
}
