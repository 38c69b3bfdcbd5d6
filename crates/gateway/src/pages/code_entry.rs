//! The page on which the person types the code of the box.

use askama::Template;

use super::frame::Frame;

/// Why a typed code was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeFault {
    /// Nothing was typed.
    Empty,
    /// It cannot be a code.
    Malformed,
    /// No open request has it.
    Unknown,
}

impl CodeFault {
    fn text(self) -> &'static str {
        match self {
            Self::Empty => "gateway-code-empty",
            Self::Malformed => "gateway-code-malformed",
            Self::Unknown => "gateway-code-unknown",
        }
    }
}

/// The page `/device`.
#[derive(Debug, Template)]
#[template(path = "code_entry.html")]
pub struct CodeEntry<'a> {
    /// What surrounds it.
    pub frame: Frame<'a>,
    /// The token against forged forms.
    pub csrf: &'a str,
    /// What was typed before, shown again; empty at first.
    pub typed: &'a str,
    /// Why it was not taken.
    pub fault: Option<CodeFault>,
    /// Whether the box is on another internet connection: the code must then
    /// be typed.
    pub elsewhere: bool,
}
