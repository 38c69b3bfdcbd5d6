//! Calls are counted on the simulated clock.

use jiff::civil::date;
use meter::{Direction, Kind};
use simulator::customers::DEMO_HOME;

use crate::support::{Client, v5, v2026};

fn paths() -> [String; 2] {
    let (from, to) = (date(2026, 11, 19), date(2026, 11, 20));
    [
        v5(DEMO_HOME, Direction::Consumption, Kind::Daily, from, to),
        v2026(DEMO_HOME, Direction::Consumption, Kind::Daily, from, to),
    ]
}

#[tokio::test]
async fn the_sixth_call_of_a_second_is_refused_in_each_generations_words() {
    let client = Client::with(|_| ()).await;
    for (path, code) in paths().iter().zip(["429 Quota Q3 reached", "429 900807"]) {
        for _ in 0..5 {
            assert_eq!(client.get(path).await.status, 200);
        }
        assert_eq!(client.get(path).await.code(), code);
        client.advance(1);
        assert_eq!(client.get(path).await.status, 200);
        client.advance(1);
    }
}

#[tokio::test]
async fn an_hour_has_a_thousand_calls_for_each_api_of_2026() {
    let mut client = Client::with(|_| ()).await;
    let [_, path] = paths();
    for call in 0..1000 {
        assert_eq!(client.get(&path).await.status, 200, "call {call}");
        client.clock.advance(jiff::SignedDuration::from_millis(250));
    }
    let refused = client.get(&path).await;
    assert_eq!(refused.code(), "429 900804");
    assert_eq!(
        refused.json()["nextAccessTime"],
        "2026-Nov-21 11:00:00+0000 UTC"
    );
    let other = format!("/synth_contrat_auto/v1/{DEMO_HOME}");
    assert_eq!(client.get(&other).await.status, 200);
    client.advance(3600);
    client.renew().await;
    assert_eq!(client.get(&path).await.status, 200);
}
