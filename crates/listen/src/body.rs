//! Bodies that tell their connection's pulse what they are at.

use std::sync::Arc;
use std::task::Poll;

use axum::body::Body;
use futures_util::{StreamExt, stream};
use http_body::Body as _;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::Instant;

use crate::pulse::Pulse;

/// Tells when a body is done with, read to its end or not.
struct Done {
    pulse: Arc<Pulse>,
    tell: fn(&Pulse, Instant),
}

impl Drop for Done {
    fn drop(&mut self) {
        (self.tell)(&self.pulse, Instant::now());
    }
}

/// A request's body that tells when it is waited for.
pub(crate) fn arriving(body: Incoming, pulse: Arc<Pulse>) -> Body {
    if body.is_end_stream() {
        return Body::empty();
    }
    let mut pieces = body.into_data_stream();
    let tell = Pulse::arrived;
    let done = Done { pulse, tell };
    Body::from_stream(stream::poll_fn(move |context| {
        let piece = pieces.poll_next_unpin(context);
        match &piece {
            Poll::Pending => done.pulse.arrives(Instant::now(), false),
            Poll::Ready(Some(Ok(_))) => done.pulse.arrives(Instant::now(), true),
            Poll::Ready(_) => done.pulse.arrived(Instant::now()),
        }
        piece
    }))
}

/// An answer's body that tells when the last of it was handed over.
pub(crate) fn answering(body: Body, pulse: Arc<Pulse>) -> Body {
    let tell = Pulse::rests;
    let done = Done { pulse, tell };
    Body::new(body.inspect_frame(move |_| {
        // Held as long as the body is.
        let _ = &done;
    }))
}
