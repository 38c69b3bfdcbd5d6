//! The home daemon and command line of Relevé.
