//! Connections: accepted, encrypted, handed to the router, and finished when
//! the program is asked to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use gateway::config::TlsFiles;
use hyper::body::Incoming;
use hyper::{Request, server::conn::http1};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tower::Service;

/// A connection that sends no headers for so long is closed. Between requests
/// this is also how long it is kept: boxes poll on the connection they have.
const PATIENCE: Duration = Duration::from_secs(80);
/// A handshake may take so long.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// What was begun may take so long once the program is asked to stop.
const FAREWELL: Duration = Duration::from_secs(10);

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

/// Serves until `stop` ends, then lets what was begun be finished.
pub async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let graceful = Arc::new(GracefulShutdown::new());
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(target: "gateway", %error, "a connection was not accepted");
                    continue;
                }
            },
        };
        let one = Connection {
            router: router.clone(),
            peer,
            graceful: graceful.clone(),
        };
        tokio::spawn(one.run(stream, tls.clone()));
    }
    drop(listener);
    if let Some(graceful) = Arc::into_inner(graceful) {
        let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
    }
}

struct Connection {
    router: Router,
    peer: SocketAddr,
    graceful: Arc<GracefulShutdown>,
}

impl Connection {
    async fn run(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        let _ = stream.set_nodelay(true);
        let Some(tls) = tls else {
            return self.speak(stream).await;
        };
        // Strangers who speak no TLS are not worth a line.
        if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await {
            self.speak(stream).await;
        }
    }

    async fn speak(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let Self {
            router,
            peer,
            graceful,
        } = self;
        let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().call(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_buf_size(64 * 1024)
            .serve_connection(TokioIo::new(stream), service);
        let watched = graceful.watch(connection);
        // Kept by nobody but the connection from here on.
        drop(graceful);
        if let Err(error) = watched.await {
            tracing::debug!(target: "gateway", %error, "a connection broke off");
        }
    }
}
