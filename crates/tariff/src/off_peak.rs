//! The off-peak hours expression: what people and Enedis write, understood or
//! refused with the column, the reason and a correction; never half understood.
//!
//! ```text
//! 2h00-7h00 13h00-16h00 samedi 0h00-24h00 P 11h00-17h00 12345678901234 22h38-6h38
//! ```
//!
//! The general case comes first; a usage point, `P` (production), a season or a
//! day begins a part that replaces what is more general, and never adds to it.

mod error;
mod hours;
mod print;
mod read;
mod rules;
mod token;
mod week;
mod word;

pub use error::{ExpressionError, Reason};
pub use print::English;
pub use rules::{OffPeakRules, Rules, Year};
pub use week::{DayList, TypicalWeek, Week};
pub(crate) use word::folded;
