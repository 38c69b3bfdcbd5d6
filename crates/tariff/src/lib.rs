//! What is each interval worth?
//!
//! Off-peak hours as people and Enedis write them, the plans of a usage point
//! in time, the exact split of a curve, calendars, offers and prices. Nothing
//! here does I/O: plans, colours and prices are dated data, and changing them
//! re-prices the past at once.

pub mod colour;
pub mod compare;
pub mod cost;
pub mod holidays;
pub mod off_peak;
pub mod offer;
pub mod plan;
pub mod rates;
pub mod regulated;
pub mod season;
pub mod split;
pub mod windows;

pub use colour::{ColourCalendar, EjpDay, TempoColour};
pub use compare::compare;
pub use cost::{Breakdown, Usage, cost};
pub use off_peak::{ExpressionError, OffPeakRules};
pub use offer::{MicroEuro, Offer};
pub use plan::{Plan, PlanAt, Plans};
pub use season::Season;
pub use split::{Segment, WallClock};
pub use windows::{MinuteRange, Windows};
