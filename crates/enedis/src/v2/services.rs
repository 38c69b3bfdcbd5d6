//! `subscribed_services/v1`: from a consent to its usage points.

use serde::{Deserialize, Serialize};

use crate::text;

/// What is asked: the services of one consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicesQuery {
    /// The number that the consent page's callback brought.
    pub autorisation_id: u64,
    /// Whether only the number of services is wanted.
    pub comptage: bool,
    /// Which states are wanted: `ACTIF`, `DEMANDE`…
    #[serde(default)]
    pub etat_code: Vec<String>,
    /// Which services are wanted: `ACCES`.
    #[serde(default)]
    pub service_type: Option<String>,
}

impl ServicesQuery {
    /// The question for the live services of a consent.
    pub fn of_consent(autorisation_id: u64) -> Self {
        Self {
            autorisation_id,
            comptage: false,
            etat_code: vec!["ACTIF".to_owned(), "DEMANDE".to_owned()],
            service_type: Some("ACCES".to_owned()),
        }
    }
}

/// The answer; the list is absent while there is none.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServicesAnswer {
    /// How many services there are in all.
    pub nb_total_services: Option<u64>,
    /// The services.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_souscrit: Option<Vec<Service>>,
}

/// One service.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Service {
    /// Its number.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// About production.
    pub injection: Option<bool>,
    /// About consumption.
    pub soutirage: Option<bool>,
    /// `ACCES`, `CCDC`, `TRANSREC`, `OPPENR`.
    #[serde(deserialize_with = "text::lenient")]
    pub service_code: Option<String>,
    /// First day.
    #[serde(deserialize_with = "text::lenient")]
    pub date_debut: Option<String>,
    /// Last day of the consent.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_fin: Option<String>,
    /// `DEMANDE`, `ACTIF`, `TERMINE`, `SUPPRIME`.
    #[serde(deserialize_with = "text::lenient")]
    pub etat_code: Option<String>,
    /// The state in French.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etat_libelle: Option<String>,
    /// The usage point.
    #[serde(deserialize_with = "text::lenient")]
    pub point_id: Option<String>,
    /// `CDC`, `IDX`, `PMAX`, `ENERGIE`, `ITC`.
    #[serde(deserialize_with = "text::lenient")]
    pub mesures_type_code: Option<String>,
    /// `PT30M`, `P1D`, `NA`…
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mesures_pas: Option<String>,
    /// The consent it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autorisation: Option<Consent>,
}

/// The consent of a service.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Consent {
    /// The number that the callback brought.
    pub autorisation_id: Option<u64>,
    /// `EXPLICITE`, `INDUITE`, `IMPLICITE`.
    #[serde(deserialize_with = "text::lenient")]
    pub autorisation_type: Option<String>,
}
