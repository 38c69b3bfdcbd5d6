//! `/mesure_synchrone_auto/v2`: curve, daily energy and daily maximum.

use jiff::civil::Date;
use meter::{Direction, UsagePoint};
use serde::{Deserialize, Serialize};

use crate::malformed::Malformed;
use crate::point::RawPoint;
use crate::series::{Answer, Quantity, Series, direction};
use crate::text::{self, PointId};

#[derive(Deserialize)]
struct Measure {
    #[serde(rename = "idPrm", default)]
    prm: PointId,
    #[serde(default)]
    grandeur: Option<Vec<Measured>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Measured {
    #[serde(default, deserialize_with = "text::lenient")]
    grandeur_metier: Option<String>,
    #[serde(default, deserialize_with = "text::lenient")]
    grandeur_physique: Option<String>,
    #[serde(default, deserialize_with = "text::lenient")]
    unite: Option<String>,
    #[serde(default)]
    points: Option<Vec<RawPoint>>,
}

pub(crate) fn answer(body: &[u8]) -> Result<Answer, Malformed> {
    let measure: Measure = text::parse(body)?;
    if measure.grandeur.is_none() && measure.prm.is_absent() {
        return Err(Malformed::Missing { field: "grandeur" });
    }
    let grandeurs = measure.grandeur.unwrap_or_default();
    Ok(Answer {
        usage_point: measure.prm.get("idPrm")?,
        series: grandeurs.into_iter().enumerate().map(series).collect(),
    })
}

fn series((index, grandeur): (usize, Measured)) -> Series {
    Series {
        path: format!("grandeur[{index}].points"),
        direction: grandeur.grandeur_metier.as_deref().and_then(direction),
        quantity: grandeur
            .grandeur_physique
            .as_deref()
            .map(Quantity::from_code),
        unit: grandeur.unite,
        points: grandeur.points.unwrap_or_default(),
    }
}

/// An answer about measures, as it is written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MeasureOut<P> {
    pub id_prm: UsagePoint,
    pub etape_metier: &'static str,
    pub periode: Period,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_valeur: Option<&'static str>,
    pub mode_calcul: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pas: Option<&'static str>,
    pub grandeur: Vec<GrandeurOut<P>>,
    pub contexte: [(); 0],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Period {
    pub date_debut: Date,
    pub date_fin: Date,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GrandeurOut<P> {
    pub grandeur_metier: &'static str,
    pub grandeur_physique: &'static str,
    pub unite: &'static str,
    pub points: Vec<P>,
    pub calendrier: [(); 0],
}

impl<P> GrandeurOut<P> {
    pub(crate) fn new(
        direction: Direction,
        grandeur_physique: &'static str,
        unite: &'static str,
        points: Vec<P>,
    ) -> Self {
        Self {
            grandeur_metier: metier(direction),
            grandeur_physique,
            unite,
            points,
            calendrier: [],
        }
    }
}

/// `CONS` or `PROD`.
pub(crate) fn metier(direction: Direction) -> &'static str {
    match direction {
        Direction::Consumption => "CONS",
        Direction::Production => "PROD",
    }
}
