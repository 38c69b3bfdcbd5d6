//! Pages and API over a household's ledger, through the door, without a socket.
#![expect(clippy::unwrap_used, reason = "a test says where it stops")]

mod actions;
mod acts;
mod api;
mod data;
mod frame;
mod money;
mod pages_energy;
mod room;
mod years;
