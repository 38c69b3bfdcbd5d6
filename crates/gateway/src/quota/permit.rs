//! A permit in a node's hand: a call within half a second (gateway design,
//! section 3.1). A node that stood still meanwhile takes another; what it held
//! is lost, which is the safe side: others have gone on without it.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use enedis::generation::TOKEN_PATH;
use http::{Request, Response};
use jiff::SignedDuration;
use service::clock::BoxFuture;
use service::{Clock, Http, HttpError, SharedClock, SharedHttp};

/// How long a permit is good for, counted from before it was asked for.
const VALID: SignedDuration = SignedDuration::from_millis(500);

tokio::task_local! {
    /// Under which permit a call to Enedis leaves.
    static UNDER: Arc<InHand>;
}

/// A permit that was granted.
#[derive(Debug)]
pub struct InHand {
    asked: SignedDuration,
    lapsed: AtomicBool,
}

impl InHand {
    /// The permit that was asked for at that reading of the steady clock; none
    /// when it has lapsed already.
    pub(super) fn granted(asked: SignedDuration, clock: &dyn Clock) -> Option<Arc<Self>> {
        let permit = Self {
            asked,
            lapsed: AtomicBool::new(false),
        };
        permit.is_good(clock).then(|| Arc::new(permit))
    }

    /// Makes calls under this permit.
    pub(super) async fn cover<T>(self: &Arc<Self>, request: impl Future<Output = T>) -> T {
        UNDER.scope(Arc::clone(self), request).await
    }

    /// Whether a call was held back because the permit had lapsed.
    pub(super) fn has_lapsed(&self) -> bool {
        self.lapsed.load(Ordering::Relaxed)
    }

    fn is_good(&self, clock: &dyn Clock) -> bool {
        clock.steady() - self.asked <= VALID
    }

    fn admits(&self, clock: &dyn Clock) -> bool {
        let good = self.is_good(clock);
        if !good {
            self.lapsed.store(true, Ordering::Relaxed);
        }
        good
    }
}

/// The way to Enedis, which looks at the permit once more when a call leaves.
pub struct Guarded {
    http: SharedHttp,
    clock: SharedClock,
}

impl Guarded {
    /// This way, guarded.
    pub fn new(http: SharedHttp, clock: SharedClock) -> Self {
        Self { http, clock }
    }
}

impl Http for Guarded {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        // Tokens are no measures and need no permit; nor does the doctor.
        let free = request.uri().path().ends_with(TOKEN_PATH);
        let admits = |permit: &Arc<InHand>| permit.admits(&*self.clock);
        if free || UNDER.try_with(admits).unwrap_or(true) {
            return self.http.send(request);
        }
        let lapsed = HttpError::Other("the permit for this call has lapsed".to_owned());
        Box::pin(async { Err(lapsed) })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use service::VirtualClock;

    use super::*;

    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl Http for Counting {
        fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Box::pin(async { Ok(Response::new(Bytes::new())) })
        }
    }

    async fn called(way: &Guarded, path: &str) -> bool {
        let address = format!("https://enedis.example{path}");
        let request = Request::get(address).body(Bytes::new()).unwrap();
        way.send(request).await.is_ok()
    }

    #[tokio::test]
    async fn a_node_that_stood_still_calls_nobody_under_its_old_permit() {
        let clock = VirtualClock::at("2026-11-21T10:00:00Z".parse().unwrap());
        let enedis = Arc::new(Counting::default());
        let way = Guarded::new(enedis.clone(), Arc::new(clock.clone()));
        let permit = InHand::granted(clock.steady(), &clock).unwrap();
        clock.advance(SignedDuration::from_millis(500));
        assert!(permit.cover(called(&way, "/measures")).await);
        assert!(!permit.has_lapsed());
        clock.advance(SignedDuration::from_millis(1));
        assert!(!permit.cover(called(&way, "/measures")).await);
        assert!(permit.has_lapsed());
        assert!(permit.cover(called(&way, TOKEN_PATH)).await);
        assert!(called(&way, "/of-the-doctor").await);
        assert_eq!(enedis.0.load(Ordering::Relaxed), 3);
    }

    #[test]
    fn a_permit_that_came_too_late_is_none() {
        let clock = VirtualClock::at("2026-11-21T10:00:00Z".parse().unwrap());
        let asked = clock.steady();
        clock.advance(SignedDuration::from_millis(501));
        assert!(InHand::granted(asked, &clock).is_none());
    }
}
