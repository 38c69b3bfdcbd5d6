//! What days cost: figures worked out by hand over ledgers of a few days.

use insta::assert_snapshot;
use jiff::civil::{Date, date};
use ledger::Store;
use meter::{Direction, Interval, Kind, Step, paris};

use crate::house::{HOME, House, ROOF, judge, key, now};

/// A Friday in winter.
const DAY: Date = date(2026, 11, 20);

const CONFIG: &str = "offers = [\"offers.toml\"]
[[usage_points]]
prm = \"22516914714270\"
name = \"Maison\"
off_peak = \"22h00-6h00\"
subscribed_kva = 6
offer = \"own\"
[[usage_points]]
prm = \"11111111111111\"
resale = \"sun\"
";

/// A month of 30 days costs 15 euros: half a euro a day.
pub const OFFERS: &str = "[[offer]]
id = \"own\"
name = \"Mon contrat\"
kind = \"off-peak\"
taxes = \"included\"
source = \"my contract\"
subscription = [{ kva = [6, 9], month = 15, from = 2026-01-01 }]
price = [
    { class = \"peak\", kwh = 0.2, from = 2026-01-01 },
    { class = \"off_peak\", kwh = 0.1, from = 2026-01-01 },
]

[[offer]]
id = \"sun\"
name = \"Soleil\"
kind = \"flat\"
direction = \"production\"
taxes = \"excluded\"
source = \"my contract\"
price = [{ class = \"base\", kwh = 0.04, from = 2026-01-01 }]
";

/// A house whose configuration has offers, and whose ledger is filled.
pub fn priced(config: &str, fill: impl FnOnce(&mut Store)) -> House {
    let house = House::empty();
    house.file("releve.toml", config);
    house.file("offers.toml", OFFERS);
    house.write(fill);
    house
}

/// 600 W from 06:00 to 22:00, 300 W at night, by the clock on the wall.
pub fn two_levels(store: &mut Store, days: &[Date]) {
    let mut curve = Vec::new();
    for day in days {
        let mut start = paris::day_start(*day);
        while start < paris::day_end(*day) {
            let peak = (6..22).contains(&paris::local(start).hour());
            curve.push(Interval {
                start,
                step: Step::HALF_HOUR,
                watts: if peak { 600 } else { 300 },
            });
            start += Step::HALF_HOUR.duration();
        }
    }
    let key = key(HOME, Direction::Consumption, Kind::Curve);
    store
        .write_curve(key, &curve, days, "enedis", now(), &judge)
        .unwrap();
}

fn produce(store: &mut Store) {
    let key = key(ROOF, Direction::Production, Kind::Daily);
    let total = meter::DailyEnergy {
        day: DAY,
        watt_hours: 5_500,
    };
    store
        .write_daily(key, &[total], &[DAY], "enedis", now(), &judge)
        .unwrap();
}

#[test]
fn a_day_of_two_classes_costs_what_a_hand_works_out() {
    let house = priced(CONFIG, |store| {
        two_levels(store, &[DAY]);
        produce(store);
    });
    let cost = house
        .run("--config DIR/releve.toml --json cost 2026-11-20")
        .json();
    let home = &cost["usage_points"][0];
    // 16 h of 600 W are 9.6 kWh at 0.20; 8 h of 300 W are 2.4 kWh at 0.10.
    assert_eq!(home["classes"][0]["watt_minutes"], 9_600 * 60);
    assert_eq!(home["classes"][0]["micro_euros"], 1_920_000);
    assert_eq!(home["classes"][1]["micro_euros"], 240_000);
    assert_eq!(home["subscription_micro_euros"], 500_000);
    assert_eq!(home["total_micro_euros"], 2_660_000);
    assert_eq!(home["complete"], true);
    // 5.5 kWh at 0.04, from the daily total alone.
    let roof = &cost["usage_points"][1];
    assert_eq!(roof["total_micro_euros"], 220_000);
    assert_eq!(roof["direction"], "production");
    assert_snapshot!(house.both("--config DIR/releve.toml cost 2026-11-20"));
}

#[test]
fn the_night_of_a_clock_change_has_an_hour_more_or_less() {
    let (autumn, spring) = (date(2026, 10, 25), date(2026, 3, 29));
    let house = priced(CONFIG, |store| two_levels(store, &[spring, autumn]));
    let night = |day: Date| {
        let line = format!("--config DIR/releve.toml --json cost {day} --usage-point {HOME}");
        let cost = house.run(&line).json();
        let home = &cost["usage_points"][0];
        assert_eq!(home["classes"][0]["micro_euros"], 1_920_000);
        assert_eq!(home["complete"], true);
        home["classes"][1]["micro_euros"].clone()
    };
    // 9 and 7 hours of 300 W at 0.10.
    assert_eq!(night(autumn), 270_000);
    assert_eq!(night(spring), 210_000);
}
