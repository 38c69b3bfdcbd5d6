//! Whose readings a page shows, and what it shows where there are none.

use home::json::show::Subject;
use home::view::{Wanted, nothing, subjects};
use home::{Exit, Failure};
use meter::{Kind, UsagePoint};

use super::{Address, Choice, Segments};
use crate::house::Reading;

/// A usage point and what is held of it.
#[derive(Debug, Clone)]
pub(in crate::pages) struct Whose {
    /// The usage point.
    pub point: UsagePoint,
    /// Both directions, or one, consumption first.
    pub subjects: Vec<Subject>,
    /// The other usage points.
    pub points: Segments,
}

/// A page without readings.
#[derive(Debug, Clone)]
pub(in crate::pages) struct Empty {
    /// Whether nothing is configured either.
    pub is_new: bool,
    /// Why there is nothing of yesterday, where somebody is asked.
    pub sentence: Option<String>,
}

/// The usage point that is asked for, else the first that holds one of these
/// kinds; none when nothing is held at all.
pub(in crate::pages) fn whose(
    reading: &Reading,
    address: &Address,
    kinds: &[Kind],
) -> Result<Option<Whose>, Failure> {
    let Some(store) = reading.ledger() else {
        return Ok(None);
    };
    let wanted = Wanted {
        usage_point: None,
        direction: None,
        kinds,
    };
    let all = match subjects(store, &reading.settings.usage_points, wanted) {
        Err(failure) if matches!(failure.exit, Exit::Data) => return Ok(None),
        all => all?,
    };
    let Some(point) = address.point.or(all.first().map(|one| one.usage_point)) else {
        return Ok(None);
    };
    let of_point = all.iter().filter(|one| one.usage_point == point);
    let own: Vec<Subject> = of_point.cloned().collect();
    if own.is_empty() {
        return Err(nothing(Some(point)));
    }
    Ok(Some(Whose {
        point,
        subjects: own,
        points: points(reading, address, &all, point),
    }))
}

fn points(reading: &Reading, address: &Address, all: &[Subject], here: UsagePoint) -> Segments {
    let mut seen: Vec<&Subject> = Vec::new();
    for subject in all {
        if seen
            .iter()
            .all(|one| one.usage_point != subject.usage_point)
        {
            seen.push(subject);
        }
    }
    let choice = |subject: &&Subject| Choice {
        name: match &subject.name {
            Some(name) => name.clone(),
            None => subject.usage_point.to_string(),
        },
        href: Address {
            point: Some(subject.usage_point),
            way: crate::asked::Way::Consumption,
            ..address.clone()
        }
        .href(),
        is_here: subject.usage_point == here,
    };
    Segments {
        label: reading.words.t("dash-points"),
        choices: seen.iter().map(choice).collect(),
    }
}

impl Empty {
    /// What is known where nothing is held.
    pub fn read(reading: &Reading) -> Result<Self, Failure> {
        let (store, settings) = (reading.ledger(), reading.settings);
        let status = home::view::status::read(store, settings, reading.now, reading.words)?;
        let sentences = status
            .usage_points
            .into_iter()
            .filter_map(|one| one.yesterday);
        Ok(Self {
            is_new: settings.sources.is_empty() && settings.usage_points.is_empty(),
            sentence: sentences.map(|yesterday| yesterday.sentence).next(),
        })
    }
}
