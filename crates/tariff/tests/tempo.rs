//! Tempo as it was from 2014 to 2023: every class of every day, and what two
//! histories say differently.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use meter::{Interval, Step, WattMinutes, paris};
use proptest::prelude::*;
use tariff::colour::TempoColour::{Blue, White};
use tariff::colour::read::{ReadError, read};
use tariff::colour::{Answer, Colour, ColourCalendar, EjpDay, Shape, Source, TempoColour};
use tariff::offer::schedule::{Context, Reason, Slot};
use tariff::offer::{Offer, Schedule};
use tariff::{Breakdown, Usage, cost, regulated};

fn testdata(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/tempo/");
    std::fs::read([folder, name].concat()).unwrap()
}

const LINES: &str = "tempo_history_2014-2023_ddmmyyyy.csv";
const DATES: &str = "edf_tempo_history_2019-.json";

fn history() -> ColourCalendar<TempoColour> {
    let mut calendar = ColourCalendar::default();
    let days = read(Shape::Lines, &testdata(LINES)).unwrap();
    calendar.learn(&days, &Source::File(LINES.to_owned()));
    calendar
}

/// The same file, read by a few lines that know nothing of ours.
fn independent_history() -> BTreeMap<String, String> {
    let text = String::from_utf8(testdata(LINES)).unwrap();
    let row = |line: &str| {
        let (day, colour) = line.trim().split_once(';').unwrap();
        let iso = [&day[6..10], &day[3..5], &day[0..2]].join("-");
        (iso, colour.to_lowercase())
    };
    text.lines().map(row).collect()
}

fn tempo() -> Offer {
    let offers = regulated::offers();
    offers.into_iter().find(|o| o.id == "trv-tempo").unwrap()
}

fn price(offer: &Offer, colours: &ColourCalendar<TempoColour>, usage: &Usage) -> Breakdown {
    let ejp = ColourCalendar::default();
    let context = Context {
        off_peak: &|_| None,
        holiday: &|_| false,
        tempo: colours,
        ejp: &ejp,
    };
    cost(usage, offer, Some(9), &context)
}

/// Where energy drawn in one minute is counted: its class, or why not.
fn counted(colours: &ColourCalendar<TempoColour>, day: Date) -> Vec<(u16, Slot)> {
    let ejp = ColourCalendar::default();
    let context = Context {
        off_peak: &|_| None,
        holiday: &|_| false,
        tempo: colours,
        ejp: &ejp,
    };
    Schedule::Tempo.day(day, &context)
}

fn at(parts: &[(u16, Slot)], minute: u16) -> Slot {
    parts
        .iter()
        .rev()
        .find(|(from, _)| *from <= minute)
        .unwrap()
        .1
}

#[test]
fn every_class_of_every_day_of_nine_years_is_right_around_six_and_twenty_two() {
    let colours = history();
    let truth = independent_history();
    let classes = tempo().classes;
    let name = |day: Date, peak: bool| -> String {
        let colour = match truth[&day.to_string()].as_str() {
            "bleu" => "blue",
            "blanc" => "white",
            _ => "red",
        };
        format!("{colour}_{}", if peak { "peak" } else { "off_peak" })
    };
    let mut days = 0;
    for day in paris::days(date(2014, 9, 2), date(2023, 8, 4)) {
        let yesterday = paris::add_days(day, -1);
        let parts = counted(&colours, day);
        for (hour, minute, colour_day, peak) in [
            (0, 0, yesterday, false),
            (5, 59, yesterday, false),
            (6, 0, day, true),
            (21, 59, day, true),
            (22, 0, day, false),
            (23, 59, day, false),
        ] {
            let Slot::Class(class) = at(&parts, hour * 60 + minute) else {
                panic!("{day} {hour}:{minute} is unknown");
            };
            let expected = name(colour_day, peak);
            assert_eq!(
                classes[usize::from(class)],
                expected,
                "{day} {hour}:{minute}"
            );
        }
        days += 1;
    }
    assert_eq!(days, 3258);
}

/// One half hour of 60 W at every half hour of a local day.
fn day_curve(day: Date) -> Vec<Interval> {
    let mut start = paris::day_start(day);
    let mut curve = Vec::new();
    while start < paris::day_end(day) {
        let step = Step::HALF_HOUR;
        curve.push(Interval {
            start,
            step,
            watts: 60,
        });
        start += step.duration();
    }
    curve
}

fn energies(breakdown: &Breakdown) -> BTreeMap<&str, u64> {
    let classes = breakdown.classes.iter();
    classes
        .filter(|class| class.energy.0 > 0)
        .map(|class| (class.class.as_str(), class.energy.0 / 60 / 60))
        .collect()
}

#[test]
fn on_both_clock_changes_of_every_year_the_night_is_an_hour_shorter_or_longer() {
    let colours = history();
    let offer = tempo();
    let mut seen = 0;
    for day in paris::days(date(2014, 9, 2), date(2023, 8, 3)) {
        let hours = u64::from(paris::day_minutes(day) / 60);
        if hours == 24 {
            continue;
        }
        let curve = day_curve(day);
        let daily = BTreeMap::new();
        let end = paris::add_days(day, 1);
        let breakdown = price(
            &offer,
            &colours,
            &Usage {
                first: day,
                end,
                curve: &curve,
                daily: &daily,
            },
        );
        // 60 W for an hour are 60 Wh: hours are counted.
        let peak: u64 = energies(&breakdown)
            .iter()
            .filter(|(class, _)| !class.ends_with("off_peak"))
            .map(|(_, hours)| *hours)
            .sum();
        let all: u64 = energies(&breakdown).values().sum();
        assert_eq!((peak, all), (16, hours), "{day}");
        seen += 1;
    }
    assert_eq!(seen, 18);
}

#[test]
fn the_repeated_and_the_skipped_hour_have_the_colour_of_the_day_before() {
    let mut colours = ColourCalendar::default();
    let (saturday, sunday) = (date(2022, 10, 29), date(2022, 10, 30));
    colours.say(saturday, TempoColour::White, Source::User);
    colours.say(sunday, TempoColour::Blue, Source::User);
    let curve = day_curve(sunday);
    let daily = BTreeMap::new();
    let end = paris::add_days(sunday, 1);
    let breakdown = price(
        &tempo(),
        &colours,
        &Usage {
            first: sunday,
            end,
            curve: &curve,
            daily: &daily,
        },
    );
    assert_eq!(
        energies(&breakdown),
        BTreeMap::from([
            ("white_off_peak", 7),
            ("blue_peak", 16),
            ("blue_off_peak", 2)
        ])
    );
}

#[test]
fn a_missing_colour_takes_its_own_day_and_changes_no_other() {
    let whole = history();
    let without = |missing: Date| {
        let mut calendar = ColourCalendar::default();
        for (day, answer) in whole.days(..) {
            if let (Answer::Known(colour), true) = (answer, day != missing) {
                calendar.say(day, colour, Source::User);
            }
        }
        calendar
    };
    for missing in [date(2022, 1, 10), date(2022, 3, 26), date(2022, 10, 29)] {
        let holed = without(missing);
        for day in paris::days(paris::add_days(missing, -40), paris::add_days(missing, 40)) {
            let (before, after) = (counted(&whole, day), counted(&holed, day));
            for ((from, was), (_, is)) in before.iter().zip(&after) {
                let colour_day = if *from < 360 {
                    paris::add_days(day, -1)
                } else {
                    day
                };
                if colour_day == missing {
                    let reason = Reason::NoColour;
                    assert_eq!(
                        *is,
                        Slot::Unknown {
                            reason,
                            about: missing
                        }
                    );
                } else {
                    assert_eq!(is, was, "{day} {from}");
                }
            }
        }
    }
}

#[test]
fn unknown_colours_are_counted_as_unknown_energy_with_their_colour_day() {
    let mut colours = ColourCalendar::default();
    let (first, second) = (date(2025, 1, 14), date(2025, 1, 15));
    colours.say(second, TempoColour::Red, Source::RteApi);
    let curve: Vec<_> = [first, second].into_iter().flat_map(day_curve).collect();
    let daily = BTreeMap::new();
    let end = paris::add_days(second, 1);
    let breakdown = price(
        &tempo(),
        &colours,
        &Usage {
            first,
            end,
            curve: &curve,
            daily: &daily,
        },
    );
    assert_eq!(
        energies(&breakdown),
        BTreeMap::from([("red_peak", 16), ("red_off_peak", 2)])
    );
    let [unknown] = breakdown.unknown.as_slice() else {
        panic!("{:?}", breakdown.unknown);
    };
    assert_eq!(unknown.reason, Reason::NoColour);
    assert_eq!(unknown.energy, WattMinutes::from_watt_hours(30 * 60));
    assert_eq!(unknown.minutes, 30 * 60);
    let days: Vec<_> = unknown.days.iter().copied().collect();
    assert_eq!(days, [date(2025, 1, 13), first]);
    assert!(!breakdown.is_complete());
}

#[test]
fn two_histories_that_differ_leave_three_days_disputed_and_all_others_known() {
    let mut calendar = history();
    let other = read(Shape::Dates, &testdata(DATES)).unwrap();
    assert_eq!(other.len(), 1489);
    calendar.learn(&other, &Source::File(DATES.to_owned()));
    let contradictions: Vec<_> = calendar.contradictions().collect();
    let days: Vec<Date> = contradictions.iter().map(|c| c.day).collect();
    assert_eq!(
        days,
        [date(2022, 4, 14), date(2022, 5, 24), date(2022, 6, 1)]
    );
    let words = |index: usize| -> Vec<TempoColour> {
        let statements = &contradictions[index].statements;
        statements.iter().map(|s| s.colour).collect()
    };
    assert_eq!(
        [words(0), words(1), words(2)],
        [[Blue, White], [Blue, White], [White, Blue]]
    );
    for contradiction in &contradictions {
        assert_eq!(contradiction.answer, Answer::Disputed);
    }
    for day in paris::days(date(2014, 9, 1), date(2024, 1, 9)) {
        let disputed = days.contains(&day);
        assert_eq!(calendar.at(day) == Answer::Disputed, disputed, "{day}");
        assert_ne!(calendar.at(day), Answer::Unknown, "{day}");
    }
    calendar.say(days[0], White, Source::User);
    assert_eq!(calendar.at(days[0]), Answer::Known(White));
    assert_eq!(calendar.contradictions().count(), 3, "it is still reported");
}

#[test]
fn every_sample_is_recognised_and_each_shape_reads_itself() {
    for (name, shape, count) in [
        (LINES, Shape::Lines, 3259),
        (DATES, Shape::Dates, 1489),
        ("med_tempo_2023-03.json", Shape::MyElectricalData, 3),
    ] {
        let bytes = testdata(name);
        assert_eq!(Shape::recognise(&bytes), Some(shape), "{name}");
        let days = read::<TempoColour>(shape, &bytes).unwrap();
        assert_eq!(days.len(), count, "{name}");
    }
}

#[test]
fn a_source_that_answers_a_page_nothing_or_an_error_is_refused_in_words() {
    for shape in Shape::ALL {
        let tempo = |bytes: &[u8]| read::<TempoColour>(shape, bytes).unwrap_err();
        assert_eq!(tempo(b"<!DOCTYPE html><html>503</html>"), ReadError::Html);
        assert_eq!(tempo(b""), ReadError::Empty);
        assert_eq!(tempo(b"\xef\xbb\xbf \n"), ReadError::Empty);
        assert!(matches!(tempo(b"\xff\xfe"), ReadError::Shape(_)));
        assert!(matches!(tempo(b"Service unavailable"), ReadError::Shape(_)));
    }
    assert_eq!(Shape::recognise(b"<html></html>"), None);
    assert_eq!(Shape::recognise(b"{}"), None);
}

#[test]
fn a_colour_that_the_source_changed_yesterday_is_kept_with_what_it_was() {
    let mut calendar = ColourCalendar::<TempoColour>::default();
    let day = date(2026, 11, 20);
    let answer = |colour: &str| {
        let body = format!(r#"{{"values":{{"2026-11-20":"{colour}"}}}}"#);
        read(Shape::RtePage, body.as_bytes()).unwrap()
    };
    calendar.learn(&answer("WHITE"), &Source::RtePage);
    calendar.learn(&answer("RED"), &Source::RtePage);
    assert_eq!(calendar.at(day), Answer::Known(TempoColour::Red));
    assert_eq!(calendar.revisions()[0].old.colour, TempoColour::White);
    assert_eq!(calendar.revisions()[0].day, day);
}

#[test]
fn ejp_peaks_last_from_seven_to_one_and_carry_nothing_else_over() {
    let mut ejp = ColourCalendar::default();
    let day = date(2026, 1, 20);
    for (offset, kind) in [(-1, EjpDay::Normal), (0, EjpDay::Peak), (1, EjpDay::Normal)] {
        ejp.say(paris::add_days(day, offset), kind, Source::Edf);
    }
    let tempo = ColourCalendar::default();
    let context = Context {
        off_peak: &|_| None,
        holiday: &|_| false,
        tempo: &tempo,
        ejp: &ejp,
    };
    let (normal, peak) = (Slot::Class(0), Slot::Class(1));
    let of = |day| Schedule::Ejp.day(day, &context);
    assert_eq!(of(day), [(0, normal), (60, normal), (420, peak)]);
    let tomorrow = paris::add_days(day, 1);
    assert_eq!(of(tomorrow), [(0, peak), (60, normal), (420, normal)]);
    let unknown = paris::add_days(day, 3);
    let slots = of(unknown);
    assert_eq!(slots[1], (60, normal), "known whatever the days around are");
    assert!(matches!(slots[2].1, Slot::Unknown { about, .. } if about == unknown));
}

proptest! {
    #[test]
    fn no_answer_of_any_source_can_stop_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for shape in Shape::ALL {
            let _ = read::<TempoColour>(shape, &bytes);
            let _ = read::<EjpDay>(shape, &bytes);
        }
    }

    #[test]
    fn the_class_of_an_instant_follows_from_the_clock_six_hours_before(
        second in 1_409_600_000_i64..1_690_000_000
    ) {
        // Wall-clock 06:00 to 06:00 is one colour; six elapsed hours would be
        // wrong in the night of a clock change.
        let colours = history_once();
        let instant = Timestamp::from_second(second).unwrap();
        let local = paris::local(instant);
        let shifted = local.checked_sub(SignedDuration::from_hours(6)).unwrap().date();
        let peak = (6..22).contains(&local.hour());
        let expected = match colours.at(shifted) {
            Answer::Known(colour) => colour,
            other => return Err(TestCaseError::fail(format!("{other:?}"))),
        };
        let parts = counted(colours, local.date());
        let minute = local.hour() as u16 * 60 + local.minute() as u16;
        let Slot::Class(class) = at(&parts, minute) else {
            return Err(TestCaseError::fail("unknown"));
        };
        let half = if peak { "peak" } else { "off_peak" };
        let name = format!("{}_{half}", expected.as_str());
        prop_assert_eq!(Schedule::Tempo.classes()[usize::from(class)], name);
    }
}

fn history_once() -> &'static ColourCalendar<TempoColour> {
    static ONCE: std::sync::LazyLock<ColourCalendar<TempoColour>> =
        std::sync::LazyLock::new(history);
    &ONCE
}
