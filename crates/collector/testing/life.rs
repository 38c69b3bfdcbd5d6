//! Three years of daily life, day by day: who lives where, what changes, and what
//! goes wrong. For the tests of whoever keeps or shows what comes of it.

use collector::Collector;
use jiff::Timestamp;
use jiff::civil::{Date, date, datetime};
use meter::{Direction, Step, UsagePoint, paris};
use simulator::profile::{Publication, Standing, StepEra};
use simulator::{Fault, FaultRule, Mode, Profile, Resource, Simulator, customers};

/// Becomes a producer, and takes its consent back for ten days.
pub const HOME: u64 = 70_000_000_000_031;
/// Enedis is often late with it.
pub const LATE: u64 = 70_000_000_000_032;
/// Enedis fails for it alone for a month; its meter is exchanged.
pub const STRUCK: u64 = 70_000_000_000_033;
/// Where the family lived, and where it lives.
pub const OLD: u64 = 70_000_000_000_034;
pub const NEW: u64 = 70_000_000_000_035;

pub const FIRST: Date = date(2025, 11, 21);
pub const LAST: Date = date(2028, 11, 21);
pub const PRODUCES: Date = date(2027, 1, 15);
pub const EXCHANGED: Date = date(2027, 3, 10);
pub const SWITCHED: Date = date(2027, 5, 15);
pub const MOVED: Date = date(2027, 8, 1);

/// Who lives where.
pub fn profiles() -> Vec<Profile> {
    let since = date(2024, 9, 2);
    let home = Profile {
        production_since: Some(PRODUCES),
        ..customers::self_consumer(HOME, since)
    };
    let late = Profile {
        publication: Publication {
            late: 60,
            very_late: 30,
            never: 12,
        },
        ..customers::consumer(LATE, since)
    };
    let struck = customers::consumer(STRUCK, since);
    let quarter = StepEra {
        from: datetime(2027, 3, 10, 0, 0, 0, 0),
        step: Step::from_minutes(15).unwrap(),
    };
    let struck = Profile {
        exchanged: Some(EXCHANGED),
        eras: struck.eras.iter().copied().chain([quarter]).collect(),
        ..struck
    };
    vec![
        home,
        late,
        struck,
        customers::consumer(OLD, since),
        customers::consumer(NEW, MOVED),
    ]
}

/// What changes on a day.
pub fn happen(simulator: &Simulator, collector: &mut Collector, day: Date) {
    let stand = |number, standing| {
        simulator.set_standing(usage_point(number), standing);
    };
    match day {
        d if d == date(2026, 9, 5) => stand(HOME, Standing::Revoked),
        d if d == date(2026, 9, 15) => stand(HOME, Standing::Consented),
        SWITCHED => simulator.set_mode(Mode::V5Gone),
        MOVED => {
            stand(OLD, Standing::MovedOut);
            collector.usage_points.push(usage_point(NEW));
        }
        _ => {}
    }
    // Corrected three days after the fact.
    if day.day() == 17 {
        let corrected = paris::add_days(day, -3);
        for number in [HOME, STRUCK] {
            let truth = simulator.truth(usage_point(number)).unwrap();
            truth.correct(Direction::Consumption, corrected, 120);
        }
    }
}

/// What goes wrong on a day, at an hour.
pub fn faults(day: Date, hour: i8) -> Vec<FaultRule> {
    let within = |from: Date, to: Date| (from..to).contains(&day);
    let page = |status| everybody(None, Fault::Html { status });
    let problem = |code: &str| Fault::Problem {
        code: code.to_owned(),
        text: String::new(),
    };
    let mut rules = Vec::new();
    if !(8..22).contains(&hour) {
        rules.push(page(503));
    }
    if within(date(2026, 2, 10), date(2026, 2, 24)) {
        rules.push(page(503));
    }
    if within(date(2026, 4, 6), date(2026, 4, 9)) {
        let down = Fault::Empty { status: 500 };
        rules.push(everybody(Some(Resource::Token), down));
    }
    if within(date(2026, 5, 4), date(2026, 5, 7)) && hour < 16 {
        rules.push(everybody(None, problem("900804")));
    }
    if within(date(2026, 6, 15), date(2026, 6, 17)) {
        rules.push(page(200));
    }
    if within(date(2026, 7, 1), date(2026, 8, 1)) {
        let fault = Fault::Empty { status: 500 };
        rules.push(FaultRule {
            usage_point: Some(usage_point(STRUCK)),
            ..everybody(None, fault)
        });
    }
    if within(date(2027, 10, 2), date(2027, 10, 3)) && hour < 12 {
        rules.push(everybody(None, problem("ADAM-DC-0008")));
    }
    rules
}

fn everybody(resource: Option<Resource>, fault: Fault) -> FaultRule {
    FaultRule {
        usage_point: None,
        resource,
        from_call: 1,
        calls: None,
        fault,
    }
}

/// The instant of a local time, the first where it comes twice.
pub fn local(day: Date, hour: i8, minute: i8) -> Timestamp {
    match paris::instants(day.at(hour, minute, 0, 0)) {
        paris::Instants::One(at) | paris::Instants::Two(at, _) => at,
        paris::Instants::None => paris::day_start(day),
    }
}

/// The usage point of a number.
pub fn usage_point(number: u64) -> UsagePoint {
    UsagePoint::from_u64(number).unwrap()
}
