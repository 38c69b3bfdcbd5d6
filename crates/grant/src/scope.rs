//! What may be read: the four distinct purposes, each agreed to by itself.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One kind of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Energy per day, drawn from the grid; with `production` also fed in.
    Daily,
    /// The half-hour curve, which reveals when people are at home.
    Curve,
    /// The highest power of each day.
    MaxPower,
    /// What is fed into the grid, in the kinds agreed to.
    Production,
}

impl Scope {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 4] = [Self::Daily, Self::Curve, Self::MaxPower, Self::Production];

    /// The word in a `scope` parameter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Curve => "curve",
            Self::MaxPower => "max_power",
            Self::Production => "production",
        }
    }

    fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// A set of scopes (RFC 6749 section 3.3): written in a fixed order.
///
/// ```
/// use grant::{Scope, Scopes};
/// let asked = Scopes::parse("openid curve  daily offline_access");
/// assert_eq!(asked.to_string(), "daily curve");
/// assert!(asked.contains(Scope::Curve));
/// assert!(asked.is_subset(Scopes::ALL));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Scopes(u8);

impl Scopes {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Everything that can be agreed to.
    pub const ALL: Self = Self(0b1111);

    /// The known words of a `scope` parameter. Words of other protocols, such
    /// as `openid`, are left out: what is granted is told in the answer.
    pub fn parse(text: &str) -> Self {
        text.split(' ')
            .filter_map(|word| Scope::ALL.into_iter().find(|scope| scope.as_str() == word))
            .collect()
    }

    /// Whether this scope is in the set.
    pub fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of it is in the other.
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// What is in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The scopes in it, in order.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL
            .into_iter()
            .filter(move |scope| self.contains(*scope))
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.iter().map(Scope::as_str).collect();
        f.write_str(&words.join(" "))
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scopes({self})")
    }
}
