//! The operator's port: alive as long as it answers, ready as long as it can
//! serve.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use gateway::health::{NotReady, Readiness, Watched, router};
use gateway::metrics::Metrics;
use service::clock::BoxFuture;
use tower::ServiceExt;

struct Node(Result<(), NotReady>);

impl Readiness for Node {
    fn check(&self) -> BoxFuture<'_, Result<(), NotReady>> {
        Box::pin(async { self.0 })
    }
}

async fn ask(state: Result<(), NotReady>, path: &str) -> (u16, String) {
    let watched = Watched {
        metrics: Arc::new(Metrics::default()),
        ready: Arc::new(Node(state)),
    };
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = router(watched).oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 100_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_node_that_can_serve_is_live_and_ready() {
    for path in ["/health", "/health/live", "/health/ready"] {
        assert_eq!(ask(Ok(()), path).await, (200, "ok\n".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn a_node_without_its_store_is_alive_but_not_ready_and_says_why() {
    let down = Err(NotReady::Store);
    assert_eq!(
        ask(down, "/health/ready").await,
        (503, "store\n".to_owned())
    );
    assert_eq!(ask(down, "/health/live").await.0, 200);
    assert_eq!(
        ask(Err(NotReady::Clock), "/health").await,
        (503, "clock\n".to_owned())
    );
}

#[tokio::test]
async fn the_instruments_are_read_even_when_the_store_is_down() {
    let (status, text) = ask(Err(NotReady::Store), "/metrics").await;
    assert_eq!(status, 200);
    assert!(text.ends_with("# EOF\n"), "{text}");
}
