//! The address of a PostgreSQL, and how far its server has to prove itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use url::form_urlencoded;

/// A PostgreSQL that can be connected to. Its `Debug` shows no password.
#[derive(Clone, Debug)]
pub struct PostgresOptions {
    pub(super) config: Config,
    /// Absent: not encrypted.
    pub(super) tls: Option<ClientConfig>,
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseUrlError {
    /// Neither `postgres://user@host/database` nor `key=value` pairs.
    #[error("not an address of PostgreSQL")]
    NotOne,
    /// `sslmode` is none of those that we speak.
    #[error("sslmode is disable, require, verify-ca or verify-full")]
    Mode,
    /// The file of the authority holds no certificate.
    #[error("the authority's file holds no certificate")]
    Authority,
}

/// How far the server proves itself, in the words of `sslmode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// `disable`: nothing is encrypted.
    Plain,
    /// `require`: encrypted. As elsewhere, the chain is checked where an
    /// authority is given.
    Encrypted,
    /// `verify-ca`: a certificate of a known authority, whatever its name.
    Chain,
    /// `verify-full`: of a known authority, with the name of the host.
    Whole,
}

impl PostgresOptions {
    /// Reads an address with its `sslmode` and `sslrootcert`. `authority`, a PEM
    /// file, decides over the latter; without both the system's roots count.
    pub fn read(address: &str, authority: Option<&Path>) -> Result<Self, DatabaseUrlError> {
        let (address, asked) = split(address.trim());
        let mut config: Config = address.parse().map_err(|_| DatabaseUrlError::NotOne)?;
        let mode = match asked.mode.as_deref() {
            None if config.get_hosts().iter().all(is_this_machine) => Mode::Plain,
            None => Mode::Whole,
            Some(word) => Mode::read(word).ok_or(DatabaseUrlError::Mode)?,
        };
        let authority = authority.map(Path::to_owned).or(asked.authority);
        let tls = match mode {
            Mode::Plain => None,
            mode => Some(mode.tls(authority.as_deref())?),
        };
        config.ssl_mode(match tls {
            None => SslMode::Disable,
            Some(_) => SslMode::Require,
        });
        Ok(Self { config, tls })
    }
}

/// What an address says of its encryption.
#[derive(Default)]
struct Asked {
    mode: Option<String>,
    authority: Option<PathBuf>,
}

impl Asked {
    /// Whether the pair was one of these.
    fn take(&mut self, name: &str, value: &str) -> bool {
        match name {
            "sslmode" => self.mode = Some(value.to_owned()),
            "sslrootcert" => self.authority = Some(value.into()),
            _ => return false,
        }
        true
    }
}

/// Takes out what the driver does not know.
fn split(address: &str) -> (String, Asked) {
    let mut asked = Asked::default();
    if !address.contains("://") {
        let kept = address.split_whitespace().filter(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            !asked.take(name, value.trim_matches('\''))
        });
        let kept = kept.collect::<Vec<_>>().join(" ");
        return (kept, asked);
    }
    let Some((base, query)) = address.split_once('?') else {
        return (address.to_owned(), asked);
    };
    let mut kept = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if !asked.take(&name, &value) {
            kept.append_pair(&name, &value);
        }
    }
    // The driver knows `%20` only.
    let kept = kept.finish().replace('+', "%20");
    let mark = if kept.is_empty() { "" } else { "?" };
    (format!("{base}{mark}{kept}"), asked)
}

fn is_this_machine(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse()
                    .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
        }
        Host::Unix(_) => true,
    }
}

impl Mode {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "disable" => Self::Plain,
            "require" => Self::Encrypted,
            "verify-ca" => Self::Chain,
            "verify-full" => Self::Whole,
            _ => return None,
        })
    }

    fn tls(self, authority: Option<&Path>) -> Result<ClientConfig, DatabaseUrlError> {
        let roots = match authority {
            Some(file) => read_roots(file)?,
            None => service::http::roots(),
        };
        let roots = Arc::new(roots);
        let mut config = service::http::tls_config_with(roots.clone())
            .map_err(|_| DatabaseUrlError::Authority)?;
        let provider = config.crypto_provider().clone();
        let known = || WebPkiServerVerifier::builder_with_provider(roots, provider.clone()).build();
        let chain = match self {
            Self::Plain | Self::Whole => return Ok(config),
            Self::Encrypted if authority.is_none() => None,
            Self::Encrypted | Self::Chain => {
                Some(known().map_err(|_| DatabaseUrlError::Authority)?)
            }
        };
        let lenient = Lenient {
            chain,
            schemes: provider.signature_verification_algorithms,
        };
        config
            .dangerous()
            .set_certificate_verifier(Arc::new(lenient));
        Ok(config)
    }
}

fn read_roots(file: &Path) -> Result<RootCertStore, DatabaseUrlError> {
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(file)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|_| DatabaseUrlError::Authority)?;
    roots.add_parsable_certificates(certificates);
    if roots.is_empty() {
        return Err(DatabaseUrlError::Authority);
    }
    Ok(roots)
}

/// Asks for less than a certificate of the host's name, as `require` and
/// `verify-ca` do. The handshake itself is always verified.
#[derive(Debug)]
struct Lenient {
    chain: Option<Arc<WebPkiServerVerifier>>,
    schemes: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self
            .chain
            .as_ref()
            .map(|chain| chain.verify_server_cert(own, others, name, ocsp, now));
        match verified {
            // The chain was verified before the name.
            None
            | Some(
                Ok(_)
                | Err(Error::InvalidCertificate(
                    CertificateError::NotValidForName
                    | CertificateError::NotValidForNameContext { .. },
                )),
            ) => Ok(ServerCertVerified::assertion()),
            Some(Err(error)) => Err(error),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        own: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, own, signed, &self.schemes)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        own: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, own, signed, &self.schemes)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.schemes.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_encrypted(address: &str) -> bool {
        PostgresOptions::read(address, None).unwrap().tls.is_some()
    }

    #[test]
    fn another_machine_is_spoken_to_encrypted_unless_told_otherwise() {
        assert!(is_encrypted("postgres://gateway@db.example.org/gateway"));
        assert!(is_encrypted("host=10.0.0.5 user=gateway"));
        assert!(!is_encrypted("postgres://gateway@localhost/gateway"));
        assert!(!is_encrypted("host=/run/postgresql user=gateway"));
        assert!(!is_encrypted(
            "postgres://gateway@db.example.org/gateway?sslmode=disable"
        ));
        assert!(is_encrypted(
            "host=127.0.0.1 sslmode='require' user=gateway"
        ));
    }

    #[test]
    fn what_belongs_to_the_encryption_is_taken_out_and_the_rest_stays() {
        let (address, asked) = split(
            "postgres://me@db/x?sslmode=verify-full&sslrootcert=%2Fetc%2Fmy%20ca.pem&options=-c%20a%3Db",
        );
        assert_eq!(address, "postgres://me@db/x?options=-c%20a%3Db");
        assert_eq!(asked.mode.as_deref(), Some("verify-full"));
        assert_eq!(asked.authority, Some("/etc/my ca.pem".into()));
        let (address, asked) = split("host=db sslmode=require user=me");
        assert_eq!(
            (address.as_str(), asked.mode.as_deref()),
            ("host=db user=me", Some("require"))
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let refused = |address: &str| PostgresOptions::read(address, None).unwrap_err();
        assert_eq!(refused("mysql://x"), DatabaseUrlError::NotOne);
        assert_eq!(refused("host=db sslmode=prefer"), DatabaseUrlError::Mode);
        let missing = "host=db sslmode=verify-full sslrootcert=/nowhere.pem";
        assert_eq!(refused(missing), DatabaseUrlError::Authority);
    }
}
