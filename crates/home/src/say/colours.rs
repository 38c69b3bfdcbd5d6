//! The colours of days: what is known, who differs, who is asked next.

use service::text;
use tariff::colour::Source;

use crate::json::colours::{ColourStatus, ColourWord, ContradictedDay};
use crate::words::Words;

impl Words {
    /// A calendar's name as a title.
    pub fn calendar_title(self, calendar: &str) -> String {
        let title = self.t(&format!("colours-of-{calendar}"));
        self.say("colours-title", &[("calendar", &title)])
    }

    /// A colour; none: not known.
    pub fn colour(self, colour: Option<&str>) -> String {
        let Some(colour) = colour else {
            return self.t("colours-word-unknown");
        };
        let word = text::find(self.lang, &format!("colours-word-{colour}"), &[]);
        word.unwrap_or_else(|| super::legible(colour))
    }

    /// Today's colour and tomorrow's.
    pub fn colours_now(self, status: &ColourStatus) -> String {
        let today = self.colour(status.today.as_deref());
        let tomorrow = self.colour(status.tomorrow.as_deref());
        self.say("colours-now", &[("today", &today), ("tomorrow", &tomorrow)])
    }

    /// The first and the last day of which some source speaks.
    pub fn colours_span(self, status: &ColourStatus) -> Option<String> {
        let (first, last) = (self.date(status.first?), self.date(status.last?));
        Some(self.say("colours-span", &[("first", &first), ("last", &last)]))
    }

    /// What went wrong when sources were last asked.
    pub fn colour_faults(self, status: &ColourStatus) -> Vec<String> {
        let faults = status.faults.iter();
        let say = |fault: &str| self.say("colours-fault", &[("fault", fault)]);
        faults.map(|fault| say(&fault.explanation)).collect()
    }

    /// When they are asked next.
    pub fn colours_next(self, status: &ColourStatus) -> String {
        match (status.asked, status.ask_at) {
            (true, Some(at)) => self.say("colours-next", &[("at", &self.instant(at))]),
            (true, None) => self.t("colours-never-asked"),
            (false, _) => self.t("colours-not-asked"),
        }
    }

    /// A source by its name; one that a newer version asks has none here.
    pub fn colour_source(self, name: &str) -> String {
        match Source::from_name(name) {
            Source::Other(_) => self.t("colours-other-source"),
            Source::User => self.t("colours-user"),
            known => known.to_string(),
        }
    }

    /// A day on which sources differ, and what is made of it.
    pub fn contradiction(self, one: &ContradictedDay) -> String {
        let said = |said: &ColourWord| {
            let colour = self.colour(Some(&said.colour));
            format!("{} {colour}", self.colour_source(&said.source))
        };
        let said: Vec<String> = one.said.iter().map(said).collect();
        let (day, said) = (self.date(one.day), said.join(" · "));
        match &one.used {
            Some(used) => {
                let used = self.colour(Some(used));
                let args = [("day", day.as_str()), ("said", &said), ("used", &used)];
                self.say("colours-differ-used", &args)
            }
            None => self.say("colours-differ", &[("day", &day), ("said", &said)]),
        }
    }
}
