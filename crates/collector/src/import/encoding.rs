//! From bytes to text: exports come as UTF-8 with a mark, and come back from
//! spreadsheets as UTF-16 or Windows-1252.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::ImportError;

/// Ten years of ten-minute points are 25 MB.
const LIMIT: u64 = 64 << 20;

/// Reads a text file whatever its encoding.
pub(super) fn read_text(path: &Path) -> Result<String, ImportError> {
    let bytes = read_bytes(path)?;
    if bytes.is_empty() {
        return Err(ImportError::Empty {
            path: path.to_owned(),
        });
    }
    decode(&bytes).ok_or_else(|| ImportError::Binary {
        path: path.to_owned(),
    })
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, ImportError> {
    let unreadable = |source| ImportError::Unreadable {
        path: path.to_owned(),
        source,
    };
    if path.is_dir() {
        return Err(ImportError::Folder {
            path: path.to_owned(),
        });
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > LIMIT {
        return Err(ImportError::TooLarge {
            path: path.to_owned(),
            limit: LIMIT,
        });
    }
    Ok(bytes)
}

fn decode(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None if std::str::from_utf8(bytes).is_ok() => (encoding_rs::UTF_8, 0),
        None => (encoding_rs::WINDOWS_1252, 0),
    };
    let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let binary = text
        .chars()
        .any(|c| c == '\u{fffd}' || (c.is_control() && !matches!(c, '\n' | '\r' | '\t')));
    (!binary).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_read_from_four_encodings() {
        let text = "Arrêté;42\n";
        let utf16: Vec<u8> = [0xfeff]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let marked = ["\u{feff}", text].concat();
        let latin = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        for bytes in [text.as_bytes(), marked.as_bytes(), &utf16, &latin] {
            assert_eq!(decode(bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_picture_is_not_text() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
    }
}
