//! `POST /subscribed_services/v1`: what a consent opened.

use jiff::Timestamp;
use meter::{Direction, UsagePoint, paris};
use serde_json::{Value, json};

use crate::consents::{Consent, Consents};
use crate::options::Options;
use crate::problem::Refusal;
use crate::profile::Profile;
use crate::reply::Reply;

/// A point of Enedis' sandbox, for its fixed numbers 11 to 13.
const SANDBOX_POINT: u64 = 14_000_000_000_001;

/// The kinds of service that a consent opens, with their steps.
const KINDS: [(&str, &str); 5] = [
    ("CDC", "PT30M"),
    ("IDX", "P1D"),
    ("PMAX", "P1D"),
    ("ENERGIE", "P1D"),
    ("ITC", "NA"),
];

/// The answer; a body outside the description is a technical error.
pub(crate) fn answer(
    body: &[u8],
    options: &Options,
    consents: &Consents,
    now: Timestamp,
) -> Result<Reply, Refusal> {
    let outside = Refusal::Malformed("outside the description");
    let query: Value = serde_json::from_slice(body).map_err(|_| outside)?;
    let only_count = query["comptage"].as_bool().ok_or(outside)?;
    let id = query["autorisationId"].as_u64().ok_or(outside)?;
    let wanted: Option<Vec<&str>> = query["etatCode"]
        .as_array()
        .map(|states| states.iter().filter_map(Value::as_str).collect());
    let mut services = sandbox(id).unwrap_or_else(|| of_consent(id, options, consents, now));
    if let Some(wanted) = wanted {
        let state = |service: &Value| service["etatCode"].as_str().map(str::to_owned);
        services.retain(|service| state(service).is_some_and(|s| wanted.contains(&&*s)));
    }
    let mut answer = json!({ "nbTotalServices": services.len() });
    if !only_count && !services.is_empty() {
        answer["serviceSouscrit"] = Value::Array(services);
    }
    Ok(Reply::ok(&answer))
}

fn of_consent(id: u64, options: &Options, consents: &Consents, now: Timestamp) -> Vec<Value> {
    let Some(consent) = consents.by_id(id) else {
        return Vec::new();
    };
    if now.duration_since(consent.given) < options.services_delay {
        return Vec::new();
    }
    let mut services = Vec::new();
    for prm in &consent.usage_points {
        let Some(profile) = options.profiles.iter().find(|p| p.usage_point == *prm) else {
            continue;
        };
        let live = consents.is_live(consent, *prm, now);
        for direction in Direction::ALL {
            if profile.since(direction).is_some() {
                services.extend(of_point(consent, profile, direction, live));
            }
        }
    }
    services
}

fn of_point(consent: &Consent, profile: &Profile, way: Direction, live: bool) -> Vec<Value> {
    let period = (paris::day_of(consent.given), paris::day_of(consent.until));
    let kinds = KINDS.iter().filter(|(kind, _)| {
        let only_consumed = *kind == "PMAX";
        let only_collected = *kind == "CDC";
        (!only_consumed || way == Direction::Consumption)
            && (!only_collected || profile.curve_collected)
    });
    kinds
        .map(|kind| service(consent.id, profile.usage_point, way, *kind, live, period))
        .collect()
}

fn service(
    consent: u64,
    prm: UsagePoint,
    way: Direction,
    (kind, step): (&str, &str),
    live: bool,
    (from, to): (jiff::civil::Date, jiff::civil::Date),
) -> Value {
    let place = KINDS.iter().position(|(known, _)| *known == kind);
    let place = place.unwrap_or_default() as u64 * 2;
    let number = consent * 100 + place + u64::from(way == Direction::Production);
    json!({
        "id": number.to_string(),
        "injection": way == Direction::Production,
        "soutirage": way == Direction::Consumption,
        "serviceCode": "ACCES",
        "dateDebut": from,
        "dateFin": to,
        "etatCode": if live { "ACTIF" } else { "TERMINE" },
        "etatLibelle": if live { "Actif" } else { "Terminé" },
        "pointId": prm,
        "mesuresTypeCode": kind,
        "mesuresPas": step,
        "mesuresCorrigees": false,
        "autorisation": {
            "autorisationId": consent,
            "autorisationLibelle": "Accès aux données",
            "autorisationType": "EXPLICITE",
        },
    })
}

/// The fixed numbers of the 2026 sandbox: 10 empty, 11 active, 12 both ways, 13 over.
fn sandbox(id: u64) -> Option<Vec<Value>> {
    let prm = crate::customers::usage_point(SANDBOX_POINT);
    let period = (
        jiff::civil::date(2026, 1, 1),
        jiff::civil::date(2028, 12, 31),
    );
    let ways: &[Direction] = match id {
        10 => &[],
        12 => &Direction::ALL,
        11 | 13 => &[Direction::Consumption],
        _ => return None,
    };
    let of_way = |way| KINDS.map(|kind| service(id, prm, way, kind, id != 13, period));
    Some(ways.iter().flat_map(|way| of_way(*way)).collect())
}
