//! Who was let in, as every room behind the door sees them.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::StatusCode;
use http::request::Parts;

/// What somebody may do.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks, and changes nothing.
    Viewer,
    /// May do everything.
    Owner,
}

/// Who was let in. An extractor: a handler that takes it gets what the door has
/// found; behind no door it answers 500.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// What they may do.
    pub role: Role,
    /// Their name, when somebody has named them.
    pub user: Option<String>,
    /// The token that their forms carry, as field `csrf` or as header
    /// `X-CSRF-Token`.
    pub csrf: String,
    /// What every address on a page begins with: empty, or a path such as
    /// `/api/hassio_ingress/…` without a slash at its end.
    pub base: String,
    /// Whether there is a session that they can end.
    pub can_leave: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let visitor = parts.extensions.get::<Self>().cloned();
        visitor.ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// What every address on a page begins with; empty without a prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// A prefix as a proxy gives it: a plain path, with or without a slash at
    /// its end. Anything that a browser could take for another host is refused.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let plain = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
        };
        if text.is_empty() {
            return Some(Self::default());
        }
        let path = text.strip_prefix('/')?;
        (text.len() <= 256 && path.split('/').all(plain)).then(|| Self(text.to_owned()))
    }

    /// The prefix, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Base {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_a_plain_path_and_never_another_host() {
        let read = |text: &str| Base::read(text).map(|base| base.0);
        assert_eq!(
            read("/api/hassio_ingress/Ab-_9").as_deref(),
            Some("/api/hassio_ingress/Ab-_9")
        );
        assert_eq!(read("/energy/").as_deref(), Some("/energy"));
        assert_eq!(read("/").as_deref(), Some(""));
        for foul in [
            "//evil.example",
            "/a//b",
            "/\\evil",
            "evil",
            "/a/../b",
            "/a b",
            "/a\"",
            "/é",
            "/a?b",
        ] {
            assert_eq!(read(foul), None, "{foul}");
        }
        assert_eq!(read(&format!("/{}", "a".repeat(300))), None);
    }

    #[test]
    fn an_owner_may_more_than_a_viewer() {
        assert!(Role::Owner > Role::Viewer);
    }
}
