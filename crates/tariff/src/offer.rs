//! Offers: what a class of energy and a subscribed power cost, and when.
//!
//! An offer is dated data. Each line says from when to when it holds; where no
//! line holds, the price is unknown, never the nearest one.

pub mod dynamic;
pub mod error;
mod file;
pub mod lines;
pub mod money;
pub mod rules;
pub mod schedule;

use jiff::civil::Date;
use meter::Direction;
use serde::Serialize;

pub use dynamic::DynamicPrices;
pub use error::{Fault, OfferError};
pub use file::{Files, Mistake, check, read};
pub use lines::{Powers, PriceLine, SubscriptionLine, Validity};
pub use money::MicroEuro;
pub use schedule::{Schedule, Slot};

/// Whether the prices of an offer hold the taxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Taxes {
    /// All taxes included: what a household pays.
    Included,
    /// Without taxes.
    Excluded,
}

/// What a supplier asks, or pays, for energy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its short name in commands and files.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Where its figures come from.
    pub source: String,
    /// Whether they hold the taxes.
    pub taxes: Taxes,
    /// Bought, or sold to the supplier.
    pub direction: Direction,
    /// Which class each minute falls in.
    pub schedule: Schedule,
    /// The classes, by their number.
    pub classes: Vec<String>,
    /// What the subscription costs.
    pub subscriptions: Vec<SubscriptionLine>,
    /// What a kilowatt-hour costs.
    pub prices: Vec<PriceLine>,
}

impl Offer {
    /// The price per kWh of a class on a local day, where a line says it.
    ///
    /// `kva` is the subscribed power; a price that depends on it is unknown
    /// without it.
    pub fn price(&self, class: u8, kva: Option<u32>, day: Date) -> Option<MicroEuro> {
        let line = self.prices.iter().find(|line| {
            line.class == class && line.powers.holds(kva) && line.validity.contains(day)
        })?;
        Some(line.per_kwh)
    }

    /// The price of a whole month of subscription as it is on a local day;
    /// nothing for an offer that has no subscription at all.
    pub fn month(&self, kva: Option<u32>, day: Date) -> Option<MicroEuro> {
        if self.subscriptions.is_empty() {
            return Some(MicroEuro(0));
        }
        let line = self
            .subscriptions
            .iter()
            .find(|line| line.powers.holds(kva) && line.validity.contains(day))?;
        Some(line.per_month)
    }

    /// The subscribed powers for which the offer names a subscription, in kVA.
    pub fn powers(&self) -> Vec<u32> {
        let mut powers: Vec<u32> = self
            .subscriptions
            .iter()
            .flat_map(|line| line.powers.named().iter().copied())
            .collect();
        powers.sort_unstable();
        powers.dedup();
        powers
    }

    /// The number of a class by its name.
    pub fn class(&self, name: &str) -> Option<u8> {
        let index = self.classes.iter().position(|class| class == name)?;
        u8::try_from(index).ok()
    }
}
