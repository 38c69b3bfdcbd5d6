//! Which door a path leads to.

use std::fmt;

use enedis::{Generation, generation};
use meter::{Direction, Kind, UsagePoint};
use serde::{Deserialize, Serialize};

/// What can be asked; the same name for both generations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// An application token.
    Token,
    /// A token's end.
    Revoke,
    /// The consent page.
    Authorize,
    /// The services of a consent (2026).
    SubscribedServices,
    /// Load curve drawn from the grid.
    ConsumptionCurve,
    /// Load curve fed into the grid.
    ProductionCurve,
    /// Energy drawn per day.
    ConsumptionDaily,
    /// Energy fed in per day.
    ProductionDaily,
    /// Highest power per day.
    ConsumptionMaximum,
    /// Registers of what was drawn (2026).
    ConsumptionIndex,
    /// Registers of what was fed in (2026).
    ProductionIndex,
    /// Contracts: `situation_contrat_auto` or `customers_upc`.
    Contract,
    /// The contract's dates: `synth_contrat_auto` (2026).
    Synthesis,
    /// The meter and its off-peak hours: `comptage_auto` (2026).
    Meter,
    /// Address: `donnees_generales_auto` or `customers_upa`.
    Address,
    /// The connection: `alimentation_auto` (2026).
    Supply,
    /// The holder's name (v5).
    Identity,
    /// The holder's telephone and mail (v5).
    Contact,
    /// A device code of a consent gateway.
    DeviceCode,
    /// The tokens of a consent gateway.
    DeviceToken,
    /// The pages of the customer portal before one is in.
    PortalDoor,
    /// The form in which one signs in there, and its answer.
    PortalSignIn,
    /// Who one is there: person and usage points.
    PortalPerson,
}

/// Where a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Route {
    pub resource: Resource,
    /// `None` for what both generations share.
    pub generation: Option<Generation>,
    /// The usage point that the path itself names.
    pub usage_point: Option<UsagePoint>,
}

impl Resource {
    /// The measure that a resource gives.
    pub fn measure(self) -> Option<(Kind, Direction)> {
        use Direction::{Consumption, Production};
        Some(match self {
            Self::ConsumptionCurve => (Kind::Curve, Consumption),
            Self::ProductionCurve => (Kind::Curve, Production),
            Self::ConsumptionDaily => (Kind::Daily, Consumption),
            Self::ProductionDaily => (Kind::Daily, Production),
            Self::ConsumptionMaximum => (Kind::Maximum, Consumption),
            Self::ConsumptionIndex => (Kind::Index, Consumption),
            Self::ProductionIndex => (Kind::Index, Production),
            _ => return None,
        })
    }

    fn of_measure(kind: Kind, direction: Direction) -> Option<Self> {
        MEASURES
            .into_iter()
            .find(|resource| resource.measure() == Some((kind, direction)))
    }
}

impl fmt::Display for Resource {
    /// The name used in the control interface.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

const MEASURES: [Resource; 7] = [
    Resource::ConsumptionCurve,
    Resource::ProductionCurve,
    Resource::ConsumptionDaily,
    Resource::ProductionDaily,
    Resource::ConsumptionMaximum,
    Resource::ConsumptionIndex,
    Resource::ProductionIndex,
];

/// Finds the door; `None` is the web firewall's page.
pub(crate) fn find(path: &str) -> Option<Route> {
    shared(path)
        .or_else(|| measure(path))
        .or_else(|| customer_v5(path))
        .or_else(|| contract_2026(path))
}

fn route(resource: Resource, generation: Option<Generation>) -> Route {
    Route {
        resource,
        generation,
        usage_point: None,
    }
}

fn shared(path: &str) -> Option<Route> {
    if path == generation::TOKEN_PATH {
        return Some(route(Resource::Token, None));
    }
    if path == "/oauth2/v3/revoke" {
        return Some(route(Resource::Revoke, None));
    }
    Generation::ALL
        .into_iter()
        .find(|generation| generation.authorize_path() == path)
        .map(|generation| route(Resource::Authorize, Some(generation)))
}

fn measure(path: &str) -> Option<Route> {
    for generation in Generation::ALL {
        for kind in Kind::ALL {
            for direction in Direction::ALL {
                if generation.measure_path(kind, direction) == Some(path) {
                    let resource = Resource::of_measure(kind, direction)?;
                    return Some(route(resource, Some(generation)));
                }
            }
        }
    }
    None
}

fn customer_v5(path: &str) -> Option<Route> {
    let resource = match path {
        generation::CONTRACTS_PATH => Resource::Contract,
        generation::ADDRESSES_PATH => Resource::Address,
        generation::IDENTITY_PATH => Resource::Identity,
        generation::CONTACT_PATH => Resource::Contact,
        _ => return None,
    };
    Some(route(resource, Some(Generation::V5)))
}

/// The 2026 contract resources name the usage point in the path; anywhere else
/// it is a malformed call, which the answer says with a 500.
fn contract_2026(path: &str) -> Option<Route> {
    if path == generation::SUBSCRIBED_SERVICES_PATH {
        return Some(route(Resource::SubscribedServices, Some(Generation::V2026)));
    }
    let doors = [
        (generation::SITUATION_PATH, Resource::Contract),
        (generation::SYNTHESIS_PATH, Resource::Synthesis),
        (generation::METER_PATH, Resource::Meter),
        (generation::GENERAL_PATH, Resource::Address),
        (generation::SUPPLY_PATH, Resource::Supply),
    ];
    doors.into_iter().find_map(|(prefix, resource)| {
        let rest = path.strip_prefix(prefix)?;
        let id = match rest {
            "" => "",
            _ => rest.strip_prefix('/')?,
        };
        Some(Route {
            usage_point: id.parse().ok(),
            ..route(resource, Some(Generation::V2026))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_of_both_generations_has_a_door() {
        for generation in Generation::ALL {
            for resource in MEASURES {
                let (kind, direction) = resource.measure().unwrap();
                let Some(path) = generation.measure_path(kind, direction) else {
                    continue;
                };
                assert_eq!(find(path), Some(route(resource, Some(generation))));
            }
        }
    }

    #[test]
    fn contract_resources_take_the_usage_point_from_the_path() {
        let found = find("/situation_contrat_auto/v1/22516914714270").unwrap();
        assert_eq!(found.resource, Resource::Contract);
        assert_eq!(found.usage_point.unwrap().to_string(), "22516914714270");
        assert_eq!(find("/comptage_auto/v1/12").unwrap().usage_point, None);
        assert_eq!(find("/comptage_auto/v1x/22516914714270"), None);
    }

    #[test]
    fn invented_paths_have_no_door() {
        for path in [
            "/",
            "/customers_v5/x",
            "/oauth2/v3/authorize",
            "/metering_data_clc/v4/x",
        ] {
            assert_eq!(find(path), None, "{path}");
        }
    }

    #[test]
    fn resources_are_named_in_snake_case() {
        assert_eq!(Resource::ConsumptionCurve.to_string(), "consumption_curve");
    }
}
