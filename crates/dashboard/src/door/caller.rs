//! Who is at the other end of a request, as far as the network tells: the
//! address, and what a proxy that is believed says about the browser.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use http::request::Parts;
use http::{HeaderMap, HeaderName};

use super::config::DoorConfig;
use super::host::Host;
use super::visitor::Base;

/// What is known of a caller before they show anything.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    /// How they came.
    pub(super) way: Way,
    /// Their own address, behind the proxies that are believed.
    pub(super) address: IpAddr,
    /// The host the browser believes to speak to.
    pub(super) host: Option<Host>,
    /// Whether the browser speaks TLS; nothing where a proxy does not say.
    pub(super) tls: Option<bool>,
    /// What the browser's addresses begin with.
    pub(super) base: Base,
}

/// How a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Straight,
    Proxy,
    Ingress,
}

impl Caller {
    pub(super) fn of(parts: &Parts, config: &DoorConfig) -> Self {
        // Without an address nobody is trusted.
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip())
            .to_canonical();
        let headers = &parts.headers;
        let prefix = one(headers, "x-ingress-path").and_then(Base::read);
        if config.is_supervisor(peer)
            && one(headers, "x-hass-source") == Some("core.ingress")
            && let Some(base) = prefix
        {
            return Self::behind(Way::Ingress, base, peer, parts, config);
        }
        if config.trusts(peer) {
            let prefix = one(headers, "x-forwarded-prefix").and_then(Base::read);
            return Self::behind(Way::Proxy, prefix.unwrap_or_default(), peer, parts, config);
        }
        Self {
            way: Way::Straight,
            address: peer,
            host: Host::of(parts),
            tls: Some(false),
            base: Base::default(),
        }
    }

    fn behind(way: Way, base: Base, peer: IpAddr, parts: &Parts, config: &DoorConfig) -> Self {
        let headers = &parts.headers;
        let host = match headers.get("x-forwarded-host") {
            Some(_) => first(headers, "x-forwarded-host").and_then(Host::read),
            None => Host::of(parts),
        };
        Self {
            way,
            address: address(peer, headers, config),
            host,
            tls: first(headers, "x-forwarded-proto").map(|proto| proto == "https"),
            base,
        }
    }

    /// Where they are, for counting: the IPv4 address, or the IPv6 /64 of a line.
    pub(super) fn line(&self) -> IpAddr {
        match self.address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
            v4 @ IpAddr::V4(_) => v4,
        }
    }
}

/// Whether a request was passed on by a proxy. A door that is open to whoever
/// sits at the machine must not be open to everybody whom a proxy there serves.
pub(super) fn is_passed_on(headers: &HeaderMap) -> bool {
    let marks = [
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-real-ip",
        "via",
    ];
    marks.iter().any(|mark| headers.contains_key(*mark))
}

/// The value of a header that stands once; one that is repeated was added to by
/// somebody else.
pub(super) fn one<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?.trim();
    (values.next().is_none() && !value.is_empty()).then_some(value)
}

fn first<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let list = headers.get(name)?.to_str().ok()?;
    Some(list.split(',').next().unwrap_or_default().trim())
}

/// The first address from the right that is nobody we trust.
fn address(peer: IpAddr, headers: &HeaderMap, config: &DoorConfig) -> IpAddr {
    let lists = headers.get_all("x-forwarded-for").iter();
    let hops: Vec<&str> = lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','))
        .collect();
    let mut address = peer;
    for hop in hops.iter().rev() {
        let Ok(hop) = hop.trim().parse::<IpAddr>() else {
            break;
        };
        address = hop.to_canonical();
        if !config.trusts(address) && !config.is_supervisor(address) {
            break;
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn caller(peer: &str, headers: &[(&str, &str)]) -> Caller {
        let mut config = DoorConfig::at("0.0.0.0:80".parse().unwrap());
        config.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
        config.ingress = Some(super::super::Ingress::default());
        let mut request = Request::builder().header("host", "here");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let peer: SocketAddr = peer.parse().unwrap();
        let request = request.extension(ConnectInfo(peer)).body(()).unwrap();
        Caller::of(&request.into_parts().0, &config)
    }

    #[test]
    fn what_a_stranger_says_of_themselves_is_not_heard() {
        let said = [
            ("x-forwarded-for", "127.0.0.1"),
            ("x-forwarded-host", "there"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-prefix", "/p"),
            ("x-ingress-path", "/i"),
            ("x-hass-source", "core.ingress"),
        ];
        let stranger = caller("203.0.113.9:1", &said);
        assert_eq!(stranger.way, Way::Straight);
        assert_eq!(stranger.address.to_string(), "203.0.113.9");
        assert_eq!(stranger.host.unwrap().name, "here");
        assert_eq!((stranger.tls, stranger.base.as_str()), (Some(false), ""));
        let proxy = caller("10.0.0.1:1", &said);
        assert_eq!(proxy.way, Way::Proxy);
        assert_eq!(proxy.address.to_string(), "127.0.0.1");
        assert_eq!(proxy.host.unwrap().name, "there");
        assert_eq!((proxy.tls, proxy.base.as_str()), (Some(true), "/p"));
        let supervisor = caller("172.30.32.2:1", &said);
        assert_eq!(
            (supervisor.way, supervisor.base.as_str()),
            (Way::Ingress, "/i")
        );
    }

    #[test]
    fn the_supervisor_alone_is_not_ingress() {
        let without = caller("172.30.32.2:1", &[("x-ingress-path", "/i")]);
        assert_eq!(without.way, Way::Straight);
        let foul = [
            ("x-ingress-path", "//evil.example"),
            ("x-hass-source", "core.ingress"),
        ];
        assert_eq!(caller("172.30.32.2:1", &foul).way, Way::Straight);
        let twice = [
            ("x-ingress-path", "/i"),
            ("x-ingress-path", "/j"),
            ("x-hass-source", "core.ingress"),
        ];
        assert_eq!(caller("172.30.32.2:1", &twice).way, Way::Straight);
    }

    #[test]
    fn an_ipv6_line_is_counted_as_one() {
        let address = |text: &str| Caller {
            address: text.parse().unwrap(),
            ..caller("10.0.0.1:1", &[])
        };
        assert_eq!(
            address("2001:db8:1:2:3::4").line().to_string(),
            "2001:db8:1:2::"
        );
        assert_eq!(address("203.0.113.9").line().to_string(), "203.0.113.9");
    }
}
