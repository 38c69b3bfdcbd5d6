//! What every daemon needs: clock, HTTP, texts, logging, lifecycle, settings.
//!
//! The world is a parameter: time, the network and the environment are traits
//! here, and only this crate touches the real ones.

pub mod clock;
pub mod http;
pub mod text;

pub use clock::{Clock, SharedClock, SystemClock, VirtualClock};
pub use http::{Http, HttpError, SharedHttp};
pub use text::{Args, Lang, tr};
