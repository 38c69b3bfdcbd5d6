//! The consent gateway of Relevé: the program.

fn main() {}
