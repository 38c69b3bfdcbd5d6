//! The public router: the rooms put together, under the path of the public
//! address where it has one.

use axum::extract::Request;
use axum::{Router, middleware};
use tower::util::MapRequest;

use crate::app::App;
use crate::{access, data, oauth, pages};

/// Everything that the public port serves.
///
/// Where the public address has a path, it is understood with it and without,
/// so that a proxy in front may take it off or leave it.
pub fn router(app: App) -> Router {
    let base = app.config.public_url.path().trim_end_matches('/');
    let base = base.to_owned();
    let router = Router::new()
        .merge(oauth::router())
        .merge(pages::router())
        .merge(data::router())
        .layer(middleware::from_fn_with_state(app.clone(), access::observe))
        .with_state(app);
    if base.is_empty() {
        return router;
    }
    let under = MapRequest::new(router, move |request| without(&base, request));
    Router::new().fallback_service(under)
}

/// The request as if the public address had no path.
fn without(base: &str, mut request: Request) -> Request {
    let Some(path) = inner(base, request.uri().path()) else {
        return request;
    };
    let query = request.uri().query();
    let path = query.map_or(path.clone(), |query| format!("{path}?{query}"));
    if let Ok(uri) = path.parse() {
        *request.uri_mut() = uri;
    }
    request
}

/// What a path is once the base is taken off: it stands before everything, or
/// after the well-known names (RFC 8414, section 3.1).
fn inner(base: &str, path: &str) -> Option<String> {
    let known = path
        .strip_suffix(base)
        .filter(|known| known.starts_with("/.well-known/"));
    let under = path.strip_prefix(base).and_then(|rest| match rest {
        "" => Some("/"),
        rest => rest.starts_with('/').then_some(rest),
    });
    known.or(under).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_is_taken_off_where_it_stands_whole() {
        let inner = |path| inner("/gw", path);
        assert_eq!(inner("/gw/token").as_deref(), Some("/token"));
        assert_eq!(inner("/gw").as_deref(), Some("/"));
        assert_eq!(inner("/gwen/token"), None);
        assert_eq!(inner("/token"), None);
        assert_eq!(
            inner("/.well-known/oauth-authorization-server/gw").as_deref(),
            Some("/.well-known/oauth-authorization-server")
        );
        assert_eq!(
            inner("/gw/.well-known/openid-configuration").as_deref(),
            Some("/.well-known/openid-configuration")
        );
        assert_eq!(
            inner("/gw//evil.example/").as_deref(),
            Some("//evil.example/")
        );
    }
}
