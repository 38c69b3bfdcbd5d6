//! A switch between a few choices, each a link.

use askama::Template;
use askama::filters::Safe;

/// Choices side by side.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "part/segments.html")]
pub(in crate::pages) struct Segments {
    /// What is chosen, for those who do not see it.
    pub label: String,
    /// The choices.
    pub choices: Vec<Choice>,
}

/// One choice.
#[derive(Debug, Clone)]
pub(in crate::pages) struct Choice {
    /// Its name.
    pub name: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the one that is shown.
    pub is_here: bool,
}

impl Segments {
    /// The markup; nothing where there is nothing to choose.
    pub fn html(&self) -> Safe<String> {
        if self.choices.len() < 2 {
            return Safe(String::new());
        }
        Safe(self.render().unwrap_or_default())
    }
}
