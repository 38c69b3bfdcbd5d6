//! The answers as they are written. What is not read here is ignored.

use serde::Deserialize;

use crate::text::lenient;

#[derive(Debug, Deserialize)]
pub(super) struct Wire {
    pub cons: Option<Body>,
    pub prod: Option<Body>,
    pub etat: Option<State>,
}

/// What the page says of itself.
#[derive(Debug, Deserialize)]
pub(super) struct State {
    pub valeur: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Body {
    #[serde(default)]
    pub aggregats: Aggregates,
    /// The first day that was answered.
    pub date_debut: Option<String>,
    /// The last one.
    pub date_fin: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Aggregates {
    pub heure: Option<Series>,
    pub jour: Option<Series>,
    pub mois: Option<Series>,
    pub annee: Option<Series>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Series {
    #[serde(default)]
    pub donnees: Vec<Datum>,
    pub unite: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Datum {
    pub date_debut: Option<String>,
    pub date_fin: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub valeur: Option<String>,
}
