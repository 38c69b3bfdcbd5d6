//! A text as a QR code, drawn as one path: no image of elsewhere, no style.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// Modules of light around the code (ISO/IEC 18004, section 6.3.8).
const QUIET: usize = 4;

/// A QR code for an `<svg viewBox="0 0 SIDE SIDE">`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules of a side, the quiet zone included.
    pub side: usize,
    /// The dark modules as the `d` of a path.
    pub path: String,
}

/// The code of a text; none for one that is too long for any.
pub fn qr(text: &str) -> Option<Qr> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (at % width + QUIET, at / width + QUIET);
            // Writing to memory cannot fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Some(Qr {
        side: width + 2 * QUIET,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_drawn_with_its_quiet_zone_and_what_is_too_long_is_not() {
        let drawn = qr("https://gateway.example/device?code=BCDF-GHJK").unwrap();
        // Three finder patterns stand in the corners, dark outside.
        for corner in [(4, 4), (drawn.side - 5, 4), (4, drawn.side - 5)] {
            let dark = format!("M{} {}h1v1h-1z", corner.0, corner.1);
            assert!(drawn.path.contains(&dark), "{corner:?}");
        }
        assert!(!drawn.path.contains("M3 "));
        assert_eq!(qr(&"x".repeat(5000)), None);
    }
}
