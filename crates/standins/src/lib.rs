//! What would Domoticz, Jeedom and Home Assistant have answered? Stand-ins for tests, as
//! unhelpful as the real ones. Nothing that is shipped depends on this crate.

pub mod domoticz;
pub mod ingress;
pub mod jeedom;
