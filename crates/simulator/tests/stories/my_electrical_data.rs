//! myelectricaldata.fr as the reference describes it.

use std::fmt::Write;

use http::Method;
use jiff::civil::date;
use meter::{Direction, Kind};
use simulator::{Fault, FaultRule, Resource, customers, my_electrical_data, profile::Standing};

use crate::support::{Answer, Client, prm, v5};

const HOME: u64 = customers::DEMO_HOME;

fn path(rest: &str) -> String {
    let rest = rest.replace("PRM", &prm(HOME).to_string());
    format!("{}{rest}", my_electrical_data::PATH)
}

async fn get(client: &Client, rest: &str) -> Answer {
    let token = my_electrical_data::token(prm(HOME));
    client.as_bearer_of(&token, Method::GET, &path(rest)).await
}

const YESTERDAY: &str = "/daily_consumption/PRM/start/2026-11-20/end/2026-11-21";

#[tokio::test]
async fn measures_and_contracts_are_those_of_enedis_with_cache_and_slash_or_without() {
    let client = Client::new().await;
    let (from, to) = (date(2026, 11, 20), date(2026, 11, 21));
    for (route, direction, kind) in [
        ("daily_consumption", Direction::Consumption, Kind::Daily),
        (
            "consumption_load_curve",
            Direction::Consumption,
            Kind::Curve,
        ),
        (
            "daily_consumption_max_power",
            Direction::Consumption,
            Kind::Maximum,
        ),
        ("daily_production", Direction::Production, Kind::Daily),
        ("production_load_curve", Direction::Production, Kind::Curve),
    ] {
        let enedis = client.get(&v5(HOME, direction, kind, from, to)).await;
        for end in ["", "/", "/cache", "/cache/"] {
            let rest = format!("/{route}/PRM/start/{from}/end/{to}{end}");
            assert_eq!(get(&client, &rest).await, enedis, "{rest}");
        }
    }
    let enedis = format!(
        "/customers_upc/v5/usage_points/contracts?usage_point_id={}",
        prm(HOME)
    );
    let enedis = client.get(&enedis).await;
    assert_eq!(get(&client, "/contracts/PRM/cache").await, enedis);
}

#[tokio::test]
async fn its_own_answers_and_every_refusal() {
    let client = Client::with(|_| {}).await;
    let mut out = String::new();
    let mut told = |what: &str, answer: &Answer| {
        writeln!(out, "{what}\n  {} {}", answer.status, answer.body).expect("a text");
    };
    told("ping", &get(&client, "/ping").await);
    told("access", &get(&client, "/valid_access/PRM").await);
    let bare = client.as_bearer_of("", Method::GET, &path(YESTERDAY)).await;
    told("no token", &bare);
    let bearer = format!("Bearer {}", my_electrical_data::token(prm(HOME)));
    let bearer = client
        .as_bearer_of(&bearer, Method::GET, &path(YESTERDAY))
        .await;
    told("a token behind Bearer", &bearer);
    told("no such route", &get(&client, "/weekly/PRM").await);
    told("no usage point", &get(&client, "/contracts/123").await);
    for (what, rest) in [
        (
            "eight days of curve",
            "/consumption_load_curve/PRM/start/2026-11-12/end/2026-11-20",
        ),
        (
            "before the activation",
            "/daily_consumption/PRM/start/2010-01-01/end/2010-01-02",
        ),
        (
            "backwards",
            "/daily_consumption/PRM/start/2026-11-20/end/2026-11-19",
        ),
    ] {
        client.advance(1);
        told(what, &get(&client, rest).await);
    }
    for standing in [Standing::Revoked, Standing::MovedOut, Standing::Consented] {
        client.simulator.set_standing(prm(HOME), standing);
        told(&format!("{standing:?}"), &get(&client, YESTERDAY).await);
    }
    let resource = Resource::ConsumptionDaily;
    client
        .simulator
        .add_fault(FaultRule::always(prm(HOME), resource, Fault::Truncated));
    told("Enedis cannot be read", &get(&client, YESTERDAY).await);
    let cached = format!("{YESTERDAY}/cache");
    told("from its cache all the same", &get(&client, &cached).await);
    let token = my_electrical_data::token(prm(HOME));
    let forget = path("/cache/PRM");
    told(
        "the cache is emptied",
        &client.as_bearer_of(&token, Method::DELETE, &forget).await,
    );
    told("no longer from its cache", &get(&client, &cached).await);
    client.simulator.clear_faults();
    for _ in 0..my_electrical_data::QUOTA {
        client.advance(1);
        get(&client, YESTERDAY).await;
    }
    told("the fifty-first call", &get(&client, YESTERDAY).await);
    told("access then", &get(&client, "/valid_access/PRM").await);
    client.advance(24 * 3600);
    assert_eq!(get(&client, YESTERDAY).await.status, 200);
    insta::assert_snapshot!(out);
}
