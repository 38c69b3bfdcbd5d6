//! Jeedom: the commands of its Enedis plugin, filled from outside.
//!
//! What a history is to hold is a pure function of the readings ([`rows`]); what
//! it lacks is found by reading it ([`compare`]); what is sent goes over
//! JSON-RPC ([`Jeedom`]), the one door of Jeedom that takes a date.

pub mod compare;
mod decimal;
mod door;
pub mod equipment;
mod error;
mod history;
mod output;
pub mod profile;
mod push;
mod readings;
pub mod rows;
mod rpc;
mod settings;
pub mod setup;
pub mod tell;
pub mod warnings;
mod windows;

pub use compare::Refused;
pub use decimal::Decimal;
pub use door::Door;
pub use equipment::Equipment;
pub use error::JeedomError;
pub use history::{Current, History};
pub use output::{How, JeedomOutput, Outcome, TellBeside};
pub use profile::Profile;
pub use push::{Filled, Observer, Plan, Planned, Task, Unwatched, plan, push};
pub use readings::{Beside, Flow, Readings};
pub use rows::{Need, Row};
pub use rpc::{Access, Jeedom};
pub use settings::{Mqtt, Settings};
pub use windows::{Span, Windows};
