//! What destinations refuse, in words.

use outputs::{DeliveryError, Trouble};

use super::{Exit, Failure, Words};

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self {
            exit: Exit::Source,
            words: Words::Trouble(trouble),
            hint: None,
        }
    }
}

impl From<DeliveryError> for Failure {
    fn from(error: DeliveryError) -> Self {
        match error {
            DeliveryError::Trouble(trouble) => trouble.into(),
            DeliveryError::Ledger(error) => error.into(),
        }
    }
}
