//! What people read: lines for a terminal of a known width, in one language.

pub mod chart;
mod check;
pub mod colours;
mod compare;
mod consent;
mod cost;
mod day;
mod doctor;
mod domoticz;
mod hours;
mod index;
mod jeedom;
mod maxima;
mod off_peak;
mod period;
mod status;
mod tariff;

use std::io::{self, Write};

use crate::json::show::{StateNote, Subject};
use crate::words::Words;
use crate::world::Terminal;

/// A text while it is written.
#[derive(Debug)]
pub struct Page {
    /// The language.
    pub words: Words,
    /// Columns that may be filled.
    pub width: usize,
    color: bool,
    text: String,
}

const BOLD: &str = "1";
const YELLOW: &str = "33";
const CYAN: &str = "36";

impl Page {
    /// An empty page.
    pub fn new(words: Words, terminal: Terminal) -> Self {
        Self {
            words,
            width: terminal.width,
            color: terminal.color,
            text: String::new(),
        }
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) {
        self.styled(BOLD, text);
    }

    /// A line that must not be overlooked.
    pub fn warning(&mut self, text: &str) {
        let indent = &text[..text.len() - text.trim_start_matches(' ').len()];
        self.loud(text, indent);
    }

    /// The same, lines after the first indented.
    pub fn loud(&mut self, text: &str, indent: &str) {
        self.wrapped(text, indent, |page, line| page.styled(YELLOW, line));
    }

    /// A line of a chart.
    pub fn drawn(&mut self, text: &str) {
        self.styled(CYAN, text);
    }

    /// A line as it is.
    pub fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    /// A sentence, on as many lines as it needs, those after the first indented.
    pub fn sentence(&mut self, text: &str, indent: &str) {
        self.wrapped(text, indent, Self::line);
    }

    /// An empty line, unless the page ends with one or has not begun.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Writes the page out.
    pub fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.text.as_bytes())?;
        out.flush()
    }

    /// Who an entry is about.
    pub fn subject(&mut self, subject: &Subject) {
        let prm = subject.usage_point.to_string();
        let direction = self.words.t(&format!("show-{}", subject.direction));
        let name = subject.name.as_ref();
        let name = name.map(|name| format!("{name} · ")).unwrap_or_default();
        self.heading(&format!("{name}{prm} · {direction}"));
    }

    /// A state in words, with the reason of a refusal.
    pub fn state(&self, note: Option<&StateNote>) -> String {
        let text = self.words.state(note);
        match note.and_then(|note| Some((note.state, note.reason.as_ref()?))) {
            Some((ledger::DayState::Refused, reason)) => format!("{text} ({reason})"),
            _ => text,
        }
    }

    fn styled(&mut self, code: &str, text: &str) {
        if self.color {
            self.line(&format!("\u{1b}[{code}m{}\u{1b}[0m", text.trim_end()));
        } else {
            self.line(text);
        }
    }

    fn wrapped(&mut self, text: &str, indent: &str, write: impl Fn(&mut Self, &str)) {
        let words = text.trim_start_matches(' ');
        let mut line = text[..text.len() - words.len()].to_owned();
        let mut empty = true;
        for word in words.split(' ') {
            let next = crate::table::width(&line) + 1 + crate::table::width(word);
            if !empty && next > self.width {
                write(self, &line);
                indent.clone_into(&mut line);
            } else if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        write(self, &line);
    }
}
