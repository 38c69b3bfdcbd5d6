//! Pushing again: after nothing, after a correction, after a cut anywhere.

use jiff::civil::date;
use meter::paris;
use outputs::jeedom::{Observer, Profile, Span};
use proptest::prelude::*;
use standins::jeedom::Fault;

use crate::household::{Table, readings};
use crate::room::Room;

const IDS: [&str; 4] = ["charge", "consod", "consom", "consoy"];

fn all(room: &Room) -> Vec<Table> {
    IDS.iter().map(|id| room.history(id)).collect()
}

#[tokio::test]
async fn a_second_push_sends_nothing_in_any_profile() {
    for profile in Profile::ALL {
        let room = Room::with(profile).await;
        let readings = readings();
        let first = room.push(profile, &readings, Span::default()).await;
        assert!(
            first
                .iter()
                .all(|filled| filled.unstored == 0 && filled.refused.is_none())
        );
        let sent = room.calls("cmd::event");
        let second = room.push(profile, &readings, Span::default()).await;
        assert_eq!(room.calls("cmd::event"), sent, "{profile}");
        assert!(
            second
                .iter()
                .all(|filled| filled.sent == 0 && filled.differing == 0)
        );
    }
}

#[tokio::test]
async fn a_first_import_takes_no_more_calls_than_points_and_thirty() {
    let room = Room::with(Profile::Y2020).await;
    let before = room.all_calls();
    let week = Span {
        curve_days: Some(7),
        ..Span::default()
    };
    room.push(Profile::Y2020, &readings(), week).await;
    let points = 30 + 12 + 3 + 7 * 48;
    assert_eq!(all(&room).iter().map(Table::len).sum::<usize>(), points);
    let calls = room.all_calls() - before;
    assert!(
        calls <= points as u64 + 30,
        "{calls} calls for {points} points"
    );
}

#[tokio::test]
async fn a_corrected_day_changes_its_own_points_and_the_running_totals_after_it() {
    let room = Room::with(Profile::Y2023).await;
    let mut readings = readings();
    room.push(Profile::Y2023, &readings, Span::default()).await;
    let ids = [
        "daily_consumption",
        "monthly_consumption",
        "yearly_consumption",
    ];
    let before = ids.map(|id| room.history(id));
    let untouched = room.history("consumption_load_curve");
    let sent = room.calls("cmd::event");
    let day = date(2026, 11, 5);
    *readings.consumption.daily.get_mut(&day).unwrap() += 100;
    room.push(Profile::Y2023, &readings, Span::default()).await;
    let changed = |nth: usize| -> Vec<String> {
        let now = room.history(ids[nth]);
        let changed = now
            .iter()
            .filter(|(at, value)| before[nth].get(*at) != Some(value));
        changed.map(|(at, _)| at.clone()).collect()
    };
    assert_eq!(changed(0), ["2026-11-05 00:00:00"]);
    // The sixteen days from the fifth to the twentieth.
    assert_eq!((changed(1).len(), changed(2).len()), (16, 16));
    assert!(changed(1)[0].starts_with("2026-11-05"));
    assert_eq!(room.history("consumption_load_curve"), untouched);
    // One event a point, and the newest day once more: it stays what is shown.
    assert_eq!(room.calls("cmd::event") - sent, 1 + 16 + 16 + 1);
    for id in ids {
        assert_eq!(room.shown(id).unwrap().1, "2026-11-20 00:00:00");
    }
}

#[tokio::test]
async fn a_running_month_of_2020_is_corrected_wherever_an_earlier_push_left_it() {
    let room = Room::with(Profile::Y2020).await;
    let mut then = readings();
    let last = date(2026, 11, 20);
    then.consumption.daily.remove(&last);
    room.push(Profile::Y2020, &then, Span::default()).await;
    let mut readings = readings();
    room.push(Profile::Y2020, &readings, Span::default()).await;
    assert!(room.history("consom").contains_key("2026-11-19 23:55:00"));
    let before = room.history("consom");
    *readings
        .consumption
        .daily
        .get_mut(&date(2026, 11, 2))
        .unwrap() += 1_000;
    room.push(Profile::Y2020, &readings, Span::default()).await;
    let after = room.history("consom");
    let changed: Vec<_> = after
        .iter()
        .filter(|(at, value)| before.get(*at) != Some(value))
        .collect();
    let dates: Vec<_> = changed.iter().map(|(at, _)| at.as_str()).collect();
    assert_eq!(dates, ["2026-11-19 23:55:00", "2026-11-20 23:55:00"]);
}

#[tokio::test]
async fn a_day_that_comes_late_is_sent_although_the_usual_window_has_passed_it() {
    let room = Room::with(Profile::Y2020).await;
    let whole = readings();
    let week = Span {
        curve_days: Some(7),
        ..Span::default()
    };
    let mut holed = whole.clone();
    let late = date(2026, 11, 16);
    let of_the_day = |start| paris::day_of(start) == late;
    holed
        .consumption
        .curve
        .retain(|interval| !of_the_day(interval.start));
    room.push(Profile::Y2020, &holed, week).await;
    assert_eq!(room.history("charge").len(), 6 * 48);
    room.push(Profile::Y2020, &whole, Span::default()).await;
    assert_eq!(room.history("charge").len(), 7 * 48);
    assert_eq!(room.shown("charge").unwrap().1, "2026-11-20 23:55:00");
}

#[tokio::test]
async fn a_push_that_was_cut_off_after_any_event_ends_with_the_same_history() {
    let whole = Room::with(Profile::Y2020).await;
    whole
        .push(Profile::Y2020, &readings(), Span::default())
        .await;
    let readings = readings();
    for cut in (0..100).step_by(7) {
        let room = Room::with(Profile::Y2020).await;
        struck(&room, &readings, cut).await;
        // Cut once more, in the middle of the mending.
        struck(&room, &readings, 3).await;
        room.push(Profile::Y2020, &readings, Span::default()).await;
        assert_eq!(all(&room), all(&whole), "cut after {cut} events");
        assert!(IDS.iter().all(|id| room.shown(id) == whole.shown(id)));
        let sent = room.calls("cmd::event");
        room.push(Profile::Y2020, &readings, Span::default()).await;
        assert_eq!(room.calls("cmd::event"), sent);
    }
}

/// A push that ends after so many events, its future dropped.
async fn struck(room: &Room, readings: &outputs::jeedom::Readings, events: usize) {
    struct Axe(usize, tokio::sync::mpsc::UnboundedSender<()>);
    impl Observer for Axe {
        fn planned(&mut self, _: usize) {
            self.sent();
        }
        fn sent(&mut self) {
            if self.0 == 0 {
                let _ = self.1.send(());
            }
            self.0 = self.0.saturating_sub(1);
        }
    }
    let (strike, mut fell) = tokio::sync::mpsc::unbounded_channel();
    let mut axe = Axe(events, strike);
    let push = room.try_push(Profile::Y2020, readings, Span::default(), &mut axe);
    tokio::select! {
        biased;
        _ = fell.recv() => {}
        _ = push => {}
    }
}

#[tokio::test]
async fn a_shown_value_that_went_back_is_the_newest_again_after_the_next_push() {
    let room = Room::with(Profile::Y2020).await;
    let readings = readings();
    room.push(Profile::Y2020, &readings, Span::default()).await;
    let id = room.core.inside(|core| core.command_id("consod")).unwrap();
    let old = room.history("consod").into_iter().next().unwrap();
    let jeedom = room.client("core-key", None);
    let at = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M:%S", &old.0).unwrap();
    jeedom.event(id, &old.1, Some(at)).await.unwrap();
    assert_eq!(room.shown("consod").unwrap().1, old.0);
    let sent = room.calls("cmd::event");
    room.push(Profile::Y2020, &readings, Span::default()).await;
    assert_eq!(room.shown("consod").unwrap().1, "2026-11-20 23:55:00");
    assert_eq!(room.calls("cmd::event"), sent + 1);
}

#[tokio::test]
async fn nothing_is_lost_at_the_nightly_archiving() {
    let room = Room::new(|options| options.version = "4.5.3".to_owned());
    let jeedom = room.client("core-key", None);
    let made =
        outputs::jeedom::setup::setup(&jeedom, crate::room::prm(), "Linky", Profile::Y2020, false);
    made.await.unwrap();
    room.push(Profile::Y2020, &readings(), Span::default())
        .await;
    let before = all(&room);
    room.core.inside(standins::jeedom::Core::archive);
    assert_eq!(all(&room), before);
}

/// Answers that are lost, pages, broken JSON: each is tried again, and what was
/// done twice is there once.
fn faults() -> impl Strategy<Value = Vec<Fault>> {
    let fault = prop_oneof![
        6 => Just(Fault::None),
        1 => Just(Fault::NoAnswer),
        1 => Just(Fault::LostAnswer),
        1 => Just(Fault::Page { status: 502 }),
        1 => Just(Fault::Garbage),
    ];
    proptest::collection::vec(fault, 0..200)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_goes_wrong_on_the_way_the_history_ends_right(faults in faults()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let whole = Room::with(Profile::Y2020).await;
            let readings = readings();
            whole.push(Profile::Y2020, &readings, Span::default()).await;
            let room = Room::with(Profile::Y2020).await;
            room.core.inside(|core| core.faults = faults.into());
            let mut watch = outputs::jeedom::Unwatched;
            while room.core.inside(|core| !core.faults.is_empty()) {
                let _ = room.try_push(Profile::Y2020, &readings, Span::default(), &mut watch).await;
            }
            room.push(Profile::Y2020, &readings, Span::default()).await;
            assert_eq!(all(&room), all(&whole));
        });
    }
}
