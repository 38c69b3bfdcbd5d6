//! Register readings, written as the API's description has them.

use std::collections::BTreeMap;

use meter::UsagePoint;
use serde::Serialize;

use crate::encode::{IndexWire, period};
use crate::v2::measure::{Period, metier};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IndexOut<'a> {
    id_prm: UsagePoint,
    periode: Period,
    grandeur: [(); 0],
    contexte: [ContextOut<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ContextOut<'a> {
    etape_metier: &'static str,
    contexte_releve: &'static str,
    type_releve: &'static str,
    grandeur: [IndexGrandeurOut<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IndexGrandeurOut<'a> {
    grandeur_metier: &'static str,
    grandeur_physique: &'static str,
    unite: &'static str,
    points: [(); 0],
    calendrier: Vec<CalendarOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cadran_totalisateur: Option<DialOut<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CalendarOut<'a> {
    id_calendrier: &'a str,
    libelle_calendrier: &'a str,
    classe_temporelle: Vec<DialOut<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DialOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id_classe_temporelle: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    libelle_classe_temporelle: Option<&'a str>,
    code_cadran: String,
    valeur: Vec<ValueOut>,
}

#[derive(Serialize)]
struct ValueOut {
    d: String,
    v: u64,
    iv: u8,
}

pub(crate) fn index_out<'a>(wire: &IndexWire<'a>) -> IndexOut<'a> {
    let mut total = Vec::new();
    let mut calendars: BTreeMap<&str, BTreeMap<&str, Vec<ValueOut>>> = BTreeMap::new();
    for register in wire.registers {
        let value = ValueOut {
            d: crate::stamp::spaced(register.day.at(0, 0, 0, 0)).to_string(),
            v: register.watt_hours,
            iv: 0,
        };
        if register.class.is_empty() {
            total.push(value);
        } else {
            let classes = calendars.entry(&register.calendar).or_default();
            classes.entry(&register.class).or_default().push(value);
        }
    }
    let grandeur = IndexGrandeurOut {
        grandeur_metier: metier(wire.direction),
        grandeur_physique: "EA",
        unite: "Wh",
        points: [],
        calendrier: calendars.into_iter().map(calendar_out).collect(),
        cadran_totalisateur: (!total.is_empty()).then(|| DialOut {
            id_classe_temporelle: None,
            libelle_classe_temporelle: None,
            code_cadran: "EAT".to_owned(),
            valeur: total,
        }),
    };
    IndexOut {
        id_prm: wire.prm,
        periode: period(wire.from, wire.to),
        grandeur: [],
        contexte: [ContextOut {
            etape_metier: "BRUT",
            contexte_releve: "COL",
            type_releve: "AQ",
            grandeur: [grandeur],
        }],
    }
}

fn calendar_out<'a>((id, classes): (&'a str, BTreeMap<&'a str, Vec<ValueOut>>)) -> CalendarOut<'a> {
    let dials = classes
        .into_iter()
        .enumerate()
        .map(|(n, (class, valeur))| DialOut {
            id_classe_temporelle: Some(class),
            libelle_classe_temporelle: Some(class),
            code_cadran: format!("EAF{}", n + 1),
            valeur,
        });
    CalendarOut {
        id_calendrier: id,
        libelle_calendrier: id,
        classe_temporelle: dials.collect(),
    }
}
