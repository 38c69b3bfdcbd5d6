//! Two years of history as Domoticz' pages show it.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::{Date, date};
use meter::{Direction, Step, paris};
use outputs::{Destination, Mode};

use crate::house::{FIRST, Four, HOME, House, ROOF, TODAY, curve, expected, kwh, shown};

const SPRING: Date = date(2026, 3, 29);
const AUTUMN: Date = date(2026, 10, 25);

#[tokio::test]
async fn two_years_are_drawn_and_compared_as_the_ledger_has_them_to_the_watt_hour() {
    let house = House::of_two_years().await;
    let delivered = house.push().await;
    let idx = house.idx(HOME);
    let days = expected(FIRST, TODAY);
    assert!(days.contains_key(&SPRING) && days.contains_key(&AUTUMN));
    for (range, since) in [
        ("week", date(2026, 11, 15)),
        ("month", date(2026, 10, 21)),
        ("year", date(2025, 11, 21)),
    ] {
        let page = house.page(idx, range, "result");
        let of_range = days
            .range(since..)
            .map(|(day, four)| (day.to_string(), shown(*four)));
        assert_eq!(page, of_range.collect(), "{range}");
    }
    let before = house.page(idx, "year", "resultprev");
    for (day, four) in days.range(date(2024, 11, 21)..=date(2025, 11, 21)) {
        let drawn = &before[&day.to_string()];
        assert_eq!(*drawn, four.map(kwh), "{day}");
    }
    for (area, at) in [("usage", 0), ("delivery", 2)] {
        for (by, length) in [("day", 10), ("month", 7), ("year", 4)] {
            let mut sums: BTreeMap<String, u64> = BTreeMap::new();
            for (day, four) in &days {
                *sums
                    .entry(day.to_string()[..length].to_owned())
                    .or_default() += four[at] + four[at + 1];
            }
            let mut report = house.compared(idx, by, area);
            // A report says 0 without decimals.
            report
                .values_mut()
                .filter(|sum| *sum == "0")
                .for_each(|sum| *sum = kwh(0));
            assert_eq!(
                report,
                sums.into_iter().map(|(c, sum)| (c, kwh(sum))).collect(),
                "{area} {by}"
            );
        }
    }
    // 7 days of 48 half hours; the one at noon today lies before the ledger's end.
    let rows = 731 + house.short_log(idx).len() as u64;
    assert_eq!(delivered.written, rows + 1, "each row once, and the tile");
    assert!(
        delivered.requests <= rows + 20,
        "{} requests for {rows} rows",
        delivered.requests
    );
    let verified = house.verify().await;
    assert_eq!(verified.differences, Vec::<String>::new());
    assert!(verified.compared >= rows - 1, "{}", verified.compared);
    assert_eq!(house.standin.state().log, Vec::<String>::new());
}

#[tokio::test]
async fn the_short_log_is_one_index_that_is_right_at_every_stamp_on_both_clock_changes() {
    for (today, stamps) in [
        (date(2026, 4, 1), 46),
        (date(2026, 10, 28), 48),
        (TODAY, 48),
    ] {
        let house = House::of_two_years().await;
        house.at(today);
        house.push().await;
        let log = house.short_log(house.idx(HOME));
        let changed = if today == TODAY {
            date(2026, 11, 18)
        } else {
            paris::add_days(today, -3)
        };
        let of_day = log.keys().filter(|at| at.date() == changed).count();
        assert_eq!(of_day, stamps, "stamps of {changed}");
        check_index(&log, today);
        let page = house.page(house.idx(HOME), "day", "result");
        assert_eq!(page.len(), log.len() - 1);
    }
}

/// From one midnight to the next the index grows by the day; within it by what
/// the half hours hold so far.
fn check_index(log: &BTreeMap<jiff::civil::DateTime, Four>, today: Date) {
    let days = expected(FIRST, today);
    let plus = |one: Four, two: Four| -> Four { std::array::from_fn(|n| one[n] + two[n]) };
    let mut index = [0; 4];
    for (day, four) in days {
        let mut sums = [0; 4];
        for (used, given) in curve(day, Direction::Consumption)
            .iter()
            .zip(curve(day, Direction::Production))
        {
            let at = paris::local(used.start).time();
            let off = usize::from(
                (90..450).contains(&(i32::from(at.hour()) * 60 + i32::from(at.minute()))),
            );
            sums[off] += used.energy().0;
            sums[2 + off] += given.energy().0;
            let stamp = paris::local(used.end());
            let second = matches!(paris::instants(stamp), paris::Instants::Two(_, later) if later == used.end());
            let Some(held) = log.get(&stamp).filter(|_| !second) else {
                continue;
            };
            let now: Four = if used.end() == paris::day_end(day) {
                four
            } else {
                std::array::from_fn(|n| (sums[n] / 60).min(four[n]))
            };
            assert_eq!(*held, plus(index, now), "{stamp}");
        }
        index = plus(index, four);
    }
    let last = log.values().last().unwrap();
    assert_eq!(*last, index, "the index ends right");
    let rising = log.values().zip(log.values().skip(1));
    assert!(
        rising
            .into_iter()
            .all(|(one, two)| (0..4).all(|n| one[n] <= two[n]))
    );
}

#[tokio::test]
async fn a_second_push_writes_nothing_and_a_new_day_only_its_own_rows() {
    let house = House::of_two_years().await;
    house.push().await;
    let updates = house.standin.state().updates;
    let again = house.push().await;
    assert_eq!((again.written, again.deleted), (0, 0));
    assert_eq!(house.standin.state().updates, updates);
    // A day later: one row for the day, 48 half hours, the tile.
    for direction in Direction::ALL {
        house
            .fill(HOME, direction, (TODAY, date(2026, 11, 22)))
            .await;
    }
    house.at(date(2026, 11, 22));
    let next = house.push().await;
    assert_eq!((next.written, next.deleted), (50, 0));
    assert_eq!(house.verify().await.differences, Vec::<String>::new());
}

#[tokio::test]
async fn a_corrected_day_is_written_with_the_later_indexes_and_nothing_before_it() {
    let house = House::of_two_years().await;
    house.push().await;
    let day = date(2026, 11, 18);
    let mut corrected = curve(day, Direction::Consumption);
    corrected[20].watts += 500;
    house
        .write(HOME, Direction::Consumption, &[day], &corrected)
        .await;
    let delivered = house.push().await;
    // Half hours from 10:30 that day to midnight before today; the day and the
    // two after it, whose index is later; the tile shows yesterday and stays.
    assert_eq!(delivered.written, (48 - 20) + 48 * 2 + 3);
    assert_eq!(house.verify().await.differences, Vec::<String>::new());
    let fresh = House::of_two_years().await;
    fresh
        .write(HOME, Direction::Consumption, &[day], &corrected)
        .await;
    fresh.push().await;
    let tables = |house: &House| house.standin.state().tables.history.clone();
    assert_eq!(tables(&house), tables(&fresh));
}

#[tokio::test]
async fn rows_that_should_not_be_there_any_more_are_deleted() {
    let house = House::of_two_years().await;
    house.push().await;
    let idx = house.idx(HOME);
    // Off-peak hours that change re-price the past; nothing is doubled.
    let mut context = house.context.clone();
    context.meters[0].plans.clear();
    house.domoticz.push(&context, Mode::Write).await.unwrap();
    let page = house.page(idx, "year", "result");
    assert!(
        page.values().all(|day| day[1] == "0.000"),
        "no hours, no off-peak"
    );
    house
        .domoticz
        .push(&house.context, Mode::Write)
        .await
        .unwrap();
    // A foreign row among ours goes when its neighbours are read back.
    let foreign = (idx, "2026-11-20 09:17:00".to_owned());
    let mut row = *house
        .standin
        .state()
        .tables
        .history
        .multi_meter
        .values()
        .next()
        .unwrap();
    row[0] += 1;
    house
        .standin
        .state()
        .tables
        .history
        .multi_meter
        .insert(foreign.clone(), row);
    let last = house.short_log(idx)[&date(2026, 11, 20).at(9, 0, 0, 0)];
    let between = [last[0], last[2], 0, 0, last[1], last[3]].map(|value| value as i64);
    house
        .standin
        .state()
        .tables
        .history
        .multi_meter
        .insert(foreign.clone(), between);
    for direction in Direction::ALL {
        house
            .fill(HOME, direction, (TODAY, date(2026, 11, 22)))
            .await;
    }
    house.at(date(2026, 11, 22));
    let delivered = house.push().await;
    assert_eq!(delivered.deleted, 1);
    assert!(
        !house
            .standin
            .state()
            .tables
            .history
            .multi_meter
            .contains_key(&foreign)
    );
}

#[tokio::test]
async fn a_house_measured_apart_gets_a_device_of_both_with_the_dates_of_either() {
    let house = House::empty(&[HOME, ROOF]);
    house
        .fill(HOME, Direction::Consumption, (date(2026, 10, 1), TODAY))
        .await;
    house
        .fill(
            ROOF,
            Direction::Production,
            (date(2026, 9, 1), date(2026, 11, 1)),
        )
        .await;
    let mut context = house.context.clone();
    context.meters[1].plans.clear();
    house.domoticz.push(&context, Mode::Write).await.unwrap();
    let idx = house.idx(&format!("{HOME} / {ROOF}"));
    let page = house.page(idx, "year", "result");
    assert!(page["2026-09-15"][0] == "0.000" && page["2026-09-15"][2] != "0.000");
    assert!(
        page["2026-10-15"]
            .iter()
            .take(3)
            .all(|value| value != "0.000")
    );
    // Its own hours for each: the roof has none, so that all of it is peak.
    assert!(page.values().all(|day| day[3] == "0.000"));
    assert_eq!(house.standin.state().tables.devices.len(), 3);
}

#[tokio::test]
async fn the_tile_is_told_again_before_it_turns_red_as_long_as_the_source_answers() {
    let house = House::of_two_years().await;
    house.push().await;
    let idx = house.idx(HOME);
    let told = || {
        house.standin.state().tables.devices[&idx]
            .last_update
            .clone()
    };
    let value = house.standin.state().tables.devices[&idx].s_value.clone();
    let yesterday = expected(date(2026, 11, 20), TODAY)[&date(2026, 11, 20)];
    let [u1, u2, r1, r2] = yesterday;
    assert_eq!(value, format!("{u1};{u2};{r1};{r2};0;0"));
    let mut last = told();
    for _ in 0..8 {
        house.wait(house.domoticz.rhythm());
        assert_eq!(house.push().await.written, 1);
        assert!(told() > last);
        last = told();
    }
    // The source falls silent: the tile may turn red, which says so.
    house.wait(SignedDuration::from_hours(40));
    let silent = house.push().await;
    assert_eq!(told(), last, "{silent:?}");
}

#[tokio::test]
async fn incomplete_periods_keep_the_last_whole_figures_and_say_of_when() {
    let house = House::of_two_years().await;
    house.at(date(2026, 11, 23));
    house.push().await;
    let idx = house.idx(HOME);
    let state = house.standin.state();
    let device = &state.tables.devices[&idx];
    let [u1, u2, r1, r2] = expected(date(2026, 11, 20), TODAY)[&date(2026, 11, 20)];
    assert_eq!(device.s_value, format!("{u1};{u2};{r1};{r2};0;0"));
    assert!(
        device.description.contains("2026-11-20"),
        "{}",
        device.description
    );
}

#[tokio::test]
async fn a_dry_run_lists_every_row_and_sends_none() {
    let house = House::of_two_years().await;
    let listed = house
        .domoticz
        .push(&house.context, Mode::DryRun)
        .await
        .unwrap();
    assert_eq!(house.standin.state().updates, 0);
    assert!(house.standin.state().tables.devices.is_empty());
    let written = house.push().await.written;
    assert_eq!(listed.rows.len() as u64, written);
    assert_eq!(
        house
            .domoticz
            .push(&house.context, Mode::DryRun)
            .await
            .unwrap()
            .rows
            .len(),
        0
    );
}

#[tokio::test]
async fn other_steps_and_a_managed_counter_are_served_as_well() {
    let mut house = House::empty(&[HOME]);
    let days: Vec<Date> = paris::days(date(2026, 11, 1), TODAY).collect();
    let mut quarters = Vec::new();
    for one in days
        .iter()
        .flat_map(|day| curve(*day, Direction::Consumption))
    {
        for half in [one.start, one.start + Step::QUARTER.duration()] {
            quarters.push(meter::Interval {
                start: half,
                step: Step::QUARTER,
                watts: one.watts,
            });
        }
    }
    house
        .write(HOME, Direction::Consumption, &days, &quarters)
        .await;
    house.choose(|settings| settings.device = outputs::domoticz::Device::ManagedCounter);
    house.push().await;
    let idx = house.idx(HOME);
    let page = house.page(idx, "month", "result");
    for (day, four) in expected(date(2026, 11, 1), TODAY) {
        assert_eq!(page[&day.to_string()][0], kwh(four[0] + four[1]), "{day}");
    }
    let kept = house.standin.state().tables.history.meter.len();
    assert_eq!(kept, 7 * 96 - 48);
    assert_eq!(house.verify().await.differences, Vec::<String>::new());
    assert_eq!(house.push().await.written, 0);
}
