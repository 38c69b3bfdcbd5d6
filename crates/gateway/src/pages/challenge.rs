//! The page for a meter that is already connected: show that it is you.

use askama::Template;

use super::frame::Frame;

/// The page `/device/challenge`.
#[derive(Debug, Template)]
#[template(path = "challenge.html")]
pub struct Challenge<'a> {
    /// What surrounds it.
    pub frame: Frame<'a>,
    /// The token against forged forms.
    pub csrf: &'a str,
    /// The meter that is asked about, masked, where there are several.
    pub point: Option<&'a str>,
    /// The past days whose energy is asked, as people write them; none when the
    /// days cannot be compared.
    pub days: &'a [String],
    /// Tries left today.
    pub left: u32,
    /// Whether the last try was wrong.
    pub wrong: bool,
}
