//! Passwords, as argon2id hashes: what they cost on a Raspberry Pi, and how
//! many are looked at together.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{CustomizedPasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use service::Random;
use service::random::NoRandomness;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::visitor::Role;

/// The least memory, as the OWASP password storage cheat sheet has it for two
/// passes: 19 MiB. A Raspberry Pi 3 takes about a quarter of a second.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// A hash that wants more than this was not made for a small computer.
const MOST_MEMORY_KIB: u32 = 64 * 1024;
const MOST_PASSES: u32 = 10;

/// Characters of a new password, at least.
const SHORTEST: usize = 8;
/// Bytes of a password, at most.
const LONGEST: usize = 1024;

/// Visitors whose passwords may wait to be looked at.
const QUEUE: usize = 8;

/// The argon2id hash of a password, in the PHC form `$argon2id$v=19$…`.
#[derive(Clone)]
pub struct PasswordHash(Arc<SecretString>);

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

/// Why there is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Not `$argon2id$…`: perhaps the password itself.
    #[error("not an argon2id hash")]
    NotAHash,
    /// It would take too much memory or time.
    #[error("this hash needs more than 64 MiB or ten passes")]
    TooCostly,
    /// A password with fewer than eight characters.
    #[error("a password has at least eight characters")]
    TooShort,
    /// A password of more than 1024 bytes, or with control characters.
    #[error("a password has at most 1024 bytes, and no control characters")]
    TooLong,
    /// The system gives no randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl PasswordHash {
    /// Reads a hash.
    pub fn read(text: &str) -> Result<Self, PasswordError> {
        let text = text.trim();
        let hash = Phc::new(text).map_err(|_| PasswordError::NotAHash)?;
        let is_ours = hash.algorithm.as_str() == Algorithm::Argon2id.as_str();
        if !is_ours || hash.salt.is_none() || hash.hash.is_none() {
            return Err(PasswordError::NotAHash);
        }
        let params = Params::try_from(&hash).map_err(|_| PasswordError::NotAHash)?;
        if params.m_cost() > MOST_MEMORY_KIB || params.t_cost() > MOST_PASSES {
            return Err(PasswordError::TooCostly);
        }
        Ok(Self(Arc::new(text.to_owned().into())))
    }

    /// Hashes a new password.
    pub fn of(password: &str, random: &dyn Random) -> Result<Self, PasswordError> {
        let password = normal(password);
        if password.chars().count() < SHORTEST {
            return Err(PasswordError::TooShort);
        }
        if password.len() > LONGEST || password.chars().any(char::is_control) {
            return Err(PasswordError::TooLong);
        }
        let salt = random.bytes::<16>()?;
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None);
        let params = params.map_err(|_| PasswordError::TooCostly)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
        let hash: Phc = argon
            .hash_password_customized(password.as_bytes(), &salt, None, None, params)
            .map_err(|_| PasswordError::NotAHash)?;
        Ok(Self(Arc::new(hash.to_string().into())))
    }

    /// Whether it is the hash of that password. Takes a quarter of a second and
    /// 19 MiB.
    pub fn is_of(&self, password: &str) -> bool {
        let password = normal(password);
        let Ok(hash) = Phc::new(self.0.expose_secret()) else {
            return false;
        };
        password.len() <= LONGEST
            && PasswordVerifier::<Phc>::verify_password(
                &Argon2::default(),
                password.as_bytes(),
                &hash,
            )
            .is_ok()
    }

    /// The hash as it is kept in a file.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Keyboards write `é` in two ways.
fn normal(password: &str) -> String {
    password.nfc().collect()
}

/// Looks at one password at a time, on a thread of its own.
pub(super) struct Verifier {
    owner: Option<PasswordHash>,
    viewer: Option<PasswordHash>,
    queue: Semaphore,
    turn: Semaphore,
}

/// More passwords wait than can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crowded;

impl Verifier {
    pub(super) fn new(owner: Option<PasswordHash>, viewer: Option<PasswordHash>) -> Self {
        Self {
            owner,
            viewer,
            queue: Semaphore::new(QUEUE),
            turn: Semaphore::new(1),
        }
    }

    /// Whose password it is. Both are always looked at, so that the time it
    /// takes tells nothing.
    pub(super) async fn role(&self, password: String) -> Result<Option<Role>, Crowded> {
        let _place = self.queue.try_acquire().map_err(|_| Crowded)?;
        let _turn = self.turn.acquire().await.map_err(|_| Crowded)?;
        let (owner, viewer) = (self.owner.clone(), self.viewer.clone());
        let looked_at = tokio::task::spawn_blocking(move || {
            let is = |hash: Option<PasswordHash>| hash.is_some_and(|hash| hash.is_of(&password));
            (is(owner), is(viewer))
        });
        // A thread that could not be had, or that broke, has let nobody in.
        Ok(match looked_at.await {
            Ok((true, _)) => Some(Role::Owner),
            Ok((false, true)) => Some(Role::Viewer),
            Ok((false, false)) | Err(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use service::random::Seeded;

    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_however_it_is_typed() {
        let hash = PasswordHash::of("caf\u{e9} au lait", &Seeded::new(1)).unwrap();
        assert!(hash.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let hash = PasswordHash::read(&format!("{}\n", hash.expose())).unwrap();
        assert!(hash.is_of("cafe\u{301} au lait"));
        assert!(!hash.is_of("cafe au lait"));
        assert!(!hash.is_of(""));
        assert_eq!(format!("{hash:?}"), "PasswordHash(..)");
        let other = PasswordHash::of("caf\u{e9} au lait", &Seeded::new(2)).unwrap();
        assert_ne!(hash.expose(), other.expose(), "salted");
    }

    #[test]
    fn what_is_no_hash_of_ours_is_refused() {
        let read = |text: &str| PasswordHash::read(text).unwrap_err();
        let salted = "c29tZXNhbHRzb21lc2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";
        for foul in [
            "",
            "secret password",
            "$argon2id$",
            "$2b$12$abcdefghijklmnopqrstuu",
        ] {
            assert_eq!(read(foul), PasswordError::NotAHash, "{foul}");
        }
        let other = format!("$argon2i$v=19$m=19456,t=2,p=1${salted}");
        assert_eq!(read(&other), PasswordError::NotAHash);
        let costly = format!("$argon2id$v=19$m=4194304,t=2,p=1${salted}");
        assert_eq!(read(&costly), PasswordError::TooCostly);
        let slow = format!("$argon2id$v=19$m=19456,t=4000,p=1${salted}");
        assert_eq!(read(&slow), PasswordError::TooCostly);
    }

    #[test]
    fn a_new_password_has_a_length() {
        let of = |text: &str| PasswordHash::of(text, &Seeded::new(1)).unwrap_err();
        assert_eq!(of("1234567"), PasswordError::TooShort);
        assert_eq!(of(&"a".repeat(1025)), PasswordError::TooLong);
        assert_eq!(of("12345678\n"), PasswordError::TooLong);
    }

    #[tokio::test]
    async fn more_visitors_than_may_wait_are_sent_away() {
        let verifier = Verifier::new(None, None);
        let _others = verifier.queue.try_acquire_many(8).unwrap();
        assert_eq!(verifier.role("x".to_owned()).await, Err(Crowded));
    }
}
