//! Which host a request asks for. A web site may have its own name point to
//! this machine (DNS rebinding); the browser then takes our pages for the
//! site's own. A name that we do not know is therefore not answered.

use std::net::IpAddr;

use http::header::HOST;
use http::request::Parts;
use http::uri::Authority;

use super::config::DoorConfig;

/// The host and port a browser believes to speak to, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Host {
    /// Without brackets and without a dot at the end.
    pub(super) name: String,
    pub(super) port: Option<u16>,
}

impl Host {
    /// The host of a request: its one `Host` header, or the address itself
    /// where that has one.
    pub(super) fn of(parts: &Parts) -> Option<Self> {
        let mut headers = parts.headers.get_all(HOST).iter();
        let header = headers.next().and_then(|value| value.to_str().ok());
        if headers.next().is_some() {
            return None;
        }
        match parts.uri.authority() {
            Some(authority) => Self::read(authority.as_str()),
            None => Self::read(header?),
        }
    }

    /// Reads `name`, `name:port`, `192.0.2.1:port`, `[2001:db8::1]:port`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let authority: Authority = text.parse().ok()?;
        if authority.as_str().contains('@') {
            return None;
        }
        let after = text.rsplit(']').next().unwrap_or(text);
        let port = match after.rsplit_once(':') {
            Some((_, port)) => Some(port.parse().ok()?),
            None => None,
        };
        let name = authority
            .host()
            .trim_start_matches('[')
            .trim_end_matches(']');
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        (!name.is_empty()).then_some(Self { name, port })
    }

    /// Whether the door answers to it.
    pub(super) fn is_ours(&self, config: &DoorConfig) -> bool {
        if config.names.iter().any(|name| self.is_named(name)) {
            return true;
        }
        match self.name.parse::<IpAddr>() {
            Ok(address) => is_our_address(address, config.listen.ip()),
            Err(_) => self.is_localhost() || (!config.is_local() && config.names.is_empty()),
        }
    }

    fn is_named(&self, name: &str) -> bool {
        let name = name.strip_suffix('.').unwrap_or(name);
        self.name.eq_ignore_ascii_case(name)
    }

    fn is_localhost(&self) -> bool {
        self.name == "localhost" || self.name.ends_with(".localhost")
    }
}

/// An address that is written out was not looked up, so nobody has turned it.
fn is_our_address(asked: IpAddr, ours: IpAddr) -> bool {
    let (asked, ours) = (asked.to_canonical(), ours.to_canonical());
    asked == ours || asked.is_loopback() || ours.is_unspecified()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_ours(listen: &str, names: &[&str], host: &str) -> bool {
        let mut config = DoorConfig::at(listen.parse().unwrap());
        config.names = names.iter().map(|&name| name.to_owned()).collect();
        Host::read(host).is_some_and(|host| host.is_ours(&config))
    }

    #[test]
    fn a_loopback_door_answers_to_loopback_names_and_its_own() {
        let local = |host| is_ours("127.0.0.1:8080", &["releve.lan"], host);
        let known = [
            "localhost",
            "LOCALHOST:8080",
            "localhost.",
            "a.localhost",
            "127.0.0.1:8080",
            "[::1]:8080",
            "releve.lan:8080",
            "Releve.LAN.",
        ];
        for host in known {
            assert!(local(host), "{host}");
        }
        let strange = [
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.1.2",
            "a@localhost",
            "",
            "[::1",
            "localhost:99999",
            "notlocalhost",
        ];
        for host in strange {
            assert!(!local(host), "{host}");
        }
    }

    #[test]
    fn elsewhere_names_bind_once_there_are_any() {
        assert!(is_ours("0.0.0.0:80", &[], "pi.local"));
        assert!(is_ours("0.0.0.0:80", &["releve.lan"], "192.168.1.2"));
        assert!(!is_ours("0.0.0.0:80", &["releve.lan"], "evil.example"));
        assert!(!is_ours("192.168.1.2:80", &["releve.lan"], "192.168.1.3"));
        assert!(is_ours("192.168.1.2:80", &["releve.lan"], "192.168.1.2:80"));
    }
}
