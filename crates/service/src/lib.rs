//! What every daemon needs: clock, HTTP, texts, logging, lifecycle, settings.
//!
//! The world is a parameter: time, the network and the environment are traits
//! here, and only this crate touches the real ones.

pub mod cli;
pub mod clock;
pub mod dates;
pub mod env;
pub mod files;
pub mod http;
mod language;
pub mod lifecycle;
pub mod logging;
pub mod mail;
pub mod net;
pub mod paths;
pub mod random;
pub mod settings;
pub mod text;

pub use clock::{Clock, SharedClock, ShiftedClock, SystemClock, VirtualClock};
pub use env::{Env, MapEnv, SystemEnv};
pub use http::{Http, HttpError, SharedHttp};
pub use language::language;
pub use net::{Network, SystemNetwork};
pub use random::{Random, SharedRandom};
pub use text::{Args, Lang, find, tr};
