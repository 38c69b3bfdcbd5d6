//! The code that a person copies from the box: eight consonants, so that no
//! word appears and no letter is taken for another (RFC 8628 section 6.1).

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Twenty letters: 20^8 codes are 34.6 bits.
const ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const LENGTH: usize = 8;
/// Nothing longer is looked at.
const LONGEST_INPUT: usize = 32;

/// A well-formed user code.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UserCode([u8; LENGTH]);

/// Why a text is no user code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UserCodeError {
    /// More than 32 characters.
    #[error("the code is too long")]
    TooLong,
    /// Not eight letters of the alphabet, whatever stands between them.
    #[error("a code has eight letters")]
    NotACode,
}

impl UserCode {
    /// A code from random bytes; `next` gives one uniform byte. Bytes that would
    /// favour some letters are thrown away.
    pub fn draw(mut next: impl FnMut() -> u8) -> Self {
        const FAIR: u8 = 240;
        Self(std::array::from_fn(|_| {
            loop {
                let byte = next();
                if byte < FAIR {
                    break ALPHABET[usize::from(byte % 20)];
                }
            }
        }))
    }

    /// Reads what a person typed: full-width letters, small letters, spaces,
    /// dashes and marks of direction are forgiven.
    pub fn read(typed: &str) -> Result<Self, UserCodeError> {
        if typed.chars().nth(LONGEST_INPUT).is_some() {
            return Err(UserCodeError::TooLong);
        }
        let letters: Vec<u8> = typed
            .nfkc()
            .filter_map(|letter| u8::try_from(letter.to_ascii_uppercase()).ok())
            .filter(|letter| ALPHABET.contains(letter))
            .collect();
        let letters = letters.try_into().map_err(|_| UserCodeError::NotACode)?;
        Ok(Self(letters))
    }

    /// The eight letters alone, as they are hashed.
    pub fn letters(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

impl fmt::Display for UserCode {
    /// `XXXX-XXXX`, as it is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (left, right) = self.0.split_at(LENGTH / 2);
        let text = |letters| std::str::from_utf8(letters).unwrap_or_default();
        write!(f, "{}-{}", text(left), text(right))
    }
}

impl fmt::Debug for UserCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn d17_case_and_punctuation_are_forgiven_and_nothing_else() {
        let code = UserCode::read("WDJB-MJHT").unwrap();
        for typed in [
            "wdjb mjht",
            "WDJB–MJHT",
            "wdjbmjht",
            " w d j b m j h t ",
            "ＷＤＪＢ－ＭＪＨＴ",
            "\u{200f}WDJB-MJHT\u{200e}",
        ] {
            assert_eq!(UserCode::read(typed).as_ref(), Ok(&code), "{typed:?}");
        }
        for typed in ["", "WDJB-MJH", "WDJB-MJHTT", "WDJB-MJH0", "ßßßß"] {
            assert_eq!(
                UserCode::read(typed),
                Err(UserCodeError::NotACode),
                "{typed:?}"
            );
        }
        assert_eq!(UserCode::read(&"B".repeat(33)), Err(UserCodeError::TooLong));
        assert_eq!(code.to_string(), "WDJB-MJHT");
        assert!(!format!("{code:?}").contains("WDJB"));
    }

    const CODES: u32 = 1_000_000;

    /// A million letters from a plain generator: each of the twenty comes
    /// within 2 % of its share, in each of the eight places.
    #[test]
    fn d12_letters_are_uniform_in_every_place() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 56) as u8
        };
        let mut counts = [[0_u32; 256]; LENGTH];
        for _ in 0..CODES {
            for (place, letter) in UserCode::draw(&mut next).0.iter().enumerate() {
                counts[place][usize::from(*letter)] += 1;
            }
        }
        for place in counts {
            for letter in ALPHABET {
                let share = place[usize::from(*letter)];
                assert!(
                    share.abs_diff(CODES / 20) < CODES / 20 / 50,
                    "{letter}: {share}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_panic(typed in "\\PC{0,64}") {
            if let Ok(code) = UserCode::read(&typed) {
                prop_assert_eq!(UserCode::read(&code.to_string()), Ok(code));
            }
        }
    }
}
