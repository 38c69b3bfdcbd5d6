//! How codes and tokens are written: a prefix that secret scanners know, 256
//! random bits, and a checksum that refuses garbage before any database is asked.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// `lgd_`: a device code.
    Device,
    /// `lga_`: an access token.
    Access,
    /// `lgr_`: a refresh token.
    Refresh,
    /// `lgs_`: the `state` of a way to Enedis and back.
    State,
    /// `lgb_`: a browser's cookie.
    Browser,
}

impl TokenKind {
    /// The first four characters.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Device => "lgd_",
            Self::Access => "lga_",
            Self::Refresh => "lgr_",
            Self::State => "lgs_",
            Self::Browser => "lgb_",
        }
    }
}

const SECRET: usize = 32;
const CHECKSUM: usize = 4;
/// Base64 of 36 bytes has no remainder.
const LENGTH: usize = 4 + (SECRET + CHECKSUM) / 3 * 4;

/// A well-formed token. Its `Debug` shows only its kind.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    kind: TokenKind,
    secret: [u8; SECRET],
}

/// The text is no token of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token of this server")]
pub struct Malformed;

impl Token {
    /// A token of 32 random bytes.
    pub fn new(kind: TokenKind, secret: [u8; SECRET]) -> Self {
        Self { kind, secret }
    }

    /// Reads a token of that kind.
    pub fn read(kind: TokenKind, text: &str) -> Result<Self, Malformed> {
        let body = text.strip_prefix(kind.prefix()).ok_or(Malformed)?;
        if text.len() != LENGTH {
            return Err(Malformed);
        }
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| Malformed)?;
        let (secret, sum) = bytes.split_at_checked(SECRET).ok_or(Malformed)?;
        let secret = secret.try_into().map_err(|_| Malformed)?;
        let token = Self { kind, secret };
        (token.checksum() == sum).then_some(token).ok_or(Malformed)
    }

    /// What it is for.
    pub fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The secret bytes, to be hashed.
    pub fn secret(&self) -> &[u8; SECRET] {
        &self.secret
    }

    /// The text that the holder gets. The only way to it, so that no `Display`
    /// writes a secret by accident.
    pub fn reveal(&self) -> String {
        let mut bytes = [0; SECRET + CHECKSUM];
        bytes[..SECRET].copy_from_slice(&self.secret);
        bytes[SECRET..].copy_from_slice(&self.checksum());
        self.kind.prefix().to_owned() + &URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Over the prefix too, so that a token of one kind is never one of another.
    fn checksum(&self) -> [u8; CHECKSUM] {
        let mut sum = crc32fast::Hasher::new();
        sum.update(self.kind.prefix().as_bytes());
        sum.update(&self.secret);
        sum.finalize().to_be_bytes()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({}…)", self.kind.prefix())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn d13_a_token_carries_256_bits_and_comes_back_as_it_went() {
        let token = Token::new(TokenKind::Refresh, [7; 32]);
        let text = token.reveal();
        assert_eq!(text.len(), 52);
        assert!(text.starts_with("lgr_"));
        assert_eq!(Token::read(TokenKind::Refresh, &text), Ok(token));
    }

    #[test]
    fn h26_a_token_of_one_kind_is_none_of_another() {
        let text = Token::new(TokenKind::Access, [7; 32]).reveal();
        assert_eq!(Token::read(TokenKind::Refresh, &text), Err(Malformed));
        let disguised = text.replace("lga_", "lgr_");
        assert_eq!(Token::read(TokenKind::Refresh, &disguised), Err(Malformed));
    }

    proptest! {
        #[test]
        fn h27_a_changed_character_is_refused(secret: [u8; 32], at in 4_usize..52, c in "[A-Za-z0-9_-]") {
            let text = Token::new(TokenKind::Access, secret).reveal();
            let mut changed = text.clone();
            changed.replace_range(at..=at, &c);
            let read = Token::read(TokenKind::Access, &changed);
            prop_assert_eq!(read.is_ok(), changed == text);
        }

        #[test]
        fn h01_any_text_is_refused_without_panic(text in "\\PC{0,200}") {
            for kind in [TokenKind::Device, TokenKind::Access, TokenKind::Refresh] {
                let _ = Token::read(kind, &text);
                let prefixed = format!("{}{text}", kind.prefix());
                prop_assert!(Token::read(kind, &prefixed).is_err());
            }
        }
    }

    #[test]
    fn the_debug_output_has_no_secret() {
        let token = Token::new(TokenKind::Device, [0xab; 32]);
        assert_eq!(format!("{token:?}"), "Token(lgd_…)");
    }
}
