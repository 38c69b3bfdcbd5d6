//! How long a peer may take: to send the head of a request and its body, to read
//! an answer, and to say nothing between two requests.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// The limits of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From the first byte of a head to its last.
    pub head: Duration,
    /// From the head to the last byte of the body.
    pub body: Duration,
    /// Without taking a byte of an answer.
    pub reading: Duration,
    /// Between requests: boxes poll on the connection that they have.
    pub idle: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            body: Duration::from_secs(30),
            reading: Duration::from_mins(1),
            idle: Duration::from_secs(80),
        }
    }
}

/// What a connection is at; its clones look at the same connection.
#[derive(Clone)]
pub struct Stage {
    patience: Patience,
    at: Arc<Mutex<(Doing, Option<Instant>)>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Doing {
    Nothing,
    Head,
    Body,
    Answer,
}

impl Stage {
    fn new(patience: Patience) -> Self {
        let idle = Instant::now() + patience.idle;
        Self {
            patience,
            at: Arc::new(Mutex::new((Doing::Nothing, Some(idle)))),
        }
    }

    /// A head has come; a body may follow.
    pub fn heard(&self, has_body: bool) {
        self.enter(if has_body { Doing::Body } else { Doing::Answer });
    }

    /// The answer is made; the next request may come.
    pub fn answered(&self) {
        self.enter(Doing::Nothing);
    }

    fn enter(&self, doing: Doing) {
        let limit = match doing {
            Doing::Nothing => Some(self.patience.idle),
            Doing::Head => Some(self.patience.head),
            Doing::Body => Some(self.patience.body),
            // Enedis may let us wait.
            Doing::Answer => None,
        };
        let deadline = limit.map(|limit| Instant::now() + limit);
        *self.at.lock().unwrap_or_else(PoisonError::into_inner) = (doing, deadline);
    }

    /// Bytes have come: after a pause they are the beginning of a head.
    fn came(&self) {
        let (doing, _) = *self.at.lock().unwrap_or_else(PoisonError::into_inner);
        if doing == Doing::Nothing {
            self.enter(Doing::Head);
        }
    }

    fn deadline(&self) -> Option<Instant> {
        self.at.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}

/// A stream that breaks off when the peer takes too long.
pub struct Patient<S> {
    stream: S,
    stage: Stage,
    reading: Pin<Box<Sleep>>,
    writing: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    /// The stream under these limits.
    pub fn new(stream: S, patience: Patience) -> Self {
        let stage = Stage::new(patience);
        Self {
            stream,
            reading: Box::pin(sleep_until(Instant::now() + patience.idle)),
            stage,
            writing: None,
        }
    }

    /// What the connection is at.
    pub fn stage(&self) -> Stage {
        self.stage.clone()
    }
}

fn too_slow<T>() -> Poll<io::Result<T>> {
    Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        if let Poll::Ready(read) = Pin::new(&mut this.stream).poll_read(cx, buffer) {
            if buffer.filled().len() > before {
                this.stage.came();
            }
            return Poll::Ready(read);
        }
        let Some(deadline) = this.stage.deadline() else {
            return Poll::Pending;
        };
        if this.reading.deadline() != deadline {
            this.reading.as_mut().reset(deadline);
        }
        ready!(this.reading.as_mut().poll(cx));
        too_slow()
    }
}

impl<S: Unpin> Patient<S> {
    /// A write that makes no progress is waited for as long as patience lasts.
    fn judge(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.writing = None;
            return written;
        }
        let patience = self.stage.patience.reading;
        let waiting = self
            .writing
            .get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + patience)));
        ready!(waiting.as_mut().poll(cx));
        too_slow()
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.judge(cx, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(cx, slices);
        this.judge(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

/// A body that says when it has come whole.
pub struct Watched {
    body: Incoming,
    stage: Stage,
}

impl Watched {
    /// The body of a request on that connection.
    pub fn new(body: Incoming, stage: Stage) -> Self {
        Self { body, stage }
    }
}

impl Body for Watched {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let this = self.get_mut();
        let frame = ready!(Pin::new(&mut this.body).poll_frame(cx));
        if frame.is_none() || this.body.is_end_stream() {
            this.stage.heard(false);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
