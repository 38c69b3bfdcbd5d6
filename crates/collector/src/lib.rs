//! What do we ask next, and of whom?
//!
//! The planner decides, a [`Source`] answers, the sync keeps what it says in the
//! ledger before anything else happens. Files are one more way in.

pub mod colours;
pub mod consents;
pub mod conso_api;
pub mod data_connect;
pub mod domoticz_proxy;
pub mod import;
pub mod inbox;
pub mod my_electrical_data;
pub mod planner;
pub mod policy;
pub mod portal;
pub mod releve_gateway;
mod repair;
pub mod requests;
pub mod rhythm;
pub mod schedule;
pub mod source;
pub mod sync;
pub mod trust;
mod v5_gateway;
pub mod verdict;
pub mod wishes;
pub mod wrong_clock;

pub use consents::Consents;
pub use conso_api::ConsoApi;
pub use data_connect::DataConnect;
pub use domoticz_proxy::DomoticzProxy;
pub use inbox::Inbox;
pub use my_electrical_data::MyElectricalData;
pub use portal::Portal;
pub use releve_gateway::ReleveGateway;
pub use requests::{Repair, Requests};
pub use source::{Allowance, Answer, Contract, Source};
pub use sync::{Collector, Observer, Patience, Summary, Trouble, Unwatched};
pub use v5_gateway::{GATEWAY_CALLS_PER_SECOND, Tokens};
pub use wishes::{Cadence, Scope, Wishes};
