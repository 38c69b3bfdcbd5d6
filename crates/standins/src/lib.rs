//! What would Domoticz and Jeedom have answered? Stand-ins for tests, as
//! unhelpful as the real ones. Nothing that is shipped depends on this crate.

pub mod domoticz;
pub mod jeedom;
