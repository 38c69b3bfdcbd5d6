//! The intervals of a period for the zoom: runs without a hole, as small as a
//! year of half hours can be.

use axum::extract::State;
use axum::response::Response;
use home::{Failure, view};
use jiff::Timestamp;
use meter::{Direction, Interval, Kind, paris};
use serde::Serialize;

use super::span::Shown;
use super::{KINDS, whose};
use crate::asked::{Asked, By, Way};
use crate::caller::Caller;
use crate::frame::Place;
use crate::house::{House, Reading};
use crate::pages::energy::Address;

/// Where a run begins (seconds since 1970), its step in seconds, its watts.
type Run = (i64, u32, Vec<u32>);

#[derive(Serialize)]
struct Points {
    runs: Vec<Run>,
}

pub(super) async fn answer(State(house): State<House>, caller: Caller, asked: Asked) -> Response {
    let address = Address::of(&caller.frame(Place::History), &asked);
    let points = house.read(caller.words, move |reading| read(reading, &address, &asked));
    caller.json(points.await)
}

fn read(reading: &Reading, address: &Address, asked: &Asked) -> Result<Points, Failure> {
    let nothing = || home::view::nothing(asked.point);
    let whose = whose(reading, address, &KINDS)?.ok_or_else(nothing)?;
    let store = reading.store()?;
    let last = view::last_held(store, &whose.subjects, &KINDS)?.ok_or_else(nothing)?;
    let mut shown = Shown::of(asked, last, reading.now);
    // More than a year is more than a screen can show.
    if shown.by == By::All {
        shown = shown.by(By::Year);
    }
    let way = match asked.way {
        Way::Production => Direction::Production,
        Way::Consumption | Way::Net => Direction::Consumption,
    };
    let subject = whose.subjects.iter().find(|one| one.direction == way);
    let subject = subject.unwrap_or(&whose.subjects[0]);
    let (from, to) = (paris::day_start(shown.first), paris::day_start(shown.end));
    let intervals = store.curve(subject.key(Kind::Curve), from, to)?;
    Ok(Points {
        runs: runs(&intervals),
    })
}

fn runs(intervals: &[Interval]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut next: Option<Timestamp> = None;
    for interval in intervals {
        let step = u32::from(interval.step.minutes()) * 60;
        match runs.last_mut() {
            Some((_, own, watts)) if *own == step && next == Some(interval.start) => {
                watts.push(interval.watts);
            }
            _ => runs.push((interval.start.as_second(), step, vec![interval.watts])),
        }
        next = Some(interval.end());
    }
    runs
}

#[cfg(test)]
mod tests {
    use meter::Step;

    use super::*;

    #[test]
    fn a_run_ends_at_a_hole_and_where_the_step_changes() {
        let at = |minute: i64, step, watts| Interval {
            start: Timestamp::from_second(minute * 60).unwrap(),
            step,
            watts,
        };
        let runs = runs(&[
            at(0, Step::HALF_HOUR, 1),
            at(30, Step::HALF_HOUR, 2),
            at(60, Step::QUARTER, 3),
            at(90, Step::QUARTER, 4),
        ]);
        let expected = [
            (0, 1800, vec![1, 2]),
            (3600, 900, vec![3]),
            (5400, 900, vec![4]),
        ];
        assert_eq!(runs, expected);
    }
}
