//! The front with a socket: the same answers over HTTP/1.1.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, Response, StatusCode};
use jiff::SignedDuration;
use service::{Clock, SystemClock};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::reply::Reply;
use crate::simulator::Simulator;

/// Bytes of a request that are read at most.
const LARGEST_REQUEST: usize = 1 << 20;

/// A simulator that listens. Dropping it stops it as well.
#[derive(Debug)]
pub struct Running {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub url: String,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Waits until the server ends by itself, which it does on an error only.
    pub async fn wait(self) -> io::Result<()> {
        let _stop = self.stop;
        self.task.await.map_err(io::Error::other)?
    }

    /// Answers what has begun, then stops.
    pub async fn shutdown(self) -> io::Result<()> {
        drop(self.stop);
        self.task.await.map_err(io::Error::other)?
    }
}

impl Simulator {
    /// Serves this world on a listener, from a task of its own.
    pub fn serve(&self, listener: TcpListener) -> io::Result<Running> {
        let address: SocketAddr = listener.local_addr()?;
        let app = Router::new().fallback(handle).with_state(self.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, app).with_graceful_shutdown(async {
            // An error means that the sender is gone, which is the signal.
            let _ = stopped.await;
        });
        Ok(Running {
            url: format!("http://{address}"),
            stop,
            task: tokio::spawn(server.into_future()),
        })
    }
}

async fn handle(State(simulator): State<Simulator>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let reply = match to_bytes(body, LARGEST_REQUEST).await {
        Ok(body) => simulator.answer(&Request::from_parts(parts, body)),
        Err(_) => Reply::firewall(StatusCode::PAYLOAD_TOO_LARGE),
    };
    if !reply.delay.is_zero() {
        // A real client waits in real time, whatever the simulated clock shows.
        let delay = SignedDuration::try_from(reply.delay).unwrap_or(SignedDuration::MAX);
        SystemClock.sleep(delay).await;
    }
    reply.into_response(simulator.now()).map(Body::from)
}
