//! The keys: peppers for what is only compared, wrapping keys for what is read
//! again. Every hash and every wrapped key begins with the number of its key,
//! so that keys rotate while the gateway runs.

mod file;
mod seal;

use std::sync::{PoisonError, RwLock};

use ring::hmac;

pub use file::{KeyFileError, KeySet};
pub use seal::{DataKey, SealError};

use crate::random::{NoRandomness, Random};

/// What a hash is for; the same bytes hash differently for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A token, code or cookie of ours.
    Token,
    /// The code that a person types.
    UserCode,
    /// A usage point.
    Point,
    /// A number that Enedis' callback brought.
    Autorisation,
    /// A network address.
    Address,
    /// A client's secret.
    ClientSecret,
    /// The token that a form carries beside its cookie.
    Csrf,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Token => b"token\0",
            Self::UserCode => b"user code\0",
            Self::Point => b"point\0",
            Self::Autorisation => b"autorisation\0",
            Self::Address => b"address\0",
            Self::ClientSecret => b"client secret\0",
            Self::Csrf => b"csrf\0",
        }
    }
}

/// The keys in use. They may be replaced while others read them.
pub struct Keys(RwLock<KeySet>);

impl Keys {
    /// Keys from a file or a test.
    pub fn new(set: KeySet) -> Self {
        Self(RwLock::new(set))
    }

    /// Fresh keys that nobody else has.
    pub fn fresh(random: &dyn Random) -> Result<Self, NoRandomness> {
        Ok(Self::new(KeySet::fresh(random)?))
    }

    /// Takes over a changed key file.
    pub fn replace(&self, set: KeySet) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = set;
    }

    /// The hash under which a new row is written: two bytes of key number, then
    /// HMAC-SHA-256.
    pub fn hash(&self, purpose: Purpose, data: &[u8]) -> Vec<u8> {
        let set = self.read();
        keyed(set.active_pepper(), purpose, data)
    }

    /// The hashes under which an older row may stand, that of [`Keys::hash`] first.
    pub fn hashes(&self, purpose: Purpose, data: &[u8]) -> Vec<Vec<u8>> {
        let set = self.read();
        set.peppers_active_first()
            .map(|pepper| keyed(pepper, purpose, data))
            .collect()
    }

    /// Whether a hash that was stored is that of `data`; compared in constant time.
    pub fn matches(&self, purpose: Purpose, data: &[u8], stored: &[u8]) -> bool {
        let set = self.read();
        let Some((number, tag)) = stored.split_first_chunk::<2>() else {
            return false;
        };
        let Some(pepper) = set.pepper(u16::from_be_bytes(*number)) else {
            return false;
        };
        let key = hmac::Key::new(hmac::HMAC_SHA256, pepper.secret());
        let message = [purpose.label(), data].concat();
        hmac::verify(&key, &message, tag).is_ok()
    }

    /// A new data key, and the form in which a row keeps it.
    pub fn new_data_key(&self, random: &dyn Random) -> Result<(DataKey, Vec<u8>), SealError> {
        let key = DataKey::new(random.bytes()?);
        let wrapped = self.wrap(&key, random)?;
        Ok((key, wrapped))
    }

    /// A data key as a row keeps it, under the wrapping key in use.
    pub fn wrap(&self, key: &DataKey, random: &dyn Random) -> Result<Vec<u8>, SealError> {
        let set = self.read();
        let wrapping = set.active_wrapping();
        let number = wrapping.number().to_be_bytes();
        let sealed = DataKey::new(*wrapping.secret()).seal(&number, key.expose(), random)?;
        Ok([&number[..], &sealed].concat())
    }

    /// A data key from a row.
    pub fn unwrap_key(&self, wrapped: &[u8]) -> Result<DataKey, SealError> {
        let set = self.read();
        let (number, sealed) = wrapped.split_first_chunk::<2>().ok_or(SealError::Broken)?;
        let wrapping = set
            .wrapping(u16::from_be_bytes(*number))
            .ok_or(SealError::UnknownKey)?;
        let opened = DataKey::new(*wrapping.secret()).open(number, sealed)?;
        let secret = opened.try_into().map_err(|_| SealError::Broken)?;
        Ok(DataKey::new(secret))
    }

    /// Between which bytes every key stands that is wrapped under the wrapping
    /// key in use: from the first on, before the second.
    pub fn wrapping_in_use(&self) -> [Vec<u8>; 2] {
        let active = self.read().active_wrapping().number();
        [active, active.saturating_add(1)].map(|number| number.to_be_bytes().to_vec())
    }

    /// Whether a wrapped key stands under an older wrapping key than the one in use.
    pub fn is_stale(&self, wrapped: &[u8]) -> bool {
        let active = self.read().active_wrapping().number().to_be_bytes();
        !wrapped.starts_with(&active)
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, KeySet> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

fn keyed(pepper: &file::Key, purpose: Purpose, data: &[u8]) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, pepper.secret());
    let mut context = hmac::Context::with_key(&key);
    context.update(purpose.label());
    context.update(data);
    [&pepper.number().to_be_bytes()[..], context.sign().as_ref()].concat()
}
