//! What does RFC 8628 allow next? The device authorization grant as a pure
//! state machine: the server's half and the client's. No I/O, no clock, no
//! randomness of its own.

pub mod client;
pub mod scope;
pub mod server;

pub use scope::{Scope, Scopes};
