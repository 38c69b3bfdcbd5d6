//! What is peculiar to one usage point: its meter, its contract, and how
//! well its data reaches Enedis.

use jiff::civil::{Date, DateTime};
use meter::{Direction, Step, UsagePoint};
use serde::{Deserialize, Serialize};

use crate::household::{Home, OffPeakWindow};

/// One usage point of the simulated world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The usage point.
    pub usage_point: UsagePoint,
    /// Who and what draws power there.
    pub home: Home,
    /// First day with consumption, `None` when nothing is drawn.
    pub consumption_since: Option<Date>,
    /// First day with production, `None` when nothing is fed in.
    pub production_since: Option<Date>,
    /// The steps of the curve over time; the first holds since ever.
    pub eras: Vec<StepEra>,
    /// Whether the hourly collection is switched on; without it only days are known.
    pub curve_collected: bool,
    /// Which points never reach Enedis.
    pub holes: Holes,
    /// Whether what is missing is written as null instead of left out.
    pub nulls: bool,
    /// When days are published.
    pub publication: Publication,
    /// Whether the maximum is also known for each phase.
    pub three_phase: bool,
    /// `C1` to `C5` for consumption.
    pub segment: &'static str,
    /// Subscribed power in kVA.
    pub subscribed_kva: u32,
    /// Off-peak hours; `None` for a single price.
    pub off_peak: Option<OffPeakHours>,
    /// The day on which the meter was exchanged: its registers begin anew, and
    /// the hours of the work are in no curve.
    pub exchanged: Option<Date>,
    /// What stands between the application and the data.
    pub standing: Standing,
}

/// The step of the curve from a local time on (a whole hour).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepEra {
    /// When it begins, Paris time.
    pub from: DateTime,
    /// Its step.
    pub step: Step,
}

/// Off-peak hours as the distributor writes them, and what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffPeakHours {
    /// The free text of the contract and of the meter.
    pub text: &'static str,
    /// Its windows.
    pub windows: Vec<OffPeakWindow>,
}

/// Points of the curve that never reach Enedis. Daily totals are not touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holes {
    /// Every point arrives.
    None,
    /// No curve on Tuesdays and Wednesdays.
    TuesdaysAndWednesdays,
    /// Of a thousand days, how many lack some hours, and how many all of them.
    Sprinkled {
        /// Days that lack one to six hours.
        part: u16,
        /// Days without any point.
        whole: u16,
    },
}

/// How late days are published, in thousandths of all days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    /// Days published one to two days late.
    pub late: u16,
    /// Days published three to ten days late.
    pub very_late: u16,
    /// Days never published at all.
    pub never: u16,
}

impl Publication {
    /// Every day on the next morning.
    pub const PUNCTUAL: Self = Self {
        late: 0,
        very_late: 0,
        never: 0,
    };
}

/// Whether the application may read the usage point at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Consent stands from the beginning, as for all sandbox customers.
    Consented,
    /// Nothing until someone agrees on the consent page.
    NotAsked,
    /// The customer withdrew it: every call is refused.
    Revoked,
    /// Someone else lives there now.
    MovedOut,
}

impl Profile {
    /// The first day of a direction, `None` when the meter does not know it.
    pub fn since(&self, direction: Direction) -> Option<Date> {
        match direction {
            Direction::Consumption => self.consumption_since,
            Direction::Production => self.production_since,
        }
    }

    /// What Enedis knows of it on a day: a production to come is none yet.
    pub(crate) fn as_of(&self, today: Date) -> Self {
        Self {
            production_since: self.production_since.filter(|since| *since <= today),
            ..self.clone()
        }
    }

    /// The first day of either direction.
    pub(crate) fn origin(&self) -> Option<Date> {
        match (self.consumption_since, self.production_since) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, other) => one.or(other),
        }
    }

    /// What the breaker lets through, in watts: a little under the subscribed power.
    pub(crate) fn limit_watts(&self) -> u32 {
        self.subscribed_kva * 940
    }
}
