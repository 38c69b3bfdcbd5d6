//! Domoticz, from outside: everything that its plugin showed, exactly.
//!
//! [`model`] says what each device must hold, [`push`] sends what differs and
//! reads it back, [`device`] and [`setup`] make and adopt devices. All of it goes
//! through [`api`], which tells apart every way of being refused.

mod adopt;
mod api;
mod device;
mod login;
mod model;
mod mqtt;
mod problem;
mod push;
mod readback;
mod rows;
mod session;
mod settings;
mod setup;
mod side;
mod target;
mod tile;
mod verify;
mod waiting;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::SignedDuration;
use service::SharedHttp;
use service::clock::BoxFuture;
use service::http::{Client, ClientOptions};

use crate::destination::{Context, Delivered, DeliveryError, Destination, Mode, Verified};
use crate::trouble::Trouble;

pub use adopt::{Adopted, Proposal};
pub use problem::Problem;
pub use settings::{Device, Figure, Login, MainValue, Mqtt, OtherValue, Period, Settings};
pub use setup::{Made, Removed};
pub use verify::Costs;

/// A Domoticz under the name that people gave it.
pub struct Domoticz {
    name: String,
    settings: Settings,
    http: SharedHttp,
    /// Minutes after which its tiles turn red, as it last said.
    timeout: AtomicI64,
}

impl Domoticz {
    /// A Domoticz that is not asked anything yet.
    pub fn new(name: String, settings: Settings) -> Result<Self, Trouble> {
        let http = Client::new(&ClientOptions::default());
        let http = http.map_err(|error| Trouble::from(Problem::from(error)))?;
        Ok(Self::with_http(name, settings, Arc::new(http)))
    }

    /// The same through a given client.
    pub fn with_http(name: String, settings: Settings, http: SharedHttp) -> Self {
        Self {
            name,
            settings,
            http,
            timeout: AtomicI64::new(60),
        }
    }
}

impl Destination for Domoticz {
    fn name(&self) -> &str {
        &self.name
    }

    fn kind(&self) -> &'static str {
        "domoticz"
    }

    /// A tile is told again twice before Domoticz would have it red.
    fn rhythm(&self) -> SignedDuration {
        let minutes = self.timeout.load(Ordering::Relaxed) / 4;
        SignedDuration::from_mins(minutes.clamp(1, 15))
    }

    fn push<'a>(
        &'a self,
        context: &'a Context,
        mode: Mode,
    ) -> BoxFuture<'a, Result<Delivered, DeliveryError>> {
        Box::pin(push::push(self, context, mode))
    }

    fn verify<'a>(
        &'a self,
        context: &'a Context,
    ) -> BoxFuture<'a, Result<Verified, DeliveryError>> {
        Box::pin(verify::verify(self, context))
    }
}
