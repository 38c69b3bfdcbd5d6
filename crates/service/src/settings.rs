//! Settings files: read whole, checked against their JSON Schema, overridden by
//! the environment, and every problem told at once, with its place.
//!
//! A program gives its schema and environment prefix ([`Program`]), gets a
//! [`Draft`], takes its own raw structure from it, adds the problems that only
//! it can see, and ends with settings or one [`SettingsError`].

mod check;
mod draft;
mod excerpt;
mod overrides;
mod problem;
mod published;
mod secret;
mod shape;
mod syntax;
mod tree;

pub use draft::{Draft, Program};
pub use excerpt::Excerpt;
pub use problem::{Place, Problem, SettingsError};
pub use published::published;
pub use secret::{SecretFileError, read_secret};
