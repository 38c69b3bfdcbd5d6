//! The same Jeedom behind a socket of this machine, for the real program.

use std::io;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, Response, StatusCode};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::Jeedom;

const LARGEST_REQUEST: usize = 1 << 20;

/// A Jeedom that listens. Dropping it stops it as well.
#[derive(Debug)]
pub struct Running {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub url: String,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Answers what has begun, then stops.
    pub async fn shutdown(self) -> io::Result<()> {
        drop(self.stop);
        self.task.await.map_err(io::Error::other)?
    }
}

impl Jeedom {
    /// Serves it on a listener, from a task of its own.
    pub fn serve(&self, listener: TcpListener) -> io::Result<Running> {
        let address = listener.local_addr()?;
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

async fn handle(State(jeedom): State<Jeedom>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_REQUEST).await else {
        return refused(StatusCode::PAYLOAD_TOO_LARGE);
    };
    match jeedom.answer(Request::from_parts(parts, body)).await {
        Ok(answer) => answer.map(Body::from),
        Err(_) => refused(StatusCode::GATEWAY_TIMEOUT),
    }
}

fn refused(status: StatusCode) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    answer
}
