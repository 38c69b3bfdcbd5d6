//! Randomness as a parameter, so that a test knows which code comes next.

use grant::server::{Token, TokenKind, UserCode};

pub use service::random::{NoRandomness, Random, Seeded, SharedRandom, SystemRandomness};

/// Drawing what a consent is made of.
pub trait Draw {
    /// A fresh token.
    fn token(&self, kind: TokenKind) -> Result<Token, NoRandomness>;
    /// A fresh user code.
    fn user_code(&self) -> Result<UserCode, NoRandomness>;
}

impl Draw for dyn Random + '_ {
    fn token(&self, kind: TokenKind) -> Result<Token, NoRandomness> {
        Ok(Token::new(kind, self.bytes()?))
    }

    fn user_code(&self) -> Result<UserCode, NoRandomness> {
        // Eight letters take nine bytes or so; 64 run out once in 10^60.
        let mut pool = self.bytes::<64>()?.into_iter();
        Ok(UserCode::draw(|| pool.next().unwrap_or_default()))
    }
}
