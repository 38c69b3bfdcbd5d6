//! Usage points: contract, power, off-peak hours as stated, registers.

use jiff::Timestamp;
use jiff::civil::Date;
use meter::{Direction, UsagePoint};
use schemars::JsonSchema;
use serde::Serialize;
use tariff::Season;

use super::cost::{Power, Stated};
use super::{DirectionWord, Prm};

/// Every usage point that is held or configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Meters {
    /// Configured ones first, in their order.
    pub meters: Vec<Meter>,
}

/// A usage point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Meter {
    /// The usage point (PRM).
    #[schemars(with = "Prm")]
    pub usage_point: UsagePoint,
    /// Its name in the configuration.
    pub name: Option<String>,
    /// Whether it is configured.
    pub configured: bool,
    /// The source that is asked first; null: nobody is.
    pub source: Option<String>,
    /// The subscribed power that prices use.
    pub power: Option<Power>,
    /// The offer that it consumes under, by id.
    pub offer: Option<String>,
    /// The offer that its production is sold under, by id.
    pub resale: Option<String>,
    /// Facts of the contract as the source states them; null: never read.
    pub contract: Option<Facts>,
    /// Off-peak hours, the configuration's first, then Enedis' from the oldest.
    pub off_peak: Vec<Hours>,
    /// The last reading of each register.
    pub registers: Vec<LastRegister>,
}

/// What a source says about a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Facts {
    /// Subscribed power in VA.
    pub subscribed_power_va: Option<u32>,
    /// When it last changed.
    pub last_power_change: Option<Date>,
    /// Distribution tariff.
    pub distribution_tariff: Option<String>,
    /// Segment, such as `C5`.
    pub segment: Option<String>,
    /// When the contract began.
    pub contract_start: Option<Date>,
    /// The meter, such as `AMM`.
    pub meter_type: Option<String>,
    /// When consumption was last activated.
    pub consumption_activated: Option<Date>,
    /// When production was last activated.
    pub production_activated: Option<Date>,
    /// Who said so.
    pub source: String,
    /// When.
    pub said_at: Timestamp,
}

/// Off-peak hours on some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Hours {
    /// Who says so.
    pub source: Stated,
    /// As written.
    pub written: String,
    /// The first day; null: since always.
    pub first: Option<Date>,
    /// The last day; null: no end is known.
    pub last: Option<Date>,
    /// Only in this season; null: all year.
    #[schemars(with = "Option<String>")]
    pub season: Option<Season>,
    /// Whether they are understood.
    pub understood: bool,
    /// For Enedis' own: the first and the last day on which they were stated.
    pub stated_on: Option<(Date, Date)>,
}

/// The last reading of a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LastRegister {
    /// Which way the energy flows.
    #[schemars(with = "DirectionWord")]
    pub direction: Direction,
    /// The local day that begins at the reading.
    pub day: Date,
    /// The calendar; empty for the total.
    pub calendar: String,
    /// The class; empty for the total.
    pub class: String,
    /// Energy counted since the meter was set, in Wh.
    pub watt_hours: u64,
}
