//! What a simulator is told when it starts.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use service::SharedClock;

use crate::customers::{self, Customer};
use crate::profile::Profile;

/// Which generations answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// v5 alone, as until September 2026.
    V5,
    /// 2026 alone, as if v5 had never been.
    V2026,
    /// Both, as during the overlap.
    Both,
    /// 2026, and pages that say that v5 is gone.
    V5Gone,
}

/// How the repeated autumn hour is stamped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AutumnStyle {
    /// Every stamp twice, in order.
    InOrder,
    /// The second of two equal stamps is left out.
    Dropped,
    /// The stamps of the first repeated hour are an hour late.
    Mislabelled,
}

/// What a simulator is told when it starts. Change single fields of
/// [`Options::new`].
#[derive(Clone)]
pub struct Options {
    /// Decides every household, delay and hole.
    pub seed: u64,
    /// Which generations answer.
    pub mode: Mode,
    /// The time; usually a `VirtualClock` that the client under test shares.
    pub clock: SharedClock,
    /// How the repeated autumn hour is stamped.
    pub autumn: AutumnStyle,
    /// Who may be asked for consent.
    pub customers: Vec<Customer>,
    /// Their usage points.
    pub profiles: Vec<Profile>,
    /// Whether calls are counted and refused.
    pub pacing_and_quotas: bool,
    /// The application's identifier.
    pub client_id: String,
    /// The application's secret.
    pub client_secret: String,
    /// Where the consent page may return to, besides loopback addresses.
    pub redirect_urls: Vec<String>,
    /// Whether `expires_in` is written as a text.
    pub expires_in_as_text: bool,
    /// Whether the application has subscribed to `comptage_auto`.
    pub meter_api: bool,
    /// How long the services of a new consent stay empty.
    pub services_delay: SignedDuration,
}

impl Options {
    /// Everyone, both generations, quotas on, seed 1.
    pub fn new(clock: SharedClock) -> Self {
        let (customers, profiles) = customers::built_in();
        Self {
            seed: 1,
            mode: Mode::Both,
            clock,
            autumn: AutumnStyle::InOrder,
            customers,
            profiles,
            pacing_and_quotas: true,
            client_id: "releve-simulated".to_owned(),
            client_secret: "not-a-secret".to_owned(),
            redirect_urls: Vec::new(),
            expires_in_as_text: false,
            meter_api: true,
            services_delay: SignedDuration::from_secs(5),
        }
    }
}
