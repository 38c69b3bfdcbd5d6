//! The headers that keep a page to itself: nothing from elsewhere, no frame, no
//! address handed on, nothing kept by caches.

use url::Url;

/// The headers of every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageHeaders {
    policy: String,
}

impl PageHeaders {
    /// The headers for pages whose forms may lead to that authorize page and
    /// nowhere else. Chromium holds the redirect after a form to the policy too.
    pub fn new(authorize: &Url) -> Self {
        let enedis = authorize.origin().ascii_serialization();
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {enedis}; \
             frame-ancestors 'none'; base-uri 'none'"
        );
        Self { policy }
    }

    /// Name and value of each.
    pub fn all(&self) -> [(&'static str, &str); 8] {
        [
            ("content-security-policy", &self.policy),
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            (
                "permissions-policy",
                "camera=(), geolocation=(), microphone=(), browsing-topics=()",
            ),
        ]
    }
}
