//! The key file: JSON, its owner's alone, written whole.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::random::{NoRandomness, Random};

/// All keys, the newest last.
#[derive(Clone, Serialize, Deserialize)]
pub struct KeySet {
    peppers: Vec<Key>,
    wrapping: Vec<Key>,
}

/// A key and its number.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Key {
    number: u16,
    #[serde(with = "encoded")]
    secret: [u8; 32],
}

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file cannot be read or written.
    #[error("the key file: {0}")]
    Io(#[from] std::io::Error),
    /// It is not a key file.
    #[error("the key file holds no keys")]
    Malformed,
    /// Anybody on the machine may read or change it.
    #[error("anybody may read the key file")]
    Open,
    /// There are no random bytes for new keys.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl Key {
    pub(super) fn number(&self) -> u16 {
        self.number
    }

    pub(super) fn secret(&self) -> &[u8; 32] {
        &self.secret
    }
}

impl KeySet {
    /// One pepper and one wrapping key.
    pub fn fresh(random: &dyn Random) -> Result<Self, NoRandomness> {
        let key = || {
            Ok(Key {
                number: 1,
                secret: random.bytes()?,
            })
        };
        Ok(Self {
            peppers: vec![key()?],
            wrapping: vec![key()?],
        })
    }

    /// The same keys with a new one of each kind in use; older ones still open
    /// and compare what they made.
    pub fn rotated(&self, random: &dyn Random) -> Result<Self, NoRandomness> {
        let mut set = self.clone();
        for keys in [&mut set.peppers, &mut set.wrapping] {
            let number = keys.last().map_or(1, |key| key.number.saturating_add(1));
            keys.push(Key {
                number,
                secret: random.bytes()?,
            });
        }
        Ok(set)
    }

    /// Reads the file; one that anybody may read is refused.
    pub fn read(path: &Path) -> Result<Self, KeyFileError> {
        let mut file = File::open(path)?;
        if file.metadata()?.permissions().mode() & 0o006 != 0 {
            return Err(KeyFileError::Open);
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let set: Self = serde_json::from_slice(&bytes).map_err(|_| KeyFileError::Malformed)?;
        if set.peppers.is_empty() || set.wrapping.is_empty() {
            return Err(KeyFileError::Malformed);
        }
        Ok(set)
    }

    /// Reads the file, or makes it with fresh keys where there is none.
    pub fn read_or_make(path: &Path, random: &dyn Random) -> Result<Self, KeyFileError> {
        match Self::read(path) {
            Err(KeyFileError::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                let set = Self::fresh(random)?;
                match service::files::create_private(path, &set.to_bytes()) {
                    // Another node was faster.
                    Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                        Self::read(path)
                    }
                    written => written.map(|()| set).map_err(KeyFileError::Io),
                }
            }
            read => read,
        }
    }

    /// Writes the file, `0600`, whole or not at all.
    pub fn write(&self, path: &Path) -> Result<(), KeyFileError> {
        Ok(service::files::write_private(path, &self.to_bytes())?)
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        text
    }

    pub(super) fn peppers_active_first(&self) -> impl Iterator<Item = &Key> {
        self.peppers.iter().rev()
    }

    pub(super) fn active_pepper(&self) -> &Key {
        newest(&self.peppers)
    }

    pub(super) fn active_wrapping(&self) -> &Key {
        newest(&self.wrapping)
    }

    pub(super) fn pepper(&self, number: u16) -> Option<&Key> {
        self.peppers.iter().find(|key| key.number == number)
    }

    pub(super) fn wrapping(&self, number: u16) -> Option<&Key> {
        self.wrapping.iter().find(|key| key.number == number)
    }
}

/// A set is never empty: [`KeySet::read`] and [`KeySet::fresh`] see to it.
fn newest(keys: &[Key]) -> &Key {
    &keys[keys.len() - 1]
}

mod encoded {
    use serde::de::Error;
    use serde::{Deserializer, Serializer};

    use super::{Deserialize, Engine, STANDARD};

    pub(super) fn serialize<S: Serializer>(secret: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(secret))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(from)?;
        let bytes = STANDARD
            .decode(text)
            .map_err(|_| D::Error::custom("not base64"))?;
        bytes
            .try_into()
            .map_err(|_| D::Error::custom("not 32 bytes"))
    }
}
