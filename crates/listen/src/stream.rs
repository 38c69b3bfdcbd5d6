//! A socket that notes what passes, and that ends politely: who is still
//! sending when we have answered gets to read the answer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::pulse::Pulse;

/// A closed connection is listened to for so long: to close a socket in which
/// something unread lies would take back what was sent on it.
const LINGER: Duration = Duration::from_secs(1);
/// Bytes that are thrown away then, at most.
const LEFT_OVER: usize = 16 << 20;

/// A stream under watch.
pub(crate) struct Watched<S> {
    stream: S,
    pulse: Arc<Pulse>,
    ending: Option<Ending>,
}

struct Ending {
    until: Pin<Box<Sleep>>,
    left: usize,
}

impl<S> Watched<S> {
    pub(crate) fn new(stream: S, pulse: Arc<Pulse>) -> Self {
        Self {
            stream,
            pulse,
            ending: None,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        if buffer.filled().len() > before {
            self.pulse.came(Instant::now());
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.pulse.taken(written.is_ready(), Instant::now());
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.ending.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
        }
        let ending = this.ending.get_or_insert_with(|| Ending {
            until: Box::pin(sleep_until(Instant::now() + LINGER)),
            left: LEFT_OVER,
        });
        if ending.until.as_mut().poll(context).is_ready() {
            return Poll::Ready(Ok(()));
        }
        drain(&mut this.stream, &mut ending.left, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.pulse.taken(written.is_ready(), Instant::now());
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

/// Reads and forgets until the other side has closed too.
fn drain<S: AsyncRead + Unpin>(
    stream: &mut S,
    left: &mut usize,
    context: &mut Context<'_>,
) -> Poll<io::Result<()>> {
    let mut bytes = [0; 8192];
    while *left > 0 {
        let mut buffer = ReadBuf::new(&mut bytes);
        match ready!(Pin::new(&mut *stream).poll_read(context, &mut buffer)) {
            Ok(()) if !buffer.filled().is_empty() => {
                *left = left.saturating_sub(buffer.filled().len());
            }
            // Closed, or broken: nothing more comes either way.
            Ok(()) | Err(_) => return Poll::Ready(Ok(())),
        }
    }
    Poll::Ready(Ok(()))
}
