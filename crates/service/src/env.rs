//! The environment as a parameter, so that settings are tested without
//! touching the process.

use std::collections::BTreeMap;
use std::ffi::OsString;

/// Who knows the environment variables.
pub trait Env {
    /// The variable's value. An empty one counts as not set, as shells and
    /// container files have no other way to unset.
    fn var_os(&self, name: &str) -> Option<OsString>;

    /// All variables whose name begins so, by name; empty ones are left out.
    fn with_prefix(&self, prefix: &str) -> BTreeMap<String, OsString>;

    /// The variable's value, when it is text.
    fn var(&self, name: &str) -> Option<String> {
        self.var_os(name)?.into_string().ok()
    }
}

/// The process's own environment.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemEnv;

impl Env for SystemEnv {
    fn var_os(&self, name: &str) -> Option<OsString> {
        std::env::var_os(name).filter(|value| !value.is_empty())
    }

    fn with_prefix(&self, prefix: &str) -> BTreeMap<String, OsString> {
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .filter(|(name, value)| name.starts_with(prefix) && !value.is_empty())
            .collect()
    }
}

/// An environment made by hand.
///
/// ```
/// use service::{Env, MapEnv};
/// let env = MapEnv::from([("LANG", "fr_FR.UTF-8"), ("LC_ALL", "")]);
/// assert_eq!(env.var("LANG").as_deref(), Some("fr_FR.UTF-8"));
/// assert_eq!(env.var("LC_ALL"), None);
/// ```
#[derive(Clone, Default)]
pub struct MapEnv(BTreeMap<String, OsString>);

impl<const N: usize> From<[(&str, &str); N]> for MapEnv {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect(),
        )
    }
}

impl MapEnv {
    /// The same environment with one more variable, of any bytes.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }
}

impl Env for MapEnv {
    fn var_os(&self, name: &str) -> Option<OsString> {
        self.0.get(name).filter(|value| !value.is_empty()).cloned()
    }

    fn with_prefix(&self, prefix: &str) -> BTreeMap<String, OsString> {
        self.0
            .iter()
            .filter(|(name, value)| name.starts_with(prefix) && !value.is_empty())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}
