//! What would Enedis have answered? Both API generations, faults, clock.
//!
//! A household invented from a seed ([`truth`]) stands behind the API that
//! [`Simulator`] answers, in process or on a socket, on a clock that tests own.
//! Everything is deterministic: the same seed and the same calls give the same
//! answers.

mod authorize;
mod calls;
mod clock;
mod consents;
mod contracts;
mod control;
mod demand;
mod device;
mod dice;
mod faults;
mod form;
mod gateway;
mod in_process;
mod measures;
mod options;
mod page;
mod problem;
mod publication;
mod quota;
mod reply;
mod route;
mod server;
mod services;
mod simulator;
mod tokens;
mod window;

pub mod colours;
pub mod conso_api;
pub mod customers;
pub mod domoticz_proxy;
pub mod export;
pub mod household;
pub mod my_electrical_data;
pub mod portal;
pub mod profile;
pub mod relay;
pub mod truth;

pub use calls::Call;
pub use consents::{Access, Consent};
pub use customers::Customer;
pub use device::Decision;
pub use faults::{Fault, FaultRule};
pub use options::{AutumnStyle, Mode, Options};
pub use profile::Profile;
pub use route::Resource;
pub use server::Running;
pub use simulator::Simulator;
pub use truth::Truth;
pub use window::history_start;
