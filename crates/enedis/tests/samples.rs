//! Every real, modelled and derived answer decodes to the right thing.

#![expect(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::fmt::Write;
use std::path::PathBuf;

use enedis::v2::site::{GeneralData, Supply};
use enedis::v5::customer::{ContactAnswer, CustomerAnswer, IdentityAnswer};
use enedis::{ContractFacts, Curve, Generation, decode};
use meter::{Marks, PeakInstant, stamps};

fn sample(name: &str) -> Vec<u8> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/enedis");
    std::fs::read(root.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn generation(name: &str) -> Generation {
    if name.starts_with("v5/") || name.contains("/v5_") {
        Generation::V5
    } else {
        Generation::V2026
    }
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name.replace(['/', '.'], "_"), text);
    });
}

fn head(usage_point: Option<meter::UsagePoint>, direction: Option<meter::Direction>) -> String {
    format!("{usage_point:?}, {direction:?}\n")
}

fn curve(name: &str) -> (Curve, String) {
    let curve = enedis::decode_curve(generation(name), &sample(name)).unwrap();
    let resolved = stamps::resolve(&curve.points, Marks::End);
    let mut text = head(curve.usage_point, curve.direction);
    writeln!(
        text,
        "{} points, {} nulls, {} intervals, {} doubts",
        curve.points.len(),
        curve.nulls.len(),
        resolved.intervals.len(),
        resolved.doubts.len()
    )
    .unwrap();
    for (point, interval) in curve.points.iter().zip(&resolved.intervals) {
        let iso = point.step.iso();
        writeln!(
            text,
            "{} = {} {iso} {} W",
            point.stamp, interval.start, point.watts
        )
        .unwrap();
    }
    (curve, text)
}

#[test]
fn curves_keep_their_points_in_order_and_resolve() {
    for name in [
        "v2-2026/med_courbe_de_charge_consommation.json",
        "v5/conso_200_consumption_load_curve_2023-04-01_2023-04-02.json",
        "v5/eddie_consumption_load_curve_2024-02-26_to_2024-02-27.json",
        "v5/saniho_curve_PT30M_7days_2022-03-17_24.json",
        "derived/v2_curve_dst_autumn_2022-10-30.json",
        "derived/v2_curve_dst_spring_2023-03-26.json",
    ] {
        snapshot(name, &curve(name).1);
    }
}

#[test]
fn both_generations_say_the_same_of_a_clock_change() {
    for (day, half_hours) in [("autumn_2022-10-30", 50), ("spring_2023-03-26", 46)] {
        let (v2, _) = curve(&format!("derived/v2_curve_dst_{day}.json"));
        let (v5, _) = curve(&format!("derived/v5_curve_dst_{day}.json"));
        assert_eq!(v2.points, v5.points);
        let resolved = stamps::resolve(&v5.points, Marks::End);
        assert_eq!(resolved.intervals.len(), half_hours);
        assert_eq!(resolved.doubts, []);
    }
}

#[test]
fn the_real_curve_adds_up_to_the_real_daily_energy() {
    let name = "v2-2026/med_consommation_quotidienne.json";
    let daily = enedis::decode_daily(Generation::V2026, &sample(name)).unwrap();
    let (curve, _) = curve("v2-2026/med_courbe_de_charge_consommation.json");
    let resolved = stamps::resolve(&curve.points, Marks::End);
    let sums: Vec<_> = meter::curve::by_day(&resolved.intervals)
        .map(|day| (day.day, day.energy().watt_hours().unwrap()))
        .collect();
    let days: Vec<_> = daily.days.iter().map(|d| (d.day, d.watt_hours)).collect();
    assert_eq!(sums, days);
    assert_eq!(days[0].1, 33_495);
}

#[test]
fn daily_energies_are_whole_watt_hours() {
    for name in [
        "v2-2026/med_consommation_quotidienne.json",
        "v5/conso_200_daily_consumption_2023-04-01_2023-04-04.json",
        "v5/conso_200_daily_production_2023-04-01_2023-04-04.json",
        "v5/saniho_daily_2021_full_year.json",
    ] {
        let daily = enedis::decode_daily(generation(name), &sample(name)).unwrap();
        let mut text = head(daily.usage_point, daily.direction);
        for day in &daily.days {
            writeln!(text, "{} {} Wh", day.day, day.watt_hours).unwrap();
        }
        writeln!(text, "without value: {:?}", daily.nulls).unwrap();
        snapshot(name, &text);
    }
}

#[test]
fn daily_maxima_have_their_instant_and_phase() {
    for name in [
        "v2-2026/med_puissance_conso_max_quotidienne.json",
        "v2-2026/esthesis_pmax_pma_null_string.json",
        "v2-2026/esthesis_pmax_tout_triphase.json",
        "v5/conso_200_consumption_max_power_2023-04-01_2023-04-04.json",
        "v5/saniho_max_power_1day.json",
    ] {
        let maxima = enedis::decode_maxima(generation(name), &sample(name)).unwrap();
        let mut text = head(maxima.usage_point, maxima.direction);
        for m in &maxima.maxima {
            let PeakInstant::Known { at } = m.at else {
                panic!("{name}: {:?}", m.at)
            };
            writeln!(
                text,
                "{} {:?} {} VA at {at}",
                m.day, m.phase, m.volt_amperes
            )
            .unwrap();
        }
        writeln!(text, "without value: {:?}", maxima.nulls).unwrap();
        snapshot(name, &text);
    }
}

#[test]
fn contracts_of_both_generations_become_facts() {
    type Decode = fn(&[u8]) -> Result<ContractFacts, enedis::Malformed>;
    let cases: [(&str, Decode); 5] = [
        (
            "v2-2026/med_situation_contrat_autoconsommation.json",
            enedis::decode_situation,
        ),
        (
            "v2-2026/med_situation_contrat_consommateur.json",
            enedis::decode_situation,
        ),
        (
            "v2-2026/med_synth_contrat_consommateur.json",
            enedis::decode_synthesis,
        ),
        (
            "v5/eddie_contract-consumption.json",
            enedis::decode_contracts,
        ),
        (
            "v5/saniho_contract_hc_two_windows.json",
            enedis::decode_contracts,
        ),
    ];
    for (name, decode) in cases {
        snapshot(name, &format!("{:#?}", decode(&sample(name)).unwrap()));
    }
}

#[test]
fn site_and_customer_answers_are_read_whole() {
    let general: GeneralData =
        decode::decode_plain(&sample("v2-2026/med_donnees_generales.json")).unwrap();
    let supply: Supply =
        decode::decode_plain(&sample("v2-2026/esthesis_alimentation.json")).unwrap();
    snapshot("v2-2026/site", &format!("{general:#?}\n{supply:#?}"));

    let address: CustomerAnswer = decode::decode_plain(&sample("v5/eddie_address.json")).unwrap();
    let point = &address.customer.unwrap().usage_points.unwrap()[0];
    let point = point.usage_point.as_ref().unwrap();
    assert_eq!(point.usage_point_status.as_deref(), Some("no com"));
    let home = point.usage_point_addresses.as_ref().unwrap();
    assert_eq!(home.city.as_deref(), Some("BEAUVAIS"));
    assert!(!format!("{home:?}").contains("BEAUVAIS"));

    let identity: IdentityAnswer = decode::decode_plain(&sample("v5/eddie_identity.json")).unwrap();
    let person = identity.identity.unwrap().natural_person.unwrap();
    assert_eq!(person.lastname.as_deref(), Some("Doe"));
    let contact: ContactAnswer = decode::decode_plain(&sample("v5/eddie_contact.json")).unwrap();
    let phone = contact.contact_data.unwrap().phone;
    assert_eq!(phone.as_deref(), Some("0512345678"));
}

#[test]
fn a_consent_may_have_no_services_yet() {
    let body = sample("v2-2026/esthesis_subscribed_services_empty.json");
    let services = enedis::decode_services(&body).unwrap();
    assert_eq!(services.services, []);
    assert_eq!(services.active_points(), []);
}
