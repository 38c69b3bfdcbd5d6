//! The older proxy's path: v5 answers whatever Enedis speaks, and statuses that
//! older clients survive.

use enedis::Generation;
use jiff::civil::date;
use meter::{Direction, Kind, Marks, stamps};
use simulator::{Fault, FaultRule, Resource};

use crate::world::{Answer, Engine, HOME, LEGACY_BOX, NEIGHBOUR, World};
use crate::{legacy_week, on_both, read};

on_both!(
    a_v5_answer_comes_from_either_generation,
    trouble_is_told_in_statuses_that_cost_no_consent,
    a_household_that_only_draws_has_no_production_data,
);

fn path(kind: Kind, direction: Direction) -> &'static str {
    Generation::V5.measure_path(kind, direction).unwrap()
}

fn curve_of(answer: &Answer) -> Vec<meter::Interval> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let curve = enedis::decode_curve(Generation::V5, answer.text.as_bytes()).unwrap();
    assert_eq!(curve.usage_point, Some(HOME.1.parse().unwrap()));
    stamps::resolve(&curve.points, Marks::End).intervals
}

async fn a_v5_answer_comes_from_either_generation(engine: Engine) {
    let mut answers = Vec::new();
    for world in [World::new(engine).await, World::v5(engine).await] {
        let pair = world.tokens(LEGACY_BOX, HOME).await;
        let asked = legacy_week(HOME.1, path(Kind::Curve, Direction::Consumption));
        let answer = read(&world, &asked, &pair.access).await;
        let truth = world.enedis.truth(HOME.1.parse().unwrap()).unwrap();
        let days = meter::paris::days(date(2026, 11, 13), date(2026, 11, 20));
        let recorded = days.flat_map(|day| truth.collected_day(Direction::Consumption, day));
        assert_eq!(curve_of(&answer), recorded.collect::<Vec<_>>());
        assert_eq!(answer.header("content-encoding"), "");
        let asked = legacy_week(HOME.1, path(Kind::Maximum, Direction::Consumption));
        let maxima = read(&world, &asked, &pair.access).await;
        assert_eq!(maxima.status, 200, "{}", maxima.text);
        answers.push((answer.text, maxima.text));
    }
    assert_eq!(answers[0], answers[1], "the generation shows through");
}

async fn trouble_is_told_in_statuses_that_cost_no_consent(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(LEGACY_BOX, HOME).await;
    let asked = legacy_week(HOME.1, path(Kind::Curve, Direction::Consumption));
    let prm = HOME.1.parse().unwrap();
    let problem = |code: &str| Fault::Problem {
        code: code.to_owned(),
        text: String::new(),
    };
    for (fault, status, error) in [
        (problem("ADAM-ERR0069"), 404, "no_data_found"),
        (problem("no_data_found"), 404, "no_data_found"),
        (problem("ADAM-ERR0123"), 404, "no_data_found"),
        (problem("ADAM-DC-0008"), 500, "technical_error"),
        (problem("900908"), 500, "technical_error"),
        (Fault::Html { status: 403 }, 500, "technical_error"),
        (Fault::Html { status: 503 }, 500, "technical_error"),
        (Fault::Truncated, 500, "technical_error"),
    ] {
        world.enedis.clear_faults();
        let rule = FaultRule::always(prm, Resource::ConsumptionCurve, fault.clone());
        world.enedis.add_fault(rule);
        let answer = read(&world, &asked, &pair.access).await;
        let said = (answer.status.as_u16(), answer.error());
        assert_eq!(
            said,
            (status, error.to_owned()),
            "{fault:?}: {}",
            answer.text
        );
    }
    world.enedis.clear_faults();
    assert_eq!(read(&world, &asked, &pair.access).await.status, 200);
}

async fn a_household_that_only_draws_has_no_production_data(engine: Engine) {
    let world = World::new(engine).await;
    let pair = world.tokens(LEGACY_BOX, NEIGHBOUR).await;
    // Enedis answers ADAM-ERR0069, with 400: older clients would try all day.
    let asked = legacy_week(NEIGHBOUR.1, path(Kind::Curve, Direction::Production));
    let answer = read(&world, &asked, &pair.access).await;
    assert_eq!(
        (answer.status.as_u16(), answer.error().as_str()),
        (404, "no_data_found")
    );
}
