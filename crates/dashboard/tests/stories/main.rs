//! Pages and API over a household's ledger, through the door, without a socket.
#![expect(clippy::unwrap_used, reason = "a test says where it stops")]

mod actions;
mod api;
mod frame;
mod room;
