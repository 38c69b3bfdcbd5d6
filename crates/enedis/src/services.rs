//! The services of a consent: which usage points, which way, until when.

use jiff::civil::Date;
use meter::{Direction, UsagePoint};
use serde::{Deserialize, Serialize};

use crate::malformed::Malformed;
use crate::stamp;
use crate::v2::services::{Service, ServicesAnswer};

/// The services of a consent. Empty for some seconds after the consent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SubscribedServices {
    /// The services that name a usage point.
    pub services: Vec<SubscribedService>,
}

/// One service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscribedService {
    /// The usage point.
    pub usage_point: UsagePoint,
    /// What it is about; both for some.
    pub directions: Vec<Direction>,
    /// First day.
    pub start: Option<Date>,
    /// Last day: the end of the consent.
    pub end: Option<Date>,
    /// Where it stands.
    pub state: ServiceState,
    /// `CDC`, `IDX`, `PMAX`, `ENERGIE`, `ITC`.
    pub measure: Option<String>,
    /// `ACCES`, `CCDC`, `TRANSREC`, `OPPENR`.
    #[serde(default)]
    pub code: Option<String>,
    /// The consent that it comes from.
    #[serde(default)]
    pub consent: Option<u64>,
    /// Whether that consent was given expressly (`EXPLICITE`).
    #[serde(default)]
    pub explicit: bool,
}

/// Where a service stands (`etatCode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ServiceState {
    /// `DEMANDE`: not open yet.
    Requested,
    /// `ACTIF`.
    Active,
    /// `TERMINE`: over, or revoked.
    Ended,
    /// `SUPPRIME`.
    Removed,
    /// A state we have never seen.
    Unknown,
}

impl SubscribedServices {
    pub(crate) fn from_wire(wire: &ServicesAnswer) -> Result<Self, Malformed> {
        if wire.nb_total_services.is_none() && wire.service_souscrit.is_none() {
            return Err(Malformed::Missing {
                field: "nbTotalServices",
            });
        }
        let services = wire.service_souscrit.iter().flatten();
        let services: Result<Vec<_>, _> = services.filter_map(service).collect();
        Ok(Self {
            services: services?,
        })
    }

    /// The usage points with an active service, each once.
    pub fn active_points(&self) -> Vec<UsagePoint> {
        let active = self.services.iter();
        let active = active.filter(|service| service.state == ServiceState::Active);
        let mut points: Vec<_> = active.map(|service| service.usage_point).collect();
        points.sort_unstable();
        points.dedup();
        points
    }
}

fn service(wire: &Service) -> Option<Result<SubscribedService, Malformed>> {
    let text = wire.point_id.as_deref()?;
    let Ok(usage_point) = text.parse() else {
        return Some(Err(Malformed::UsagePoint {
            field: "serviceSouscrit.pointId",
        }));
    };
    let day = |text: &Option<String>| text.as_deref().and_then(stamp::contract_day);
    let consent = wire.autorisation.as_ref();
    let directions = [
        (wire.soutirage, Direction::Consumption),
        (wire.injection, Direction::Production),
    ];
    Some(Ok(SubscribedService {
        usage_point,
        directions: directions
            .into_iter()
            .filter_map(|(flag, direction)| (flag == Some(true)).then_some(direction))
            .collect(),
        start: day(&wire.date_debut),
        end: day(&wire.date_fin),
        state: state(wire.etat_code.as_deref().unwrap_or_default()),
        measure: wire.mesures_type_code.clone(),
        code: wire.service_code.clone(),
        consent: consent.and_then(|consent| consent.autorisation_id),
        explicit: consent
            .and_then(|consent| consent.autorisation_type.as_deref())
            .is_some_and(|kind| kind.eq_ignore_ascii_case("EXPLICITE")),
    }))
}

fn state(code: &str) -> ServiceState {
    match code.to_ascii_uppercase().as_str() {
        "DEMANDE" => ServiceState::Requested,
        "ACTIF" => ServiceState::Active,
        "TERMINE" => ServiceState::Ended,
        "SUPPRIME" => ServiceState::Removed,
        _ => ServiceState::Unknown,
    }
}
