//! Who may read which meter, and when? Consents, tokens, quota and proxy of the
//! public gateway.
//!
//! [`App`] is everything a request needs. [`router`] puts the rooms together:
//! [`oauth`] speaks to boxes, [`pages`] to people, [`data`] hands out readings.
//! [`binding`] decides whose meter a callback is about, and [`store`] keeps all
//! of it in rows, on SQLite or PostgreSQL.

mod access;
mod app;
pub mod audit;
pub mod binding;
pub mod breach;
pub mod config;
pub mod data;
pub mod doctor;
pub mod health;
pub mod keys;
pub mod metrics;
pub mod oauth;
pub mod operator;
pub mod pages;
pub mod points;
pub mod proof;
pub mod quota;
pub mod random;
mod router;
pub mod store;
pub mod upkeep;
pub mod visitor;

pub use app::{App, Parts};
pub use config::Config;
pub use router::router;
pub use visitor::Visitor;
