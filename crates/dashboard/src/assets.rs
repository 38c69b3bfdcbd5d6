//! Style and script, within the program: each under an address that holds its
//! digest, so that browsers keep it for good.

use std::io::Write as _;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use http::{HeaderMap, StatusCode};

/// Every file: its name, its kind, its bytes.
const FILES: &[(&str, &str, &[u8])] = &[
    (
        "style.css",
        "text/css; charset=utf-8",
        include_bytes!("../assets/style.css"),
    ),
    (
        "app.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/app.js"),
    ),
    (
        "live.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/live.js"),
    ),
    (
        "mark.svg",
        "image/svg+xml",
        include_bytes!("../assets/mark.svg"),
    ),
    (
        "uplot.css",
        "text/css; charset=utf-8",
        include_bytes!("../assets/vendor/uplot.css"),
    ),
    (
        "uplot.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/vendor/uplot.js"),
    ),
    (
        "setup.css",
        "text/css; charset=utf-8",
        include_bytes!("../assets/setup.css"),
    ),
    (
        "setup.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/setup.js"),
    ),
];

struct Asset {
    name: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    zipped: Vec<u8>,
    path: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let asset = |(name, kind, plain): &(&'static str, &'static str, &'static [u8])| Asset {
        name,
        kind,
        plain,
        zipped: zip(plain),
        path: format!("/assets/{}/{name}", digest(plain)),
    };
    FILES.iter().map(asset).collect()
});

/// Where a file is; its plain name where there is none such.
pub fn path(name: &str) -> String {
    let found = ASSETS.iter().find(|asset| asset.name == name);
    found.map_or_else(|| format!("/assets/{name}"), |asset| asset.path.clone())
}

/// Answers the files.
pub fn router() -> Router {
    Router::new().route("/assets/{digest}/{name}", get(file))
}

async fn file(Path((digest, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let path = format!("/assets/{digest}/{name}");
    let Some(asset) = ASSETS.iter().find(|asset| asset.path == path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let forever = [
        (CONTENT_TYPE, asset.kind),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (VARY, "accept-encoding"),
    ];
    if takes_gzip(&headers) {
        let gzip = [(CONTENT_ENCODING, "gzip")];
        return (forever, gzip, asset.zipped.as_slice()).into_response();
    }
    (forever, asset.plain).into_response()
}

pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).map(|value| value.to_str());
    let Some(Ok(accepted)) = accepted else {
        return false;
    };
    let mut codings = accepted.split(',').map(str::trim);
    codings
        .any(|coding| coding == "gzip" || coding.starts_with("gzip;") && !coding.ends_with("q=0"))
}

fn zip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail; what could not be zipped is empty, and the
    // test below sees it.
    let _ = encoder.write_all(plain);
    encoder.finish().unwrap_or_default()
}

fn digest(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    HEXLOWER.encode(&digest.as_ref()[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_smaller_zipped_and_has_an_address_of_its_own() {
        for asset in ASSETS.iter() {
            assert!(!asset.zipped.is_empty(), "{}", asset.name);
            assert_eq!(path(asset.name), asset.path);
        }
    }

    #[test]
    fn gzip_is_sent_to_who_takes_it() {
        let takes = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, text.parse().unwrap());
            takes_gzip(&headers)
        };
        assert!(takes("gzip, br"));
        assert!(takes("br, gzip;q=0.5"));
        assert!(!takes("br"));
        assert!(!takes("gzip;q=0"));
    }
}
