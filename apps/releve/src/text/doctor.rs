//! `doctor`.

use super::Page;
use crate::json::doctor::{Check, Doctor, State};

impl Page {
    /// What was looked at, then the one advice.
    pub fn doctor(&mut self, doctor: &Doctor) {
        let now = self.words.instant(doctor.now);
        let title = self.words.say("doctor-title", &[("now", &now)]);
        self.heading(&title);
        for check in &doctor.checks {
            self.check_line(check);
        }
        self.gap();
        let title = self.words.t("doctor-advice");
        self.heading(&title);
        self.sentence(&format!("  {}", doctor.advice), "  ");
    }

    fn check_line(&mut self, check: &Check) {
        let mark = match check.state {
            State::Ok => "✓",
            State::Skipped => "–",
            State::Warning => "!",
            State::Failed => "✗",
        };
        let part = self
            .words
            .t(&format!("doctor-part-{}", check.part.as_str()));
        let source = check.source.as_ref();
        let source = source.map(|name| format!(" ({name})")).unwrap_or_default();
        let line = |text: &str| format!("{mark} {part}{source} · {text}");
        let mut lines = check.said.lines();
        let first = line(lines.next().unwrap_or_default());
        if matches!(check.state, State::Warning | State::Failed) {
            self.loud(&first, "    ");
        } else {
            self.sentence(&first, "    ");
        }
        for further in lines {
            self.line(&format!("    {further}"));
        }
    }
}
