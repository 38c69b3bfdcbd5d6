//! The neutral form: what Relevé's own gateway answers, and its client reads.
//!
//! ```text
//! GET /data/v1/{prm}/{curve|daily|max-power|index}?direction=&from=&to=
//! Authorization: Bearer <access token>
//! ```
//!
//! `direction` is `consumption` or `production`; `from` (included) and `to`
//! (excluded) are Paris days, `2026-11-20`. A good answer is 200 with an
//! [`Answer`]: instants in UTC where an interval BEGINS, steps in minutes, whole
//! watts, watt-hours and volt-amperes, one object for each reading.
//!
//! ```json
//! {"usage_point":"22516914714270","direction":"consumption",
//!  "from":"2026-11-20","to":"2026-11-21","kind":"curve",
//!  "intervals":[{"start":"2026-11-19T23:00:00Z","step":30,"watts":612}]}
//! ```
//!
//! The other kinds carry, in the place of `intervals`:
//! `"kind":"daily","days":[{"day":"2026-11-20","watt_hours":12345}]`,
//! `"kind":"max-power","maxima":[{"day":…,"phase":"all","volt_amperes":6120,
//! "at":{"certainty":"known","at":"2026-11-20T18:01:00Z"}}]` and
//! `"kind":"index","registers":[{"day":…,"calendar":"","class":"",
//! "watt_hours":…}]`. Points that no instant can be given stand under
//! `unplaced`. What a day lacks is absent, never null and never 0; an answer
//! about days of which nothing is known is 404 with a [`Refused`].
//!
//! Everything that is not 200 is a [`Refused`], whose `problem` says exactly
//! what it is; its status is [`Refused::status`].

mod refused;

use jiff::civil::Date;
use meter::{
    DailyEnergy, DailyMaximum, Direction, Doubt, Interval, Kind, Register, Resolved, UsagePoint,
};
use serde::{Deserialize, Serialize};

use crate::malformed::Malformed;
use crate::text;

pub use refused::{Refused, RefusedCode};

/// Where the neutral data begin under a gateway's address.
pub const DATA_PATH: &str = "/data/v1";

/// Readings of one usage point, direction and kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Whose readings these are: the usage point that was asked.
    pub usage_point: UsagePoint,
    /// Which way the energy flows.
    pub direction: Direction,
    /// The first Paris day that was asked.
    pub from: Date,
    /// The Paris day after the last that was asked.
    pub to: Date,
    /// The readings.
    #[serde(flatten)]
    pub readings: Readings,
}

/// Readings of one kind, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Readings {
    /// The load curve.
    Curve {
        /// Mean powers, none overlapping another.
        intervals: Vec<Interval>,
        /// Points of the repeated or skipped hour that have no one instant.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unplaced: Vec<Doubt>,
    },
    /// Energy per day.
    Daily {
        /// One energy a day.
        days: Vec<DailyEnergy>,
    },
    /// Highest apparent power of each day.
    MaxPower {
        /// Of the whole connection and, where they are told, of its phases.
        maxima: Vec<DailyMaximum>,
    },
    /// Registers at the beginning of days.
    Index {
        /// The total has an empty calendar and class.
        registers: Vec<Register>,
    },
}

impl Readings {
    /// What kind of readings these are.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Curve { .. } => Kind::Curve,
            Self::Daily { .. } => Kind::Daily,
            Self::MaxPower { .. } => Kind::Maximum,
            Self::Index { .. } => Kind::Index,
        }
    }

    /// Whether there is no reading at all.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Curve {
                intervals,
                unplaced,
            } => intervals.is_empty() && unplaced.is_empty(),
            Self::Daily { days } => days.is_empty(),
            Self::MaxPower { maxima } => maxima.is_empty(),
            Self::Index { registers } => registers.is_empty(),
        }
    }
}

impl From<Resolved> for Readings {
    fn from(resolved: Resolved) -> Self {
        Self::Curve {
            intervals: resolved.intervals,
            unplaced: resolved.doubts,
        }
    }
}

/// The resource of a kind, as it stands in the path.
pub fn resource(kind: Kind) -> &'static str {
    match kind {
        Kind::Curve => "curve",
        Kind::Daily => "daily",
        Kind::Maximum => "max-power",
        Kind::Index => "index",
    }
}

/// The kind of a resource, by its name in the path.
pub fn kind(resource: &str) -> Option<Kind> {
    Kind::ALL
        .into_iter()
        .find(|kind| self::resource(*kind) == resource)
}

/// The path of a resource.
///
/// ```
/// let prm = "22516914714270".parse().unwrap();
/// let path = enedis::neutral::path(prm, meter::Kind::Maximum);
/// assert_eq!(path, "/data/v1/22516914714270/max-power");
/// ```
pub fn path(usage_point: UsagePoint, kind: Kind) -> String {
    format!("{DATA_PATH}/{usage_point}/{}", resource(kind))
}

/// Usage point and kind of a path, written exactly as [`path`] writes it.
pub fn parse_path(path: &str) -> Option<(UsagePoint, Kind)> {
    let (prm, resource) = path
        .strip_prefix(DATA_PATH)?
        .strip_prefix('/')?
        .split_once('/')?;
    let plain = prm.len() == UsagePoint::DIGITS && prm.bytes().all(|byte| byte.is_ascii_digit());
    let prm = plain.then(|| prm.parse().ok())??;
    Some((prm, kind(resource)?))
}

/// Reads a good answer.
pub fn read(body: &[u8]) -> Result<Answer, Malformed> {
    text::parse(body)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use meter::{PeakInstant, Phase, Step};

    use super::*;

    fn answer(readings: Readings) -> Answer {
        Answer {
            usage_point: "22516914714270".parse().unwrap(),
            direction: Direction::Consumption,
            from: date(2026, 11, 20),
            to: date(2026, 11, 21),
            readings,
        }
    }

    fn every_kind() -> Vec<Answer> {
        let day = date(2026, 11, 20);
        let start = "2026-11-19T23:00:00Z".parse().unwrap();
        let interval = Interval {
            start,
            step: Step::HALF_HOUR,
            watts: 612,
        };
        let maximum = DailyMaximum {
            day,
            phase: Phase::All,
            volt_amperes: 6120,
            at: PeakInstant::Known { at: start },
        };
        let register = Register {
            day,
            calendar: "D".to_owned(),
            class: "HC".to_owned(),
            watt_hours: 1,
        };
        vec![
            answer(Readings::Curve {
                intervals: vec![interval],
                unplaced: Vec::new(),
            }),
            answer(Readings::Daily {
                days: vec![DailyEnergy {
                    day,
                    watt_hours: 12_345,
                }],
            }),
            answer(Readings::MaxPower {
                maxima: vec![maximum],
            }),
            answer(Readings::Index {
                registers: vec![register],
            }),
        ]
    }

    #[test]
    fn every_kind_is_read_as_it_was_written() {
        let mut lines = Vec::new();
        for answer in every_kind() {
            let text = serde_json::to_string(&answer).unwrap();
            assert_eq!(read(text.as_bytes()).unwrap(), answer);
            lines.push(text);
        }
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn a_path_is_read_as_it_was_written_and_no_other_way() {
        let prm = "22516914714270".parse().unwrap();
        for kind in Kind::ALL {
            assert_eq!(parse_path(&path(prm, kind)), Some((prm, kind)));
        }
        for wrong in [
            "/data/v1/22516914714270",
            "/data/v1/2251691471427/daily",
            "/data/v1/22516 914714270/daily",
            "/data/v1/٢٢٥١٦٩١٤٧١٤٢٧٠/daily",
            "/data/v1/22516914714270/daily/",
            "/data/v1/22516914714270/../daily",
            "/data/v2/22516914714270/daily",
        ] {
            assert_eq!(parse_path(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_not_an_answer_is_malformed() {
        for body in ["", "<html>", "{}", r#"{"kind":"daily","days":[]}"#, "[1]"] {
            assert!(read(body.as_bytes()).is_err(), "{body}");
        }
    }
}
