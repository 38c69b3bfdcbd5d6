//! Which devices there are: one for each usage point, and one for a house whose
//! consumption and production are measured apart.

use meter::UsagePoint;

use crate::meters::Meter;

use super::settings::Settings;

/// A device, and whose energy it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// `12345678901234`, or `12345678901234 / 98765432109876`.
    pub key: String,
    /// Whose consumption.
    pub consumption: Option<Meter>,
    /// Whose production.
    pub production: Option<Meter>,
}

impl Target {
    /// One usage point, both directions.
    pub fn single(meter: &Meter) -> Self {
        Self {
            key: meter.prm.to_string(),
            consumption: Some(meter.clone()),
            production: Some(meter.clone()),
        }
    }

    /// The consumption of one, the production of another.
    pub fn pair(consumer: &Meter, producer: &Meter) -> Self {
        Self {
            key: format!("{} / {}", consumer.prm, producer.prm),
            consumption: Some(consumer.clone()),
            production: Some(producer.clone()),
        }
    }

    /// The device's name, as the plugin gave it.
    pub fn name(&self) -> String {
        format!("Linky {}", self.key)
    }

    /// What we write into its identifier: all digits would come back as others.
    pub fn device_id(&self) -> String {
        format!("PRM{}", self.key.replace(" / ", "-"))
    }

    /// Whom it is about, where a log may travel.
    pub fn masked(&self) -> String {
        let parts = self
            .key
            .split(" / ")
            .map(|part| match part.parse::<UsagePoint>() {
                Ok(prm) => prm.masked(),
                Err(_) => part.to_owned(),
            });
        parts.collect::<Vec<_>>().join(" / ")
    }
}

/// Who consumes and who produces, as the ledger shows it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Does {
    pub consume: bool,
    pub produce: bool,
}

/// The devices of the configured usage points.
pub(super) fn targets(
    settings: &Settings,
    meters: &[Meter],
    does: impl Fn(UsagePoint) -> Does,
) -> Vec<Target> {
    let wanted =
        |prm: &UsagePoint| settings.usage_points.is_empty() || settings.usage_points.contains(prm);
    let wanted: Vec<&Meter> = meters.iter().filter(|meter| wanted(&meter.prm)).collect();
    let mut targets: Vec<Target> = wanted.iter().map(|meter| Target::single(meter)).collect();
    let find = |prm| meters.iter().find(|meter| meter.prm == prm);
    for (consumer, producer) in &settings.merge {
        if let (Some(consumer), Some(producer)) = (find(*consumer), find(*producer)) {
            targets.push(Target::pair(consumer, producer));
        }
    }
    if !settings.merge.is_empty() {
        return targets;
    }
    let only = |consume, produce| {
        let mut found = wanted.iter().filter(|meter| {
            let does = does(meter.prm);
            (does.consume, does.produce) == (consume, produce)
        });
        // Of several nobody knows which belong together.
        found.next().filter(|_| found.next().is_none())
    };
    if let (Some(consumer), Some(producer)) = (only(true, false), only(false, true)) {
        targets.push(Target::pair(consumer, producer));
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meter(number: u64) -> Meter {
        Meter::new(format!("{number:014}").parse().unwrap())
    }

    fn keys(settings: &Settings, does: &[(u64, bool, bool)]) -> Vec<String> {
        let meters: Vec<Meter> = does.iter().map(|(number, ..)| meter(*number)).collect();
        let of = |prm: UsagePoint| {
            let mut known = does.iter();
            let found = known.find(|(number, ..)| meter(*number).prm == prm);
            found.map_or(Does::default(), |(_, consume, produce)| Does {
                consume: *consume,
                produce: *produce,
            })
        };
        let found = targets(settings, &meters, of);
        found.into_iter().map(|target| target.key).collect()
    }

    #[test]
    fn one_consumer_and_one_producer_get_a_third_device_more_only_when_told() {
        let mut settings = Settings::new("http://localhost".parse().unwrap());
        let (one, two) = ("00000000000001", "00000000000002");
        let pair = "00000000000001 / 00000000000002";
        let apart = [(1, true, false), (2, false, true)];
        assert_eq!(keys(&settings, &apart), [one, two, pair]);
        assert_eq!(
            keys(&settings, &[(1, true, true), (2, false, true)]),
            [one, two]
        );
        let three = [(1, true, false), (2, false, true), (3, false, true)];
        assert_eq!(keys(&settings, &three), [one, two, "00000000000003"]);
        settings.merge = vec![(meter(1).prm, meter(3).prm)];
        assert_eq!(
            keys(&settings, &three)[3],
            "00000000000001 / 00000000000003"
        );
        settings.merge.clear();
        settings.usage_points = vec![meter(1).prm];
        assert_eq!(keys(&settings, &apart), [one]);
    }
}
