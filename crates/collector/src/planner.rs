//! The planner is a function: from what a series holds to the fewest calls that
//! could complete the most days.
//!
//! Newest first, nothing asked twice, nothing outside what the source keeps.
//! Everything it needs is in its argument, so that a restart changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{DayRecord, DayState};
use meter::paris;

use crate::policy::is_far_ahead;

/// What the planner sees of one series.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The records that are held; a day without one was never asked.
    pub days: &'a BTreeMap<Date, DayRecord>,
    /// The first day that the source still keeps.
    pub floor: Date,
    /// The first day that is wanted; not before the floor.
    pub begin: Date,
    /// The first day of service, when it is known.
    pub active_since: Option<Date>,
    /// The last day known, by a refusal, to lie before the service began.
    pub inactive_until: Option<Date>,
    /// The first day that is not published yet.
    pub end: Date,
    /// Days that one call may span.
    pub max_days: u32,
    /// How many of the last days are read again within a call that is made
    /// anyway: values that come late, or are corrected.
    pub reread: u32,
    /// Days that less trusted sources have told: they join a call that is made
    /// anyway, as far as it reaches.
    pub seconded: &'a BTreeSet<Date>,
    /// The present instant.
    pub now: Timestamp,
}

/// The days of one call: `from` inclusive, `to` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// First day asked.
    pub from: Date,
    /// The day after the last.
    pub to: Date,
}

impl Window {
    /// Its days, in order.
    pub fn days(self) -> impl DoubleEndedIterator<Item = Date> {
        paris::days(self.from, self.to)
    }

    /// How many days it spans.
    pub fn len(self) -> u32 {
        paris::days_between(self.from, self.to).unsigned_abs()
    }

    /// Whether it spans no day at all.
    pub fn is_empty(self) -> bool {
        self.to <= self.from
    }
}

/// What is to be done for one series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Calls to make, newest first.
    pub windows: Vec<Window>,
    /// Days without a record that lie before the service began.
    pub before_activation: Vec<Date>,
    /// Days still awaited that the source no longer keeps.
    pub beyond_history: Vec<Date>,
}

/// Plans the calls of one series.
pub fn plan(view: &View) -> Plan {
    let first = first_day(view);
    Plan {
        windows: windows(view, first),
        before_activation: paris::days(view.begin, first)
            .filter(|day| !view.days.contains_key(day))
            .collect(),
        beyond_history: view
            .days
            .range(..view.floor)
            .filter(|(_, record)| record.state == DayState::Awaited)
            .map(|(day, _)| *day)
            .collect(),
    }
}

fn first_day(view: &View) -> Date {
    let after_refusal = view.inactive_until.map(|day| paris::add_days(day, 1));
    [view.active_since, after_refusal]
        .into_iter()
        .flatten()
        .fold(view.begin, Date::max)
        .min(view.end.max(view.begin))
}

/// Greedy from the newest day that is due: with windows of one length, no other
/// choice covers the due days in fewer calls.
fn windows(view: &View, first: Date) -> Vec<Window> {
    let due = |day: &Date| is_due(view.days.get(day), view.now);
    let mut windows = Vec::new();
    let mut end = view.end;
    while let Some(newest) = paris::days(first, end).rev().find(due) {
        let to = paris::add_days(newest, 1);
        let reach = paris::add_days(to, -(view.max_days.max(1) as i32)).max(first);
        let from = paris::days(reach, to).find(due).unwrap_or(newest);
        windows.push(Window { from, to });
        end = from;
    }
    reread(&mut windows, view, first);
    take_back(&mut windows, view, first);
    if let (Some(oldest), Some(_)) = (windows.last_mut(), view.inactive_until) {
        *oldest = newer_half(*oldest, first);
    }
    windows
}

/// The call for the newest days takes the days before them along, as far as it
/// reaches and no other call does.
fn reread(windows: &mut [Window], view: &View, first: Date) {
    let free_from = windows.get(1).map_or(first, |next| next.to);
    let Some(newest) = windows.first_mut().filter(|newest| newest.to == view.end) else {
        return;
    };
    let days = view.reread.min(view.max_days) as i32;
    let from = paris::add_days(newest.to, -days).max(free_from);
    newest.from = newest.from.min(from);
}

/// Each call takes along what others have told, as far as it reaches and no other
/// call does.
fn take_back(windows: &mut [Window], view: &View, first: Date) {
    for at in 0..windows.len() {
        let free_from = windows.get(at + 1).map_or(first, |next| next.to);
        let window = &mut windows[at];
        let reach = paris::add_days(window.to, -(view.max_days.max(1) as i32)).max(free_from);
        if reach < window.from
            && let Some(day) = view.seconded.range(reach..window.from).next()
        {
            window.from = *day;
        }
    }
}

/// A refusal told that service began after `inactive_until`, not when: next to
/// that border only half of a window is risked, so that the border is found in
/// a few calls.
fn newer_half(window: Window, first: Date) -> Window {
    if window.from != first || window.len() < 2 {
        return window;
    }
    let from = paris::add_days(window.from, (window.len() / 2) as i32);
    Window { from, ..window }
}

fn is_due(record: Option<&DayRecord>, now: Timestamp) -> bool {
    match record {
        None => true,
        Some(record) => record
            .ask_at
            .is_some_and(|at| at <= now || is_far_ahead(record.said_at, now)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    fn record(day: Date, state: DayState, ask_at: Option<Timestamp>) -> DayRecord {
        DayRecord {
            day,
            state,
            reason: None,
            source: "enedis".to_owned(),
            said_at: now(),
            ask_at,
        }
    }

    static NOBODYS: BTreeSet<Date> = BTreeSet::new();

    fn view(days: &BTreeMap<Date, DayRecord>) -> View<'_> {
        View {
            days,
            floor: date(2024, 11, 6),
            begin: date(2024, 11, 6),
            active_since: None,
            inactive_until: None,
            end: date(2026, 11, 21),
            max_days: 7,
            reread: 0,
            seconded: &NOBODYS,
            now: now(),
        }
    }

    #[test]
    fn an_empty_history_of_two_years_takes_107_weeks_newest_first() {
        let days = BTreeMap::new();
        let plan = plan(&view(&days));
        assert_eq!(plan.windows.len(), 745_usize.div_ceil(7));
        assert_eq!(plan.windows[0].to, date(2026, 11, 21));
        assert!(plan.windows.is_sorted_by(|a, b| a.from == b.to));
        assert_eq!(plan.windows.last().unwrap().from, date(2024, 11, 6));
    }

    #[test]
    fn nothing_is_asked_when_every_day_is_complete_or_waits_its_time() {
        let view_days: BTreeMap<_, _> = paris::days(date(2024, 11, 6), date(2026, 11, 21))
            .map(|day| (day, record(day, DayState::Complete, None)))
            .collect();
        let mut days = view_days;
        let later = now() + jiff::SignedDuration::from_hours(1);
        let yesterday = date(2026, 11, 20);
        days.insert(yesterday, record(yesterday, DayState::Awaited, Some(later)));
        assert_eq!(plan(&view(&days)), Plan::default());
        days.insert(yesterday, record(yesterday, DayState::Awaited, Some(now())));
        assert_eq!(
            plan(&view(&days)).windows,
            [Window {
                from: yesterday,
                to: date(2026, 11, 21)
            }]
        );
    }

    #[test]
    fn a_call_that_is_made_anyway_reads_the_last_days_again_and_none_is_made_for_them() {
        let mut days: BTreeMap<_, _> = paris::days(date(2024, 11, 6), date(2026, 11, 20))
            .map(|day| (day, record(day, DayState::Complete, None)))
            .collect();
        let reread = |days: &BTreeMap<Date, DayRecord>, max_days| {
            let view = View {
                max_days,
                reread: 14,
                ..view(days)
            };
            plan(&view).windows
        };
        let to = date(2026, 11, 21);
        let week = Window {
            from: date(2026, 11, 14),
            to,
        };
        let fortnight = Window {
            from: date(2026, 11, 7),
            to,
        };
        assert_eq!(reread(&days, 7), [week]);
        assert_eq!(reread(&days, 1111), [fortnight]);
        days.insert(
            date(2026, 11, 20),
            record(date(2026, 11, 20), DayState::Complete, None),
        );
        assert_eq!(reread(&days, 7), []);
    }

    #[test]
    fn what_others_have_told_joins_a_call_that_is_made_anyway_and_makes_none() {
        let mut days: BTreeMap<_, _> = paris::days(date(2024, 11, 6), date(2026, 11, 20))
            .map(|day| (day, record(day, DayState::Complete, None)))
            .collect();
        let seconded = [date(2026, 10, 1), date(2026, 11, 12), date(2026, 11, 16)].into();
        let planned = |days: &BTreeMap<Date, DayRecord>, max_days| {
            let view = View {
                max_days,
                seconded: &seconded,
                ..view(days)
            };
            plan(&view).windows
        };
        let to = date(2026, 11, 21);
        let since = |from| [Window { from, to }];
        assert_eq!(planned(&days, 7), since(date(2026, 11, 16)));
        assert_eq!(planned(&days, 10), since(date(2026, 11, 12)));
        assert_eq!(planned(&days, 365), since(date(2026, 10, 1)));
        // A call that reaches an older day with a hole leaves it to that one.
        days.remove(&date(2026, 11, 13));
        let two = planned(&days, 7);
        assert_eq!(two[0], since(date(2026, 11, 16))[0]);
        assert_eq!(
            (two[1].from, two[1].to),
            (date(2026, 11, 12), date(2026, 11, 14))
        );
        days.insert(
            date(2026, 11, 13),
            record(date(2026, 11, 13), DayState::Complete, None),
        );
        days.insert(
            date(2026, 11, 20),
            record(date(2026, 11, 20), DayState::Complete, None),
        );
        assert_eq!(planned(&days, 365), []);
    }

    #[test]
    fn a_clock_that_was_years_ahead_binds_nothing_and_one_that_was_a_day_ahead_is_believed() {
        let yesterday = date(2026, 11, 20);
        let windows = |ahead: i64| {
            let said_at = now() + jiff::SignedDuration::from_hours(ahead);
            let ask_at = Some(said_at + jiff::SignedDuration::from_hours(4));
            let mut days: BTreeMap<_, _> = paris::days(date(2024, 11, 6), yesterday)
                .map(|day| (day, record(day, DayState::Complete, None)))
                .collect();
            let awaited = record(yesterday, DayState::Awaited, ask_at);
            days.insert(yesterday, DayRecord { said_at, ..awaited });
            plan(&view(&days)).windows.len()
        };
        assert_eq!((windows(24), windows(3 * 365 * 24)), (0, 1));
    }

    #[test]
    fn days_before_the_service_are_marked_and_never_asked() {
        let days = BTreeMap::new();
        let mut view = view(&days);
        view.active_since = Some(date(2026, 11, 11));
        let plan = plan(&view);
        assert_eq!(plan.windows.last().unwrap().from, date(2026, 11, 11));
        assert_eq!(plan.before_activation.len(), 735);
    }

    #[test]
    fn a_shorter_history_is_asked_alone_and_a_longer_one_asks_only_what_is_missing() {
        let mut days = BTreeMap::new();
        let wanted = |days: &BTreeMap<Date, DayRecord>, begin| {
            let view = View {
                begin,
                ..view(days)
            };
            plan(&view)
        };
        let (recent, older) = (date(2026, 11, 1), date(2026, 10, 1));
        let first = wanted(&days, recent);
        assert_eq!(first.windows.last().unwrap().from, recent);
        for day in first.windows.iter().flat_map(|window| window.days()) {
            days.insert(day, record(day, DayState::Complete, None));
        }
        let raised = wanted(&days, older);
        assert_eq!(raised.windows[0].to, recent);
        assert_eq!(raised.windows.last().unwrap().from, older);
        assert_eq!(wanted(&days, recent), Plan::default());
    }

    #[test]
    fn the_border_of_the_service_is_found_by_halves() {
        let days = BTreeMap::new();
        let active_since = date(2025, 3, 14);
        let mut view = View {
            max_days: 1100,
            floor: date(2023, 11, 6),
            begin: date(2023, 11, 6),
            ..view(&days)
        };
        let mut held: BTreeMap<Date, DayRecord> = BTreeMap::new();
        let mut calls = 0;
        loop {
            let window = {
                let view = View {
                    days: &held,
                    ..view.clone()
                };
                plan(&view).windows.first().copied()
            };
            let Some(window) = window else { break };
            calls += 1;
            if window.from < active_since {
                view.inactive_until = Some(window.from);
            } else {
                held.extend(
                    window
                        .days()
                        .map(|day| (day, record(day, DayState::Complete, None))),
                );
            }
        }
        assert!(calls <= 24, "{calls} calls");
        assert_eq!(held.keys().next(), Some(&active_since));
    }

    proptest! {
        #[test]
        fn the_plan_stays_inside_the_limits_and_ends_with_every_available_day(
            length in 0_i32..400,
            max_days in 1_u32..40,
            seed in prop::collection::vec(0_u8..6, 400),
            active in prop::option::of(0_i32..400),
        ) {
            let end = date(2026, 11, 21);
            let floor = paris::add_days(end, -length);
            let state = |day: Date| {
                let n = seed[paris::days_between(floor, day).unsigned_abs() as usize % seed.len()];
                match n {
                    0 => None,
                    1 => Some(record(day, DayState::Complete, None)),
                    2 => Some(record(day, DayState::Awaited, Some(now()))),
                    3 => Some(record(day, DayState::Partial, Some(now()))),
                    4 => Some(record(day, DayState::Awaited, Some(now() + jiff::SignedDuration::from_hours(2)))),
                    _ => Some(record(day, DayState::AbsentAtSource, None)),
                }
            };
            let mut days: BTreeMap<Date, DayRecord> = paris::days(floor, end)
                .filter_map(|day| Some((day, state(day)?)))
                .collect();
            let active_since = active.map(|days| paris::add_days(end, -days));
            let mut rounds = 0;
            loop {
                let plan = plan(&View {
                    days: &days, floor, begin: floor, active_since, inactive_until: None, end, max_days, reread: 0, seconded: &NOBODYS, now: now(),
                });
                if plan.windows.is_empty() { break; }
                rounds += 1;
                prop_assert!(rounds <= 1, "one round of answers must be enough");
                for window in &plan.windows {
                    prop_assert!(!window.is_empty() && window.len() <= max_days);
                    prop_assert!(window.from >= floor.max(active_since.unwrap_or(floor)));
                    prop_assert!(window.to <= end);
                    for edge in [window.from, paris::add_days(window.to, -1)] {
                        prop_assert!(is_due(days.get(&edge), now()), "a window begins and ends with a due day");
                    }
                }
                for window in plan.windows {
                    for day in window.days() {
                        days.insert(day, record(day, DayState::Complete, None));
                    }
                }
            }
            for day in paris::days(floor.max(active_since.unwrap_or(floor)), end) {
                prop_assert!(!is_due(days.get(&day), now()), "{day} was left");
            }
        }
    }
}
