//! The home daemon and command line of Relevé.
fn main() {}
