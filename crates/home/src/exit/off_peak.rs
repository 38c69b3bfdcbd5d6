//! An off-peak expression that is refused: why, where, and what to write.

use service::{Lang, tr};
use tariff::ExpressionError;
use tariff::off_peak::Reason;

use super::{Exit, Failure, Said, Words};

/// Characters shown on each side of a slip in a long expression.
const AROUND: usize = 30;

/// A refused expression.
#[derive(Debug)]
pub(super) struct Refused {
    text: String,
    error: ExpressionError,
}

impl Failure {
    /// An off-peak expression that is not understood.
    pub fn expression(text: &str, error: ExpressionError) -> Self {
        let hint = match error.proposal.as_deref() {
            Some("") => Said::new("off-peak-error-remove"),
            Some(proposal) => Said::new("off-peak-error-write").with("proposal", proposal),
            None if matches!(error.reason, Reason::UsagePointDigits(_)) => {
                Said::new("error-prm-do")
            }
            None => Said::new("off-peak-error-examples"),
        };
        let text = text.replace(char::is_control, " ");
        Self {
            exit: Exit::Usage,
            words: Words::Expression(Box::new(Refused { text, error })),
            hint: Some(hint),
        }
    }
}

impl Refused {
    pub(super) fn message(&self, lang: Lang) -> String {
        let what = self.error.reason.what().unwrap_or_default();
        let what = what.replace(char::is_control, "\u{fffd}");
        let reason = tr(lang, self.error.reason.key(), &[("what", &what)]);
        let column = self.error.column().to_string();
        let args = [("column", column.as_str()), ("reason", &reason)];
        tr(lang, "off-peak-error", &args)
    }

    /// The expression with the refused part underlined; of a long one, what
    /// lies around it.
    pub(super) fn excerpt(&self) -> String {
        let first = self.error.column() - 1;
        let last = first + self.error.width();
        let (from, to) = (first.saturating_sub(AROUND), last + AROUND);
        let letters: Vec<char> = self.text.chars().collect();
        let part = |from: usize, to: usize| -> String {
            let to = to.min(letters.len());
            letters.get(from..to).unwrap_or_default().iter().collect()
        };
        let dots = if from > 0 { "…" } else { "" };
        let more = if to < letters.len() { "…" } else { "" };
        let indent = crate::table::width(&format!("{dots}{}", part(from, first)));
        let marks = crate::table::width(&part(first, last)).max(1);
        format!(
            "    {dots}{}{more}\n    {}{}\n",
            part(from, to),
            " ".repeat(indent),
            "^".repeat(marks),
        )
    }
}
