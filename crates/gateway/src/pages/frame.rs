//! What surrounds every page: whose service it is, the language, the way to
//! the other language.

use askama::filters::Safe;
use service::{Args, Lang, tr};

use super::rich::rich;
use super::style::stylesheet_path;

/// Whose service this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The name of the service: `Relevé`.
    pub name: String,
    /// The path before every page, without a slash at its end; often empty.
    pub path: String,
    /// Who answers for the data: name, address, contact.
    pub controller: String,
}

/// How the other language is reached from a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Switch {
    /// By a link to this path, which may have a query.
    Link(String),
    /// By sending the form again.
    Post(Again),
    /// Not at all.
    None,
}

/// A form that leads to the same page in the other language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Where it goes.
    pub action: &'static str,
    /// Its hidden fields.
    pub fields: Vec<(&'static str, String)>,
}

/// What every page needs.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// Whose service this is.
    pub site: &'a Site,
    /// The way to the other language.
    pub switch: Switch,
}

impl<'a> Frame<'a> {
    /// A page whose other language is at the same path.
    pub fn at(lang: Lang, site: &'a Site, path: &str) -> Self {
        let switch = Switch::Link(path.to_owned());
        Self { lang, site, switch }
    }

    /// A page that answers a form and has the other language by sending it again.
    pub fn again(
        lang: Lang,
        site: &'a Site,
        action: &'static str,
        fields: Vec<(&'static str, String)>,
    ) -> Self {
        let switch = Switch::Post(Again { action, fields });
        Self { lang, site, switch }
    }

    /// A page without another language: the answer to a form that must not be
    /// sent again.
    pub fn alone(lang: Lang, site: &'a Site) -> Self {
        let switch = Switch::None;
        Self { lang, site, switch }
    }

    pub(super) fn other(&self) -> Lang {
        match self.lang {
            Lang::Fr => Lang::En,
            Lang::En => Lang::Fr,
        }
    }

    pub(super) fn switch_href(&self) -> String {
        let path = match &self.switch {
            Switch::Link(path) => path.as_str(),
            Switch::Post(_) | Switch::None => "/",
        };
        let join = if path.contains('?') { '&' } else { '?' };
        format!("{path}{join}lang={}", self.other().tag())
    }

    #[expect(clippy::unused_self, reason = "templates speak to the frame")]
    pub(super) fn stylesheet(&self) -> &'static str {
        stylesheet_path()
    }

    pub(super) fn say(&self, name: &str) -> String {
        tr(self.lang, name, &[])
    }

    pub(super) fn say_with(&self, name: &str, args: &[(&str, String)]) -> String {
        let args: Vec<(&str, &str)> = args.iter().map(|(k, v)| (*k, v.as_str())).collect();
        tr(self.lang, name, &args)
    }

    pub(super) fn rich(&self, name: &str) -> Safe<String> {
        rich(self.lang, name, &[])
    }

    pub(super) fn rich_with(&self, name: &str, args: &Args) -> Safe<String> {
        rich(self.lang, name, args)
    }
}
