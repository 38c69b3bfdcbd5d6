//! The listener: one thread, `/json.htm` and the token's address.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, Method, Response, Uri, header};
use axum::routing::any;
use serde_json::json;
use tokio::sync::oneshot;

use super::State;
use super::auth::{self, Shown};
use super::commands::{self, Args};

type Shared = Arc<Mutex<State>>;

#[derive(Debug)]
pub(super) struct Server {
    port: u16,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(super) fn start(state: Shared) -> Self {
        let (tell, told) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let Ok(runtime) = runtime else { return };
            runtime.block_on(serve(state, tell, stopped));
        });
        Self {
            port: told.recv().unwrap_or_default(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn serve(state: Shared, tell: mpsc::Sender<u16>, stopped: oneshot::Receiver<()>) {
    let Ok(listener) = tokio::net::TcpListener::bind("127.0.0.1:0").await else {
        return;
    };
    let port = listener.local_addr().map(|address| address.port());
    let _ = tell.send(port.unwrap_or_default());
    let json = Arc::clone(&state);
    let router = Router::new()
        .route(
            "/json.htm",
            any(
                move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
                    let state = Arc::clone(&json);
                    async move { page(&state, &method, &uri, &headers, &body) }
                },
            ),
        )
        .route(
            "/oauth2/v1/token",
            any(move |headers: HeaderMap, body: Bytes| {
                let state = Arc::clone(&state);
                async move { token(&state, &headers, &body) }
            }),
        );
    tokio::select! {
        _ = axum::serve(listener, router) => {}
        _ = stopped => {}
    }
}

fn page(
    state: &Shared,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &Bytes,
) -> Response<Body> {
    let mut state = lock(state);
    if state.settings.down {
        return broken();
    }
    state.requests += 1;
    let mut args = Args::of_query(uri.query().unwrap_or_default());
    if method == Method::POST {
        args.add(&String::from_utf8_lossy(body));
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let shown = Shown {
        authorization: text(header::AUTHORIZATION),
        cookie: text(header::COOKIE),
        with_query: uri.query().is_some(),
    };
    let Ok(rights) = auth::rights(&state, &shown) else {
        return refused(401);
    };
    purge(&mut state);
    let (code, said, cookie) = commands::answer(&mut state, &args, rights.unwrap_or(-1));
    if let Some(left) = state.settings.cut_after {
        state.settings.cut_after = left.checked_sub(1);
        if left == 0 {
            return broken();
        }
    }
    if code != 200 {
        return refused(code);
    }
    let mut answer = Response::new(Body::from(said.to_string()));
    let json = header::HeaderValue::from_static("application/json;charset=UTF-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, json);
    if let Some(cookie) = cookie
        && let Ok(value) = format!("DMZSID={cookie}; HttpOnly; path=/").parse()
    {
        answer.headers_mut().insert(header::SET_COOKIE, value);
    }
    answer
}

fn token(state: &Shared, headers: &HeaderMap, body: &Bytes) -> Response<Body> {
    let mut state = lock(state);
    state.requests += 1;
    let mut args = Args::default();
    args.add(&String::from_utf8_lossy(body));
    let basic = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let basic = basic.and_then(|text| text.strip_prefix("Basic "));
    let known = basic.is_some_and(|basic| auth::user_of_basic(&state, basic).is_some());
    let application = state.settings.application.as_deref();
    let named = application.is_some_and(|name| name == args.get("client_id"));
    if !known || !named || args.get("grant_type") != "password" {
        return refused(401);
    }
    let name = basic.and_then(auth::decoded).unwrap_or_default();
    let name = name.split(':').next().unwrap_or_default().to_owned();
    let token = auth::open(&mut state, &name);
    let body = json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3600 });
    Response::new(Body::from(body.to_string()))
}

/// The short log is kept for some days.
fn purge(state: &mut State) {
    let hours = i64::from(state.settings.short_log_days) * 24;
    let since = state
        .settings
        .now
        .saturating_sub(jiff::SignedDuration::from_hours(hours));
    let since = since.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let history = &mut state.tables.history;
    history.multi_meter.retain(|(_, date), _| *date >= since);
    history.meter.retain(|(_, date), _| *date >= since);
}

fn refused(code: u16) -> Response<Body> {
    let body = match code {
        404 => String::new(),
        code => format!("<html><head><title>{code}</title></head><body></body></html>"),
    };
    let mut answer = Response::new(Body::from(body));
    if let Ok(code) = code.try_into() {
        *answer.status_mut() = code;
    }
    answer
}

/// An answer that breaks off before its end.
fn broken() -> Response<Body> {
    let mut answer = Response::new(Body::new(Cut));
    answer.headers_mut().insert(
        header::CONTENT_LENGTH,
        header::HeaderValue::from_static("64"),
    );
    answer
}

struct Cut;

impl HttpBody for Cut {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into())))
    }
}

fn lock(state: &Shared) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
