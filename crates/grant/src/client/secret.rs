//! A secret of the grant: written to its own file, shown nowhere.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A token or a device code. `Debug` and `Display` hide it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// A secret of visible ASCII, as RFC 6749, appendix A, has it; of a length
    /// that fits into a header.
    pub fn new(text: &str) -> Option<Self> {
        let fits = (1..=4096).contains(&text.len());
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        (fits && visible).then(|| Self(text.to_owned()))
    }

    /// The secret itself, to be sent.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
