//! Whole answers: what a command prints and an address of the dashboard
//! returns, made in one place, so that both are the same to the last digit.

mod money;
mod off_peak;
mod rates;
mod readings;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::{Direction, UsagePoint};
use tariff::colour::{EjpDay, TempoColour};

use crate::config::Settings;
use crate::exit::Failure;
use crate::json::colours::ColourDays;
use crate::json::tariff::{Listed, Shown};
use crate::offers::Offers;
use crate::view;
use crate::view::tariff::{brief, whole};

pub use money::{Priced, no_offer, offer_of, passed};
pub use off_peak::{Expression, explain};

/// What an answer is made from.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// The readings.
    pub store: &'a Store,
    /// The configuration.
    pub settings: &'a Settings,
    /// The offers that it knows.
    pub offers: &'a Offers,
    /// The present instant.
    pub now: Timestamp,
}

/// Whose readings somebody asks for; nothing: everybody's, both ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Whose {
    /// Only this usage point.
    pub usage_point: Option<UsagePoint>,
    /// Only this direction.
    pub direction: Option<Direction>,
}

/// Whose days have colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// Blue, white and red.
    Tempo,
    /// Normal days and those of high demand.
    Ejp,
}

impl Sight<'_> {
    /// The colours of the days in `[first, end)`.
    pub fn colours(
        &self,
        calendar: Calendar,
        (first, end): (Date, Date),
    ) -> Result<ColourDays, LedgerError> {
        match calendar {
            Calendar::Tempo => view::colours::days::<TempoColour>(self.store, first, end),
            Calendar::Ejp => view::colours::days::<EjpDay>(self.store, first, end),
        }
    }
}

/// Every offer in short.
pub fn offers(offers: &Offers) -> Listed {
    let all = offers.all();
    Listed {
        offers: all
            .map(|(offer, built_in)| brief(offer, built_in))
            .collect(),
    }
}

/// An offer with its lines, all or those of a day.
pub fn offer(offers: &Offers, id: &str, day: Option<Date>) -> Result<Shown, Failure> {
    let offer = offers.find(id)?;
    let mut all = offers.all();
    let built_in = all.any(|(known, built_in)| built_in && known.id == offer.id);
    Ok(whole(offer, built_in, day))
}
