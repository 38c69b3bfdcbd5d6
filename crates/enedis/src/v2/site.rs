//! `donnees_generales_auto` and `alimentation_auto`: the place and its connection.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text;
use crate::v2::contract::Amount;

/// The address of a usage point.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GeneralData {
    /// The address.
    pub address: Option<SiteAddress>,
}

/// The lines of an address, hidden from `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteAddress {
    /// Number and street.
    #[serde(deserialize_with = "text::lenient")]
    pub number_street_name: Option<String>,
    /// Postal code and town.
    #[serde(deserialize_with = "text::lenient")]
    pub postal_code_city: Option<String>,
    /// The commune's INSEE code.
    #[serde(deserialize_with = "text::lenient")]
    pub insee_code: Option<String>,
}

impl fmt::Debug for SiteAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SiteAddress").finish_non_exhaustive()
    }
}

/// The connection of a usage point.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Supply {
    /// The meter's serial number.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_number: Option<String>,
    /// `Alimenté`, `Coupé`…
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_state: Option<String>,
    /// `BT`, `HTA`…
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voltage_level: Option<String>,
    /// Number of phases.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase_count: Option<String>,
    /// Connection power of the consumption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumption_connection_power: Option<Amount>,
    /// Connection power of the production.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation_connection_power: Option<Amount>,
    /// Nominal voltage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nominal_service_voltage: Option<Amount>,
}
