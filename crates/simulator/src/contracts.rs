//! Answers about contracts, meters, people: both generations' shapes of the
//! same invented facts.

use enedis::Generation;
use enedis::stamp::{contract_date, contract_instant};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::profile::Profile;
use crate::route::Resource;

/// The body of a resource; `None` for one that this generation does not have.
pub(crate) fn body(generation: Generation, resource: Resource, profile: &Profile) -> Option<Value> {
    match generation {
        Generation::V5 => body_v5(resource, profile),
        Generation::V2026 => body_2026(resource, profile),
    }
}

fn body_v5(resource: Resource, profile: &Profile) -> Option<Value> {
    let customer_id = format!(
        "-{}",
        1_000_000_000 + profile.usage_point.as_u64() % 1_000_000
    );
    Some(match resource {
        Resource::Contract => json!({ "customer": {
            "customer_id": customer_id,
            "usage_points": [{ "usage_point": point(profile), "contracts": contract_v5(profile) }],
        }}),
        Resource::Address => {
            let mut point = point(profile);
            point["usage_point_addresses"] = address_v5();
            json!({ "customer": {
                "customer_id": customer_id,
                "usage_points": [{ "usage_point": point }],
            }})
        }
        Resource::Identity => json!({
            "customer_id": customer_id,
            "identity": { "natural_person": person() },
        }),
        Resource::Contact => json!({
            "customer_id": customer_id,
            "contact_data": { "phone": "0123456789", "email": "claude.demeure@example.org" },
        }),
        _ => return None,
    })
}

fn point(profile: &Profile) -> Value {
    json!({
        "usage_point_id": profile.usage_point,
        "usage_point_status": "com",
        "meter_type": "AMM",
    })
}

fn contract_v5(profile: &Profile) -> Value {
    let since = first_day(profile);
    let mut contract = json!({
        "segment": profile.segment,
        "subscribed_power": format!("{} kVA", profile.subscribed_kva),
        "last_activation_date": contract_date(since),
        "distribution_tariff": if profile.off_peak.is_some() { "BTINFMU4" } else { "BTINFCUST" },
        "contract_type": "Contrat GRD-F",
        "contract_status": "SERVC",
        "last_distribution_tariff_change_date": contract_date(since),
    });
    if let Some(hours) = &profile.off_peak {
        contract["offpeak_hours"] = json!(hours.text);
    }
    contract
}

fn address_v5() -> Value {
    json!({
        "street": "12 rue de la Source",
        "locality": null,
        "postal_code": "45000",
        "insee_code": "45234",
        "city": "ORLÉANS",
        "country": "France",
        "geo_points": {},
    })
}

fn person() -> Value {
    json!({ "title": "Mme", "firstname": "Claude", "lastname": "Demeure" })
}

fn body_2026(resource: Resource, profile: &Profile) -> Option<Value> {
    Some(match resource {
        Resource::Contract => Value::Array(situations(profile)),
        Resource::Synthesis => synthesis(profile),
        Resource::Meter => meter(profile),
        Resource::Address => json!({ "address": {
            "number_street_name": "12 rue de la Source",
            "postal_code_city": "45000 ORLÉANS",
            "insee_code": "45234",
        }}),
        Resource::Supply => supply(profile),
        _ => return None,
    })
}

/// One contract for each direction; the spelling `adress` is Enedis' own.
fn situations(profile: &Profile) -> Vec<Value> {
    let mut contracts = Vec::new();
    if let Some(since) = profile.consumption_since {
        let mut contract = situation(profile, since, "Contrat GRD-F", profile.segment);
        contract["contractor"] = json!("ÉLECTRICITÉ SIMULÉE");
        contract["distribution_tariff"] = json!(tariff(profile));
        contract["subscribed_power"] =
            json!({ "unit": "kVA", "value": profile.subscribed_kva.to_string() });
        contract["contact_data"]["phone"] = json!("0612345678");
        contract["customer"]["customer"]["adress"]["line7"] = json!("FRANCE");
        contracts.push(contract);
    }
    if let Some(since) = profile.production_since {
        contracts.push(situation(profile, since, "Contrat GRD-A", "P4"));
    }
    contracts
}

fn situation(profile: &Profile, since: Date, contract_type: &str, segment: &str) -> Value {
    json!({
        "usage_point_id": profile.usage_point,
        "contract_start": contract_instant(since),
        "contract_type": contract_type,
        "segment": segment,
        "customer": { "customer": { "adress": {
            "line1": "MME DEMEURE CLAUDE",
            "line4": "12 RUE DE LA SOURCE",
            "line6": "45000 ORLEANS",
        }}},
        "contact_data": { "email": "claude.demeure@example.org", "landline": "0123456789" },
        "person": person(),
    })
}

fn tariff(profile: &Profile) -> &'static str {
    if profile.subscribed_kva > 36 {
        "Tarif BT>36kVA Courte Utilisation"
    } else if profile.off_peak.is_some() {
        "Tarif BT<=36kVA Moyenne Utilisation heures pleines heures creuses associées à deux saisons"
    } else {
        "Tarif BT<=36kVA Courte Utilisation"
    }
}

fn synthesis(profile: &Profile) -> Value {
    let mut segments = Vec::new();
    let mut synthesis = json!({
        "last_subscribed_power_change_date": contract_instant(first_day(profile)),
        "services_level": "Communicant (ouvert aux services)",
    });
    if let Some(since) = profile.consumption_since {
        segments.push(json!({ "segment": profile.segment }));
        synthesis["consumption_last_activation_date"] = json!(contract_instant(since));
    }
    if let Some(since) = profile.production_since {
        segments.push(json!({ "segment": "P4" }));
        synthesis["generation_last_activation_date"] = json!(contract_instant(since));
    }
    synthesis["segments"] = Value::Array(segments);
    synthesis
}

fn meter(profile: &Profile) -> Value {
    let mut meter = json!({
        "dispositifComptage": { "typeComptage": { "code": "AMM", "libelle": "Compteur Linky" } },
        "compteurs": [{ "numeroSerie": "042176000001" }],
    });
    if let Some(hours) = &profile.off_peak {
        meter["relais"] = json!({ "plageHeuresCreuses": hours.text });
    }
    meter
}

fn supply(profile: &Profile) -> Value {
    let mut supply = json!({
        "connection_state": "Alimenté",
        "voltage_level": "BT",
        "phase_count": if profile.three_phase { 3 } else { 1 },
        "consumption_connection_power": { "value": profile.subscribed_kva.max(12), "unit": "kVA" },
        "nominal_service_voltage": { "value": if profile.three_phase { 400 } else { 230 }, "unit": "V" },
    });
    if profile.production_since.is_some() {
        supply["generation_connection_power"] = json!({ "value": 6, "unit": "kVA" });
    }
    supply
}

fn first_day(profile: &Profile) -> Date {
    profile.origin().unwrap_or(Date::MIN)
}
