//! Server-sent events: that the ledger has changed, so that a page can read
//! anew what it shows. Each carries the new state, the first the present one, so
//! that who comes again learns what was missed.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body::Frame;
use jiff::SignedDuration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::endpoint::Endpoint;
use super::query::{Asks, Nothing};
use crate::house::House;
use crate::state;

/// Streams at once: a household's screens, and no more.
const STREAMS: usize = 32;
/// How often the ledger is looked at.
const LOOK: SignedDuration = SignedDuration::from_secs(2);
/// After so many looks without news a line is sent, so that proxies keep the
/// connection and we learn that it is gone.
const SILENT: u32 = 7;
/// A stream ends after so many looks; browsers come again by themselves, and
/// the door looks at them again.
const LOOKS: u32 = 300;

pub(super) fn endpoints() -> Vec<Endpoint> {
    let seats = Arc::new(Semaphore::new(STREAMS));
    let route: MethodRouter<House> = get(events).layer(Extension(seats));
    let events = Endpoint::get::<Nothing, ()>(
        "/events",
        "events",
        "Events: `state` at the beginning, and `ledger` whenever readings or states have \
         changed, with the state as their data.",
        route,
    );
    vec![events.of_events()]
}

async fn events(
    State(house): State<House>,
    Extension(seats): Extension<Arc<Semaphore>>,
    _asks: Asks<Nothing>,
) -> Response {
    let Ok(seat) = seats.try_acquire_owned() else {
        let again = [(RETRY_AFTER, "30")];
        return (StatusCode::SERVICE_UNAVAILABLE, again).into_response();
    };
    let watch = Watch { house, _seat: seat };
    let (lines, reader) = mpsc::channel(1);
    tokio::spawn(watch.tell(lines));
    let mut response = Response::new(Body::new(Lines(reader)));
    *response.headers_mut() = headers();
    response
}

/// Lines as they come.
struct Lines(mpsc::Receiver<Bytes>);

impl http_body::Body for Lines {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let line = self.0.poll_recv(context);
        line.map(|line| line.map(|line| Ok(Frame::data(line))))
    }
}

/// Looks at the home's state from time to time.
struct Watch {
    house: House,
    _seat: OwnedSemaphorePermit,
}

impl Watch {
    /// Tells of changes until nobody reads any more, or for long enough.
    async fn tell(self, lines: mpsc::Sender<Bytes>) {
        let mut seen = state::of(&self.house).await;
        let mut silent = 0;
        let hello = format!("{RETRY}event: state\ndata: {seen}\n\n");
        if lines.send(hello.into()).await.is_err() {
            return;
        }
        for _ in 0..LOOKS {
            tokio::select! {
                () = self.house.clock().sleep(LOOK) => {}
                () = lines.closed() => return,
            }
            let now = state::of(&self.house).await;
            silent += 1;
            let line = if now != seen {
                format!("event: ledger\ndata: {now}\n\n").into()
            } else if silent >= SILENT {
                Bytes::from_static(BEAT)
            } else {
                continue;
            };
            (seen, silent) = (now, 0);
            if lines.send(line).await.is_err() {
                return;
            }
        }
    }
}

/// Who loses the connection waits so long, in milliseconds.
const RETRY: &str = "retry: 5000\n";
const BEAT: &[u8] = b": here\n\n";

fn headers() -> HeaderMap {
    let plain = HeaderValue::from_static;
    HeaderMap::from_iter([
        (CONTENT_TYPE, plain("text/event-stream")),
        (CACHE_CONTROL, plain("no-store")),
        // Proxies must pass on each line as it comes.
        (HeaderName::from_static("x-accel-buffering"), plain("no")),
    ])
}
