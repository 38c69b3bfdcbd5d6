//! Connections: accepted, counted, given so much patience and no more, handed
//! to the router, and finished when the program is asked to stop.
//!
//! Patience is real time, whatever the clock of the program shows: who waits
//! here is a socket.

mod pulse;
mod stream;
mod table;

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};
use tower::Service;

use pulse::{Answering, Arriving, Pulse};
use stream::Watched;
use table::{Seat, Table};

/// How much is held, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections held at once. When all are taken, the one that deserves its
    /// place least makes room ([`serve`]).
    pub connections: usize,
    /// The head of a request must be whole so long after its first byte, and
    /// the first byte must come so long after the connection.
    pub head: Duration,
    /// A connection may rest so long between two requests.
    pub idle: Duration,
    /// A request's body may pause so long.
    pub stall: Duration,
    /// A request's body must be whole within this.
    pub body: Duration,
    /// A reader may refuse to take its answer so long.
    pub unread: Duration,
    /// Bytes of a request's head.
    pub head_bytes: usize,
    /// What was begun may take so long once the program is asked to stop.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            stall: Duration::from_secs(15),
            body: Duration::from_mins(15),
            unread: Duration::from_secs(30),
            head_bytes: 32 * 1024,
            farewell: Duration::from_secs(2),
        }
    }
}

/// Serves until `stop` ends, then lets what was begun be finished, for
/// [`Limits::farewell`] at most.
///
/// When every seat is taken, a newcomer gets the seat of a connection that
/// rests or has not finished its head; where there is none, of one whose body
/// is on its way; then of one that does not read its answer. Of these it is the
/// oldest, of the address that holds most. An answer being made is never cut.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let table = Arc::new(Table::new(limits.connections));
    let (leave, leaving) = watch::channel(());
    let mut tasks = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        while tasks.try_join_next().is_some() {}
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = seat(&listener, &table) => accepted,
        };
        let Some((stream, peer, seat)) = accepted else {
            continue;
        };
        let router = router.clone();
        tasks.spawn(attend(stream, peer, seat, router, limits, leaving.clone()));
    }
    drop(listener);
    drop(leave);
    let _ = timeout(limits.farewell, async {
        while tasks.join_next().await.is_some() {}
    })
    .await;
    tasks.shutdown().await;
}

/// The next connection and its seat. While everybody is being served it waits.
async fn seat(listener: &TcpListener, table: &Arc<Table>) -> Option<(TcpStream, SocketAddr, Seat)> {
    match listener.accept().await {
        Ok((stream, peer)) => {
            table.room().await;
            let seat = table.take(peer.ip());
            Some((stream, peer, seat))
        }
        Err(error) => {
            tracing::warn!(target: "dashboard", %error, "a connection was not accepted");
            // Where no descriptor is left, the next attempt fails as well.
            let _ = timeout(Duration::from_millis(100), std::future::pending::<()>()).await;
            None
        }
    }
}

/// One connection, from its first byte to its last.
async fn attend(
    stream: TcpStream,
    peer: SocketAddr,
    seat: Seat,
    router: Router,
    limits: Limits,
    mut leaving: watch::Receiver<()>,
) {
    let _ = stream.set_nodelay(true);
    let pulse = seat.pulse();
    let service = {
        let pulse = Arc::clone(&pulse);
        hyper::service::service_fn(move |request| {
            answer(request, peer, router.clone(), Arc::clone(&pulse))
        })
    };
    let stream = TokioIo::new(Watched::new(stream, Arc::clone(&pulse)));
    let connection = http1::Builder::new()
        .header_read_timeout(None)
        .max_buf_size(limits.head_bytes)
        .serve_connection(stream, service);
    let mut connection = pin!(connection);
    let patience = pulse.deadline(&limits);
    let mut patience = pin!(sleep_until(patience));
    let mut evicted = pin!(seat.evicted());
    let mut asked = false;
    let mut left = pin!(async move {
        // The sender is dropped, never used.
        let _ = leaving.changed().await;
    });
    poll_fn(|context| {
        if !asked && left.as_mut().poll(context).is_ready() {
            asked = true;
            connection.as_mut().graceful_shutdown();
        }
        if let Poll::Ready(end) = connection.as_mut().poll(context) {
            if let Err(error) = end {
                tracing::debug!(target: "dashboard", %error, "a connection broke off");
            }
            return Poll::Ready(());
        }
        if evicted.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        let deadline = pulse.deadline(&limits);
        if patience.deadline() != deadline {
            patience.as_mut().reset(deadline);
        }
        patience.as_mut().poll(context)
    })
    .await;
}

async fn answer(
    request: Request<Incoming>,
    peer: SocketAddr,
    mut router: Router,
    pulse: Arc<Pulse>,
) -> Result<Response<Body>, Infallible> {
    pulse.begin(Instant::now());
    let mut request = request.map(|body| Body::new(Arriving::new(body, Arc::clone(&pulse))));
    request.extensions_mut().insert(ConnectInfo(peer));
    let response = router.call(request).await?;
    Ok(response.map(|body| Body::new(Answering::new(body, pulse))))
}
