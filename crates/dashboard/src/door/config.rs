//! What the door is told, and which of it makes sense.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use http::HeaderName;
use ipnet::{IpNet, Ipv4Net};
use jiff::SignedDuration;
use service::Lang;
use service::random::NoRandomness;
use service::settings::SecretFileError;

use super::password::{PasswordError, PasswordHash};

/// How the door is kept.
#[derive(Debug, Clone)]
pub struct DoorConfig {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Names under which people reach it, without a port. On a loopback address
    /// nothing but these and the loopback names is answered, since any web site
    /// may have its own name point there. Elsewhere every name is answered while
    /// this is empty.
    pub names: Vec<String>,
    /// The password of who may change things.
    pub owner: Option<PasswordHash>,
    /// The password of who may look.
    pub viewer: Option<PasswordHash>,
    /// The reverse proxies whose `X-Forwarded-…` headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The header in which these proxies name the user they let in.
    pub user_header: Option<HeaderName>,
    /// The header in which they list that user's groups, separated by commas.
    pub groups_header: HeaderName,
    /// Which users of a proxy or of Home Assistant may change things: a user, or
    /// `@` and a group. Home Assistant's users are told by their id. All of them
    /// while this is empty.
    pub owners: Vec<String>,
    /// Home Assistant's ingress.
    pub ingress: Option<Ingress>,
    /// The language of who accepts neither French nor English.
    pub lang: Lang,
    /// How long a session lives without being used.
    pub session_idle: SignedDuration,
    /// How long a session lives.
    pub session_life: SignedDuration,
}

/// Home Assistant's ingress: its Supervisor passes on the requests of users
/// whom Home Assistant has let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingress {
    /// The Supervisor's address.
    pub supervisors: Vec<IpNet>,
}

impl Default for Ingress {
    fn default() -> Self {
        let supervisor = Ipv4Net::from(Ipv4Addr::new(172, 30, 32, 2));
        Self {
            supervisors: vec![IpNet::V4(supervisor)],
        }
    }
}

/// Why a door was not hung.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DoorError {
    /// Everybody who reaches this address would be let in.
    #[error("{0} is not a loopback address, and nothing says whom to let in")]
    Unguarded(SocketAddr),
    /// A user's header is to be believed, and nobody's.
    #[error("no proxy is trusted with the user's header")]
    NobodyTrusted,
    /// Anybody could say who they are.
    #[error("{0} would trust everybody")]
    EverybodyTrusted(IpNet),
    /// Not a host name.
    #[error("`{0}` is not a host name")]
    BadName(String),
    /// The file of a password gave none.
    #[error("{path}: {cause}")]
    PasswordFile {
        /// The file.
        path: String,
        /// Why.
        cause: SecretFileError,
    },
    /// The file of a password holds something else.
    #[error("{path}: {cause}")]
    Password {
        /// The file.
        path: String,
        /// What it is not.
        cause: PasswordError,
    },
    /// The system gives no randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl DoorConfig {
    /// A door at that address, with nobody to vouch for a visitor.
    pub fn at(listen: SocketAddr) -> Self {
        Self {
            listen,
            names: Vec::new(),
            owner: None,
            viewer: None,
            trusted_proxies: Vec::new(),
            user_header: None,
            groups_header: HeaderName::from_static("remote-groups"),
            owners: Vec::new(),
            ingress: None,
            lang: Lang::default(),
            session_idle: SignedDuration::from_hours(7 * 24),
            session_life: SignedDuration::from_hours(30 * 24),
        }
    }

    /// Whether whoever reaches it may come in.
    pub fn is_open(&self) -> bool {
        self.is_local() && !self.is_guarded()
    }

    /// Whether only this machine reaches it.
    pub(super) fn is_local(&self) -> bool {
        self.listen.ip().to_canonical().is_loopback()
    }

    pub(super) fn has_password(&self) -> bool {
        self.owner.is_some() || self.viewer.is_some()
    }

    fn is_guarded(&self) -> bool {
        self.has_password() || self.user_header.is_some() || self.ingress.is_some()
    }

    /// Refuses what would let in everybody, or nobody.
    pub fn check(&self) -> Result<(), DoorError> {
        if !self.is_local() && !self.is_guarded() {
            return Err(DoorError::Unguarded(self.listen));
        }
        if self.user_header.is_some() && self.trusted_proxies.is_empty() {
            return Err(DoorError::NobodyTrusted);
        }
        let supervisors = self.ingress.iter().flat_map(|ingress| &ingress.supervisors);
        let mut trusted = self.trusted_proxies.iter().chain(supervisors);
        if let Some(net) = trusted.find(|net| net.prefix_len() == 0) {
            return Err(DoorError::EverybodyTrusted(*net));
        }
        let bad = self.names.iter().find(|name| !is_name(name));
        bad.map_or(Ok(()), |name| Err(DoorError::BadName(name.clone())))
    }

    pub(super) fn trusts(&self, peer: IpAddr) -> bool {
        contains(&self.trusted_proxies, peer)
    }

    pub(super) fn is_supervisor(&self, peer: IpAddr) -> bool {
        let ingress = self.ingress.as_ref();
        ingress.is_some_and(|ingress| contains(&ingress.supervisors, peer))
    }
}

fn contains(nets: &[IpNet], address: IpAddr) -> bool {
    let address = address.to_canonical();
    nets.iter().any(|net| net.contains(&address))
}

fn is_name(name: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    name.len() <= 253 && name.strip_suffix('.').unwrap_or(name).split('.').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(listen: &str) -> DoorConfig {
        DoorConfig::at(listen.parse().unwrap())
    }

    #[test]
    fn an_address_that_others_reach_needs_a_guard() {
        for open in [
            "127.0.0.1:80",
            "127.8.9.1:80",
            "[::1]:80",
            "[::ffff:127.0.0.1]:80",
        ] {
            assert_eq!(at(open).check(), Ok(()), "{open}");
            assert!(at(open).is_open());
        }
        for exposed in ["0.0.0.0:80", "[::]:80", "192.168.1.2:80", "[fe80::1]:80"] {
            let config = at(exposed);
            assert_eq!(config.check(), Err(DoorError::Unguarded(config.listen)));
            assert!(!config.is_open());
        }
        let ingress = DoorConfig {
            ingress: Some(Ingress::default()),
            ..at("0.0.0.0:80")
        };
        assert_eq!(ingress.check(), Ok(()));
        let ingress = DoorConfig {
            ingress: Some(Ingress::default()),
            ..at("127.0.0.1:80")
        };
        assert!(
            !ingress.is_open(),
            "a guard guards on a loopback address too"
        );
    }

    #[test]
    fn a_header_is_believed_from_somebody_and_not_from_everybody() {
        let header = Some(HeaderName::from_static("remote-user"));
        let mut config = DoorConfig {
            user_header: header,
            ..at("0.0.0.0:80")
        };
        assert_eq!(config.check(), Err(DoorError::NobodyTrusted));
        config.trusted_proxies = vec!["::/0".parse().unwrap()];
        let everybody = DoorError::EverybodyTrusted(config.trusted_proxies[0]);
        assert_eq!(config.check(), Err(everybody));
        config.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
        assert_eq!(config.check(), Ok(()));
        assert!(config.trusts("::ffff:10.1.2.3".parse().unwrap()));
        assert!(!config.trusts("11.1.2.3".parse().unwrap()));
    }

    #[test]
    fn a_name_is_a_host_name() {
        let named = |name: &str| DoorConfig {
            names: vec![name.to_owned()],
            ..at("[::1]:1")
        };
        assert_eq!(named("releve.home.arpa").check(), Ok(()));
        for bad in ["", "a b", "http://a", "a:80", "*.a", "a..b"] {
            assert_eq!(named(bad).check(), Err(DoorError::BadName(bad.to_owned())));
        }
    }
}
