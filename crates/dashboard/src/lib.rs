//! What does a person see? The door, the pages, the JSON API.

pub mod door;
pub mod listen;
