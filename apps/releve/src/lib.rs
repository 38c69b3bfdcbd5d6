//! The home daemon and command line of Relevé.

pub mod config;
pub mod init;
