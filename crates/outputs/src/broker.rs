//! A broker through which a destination may be reached.

use secrecy::SecretString;
use url::Url;

/// A broker to which a destination listens.
#[derive(Debug, Clone)]
pub struct Mqtt {
    /// `mqtt://host:1883`, or `mqtts://host:8883` where the destination takes it.
    pub url: Url,
    /// The broker's user.
    pub user: Option<String>,
    /// The user's password.
    pub password: Option<SecretString>,
    /// The topic on which the destination listens.
    pub topic: String,
}
