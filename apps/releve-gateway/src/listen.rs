//! Connections: accepted as long as there are places, encrypted, handed to the
//! router, given up when the peer takes too long, and finished when the program
//! is asked to stop.

mod crowd;
mod patience;
#[cfg(test)]
mod tests;

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use gateway::config::TlsFiles;
use hyper::body::{Body, Incoming};
use hyper::{Request, server::conn::http1};
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use ipnet::IpNet;
use jiff::SignedDuration;
use service::{Clock, SystemClock};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tower::Service;

pub use crowd::Places;
use crowd::{Crowd, Seat};
pub use patience::Patience;
use patience::{Patient, Watched};

/// Who comes in, and how.
#[derive(Default)]
pub struct Guard {
    /// The encryption, when it is ours to do.
    pub tls: Option<TlsAcceptor>,
    /// The proxies that may open as many connections as they like.
    pub trusted: Vec<IpNet>,
    /// How many may come at a time.
    pub places: Places,
    /// How long they may take.
    pub patience: Patience,
}

/// Without a file to give to a connection, others have to end first.
const NO_FILES: SignedDuration = SignedDuration::from_millis(100);
/// Bytes of a path with its query: the codes and states of ours are far below.
const LONGEST_ADDRESS: usize = 8 * 1024;
/// Bytes of all header fields.
const LONGEST_HEAD: usize = 32 * 1024;
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
    guard: Guard,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let graceful = Arc::new(GracefulShutdown::new());
    let crowd = Crowd::new(guard.places, guard.trusted);
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(target: "gateway", %error, "a connection was not accepted");
                    SystemClock.sleep(NO_FILES).await;
                    continue;
                }
            },
        };
        let Some(seat) = crowd.seat(peer.ip()) else {
            // Said to nobody: whoever fills the places would fill the log, too.
            continue;
        };
        let one = Connection {
            router: router.clone(),
            peer,
            patience: guard.patience,
            graceful: graceful.clone(),
            _seat: seat,
        };
        tokio::spawn(one.run(stream, guard.tls.clone()));
    }
    drop(listener);
    if let Some(graceful) = Arc::into_inner(graceful) {
        let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
    }
}

struct Connection {
    router: Router,
    peer: SocketAddr,
    patience: Patience,
    graceful: Arc<GracefulShutdown>,
    _seat: Seat,
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
            patience,
            graceful,
            _seat,
        } = self;
        let stream = Patient::new(stream, patience);
        let stage = stream.stage();
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let stage = stage.clone();
            stage.heard(!request.body().is_end_stream());
            let mut request = request.map(|body| Watched::new(body, stage.clone()));
            request.extensions_mut().insert(ConnectInfo(peer));
            let refused = too_long(request.uri(), request.headers());
            let answer = router.clone().call(request);
            async move {
                let answer = match refused {
                    Some(status) => Ok(status.into_response()),
                    None => answer.await,
                };
                stage.answered();
                answer
            }
        });
        let connection = http1::Builder::new()
            .header_read_timeout(None)
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

/// Heads that no browser and no box sends are answered before anybody reads them.
fn too_long(uri: &Uri, headers: &HeaderMap) -> Option<StatusCode> {
    let address = uri.path().len() + uri.query().map_or(0, str::len);
    if address > LONGEST_ADDRESS {
        return Some(StatusCode::URI_TOO_LONG);
    }
    let fields = headers.iter();
    let length: usize = fields
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    (length > LONGEST_HEAD).then_some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)
}
