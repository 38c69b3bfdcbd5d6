//! Who is at the other end: the address behind trusted proxies, the browser's
//! cookie, what it calls itself.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use grant::server::{Token, TokenKind};
use http::header::{COOKIE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use ipnet::IpNet;

use crate::app::App;
use crate::keys::{Keys, Purpose};

/// The one cookie: what a browser is known by between its page and its return.
pub const COOKIE_NAME: &str = "__Host-releve";

/// Who asks.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Their public address.
    pub address: IpAddr,
    /// What they call themselves, at most 200 characters without control characters.
    pub agent: String,
    /// The browser's cookie, when it brought a well-formed one.
    pub browser: Option<Token>,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4([127, 0, 0, 1].into()), |info| info.0.ip());
        Ok(Self {
            address: client_address(peer, &parts.headers, &app.config.trusted_proxies),
            agent: agent(&parts.headers),
            browser: cookie(&parts.headers),
        })
    }
}

impl Visitor {
    /// The network as it may be written down: /24 or /48.
    pub fn network(&self) -> String {
        truncated(self.address, 24, 48)
    }

    /// The name under which their limits are counted: the IPv4 address, or the
    /// IPv6 /64 of their line.
    pub fn line(&self, keys: &Keys) -> Vec<u8> {
        let line = truncated(self.address, 32, 64);
        keys.hash(Purpose::Address, line.as_bytes())
    }

    /// The same under every key in use, that of [`Visitor::line`] first.
    pub fn lines(&self, keys: &Keys) -> Vec<Vec<u8>> {
        let line = truncated(self.address, 32, 64);
        keys.hashes(Purpose::Address, line.as_bytes())
    }
}

/// The first address from the right that is no trusted proxy. Without trusted
/// proxies the header is worth nothing.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let mut address = peer.to_canonical();
    if !is_trusted(&address) {
        return address;
    }
    let lists = headers.get_all("x-forwarded-for").iter();
    let hops: Vec<&str> = lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','))
        .collect();
    for hop in hops.iter().rev() {
        let Ok(hop) = hop.trim().parse::<IpAddr>() else {
            break;
        };
        address = hop.to_canonical();
        if !is_trusted(&address) {
            break;
        }
    }
    address
}

fn agent(headers: &HeaderMap) -> String {
    let text = headers.get(USER_AGENT).map(HeaderValue::to_str);
    let text = text.and_then(Result::ok).unwrap_or_default();
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn cookie(headers: &HeaderMap) -> Option<Token> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE_NAME)
        .find_map(|(_, value)| Token::read(TokenKind::Browser, value).ok())
}

fn truncated(address: IpAddr, v4: u8, v6: u8) -> String {
    let (address, length) = match address.to_canonical() {
        IpAddr::V4(address) => (IpAddr::V4(address), v4),
        IpAddr::V6(address) => (IpAddr::V6(Ipv6Addr::from_bits(address.to_bits())), v6),
    };
    match IpNet::new(address, length) {
        Ok(net) => net.trunc().to_string(),
        Err(_) => address.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for list in forwarded {
            headers.append("x-forwarded-for", list.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        client_address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn h36_only_hops_behind_trusted_proxies_are_believed() {
        assert_eq!(from("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        let trusted = ["10.0.0.0/8", "fd00::/8"];
        assert_eq!(
            from("10.0.0.2", &["198.51.100.1"], &trusted),
            "198.51.100.1"
        );
        let forged = ["192.0.2.66, 198.51.100.1, 10.1.1.1"];
        assert_eq!(from("10.0.0.2", &forged, &trusted), "198.51.100.1");
        assert_eq!(
            from("10.0.0.2", &["192.0.2.66", "198.51.100.1"], &trusted),
            "198.51.100.1"
        );
        assert_eq!(from("10.0.0.2", &["garbage"], &trusted), "10.0.0.2");
        assert_eq!(
            from("::ffff:10.0.0.2", &["::ffff:198.51.100.1"], &trusted),
            "198.51.100.1"
        );
        let long = vec!["10.0.0.3"; 50].join(",");
        assert_eq!(from("10.0.0.2", &[&long], &trusted), "10.0.0.3");
    }

    #[test]
    fn addresses_are_written_down_truncated() {
        let visitor = |address: &str| Visitor {
            address: address.parse().unwrap(),
            agent: String::new(),
            browser: None,
        };
        assert_eq!(visitor("203.0.113.99").network(), "203.0.113.0/24");
        assert_eq!(visitor("2001:db8:1:2:3::4").network(), "2001:db8:1::/48");
    }
}
