//! Domoticz, from outside: everything that its plugin showed, exactly.

mod settings;

use service::clock::BoxFuture;

use crate::destination::{Context, Delivered, DeliveryError, Destination, Mode, Verified};
use crate::trouble::Trouble;

pub use settings::{Device, Figure, Login, MainValue, Mqtt, OtherValue, Period, Settings};

/// A Domoticz under the name that people gave it.
#[derive(Debug)]
pub struct Domoticz {
    name: String,
    #[expect(dead_code, reason = "the pushing comes with the next commit")]
    settings: Settings,
}

impl Domoticz {
    /// A Domoticz that is not asked anything yet.
    pub fn new(name: String, settings: Settings) -> Result<Self, Trouble> {
        Ok(Self { name, settings })
    }
}

impl Destination for Domoticz {
    fn name(&self) -> &str {
        &self.name
    }

    fn kind(&self) -> &'static str {
        "domoticz"
    }

    fn push<'a>(
        &'a self,
        _context: &'a Context,
        _mode: Mode,
    ) -> BoxFuture<'a, Result<Delivered, DeliveryError>> {
        Box::pin(async { Ok(Delivered::default()) })
    }

    fn verify<'a>(
        &'a self,
        _context: &'a Context,
    ) -> BoxFuture<'a, Result<Verified, DeliveryError>> {
        Box::pin(async { Ok(Verified::default()) })
    }
}
