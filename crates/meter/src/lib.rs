//! What did the meter record?
//!
//! The neutral model every other room speaks: usage points, intervals whose
//! start is a UTC instant, exact integer energy, and the French civil calendar
//! of days with 46, 48 or 50 half hours. Nothing here does I/O.
//!
//! Enedis stamps the END of an interval in Paris time without an offset; other
//! files stamp the START. [`stamps`] turns both into UTC starts at the edge, so
//! that local stamps are never seen again.

pub mod curve;
pub mod interval;
pub mod paris;
pub mod period;
pub mod reading;
pub mod stamps;
pub mod usage_point;

pub use curve::{DayCurve, Gap};
pub use interval::{Interval, Step, WattMinutes};
pub use period::{Granularity, Period, PeriodTotal};
pub use reading::{DailyEnergy, DailyMaximum, Direction, Kind, PeakInstant, Phase, Register};
pub use stamps::{Doubt, DoubtReason, LocalPoint, Marks, Resolved};
pub use usage_point::{UsagePoint, UsagePointError};
