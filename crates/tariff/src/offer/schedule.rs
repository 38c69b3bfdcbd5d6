//! Which class each wall-clock minute of a local day falls in.
//!
//! Tempo's colour day runs from 06:00 to 06:00: the night before 06:00 has the
//! colour of the day before. EJP's peak runs from 07:00 to 01:00. Whatever hangs
//! on something that is not known is unknown, and nothing else is.

use jiff::civil::Date;
use meter::paris;
use serde::Serialize;

use super::DynamicPrices;
use super::rules::{self, Around, Claim, Hours, Rule};
use crate::colour::{Answer, ColourCalendar, EjpDay, TempoColour};
use crate::windows::Windows;

/// How an offer divides time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schedule {
    /// One class.
    Flat,
    /// Peak and off-peak hours of the usage point's plan.
    OffPeak,
    /// Peak and off-peak hours of the offer's own, on every day.
    OwnHours(Hours),
    /// Six classes: three colours, off-peak from 22:00 to 06:00.
    Tempo,
    /// Normal and peak hours.
    Ejp,
    /// Classes of the offer's own.
    Rules(Vec<Rule>),
    /// One class whose price changes by itself.
    Dynamic(DynamicPrices),
}

/// What a minute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Of this class.
    Class(u8),
    /// Nobody knows.
    Unknown {
        /// Why.
        reason: Reason,
        /// The colour day, or local day, of which too little is known.
        about: Date,
    },
}

/// Why a minute's class or price is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No source told the day's colour.
    NoColour,
    /// Sources of the same weight tell different colours.
    DisputedColour,
    /// No off-peak plan of the usage point is known for the day.
    NoPlan,
    /// No line of the offer holds.
    NoPrice,
}

/// What the classes of a day hang on, beside the offer.
pub struct Context<'a> {
    /// The off-peak minutes of the usage point on a local day; `None`: no plan is known.
    pub off_peak: &'a dyn Fn(Date) -> Option<Windows>,
    /// Whether a day is a public holiday.
    pub holiday: &'a dyn Fn(Date) -> bool,
    /// Tempo's colours.
    pub tempo: &'a ColourCalendar<TempoColour>,
    /// EJP's days.
    pub ejp: &'a ColourCalendar<EjpDay>,
}

/// When a Tempo day, and its peak hours, begin.
pub const TEMPO_DAY: u16 = 6 * 60;
/// When Tempo's off-peak hours begin.
pub const TEMPO_NIGHT: u16 = 22 * 60;
/// When EJP's peak hours begin.
pub const EJP_PEAK: u16 = 7 * 60;
/// When EJP's peak hours end, on the day after.
pub const EJP_END: u16 = 60;

/// Of offers with peak and off-peak hours.
const PEAK: u8 = 0;
const OFF_PEAK: u8 = 1;

impl Schedule {
    /// The classes that this way of dividing time has by itself; those of rules
    /// are named by the offer.
    pub fn classes(&self) -> &'static [&'static str] {
        match self {
            Self::Flat => &["base"],
            Self::OffPeak | Self::OwnHours(_) => &["peak", "off_peak"],
            Self::Tempo => &[
                "blue_off_peak",
                "blue_peak",
                "white_off_peak",
                "white_peak",
                "red_off_peak",
                "red_peak",
            ],
            Self::Ejp => &["normal", "peak"],
            Self::Rules(_) => &[],
            Self::Dynamic(_) => &["spot"],
        }
    }

    /// What Enedis calls these classes in register readings, one for one; none
    /// where it is not known.
    pub fn codes(&self) -> &'static [&'static str] {
        match self {
            Self::Flat => &["BASE"],
            Self::OffPeak | Self::OwnHours(_) => &["HP", "HC"],
            Self::Tempo => &["BUHC", "BUHP", "BCHC", "BCHP", "RHC", "RHP"],
            Self::Ejp | Self::Rules(_) | Self::Dynamic(_) => &[],
        }
    }

    /// What the minutes of a local day are: from which wall-clock minute on,
    /// what; the first from 0.
    pub fn day(&self, day: Date, context: &Context) -> Vec<(u16, Slot)> {
        match self {
            Self::Flat | Self::Dynamic(_) => vec![(0, Slot::Class(0))],
            Self::OffPeak => match (context.off_peak)(day) {
                Some(windows) => off_peak(&windows),
                None => vec![(0, unknown(Reason::NoPlan, day))],
            },
            Self::OwnHours(Hours::Ranges { own, morning }) => off_peak(&own.union(morning)),
            Self::OwnHours(_) => vec![(0, Slot::Class(PEAK))],
            Self::Tempo => tempo(day, context.tempo),
            Self::Ejp => ejp(day, context.ejp),
            Self::Rules(rules) => by_rules(rules, day, context),
        }
    }
}

fn off_peak(windows: &Windows) -> Vec<(u16, Slot)> {
    let mut parts = vec![(0, Slot::Class(PEAK))];
    for range in windows.ranges() {
        if range.from() == 0 {
            parts.clear();
        }
        parts.push((range.from(), Slot::Class(OFF_PEAK)));
        parts.push((range.to(), Slot::Class(PEAK)));
    }
    parts.retain(|(minute, _)| *minute < crate::windows::DAY);
    parts
}

/// The number of a Tempo class.
///
/// ```
/// use tariff::TempoColour;
/// assert_eq!(tariff::offer::schedule::tempo_class(TempoColour::Red, true), 5);
/// ```
pub fn tempo_class(colour: TempoColour, peak: bool) -> u8 {
    colour as u8 * 2 + u8::from(peak)
}

fn tempo(day: Date, colours: &ColourCalendar<TempoColour>) -> Vec<(u16, Slot)> {
    let slot = |day, peak| known(colours.at(day), day, |colour| tempo_class(colour, peak));
    vec![
        (0, slot(paris::add_days(day, -1), false)),
        (TEMPO_DAY, slot(day, true)),
        (TEMPO_NIGHT, slot(day, false)),
    ]
}

fn ejp(day: Date, days: &ColourCalendar<EjpDay>) -> Vec<(u16, Slot)> {
    let slot = |day| known(days.at(day), day, |kind| kind as u8);
    vec![
        (0, slot(paris::add_days(day, -1))),
        (EJP_END, Slot::Class(EjpDay::Normal as u8)),
        (EJP_PEAK, slot(day)),
    ]
}

fn known<C>(answer: Answer<C>, about: Date, class: impl Fn(C) -> u8) -> Slot {
    match answer {
        Answer::Known(colour) => Slot::Class(class(colour)),
        Answer::Disputed => unknown(Reason::DisputedColour, about),
        Answer::Unknown => unknown(Reason::NoColour, about),
    }
}

fn unknown(reason: Reason, about: Date) -> Slot {
    Slot::Unknown { reason, about }
}

fn by_rules(rules: &[Rule], day: Date, context: &Context) -> Vec<(u16, Slot)> {
    let needs_plan = rules
        .iter()
        .any(|rule| matches!(rule.hours, Hours::OffPeak | Hours::Peak));
    let plan = needs_plan.then(|| (context.off_peak)(day)).flatten();
    let around = Around {
        holiday: context.holiday,
        off_peak: plan.as_ref(),
    };
    rules::claims(rules, day, &around)
        .into_iter()
        .map(|(minute, claim)| match claim {
            Claim::Class(class) => (minute, Slot::Class(class)),
            Claim::NoPlan => (minute, unknown(Reason::NoPlan, day)),
            // Rules are checked to claim every minute when they are read.
            Claim::Nobody => (minute, unknown(Reason::NoPrice, day)),
        })
        .collect()
}
