//! The four kinds of data that a person chooses separately.

/// One kind of data, with a box of its own on the page and enforced at the
/// proxy. Fine curves reveal presence, so that they are never part of another
/// choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Daily totals.
    Daily,
    /// The half-hour curve.
    Curve,
    /// The maximum power of each day.
    MaxPower,
    /// What the household feeds into the network.
    Production,
}

impl Scope {
    /// All, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Daily, Self::Curve, Self::MaxPower, Self::Production];

    /// Its scope token (RFC 6749, section 3.3).
    pub fn token(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Curve => "curve",
            Self::MaxPower => "max_power",
            Self::Production => "production",
        }
    }

    /// The scope of a token.
    pub fn from_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.token() == token)
    }

    /// The message that names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Daily => "gateway-scope-daily",
            Self::Curve => "gateway-scope-curve",
            Self::MaxPower => "gateway-scope-max-power",
            Self::Production => "gateway-scope-production",
        }
    }

    /// The message that says what it reveals.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Daily => "gateway-scope-daily-text",
            Self::Curve => "gateway-scope-curve-text",
            Self::MaxPower => "gateway-scope-max-power-text",
            Self::Production => "gateway-scope-production-text",
        }
    }
}
