//! The two generations of the API and where each keeps what.

use meter::{Direction, Kind};
use serde::{Deserialize, Serialize};

/// A generation of the Data Connect API (reference, section 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Generation {
    /// `/metering_data_…/v5`, from September 2023 to autumn 2026.
    #[serde(rename = "v5")]
    V5,
    /// `/mesure_synchrone_auto/v2` and the contract APIs, since 28 September 2026.
    #[default]
    #[serde(rename = "2026")]
    V2026,
}

/// Where the application token is issued; the same for both generations.
pub const TOKEN_PATH: &str = "/oauth2/v3/token";

/// The 2026 resource that lists the services of a consent.
pub const SUBSCRIBED_SERVICES_PATH: &str = "/subscribed_services/v1";
/// The 2026 resource of the contracts; the usage point follows as a path segment.
pub const SITUATION_PATH: &str = "/situation_contrat_auto/v1";
/// The 2026 resource of the contract's dates; the usage point follows as a path segment.
pub const SYNTHESIS_PATH: &str = "/synth_contrat_auto/v1";
/// The 2026 resource of the meter's programme; the usage point follows as a path segment.
pub const METER_PATH: &str = "/comptage_auto/v1";
/// The 2026 resource of the address; the usage point follows as a path segment.
pub const GENERAL_PATH: &str = "/donnees_generales_auto/v1";
/// The 2026 resource of the connection; the usage point follows as a path segment.
pub const SUPPLY_PATH: &str = "/alimentation_auto/v1";

/// The v5 resource of the contracts.
pub const CONTRACTS_PATH: &str = "/customers_upc/v5/usage_points/contracts";
/// The v5 resource of the addresses.
pub const ADDRESSES_PATH: &str = "/customers_upa/v5/usage_points/addresses";
/// The v5 resource of the holder's identity.
pub const IDENTITY_PATH: &str = "/customers_i/v5/identity";
/// The v5 resource of the holder's contact data.
pub const CONTACT_PATH: &str = "/customers_cd/v5/contact_data";

impl Generation {
    /// Both, the current one first.
    pub const ALL: [Self; 2] = [Self::V2026, Self::V5];

    /// The name used in settings and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V5 => "v5",
            Self::V2026 => "2026",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::V5 => Self::V2026,
            Self::V2026 => Self::V5,
        }
    }

    /// The path of a measure, when this generation has it: v5 has no registers,
    /// and neither has a production maximum.
    pub fn measure_path(self, kind: Kind, direction: Direction) -> Option<&'static str> {
        match self {
            Self::V2026 => measure_path_2026(kind, direction),
            Self::V5 => measure_path_v5(kind, direction),
        }
    }

    /// The path of the consent page.
    pub fn authorize_path(self) -> &'static str {
        match self {
            Self::V5 => "/dataconnect/v1/oauth2/authorize",
            Self::V2026 => "/dataconnect/v2/oauth2/authorize",
        }
    }

    /// The query names of usage point, first day and day after the last.
    pub fn query_names(self) -> [&'static str; 3] {
        match self {
            Self::V5 => ["usage_point_id", "start", "end"],
            Self::V2026 => ["pointId", "dateDebut", "dateFin"],
        }
    }
}

impl std::fmt::Display for Generation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

fn measure_path_2026(kind: Kind, direction: Direction) -> Option<&'static str> {
    use Direction::{Consumption, Production};
    Some(match (kind, direction) {
        (Kind::Curve, Consumption) => "/mesure_synchrone_auto/v2/courbe_de_charge_consommation",
        (Kind::Curve, Production) => "/mesure_synchrone_auto/v2/courbe_de_charge_production",
        (Kind::Daily, Consumption) => "/mesure_synchrone_auto/v2/consommation_quotidienne",
        (Kind::Daily, Production) => "/mesure_synchrone_auto/v2/production_quotidienne",
        (Kind::Maximum, Consumption) => "/mesure_synchrone_auto/v2/puissance_conso_max_quotidienne",
        (Kind::Index, Consumption) => "/mesure_synchrone_auto/v2/index_consommation",
        (Kind::Index, Production) => "/mesure_synchrone_auto/v2/index_production",
        (Kind::Maximum, Production) => return None,
    })
}

fn measure_path_v5(kind: Kind, direction: Direction) -> Option<&'static str> {
    use Direction::{Consumption, Production};
    Some(match (kind, direction) {
        (Kind::Curve, Consumption) => "/metering_data_clc/v5/consumption_load_curve",
        (Kind::Curve, Production) => "/metering_data_plc/v5/production_load_curve",
        (Kind::Daily, Consumption) => "/metering_data_dc/v5/daily_consumption",
        (Kind::Daily, Production) => "/metering_data_dp/v5/daily_production",
        (Kind::Maximum, Consumption) => "/metering_data_dcmp/v5/daily_consumption_max_power",
        (Kind::Maximum, Production) | (Kind::Index, _) => return None,
    })
}
