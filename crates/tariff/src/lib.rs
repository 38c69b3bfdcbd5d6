//! What is each interval worth?
//!
//! Off-peak hours as people and Enedis write them, the plans of a usage point
//! in time, the exact split of a curve, calendars, offers and prices. Nothing
//! here does I/O: plans, colours and prices are dated data, and changing them
//! re-prices the past at once.

pub mod colour;
pub mod split;
pub mod windows;

pub use colour::{ColourCalendar, EjpDay, TempoColour};
pub use split::{Segment, WallClock};
pub use windows::{MinuteRange, Windows};
