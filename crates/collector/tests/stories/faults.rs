//! Everything that Enedis is known to answer instead of data: nothing held is
//! lost or wrong, the ledger says what happened and when to ask again, and
//! nobody else is kept waiting.

use std::fmt::Write;

use collector::{Cadence, Collector, Summary, Wishes};
use enedis::{Generation, Problem};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use ledger::{DayState, SeriesKey, SeriesNote, Store};
use meter::{Direction, Kind, curve, paris};
use simulator::{Fault, FaultRule, Mode, Options, Profile, Resource, customers};

use crate::held::states;
use crate::world::{World, key, sync, true_days, usage_point, whole_curve};

/// Noon in Paris.
const BEFORE: &str = "2026-11-21T11:00:00Z";
/// Struck by each fault; with panels, so that it has the most series.
const STRUCK: u64 = 70_000_000_000_011;
const NEIGHBOUR: u64 = 70_000_000_000_012;
const SINCE: Date = date(2026, 9, 7);
const PRODUCES_SINCE: Date = date(2026, 10, 5);

fn neighbours(options: &mut Options) {
    let struck = Profile {
        production_since: Some(PRODUCES_SINCE),
        ..customers::self_consumer(STRUCK, SINCE)
    };
    options.profiles = vec![struck, customers::consumer(NEIGHBOUR, SINCE)];
}

/// Two usage points, of which the first is about to be struck.
struct Street {
    world: World,
    collector: Collector,
    generation: Generation,
}

impl Street {
    fn new(generation: Generation) -> Self {
        let world = World::at(BEFORE, neighbours);
        let mut collector = world.collector("a.db", generation, &[STRUCK, NEIGHBOUR]);
        collector.wishes = every_day();
        Self {
            world,
            collector,
            generation,
        }
    }

    fn store(&self) -> Store {
        self.world.reader("a.db")
    }

    fn today(&self) -> Date {
        paris::day_of(self.world.simulator.now())
    }

    /// Whether a usage point has every reading of every kind up to yesterday.
    fn is_complete(&self, number: u64) -> bool {
        let store = self.store();
        series(number).all(|key| {
            let states = states(&store, key);
            paris::days(since(key), self.today())
                .all(|day| states.get(&day) == Some(&DayState::Complete))
        })
    }

    /// Nothing but the truth is held, and nothing was ever replaced.
    fn assert_true(&self, what: &str) {
        let store = self.store();
        for number in [STRUCK, NEIGHBOUR] {
            let truth = self.world.simulator.truth(usage_point(number)).unwrap();
            for key in series(number) {
                assert_eq!(store.revisions(key).unwrap(), [], "{what}");
                if key.kind != Kind::Daily {
                    continue;
                }
                for (day, watt_hours) in store.daily(key, Date::MIN, Date::MAX).unwrap() {
                    assert_eq!(
                        watt_hours,
                        truth.daily_wh(key.direction, day),
                        "{what} {day}"
                    );
                }
                let curve_of = SeriesKey {
                    kind: Kind::Curve,
                    ..key
                };
                for day in curve::by_day(&whole_curve(&store, curve_of)) {
                    let there = truth.collected_day(key.direction, day.day);
                    assert!(
                        day.intervals.iter().all(|held| there.contains(held)),
                        "{what}"
                    );
                }
            }
        }
    }

    /// As whole as a ledger that never met any trouble.
    async fn assert_whole(&self, what: &str) {
        self.assert_true(what);
        for number in [STRUCK, NEIGHBOUR] {
            assert!(self.is_complete(number), "{what}: {number} lacks something");
            for key in series(number).filter(|key| key.kind == Kind::Curve) {
                let held = whole_curve(&self.store(), key);
                let truth = true_days(&self.world, number, key.direction, since(key), self.today());
                assert_eq!(held, truth, "{what}");
            }
        }
        // Another client, which does not know how fast the first one was.
        self.world.clock.advance(SignedDuration::from_secs(2));
        let mut untroubled = self
            .world
            .collector("b.db", self.generation, &[STRUCK, NEIGHBOUR]);
        untroubled.wishes = every_day();
        assert_eq!(sync(&untroubled).await.troubles, []);
        let (a, b) = (self.store(), self.world.reader("b.db"));
        for key in [STRUCK, NEIGHBOUR].into_iter().flat_map(series) {
            assert_eq!(readings(&a, key), readings(&b, key), "{what}: {key:?}");
        }
    }

    /// What stands in the ledger about problems, times as they are from now.
    fn notes(&self) -> String {
        let (store, now) = (self.store(), self.world.simulator.now());
        let mut text = String::new();
        if let Some(pause) = store.source_pause("enedis").unwrap() {
            writeln!(text, "  source: {}", said(&pause, now)).unwrap();
        }
        for (name, number) in [("struck", STRUCK), ("neighbour", NEIGHBOUR)] {
            let contract = store.contract_note(usage_point(number)).unwrap();
            if contract.problem.is_some() {
                writeln!(text, "  {name} contract: {}", said(&contract, now)).unwrap();
            }
            for key in series(number) {
                let note = store.note(key).unwrap();
                if note.problem.is_some() {
                    let SeriesKey {
                        direction, kind, ..
                    } = key;
                    writeln!(text, "  {name} {direction} {kind}: {}", said(&note, now)).unwrap();
                }
            }
        }
        text
    }
}

fn said(note: &SeriesNote, now: Timestamp) -> String {
    let problem: Problem = serde_json::from_value(note.problem.clone().unwrap()).unwrap();
    let wait = note.ask_at.map(|at| at.duration_since(now));
    let wait = wait.map_or("never".to_owned(), |wait| {
        let minutes = (wait.as_secs() + 59) / 60;
        format!("in {}h{:02}", minutes / 60, minutes % 60)
    });
    format!("{}, {} failed, again {wait}", problem.code(), note.failures)
}

/// Everything is asked every day, so that every fault meets every series.
fn every_day() -> Wishes {
    let cadence = Cadence {
        totals: 1,
        maxima: 1,
        index: 1,
        contract: 7,
        ..Cadence::default()
    };
    Wishes {
        cadence,
        ..Wishes::default()
    }
}

/// Every series that both generations have.
fn series(number: u64) -> impl Iterator<Item = SeriesKey> {
    let kinds = [
        (Direction::Consumption, Kind::Daily),
        (Direction::Consumption, Kind::Curve),
        (Direction::Consumption, Kind::Maximum),
        (Direction::Production, Kind::Daily),
        (Direction::Production, Kind::Curve),
    ];
    let kinds = kinds.into_iter().take(if number == STRUCK { 5 } else { 3 });
    kinds.map(move |(direction, kind)| key(number, direction, kind))
}

fn since(key: SeriesKey) -> Date {
    match key.direction {
        Direction::Consumption => SINCE,
        Direction::Production => PRODUCES_SINCE,
    }
}

fn readings(store: &Store, key: SeriesKey) -> String {
    match key.kind {
        Kind::Curve => format!("{:?}", whole_curve(store, key)),
        Kind::Daily => format!("{:?}", store.daily(key, Date::MIN, Date::MAX).unwrap()),
        Kind::Maximum => format!("{:?}", store.maxima(key, Date::MIN, Date::MAX).unwrap()),
        Kind::Index => format!("{:?}", store.registers(key, Date::MIN, Date::MAX).unwrap()),
    }
}

fn troubles(summary: &Summary) -> String {
    let codes: Vec<&str> = summary.troubles.iter().map(|t| t.problem.code()).collect();
    codes.join(", ")
}

/// Strikes one usage point (or everyone) for ever, from a history that is held
/// on; then looks, asks again at once, ends the fault, and lets a day pass.
async fn tell(name: &str, generation: Generation, rules: Vec<FaultRule>) -> String {
    let street = Street::new(generation);
    let world = &street.world;
    assert_eq!(sync(&street.collector).await.troubles, []);
    let held: Vec<_> = series(STRUCK)
        .map(|key| readings(&street.store(), key))
        .collect();
    world.advance_hours(3 * 24);
    for rule in rules {
        world.simulator.add_fault(rule);
    }
    let first = sync(&street.collector).await;
    street.assert_true(name);
    for (key, held) in series(STRUCK).zip(held) {
        let held = held.trim_end_matches([']', '}']).to_owned();
        assert!(
            readings(&street.store(), key).starts_with(&held),
            "{name}: {key:?} is lost"
        );
    }
    let alone = street.store().source_pause("enedis").unwrap().is_none();
    assert_eq!(
        street.is_complete(NEIGHBOUR),
        alone,
        "{name}: the neighbour"
    );
    let neighbour = if alone { "complete" } else { "waits" };
    let notes = street.notes();
    let second = sync(&street.collector).await;
    assert!(second.calls <= 1, "{name}: {} calls at once", second.calls);
    assert_eq!(second.written.rows(), 0, "{name}");
    world.simulator.clear_faults();
    world.simulator.set_mode(Mode::Both);
    world.advance_hours(25);
    let third = sync(&street.collector).await;
    assert!(third.finished, "{name}: {:?}", third.troubles);
    street.assert_whole(name).await;
    assert_eq!(street.notes(), "", "{name}: no problem stands any more");
    format!(
        "{name} ({generation})\n  told: {}\n  neighbour: {neighbour}\n{notes}  at once again: {} calls\n",
        troubles(&first),
        second.calls
    )
}

fn strike(resource: Option<Resource>, fault: Fault) -> Vec<FaultRule> {
    vec![FaultRule {
        usage_point: Some(usage_point(STRUCK)),
        resource,
        from_call: 1,
        calls: None,
        fault,
    }]
}

fn strike_all(fault: Fault) -> Vec<FaultRule> {
    vec![FaultRule {
        usage_point: None,
        ..strike(None, fault).remove(0)
    }]
}

fn problem(code: &str, text: &str) -> Fault {
    Fault::Problem {
        code: code.to_owned(),
        text: text.to_owned(),
    }
}

const CURVE: Option<Resource> = Some(Resource::ConsumptionCurve);

#[tokio::test]
async fn nonsense_about_one_usage_point_leaves_what_is_held_and_everyone_else_alone() {
    let neighbour = usage_point(NEIGHBOUR);
    let mut told = String::new();
    for (name, resource, fault) in [
        ("outage of one measure", CURVE, problem("500", "SI coeur")),
        ("outage of everything", None, problem("500", "SI coeur")),
        ("page 503", None, Fault::Html { status: 503 }),
        ("page 200", CURVE, Fault::Html { status: 200 }),
        ("nothing at all", CURVE, Fault::Empty { status: 200 }),
        ("cut off", None, Fault::Truncated),
        (
            "someone else",
            CURVE,
            Fault::WrongUsagePoint {
                usage_point: neighbour,
            },
        ),
    ] {
        for generation in Generation::ALL {
            told += &tell(name, generation, strike(resource, fault.clone())).await;
        }
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_refusal_stands_for_its_series_or_usage_point_until_it_is_lifted() {
    let mut told = String::new();
    for (name, resource, fault) in [
        ("curve not recorded", CURVE, problem("ADAM-ERR0075", "")),
        (
            "not subscribed",
            Some(Resource::ConsumptionMaximum),
            problem("900908", ""),
        ),
        ("consent withdrawn", None, problem("ADAM-DC-0008", "")),
    ] {
        for generation in Generation::ALL {
            told += &tell(name, generation, strike(resource, fault.clone())).await;
        }
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn what_concerns_everyone_pauses_the_source_until_the_time_it_names() {
    let until = r#"{"code":"900804","message":"Message throttled out","nextAccessTime":"2026-Nov-24 12:00:00+0000 UTC"}"#;
    let hourly = Fault::Body {
        status: 429,
        body: until.to_owned(),
    };
    let mut told = String::new();
    for (name, fault) in [
        ("hour spent", hourly),
        ("hour spent, no time named", problem("Quota Q4 reached", "")),
        ("always too fast", problem("900807", "")),
        ("token always refused", problem("900901", "")),
        (
            "slower than a minute",
            Fault::Slow {
                milliseconds: 90_000,
            },
        ),
    ] {
        told += &tell(name, Generation::V2026, strike_all(fault)).await;
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_moment_of_trouble_is_not_even_told() {
    for (fault, times) in [(problem("900901", ""), 1), (problem("900807", ""), 2)] {
        let street = Street::new(Generation::V2026);
        let rule = FaultRule {
            resource: CURVE,
            from_call: 3,
            ..strike_all(fault).remove(0)
        };
        street.world.simulator.add_fault(rule.times(times));
        let summary = sync(&street.collector).await;
        assert_eq!(summary.troubles, []);
        street.assert_whole("a moment").await;
    }
}

#[tokio::test]
async fn a_withdrawn_generation_pauses_the_source_and_the_other_one_goes_on() {
    let street = Street::new(Generation::V5);
    sync(&street.collector).await;
    street.world.advance_hours(24);
    street.world.simulator.set_mode(Mode::V5Gone);
    let gone = sync(&street.collector).await;
    assert_eq!(troubles(&gone), "no-such-resource");
    let pause = street.store().source_pause("enedis").unwrap().unwrap();
    let wait = pause
        .ask_at
        .unwrap()
        .duration_since(street.world.simulator.now());
    assert!(
        wait > SignedDuration::ZERO && wait <= SignedDuration::from_hours(24),
        "{wait}"
    );
    assert_eq!(sync(&street.collector).await.calls, 0);
    street.assert_true("gone");
    // The same ledger, asked through the generation that is left.
    street.world.advance_hours(24);
    let mut other = street
        .world
        .collector("a.db", Generation::V2026, &[STRUCK, NEIGHBOUR]);
    other.wishes = every_day();
    let back = sync(&other).await;
    assert!(back.finished, "{:?}", back.troubles);
    assert!(street.is_complete(STRUCK) && street.is_complete(NEIGHBOUR));
}

#[tokio::test]
async fn an_unknown_activation_is_found_in_few_calls_and_nothing_before_it_is_asked_again() {
    let activated = date(2025, 3, 14);
    let world = World::at(BEFORE, |options| {
        options.profiles = vec![customers::consumer(STRUCK, activated)];
        // v5 names a date in its contracts; here it does not answer.
    });
    let rule = FaultRule::always(
        usage_point(STRUCK),
        Resource::Contract,
        problem("500", "Erreur"),
    );
    world.simulator.add_fault(rule);
    let collector = world.collector("a.db", Generation::V5, &[STRUCK]);
    sync(&collector).await;
    let refused = |resource| {
        let calls = world.simulator.calls();
        let refused = calls
            .iter()
            .filter(|call| call.resource == Some(resource) && call.status >= 400);
        refused.count()
    };
    let store = world.reader("a.db");
    for (kind, resource, few) in [
        (Kind::Curve, Resource::ConsumptionCurve, 4),
        (Kind::Daily, Resource::ConsumptionDaily, 12),
        (Kind::Maximum, Resource::ConsumptionMaximum, 12),
    ] {
        let series = key(STRUCK, Direction::Consumption, kind);
        let states = states(&store, series);
        let today = paris::day_of(world.simulator.now());
        assert!(
            paris::days(activated, today).all(|day| states.get(&day) == Some(&DayState::Complete)),
            "{kind}"
        );
        let before = states.range(..activated);
        assert!(before.clone().count() > 0, "{kind}: days before are told");
        assert!(
            before
                .clone()
                .all(|(_, state)| *state == DayState::BeforeActivation),
            "{kind}"
        );
        assert!(
            refused(resource) <= few,
            "{kind}: {} refusals",
            refused(resource)
        );
    }
    world.simulator.clear_calls();
    world.advance_hours(24);
    sync(&collector).await;
    assert_eq!(
        refused(Resource::ConsumptionDaily),
        0,
        "the border is known"
    );
}

/// The struck usage point comes first and has the most series.
#[tokio::test]
async fn a_month_of_outages_at_one_usage_point_never_delays_another() {
    let street = Street::new(Generation::V2026);
    for rule in strike(None, problem("500", "SI coeur")) {
        street.world.simulator.add_fault(rule);
    }
    for day in 0..30 {
        sync(&street.collector).await;
        assert!(
            street.is_complete(NEIGHBOUR),
            "the neighbour waits on day {day}"
        );
        let calls = street.world.simulator.calls();
        let struck = calls
            .iter()
            .filter(|call| call.usage_point == Some(usage_point(STRUCK)));
        let asked = struck.count();
        assert!(asked <= 25, "{asked} calls in vain on day {day}");
        street.world.simulator.clear_calls();
        street.world.advance_hours(24);
    }
    street.world.simulator.clear_faults();
    sync(&street.collector).await;
    street.assert_whole("after a month").await;
}
