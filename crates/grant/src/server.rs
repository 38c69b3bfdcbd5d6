//! The server's half: what a device code may do next, what a refresh token
//! that comes again means, and how codes and tokens are written.

pub mod error;
pub mod flow;
pub mod poll;
pub mod refresh;
pub mod token;
pub mod user_code;

pub use error::OAuthError;
pub use flow::{Failure, Flow, State, StateName, WrongState};
pub use poll::{PollAnswer, poll};
pub use refresh::{Chain, RefreshAnswer, refresh};
pub use token::{Malformed, Token, TokenKind};
pub use user_code::{UserCode, UserCodeError};
