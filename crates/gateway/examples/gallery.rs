//! Writes one of every page into a folder, for the tests in a real browser:
//! `cargo run -p gateway --example gallery -- FOLDER`.

#![expect(
    clippy::unwrap_used,
    reason = "a tool of the tests stops where it fails"
)]

#[path = "../tests/support/gallery.rs"]
mod gallery;

use std::fs;
use std::path::PathBuf;

use gateway::pages::{MARK, PageHeaders, STYLESHEET, stylesheet_path};
use service::Lang;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap());
    for lang in Lang::ALL {
        let under = folder.join(lang.tag());
        fs::create_dir_all(&under).unwrap();
        for (name, html) in gallery::pages(lang) {
            fs::write(under.join(format!("{name}.html")), html).unwrap();
        }
    }
    let style = stylesheet_path().trim_start_matches('/');
    fs::write(folder.join(style), STYLESHEET).unwrap();
    fs::write(folder.join("mark.svg"), MARK).unwrap();
    let enedis = "https://mon-compte-particulier.enedis.fr/";
    let headers = PageHeaders::new(&enedis.parse().unwrap());
    let lines = headers
        .all()
        .map(|(name, value)| format!("{name}: {value}"));
    fs::write(folder.join("headers"), lines.join("\n")).unwrap();
}
