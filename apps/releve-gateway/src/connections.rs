//! How many boxes and browsers are held at once, how long each is waited for,
//! and with which certificate they are met.

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use gateway::config::TlsFiles;
use ipnet::IpNet;
use listen::{Patience, Places, Rules, WhenFull};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A request's body may take so long, in all: a form of some lines.
const BODY: Duration = Duration::from_secs(30);
/// A connection is kept so long without a word: boxes poll on the one they have.
const IDLE: Duration = Duration::from_secs(80);

/// The rules of a port, with these proxies that may open as many connections as
/// they like.
pub fn rules(tls: Option<TlsAcceptor>, trusted: Vec<IpNet>) -> Rules {
    Rules {
        tls,
        places: Places {
            in_all: 8192,
            of_a_line: 256,
            trusted,
            when_full: WhenFull::SendAway,
        },
        patience: Patience {
            first: IDLE,
            head: Duration::from_secs(30),
            stall: BODY,
            body: BODY,
            unread: Duration::from_mins(1),
            idle: IDLE,
            farewell: Duration::from_secs(10),
        },
        longest_address: 8 << 10,
    }
}

/// Why a certificate and its key do not serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsError {
    /// The file of the chain holds no certificate.
    Chain,
    /// The file of the key holds no private key.
    Key,
    /// The two do not belong together, or are of a kind that nobody speaks.
    Pair,
}

/// The acceptor for a certificate and its key.
pub fn tls(files: &TlsFiles) -> Result<TlsAcceptor, TlsError> {
    let chain = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|_| TlsError::Chain)?;
    if chain.is_empty() {
        return Err(TlsError::Chain);
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|_| TlsError::Key)?;
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| TlsError::Pair)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|_| TlsError::Pair)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
