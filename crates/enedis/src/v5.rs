//! The v5 generation: measures and customers.

pub mod customer;
pub(crate) mod metering;
