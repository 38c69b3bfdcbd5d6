//! Who else wants it, in what shape? One folder per destination. Every one of
//! them reads the ledger and `tariff`, never a source, and sends only what
//! differs from what it sent.
//!
//! To add one: write a folder with a type that is a [`Destination`] and a
//! `Settings`, then name it once in the configuration (`RawOutput` in
//! `home::config`). The daemon, the back-off and the notes
//! in the ledger come by themselves.

mod broker;
pub mod destination;
pub mod domoticz;
pub mod jeedom;
pub mod meters;
pub mod schedule;
pub mod trouble;

pub use destination::{Context, Delivered, DeliveryError, Destination, Mode, Verified};
pub use meters::Meter;
pub use trouble::Trouble;
