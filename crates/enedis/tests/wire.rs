//! What we write has Enedis' shape, and reads back as it was.

#![expect(clippy::unwrap_used, reason = "a test may stop anywhere")]

use enedis::{
    CurveWire, DailyWire, Generation, IndexWire, Malformed, MaximaWire, PointFault, decode_curve,
    decode_daily, decode_maxima, decode_registers, encode_curve, encode_daily, encode_index,
    encode_maxima,
};
use jiff::civil::{date, datetime};
use meter::{
    DailyEnergy, DailyMaximum, Direction, Interval, LocalPoint, Marks, PeakInstant, Phase,
    Register, Step, UsagePoint, paris, stamps,
};
use proptest::prelude::*;

fn prm() -> UsagePoint {
    "01234567890123".parse().unwrap()
}

fn point(hour: i8, minute: i8, step: Step, watts: u32) -> LocalPoint {
    LocalPoint {
        stamp: datetime(2026, 10, 6, hour, minute, 0, 0),
        step,
        watts,
    }
}

fn pretty(body: &[u8]) -> String {
    let value: serde_json::Value = serde_json::from_slice(body).unwrap();
    let raw = String::from_utf8(body.to_vec()).unwrap();
    assert_eq!(raw.matches('\n').count(), 0);
    serde_json::to_string_pretty(&value).unwrap()
}

fn curve_wire<'a>(
    points: &'a [LocalPoint],
    nulls: &'a [(jiff::civil::DateTime, Step)],
) -> CurveWire<'a> {
    CurveWire {
        prm: prm(),
        direction: Direction::Production,
        from: date(2026, 10, 6),
        to: date(2026, 10, 7),
        points,
        nulls,
    }
}

#[test]
fn a_curve_of_mixed_steps_with_a_null_is_written_and_read_by_both_generations() {
    let points = [
        point(1, 0, Step::HOUR, 540),
        point(2, 0, Step::HALF_HOUR, 250),
        point(2, 10, Step::TEN, 0),
    ];
    let null = datetime(2026, 10, 6, 1, 30, 0, 0);
    for generation in Generation::ALL {
        let body = encode_curve(generation, &curve_wire(&points, &[(null, Step::HALF_HOUR)]));
        insta::assert_snapshot!(format!("curve_{generation}"), pretty(&body));
        let curve = decode_curve(generation, &body).unwrap();
        assert_eq!(curve.points, points);
        assert_eq!(curve.nulls, [null]);
        assert_eq!(curve.usage_point, Some(prm()));
    }
}

#[test]
fn days_are_written_and_read_by_both_generations() {
    let days = [DailyEnergy {
        day: date(2026, 10, 6),
        watt_hours: 33_495,
    }];
    let nulls = [date(2026, 10, 5)];
    let wire = DailyWire {
        prm: prm(),
        direction: Direction::Consumption,
        from: date(2026, 10, 5),
        to: date(2026, 10, 7),
        days: &days,
        nulls: &nulls,
    };
    for generation in Generation::ALL {
        let body = encode_daily(generation, &wire);
        insta::assert_snapshot!(format!("daily_{generation}"), pretty(&body));
        let daily = decode_daily(generation, &body).unwrap();
        assert_eq!((&daily.days[..], &daily.nulls[..]), (&days[..], &nulls[..]));
    }
}

#[test]
fn maxima_are_written_and_read_by_both_generations() {
    let maximum = |phase, volt_amperes| DailyMaximum {
        day: date(2026, 10, 6),
        phase,
        volt_amperes,
        at: PeakInstant::from_local(datetime(2026, 10, 6, 13, 3, 35, 0)).unwrap(),
    };
    let maxima = [maximum(Phase::All, 4680), maximum(Phase::Two, 2100)];
    let nulls = [date(2026, 10, 5)];
    let wire = MaximaWire {
        prm: prm(),
        direction: Direction::Consumption,
        from: date(2026, 10, 5),
        to: date(2026, 10, 7),
        maxima: &maxima,
        nulls: &nulls,
    };
    for (generation, kept) in [(Generation::V2026, 2), (Generation::V5, 1)] {
        let body = encode_maxima(generation, &wire);
        insta::assert_snapshot!(format!("maxima_{generation}"), pretty(&body));
        let read = decode_maxima(generation, &body).unwrap();
        assert_eq!(
            (&read.maxima[..], &read.nulls[..]),
            (&maxima[..kept], &nulls[..])
        );
    }
}

#[test]
fn registers_are_written_and_read() {
    let register = |calendar: &str, class: &str, watt_hours| Register {
        day: date(2026, 10, 6),
        calendar: calendar.to_owned(),
        class: class.to_owned(),
        watt_hours,
    };
    let registers = [
        register("", "", 3_000),
        register("DI000002", "HC", 1_000),
        register("DI000002", "HP", 2_000),
    ];
    let body = encode_index(&IndexWire {
        prm: prm(),
        direction: Direction::Consumption,
        from: date(2026, 10, 6),
        to: date(2026, 10, 7),
        registers: &registers,
    });
    insta::assert_snapshot!("index", pretty(&body));
    let read = decode_registers(&body).unwrap();
    assert_eq!(read.registers, registers);
    assert_eq!(read.skipped, 0);
}

#[test]
fn a_reading_belongs_to_the_nearest_midnight_and_an_intervention_to_none() {
    let body = |values: &str| {
        format!(
            r#"{{"idPrm":"01234567890123","grandeur":[],"contexte":[{{"grandeur":[{{"grandeurMetier":"CONS",
            "grandeurPhysique":"EA","unite":"Wh","cadranTotalisateur":{{"valeur":[{values}]}}}}]}}]}}"#
        )
    };
    let read = |values: &str| decode_registers(body(values).as_bytes()).unwrap();
    for stamp in [
        "2026-07-14 00:00:00",
        "2026-07-14 01:00:00",
        "2026-07-13 23:00:00",
        "2026-07-14",
        "2026-07-14T00:00:00+02:00",
        "2026-07-13T23:00:00Z",
    ] {
        let found = read(&format!(r#"{{"d":"{stamp}","v":12,"iv":0}}"#));
        assert_eq!(found.registers[0].day, date(2026, 7, 14), "{stamp}");
    }
    let odd = read(r#"{"d":"2026-07-14 11:20:00","v":12},{"d":"2026-07-14 00:00:00","v":null}"#);
    assert_eq!((odd.registers.len(), odd.skipped), (0, 2));
    let changed = read(r#"{"d":"2026-07-14 00:00:00","v":99},{"d":"2026-07-14 00:00:00","v":0}"#);
    assert_eq!((changed.registers.len(), changed.skipped), (0, 2));
}

fn v2_curve(points: &str) -> Result<enedis::Curve, Malformed> {
    let body = format!(
        r#"{{"extra":{{"deep":[1,2]}},"idPrm":"01234567890123","grandeur":[{{"grandeurPhysique":"PA","unite":"W","points":[{points}]}}]}}"#
    );
    decode_curve(Generation::V2026, body.as_bytes())
}

#[test]
fn a_faulty_point_is_named_by_place_and_stamp_and_never_guessed() {
    let good = r#"{"v":"1","d":"2026-10-06 00:30:00","p":"PT30M","unknown":[{}]}"#;
    for (bad, fault) in [
        (r#"{"v":"1","d":"2026-10-06 01:00:00"}"#, PointFault::NoStep),
        (
            r#"{"v":"1","d":"2026-10-06 01:00:00","p":"PT7M"}"#,
            PointFault::BadStep,
        ),
        (
            r#"{"v":"x","d":"2026-10-06 01:00:00","p":"PT30M"}"#,
            PointFault::NotANumber,
        ),
        (
            r#"{"v":-4,"d":"2026-10-06 01:00:00","p":"PT30M"}"#,
            PointFault::Negative,
        ),
        (
            r#"{"v":"4294967296","d":"2026-10-06 01:00:00","p":"PT30M"}"#,
            PointFault::TooLarge,
        ),
        (
            r#"{"d":"2026-10-06 01:00:00","p":"PT30M"}"#,
            PointFault::NoValue,
        ),
    ] {
        let error = v2_curve(bad).unwrap_err();
        let place = "grandeur[0].points[0] (2026-10-06 01:00:00)";
        assert_eq!(error.to_string(), format!("{place}: {fault}"));
        // One bad point does not keep the others back, and is not guessed.
        let rest = v2_curve(&format!("{good},{bad}")).unwrap();
        assert_eq!((rest.points.len(), rest.nulls.len()), (1, 0));
    }
    let seconds = v2_curve(r#"{"v":"1","d":"2026-10-06 00:30:07","p":"PT30M"}"#);
    assert!(seconds.is_err(), "a curve has whole minutes");
    let undated = v2_curve(r#"{"v":"1","p":"PT30M"}"#).unwrap_err();
    assert_eq!(
        undated.to_string(),
        "grandeur[0].points[0]: it has no stamp"
    );
    let day = v2_curve(r#"{"v":"1","d":"2026-10-06","p":"PT30M"}"#).unwrap_err();
    assert!(day.to_string().contains("expected form"), "{day}");
}

#[test]
fn v5_curves_come_with_or_without_wrapper_type_and_list() {
    let list = r#"[{"value":540,"date":"2026-10-06 00:30:00","interval_length":"PT30M"}]"#;
    let id = r#""usage_point_id":"01234567890123""#;
    for (body, count) in [
        (
            format!(r#"{{"meter_reading":{{{id},"interval_reading":{list}}}}}"#),
            1,
        ),
        (format!(r#"{{{id},"interval_reading":{list}}}"#), 1),
        (format!(r#"{{"meter_reading":{{{id}}}}}"#), 0),
        (
            format!(r#"{{"meter_reading":{{{id},"interval_reading":null}}}}"#),
            0,
        ),
    ] {
        let curve = decode_curve(Generation::V5, body.as_bytes()).unwrap();
        assert_eq!(curve.points.len(), count, "{body}");
        assert_eq!(curve.usage_point, Some(prm()));
    }
}

#[test]
fn answers_of_another_kind_are_refused() {
    let v2 = |text: &str| decode_curve(Generation::V2026, text.as_bytes()).unwrap_err();
    assert_eq!(v2(""), Malformed::Empty);
    assert_eq!(v2("  \n"), Malformed::Empty);
    assert_eq!(v2("<html>"), Malformed::Html);
    assert!(matches!(v2("{"), Malformed::Truncated { .. }));
    assert!(matches!(v2("nonsense"), Malformed::NotJson { .. }));
    assert!(matches!(v2("\"no\""), Malformed::Shape { .. }));
    assert_eq!(v2("{}"), Malformed::Missing { field: "grandeur" });
    assert_eq!(
        v2(r#"{"idPrm":"12"}"#),
        Malformed::UsagePoint { field: "idPrm" }
    );
    let energy =
        r#"{"idPrm":"01234567890123","grandeur":[{"grandeurPhysique":"EA","unite":"Wh"}]}"#;
    assert_eq!(v2(energy), Malformed::Missing { field: "PA" });
    let kilo = r#"{"grandeur":[{"grandeurPhysique":"PA","unite":"kW"}]}"#;
    assert!(matches!(v2(kilo), Malformed::Unit { .. }));
    let both = r#"{"grandeur":[{"grandeurMetier":"CONS"},{"grandeurMetier":"PROD"}]}"#;
    assert_eq!(v2(both), Malformed::MixedDirections);
    assert_eq!(
        decode_curve(Generation::V5, b"\xff\xfe").unwrap_err(),
        Malformed::NotText
    );
}

#[test]
fn errors_repeat_nothing_of_the_answer() {
    let body = r#"{"idPrm":"22516914714270","grandeur":"22516914714270"}"#;
    let error = decode_curve(Generation::V2026, body.as_bytes()).unwrap_err();
    assert!(!error.to_string().contains("225169"), "{error}");
}

#[test]
fn a_maximum_in_the_skipped_hour_is_a_day_without_one() {
    let body = r#"{"idPrm":"01234567890123","grandeur":[{"grandeurPhysique":"PMA","unite":"VA",
        "points":[{"v":"3000","d":"2026-03-29 02:30:00"},{"v":"3100","d":"2026-03-30 02:30:00"}]}]}"#;
    let maxima = decode_maxima(Generation::V2026, body.as_bytes()).unwrap();
    assert_eq!(maxima.nulls, [date(2026, 3, 29)]);
    assert_eq!(maxima.maxima.len(), 1);
}

#[test]
fn a_day_said_twice_counts_once_and_a_day_said_in_two_ways_not_at_all() {
    let body = r#"{"meter_reading":{"usage_point_id":"01234567890123","interval_reading":[
        {"value":"5","date":"2026-10-02"},{"value":null,"date":"2026-10-01"},{"value":"3","date":"2026-10-01"},
        {"value":"5","date":"2026-10-02"},{"value":"7","date":"2026-10-03"},{"value":"8","date":"2026-10-03"}]}}"#;
    let daily = decode_daily(Generation::V5, body.as_bytes()).unwrap();
    let days: Vec<_> = daily.days.iter().map(|d| (d.day, d.watt_hours)).collect();
    assert_eq!(days, [(date(2026, 10, 1), 3), (date(2026, 10, 2), 5)]);
    assert_eq!(daily.nulls, [date(2026, 10, 3)]);
}

proptest! {
    #[test]
    fn intervals_survive_both_wires_over_any_clock_change(
        first in 0_i32..1500,
        length in 1_i32..8,
        watts in prop::collection::vec(0_u32..36_000, 400),
        v5: bool,
    ) {
        let generation = if v5 { Generation::V5 } else { Generation::V2026 };
        let day = paris::add_days(date(2022, 1, 1), first);
        let end = paris::day_start(paris::add_days(day, length));
        let mut start = paris::day_start(day);
        let mut truth = Vec::new();
        for watts in watts {
            if start >= end { break; }
            truth.push(Interval { start, step: Step::HALF_HOUR, watts });
            start += Step::HALF_HOUR.duration();
        }
        let points: Vec<_> = truth.iter().map(|i| LocalPoint {
            stamp: stamps::stamp_of(i, Marks::End), step: i.step, watts: i.watts,
        }).collect();
        let curve = decode_curve(generation, &encode_curve(generation, &curve_wire(&points, &[]))).unwrap();
        let resolved = stamps::resolve(&curve.points, Marks::End);
        prop_assert_eq!(resolved.intervals, truth);
        prop_assert_eq!(resolved.doubts, vec![]);
    }

    #[test]
    fn any_bytes_are_read_or_refused_without_a_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        for generation in Generation::ALL {
            let _ = decode_curve(generation, &body);
            let _ = decode_daily(generation, &body);
            let _ = decode_maxima(generation, &body);
        }
        let _ = decode_registers(&body);
        let _ = enedis::decode_contracts(&body);
    }
}
