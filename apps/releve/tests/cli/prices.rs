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

pub fn schema_of(name: &str, value: &serde_json::Value) {
    let schemas = releve::json::schemas();
    let (_, schema) = schemas.iter().find(|(known, _)| *known == name).unwrap();
    let schema = serde_json::to_value(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(value)
        .map(|e| e.to_string())
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
}

fn maximum(store: &mut Store, volt_amperes: u32) {
    let maximum = meter::DailyMaximum {
        day: DAY,
        phase: meter::Phase::All,
        volt_amperes,
        at: meter::PeakInstant::from_local(DAY.at(19, 30, 0, 0)).unwrap(),
    };
    let key = key(HOME, Direction::Consumption, Kind::Maximum);
    store
        .write_maxima(key, &[maximum], &[DAY], "enedis", now(), &judge)
        .unwrap();
}

#[test]
fn offers_are_compared_the_cheapest_first_and_an_exceeded_power_is_told() {
    let house = priced(CONFIG, |store| {
        two_levels(store, &[DAY]);
        maximum(store, 4_200);
    });
    let line = "--config DIR/releve.toml compare 2026-11-20 --offers trv-base,hphc,own,tempo";
    assert_snapshot!(house.both(line));
    let value = house.run(&format!("--json {line}")).json();
    schema_of("compare", &value);
    let home = &value["usage_points"][0];
    // Every wholly priced line comes before the others; Tempo has no colours.
    let offers = home["offers"].as_array().unwrap();
    let priced: Vec<bool> = offers.iter().map(|row| row["priced"] == true).collect();
    assert!(priced.is_sorted_by(|one, two| one >= two), "{priced:?}");
    assert_ne!(home["cheapest"]["offer"], "trv-tempo");
    // 3 kVA was exceeded by 4.2 kVA, and is not called the cheapest.
    assert_ne!(home["cheapest"]["kva"], 3);
    let own = offers.iter().find(|row| row["current"] == true).unwrap();
    assert_eq!(own["total_micro_euros"], 2_660_000);
}

#[test]
fn what_is_not_known_is_told_with_its_reason() {
    let house = priced(CONFIG, |store| {
        two_levels(store, &[DAY]);
        maximum(store, 4_200);
    });
    let run = |line: &str| house.both(&format!("--config DIR/releve.toml {line}"));
    let gaps = run("cost 2026-11-19..2026-11-25 --offer tempo");
    let nothing = run("compare 2026-11-20 --offers tempo,ejp");
    assert_snapshot!([gaps, nothing].join("\n"));
}

#[test]
fn colours_price_tempo_by_the_colour_day() {
    let house = priced(CONFIG, |store| {
        two_levels(store, &[DAY]);
        let days = [(paris::add_days(DAY, -1), "red"), (DAY, "white")];
        store
            .write_colours("tempo", &days, "rte-page", now())
            .unwrap();
    });
    let cost = house
        .run("--config DIR/releve.toml --json cost 2026-11-20 --offer tempo")
        .json();
    schema_of("cost", &cost);
    let classes = cost["usage_points"][0]["classes"].as_array().unwrap();
    let energy: Vec<_> = classes
        .iter()
        .map(|class| class["watt_minutes"].as_u64().unwrap() / 60)
        .collect();
    // Six hours of the red night before, the white day, two hours of its night.
    assert_eq!(energy, [0, 0, 600, 9_600, 1_800, 0]);
}

#[test]
fn enedis_own_answer_serves_where_the_configuration_is_silent_and_differs_aloud() {
    let fill = |store: &mut Store| {
        two_levels(store, &[DAY]);
        let facts = serde_json::json!({
            "subscribed_power_va": 9_000,
            "off_peak_text": "HC (23H00-7H00)",
        });
        let record = ledger::ContractRecord {
            facts,
            source: "enedis".to_owned(),
            said_at: now(),
        };
        store
            .set_contract(HOME.parse().unwrap(), &record, now())
            .unwrap();
    };
    let silent = CONFIG.replace("off_peak = \"22h00-6h00\"\nsubscribed_kva = 6\n", "");
    let line = format!("--config DIR/releve.toml cost 2026-11-20 --usage-point {HOME}");
    let stated = priced(&silent, fill).both(&line);
    let differs = priced(CONFIG, fill).both(&line);
    assert_snapshot!([stated, differs].join("\n"));
}

#[test]
fn slips_say_what_to_write() {
    let house = priced(CONFIG, |store| two_levels(store, &[DAY]));
    let silent = CONFIG.replace("offer = \"own\"\n", "");
    house.file("silent.toml", &silent);
    let broken = OFFERS
        .replace("kwh = 0.2,", "kwh = 20.5,")
        .replace("class = \"base\"", "class = \"bas\"");
    house.file("broken.toml", &broken);
    house.file("unknown.toml", &OFFERS.replace("kwh = 0.04", "prix = 0.04"));
    house.file("comma.toml", &OFFERS.replace("0.04", "0,04"));
    house.file("none.toml", "offers = [\"gone.toml\"]\n");
    house.file("other.toml", "offers = [\"broken.toml\"]\n");
    let mut text = String::new();
    for line in [
        "--config DIR/releve.toml cost octobre",
        "--config DIR/releve.toml cost 2026-11..2026-10",
        "--config DIR/releve.toml cost 2027",
        "--config DIR/releve.toml cost 2026-11-20 --offer trv-bas",
        "--config DIR/releve.toml cost 2026-11-20 --offer zen",
        "--config DIR/silent.toml cost 2026-11-20",
        "--config DIR/releve.toml compare 2026-11-20 --offers sun",
        "--config DIR/none.toml tariff list",
        "--config DIR/other.toml cost 2026-11-20",
        "tariff check DIR/broken.toml",
        "tariff check DIR/comma.toml",
        "tariff check DIR/unknown.toml",
        "tariff show trv-base 2026",
        "tariff",
    ] {
        let said = house.both(line);
        assert!(!said.contains("[exit 0]"), "{line}");
        text += &["$ releve ", line, "\n", &said, "\n"].concat();
    }
    assert_snapshot!(text);
}

#[test]
fn offers_are_listed_shown_and_checked() {
    let house = priced(CONFIG, |_| ());
    let mut text = String::new();
    for line in [
        "tariff list",
        "tariff show tempo 2026-11-20",
        "tariff show trv-base 2027-06-01",
        "tariff show trv-ejp",
        "tariff show own",
        "tariff check DIR/offers.toml",
    ] {
        text += &["$ releve ", line, "\n"].concat();
        text += &house.both(&format!("--config DIR/releve.toml {line}"));
        text += "\n";
    }
    assert_snapshot!(text);
    for (line, name) in [
        ("tariff list", "tariff-list"),
        ("tariff show trv-hphc", "tariff-show"),
        ("tariff check DIR/offers.toml", "tariff-check"),
    ] {
        let line = format!("--config DIR/releve.toml --json {line}");
        schema_of(name, &house.run(&line).json());
    }
}

#[test]
fn prices_that_are_written_wrong_in_the_configuration_are_told_in_their_place() {
    let house = House::empty();
    house.file(
        "releve.toml",
        "[[usage_points]]
prm = \"22516914714270\"
off_peak = \"22h38-6h38 mercerdi 2h-3h\"
subscribed_kva = 0
holidays = \"corse\"
[[usage_points]]
prm = \"11111111111111\"
[[usage_points.plans]]
rule = \"25h-26h\"
[[usage_points.plans]]
rule = \"2h-7h\"
from = \"2026-11-31\"
[[usage_points.plans]]
rule = \"2h-7h\"
from = \"2026-11-01\"
to = \"2026-10-01\"
season = \"spring\"
[[usage_points]]
prm = \"33333333333333\"
off_peak = \"2h-7h\"
plans = [{ rule = \"2h-7h\" }]
",
    );
    assert_snapshot!(house.both("--config DIR/releve.toml check"));
}

#[test]
fn the_examples_of_the_guide_are_right() {
    for guide in [
        include_str!("../../../../docs/fr/prix.md"),
        include_str!("../../../../docs/en/prices.md"),
    ] {
        let blocks: Vec<&str> = guide
            .split("```toml\n")
            .skip(1)
            .map(|block| block.split("```").next().unwrap())
            .collect();
        let [configuration, plans, offers, colours] = blocks[..] else {
            panic!("other examples")
        };
        let house = House::empty();
        house.file("offers.toml", offers);
        house.file("releve.toml", configuration);
        let checked = house.run("--config DIR/releve.toml check");
        assert_eq!(checked.exit, releve::Exit::Ok, "{}", checked.err);
        house.file("rte", "a-secret\n");
        house.file("colours.toml", colours);
        let checked = house.run("--config DIR/colours.toml check");
        assert_eq!(checked.exit, releve::Exit::Ok, "{}", checked.err);
        let dated = format!("[[usage_points]]\nprm = \"22516914714270\"\n{plans}");
        house.file("dated.toml", &dated);
        let checked = house.run("--config DIR/dated.toml check");
        assert_eq!(checked.exit, releve::Exit::Ok, "{}", checked.err);
    }
}

#[test]
fn check_reads_the_offers_and_knows_the_ids_that_are_named() {
    let house = priced(&CONFIG.replace("\"own\"", "\"owns\""), |_| ());
    let checked = house.run("--config DIR/releve.toml --lang en check");
    assert_eq!(checked.exit, releve::Exit::Configuration);
    assert!(
        checked.err.contains("Did you mean “own”?"),
        "{}",
        checked.err
    );
}

#[test]
fn an_offer_commands_no_terminal() {
    let house = priced(CONFIG, |_| ());
    let named = OFFERS.replace("Mon contrat", "Mon\\u001b[31m contrat");
    house.file("offers.toml", &named);
    let shown = house.run("--config DIR/releve.toml tariff show own").out;
    assert!(
        shown.contains("contrat") && !shown.contains('\u{1b}'),
        "{shown:?}"
    );
}

#[test]
fn earlier_answers_of_enedis_stay_and_price_the_days_on_which_they_held() {
    let (old, new) = (date(2026, 11, 18), DAY);
    let house = priced(
        &CONFIG.replace("off_peak = \"22h00-6h00\"\n", ""),
        |store| {
            two_levels(store, &[old, new]);
            let answers = [
                ("HC (22H00-6H00)", "2026-11-10T09:00:00Z"),
                ("HC (22H00-6H00)", "2026-11-17T09:00:00Z"),
                ("HC (12H00-20H00)", "2026-11-20T09:00:00Z"),
            ];
            for (text, at) in answers {
                let record = ledger::ContractRecord {
                    facts: serde_json::json!({ "off_peak_text": text }),
                    source: "enedis".to_owned(),
                    said_at: at.parse().unwrap(),
                };
                let home = HOME.parse().unwrap();
                store.set_contract(home, &record, now()).unwrap();
            }
            let history = store.contract_history(HOME.parse().unwrap()).unwrap();
            assert_eq!(history.len(), 2);
            assert_eq!(history[0].last_said_at.to_string(), "2026-11-17T09:00:00Z");
        },
    );
    let off_peak = |day: Date| {
        let line = format!("--config DIR/releve.toml --json cost {day} --usage-point {HOME}");
        let cost = house.run(&line).json();
        schema_of("cost", &cost);
        cost["usage_points"][0]["classes"][1]["watt_minutes"]
            .as_u64()
            .unwrap()
            / 60
    };
    // Eight hours of 300 W at night; of 600 W in the day.
    assert_eq!(off_peak(old), 2_400);
    assert_eq!(off_peak(new), 4_800);
    let line = format!("--config DIR/releve.toml cost 2026-11-18..2026-11-20 --usage-point {HOME}");
    let told = house.both(&line);
    assert!(told.contains("HC (12H00-20H00)"), "{told}");
    assert_snapshot!(told);
}

#[test]
fn the_split_by_curve_is_laid_beside_the_registers_class_by_class() {
    let next = meter::paris::add_days(DAY, 1);
    let register = |day: Date, class: &str, watt_hours: u64| meter::Register {
        day,
        calendar: if class.is_empty() { "" } else { "FC1" }.to_owned(),
        class: class.to_owned(),
        watt_hours,
    };
    let house = priced(CONFIG, |store| {
        two_levels(store, &[DAY]);
        let key = key(HOME, Direction::Consumption, Kind::Index);
        // 9 600 Wh of peak and 2 400 Wh of off-peak by curve.
        let registers = [
            register(DAY, "", 50_000),
            register(DAY, "HP", 30_000),
            register(DAY, "HC", 20_000),
            register(next, "", 62_000),
            register(next, "HP", 39_600),
            register(next, "HC", 22_500),
        ];
        store
            .write_registers(key, &registers, &[DAY, next], "import", now(), &judge)
            .unwrap();
    });
    let laid = house
        .run("--config DIR/releve.toml --json tariff index 2026-11-20")
        .json();
    schema_of("tariff-index", &laid);
    let rows = laid["usage_points"][0]["rows"].as_array().unwrap();
    let differences: Vec<_> = rows
        .iter()
        .map(|row| {
            let difference = row["difference_watt_minutes"].as_i64().unwrap() / 60;
            (
                row["class"].as_str().unwrap(),
                difference,
                row["differs"] == true,
            )
        })
        .collect();
    assert_eq!(
        differences,
        [("HP", 0, false), ("HC", 100, true), ("", 0, false)]
    );
    let base = "--config DIR/releve.toml tariff index 2026-11-20 --offer base";
    let shown = house.both("--config DIR/releve.toml tariff index 2026-11-20");
    let none = house.both("--config DIR/releve.toml tariff index 2026-10");
    assert_snapshot!([shown, house.both(base), none].join("\n"));
}

#[test]
fn a_mistake_of_the_configuration_has_one_code_and_nothing_held_is_no_bill() {
    let house = priced(&CONFIG.replace("\"own\"", "\"zzz\""), |store| {
        two_levels(store, &[DAY]);
    });
    for command in ["check", "cost 2026-11-20", "compare 2026-11-20"] {
        let said = house.run(&format!("--config DIR/releve.toml {command}"));
        assert_eq!(said.exit, releve::Exit::Configuration, "{command}");
    }
    house.file("releve.toml", CONFIG);
    let nothing = house.run("--config DIR/releve.toml cost 1999");
    assert_eq!(nothing.exit, releve::Exit::Data, "{}", nothing.out);
    assert_eq!(nothing.out, "");
    house.file(
        "mine.toml",
        &OFFERS.replace("id = \"own\"", "id = \"trv-base\""),
    );
    let taken = house.run("tariff check DIR/mine.toml");
    assert_eq!(taken.exit, releve::Exit::Configuration, "{}", taken.out);
}

#[test]
fn no_line_of_a_comparison_is_wider_than_a_terminal() {
    let long = "un-nom-d-offre-qui-n-en-finit-pas-du-tout";
    let house = priced(CONFIG, |store| {
        two_levels(store, &[DAY]);
        let key = key(HOME, Direction::Consumption, Kind::Maximum);
        let at = paris::day_start(DAY) + jiff::SignedDuration::from_hours(19);
        let maximum = meter::DailyMaximum {
            day: DAY,
            phase: meter::Phase::All,
            volt_amperes: 17_340,
            at: meter::PeakInstant::Known { at },
        };
        store
            .write_maxima(key, &[maximum], &[DAY], "enedis", now(), &judge)
            .unwrap();
    });
    let offers = OFFERS.replace("id = \"own\"", &format!("id = \"{long}\""));
    house.file("offers.toml", &offers);
    house.file(
        "releve.toml",
        &CONFIG.replace("\"own\"", &format!("\"{long}\"")),
    );
    let told = house.both("--config DIR/releve.toml compare 2026-11-20");
    for line in told.lines() {
        assert!(releve::table::width(line) <= 80, "{line}");
    }
    assert!(told.contains("17"), "the exceeded power is told: {told}");
}
