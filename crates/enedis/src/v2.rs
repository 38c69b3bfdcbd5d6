//! The 2026 generation: measures, registers, contracts, services.

pub mod contract;
pub(crate) mod index;
pub(crate) mod measure;
pub mod services;
pub mod site;
