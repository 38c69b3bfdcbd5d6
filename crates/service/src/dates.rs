//! What the dates of answers say of our clock (RFC 9110, section 6.6.1).
//!
//! Every answer bears the time at its server. The answer that differs least is
//! believed: a proxy may repeat an old one, and one server may be wrong.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::DATE;
use http::{HeaderMap, Request, Response};
use jiff::{SignedDuration, Timestamp};

use crate::clock::{BoxFuture, Clock, SharedClock};
use crate::http::{Http, HttpError, SharedHttp};

/// From here on requests may leave for the wrong day.
pub const WRONG: SignedDuration = SignedDuration::from_hours(1);

/// A server is believed about days only up to here: one that is further off is
/// rather wrong itself, and to wait for it would cost days.
const BELIEVED: SignedDuration = SignedDuration::from_hours(48);

/// For how long an answer's date tells the time at its server; a little longer
/// than Enedis' tokens live, so that each new one tells it anew.
const FRESH: SignedDuration = SignedDuration::from_hours(4);

/// A date has whole seconds, and an answer is on its way for some.
const BLUR: SignedDuration = SignedDuration::from_secs(60);

/// How answers write an instant.
pub fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// How far our clock is ahead of an answer that was asked for at `sent` and was
/// there at `received`; negative: behind; zero: the answer's date lies between.
/// None: it bears no date.
pub fn ahead(headers: &HeaderMap, sent: Timestamp, received: Timestamp) -> Option<SignedDuration> {
    Some(ahead_of(date(headers)?, sent, received))
}

fn ahead_of(theirs: Timestamp, sent: Timestamp, received: Timestamp) -> SignedDuration {
    if theirs > received {
        return received.duration_since(theirs);
    }
    // A date has no fractions of a second.
    let early = sent.duration_since(theirs);
    let differs = early > SignedDuration::from_secs(1);
    if differs { early } else { SignedDuration::ZERO }
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get(DATE)?.to_str().ok()?;
    Some(jiff::fmt::rfc2822::parse(date).ok()?.timestamp())
}

/// What the answers of a round have shown of our clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// By how much it is ahead of the answer that differs least; negative: behind.
    Ahead(SignedDuration),
    /// No answer came, and a certificate is not valid at the time that our clock
    /// shows.
    InDoubt,
}

impl Shown {
    /// Whether the clock is wrong by so much that days are.
    pub fn is_wrong(self) -> bool {
        match self {
            Self::Ahead(by) => by.abs() >= WRONG,
            Self::InDoubt => true,
        }
    }
}

/// The time at a server, and what our clocks read then.
#[derive(Debug, Clone, Copy)]
struct Told {
    theirs: Timestamp,
    ours: Timestamp,
    steady: SignedDuration,
}

impl Told {
    /// The time there now. None: it was told too long ago, or our clock was set or
    /// the machine asleep since.
    fn now(self, clock: &dyn Clock) -> Option<Timestamp> {
        let since = clock.steady().checked_sub(self.steady)?;
        let passed = clock.now().duration_since(self.ours);
        let fresh = !since.is_negative() && since <= FRESH;
        let alike = passed.checked_sub(since)?.abs() <= BLUR;
        (fresh && alike).then(|| self.theirs.saturating_add(since).ok())?
    }
}

/// Gathers what answers show; clones gather together.
#[derive(Debug, Clone, Default)]
pub struct Dates {
    shown: Arc<Mutex<Option<Shown>>>,
    told: Arc<Mutex<Option<Told>>>,
}

impl Dates {
    /// For another server: what its answers show of our clock is gathered here,
    /// the time that they tell is its own.
    #[must_use]
    pub fn of_another(&self) -> Self {
        Self {
            shown: Arc::clone(&self.shown),
            told: Arc::default(),
        }
    }

    /// The same client, its answers looked at by this clock.
    pub fn over(&self, inner: SharedHttp, clock: SharedClock) -> SharedHttp {
        Arc::new(Dated {
            inner,
            clock,
            dates: self.clone(),
        })
    }

    /// What has been shown since the last time, if anything.
    pub fn take(&self) -> Option<Shown> {
        lock(&self.shown).take()
    }

    /// The time at the server, where its answers have shown that our clock is ahead
    /// by an hour to two days: a day that is over for us may not be over there.
    pub fn behind_us(&self, clock: &dyn Clock) -> Option<Timestamp> {
        let theirs = (*lock(&self.told))?.now(clock)?;
        let ahead = clock.now().duration_since(theirs);
        (WRONG..=BELIEVED).contains(&ahead).then_some(theirs)
    }

    /// Of answers that differ the one furthest on is believed: to ask too early
    /// costs a call, to wait for an old date costs hours.
    fn tell(&self, told: Told, clock: &dyn Clock) {
        let mut standing = lock(&self.told);
        let known = standing.and_then(|known| known.now(clock));
        if known.is_none_or(|known| known.duration_since(told.theirs) <= BLUR) {
            *standing = Some(told);
        }
    }

    fn note(&self, shown: Shown) {
        let mut standing = lock(&self.shown);
        *standing = match (*standing, shown) {
            (Some(Shown::Ahead(known)), Shown::Ahead(new)) => {
                let least = if new.abs() < known.abs() { new } else { known };
                Some(Shown::Ahead(least))
            }
            // An answer says more than none.
            (Some(known @ Shown::Ahead(_)), Shown::InDoubt) => Some(known),
            (_, shown) => Some(shown),
        };
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A client whose answers are looked at.
struct Dated {
    inner: SharedHttp,
    clock: SharedClock,
    dates: Dates,
}

impl Dated {
    /// What an answer shows that has just come.
    fn learn(&self, headers: &HeaderMap, sent: Timestamp) {
        let Some(theirs) = date(headers) else { return };
        let (ours, steady) = (self.clock.now(), self.clock.steady());
        self.dates.note(Shown::Ahead(ahead_of(theirs, sent, ours)));
        let told = Told {
            theirs,
            ours,
            steady,
        };
        self.dates.tell(told, &*self.clock);
    }
}

impl Http for Dated {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(async move {
            let sent = self.clock.now();
            let answer = self.inner.send(request).await;
            match &answer {
                Ok(answer) => self.learn(answer.headers(), sent),
                Err(HttpError::OtherTime) => self.dates.note(Shown::InDoubt),
                Err(_) => {}
            }
            answer
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::VirtualClock;

    const NOW: &str = "2026-11-21T11:00:00Z";

    /// Answers with these dates, one after the other; without one: not at all.
    struct Servers(Mutex<Vec<Option<&'static str>>>);

    impl Http for Servers {
        fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
            let date = self.0.lock().unwrap().remove(0);
            Box::pin(async move {
                let date = date.ok_or(HttpError::OtherTime)?;
                let answer = Response::builder().header(DATE, date);
                Ok(answer.body(Bytes::new()).unwrap())
            })
        }
    }

    async fn shown(dates: &[Option<&'static str>]) -> Option<Shown> {
        let gathered = Dates::default();
        let clock = Arc::new(VirtualClock::at(NOW.parse().unwrap()));
        let servers = Arc::new(Servers(Mutex::new(dates.to_vec())));
        let http = gathered.over(servers, clock);
        for _ in dates {
            let _ = http.send(Request::new(Bytes::new())).await;
        }
        let shown = gathered.take();
        assert_eq!(gathered.take(), None, "each round begins anew");
        shown
    }

    #[tokio::test]
    async fn the_answer_that_differs_least_is_believed() {
        let same = Some("Sat, 21 Nov 2026 11:00:00 GMT");
        let older = Some("Sat, 21 Nov 2026 05:00:00 GMT");
        let year = Some("Sun, 21 Nov 2027 11:00:00 GMT");
        assert_eq!(shown(&[]).await, None);
        assert_eq!(shown(&[Some("yesterday")]).await, None);
        let right = Some(Shown::Ahead(SignedDuration::ZERO));
        assert_eq!(shown(&[older, same, year]).await, right);
        let behind = shown(&[year, None]).await.unwrap();
        assert_eq!(behind, Shown::Ahead(SignedDuration::from_hours(-365 * 24)));
        assert!(behind.is_wrong());
        assert!(!shown(&[same, None]).await.unwrap().is_wrong());
    }

    /// The time at the servers after these dates, so many hours later.
    async fn behind(dates: &[Option<&'static str>], hours: i64) -> Option<String> {
        let gathered = Dates::default();
        let clock = VirtualClock::at(NOW.parse().unwrap());
        let servers = Arc::new(Servers(Mutex::new(dates.to_vec())));
        let http = gathered.over(servers, Arc::new(clock.clone()));
        for _ in dates {
            let _ = http.send(Request::new(Bytes::new())).await;
        }
        clock.advance(SignedDuration::from_hours(hours));
        let theirs = gathered.behind_us(&clock);
        theirs.map(|theirs| theirs.to_string())
    }

    #[tokio::test]
    async fn a_clock_that_is_ahead_is_known_for_as_long_as_the_dates_are_fresh() {
        let yesterday = Some("Fri, 20 Nov 2026 11:00:00 GMT");
        let older = Some("Fri, 20 Nov 2026 05:00:00 GMT");
        let theirs = behind(&[older, yesterday, older, None], 1).await;
        assert_eq!(theirs.as_deref(), Some("2026-11-20T12:00:00Z"));
        assert_eq!(behind(&[yesterday], 5).await, None, "long ago");
        assert_eq!(behind(&[yesterday], -1).await, None, "in another time");
        let year = Some("Fri, 21 Nov 2025 11:00:00 GMT");
        assert_eq!(behind(&[year], 1).await, None, "beyond belief");
        let same = Some("Sat, 21 Nov 2026 10:30:00 GMT");
        assert_eq!(behind(&[yesterday, same], 1).await, None, "right enough");
        assert_eq!(behind(&[same, older], 1).await, None, "one is right");
        assert_eq!(behind(&[], 0).await, None);
    }

    /// Clocks that part: the machine was asleep, or the time was set.
    struct Parted(Timestamp, SignedDuration);

    impl Clock for Parted {
        fn now(&self) -> Timestamp {
            self.0
        }
        fn sleep(&self, _: SignedDuration) -> BoxFuture<'_, ()> {
            Box::pin(async {})
        }
        fn steady(&self) -> SignedDuration {
            self.1
        }
    }

    #[tokio::test]
    async fn after_sleep_or_once_the_clock_was_set_an_old_answer_says_nothing() {
        let (now, hours) = (NOW.parse().unwrap(), SignedDuration::from_hours);
        let dates = Dates::default();
        let yesterday = Some("Fri, 20 Nov 2026 11:00:00 GMT");
        let servers = Arc::new(Servers(Mutex::new(vec![yesterday])));
        let http = dates.over(servers, Arc::new(Parted(now, hours(7))));
        http.send(Request::new(Bytes::new())).await.unwrap();
        let behind = |later: i64, steady: i64| {
            let clock = Parted(now + hours(later), hours(7 + steady));
            dates.behind_us(&clock).is_some()
        };
        assert!(behind(2, 2));
        assert!(!behind(10, 1), "asleep for nine hours");
        assert!(!behind(-23, 1), "set right");
        let another = dates.of_another();
        assert_eq!(another.behind_us(&Parted(now, hours(7))), None);
        assert!(another.take().unwrap().is_wrong(), "gathered together");
    }

    #[tokio::test]
    async fn a_certificate_of_another_time_counts_where_nothing_else_does() {
        assert_eq!(shown(&[None]).await, Some(Shown::InDoubt));
        assert!(Shown::InDoubt.is_wrong());
    }

    #[test]
    fn a_slow_answer_makes_no_difference_and_a_date_is_read_as_it_was_written() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let mut headers = HeaderMap::new();
        let date = http_date(at("2026-11-21T11:00:00Z"));
        assert_eq!(date, "Sat, 21 Nov 2026 11:00:00 GMT");
        headers.insert(DATE, date.parse().unwrap());
        let ahead = |sent, received| ahead(&headers, at(sent), at(received)).unwrap();
        let slow = ahead("2026-11-21T10:59:01.2Z", "2026-11-21T11:00:31Z");
        assert_eq!(slow, SignedDuration::ZERO);
        let fraction = ahead("2026-11-21T11:00:00.9Z", "2026-11-21T11:00:01Z");
        assert_eq!(fraction, SignedDuration::ZERO);
        let late = ahead("2026-11-21T12:00:00Z", "2026-11-21T12:00:02Z");
        assert_eq!(late, SignedDuration::from_hours(1));
    }
}
