//! Sealing with ChaCha20-Poly1305: a random nonce before the text, and what the
//! text belongs to as associated data.

use std::fmt;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::random::{NoRandomness, Random};

/// The key of one consent's data. To destroy it is to destroy the data.
#[derive(Clone)]
pub struct DataKey([u8; 32]);

/// Why something was not sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The text, its key or what it belongs to is another one.
    #[error("the sealed text does not open")]
    Broken,
    /// Its wrapping key is not in the key file any more.
    #[error("the wrapping key is not known")]
    UnknownKey,
    /// There is no nonce to seal with.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl DataKey {
    /// The key of these bytes.
    pub fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// The bytes, to be wrapped.
    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals a text that belongs to `owner`.
    pub fn seal(
        &self,
        owner: &[u8],
        text: &[u8],
        random: &dyn Random,
    ) -> Result<Vec<u8>, SealError> {
        let nonce = random.bytes::<NONCE_LEN>()?;
        let mut sealed = text.to_vec();
        self.key()?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(owner),
                &mut sealed,
            )
            .map_err(|_| SealError::Broken)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for the same owner.
    pub fn open(&self, owner: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE_LEN>()
            .ok_or(SealError::Broken)?;
        let mut text = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length = self
            .key()?
            .open_in_place(nonce, Aad::from(owner), &mut text)
            .map_err(|_| SealError::Broken)?
            .len();
        text.truncate(length);
        Ok(text)
    }

    fn key(&self) -> Result<LessSafeKey, SealError> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, &self.0).map_err(|_| SealError::Broken)?;
        Ok(LessSafeKey::new(key))
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}
