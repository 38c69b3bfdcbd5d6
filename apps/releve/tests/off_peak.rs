//! `off-peak`: what people and programs read, in both languages.
#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

use std::ffi::OsString;
use std::sync::Arc;

use insta::{assert_json_snapshot, assert_snapshot};
use releve::{Exit, Terminal, World};
use serde_json::Value;
use service::{MapEnv, VirtualClock};

/// Code, standard output and standard error.
fn run(args: &[&str], input: &str) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut world = World {
        env: &MapEnv::default(),
        clock: Arc::new(VirtualClock::at("2026-11-21T09:00:00Z".parse().unwrap())),
        input: &mut input.as_bytes(),
        out: &mut out,
        err: &mut err,
        terminal: Terminal::PLAIN,
        network: &service::SystemNetwork,
        logging: false,
    };
    let all = ["releve", "off-peak"]
        .iter()
        .chain(args)
        .map(OsString::from);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let exit = runtime.block_on(releve::run(all, &mut world));
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (exit, text(out), text(err))
}

/// What is said in French, then in English.
fn both(args: &[&str]) -> String {
    ["fr", "en"]
        .map(|lang| {
            let (_, out, err) = run(&[args, &["--lang", lang]].concat(), "");
            let fits = out.lines().all(|line| line.chars().count() <= 80);
            assert!(fits, "{out}");
            out + &err
        })
        .join("\n")
}

const RULES: &str = "02h00-04h00 16h00-19h00 P 17h00-22h00 mercredi 11h00-16h00 12345678901234 \
     22h38-6h38 samedi dimanche fériés 0h-24h 88888888888888 été 2h-6h 14h-17h hiver 1h10-7h10 12h-14h";

#[test]
fn an_expression_is_drawn_as_its_weeks() {
    assert_snapshot!(both(&["explain", RULES]));
}

#[test]
fn an_expression_needs_no_quotes_to_be_explained_and_may_mean_nothing() {
    let (exit, quoted, _) = run(&["explain", "2h-7h 13h-16h"], "");
    assert_eq!(exit, Exit::Ok);
    assert_eq!(run(&["explain", "2h-7h", "13h-16h"], "").1, quoted);
    assert_snapshot!(both(&["explain", ""]));
}

#[test]
fn one_usage_point_and_direction_may_be_asked_for() {
    let args = [
        "explain",
        RULES,
        "--usage-point",
        "12345678901234",
        "--holidays",
        "alsace",
    ];
    assert_snapshot!(both(&args));
    let general = [
        "--json",
        "explain",
        RULES,
        "--usage-point",
        "11111111111111",
        "--direction",
        "production",
    ];
    let value: Value = serde_json::from_str(&run(&general, "").1).unwrap();
    assert_json_snapshot!(value);
    assert_valid("off-peak-explain", &value);
}

#[test]
fn instants_are_answered_one_a_line_in_their_order() {
    let instants = [
        "2026-11-20 23:00",
        "2026-11-20T11:00Z",
        "20/11/2026 6h37",
        "2026-10-25T00:30Z",
    ];
    let args = [&["at", "22h38-6h38"], &instants[..]].concat();
    assert_snapshot!(both(&args));
}

#[test]
fn instants_come_from_standard_input_when_none_is_given() {
    let input = "2026-11-20 23:00\n\n2026-11-20T11:00Z\n";
    let (exit, out, err) = run(&["at", "22h38-6h38", "--json"], input);
    assert_eq!((exit, err.as_str()), (Exit::Ok, ""));
    assert_eq!(
        out,
        "{\"instant\":\"2026-11-20 23:00\",\"off_peak\":true,\"range\":\"22:38-06:38\"}\n\
         {\"instant\":\"2026-11-20T11:00Z\",\"off_peak\":false,\"range\":null}\n"
    );
    for line in out.lines() {
        assert_valid("off-peak-at", &serde_json::from_str(line).unwrap());
    }
}

#[test]
fn direction_usage_point_and_zone_decide() {
    let answer = |args: &[&str]| {
        let (exit, out, _) = run(&[&["--json", "at"], args].concat(), "");
        assert_eq!(exit, Exit::Ok);
        let value: Value = serde_json::from_str(&out).unwrap();
        value["range"].as_str().map(str::to_owned)
    };
    let range = |text: &str| Some(text.to_owned());
    assert_eq!(answer(&[RULES, "2026-11-20 18:00"]), range("16:00-19:00"));
    let production = [RULES, "2026-11-20 18:00", "--direction", "production"];
    assert_eq!(answer(&production), range("17:00-22:00"));
    let point = [RULES, "2026-11-19 23:00", "--usage-point", "12345678901234"];
    assert_eq!(answer(&point), range("22:38-06:38"));
    let saint_stephen = ["fériés 0h-24h", "2025-12-26 12:00"];
    assert_eq!(answer(&saint_stephen), None);
    let alsace = [&saint_stephen[..], &["--holidays", "alsace-moselle"]].concat();
    assert_eq!(answer(&alsace), range("00:00-24:00"));
}

#[test]
fn a_slip_is_underlined_with_its_reason_and_a_correction() {
    let mut text = String::new();
    for expression in [
        "2h-7h 12h",
        "semaine 0h-24h",
        "we 0h-24h",
        "jours 2h-3h",
        "pentecôte 0h-24h",
        "1234567890123 2h-3h",
        "22h-6",
        "0h00-0h00",
        "24h-6h",
        "25h-26h",
        "2h60-3h",
        "22h5-6h00",
        "2h-3h mercredi P 11h-16h",
        "samedi - 2h-3h",
        "lundi-lundi 2h-3h",
        "2h-3h aucune",
        "2h-3h \u{7}",
        "2h-3h mercerdi 4h-5h",
        "02h00-04h00 16h00-19h00 12345678901234 1h00-6h00 mercerdi 11h00-16h00 12345678901234",
    ] {
        text += &both(&["explain", expression]);
        text += "\n";
        assert_eq!(run(&["explain", expression], "").0, Exit::Usage);
    }
    assert_snapshot!(text);
}

#[test]
fn what_is_no_instant_is_told_and_answered_with_nothing_and_a_zone_must_exist() {
    let wrong = both(&[
        "at",
        "2h-7h",
        "2026-11-20 03:00",
        "2026-03-29 02:30",
        "2026-11-20 03:00",
    ]);
    let zone = both(&["at", "2h-7h", "2026-11-20 03:00", "--holidays", "corse"]);
    assert_snapshot!([wrong, zone].join("\n"));
    let (exit, out, _) = run(&["--json", "at", "2h-7h"], "demain\n2026-11-20 03:00\n");
    assert_eq!(exit, Exit::Usage);
    let answers: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers[0]["off_peak"], Value::Null);
    assert_eq!(answers[1]["off_peak"], Value::Bool(true));
    assert_valid("off-peak-at", &answers[0]);
}

#[test]
fn the_helps_have_examples_that_work() {
    let mut text = String::new();
    for args in [&["--help"][..], &["explain", "--help"], &["at", "--help"]] {
        text += &both(args);
        text += "\n";
    }
    assert_snapshot!(text);
    for line in text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("releve off-peak "))
    {
        let line = line.split(" < ").next().unwrap();
        let args: Vec<_> = line
            .split('"')
            .enumerate()
            .flat_map(|(n, part)| match n % 2 {
                0 => part.split_whitespace().collect(),
                _ => vec![part],
            })
            .collect();
        assert_eq!(run(&args, "").0, Exit::Ok, "{line}");
    }
}

fn assert_valid(name: &str, value: &Value) {
    let schemas = releve::json::schemas();
    let (_, schema) = schemas.iter().find(|(known, _)| *known == name).unwrap();
    let schema = serde_json::to_value(schema).unwrap();
    assert!(jsonschema::is_valid(&schema, value), "{name}: {value}");
}
