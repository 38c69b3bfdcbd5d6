//! The step of each point, read from the stamps around it.
//!
//! Exports do not write the step. The distance to the point before is the step,
//! unless points are missing between: a single hour between half hours is a
//! hole, not an hourly point. A longer distance is believed only when it
//! repeats; where nothing tells, the step stays unknown.

use jiff::Timestamp;
use meter::Step;

/// How often a longer distance must repeat before it is a step and not holes.
const BELIEVED: usize = 3;

/// The step of each end stamp; stamps strictly ascend.
pub(super) fn steps(ends: &[Timestamp]) -> Vec<Option<Step>> {
    let runs = runs(ends);
    let mut steps = Vec::with_capacity(ends.len());
    for (index, run) in runs.iter().enumerate() {
        let step = if run.believed {
            run.step
        } else {
            neighbours(&runs, index).find(|step| run.is_hole_of(*step))
        };
        steps.extend(std::iter::repeat_n(step, run.length));
    }
    // The first stamp has none before it: it is like the next.
    let first = runs.iter().find(|run| run.believed).and_then(|r| r.step);
    let first = steps.first().copied().unwrap_or(None).or(first);
    if !ends.is_empty() {
        steps.insert(0, first);
    }
    steps
}

/// Equal distances in a row.
struct Run {
    seconds: i64,
    length: usize,
    /// The step this distance would be.
    step: Option<Step>,
    believed: bool,
}

impl Run {
    fn is_hole_of(&self, step: Step) -> bool {
        self.seconds % (i64::from(step.minutes()) * 60) == 0
    }
}

fn runs(ends: &[Timestamp]) -> Vec<Run> {
    let distances: Vec<i64> = ends
        .windows(2)
        .map(|pair| pair[1].as_second() - pair[0].as_second())
        .collect();
    let chunks: Vec<&[i64]> = distances.chunk_by(|a, b| a == b).collect();
    let mut runs: Vec<Run> = chunks
        .iter()
        .map(|chunk| Run {
            seconds: chunk[0],
            length: chunk.len(),
            step: (chunk[0] % 60 == 0)
                .then(|| u16::try_from(chunk[0] / 60).ok())
                .flatten()
                .and_then(Step::from_minutes),
            believed: false,
        })
        .collect();
    for index in 0..runs.len() {
        runs[index].believed = is_believed(&runs, index);
    }
    runs
}

/// A distance that repeats is a step. One that does not is a step only when it
/// cannot be a hole between points of a shorter one.
fn is_believed(runs: &[Run], index: usize) -> bool {
    let run = &runs[index];
    if run.step.is_none() {
        return false;
    }
    let shortest_beside = [index.checked_sub(1), Some(index + 1)]
        .into_iter()
        .flatten()
        .filter_map(|beside| runs.get(beside)?.step)
        .min();
    let shorter_beside = shortest_beside.is_some_and(|step| Some(step) < run.step);
    run.length >= BELIEVED || !shorter_beside
}

/// Believed steps around a run, the one before first.
fn neighbours(runs: &[Run], index: usize) -> impl Iterator<Item = Step> {
    let before = runs[..index].iter().rev().find(|run| run.believed);
    let after = runs[index + 1..].iter().find(|run| run.believed);
    // After a hole, a new era speaks for its first point better than the old one.
    let adjacent_after = runs.get(index + 1).filter(|run| run.believed);
    let changed = adjacent_after.filter(|after| {
        before.is_some_and(|before| before.step != after.step) && after.length >= BELIEVED
    });
    [changed, before, after]
        .into_iter()
        .flatten()
        .filter_map(|run| run.step)
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
        let read = read(&[30, 30, 30, 60, 60, 60, 60, 30, 30, 30]);
        let expected: Vec<_> = [30, 30, 30, 30, 60, 60, 60, 60, 30, 30, 30]
            .map(Some)
            .to_vec();
        assert_eq!(read, expected);
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
