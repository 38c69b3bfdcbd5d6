//! `consent`: link, code and QR code; the list.

use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

use super::Page;
use crate::json::consent::{ConsentEntry, ConsentState};

impl Page {
    /// What a person needs to answer: the link, the code, and a picture of both.
    pub fn invitation(&mut self, entry: &ConsentEntry) {
        let words = self.words;
        let (Some(link), Some(code)) = (&entry.link, &entry.code) else {
            return;
        };
        self.heading(&words.say("consent-invite", &[("source", &entry.source)]));
        self.gap();
        self.line(&format!("  {link}"));
        self.gap();
        self.heading(&format!(
            "  {}",
            words.say("consent-code", &[("code", code)])
        ));
        if let Some(until) = entry.until {
            let until = words.instant(until);
            self.sentence(
                &format!("  {}", words.say("consent-until", &[("until", &until)])),
                "  ",
            );
        }
        self.gap();
        self.picture(link);
        self.sentence(&words.t("consent-check-code"), "");
    }

    /// A QR code, where it fits.
    fn picture(&mut self, link: &str) {
        let Ok(code) = QrCode::with_error_correction_level(link, EcLevel::L) else {
            return;
        };
        let drawn = if self.color {
            // The terminal's own colours may be either way round: ours are set.
            code.render::<Dense1x2>()
                .dark_color(Dense1x2::Dark)
                .light_color(Dense1x2::Light)
                .build()
        } else {
            // Most terminals write light on dark.
            code.render::<Dense1x2>()
                .dark_color(Dense1x2::Light)
                .light_color(Dense1x2::Dark)
                .build()
        };
        let width = drawn.lines().map(crate::table::width).max().unwrap_or(0);
        if width + 2 > self.width {
            return;
        }
        for line in drawn.lines() {
            if self.color {
                self.line(&format!("  \u{1b}[30;107m{line}\u{1b}[0m"));
            } else {
                self.line(&format!("  {line}"));
            }
        }
        self.gap();
    }

    /// A consent in the list.
    pub fn consent_entry(&mut self, entry: &ConsentEntry) {
        let words = self.words;
        let state = words.t(&format!("consent-state-{}", entry.state.as_str()));
        self.heading(&format!("{} · {state}", entry.id));
        let since = words.instant(entry.since);
        self.line(&format!(
            "  {}",
            words.say("consent-since", &[("since", &since)])
        ));
        if let Some(until) = entry.until {
            let name = match entry.state {
                ConsentState::Waiting => "consent-until",
                _ => "consent-ends",
            };
            let until = words.instant(until);
            self.line(&format!("  {}", words.say(name, &[("until", &until)])));
        }
        for prm in &entry.usage_points {
            self.line(&format!("  {prm}"));
        }
        if let (Some(link), Some(code)) = (&entry.link, &entry.code) {
            self.line(&format!("  {link}"));
            self.line(&format!(
                "  {}",
                words.say("consent-code", &[("code", code)])
            ));
        }
        if let Some(error) = &entry.error {
            self.line(&format!("  {error}"));
        }
        if let Some(advice) = advice(entry.state) {
            self.sentence(&format!("  {}", words.t(advice)), "  ");
        }
    }
}

fn advice(state: ConsentState) -> Option<&'static str> {
    match state {
        ConsentState::Waiting | ConsentState::Given => None,
        ConsentState::InDoubt => Some("consent-in-doubt-do"),
        ConsentState::Rejected => Some("consent-rejected-do"),
        _ => Some("consent-again-do"),
    }
}
