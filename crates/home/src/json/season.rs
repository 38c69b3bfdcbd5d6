//! A season of coloured days: which have come, which are left.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::colours::ColourDay;

/// The season of a calendar, 1 September to 31 August.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Season {
    /// `tempo` or `ejp`.
    pub calendar: String,
    /// 1 September.
    pub first: Date,
    /// 31 August.
    pub last: Date,
    /// The present day, where it is in this season.
    pub today: Option<Date>,
    /// Every day.
    pub days: Vec<ColourDay>,
    /// What the contract has of each colour, and what is left.
    pub colours: Vec<Left>,
    /// Days that have come and whose colour is not known or disputed: while
    /// there are any, no more than `left` days of a colour are left, and perhaps
    /// fewer.
    pub unknown: u32,
}

/// One colour of a season.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Left {
    /// The colour.
    pub colour: String,
    /// Days of it in the whole season.
    pub allowed: u32,
    /// Days of it that have come or are announced.
    pub seen: u32,
    /// The others.
    pub left: u32,
}
