//! What energy cost, class by class, and how much of it is not known.

use std::collections::BTreeSet;

use jiff::civil::Date;
use meter::WattMinutes;
use serde::Serialize;

use crate::offer::MicroEuro;
use crate::offer::schedule::Reason;

/// What a period cost under one offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Breakdown {
    /// The first local day.
    pub first: Date,
    /// The day after the last.
    pub end: Date,
    /// Each class of the offer, also those without energy.
    pub classes: Vec<ClassCost>,
    /// What the priced energy cost: rounded once from the exact sum, so that it
    /// may differ from the sum of the rounded classes by a few micro-euros.
    pub energy: MicroEuro,
    /// What the subscription cost on the days of which it is known.
    pub subscription: MicroEuro,
    /// Days whose subscription is not known.
    pub subscription_unknown: BTreeSet<Date>,
    /// Energy and subscription, rounded once from the exact sum.
    pub total: MicroEuro,
    /// Energy that was measured and has no price, by reason.
    pub unknown: Vec<Unknown>,
    /// What the curve lacks.
    pub missing: Missing,
    /// How the curve compares with Enedis' daily totals.
    pub totals: Totals,
    /// How much of the period is covered and priced.
    pub completeness: Completeness,
}

/// What one class cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassCost {
    /// Its name in the offer.
    pub class: String,
    /// Its energy.
    pub energy: WattMinutes,
    /// The part of it that has no price.
    pub unpriced: WattMinutes,
    /// What the rest cost, rounded once.
    pub cost: MicroEuro,
}

/// Measured energy whose class or price is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unknown {
    /// Why.
    pub reason: Reason,
    /// How much.
    pub energy: WattMinutes,
    /// For how long.
    pub minutes: u64,
    /// The days about which too little is known.
    pub days: BTreeSet<Date>,
}

/// What the curve lacks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Missing {
    /// Minutes without a point whose class therefore is not known.
    pub minutes: u64,
    /// Energy of these minutes, as far as daily totals tell it.
    pub energy: WattMinutes,
    /// Days on which some are missing.
    pub days: BTreeSet<Date>,
    /// Those of which there is no daily total either, or one that is smaller
    /// than what the curve holds: how much is missing is not known.
    pub amount_unknown: BTreeSet<Date>,
}

/// Enedis' daily totals beside the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// Sum of the daily totals that are held.
    pub energy: WattMinutes,
    /// Days whose total is held.
    pub days: u32,
    /// Energy that was priced from a daily total, since its whole day is of one
    /// class and the curve is not complete.
    pub priced: WattMinutes,
    /// Totals less curve over the days where both are complete, in watt-minutes.
    pub difference: i64,
}

/// How much of a period is covered and priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Completeness {
    /// Local days.
    pub days: u32,
    /// Their minutes.
    pub minutes: u64,
    /// Minutes that the curve, or a daily total, covers.
    pub covered: u64,
    /// Minutes that have a price.
    pub priced: u64,
}

impl Breakdown {
    /// All that was measured, whether or not its class and price are known.
    pub fn measured(&self) -> WattMinutes {
        let classed: WattMinutes = self.classes.iter().map(|class| class.energy).sum();
        let unclassed = self.unknown.iter().filter(|u| u.reason != Reason::NoPrice);
        classed + unclassed.map(|unknown| unknown.energy).sum()
    }

    /// Whether all that was measured has a price, and every day a subscription.
    pub fn is_priced(&self) -> bool {
        self.unknown.is_empty() && self.subscription_unknown.is_empty()
    }

    /// Whether the total is the whole cost of the whole period.
    pub fn is_complete(&self) -> bool {
        self.is_priced() && self.missing.minutes == 0
    }
}
