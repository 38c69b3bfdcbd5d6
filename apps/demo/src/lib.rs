//! What the demonstration puts beside the collector: the consent gateway in this
//! process, and a person who walks through its pages.

mod gate;
mod person;

pub use gate::{Gate, PUBLIC_URL, RETURN_URL};
pub use person::Person;
