//! One connection, from its first byte to its last.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::IntoResponse;
use http::{Request, Response, StatusCode, Uri};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsAcceptor;
use tower::Service;

use crate::crowd::Seat;
use crate::pulse::Pulse;
use crate::stream::Watched;
use crate::{Patience, body};

/// A TLS handshake may take so long.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Bytes of a request line with all header fields.
const LONGEST_HEAD: usize = 32 << 10;
/// Bytes read ahead, or made and not yet written.
const BUFFER: usize = 64 << 10;

/// A connection that has a seat.
pub(crate) struct Connection {
    pub(crate) peer: SocketAddr,
    pub(crate) seat: Seat,
    pub(crate) router: Router,
    pub(crate) patience: Patience,
    /// The longest path and query that reach the router, in bytes.
    pub(crate) longest_address: usize,
    /// Changes when the program is asked to stop.
    pub(crate) leaving: watch::Receiver<()>,
}

impl Connection {
    /// Serves it until it ends, its patience is over, or its seat is another's.
    pub(crate) async fn run(mut self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        let _ = stream.set_nodelay(true);
        let Some(tls) = tls else {
            return self.speak(stream).await;
        };
        let greeted = tokio::select! {
            greeted = timeout(HANDSHAKE, tls.accept(stream)) => greeted,
            () = self.seat.evicted() => return,
            _ = self.leaving.changed() => return,
        };
        // Strangers who speak no TLS are not worth a line.
        if let Ok(Ok(stream)) = greeted {
            self.speak(stream).await;
        }
    }

    async fn speak(self, stream: impl AsyncRead + AsyncWrite + Unpin) {
        let Self {
            peer,
            seat,
            router,
            patience,
            longest_address,
            mut leaving,
        } = self;
        let pulse = seat.pulse();
        let service = service_fn(|request: Request<Incoming>| {
            let fits = length(request.uri()) <= longest_address;
            let router = fits.then(|| router.clone());
            answer(request, peer, router, Arc::clone(&pulse))
        });
        // Hyper's own timeout of a head knows neither bodies nor readers.
        let connection = http1::Builder::new()
            .header_read_timeout(None)
            .max_header_size(LONGEST_HEAD)
            .max_buf_size(BUFFER)
            .serve_connection(
                TokioIo::new(Watched::new(stream, Arc::clone(&pulse))),
                service,
            );
        let mut connection = pin!(connection);
        let mut over = pin!(pulse.patience_ends(&patience));
        let mut left = pin!(leaving.changed());
        let mut asked = false;
        loop {
            tokio::select! {
                biased;
                end = &mut connection => {
                    if let Err(error) = end {
                        tracing::debug!(target: "listen", %error, "a connection broke off");
                    }
                    return;
                }
                () = seat.evicted() => return,
                () = &mut over => return,
                _ = &mut left, if !asked => {
                    asked = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    }
}

/// Without a router the address is too long for it.
async fn answer(
    request: Request<Incoming>,
    peer: SocketAddr,
    router: Option<Router>,
    pulse: Arc<Pulse>,
) -> Result<Response<Body>, Infallible> {
    pulse.begins(Instant::now());
    let Some(mut router) = router else {
        let refused = StatusCode::URI_TOO_LONG.into_response();
        return Ok(refused.map(|answer| body::answering(answer, pulse)));
    };
    let mut request = request.map(|asked| body::arriving(asked, Arc::clone(&pulse)));
    request.extensions_mut().insert(ConnectInfo(peer));
    let response = router.call(request).await?;
    Ok(response.map(|answer| body::answering(answer, pulse)))
}

fn length(address: &Uri) -> usize {
    address.path().len() + address.query().map_or(0, str::len)
}
