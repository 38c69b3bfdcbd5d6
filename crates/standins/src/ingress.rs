//! Home Assistant's ingress: what its Core and its Supervisor do together to a
//! request for an add-on, and to the answer.
//!
//! Facts from `homeassistant/components/hassio/ingress.py` and
//! `supervisor/api/ingress.py` (2025): the session is a cookie of its own; the
//! add-on sees the path without the prefix; the user's headers come first and a
//! browser's own copy of them in another spelling is passed on beside; `Host`
//! stays the browser's; of several `Set-Cookie` only the last survives.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const LARGEST: usize = 1 << 27;

/// A user of Home Assistant.
#[derive(Debug, Clone)]
pub struct User {
    /// Its id, 32 hexadecimal digits.
    pub id: String,
    /// The name to log in with, which not every user has.
    pub name: Option<String>,
    /// The name that is shown.
    pub display_name: Option<String>,
}

/// An add-on behind ingress.
#[derive(Debug, Clone)]
pub struct Ingress {
    /// Where the add-on listens.
    pub add_on: SocketAddr,
    /// The address the Supervisor calls from.
    pub supervisor: IpAddr,
    /// The token in the prefix.
    pub token: String,
    /// The cookie `ingress_session` that is let in.
    pub session: String,
    /// Whose session that is; an older Core does not tell.
    pub user: Option<User>,
}

/// One that listens. Dropping it stops it as well.
#[derive(Debug)]
pub struct Running {
    /// Where Home Assistant answers.
    pub address: SocketAddr,
    /// The path before every path of the add-on, without a slash at its end.
    pub prefix: String,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Answers what has begun, then stops.
    pub async fn shutdown(self) -> io::Result<()> {
        drop(self.stop);
        self.task.await.map_err(io::Error::other)?
    }
}

impl Ingress {
    /// Serves it on a listener, from a task of its own.
    pub fn serve(self, listener: TcpListener) -> io::Result<Running> {
        let address = listener.local_addr()?;
        let prefix = self.prefix();
        let app = Router::new().fallback(handle).with_state(Arc::new(self));
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, app).with_graceful_shutdown(async {
            // An error means that the sender is gone, which is the signal.
            let _ = stopped.await;
        });
        let task = tokio::spawn(server.into_future());
        Ok(Running {
            address,
            prefix,
            stop,
            task,
        })
    }

    fn prefix(&self) -> String {
        format!("/api/hassio_ingress/{}", self.token)
    }

    fn has_session(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(header::COOKIE).iter();
        lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|pair| pair == ("ingress_session", &self.session))
    }

    /// The headers that the add-on is sent.
    fn headers(&self, browser: &HeaderMap, peer: IpAddr) -> HeaderMap {
        let mut sent = HeaderMap::new();
        let mut say = |name: &'static str, value: Option<&str>| {
            let value = value.and_then(|value| HeaderValue::from_str(value).ok());
            if let Some(value) = value {
                sent.append(name, value);
            }
        };
        let user = self.user.as_ref();
        say("x-remote-user-id", user.map(|user| user.id.as_str()));
        say(
            "x-remote-user-name",
            user.and_then(|user| user.name.as_deref()),
        );
        let shown = user.and_then(|user| user.display_name.as_deref());
        say("x-remote-user-display-name", shown);
        for (name, value) in browser {
            if !is_left_out(name) {
                sent.append(name, value.clone());
            }
        }
        let mut put = |name: &'static str, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                sent.insert(name, value);
            }
        };
        let text = |name: &str| browser.get(name).and_then(|value| value.to_str().ok());
        put("x-hass-source", "core.ingress");
        put("x-ingress-path", &self.prefix());
        let before = text("x-forwarded-for").map(|list| format!("{list}, "));
        let hops = format!("{}{peer}, 172.30.32.1", before.unwrap_or_default());
        put("x-forwarded-for", &hops);
        let host = text("x-forwarded-host").or_else(|| text("host"));
        put("x-forwarded-host", host.unwrap_or_default());
        put(
            "x-forwarded-proto",
            text("x-forwarded-proto").unwrap_or("http"),
        );
        sent
    }
}

/// Headers of a request that Core and Supervisor make anew or leave out.
fn is_left_out(name: &HeaderName) -> bool {
    let filtered = [
        header::CONTENT_LENGTH,
        header::CONTENT_ENCODING,
        header::TRANSFER_ENCODING,
        header::ACCEPT_ENCODING,
        header::CONNECTION,
    ];
    filtered.contains(name) || name.as_str().starts_with("sec-websocket-")
}

async fn handle(
    State(ingress): State<Arc<Ingress>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response<Body> {
    let path = request.uri().path_and_query().map(ToString::to_string);
    let path = path.unwrap_or_default();
    let Some(path) = path.strip_prefix(&ingress.prefix()).map(str::to_owned) else {
        return refused(StatusCode::SERVICE_UNAVAILABLE);
    };
    if !ingress.has_session(request.headers()) {
        return refused(StatusCode::UNAUTHORIZED);
    }
    let path = if path.starts_with('/') {
        path
    } else {
        format!("/{path}")
    };
    let asked = pass_on(&ingress, peer.ip(), &path, request).await;
    asked.unwrap_or_else(|_| refused(StatusCode::BAD_GATEWAY))
}

async fn pass_on(
    ingress: &Ingress,
    peer: IpAddr,
    path: &str,
    request: Request,
) -> Result<Response<Body>, Box<dyn std::error::Error + Send + Sync>> {
    let socket = if ingress.supervisor.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    socket.bind((ingress.supervisor, 0).into())?;
    let stream = TokioIo::new(socket.connect(ingress.add_on).await?);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await?;
    tokio::spawn(connection);

    let headers = ingress.headers(request.headers(), peer);
    let method = request.method().clone();
    let body = to_bytes(request.into_body(), LARGEST).await?;
    let mut onward = axum::http::Request::new(Body::from(body));
    *onward.method_mut() = method;
    *onward.uri_mut() = path.parse()?;
    *onward.headers_mut() = headers;
    let answer = sender.send_request(onward).await?;
    let (parts, body) = answer.into_parts();
    let body = to_bytes(Body::new(body), LARGEST).await?;
    let mut given = Response::new(Body::from(body));
    *given.status_mut() = parts.status;
    for (name, value) in &parts.headers {
        if *name != header::TRANSFER_ENCODING && *name != header::CONTENT_LENGTH {
            // A dictionary: of several lines the last one stays.
            given.headers_mut().insert(name, value.clone());
        }
    }
    Ok(given)
}

fn refused(status: StatusCode) -> Response<Body> {
    let mut answer = Response::new(Body::from(status.to_string()));
    *answer.status_mut() = status;
    answer
}
