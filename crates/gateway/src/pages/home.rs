//! The first page and the notice on personal data.

use askama::Template;

use super::frame::Frame;

/// The page `/`.
#[derive(Debug, Template)]
#[template(path = "home.html")]
pub struct Home<'a> {
    /// What surrounds it.
    pub frame: Frame<'a>,
}

/// The page `/notice`: who answers for the data, why, for how long (GDPR,
/// articles 12 to 14).
#[derive(Debug, Template)]
#[template(path = "notice.html")]
pub struct Notice<'a> {
    /// What surrounds it.
    pub frame: Frame<'a>,
}
