//! What a simulated year costs, computed twice: by the crate, and minute by
//! minute in fractions by a slow reading of the published prices.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

mod cost {
    pub mod slow;
}

use std::collections::BTreeMap;

use cost::slow;
use jiff::civil::{Date, date};
use meter::{DailyMaximum, Direction, Interval, PeakInstant, Phase, Step, WattMinutes, paris};
use proptest::prelude::*;
use simulator::{Truth, customers};
use tariff::colour::{ColourCalendar, EjpDay, Source, TempoColour};
use tariff::compare::{PowerCheck, candidates, compare};
use tariff::offer::schedule::{Context, Reason, Slot};
use tariff::offer::{MicroEuro, Offer};
use tariff::{Breakdown, MinuteRange, Usage, Windows, cost as price, regulated};

const FIRST: Date = date(2025, 8, 1);
const END: Date = date(2026, 8, 1);

/// Everything a cost hangs on.
struct World {
    curve: Vec<Interval>,
    daily: BTreeMap<Date, u64>,
    tempo: ColourCalendar<TempoColour>,
    ejp: ColourCalendar<EjpDay>,
    off_peak: Windows,
}

impl World {
    /// A household of the simulator from one day to another.
    fn simulated(first: Date, end: Date) -> Self {
        let profile = customers::consumer(customers::DEMO_HOME, date(2020, 1, 1));
        let truth = Truth::new(7, profile);
        let direction = Direction::Consumption;
        let days = || paris::days(first, end);
        let mut world = Self::empty();
        world.curve = days()
            .flat_map(|day| truth.curve_day(direction, day))
            .collect();
        world.daily = days()
            .map(|day| (day, truth.daily_wh(direction, day)))
            .collect();
        for day in paris::days(paris::add_days(first, -1), end) {
            world.tempo.say(day, slow::tempo(day), Source::RteApi);
            world.ejp.say(day, slow::ejp(day), Source::Edf);
        }
        world
    }

    fn empty() -> Self {
        let night = [(0, slow::OFF_PEAK_END), (slow::OFF_PEAK_START, 1440)];
        Self {
            curve: Vec::new(),
            daily: BTreeMap::new(),
            tempo: ColourCalendar::default(),
            ejp: ColourCalendar::default(),
            off_peak: night
                .into_iter()
                .filter_map(|(from, to)| MinuteRange::new(from, to))
                .collect(),
        }
    }

    fn price(&self, offer: &Offer, kva: u32, (first, end): (Date, Date)) -> Breakdown {
        self.with(|context| price(&self.usage(first, end), offer, Some(kva), context))
    }

    fn usage(&self, first: Date, end: Date) -> Usage<'_> {
        Usage {
            first,
            end,
            curve: &self.curve,
            daily: &self.daily,
        }
    }

    fn with<T>(&self, work: impl FnOnce(&Context) -> T) -> T {
        work(&Context {
            off_peak: &|_| Some(self.off_peak.clone()),
            holiday: &|day| tariff::holidays::is_holiday(day, tariff::holidays::Zone::Mainland),
            tempo: &self.tempo,
            ejp: &self.ejp,
        })
    }
}

fn offer(id: &str) -> Offer {
    let offers = regulated::offers();
    offers.into_iter().find(|offer| offer.id == id).unwrap()
}

fn agree(world: &World, period: (Date, Date), kva: u32) {
    for offer in regulated::offers() {
        let fast = world.price(&offer, kva, period);
        let slow = slow::cost(&offer.id, kva, &world.curve, period);
        let name = format!("{} at {kva} kVA from {}", offer.id, period.0);
        assert_eq!(fast.energy, slow.energy.round_to_micro(), "{name}: energy");
        assert_eq!(
            fast.subscription,
            slow.subscription.round_to_micro(),
            "{name}: subscription"
        );
        let total = slow.energy.clone() + slow.subscription.clone();
        assert_eq!(fast.total, total.round_to_micro(), "{name}: total");
        for class in &fast.classes {
            let of_class = slow
                .classes
                .get(class.class.as_str())
                .cloned()
                .unwrap_or_default();
            assert_eq!(
                class.energy.0, of_class.watt_minutes,
                "{name}: {}",
                class.class
            );
            assert_eq!(
                class.cost,
                of_class.cost.round_to_micro(),
                "{name}: {}",
                class.class
            );
        }
        let unknown: u64 = fast.unknown.iter().map(|unknown| unknown.energy.0).sum();
        assert_eq!(unknown, slow.unknown, "{name}: unknown");
        assert_eq!(
            fast.subscription_unknown.len() as u32,
            slow.days_unknown,
            "{name}"
        );
    }
}

#[test]
fn a_simulated_year_costs_what_the_slow_way_says_under_every_built_in_offer() {
    let world = World::simulated(FIRST, END);
    agree(&world, (FIRST, END), 9);
    let tempo = world.price(&offer("trv-tempo"), 9, (FIRST, END));
    assert!(tempo.is_complete(), "{tempo:?}");
    assert_eq!(tempo.completeness.minutes, 8760 * 60);
    assert_eq!(tempo.totals.difference, 0);
    assert!(tempo.classes.iter().all(|class| class.cost.0 > 0));
}

#[test]
fn the_slow_way_agrees_also_where_prices_are_not_known() {
    for (first, end) in [
        (date(2026, 7, 20), date(2026, 8, 10)),
        (date(2027, 1, 25), date(2027, 2, 5)),
        (date(2023, 7, 25), date(2023, 8, 5)),
    ] {
        let world = World::simulated(first, end);
        agree(&world, (first, end), 36);
        let ejp = world.price(&offer("trv-ejp"), 36, (first, end));
        assert_eq!(ejp.unknown[0].reason, Reason::NoPrice);
        assert!(!ejp.is_priced());
    }
}

#[test]
fn a_month_of_subscription_is_the_printed_price_whatever_its_length() {
    let world = World::empty();
    for (first, end) in [
        (date(2025, 2, 1), date(2025, 3, 1)),
        (date(2025, 3, 1), date(2025, 4, 1)),
        (date(2025, 4, 1), date(2025, 5, 1)),
    ] {
        let month = world.price(&offer("trv-base"), 9, (first, end));
        assert_eq!(month.subscription, MicroEuro(17_270_000));
        assert_eq!(month.total, month.subscription);
    }
}

/// 24 hours at 1 kW, without the half hours that are taken out.
fn day_of_one_kilowatt(world: &mut World, day: Date, without: std::ops::Range<usize>) {
    let mut start = paris::day_start(day);
    let mut index = 0;
    while start < paris::day_end(day) {
        let step = Step::HALF_HOUR;
        if !without.contains(&index) {
            world.curve.push(Interval {
                start,
                step,
                watts: 1000,
            });
        }
        start += step.duration();
        index += 1;
    }
}

#[test]
fn what_the_curve_lacks_is_unknown_unless_the_whole_day_is_of_one_class() {
    let (day, end) = (date(2025, 9, 1), date(2025, 9, 2));
    let mut world = World::empty();
    day_of_one_kilowatt(&mut world, day, 10..14);
    world.daily.insert(day, 24_500);
    let split = world.price(&offer("trv-hphc"), 9, (day, end));
    assert_eq!(split.missing.minutes, 120);
    assert_eq!(split.missing.energy, WattMinutes::from_watt_hours(2_500));
    assert_eq!(split.completeness.covered, 22 * 60);
    assert!(!split.is_complete());
    let flat = world.price(&offer("trv-base"), 9, (day, end));
    assert_eq!(flat.energy, MicroEuro(245 * 19_520));
    assert_eq!(flat.totals.priced, WattMinutes::from_watt_hours(2_500));
    assert!(flat.is_complete());
    world.daily.clear();
    for offer in [offer("trv-hphc"), offer("trv-base")] {
        let alone = world.price(&offer, 9, (day, end));
        assert_eq!(alone.missing.amount_unknown.first(), Some(&day));
        assert_eq!(alone.missing.energy, WattMinutes(0));
    }
}

#[test]
fn a_day_without_any_point_is_missing_with_its_total() {
    let (day, end) = (date(2025, 9, 1), date(2025, 9, 2));
    let mut world = World::empty();
    world.daily.insert(day, 10_000);
    let split = world.price(&offer("trv-tempo"), 9, (day, end));
    assert_eq!(split.missing.minutes, 1440);
    assert_eq!(split.missing.energy, WattMinutes::from_watt_hours(10_000));
    assert_eq!(split.energy, MicroEuro(0));
    let flat = world.price(&offer("trv-base"), 9, (day, end));
    assert_eq!(flat.energy, MicroEuro(1_952_000));
}

#[test]
fn a_total_that_differs_from_a_complete_curve_is_shown_and_not_priced() {
    let (day, end) = (date(2025, 9, 1), date(2025, 9, 2));
    let mut world = World::empty();
    day_of_one_kilowatt(&mut world, day, 0..0);
    world.daily.insert(day, 23_990);
    let flat = world.price(&offer("trv-base"), 9, (day, end));
    assert_eq!(flat.energy, MicroEuro(24 * 195_200));
    assert_eq!(flat.totals.difference, -600);
    assert_eq!(flat.totals.energy, WattMinutes::from_watt_hours(23_990));
}

#[test]
fn a_changed_price_changes_the_past_at_once() {
    let (day, end) = (date(2025, 9, 1), date(2025, 9, 2));
    let mut world = World::empty();
    day_of_one_kilowatt(&mut world, day, 0..0);
    let mut base = offer("trv-base");
    let before = world.price(&base, 9, (day, end)).energy;
    for line in &mut base.prices {
        line.per_kwh.0 += 10;
    }
    let after = world.price(&base, 9, (day, end)).energy;
    assert_eq!(after.0 - before.0, 240);
}

#[test]
fn a_comparison_names_the_cheapest_and_flags_a_power_that_was_exceeded() {
    let world = World::simulated(FIRST, END);
    let offers = regulated::offers();
    let at = "2026-01-05T18:00:00Z".parse().unwrap();
    let maximum = |day, volt_amperes| DailyMaximum {
        day,
        phase: Phase::All,
        volt_amperes,
        at: PeakInstant::Known { at },
    };
    let maxima = [
        maximum(date(2026, 1, 5), 7200),
        maximum(date(2026, 1, 6), 6001),
        maximum(date(2026, 1, 7), 6000),
        maximum(date(2026, 9, 7), 12_000),
    ];
    let usage = world.usage(FIRST, END);
    let comparison = world.with(|context| compare(&usage, &candidates(&offers), &maxima, context));
    let cheapest = &comparison.offers[comparison.cheapest.unwrap()];
    assert_eq!(cheapest.above, Some(MicroEuro(0)));
    assert!(cheapest.cost.is_complete());
    assert_eq!(cheapest.kva, Some(9));
    for row in &comparison.offers {
        match row.kva.unwrap() {
            3 | 6 => assert!(
                matches!(
                    row.power,
                    PowerCheck::No {
                        highest: 7200,
                        days: 1..=2
                    }
                ) || row.kva == Some(3)
            ),
            _ => assert_eq!(row.power, PowerCheck::Yes),
        }
        let ranked = row.above.is_some();
        assert_eq!(ranked, row.cost.is_priced(), "{} {:?}", row.offer, row.kva);
        if let Some(above) = row.above {
            assert_eq!(row.cost.total.0 - cheapest.cost.total.0, above.0);
        }
    }
    let six: Vec<_> = comparison
        .offers
        .iter()
        .filter(|row| row.kva == Some(6))
        .collect();
    assert!(six.iter().all(|row| row.power
        == PowerCheck::No {
            days: 2,
            highest: 7200
        }));
    let ranked: Vec<_> = comparison
        .offers
        .iter()
        .filter(|row| row.above.is_some())
        .collect();
    assert!(ranked.is_sorted_by_key(|row| row.cost.total));
    let ejp = comparison
        .offers
        .iter()
        .find(|row| row.offer == "trv-ejp")
        .unwrap();
    assert_eq!(ejp.above, None, "half of the year has no known price");
}

#[test]
fn without_maxima_no_power_is_called_sufficient() {
    let world = World::empty();
    let offers = [offer("trv-base")];
    let usage = world.usage(FIRST, END);
    let comparison = world.with(|context| compare(&usage, &candidates(&offers), &[], context));
    let all = comparison.offers.iter();
    assert!(all.clone().all(|row| row.power == PowerCheck::Unknown));
    assert_eq!(all.count(), 9);
}

fn any_curve() -> impl Strategy<Value = Vec<Interval>> {
    let starts = prop_oneof![
        Just(date(2025, 3, 30)),
        Just(date(2025, 10, 26)),
        Just(date(2025, 7, 14)),
        Just(date(2026, 1, 31)),
    ];
    let steps = prop_oneof![Just(5_u16), Just(10), Just(15), Just(30), Just(60)];
    (
        starts,
        steps,
        proptest::collection::vec(0_u32..12_000, 1..120),
        0_i64..2880,
    )
        .prop_map(|(day, minutes, watts, offset)| {
            let step = Step::from_minutes(minutes).unwrap();
            let offset = offset / i64::from(minutes) * i64::from(minutes);
            let mut start = paris::day_start(day) + jiff::SignedDuration::from_mins(offset - 1440);
            let mut curve = Vec::new();
            for watts in watts {
                curve.push(Interval { start, step, watts });
                start += step.duration();
            }
            curve
        })
}

proptest! {
    #[test]
    fn classes_and_unknown_energy_sum_to_the_curve_under_every_offer(
        curve in any_curve(), from in 0_u16..1439, length in 1_u16..600, told in any::<bool>()
    ) {
        let mut world = World::empty();
        world.off_peak = MinuteRange::new(from, (from + length).min(1440)).into_iter().collect();
        if told {
            world.tempo.say(date(2025, 10, 25), TempoColour::White, Source::RteApi);
        }
        let energy: u64 = curve.iter().map(|interval| interval.energy().0).sum();
        let (first, end) = (
            paris::day_of(curve[0].start),
            paris::add_days(paris::day_of(curve[curve.len() - 1].end()), 1),
        );
        world.curve = curve;
        for offer in regulated::offers() {
            let priced = world.price(&offer, 9, (first, end));
            let classed: u64 = priced.classes.iter().map(|class| class.energy.0).sum();
            let unclassed: u64 = priced
                .unknown
                .iter()
                .filter(|unknown| unknown.reason != Reason::NoPrice)
                .map(|unknown| unknown.energy.0)
                .sum();
            prop_assert_eq!(classed + unclassed, energy, "{}", offer.id);
            let minutes = priced.completeness.covered + priced.missing.minutes;
            prop_assert_eq!(minutes, priced.completeness.minutes);
        }
    }

    #[test]
    fn a_cost_is_the_sum_of_its_days_but_for_their_rounding(curve in any_curve()) {
        let mut world = World::empty();
        for day in paris::days(date(2025, 3, 1), date(2026, 3, 1)) {
            world.tempo.say(day, slow::tempo(day), Source::RteApi);
        }
        let (first, end) = (
            paris::day_of(curve[0].start),
            paris::add_days(paris::day_of(curve[curve.len() - 1].end()), 1),
        );
        world.curve = curve;
        let offer = offer("trv-tempo");
        let whole = world.price(&offer, 9, (first, end)).total.0;
        let days = paris::days(first, end);
        let apart: i64 = days
            .map(|day| world.price(&offer, 9, (day, paris::add_days(day, 1))).total.0)
            .sum();
        let count = i64::from(paris::days_between(first, end));
        prop_assert!((whole - apart).abs() <= count, "{whole} {apart}");
    }
}

#[test]
fn the_slots_of_a_day_begin_at_midnight_and_ascend() {
    let world = World::simulated(date(2026, 3, 27), date(2026, 3, 31));
    world.with(|context| {
        for offer in regulated::offers() {
            let slots = offer.schedule.day(date(2026, 3, 29), context);
            assert_eq!(slots[0].0, 0, "{}", offer.id);
            assert!(
                slots.is_sorted_by_key(|(minute, _)| *minute),
                "{}",
                offer.id
            );
            assert!(slots.iter().all(|(_, slot)| matches!(slot, Slot::Class(_))));
        }
    });
}
