//! How fast ten years of half hours are classified and priced; the target is
//! 20 milliseconds on one core.

use std::collections::BTreeMap;

use divan::Bencher;
use divan::counter::ItemsCount;
use jiff::civil::{Date, date};
use meter::{Interval, Step, paris};
use tariff::colour::{ColourCalendar, Source, TempoColour};
use tariff::offer::schedule::Context;
use tariff::{MinuteRange, Usage, Windows, cost, regulated};

fn main() {
    divan::main();
}

const FIRST: Date = date(2016, 1, 1);
const END: Date = date(2026, 1, 1);

fn ten_years() -> Vec<Interval> {
    let (mut start, end) = (paris::day_start(FIRST), paris::day_end(END));
    let step = Step::HALF_HOUR;
    let mut curve = Vec::new();
    while start < end {
        let watts = 300 + (curve.len() as u32 * 37) % 4000;
        curve.push(Interval { start, step, watts });
        start += step.duration();
    }
    curve
}

/// Colours that change every day.
fn colours() -> ColourCalendar<TempoColour> {
    let all = [TempoColour::Blue, TempoColour::White, TempoColour::Red];
    let mut calendar = ColourCalendar::default();
    for (index, day) in paris::days(paris::add_days(FIRST, -1), END).enumerate() {
        calendar.say(day, all[index % 3], Source::RteApi);
    }
    calendar
}

#[divan::bench(args = ["trv-base", "trv-hphc", "trv-tempo"])]
fn ten_years_of_half_hours(bencher: Bencher, id: &str) {
    let (curve, tempo, ejp) = (ten_years(), colours(), ColourCalendar::default());
    let daily = BTreeMap::new();
    let night: Windows = [(0, 6 * 60 + 38), (22 * 60 + 38, 24 * 60)]
        .into_iter()
        .filter_map(|(from, to)| MinuteRange::new(from, to))
        .collect();
    let Some(mut offer) = regulated::offers().into_iter().find(|offer| offer.id == id) else {
        return;
    };
    // Every day is priced: the first known prices hold since the beginning.
    for line in offer
        .prices
        .iter_mut()
        .filter(|line| line.validity.first == date(2023, 8, 1))
    {
        line.validity.first = FIRST;
    }
    bencher.counter(ItemsCount::new(curve.len())).bench(|| {
        let context = Context {
            off_peak: &|_| Some(night.clone()),
            holiday: &|_| false,
            tempo: &tempo,
            ejp: &ejp,
        };
        let usage = Usage {
            first: FIRST,
            end: END,
            curve: &curve,
            daily: &daily,
        };
        cost(divan::black_box(&usage), &offer, Some(6), &context)
    });
}
