//! Bodies of requests, `application/x-www-form-urlencoded`.

use std::fmt::Write;

/// The grant type of a poll (RFC 8628, section 3.4).
pub const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The grant type of a renewal (RFC 6749, section 6).
pub const REFRESH_GRANT: &str = "refresh_token";

/// Pairs in their order. Everything but letters, digits and `_.-~/` is written
/// as `%XX`, also a space: servers of the old contract expect it so.
///
/// ```
/// let body = grant::client::form(&[("usage_points_id", "1,2"), ("x", "a b:é")]);
/// assert_eq!(body, "usage_points_id=1%2C2&x=a%20b%3A%C3%A9");
/// ```
pub fn form(pairs: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (name, value) in pairs {
        if !body.is_empty() {
            body.push('&');
        }
        body.push_str(name);
        body.push('=');
        encode(&mut body, value);
    }
    body
}

fn encode(body: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"_.-~/".contains(&byte) {
            body.push(char::from(byte));
        } else {
            let _ = write!(body, "%{byte:02X}");
        }
    }
}
