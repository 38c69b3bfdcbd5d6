//! The repeated hour of October, in the three ways it may be stamped.

use jiff::civil::{date, datetime};
use meter::{Direction, Kind, Marks, stamps};
use simulator::AutumnStyle;
use simulator::customers::DEMO_HOME;

use crate::support::{Client, prm, v5};

async fn autumn_day(style: AutumnStyle) -> (Vec<String>, stamps::Resolved) {
    let client = Client::with(|options| options.autumn = style).await;
    let (from, to) = (date(2025, 10, 26), date(2025, 10, 27));
    let answer = client
        .get(&v5(
            DEMO_HOME,
            Direction::Consumption,
            Kind::Curve,
            from,
            to,
        ))
        .await;
    let points = answer.json()["meter_reading"]["interval_reading"].clone();
    let stamps = points.as_array().expect("a curve").iter();
    let stamps = stamps.map(|point| point["date"].as_str().expect("a curve")[11..16].to_owned());
    let decoded =
        enedis::decode_curve(enedis::Generation::V5, answer.body.as_bytes()).expect("a curve");
    (
        stamps.collect(),
        stamps::resolve(&decoded.points, Marks::End),
    )
}

async fn truth() -> Vec<meter::Interval> {
    let client = Client::new().await;
    let truth = client.simulator.truth(prm(DEMO_HOME)).expect("a curve");
    truth.curve_day(Direction::Consumption, date(2025, 10, 26))
}

#[tokio::test]
async fn in_order_every_stamp_comes_twice() {
    let (stamps, resolved) = autumn_day(AutumnStyle::InOrder).await;
    assert_eq!(stamps.len(), 50);
    assert_eq!(
        stamps[2..8],
        ["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]
    );
    assert_eq!(resolved.intervals, truth().await);
}

#[tokio::test]
async fn dropped_leaves_one_of_two_and_a_doubt() {
    let (stamps, resolved) = autumn_day(AutumnStyle::Dropped).await;
    assert_eq!(stamps.len(), 48);
    assert_eq!(stamps[2..6], ["01:30", "02:00", "02:30", "03:00"]);
    assert_eq!(resolved.intervals.len(), 46);
    let doubts: Vec<_> = resolved
        .doubts
        .iter()
        .map(|doubt| doubt.point.stamp)
        .collect();
    assert_eq!(
        doubts,
        [
            datetime(2025, 10, 26, 2, 0, 0, 0),
            datetime(2025, 10, 26, 2, 30, 0, 0)
        ]
    );
}

#[tokio::test]
async fn mislabelled_shows_the_first_hour_an_hour_late() {
    let (stamps, resolved) = autumn_day(AutumnStyle::Mislabelled).await;
    assert_eq!(stamps.len(), 50);
    assert_eq!(
        stamps[2..8],
        ["01:30", "03:00", "03:30", "02:00", "02:30", "03:00"]
    );
    assert_eq!(resolved.intervals, truth().await);
}
