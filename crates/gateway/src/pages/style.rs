//! The one stylesheet and the mark, served under names that change with them.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};

/// The stylesheet of every page.
pub const STYLESHEET: &str = include_str!("../../templates/style.css");

/// The mark of the service, an SVG image.
pub const MARK: &str = include_str!("../../templates/mark.svg");

/// The path of the stylesheet, with its digest, so that browsers may keep it
/// for ever: `/style.3f9a0c1e.css`.
pub fn stylesheet_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| {
        let hash = HEXLOWER.encode(&digest(&SHA256, STYLESHEET.as_bytes()).as_ref()[..4]);
        format!("/style.{hash}.css")
    });
    &PATH
}
