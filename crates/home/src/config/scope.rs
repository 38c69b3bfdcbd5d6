//! What is collected of a usage point.

use std::collections::BTreeSet;

use collector::Scope;
use meter::{Direction, Kind};
use service::settings::{Draft, Problem};

use super::raw::RawCollect;

/// What the keys of a usage point say; what they leave out is everything.
pub(super) fn scope(
    draft: &mut Draft,
    index: &str,
    collect: Option<Vec<RawCollect>>,
    history: Option<u32>,
) -> Scope {
    let mut scope = Scope {
        history,
        ..Scope::default()
    };
    let Some(collect) = collect else {
        return scope;
    };
    let path = ["usage_points", index, "collect"];
    if collect.is_empty() && !draft.is_spoiled(&path) {
        draft.report(&path, Problem::new("config-collect-empty"));
    }
    let kinds: BTreeSet<Kind> = collect.iter().filter_map(|word| kind(*word)).collect();
    let produces = collect.contains(&RawCollect::Production);
    let consumes = !kinds.is_empty();
    let directions = [
        (Direction::Consumption, consumes),
        (Direction::Production, produces),
    ];
    scope.directions = directions
        .into_iter()
        .filter_map(|(direction, wanted)| wanted.then_some(direction))
        .collect();
    // Production alone: of a usage point that only feeds in.
    scope.kinds = if consumes {
        kinds
    } else {
        [Kind::Curve, Kind::Daily].into()
    };
    scope
}

fn kind(word: RawCollect) -> Option<Kind> {
    match word {
        RawCollect::Curve => Some(Kind::Curve),
        RawCollect::Daily => Some(Kind::Daily),
        RawCollect::Maximum => Some(Kind::Maximum),
        RawCollect::Index => Some(Kind::Index),
        RawCollect::Production => None,
    }
}
