//! Relevé at work without an account.
fn main() {}
