//! What the pages call the four kinds of data.

use grant::Scope;

/// The messages of a kind of data.
pub(super) trait ScopeText {
    /// The message that names it.
    fn name(self) -> &'static str;
    /// The message that says what it reveals.
    fn text(self) -> &'static str;
}

impl ScopeText for Scope {
    fn name(self) -> &'static str {
        match self {
            Self::Daily => "gateway-scope-daily",
            Self::Curve => "gateway-scope-curve",
            Self::MaxPower => "gateway-scope-max-power",
            Self::Production => "gateway-scope-production",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Daily => "gateway-scope-daily-text",
            Self::Curve => "gateway-scope-curve-text",
            Self::MaxPower => "gateway-scope-max-power-text",
            Self::Production => "gateway-scope-production-text",
        }
    }
}
