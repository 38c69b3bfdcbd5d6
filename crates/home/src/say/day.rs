//! How a day stands, and why, in words.

use jiff::Timestamp;
use ledger::DayState;
use service::text;

use crate::json::calendar::CalendarDay;
use crate::json::show::StateNote;
use crate::words::Words;

impl Words {
    /// A state in a few words; none: never asked.
    pub fn state(self, note: Option<&StateNote>) -> String {
        let Some(note) = note else {
            return self.t("show-state-never");
        };
        if note.reason.as_deref() == Some("to-come") {
            return self.t("show-state-to-come");
        }
        let name = note.state.as_str().replace('_', "-");
        self.t(&format!("show-state-{name}"))
    }

    /// Why a day stands as it does, in a sentence.
    pub fn why(self, note: Option<&StateNote>) -> String {
        let Some(note) = note else {
            return self.t("day-never");
        };
        let state = note.state.as_str().replace('_', "-");
        match (&note.reason, note.state) {
            (None, _) | (_, DayState::Complete) => self.t(&format!("day-{state}")),
            (Some(reason), _) => self.reason(&state, reason),
        }
    }

    /// The state's own word for a reason, else the problem's.
    fn reason(self, state: &str, reason: &str) -> String {
        let find = |name: &str| text::find(self.lang, name, &[]);
        if let Some(said) = find(&format!("day-{state}-{reason}")) {
            return said;
        }
        let code = serde_json::json!({ "problem": reason });
        if let Ok(problem) = serde_json::from_value::<enedis::Problem>(code) {
            let why = problem.explanation(self.lang);
            return self.say("day-because", &[("state", &self.of(state)), ("why", &why)]);
        }
        // Kept by a newer version.
        let code = reason.replace(char::is_control, "\u{fffd}");
        self.say(
            "day-unknown",
            &[("state", &self.of(state)), ("code", &code)],
        )
    }

    fn of(self, state: &str) -> String {
        super::capital(&self.t(&format!("show-state-{state}")))
    }

    /// When a day is asked again, or that it is not.
    pub fn next_try(self, day: &CalendarDay, now: Timestamp) -> Option<String> {
        let state = day.note.as_ref().map(|note| note.state);
        match (state, day.next_try) {
            (Some(DayState::Complete), _)
            | (Some(DayState::BeforeActivation | DayState::BeyondHistory), None) => None,
            (_, Some(at)) if at <= now => Some(self.t("day-next-now")),
            (_, Some(at)) => Some(self.say("day-next", &[("at", &self.instant(at))])),
            (_, None) => Some(self.t("day-next-never")),
        }
    }
}

#[cfg(test)]
mod tests {
    use service::Lang;

    use super::*;

    const BOTH: [Words; 2] = [Words { lang: Lang::Fr }, Words { lang: Lang::En }];

    fn note(state: DayState, reason: Option<&str>) -> StateNote {
        StateNote {
            state,
            reason: reason.map(str::to_owned),
        }
    }

    #[test]
    fn every_state_that_the_collector_writes_has_a_sentence_of_its_own_in_both_languages() {
        let ours = ["to-come", "not-yet-asked"].map(|reason| (DayState::Awaited, Some(reason)));
        let mut sentences = std::collections::BTreeSet::new();
        let mut told = 0;
        for (state, reason) in collector::verdict::STANDINGS.iter().copied().chain(ours) {
            for words in BOTH {
                let said = words.why(Some(&note(state, reason)));
                let code = words.say("day-unknown", &[("state", ""), ("code", "")]);
                assert!(!said.starts_with(code.trim()), "{said}");
                assert!(!said.contains("day-") && said.contains(' '), "{said}");
                assert!(!said.contains(reason.unwrap_or("_")), "{said}");
                sentences.insert(said);
                told += 1;
            }
        }
        for words in BOTH {
            sentences.insert(words.why(None));
            told += 1;
        }
        assert_eq!(
            sentences.len(),
            told,
            "two of them are alike: {sentences:#?}"
        );
        let named: std::collections::BTreeSet<_> = collector::verdict::STANDINGS
            .iter()
            .map(|(state, _)| *state)
            .collect();
        assert_eq!(named.len(), DayState::ALL.len());
    }

    #[test]
    fn a_problem_without_a_sentence_of_its_own_speaks_in_its_own_words() {
        let [fr, en] = BOTH;
        let refused = note(DayState::Refused, Some("no-consent"));
        let problem = enedis::Problem::NoConsent;
        assert!(
            fr.why(Some(&refused))
                .ends_with(&problem.explanation(Lang::Fr))
        );
        assert!(
            en.why(Some(&refused))
                .ends_with(&problem.explanation(Lang::En))
        );
        let newer = note(DayState::Refused, Some("mars\u{1b}"));
        assert!(en.why(Some(&newer)).contains("mars\u{fffd}"));
    }
}
