//! Cookies: what a browser brought under a name, and the one of ours that is
//! secret, a random number by which a browser is known again.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use http::header::COOKIE;
use ring::digest::{SHA256, digest};
use service::Random;
use service::random::NoRandomness;

/// What a browser brought under a name, in the order it brought them (RFC 6265,
/// 5.4). Whoever shares our host may have planted some of them.
pub fn values<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// A browser's number. It is a secret: whoever knows that of a session has the
/// session.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Number([u8; 32]);

impl std::fmt::Debug for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Number(..)")
    }
}

impl Number {
    pub(super) fn draw(random: &dyn Random) -> Result<Self, NoRandomness> {
        random.bytes().map(Self)
    }

    /// The number a browser brought under the name for its kind of connection.
    pub(super) fn of(headers: &HeaderMap, tls: bool) -> Option<Self> {
        let mut values = values(headers, name(tls));
        let value = values.next()?;
        // Somebody has planted a second one: neither is believed.
        if values.next().is_some() {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// Under which it is kept: never as itself.
    pub(super) fn hash(&self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, &self.0).as_ref());
        hash
    }

    /// The `Set-Cookie` line that gives it to a browser, until that is closed.
    pub(super) fn given(&self, tls: bool) -> String {
        line(tls, &URL_SAFE_NO_PAD.encode(self.0), "")
    }
}

/// The `Set-Cookie` line that takes it back.
pub(super) fn taken_back(tls: bool) -> String {
    line(tls, "", "; Max-Age=0")
}

/// Browsers take `__Host-` from nobody but this very host, and only over TLS.
fn name(tls: bool) -> &'static str {
    if tls { "__Host-releve" } else { "releve" }
}

/// `Lax`, not `Strict`: whoever follows a link from a message stays logged in.
/// What changes something is guarded by origin and token, not by this.
fn line(tls: bool, value: &str, more: &str) -> String {
    let secure = if tls { "; Secure" } else { "" };
    let name = name(tls);
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brought(line: &str, tls: bool) -> Option<Number> {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, line.parse().unwrap());
        Number::of(&headers, tls)
    }

    #[test]
    fn a_number_comes_back_under_the_name_it_was_given_under() {
        let number = Number([7; 32]);
        for tls in [false, true] {
            let given = number.given(tls);
            let pair = given.split(';').next().unwrap();
            assert_eq!(
                brought(&format!("a=b; {pair}; c"), tls),
                Some(number.clone())
            );
            assert_eq!(brought(pair, !tls), None);
            assert_eq!(brought(&format!("{pair}; {pair}"), tls), None, "twice");
        }
        assert!(number.given(true).starts_with("__Host-releve="));
        assert!(number.given(true).contains("; Secure"));
        for foul in [
            "releve=",
            "releve=abc",
            "releve=éé",
            "releve",
            "xreleve=AAAA",
        ] {
            assert_eq!(brought(foul, false), None, "{foul}");
        }
    }

    #[test]
    fn a_number_is_not_shown_and_not_kept() {
        let number = Number([7; 32]);
        assert_eq!(format!("{number:?}"), "Number(..)");
        assert_ne!(number.hash(), number.0);
    }
}
