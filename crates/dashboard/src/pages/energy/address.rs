//! The address of a page with its query, from which those beside it are made.

use meter::UsagePoint;
use url::form_urlencoded::Serializer;

use crate::asked::{Asked, By, Span, Value, Way, written};
use crate::frame::Frame;

/// A page and what it is asked for.
#[derive(Debug, Clone)]
pub(in crate::pages) struct Address {
    /// What every address begins with.
    pub base: String,
    /// Its path below the base.
    pub path: &'static str,
    /// The usage point; none: the first.
    pub point: Option<UsagePoint>,
    /// Which way the energy flows.
    pub way: Way,
    /// How long a period is shown.
    pub by: Option<By>,
    /// The period as in addresses; empty: the last that has data.
    pub period: String,
    /// Energy or money.
    pub value: Value,
    /// Beside a year ago.
    pub compare: bool,
}

impl Address {
    /// Where a page is.
    pub fn of(frame: &Frame, asked: &Asked) -> Self {
        Self {
            base: frame.base.clone(),
            path: frame.place.path(),
            point: asked.point,
            way: asked.way,
            by: asked.by,
            period: asked.period.map(period).unwrap_or_default(),
            value: asked.value,
            compare: asked.compare,
        }
    }

    /// The same elsewhere.
    pub fn to(&self, path: &'static str) -> Self {
        Self {
            path,
            ..self.clone()
        }
    }

    /// As a link.
    pub fn href(&self) -> String {
        self.with(&[])
    }

    /// The same as a file of comma-separated values.
    pub fn csv(&self) -> String {
        self.with(&[("format", "csv")])
    }

    fn with(&self, more: &[(&str, &str)]) -> String {
        let mut query = Serializer::new(String::new());
        if let Some(point) = self.point {
            query.append_pair("point", &point.to_string());
        }
        if self.way != Way::Consumption {
            query.append_pair("direction", self.way.as_str());
        }
        if let Some(by) = self.by {
            query.append_pair("by", by_word(by));
        }
        if !self.period.is_empty() {
            query.append_pair("period", &self.period);
        }
        if self.value == Value::Cost {
            query.append_pair("value", "cost");
        }
        if self.compare {
            query.append_pair("compare", "1");
        }
        query.extend_pairs(more);
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{}{mark}{query}", self.base, self.path)
    }
}

/// The word of a length in addresses.
pub(in crate::pages) fn by_word(by: By) -> &'static str {
    match by {
        By::Day => "day",
        By::Week => "week",
        By::Month => "month",
        By::Year => "year",
        By::All => "all",
    }
}

fn period(span: Span) -> String {
    match span {
        Span::All => "all".to_owned(),
        Span::When(when) => written(when.period()),
    }
}
