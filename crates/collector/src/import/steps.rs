//! The step of each point, read from the stamps around it.
//!
//! Exports do not write the step. The distance to the point before is the step,
//! unless points are missing between: a single hour between half hours is a
//! hole, not an hourly point. A longer distance is believed only when it lasts
//! for a day; where nothing tells, the step stays unknown and the point is
//! reported, so that no energy is invented.

use jiff::Timestamp;
use meter::Step;

/// How often a distance must repeat to be a step by itself.
const REPEATS: usize = 3;

/// How often one must repeat beside a shorter step: a day of hours. Fewer may
/// as well be every other point missing.
const LASTS: usize = 24;

/// The step of each end stamp; stamps strictly ascend.
pub(super) fn steps(ends: &[Timestamp]) -> Vec<Option<Step>> {
    let runs = runs(ends);
    let mut steps = Vec::with_capacity(ends.len());
    for (index, run) in runs.iter().enumerate() {
        steps.extend(std::iter::repeat_n(step_of(&runs, index), run.length));
    }
    if !ends.is_empty() {
        // The first stamp has none before it: it is like the next.
        steps.insert(0, steps.first().copied().flatten());
    }
    steps
}

/// Equal distances in a row.
struct Run {
    seconds: i64,
    length: usize,
    /// The step this distance would be.
    step: Option<Step>,
}

impl Run {
    fn is_solid(&self) -> bool {
        self.step.is_some() && self.length >= REPEATS
    }

    fn is_hole_of(&self, step: Step) -> bool {
        self.seconds % (i64::from(step.minutes()) * 60) == 0
    }
}

fn runs(ends: &[Timestamp]) -> Vec<Run> {
    let distances: Vec<i64> = ends
        .windows(2)
        .map(|pair| pair[1].as_second() - pair[0].as_second())
        .collect();
    let runs = distances.chunk_by(|a, b| a == b);
    runs.map(|run| Run {
        seconds: run[0],
        length: run.len(),
        step: step(run[0]),
    })
    .collect()
}

fn step(seconds: i64) -> Option<Step> {
    let minutes = u16::try_from(seconds / 60).ok()?;
    (seconds % 60 == 0)
        .then(|| Step::from_minutes(minutes))
        .flatten()
}

fn step_of(runs: &[Run], index: usize) -> Option<Step> {
    let run = &runs[index];
    let eras = eras(runs, index);
    let Some(step) = run.step else {
        return match eras.as_slice() {
            [] => beside(runs, index),
            eras => hole(run, eras),
        };
    };
    let shorter = eras.iter().copied().filter(|era| *era < step).min();
    match (shorter, run.length) {
        (Some(_), LASTS..) | (None, REPEATS..) => Some(step),
        (Some(_), REPEATS..) => None,
        (Some(_), _) => hole(run, &eras),
        (None, _) if eras.is_empty() => Some(beside(runs, index).unwrap_or(step)),
        (None, _) if eras.contains(&step) => Some(step),
        // Shorter than all around it: twice in a row is no stray stamp.
        (None, length) => (length >= 2).then_some(step),
    }
}

/// The steps of the nearest runs that repeat: the era before, and the one after.
/// Next to a silence the one that follows speaks first.
fn eras(runs: &[Run], index: usize) -> Vec<Step> {
    let before = runs[..index].iter().rev().find(|run| run.is_solid());
    let after = runs[index + 1..].iter().find(|run| run.is_solid());
    let follows = runs.get(index + 1).is_some_and(Run::is_solid);
    let order = if follows {
        [after, before]
    } else {
        [before, after]
    };
    order
        .into_iter()
        .flatten()
        .filter_map(|run| run.step)
        .collect()
}

/// The step of a point after a hole: the one whose multiple the distance is.
fn hole(run: &Run, eras: &[Step]) -> Option<Step> {
    eras.iter().copied().find(|step| run.is_hole_of(*step))
}

/// In a file too short to have an era: a shorter distance beside this one that
/// it is a multiple of.
fn beside(runs: &[Run], index: usize) -> Option<Step> {
    [index.checked_sub(1), Some(index + 1)]
        .into_iter()
        .flatten()
        .filter_map(|beside| runs.get(beside)?.step)
        .filter(|step| runs[index].is_hole_of(*step))
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ends after the given distances in minutes, and the steps read from them.
    fn read(distances: &[i64]) -> Vec<Option<u16>> {
        let mut end: Timestamp = "2026-01-05T00:30:00Z".parse().unwrap();
        let mut ends = vec![end];
        for minutes in distances {
            end += jiff::SignedDuration::from_mins(*minutes);
            ends.push(end);
        }
        steps(&ends)
            .into_iter()
            .map(|step| step.map(Step::minutes))
            .collect()
    }

    #[test]
    fn a_single_hour_between_half_hours_is_a_hole() {
        let read = read(&[30, 30, 60, 30, 30]);
        assert_eq!(read, [Some(30); 6]);
    }

    #[test]
    fn hours_that_repeat_are_an_era_of_their_own() {
        let distances = [vec![30; 9], vec![60; 24], vec![30; 9]].concat();
        let expected = [vec![Some(30); 10], vec![Some(60); 24], vec![Some(30); 9]].concat();
        assert_eq!(read(&distances), expected);
    }

    #[test]
    fn every_other_point_missing_is_not_an_era_of_hours() {
        let read = read(&[vec![30; 4], vec![60; 3], vec![30; 4]].concat());
        let expected = [vec![Some(30); 5], vec![None; 3], vec![Some(30); 4]].concat();
        assert_eq!(read, expected);
    }

    #[test]
    fn lone_distances_between_holes_and_stray_stamps_invent_nothing() {
        assert_eq!(read(&[30, 30, 30, 90, 60])[4..], [Some(30), Some(30)]);
        let silence = read(&[vec![30; 4], vec![25 * 60, 60, 120], vec![30; 4]].concat());
        assert_eq!(silence, [Some(30); 12]);
        let stray = read(&[vec![30; 4], vec![45, 15], vec![30; 4]].concat());
        assert_eq!(stray[5..7], [None, None]);
    }

    #[test]
    fn a_day_long_hole_keeps_the_step_of_the_points_around_it() {
        assert_eq!(read(&[30, 30, 25 * 60, 30]), [Some(30); 5]);
    }

    #[test]
    fn after_a_long_silence_the_new_era_speaks_for_its_first_point() {
        let read = read(&[60, 60, 60, 900_010, 10, 10, 10]);
        assert_eq!(read[4], Some(10));
    }

    #[test]
    fn a_lone_point_has_no_step_and_two_have_the_distance_between_them() {
        assert_eq!(read(&[]), [None]);
        assert_eq!(read(&[60]), [Some(60), Some(60)]);
        assert_eq!(read(&[17]), [None, None]);
    }
}
