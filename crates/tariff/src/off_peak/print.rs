//! The canonical writing: read again, it gives the same rules.

use std::fmt;

use super::hours::written;
use super::rules::{OffPeakRules, Rules, Year};
use super::week::Week;
use super::word::{ENGLISH_DAYS, FRENCH_DAYS};

struct Language {
    colon: bool,
    days: &'static [&'static str; 7],
    holidays: &'static str,
    nothing: &'static str,
    summer: &'static str,
    winter: &'static str,
}

const FRENCH: Language = Language {
    colon: false,
    days: &FRENCH_DAYS,
    holidays: "fériés",
    nothing: "aucune",
    summer: "été",
    winter: "hiver",
};

const ENGLISH: Language = Language {
    colon: true,
    days: &ENGLISH_DAYS,
    holidays: "holidays",
    nothing: "none",
    summer: "summer",
    winter: "winter",
};

/// Rules written in English; the plain writing is French.
///
/// ```
/// use tariff::{OffPeakRules, off_peak::English};
/// let rules: OffPeakRules = "2h-7h weekend 0h-23h59 P".parse().unwrap();
/// let french = "2h00-7h00 samedi 0h00-24h00 dimanche 0h00-24h00 P";
/// assert_eq!(rules.to_string(), french);
/// let english = "2:00-7:00 saturday 0:00-24:00 sunday 0:00-24:00 P";
/// assert_eq!(English(&rules).to_string(), english);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct English<'a>(pub &'a OffPeakRules);

impl fmt::Display for English<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&expression(self.0, &ENGLISH))
    }
}

impl fmt::Display for OffPeakRules {
    /// In French, empty when nothing is ever off-peak.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&expression(self, &FRENCH))
    }
}

fn expression(rules: &OffPeakRules, language: &Language) -> String {
    let mut words = Vec::new();
    part(&rules.general, language, &mut words);
    for (point, rules) in &rules.points {
        words.push(point.to_string());
        part(rules, language, &mut words);
    }
    words.join(" ")
}

fn part(rules: &Rules, language: &Language, words: &mut Vec<String>) {
    year(&rules.common, language, words);
    if let Some(production) = &rules.production {
        words.push("P".to_owned());
        year(production, language, words);
    }
}

fn year(year: &Year, language: &Language, words: &mut Vec<String>) {
    week(&year.usual, language, words);
    let seasons = [
        (language.summer, &year.summer),
        (language.winter, &year.winter),
    ];
    for (name, own) in seasons {
        if let Some(own) = own {
            words.push(name.to_owned());
            week(own, language, words);
        }
    }
}

fn week(week: &Week, language: &Language, words: &mut Vec<String>) {
    ranges(&week.every_written(), language, words);
    let names = language.days.iter().chain([&language.holidays]);
    for (name, list) in names.zip(week.days.iter().chain([&week.holidays])) {
        let Some(list) = list else { continue };
        words.push((*name).to_owned());
        let written = list.written();
        if written.is_empty() {
            words.push(language.nothing.to_owned());
        }
        ranges(&written, language, words);
    }
}

fn ranges(ranges: &[(u16, u16)], language: &Language, words: &mut Vec<String>) {
    let range = |(from, to): &(u16, u16)| {
        let [from, to] = [*from, *to].map(|minute| written(minute, language.colon));
        format!("{from}-{to}")
    };
    words.extend(ranges.iter().map(range));
}
