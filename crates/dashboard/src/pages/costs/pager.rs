//! From one period to the next.

use home::say::capital;
use jiff::Timestamp;
use meter::{Granularity, Period, UsagePoint, paris};

use crate::asked::written;
use crate::frame::Frame;

/// Where one is in time, and where one may go.
pub(super) struct Pager {
    pub title: String,
    pub before: String,
    pub after: Option<String>,
    pub spans: Vec<(String, String, bool)>,
}

impl Pager {
    /// The months and years around a period.
    pub fn of(frame: &Frame, prm: UsagePoint, period: Period, now: Timestamp) -> Self {
        let words = frame.words;
        let href = |period: Period| {
            format!(
                "{}/costs?point={prm}&period={}",
                frame.base,
                written(period)
            )
        };
        let by = period.granularity();
        let before = Period::containing(by, paris::add_days(period.first(), -1));
        let today = paris::day_of(now);
        let after = (period.end() <= today).then(|| Period::containing(by, period.end()));
        // From a year one comes to its last month that has passed.
        let inside = paris::add_days(period.end(), -1)
            .min(today)
            .max(period.first());
        let spans = [
            ("money-by-month", Granularity::Month),
            ("money-by-year", Granularity::Year),
        ];
        let span = |(name, one): (&str, Granularity)| {
            (
                words.t(name),
                href(Period::containing(one, inside)),
                one == by,
            )
        };
        Self {
            title: match by {
                Granularity::Year => period.first().year().to_string(),
                Granularity::Month => capital(&words.month(period.first())),
                _ => capital(&words.day(period.first())),
            },
            before: href(before),
            after: after.map(href),
            spans: spans.map(span).to_vec(),
        }
    }
}
