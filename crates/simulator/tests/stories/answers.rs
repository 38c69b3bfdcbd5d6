//! Raw answers, byte for byte, as a third party's client receives them.

use jiff::civil::{Date, date};
use meter::Direction::{Consumption, Production};
use meter::Kind;
use simulator::customers::{DEMO_HOME, DEMO_SECOND, DIFFICULT};

use crate::support::{Client, profile, v5, v2026};

const DAYS: (Date, Date) = (date(2026, 11, 18), date(2026, 11, 20));

async fn raw(path: &str) -> String {
    Client::new().await.get(path).await.raw()
}

#[tokio::test]
async fn measures_of_2026() {
    let (from, to) = DAYS;
    let ask = |prm, direction, kind| v2026(prm, direction, kind, from, to);
    insta::assert_snapshot!(
        "daily_2026",
        raw(&ask(DEMO_HOME, Consumption, Kind::Daily)).await
    );
    insta::assert_snapshot!(
        "daily_production_2026",
        raw(&ask(DEMO_HOME, Production, Kind::Daily)).await
    );
    insta::assert_snapshot!(
        "maximum_2026",
        raw(&ask(DEMO_HOME, Consumption, Kind::Maximum)).await
    );
    insta::assert_snapshot!(
        "maximum_three_phase_2026",
        raw(&ask(DIFFICULT, Consumption, Kind::Maximum)).await
    );
    insta::assert_snapshot!(
        "index_2026",
        raw(&ask(DEMO_SECOND, Consumption, Kind::Index)).await
    );
    let one_day = v2026(
        DEMO_HOME,
        Consumption,
        Kind::Curve,
        from,
        date(2026, 11, 19),
    );
    insta::assert_snapshot!("curve_2026", raw(&one_day).await);
}

#[tokio::test]
async fn measures_of_v5() {
    let (from, to) = DAYS;
    let ask = |direction, kind| v5(DEMO_HOME, direction, kind, from, to);
    insta::assert_snapshot!("daily_v5", raw(&ask(Consumption, Kind::Daily)).await);
    insta::assert_snapshot!(
        "daily_production_v5",
        raw(&ask(Production, Kind::Daily)).await
    );
    insta::assert_snapshot!("maximum_v5", raw(&ask(Consumption, Kind::Maximum)).await);
    let one_day = v5(
        DEMO_HOME,
        Consumption,
        Kind::Curve,
        from,
        date(2026, 11, 19),
    );
    insta::assert_snapshot!("curve_v5", raw(&one_day).await);
}

#[tokio::test]
async fn contracts_of_both_generations() {
    let mut said = Vec::new();
    for path in [
        "/situation_contrat_auto/v1/22222222222222",
        "/synth_contrat_auto/v1/22222222222222",
        "/comptage_auto/v1/33333333333333",
        "/donnees_generales_auto/v1/33333333333333",
        "/alimentation_auto/v1/33333333333333",
        "/customers_upc/v5/usage_points/contracts?usage_point_id=33333333333333",
        "/customers_upa/v5/usage_points/addresses?usage_point_id=33333333333333",
        "/customers_i/v5/identity?usage_point_id=33333333333333",
        "/customers_cd/v5/contact_data?usage_point_id=33333333333333",
    ] {
        said.push(format!("GET {path}\n{}\n", raw(path).await));
    }
    insta::assert_snapshot!("contracts", said.join("\n"));
}

#[tokio::test]
async fn an_address_without_a_door_gets_the_firewalls_page() {
    insta::assert_snapshot!("firewall", raw("/metering_data/v4/daily_consumption").await);
}

/// Our contracts are written by hand, apart from the decoder's wire types: what
/// it reads in them is the profile, in both generations.
#[tokio::test]
async fn the_decoder_reads_the_profile_in_both_generations() {
    let client = Client::new().await;
    let body = async |path: String| client.get(&path).await.body.into_bytes();
    for number in [DEMO_HOME, DEMO_SECOND] {
        let mut new =
            enedis::decode_situation(&body(format!("/situation_contrat_auto/v1/{number}")).await)
                .unwrap();
        for part in [
            enedis::decode_synthesis(&body(format!("/synth_contrat_auto/v1/{number}")).await),
            enedis::decode_meter(&body(format!("/comptage_auto/v1/{number}")).await),
        ] {
            new.merge(part.unwrap());
        }
        let contracts = "/customers_upc/v5/usage_points/contracts";
        let old = body(format!("{contracts}?usage_point_id={number}")).await;
        let old = enedis::decode_contracts(&old).unwrap();
        let profile = profile(number);
        let hours = profile.off_peak.as_ref().map(|hours| hours.text.to_owned());
        for facts in [&new, &old] {
            assert_eq!(facts.usage_point, Some(profile.usage_point));
            assert_eq!(facts.consumption_activated, profile.consumption_since);
            assert_eq!(
                facts.subscribed_power_va,
                Some(profile.subscribed_kva * 1000)
            );
            assert_eq!(facts.off_peak_text, hours);
            assert_eq!(facts.segment.as_deref(), Some("C5"));
        }
        assert_eq!(new.production_activated, profile.production_since);
    }
}
