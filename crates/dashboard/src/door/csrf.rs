//! Whether a request that changes something was meant. It must come from one of
//! our own pages, as the browser says, and carry a token that only our own
//! pages can know.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::ORIGIN;
use http::{HeaderMap, HeaderValue};
use ring::hmac;
use service::Random;
use service::random::NoRandomness;
use url::Url;

use super::caller::{Caller, one};
use super::host::Host;
use super::refusal::Refusal;

/// The header that carries the token.
pub(super) const HEADER: &str = "x-csrf-token";
/// The form field that carries it.
pub(super) const FIELD: &str = "csrf";

/// Makes tokens and recognizes them. Its key lives as long as the process.
pub(super) struct Seal(hmac::Key);

impl Seal {
    pub(super) fn new(random: &dyn Random) -> Result<Self, NoRandomness> {
        let key = random.bytes::<32>()?;
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &key)))
    }

    /// The token of whoever that is.
    pub(super) fn token(&self, whose: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.0, whose))
    }

    /// Whether a token is that of whoever that is, in constant time.
    pub(super) fn is_token(&self, whose: &[u8], token: &str) -> bool {
        let Ok(tag) = URL_SAFE_NO_PAD.decode(token) else {
            return false;
        };
        hmac::verify(&self.0, whose, &tag).is_ok()
    }
}

/// Refuses what another site sent. A browser says where a request comes from in
/// `Origin`, and newer ones in `Sec-Fetch-Site` as well; who says neither is no
/// browser that we know, and is refused too.
pub(super) fn from_our_pages(headers: &HeaderMap, caller: &Caller) -> Result<(), Refusal> {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if site.is_some_and(|site| site != b"same-origin") {
        return Err(Refusal::OtherSite);
    }
    match headers.get(ORIGIN) {
        None if site.is_some() => Ok(()),
        None => Err(Refusal::OtherSite),
        Some(_) => match one(headers, "origin").and_then(origin) {
            Some(origin) if is_ours(&origin, caller) => Ok(()),
            _ => Err(Refusal::OtherSite),
        },
    }
}

struct Origin {
    tls: bool,
    host: Host,
}

/// An origin such as `https://releve.lan:8080`; `null` is none.
fn origin(text: &str) -> Option<Origin> {
    let url = Url::parse(text).ok()?;
    let tls = match url.scheme() {
        "http" => false,
        "https" => true,
        _ => return None,
    };
    let (_, authority) = text.split_once("://")?;
    let host = Host::read(authority)?;
    Some(Origin { tls, host })
}

fn is_ours(origin: &Origin, caller: &Caller) -> bool {
    let Some(host) = &caller.host else {
        return false;
    };
    let standard = if origin.tls { 443 } else { 80 };
    let same_port = origin.host.port.unwrap_or(standard) == host.port.unwrap_or(standard);
    let same_scheme = caller.tls.is_none_or(|tls| tls == origin.tls);
    origin.host.name == host.name && same_port && same_scheme
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use service::random::Seeded;

    use super::super::caller::Way;
    use super::super::visitor::Base;
    use super::*;

    fn judged(host: &str, tls: Option<bool>, headers: &[(&'static str, &str)]) -> bool {
        let caller = Caller {
            way: Way::Straight,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            host: Host::read(host),
            tls,
            base: Base::default(),
        };
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        from_our_pages(&map, &caller).is_ok()
    }

    #[test]
    fn only_our_own_origin_may_change_things() {
        let plain = |origin| judged("pi:8080", Some(false), &[("origin", origin)]);
        assert!(plain("http://pi:8080"));
        assert!(plain("http://PI:8080"));
        for other in [
            "null",
            "http://pi",
            "http://pi:80",
            "https://pi:8080",
            "http://evil.example",
            "",
            "http://pi:8080.evil.example",
            "ftp://pi:8080",
            "http://a@pi:8080",
            "pi:8080",
        ] {
            assert!(!plain(other), "{other}");
        }
        assert!(judged("pi", Some(true), &[("origin", "https://pi")]));
        assert!(judged("pi:443", Some(true), &[("origin", "https://pi")]));
        assert!(
            judged("pi", None, &[("origin", "https://pi")]),
            "a proxy that does not say"
        );
        let twice = [("origin", "http://pi:8080"), ("origin", "http://pi:8080")];
        assert!(!judged("pi:8080", Some(false), &twice));
    }

    #[test]
    fn the_fetch_site_refuses_by_itself_and_lets_pass_without_an_origin() {
        let site = |site| judged("pi", Some(false), &[("sec-fetch-site", site)]);
        assert!(site("same-origin"));
        for other in ["cross-site", "same-site", "none", ""] {
            assert!(!site(other), "{other}");
        }
        let both = [("origin", "http://pi"), ("sec-fetch-site", "cross-site")];
        assert!(!judged("pi", Some(false), &both));
        assert!(!judged("pi", Some(false), &[]), "who says nothing");
    }

    #[test]
    fn a_token_is_somebodys_and_of_one_process() {
        let seal = Seal::new(&Seeded::new(1)).unwrap();
        let token = seal.token(b"one");
        assert!(seal.is_token(b"one", &token));
        assert!(!seal.is_token(b"two", &token));
        assert!(!seal.is_token(b"one", ""));
        assert!(!seal.is_token(b"one", &token[..10]));
        assert!(!Seal::new(&Seeded::new(2)).unwrap().is_token(b"one", &token));
    }
}
