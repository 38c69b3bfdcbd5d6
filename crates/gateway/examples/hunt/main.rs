//! The hunt for secrets: looks through whatever tests left (`GATEWAY_TRACES`) for
//! anything that any of them handed out, and for what looks like it.
//!
//!     hunt FOLDER NAME...
//!
//! Each NAME is a test program or script that must have left something. Ends
//! with "N passed, N failed", a check for each name.

mod needles;
mod search;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use needles::Needles;

/// The list of what was handed out, in each folder; it is not looked through.
const LIST: &str = "secrets";

/// Finds that are shown of each program.
const SHOWN: usize = 10;

/// What one program left.
#[derive(Default)]
struct Left {
    files: Vec<PathBuf>,
    listed: usize,
}

fn main() -> io::Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_default());
    let mut out = io::stdout();
    let (passed, failed) = hunt(&folder, &arguments.collect::<Vec<_>>(), &mut out)?;
    writeln!(out, "{passed} passed, {failed} failed")?;
    Ok(ExitCode::from(u8::from(failed > 0)))
}

fn hunt(folder: &Path, names: &[String], out: &mut dyn Write) -> io::Result<(usize, usize)> {
    let mut needles = Needles::default();
    let mut left: BTreeMap<String, Left> = BTreeMap::new();
    for place in fs::read_dir(folder)? {
        let place = place?.path();
        let name = place
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        // Behind the name stands the number of the process.
        let name = name.rsplit_once('-').map_or(&*name, |(name, _)| name);
        let left = left.entry(name.to_owned()).or_default();
        for file in fs::read_dir(&place)? {
            let file = file?.path();
            if file.ends_with(LIST) {
                left.listed += needles.add_all(&fs::read_to_string(file)?);
            } else {
                left.files.push(file);
            }
        }
    }
    let search = needles.search().map_err(io::Error::other)?;
    let mut counts = (0, 0);
    for name in names {
        let good = if let Some(left) = left.get(name) {
            look_through(name, left, &search, out)?
        } else {
            writeln!(out, "FAILED  {name} left nothing")?;
            false
        };
        counts.0 += usize::from(good);
        counts.1 += usize::from(!good);
    }
    Ok(counts)
}

/// Whether nothing is found in what a program left, and it left enough.
fn look_through(
    name: &str,
    left: &Left,
    search: &search::Search,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let (mut bytes, mut found) = (0, 0);
    for file in &left.files {
        let text = fs::read(file)?;
        bytes += text.len();
        for leak in search.through(&text) {
            found += 1;
            if found <= SHOWN {
                writeln!(out, "        {}: {leak}", file.display())?;
            }
        }
    }
    let enough = bytes > 0 && left.listed > 0;
    let verdict = if found == 0 && enough {
        "ok      "
    } else {
        "FAILED  "
    };
    writeln!(
        out,
        "{verdict}{name}: {} secrets handed out, {} files of {} kB, {found} found",
        left.listed,
        left.files.len(),
        bytes / 1000,
    )?;
    Ok(found == 0 && enough)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "lgr_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";
    const LISTED: &str = "text 22516914714270\ntext WDJB-MJHT\n";

    /// What a hunt says about a file beside a list.
    fn hunted(list: &str, file: &[u8]) -> (String, bool) {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("story-1");
        fs::create_dir(&place).unwrap();
        fs::write(place.join("secrets"), list).unwrap();
        fs::write(place.join("rows-1"), file).unwrap();
        let mut out = Vec::new();
        let counts = hunt(folder.path(), &["story".to_owned()], &mut out).unwrap();
        (String::from_utf8(out).unwrap(), counts == (1, 0))
    }

    #[test]
    fn what_holds_nothing_is_good() {
        let masked = b"{\"point\":\"2251******4270\",\"number\":58249,\"token\":\"lgr_\"}";
        let (told, good) = hunted(LISTED, masked);
        assert!(good, "{told}");
        assert!(told.starts_with("ok      story: 2 secrets"), "{told}");
    }

    #[test]
    fn what_is_planted_is_found_in_whatever_form() {
        let token = format!("text {TOKEN}\n");
        let bytes = [7_u8; 32];
        let hex = "07".repeat(32);
        let key = format!("bytes {hex}\n");
        let base64 = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
        let hex_of_text: Vec<String> = TOKEN.bytes().map(|b| format!("{b:02X}")).collect();
        for (list, planted) in [
            (LISTED, b"the point 22516914714270 said".to_vec()),
            (LISTED, b"code=WDJB-MJHT".to_vec()),
            (token.as_str(), TOKEN.as_bytes().to_vec()),
            (&token, [&b"\0\x01row"[..], &bytes, b"\xff"].concat()),
            (&token, format!("\\x{}", hex_of_text.concat()).into_bytes()),
            (&key, bytes.to_vec()),
            (&key, format!("\\x{hex}").into_bytes()),
            (&key, base64.as_bytes().to_vec()),
        ] {
            let (told, good) = hunted(list, &planted);
            assert!(!good && told.contains("1 found"), "{list}: {told}");
        }
    }

    #[test]
    fn what_nobody_listed_is_found_by_its_shape() {
        for planted in [
            format!("\"detail\":\"{TOKEN}\""),
            "user_code=BCDF-GHJK&".to_owned(),
            "Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJleHAiOjF9.abc".to_owned(),
        ] {
            let (told, good) = hunted(LISTED, planted.as_bytes());
            assert!(!good && told.contains("1 found"), "{planted}: {told}");
        }
    }

    #[test]
    fn who_left_nothing_has_not_passed() {
        assert!(!hunted("", b"rows").1);
        assert!(!hunted(LISTED, b"").1);
        let folder = tempfile::tempdir().unwrap();
        let counts = hunt(folder.path(), &["story".to_owned()], &mut Vec::new());
        assert_eq!(counts.unwrap(), (0, 1));
    }
}
