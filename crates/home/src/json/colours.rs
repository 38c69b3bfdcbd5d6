//! The colours of days (Tempo, EJP) in JSON.

use collector::colours::Fault;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// What one round of questions about a calendar gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ColourRound {
    /// `tempo` or `ejp`.
    pub calendar: String,
    /// Sources that were asked, one after the other.
    pub asked: u64,
    /// Days that are new or changed.
    pub written: u64,
    /// Of these, days whose source changed its word; the old one is kept.
    pub revised: u64,
    /// Days on which sources differ since now.
    pub contradicted: Vec<Date>,
    /// Sources that failed.
    pub faults: Vec<ColourFault>,
}

/// Why a source gave no colours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ColourFault {
    /// The source, such as `rte-page`.
    pub source: String,
    /// The stable code.
    pub code: String,
    /// What it means, in the reader's language.
    pub explanation: String,
}

impl ColourFault {
    /// A fault with its explanation.
    pub fn of(fault: &Fault, explanation: String) -> Self {
        Self {
            source: fault.source.clone(),
            code: fault.problem.as_str().to_owned(),
            explanation,
        }
    }
}

/// What is known of a calendar now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ColourStatus {
    /// `tempo` or `ejp`.
    pub calendar: String,
    /// Whether sources are asked for it.
    pub asked: bool,
    /// Today's colour; null: not known, or disputed.
    pub today: Option<String>,
    /// Tomorrow's.
    pub tomorrow: Option<String>,
    /// The first day of which some source speaks.
    pub first: Option<Date>,
    /// The last such day.
    pub last: Option<Date>,
    /// Days on which sources differ.
    pub contradictions: Vec<ContradictedDay>,
    /// When sources were last asked.
    pub asked_at: Option<Timestamp>,
    /// When they are asked again.
    pub ask_at: Option<Timestamp>,
    /// What went wrong then.
    pub faults: Vec<ColourFault>,
}

/// A day on which sources differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ContradictedDay {
    /// The colour day.
    pub day: Date,
    /// Each source's word.
    pub said: Vec<ColourWord>,
    /// The colour that is used; null: the day is priced as unknown.
    pub used: Option<String>,
}

/// A source's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ColourWord {
    /// The source.
    pub source: String,
    /// The colour.
    pub colour: String,
}

/// The colours of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ColourDays {
    /// `tempo` or `ejp`.
    pub calendar: String,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Every day.
    pub days: Vec<ColourDay>,
}

/// The colour of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ColourDay {
    /// The colour day.
    pub day: Date,
    /// The colour; null: unknown, or disputed.
    pub colour: Option<String>,
    /// Who says what; empty: nobody, or the contract itself.
    pub said: Vec<ColourWord>,
}

/// What became of an imported file of colours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ImportedColours {
    /// The file's name, without the folders above.
    pub file: String,
    /// `tempo` or `ejp`.
    pub calendar: String,
    /// Days with a colour.
    pub days: u64,
    /// The first.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
    /// Days that are new or changed.
    pub written: u64,
    /// Of these, days that a file of this name told otherwise before.
    pub revised: u64,
    /// Days of the file on which sources differ, itself included.
    pub contradictions: Vec<ContradictedDay>,
}
