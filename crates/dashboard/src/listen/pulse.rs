//! What a connection is doing and since when: the one thing that decides how
//! much longer it is waited for, and who makes room for a newcomer.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

use super::Limits;

/// The state of one connection, shared by its socket, its bodies and the table.
#[derive(Debug)]
pub(super) struct Pulse(Mutex<State>);

#[derive(Debug, Clone, Copy)]
struct State {
    phase: Phase,
    since: Instant,
    /// Since when the other side takes nothing of what it is sent.
    unread: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing has come yet on a new connection.
    New,
    /// Between two requests.
    Resting,
    /// A head has begun.
    Head,
    /// A body is on its way: when its last piece came.
    Arriving { last: Instant },
    /// It is our turn.
    Answering,
}

/// How little a connection deserves its seat: the greatest gives it up first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Idleness {
    Unread,
    Arriving,
    Waiting,
}

impl Pulse {
    pub(super) fn new(now: Instant) -> Self {
        Self(Mutex::new(State {
            phase: Phase::New,
            since: now,
            unread: None,
        }))
    }

    /// Bytes have come.
    pub(super) fn came(&self, now: Instant) {
        let mut state = self.lock();
        if state.phase == Phase::Resting {
            state.phase = Phase::Head;
            state.since = now;
        }
    }

    /// A request's head is whole.
    pub(super) fn begin(&self, now: Instant) {
        self.enter(Phase::Answering, now);
    }

    /// What was written was taken, or was not.
    pub(super) fn taken(&self, taken: bool, now: Instant) {
        let mut state = self.lock();
        state.unread = match (taken, state.unread) {
            (true, _) => None,
            (false, since) => since.or(Some(now)),
        };
    }

    /// When the patience for what it is doing ends.
    pub(super) fn deadline(&self, limits: &Limits) -> Instant {
        let state = *self.lock();
        let phase = match state.phase {
            Phase::New | Phase::Head => state.since + limits.head,
            Phase::Resting => state.since + limits.idle,
            Phase::Arriving { last } => (last + limits.stall).min(state.since + limits.body),
            Phase::Answering => far(state.since),
        };
        match state.unread {
            Some(since) => phase.min(since + limits.unread),
            None => phase,
        }
    }

    /// How little it deserves its seat, and since when; nothing when it is our
    /// turn and the other side takes what we send.
    pub(super) fn idleness(&self) -> Option<(Idleness, Instant)> {
        let state = *self.lock();
        match (state.phase, state.unread) {
            (Phase::New | Phase::Resting | Phase::Head, _) => {
                Some((Idleness::Waiting, state.since))
            }
            (Phase::Arriving { .. }, _) => Some((Idleness::Arriving, state.since)),
            (Phase::Answering, Some(since)) => Some((Idleness::Unread, since)),
            (Phase::Answering, None) => None,
        }
    }

    fn arriving(&self, now: Instant, piece: bool) {
        let mut state = self.lock();
        match &mut state.phase {
            Phase::Arriving { last } if piece => *last = now,
            Phase::Arriving { .. } => {}
            phase => {
                *phase = Phase::Arriving { last: now };
                state.since = now;
            }
        }
    }

    fn arrived(&self, now: Instant) {
        let mut state = self.lock();
        if matches!(state.phase, Phase::Arriving { .. }) {
            state.phase = Phase::Answering;
            state.since = now;
        }
    }

    fn enter(&self, phase: Phase, now: Instant) {
        let mut state = self.lock();
        state.phase = phase;
        state.since = now;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Never, for a timer.
fn far(now: Instant) -> Instant {
    now + Duration::from_hours(365 * 24)
}

/// A request's body that tells when it is waited for.
pub(super) struct Arriving<B> {
    body: B,
    pulse: Arc<Pulse>,
}

impl<B> Arriving<B> {
    pub(super) fn new(body: B, pulse: Arc<Pulse>) -> Self {
        Self { body, pulse }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Arriving<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Pending => {
                self.pulse.arriving(Instant::now(), false);
                Poll::Pending
            }
            Poll::Ready(Some(Ok(frame))) => {
                self.pulse.arriving(Instant::now(), true);
                Poll::Ready(Some(Ok(frame)))
            }
            end @ Poll::Ready(_) => {
                self.pulse.arrived(Instant::now());
                end
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl<B> Drop for Arriving<B> {
    fn drop(&mut self) {
        self.pulse.arrived(Instant::now());
    }
}

/// An answer's body that tells when the last of it was handed over.
pub(super) struct Answering<B> {
    body: B,
    pulse: Arc<Pulse>,
}

impl<B> Answering<B> {
    pub(super) fn new(body: B, pulse: Arc<Pulse>) -> Self {
        Self { body, pulse }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Answering<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl<B> Drop for Answering<B> {
    fn drop(&mut self) {
        self.pulse.enter(Phase::Resting, Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits::default()
    }

    #[tokio::test(start_paused = true)]
    async fn patience_follows_what_a_connection_does() {
        let start = Instant::now();
        let pulse = Pulse::new(start);
        assert_eq!(pulse.deadline(&limits()), start + limits().head);
        let later = start + Duration::from_secs(9);
        pulse.came(later);
        let unchanged = start + limits().head;
        assert_eq!(pulse.deadline(&limits()), unchanged, "a byte buys no time");
        pulse.begin(later);
        assert!(pulse.deadline(&limits()) > later + Duration::from_hours(1));
        pulse.arriving(later, false);
        assert_eq!(pulse.deadline(&limits()), later + limits().stall);
        let piece = later + Duration::from_secs(5);
        pulse.arriving(piece, true);
        assert_eq!(pulse.deadline(&limits()), piece + limits().stall);
        let end = later + limits().body;
        pulse.arriving(end - Duration::from_secs(1), true);
        assert_eq!(
            pulse.deadline(&limits()),
            end,
            "drops do not add up for ever"
        );
        pulse.arrived(end);
        pulse.taken(false, end);
        pulse.taken(false, end + Duration::from_secs(3));
        assert_eq!(pulse.deadline(&limits()), end + limits().unread);
        pulse.taken(true, end);
        pulse.enter(Phase::Resting, end);
        assert_eq!(pulse.deadline(&limits()), end + limits().idle);
        pulse.came(end);
        assert_eq!(pulse.deadline(&limits()), end + limits().head);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_makes_room_before_who_sends_and_nobody_who_is_served() {
        let now = Instant::now();
        let pulse = Pulse::new(now);
        assert_eq!(pulse.idleness(), Some((Idleness::Waiting, now)));
        pulse.begin(now);
        assert_eq!(pulse.idleness(), None);
        pulse.taken(false, now);
        assert_eq!(pulse.idleness(), Some((Idleness::Unread, now)));
        pulse.arriving(now, false);
        assert_eq!(pulse.idleness(), Some((Idleness::Arriving, now)));
        assert!(Idleness::Waiting > Idleness::Arriving);
        assert!(Idleness::Arriving > Idleness::Unread);
    }
}
