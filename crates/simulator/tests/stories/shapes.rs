//! Our answers have the keys and types of the real ones.

use std::path::Path;

use jiff::civil::date;
use meter::{Direction, Kind};
use serde_json::{Map, Value};
use simulator::customers::{DEMO_HOME, DEMO_SECOND, DIFFICULT};

use crate::support::{Client, v5, v2026};

/// Keys and types; of a list, the shape of its first element.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let shapes: Map<_, _> = map.iter().map(|(k, v)| (k.clone(), shape(v))).collect();
            Value::Object(shapes)
        }
        Value::Array(list) => Value::Array(list.first().map(shape).into_iter().collect()),
        Value::String(_) => "text".into(),
        Value::Number(_) => "number".into(),
        Value::Bool(_) => "bool".into(),
        Value::Null => Value::Null,
    }
}

fn sample(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../testdata/enedis")
        .join(name);
    let text = std::fs::read_to_string(&path).expect("a sample");
    serde_json::from_str(&text).expect("JSON")
}

#[tokio::test]
async fn measures_have_the_shape_of_the_real_ones() {
    let client = Client::new().await;
    let (from, to) = (date(2026, 11, 18), date(2026, 11, 20));
    let new = |kind| v2026(DEMO_HOME, Direction::Consumption, kind, from, to);
    let old = |kind| v5(DEMO_HOME, Direction::Consumption, kind, from, to);
    for (path, name) in [
        (
            new(Kind::Curve),
            "v2-2026/med_courbe_de_charge_consommation.json",
        ),
        (
            new(Kind::Daily),
            "v2-2026/med_consommation_quotidienne.json",
        ),
        (
            new(Kind::Maximum),
            "v2-2026/med_puissance_conso_max_quotidienne.json",
        ),
        (
            old(Kind::Curve),
            "v5/eddie_consumption_load_curve_2024-02-26_to_2024-02-27.json",
        ),
        (old(Kind::Daily), "v5/saniho_daily_2021_full_year.json"),
        (old(Kind::Maximum), "v5/saniho_max_power_1day.json"),
    ] {
        let ours = client.get(&path).await.json();
        assert_eq!(shape(&ours), shape(&sample(name)), "{name}");
    }
}

#[tokio::test]
async fn three_phases_come_as_further_quantities() {
    let client = Client::new().await;
    let (from, to) = (date(2026, 11, 1), date(2026, 11, 10));
    let path = v2026(DIFFICULT, Direction::Consumption, Kind::Maximum, from, to);
    let ours = client.get(&path).await.json();
    let theirs = sample("v2-2026/esthesis_pmax_tout_triphase.json");
    assert_eq!(shape(&ours), shape(&theirs));
    let names = |value: &Value| {
        let list = value["grandeur"].as_array().expect("a list").clone();
        let name = |g: &Value| g["grandeurPhysique"].clone();
        list.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(names(&ours), names(&theirs));
    let only = path.replace("TOUT", "PMA");
    assert_eq!(names(&client.get(&only).await.json()), ["PMA"]);
}

#[tokio::test]
async fn contracts_have_the_shape_of_the_real_ones() {
    let client = Client::new().await;
    let own = client
        .get(&format!("/situation_contrat_auto/v1/{DEMO_HOME}"))
        .await
        .json();
    let theirs = sample("v2-2026/med_situation_contrat_autoconsommation.json");
    for contract in 0..2 {
        assert_eq!(
            shape(&own[contract]),
            shape(&theirs[contract]),
            "contract {contract}"
        );
    }
    let consumer = DEMO_SECOND;
    for (path, name) in [
        (
            format!("/synth_contrat_auto/v1/{consumer}"),
            "v2-2026/med_synth_contrat_consommateur.json",
        ),
        (
            format!("/donnees_generales_auto/v1/{consumer}"),
            "v2-2026/med_donnees_generales.json",
        ),
        (
            format!("/customers_upc/v5/usage_points/contracts?usage_point_id={consumer}"),
            "v5/eddie_contract-consumption.json",
        ),
        (
            format!("/customers_cd/v5/contact_data?usage_point_id={consumer}"),
            "v5/eddie_contact.json",
        ),
    ] {
        let ours = client.get(&path).await.json();
        assert_eq!(shape(&ours), shape(&sample(name)), "{name}");
    }
}
