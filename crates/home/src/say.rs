//! Sentences that the command line and the pages say alike: each is made here
//! once, out of the structures of [`crate::json`].

mod colours;
mod compare;
mod cost;
mod day;
mod off_peak;
mod status;

/// A text of others without what a terminal would obey.
fn legible(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// A text that begins a line.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}
