//! What a connection is doing and since when: the one thing that decides how
//! much longer it is waited for, and who makes room for a newcomer.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::ready;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::Patience;

/// The state of one connection, shared by its socket, its bodies and the crowd.
#[derive(Debug)]
pub(crate) struct Pulse(Mutex<State>);

#[derive(Debug, Clone, Copy)]
struct State {
    phase: Phase,
    since: Instant,
    /// When the connection began, until its first head is whole.
    opened: Option<Instant>,
    /// Since when the other side takes nothing of what it is sent.
    unread: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Before the first request, or between two.
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
pub(crate) enum Idleness {
    Unread,
    Arriving,
    Waiting,
}

impl Pulse {
    pub(crate) fn new(now: Instant) -> Self {
        Self(Mutex::new(State {
            phase: Phase::Resting,
            since: now,
            opened: Some(now),
            unread: None,
        }))
    }

    /// Bytes have come.
    pub(crate) fn came(&self, now: Instant) {
        let mut state = self.lock();
        if state.phase == Phase::Resting {
            state.enter(Phase::Head, now);
        }
    }

    /// A request's head is whole.
    pub(crate) fn begins(&self, now: Instant) {
        let mut state = self.lock();
        state.opened = None;
        state.enter(Phase::Answering, now);
    }

    /// A request's body is waited for, or a piece of it has come.
    pub(crate) fn arrives(&self, now: Instant, piece: bool) {
        let mut state = self.lock();
        match &mut state.phase {
            Phase::Arriving { last } if piece => *last = now,
            Phase::Arriving { .. } => {}
            _ => state.enter(Phase::Arriving { last: now }, now),
        }
    }

    /// A request's body is whole, or nobody wants the rest.
    pub(crate) fn arrived(&self, now: Instant) {
        let mut state = self.lock();
        if matches!(state.phase, Phase::Arriving { .. }) {
            state.enter(Phase::Answering, now);
        }
    }

    /// An answer is made.
    pub(crate) fn rests(&self, now: Instant) {
        self.lock().enter(Phase::Resting, now);
    }

    /// What was written was taken, or was not.
    pub(crate) fn taken(&self, taken: bool, now: Instant) {
        let mut state = self.lock();
        state.unread = match (taken, state.unread) {
            (true, _) => None,
            (false, since) => since.or(Some(now)),
        };
    }

    /// Ends when the patience for what it is doing, whatever that comes to be
    /// until then, is over.
    pub(crate) async fn patience_ends(&self, patience: &Patience) {
        let mut timer = pin!(sleep_until(self.deadline(patience)));
        poll_fn(|context| {
            let deadline = self.deadline(patience);
            if deadline < timer.deadline() {
                timer.as_mut().reset(deadline);
            }
            // One that moved on is looked at once the timer has run out: a reset
            // for each request would cost more.
            while timer.deadline() < deadline {
                ready!(timer.as_mut().poll(context));
                timer.as_mut().reset(deadline);
            }
            timer.as_mut().poll(context)
        })
        .await;
    }

    fn deadline(&self, patience: &Patience) -> Instant {
        let state = *self.lock();
        let phase = match state.phase {
            Phase::Resting if state.opened.is_some() => far(state.since),
            Phase::Resting => state.since + patience.idle,
            Phase::Head => state.since + patience.head,
            Phase::Arriving { last } => (last + patience.stall).min(state.since + patience.body),
            Phase::Answering => far(state.since),
        };
        let first = state.opened.map(|opened| opened + patience.first);
        let unread = state.unread.map(|since| since + patience.unread);
        [first, unread].into_iter().flatten().fold(phase, Ord::min)
    }

    /// How little it deserves its seat, and since when; nothing when it is our
    /// turn and the other side takes what we send.
    pub(crate) fn idleness(&self) -> Option<(Idleness, Instant)> {
        let state = *self.lock();
        let since = state.opened.unwrap_or(state.since);
        match (state.phase, state.unread) {
            (Phase::Resting | Phase::Head, _) => Some((Idleness::Waiting, since)),
            (Phase::Arriving { .. }, _) => Some((Idleness::Arriving, since)),
            (Phase::Answering, Some(since)) => Some((Idleness::Unread, since)),
            (Phase::Answering, None) => None,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn enter(&mut self, phase: Phase, now: Instant) {
        self.phase = phase;
        self.since = now;
    }
}

/// Never, for a timer.
fn far(now: Instant) -> Instant {
    now + Duration::from_hours(365 * 24)
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::Poll;

    use super::*;

    const LIMITS: Patience = Patience {
        first: Duration::from_secs(10),
        head: Duration::from_secs(8),
        stall: Duration::from_secs(15),
        body: Duration::from_mins(15),
        unread: Duration::from_secs(30),
        idle: Duration::from_secs(75),
        farewell: Duration::from_secs(2),
    };

    #[tokio::test(start_paused = true)]
    async fn patience_follows_what_a_connection_does() {
        let start = Instant::now();
        let pulse = Pulse::new(start);
        let deadline = || pulse.deadline(&LIMITS);
        assert_eq!(deadline(), start + LIMITS.first);
        let soon = start + Duration::from_secs(1);
        pulse.came(soon);
        assert_eq!(deadline(), soon + LIMITS.head);
        pulse.came(soon + Duration::from_secs(7));
        assert_eq!(deadline(), soon + LIMITS.head, "a byte buys no time");
        let later = start + Duration::from_secs(9);
        pulse.begins(later);
        assert!(deadline() > later + Duration::from_hours(1));
        pulse.arrives(later, false);
        assert_eq!(deadline(), later + LIMITS.stall);
        let piece = later + Duration::from_secs(5);
        pulse.arrives(piece, true);
        assert_eq!(deadline(), piece + LIMITS.stall);
        let end = later + LIMITS.body;
        pulse.arrives(end - Duration::from_secs(1), true);
        assert_eq!(deadline(), end, "drops do not add up for ever");
        pulse.arrived(end);
        pulse.taken(false, end);
        pulse.taken(false, end + Duration::from_secs(3));
        assert_eq!(deadline(), end + LIMITS.unread);
        pulse.taken(true, end);
        pulse.rests(end);
        assert_eq!(deadline(), end + LIMITS.idle);
        pulse.came(end);
        assert_eq!(deadline(), end + LIMITS.head);
    }

    #[tokio::test(start_paused = true)]
    async fn who_sends_a_first_byte_late_wins_no_time_by_it() {
        let start = Instant::now();
        let pulse = Pulse::new(start);
        pulse.came(start + Duration::from_secs(9));
        assert_eq!(pulse.deadline(&LIMITS), start + LIMITS.first);
    }

    async fn is_over(mut future: Pin<&mut impl Future>) -> bool {
        poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await
    }

    #[tokio::test(start_paused = true)]
    async fn patience_ends_at_the_deadline_that_holds_by_then() {
        let start = Instant::now();
        let pulse = Pulse::new(start);
        let mut ends = pin!(pulse.patience_ends(&LIMITS));
        assert!(!is_over(ends.as_mut()).await);
        // It moves on while the timer runs, and comes nearer once it is looked at.
        pulse.begins(start);
        pulse.rests(start + Duration::from_secs(5));
        assert!(!is_over(ends.as_mut()).await);
        tokio::time::advance(Duration::from_secs(20)).await;
        assert!(!is_over(ends.as_mut()).await);
        pulse.came(Instant::now());
        ends.await;
        let took = start.elapsed();
        assert_eq!(took, Duration::from_secs(20) + LIMITS.head);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_makes_room_before_who_sends_and_nobody_who_is_served() {
        let now = Instant::now();
        let pulse = Pulse::new(now);
        assert_eq!(pulse.idleness(), Some((Idleness::Waiting, now)));
        pulse.begins(now);
        assert_eq!(pulse.idleness(), None);
        pulse.taken(false, now);
        assert_eq!(pulse.idleness(), Some((Idleness::Unread, now)));
        pulse.arrives(now, false);
        assert_eq!(pulse.idleness(), Some((Idleness::Arriving, now)));
        assert!(Idleness::Waiting > Idleness::Arriving);
        assert!(Idleness::Arriving > Idleness::Unread);
    }
}
