//! What a home has configured, what may be read of its ledger, and the words
//! for both: what the command line prints and the dashboard shows.

pub mod answer;
pub mod config;
pub mod exit;
pub mod export;
pub mod first;
pub mod json;
pub mod offers;
pub mod say;
pub mod table;
pub mod view;
pub mod when;
pub mod words;

pub use exit::{Exit, Failure, Said};
pub use when::When;
pub use words::Words;
