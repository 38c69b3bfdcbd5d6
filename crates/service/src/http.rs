//! HTTP as a parameter: one request, one bounded answer.
//!
//! Requests and answers are the `http` crate's own types with whole bodies. The
//! real implementation ([`Client`]) limits time and size and follows no
//! redirect to another host.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use reqwest::redirect::{Attempt, Policy};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::clock::BoxFuture;

/// Who sends requests.
pub trait Http: Send + Sync {
    /// Sends a request and reads the whole answer.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>>;
}

/// An HTTP client shared between rooms.
pub type SharedHttp = Arc<dyn Http>;

/// Why no answer came. Never holds a URL: those may carry secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// Nothing came in time.
    #[error("no answer in time")]
    Timeout,
    /// The host could not be reached: name, route, or connection refused.
    #[error("no connection: {0}")]
    Connect(String),
    /// The server's certificate is not valid yet, or no more: often it is our
    /// clock.
    #[error("the certificate is not valid at this time")]
    OtherTime,
    /// The answer is larger than we read.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The answer sends us to another host.
    #[error("redirected to another host ({0})")]
    Redirected(String),
    /// The connection ended in the middle of the answer.
    #[error("the answer broke off: {0}")]
    Truncated(String),
    /// Anything else, such as a request that cannot be sent.
    #[error("{0}")]
    Other(String),
}

/// How the real client behaves.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// The whole exchange, in seconds of the machine.
    pub timeout: Duration,
    /// Bytes of answer that are read at most.
    pub max_answer: usize,
    /// What we call ourselves.
    pub user_agent: String,
    /// Follow redirections, to the same host only. Where not, they are answers.
    pub follows: bool,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_mins(1),
            max_answer: 16 << 20,
            user_agent: concat!("releve/", env!("CARGO_PKG_VERSION")).to_owned(),
            follows: true,
        }
    }
}

/// The real HTTP client.
#[derive(Debug, Clone)]
pub struct Client {
    inner: reqwest::Client,
    max_answer: usize,
}

impl Client {
    /// A client with the system's roots, or Mozilla's where the system has none.
    pub fn new(options: &ClientOptions) -> Result<Self, HttpError> {
        let redirects = if options.follows {
            Policy::custom(same_host_only)
        } else {
            Policy::none()
        };
        let inner = reqwest::Client::builder()
            .tls_backend_preconfigured(tls_config()?)
            .timeout(options.timeout)
            .connect_timeout(options.timeout.min(Duration::from_secs(15)))
            .user_agent(&options.user_agent)
            .redirect(redirects)
            .build()
            .map_err(|error| HttpError::Other(error.without_url().to_string()))?;
        Ok(Self {
            inner,
            max_answer: options.max_answer,
        })
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let request = reqwest::Request::try_from(request).map_err(explain)?;
        let mut answer = self.inner.execute(request).await.map_err(explain)?;
        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(explain)? {
            if body.len() + chunk.len() > self.max_answer {
                return Err(HttpError::TooLarge {
                    limit: self.max_answer,
                });
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body.freeze());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

impl Http for Client {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(self.exchange(request))
    }
}

/// A message of our own in reqwest's redirect error, to be found again in [`explain`].
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct OtherHost(String);

fn same_host_only(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let from = attempt.previous().last().map(origin);
    let to = origin(attempt.url());
    if from.as_ref() != Some(&to) {
        return attempt.error(OtherHost(to));
    }
    if attempt.previous().len() > 5 {
        return attempt.error("too many redirects");
    }
    attempt.follow()
}

fn origin(url: &url::Url) -> String {
    url.origin().ascii_serialization()
}

fn explain(error: reqwest::Error) -> HttpError {
    let error = error.without_url();
    if let Some(host) = find_source::<OtherHost>(&error) {
        return HttpError::Redirected(host.0.clone());
    }
    if error.is_timeout() {
        return HttpError::Timeout;
    }
    if is_of_another_time(&error) {
        return HttpError::OtherTime;
    }
    let text = root_cause(&error);
    if error.is_connect() {
        HttpError::Connect(text)
    } else if error.is_body() || error.is_decode() || error.is_request() {
        HttpError::Truncated(text)
    } else {
        HttpError::Other(text)
    }
}

fn find_source<'a, E: std::error::Error + 'static>(
    error: &'a (dyn std::error::Error + 'static),
) -> Option<&'a E> {
    std::iter::successors(Some(error), |error| error.source())
        .find_map(|error| error.downcast_ref::<E>())
}

/// Whether a certificate was refused for the time that our clock shows.
pub(crate) fn is_of_another_time(error: &(dyn std::error::Error + 'static)) -> bool {
    use rustls::{CertificateError, Error};
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    causes.any(|cause| {
        // What is inside of an I/O error is not its source.
        let inside = cause.downcast_ref::<std::io::Error>();
        let inside = inside.and_then(|error| error.get_ref()?.downcast_ref::<Error>());
        matches!(
            inside.or_else(|| cause.downcast_ref::<Error>()),
            Some(Error::InvalidCertificate(
                CertificateError::NotValidYet
                    | CertificateError::NotValidYetContext { .. }
                    | CertificateError::Expired
                    | CertificateError::ExpiredContext { .. },
            ))
        )
    })
}

fn root_cause(error: &(dyn std::error::Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// The one TLS configuration, for HTTP and everything else.
pub fn tls_config() -> Result<rustls::ClientConfig, HttpError> {
    tls_config_with(roots())
}

/// The same with the authorities of a file in PEM, for servers of one's own.
pub fn tls_config_trusting(ca_file: &Path) -> Result<rustls::ClientConfig, HttpError> {
    let wrong =
        |cause: &dyn std::fmt::Display| HttpError::Other(format!("{}: {cause}", ca_file.display()));
    let certificates = CertificateDer::pem_file_iter(ca_file).map_err(|error| wrong(&error))?;
    let mut store = roots();
    let known = store.len();
    for certificate in certificates {
        let certificate = certificate.map_err(|error| wrong(&error))?;
        store.add(certificate).map_err(|error| wrong(&error))?;
    }
    if store.len() == known {
        return Err(wrong(&"no certificate in it"));
    }
    tls_config_with(store)
}

/// The same with these authorities alone.
pub fn tls_config_with(
    roots: impl Into<Arc<RootCertStore>>,
) -> Result<rustls::ClientConfig, HttpError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| HttpError::Other(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

/// The system's roots, or Mozilla's where the system has none.
pub fn roots() -> RootCertStore {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if store.is_empty() {
        store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    store
}
