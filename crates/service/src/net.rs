//! The network below HTTP, as a parameter: names, connections, certificates.
//!
//! `doctor` asks each layer for itself, so that it can say which one fails.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::clock::BoxFuture;
use crate::http::{
    Client, ClientOptions, HttpError, SharedHttp, is_of_another_time, tls_config,
    tls_config_trusting,
};

/// No layer is waited for longer than this.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who knows names and opens connections.
pub trait Network: Send + Sync {
    /// The addresses of a host.
    fn resolve<'a>(&'a self, host: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, NetError>>;
    /// Connects to a host and closes again; with TLS its certificate is verified.
    fn knock<'a>(
        &'a self,
        host: &'a str,
        port: u16,
        tls: bool,
    ) -> BoxFuture<'a, Result<(), NetError>>;
    /// Listens at an address for a moment: whether that can be done.
    fn bind(&self, at: SocketAddr) -> BoxFuture<'_, Result<(), NetError>>;
    /// A client for one short request.
    fn http(&self) -> Result<SharedHttp, HttpError>;
}

/// Which layer failed, and how, in the system's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// The name has no address, or nobody could be asked.
    #[error("name: {0}")]
    Name(String),
    /// No connection.
    #[error("connection: {0}")]
    Connect(String),
    /// The certificate or the handshake.
    #[error("TLS: {0}")]
    Tls(String),
    /// The certificate is not valid yet, or no more: often it is our clock.
    #[error("TLS: the certificate is not valid at this time")]
    TlsTime,
}

/// The machine's network.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemNetwork;

impl Network for SystemNetwork {
    fn resolve<'a>(&'a self, host: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, NetError>> {
        Box::pin(async move {
            let bare = host.trim_matches(['[', ']']);
            let found = in_time(tokio::net::lookup_host((bare, 443))).await;
            let found = found.map_err(|error| NetError::Name(error.to_string()))?;
            let mut addresses: Vec<IpAddr> = found.map(|address| address.ip()).collect();
            addresses.dedup();
            Ok(addresses)
        })
    }

    fn knock<'a>(
        &'a self,
        host: &'a str,
        port: u16,
        tls: bool,
    ) -> BoxFuture<'a, Result<(), NetError>> {
        Box::pin(async move {
            let stream = connect(host, port).await?;
            if tls {
                secure(stream, host, None).await?;
            }
            Ok(())
        })
    }

    fn bind(&self, at: SocketAddr) -> BoxFuture<'_, Result<(), NetError>> {
        Box::pin(async move {
            let bound = tokio::net::TcpListener::bind(at).await;
            bound
                .map(drop)
                .map_err(|error| NetError::Connect(error.to_string()))
        })
    }

    fn http(&self) -> Result<SharedHttp, HttpError> {
        let options = ClientOptions {
            timeout: PATIENCE,
            max_answer: 1 << 20,
            ..ClientOptions::default()
        };
        Ok(Arc::new(Client::new(&options)?))
    }
}

/// A connection to a host.
pub(crate) async fn connect(host: &str, port: u16) -> Result<TcpStream, NetError> {
    let bare = host.trim_matches(['[', ']']);
    in_time(TcpStream::connect((bare, port)))
        .await
        .map_err(|error| NetError::Connect(error.to_string()))
}

/// The same under TLS, once the host's certificate is verified; `ca_file` holds
/// authorities beside the system's.
pub(crate) async fn secure(
    stream: TcpStream,
    host: &str,
    ca_file: Option<&Path>,
) -> Result<TlsStream<TcpStream>, NetError> {
    let config = ca_file.map_or_else(tls_config, tls_config_trusting);
    let config = config.map_err(|error| NetError::Tls(error.to_string()))?;
    let bare = host.trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(bare).map_err(|error| NetError::Tls(error.to_string()))?;
    let handshake = TlsConnector::from(Arc::new(config)).connect(name, stream);
    in_time(handshake).await.map_err(|error| tls_error(&error))
}

async fn in_time<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(result) => result,
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

fn tls_error(error: &io::Error) -> NetError {
    if is_of_another_time(error) {
        NetError::TlsTime
    } else {
        NetError::Tls(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_layer_fails_by_its_own_name() {
        let network = SystemNetwork;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        assert_eq!(network.knock("127.0.0.1", port, false).await, Ok(()));
        let held = listener.local_addr().unwrap();
        assert!(matches!(
            network.bind(held).await,
            Err(NetError::Connect(_))
        ));
        let any = SocketAddr::new(held.ip(), 0);
        assert_eq!(network.bind(any).await, Ok(()));
        let accepting = tokio::spawn(async move {
            // Speaks no TLS.
            while let Ok((mut stream, _)) = listener.accept().await {
                use tokio::io::AsyncWriteExt;
                let _ = stream.write_all(b"220 hello\r\n").await;
            }
        });
        let tls = network.knock("127.0.0.1", port, true).await;
        assert!(matches!(tls, Err(NetError::Tls(_))), "{tls:?}");
        accepting.abort();
        let _ = accepting.await;
        let refused = network.knock("127.0.0.1", port, false).await;
        assert!(matches!(refused, Err(NetError::Connect(_))), "{refused:?}");
        let name = network.resolve("no-such-host.invalid").await;
        assert!(matches!(name, Err(NetError::Name(_))), "{name:?}");
        assert_eq!(
            network.resolve("[::1]").await.map(|found| found.len()),
            Ok(1)
        );
    }

    #[test]
    fn a_certificate_of_another_time_is_told_apart() {
        use rustls::CertificateError;
        let wrap = |error: rustls::CertificateError| {
            let error = rustls::Error::InvalidCertificate(error);
            tls_error(&io::Error::new(io::ErrorKind::InvalidData, error))
        };
        assert_eq!(wrap(CertificateError::NotValidYet), NetError::TlsTime);
        assert_eq!(wrap(CertificateError::Expired), NetError::TlsTime);
        let other = wrap(CertificateError::UnknownIssuer);
        assert!(matches!(other, NetError::Tls(_)), "{other:?}");
    }
}
