//! The headers that keep a page to itself: nothing from elsewhere, no frame, no
//! address handed on, nothing kept by caches.

use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, SERVER,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue};

/// Everything from here, nothing inline, nothing in a frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";
/// The same within Home Assistant's own frame, which has the same origin.
const FRAMED: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; \
    frame-ancestors 'self'; base-uri 'none'";

/// Sets them on an answer. A `Cache-Control` of the answer's own stays.
pub(super) fn set(headers: &mut HeaderMap, framed: bool) {
    let (policy, frame) = if framed {
        (FRAMED, "SAMEORIGIN")
    } else {
        (POLICY, "DENY")
    };
    let mut put = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    put(CONTENT_SECURITY_POLICY, policy);
    put(X_FRAME_OPTIONS, frame);
    put(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Under `no-referrer` browsers send `Origin: null` with our own forms, by
    // which they could not be told from another site's. Nothing reaches other
    // sites under this one either.
    put(REFERRER_POLICY, "same-origin");
    put(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    put(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    put(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    );
    headers.remove(SERVER);
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
