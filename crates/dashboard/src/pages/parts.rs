//! What several pages show alike: whose readings, something said, a problem.

use home::Words;
use home::config::UsagePointSettings;
use home::json::status::{NoticeStatus, Trouble};
use home::view;
use ledger::Store;
use meter::{Direction, UsagePoint};

/// Whose readings a page shows, and whose it can show instead.
#[derive(Debug, Clone)]
pub struct Points {
    /// Every usage point that is configured or held.
    pub all: Vec<PointLink>,
}

/// A usage point that a page can be about.
#[derive(Debug, Clone)]
pub struct PointLink {
    /// Its number.
    pub prm: UsagePoint,
    /// Its name, or its number.
    pub name: String,
    /// Whether the page is about it.
    pub is_here: bool,
}

impl Points {
    /// The usage point that was asked for, else the first; none where there is
    /// none at all.
    pub fn choose(
        store: Option<&Store>,
        configured: &[UsagePointSettings],
        asked: Option<UsagePoint>,
    ) -> Result<(Self, Option<UsagePoint>), home::Failure> {
        let held = store.map(Store::usage_points).transpose()?;
        let mut known: Vec<UsagePoint> = configured.iter().map(|point| point.prm).collect();
        for prm in held.into_iter().flatten() {
            if !known.contains(&prm) {
                known.push(prm);
            }
        }
        if let Some(prm) = asked
            && !known.contains(&prm)
        {
            return Err(view::nothing(Some(prm)));
        }
        let here = asked.or(known.first().copied());
        let link = |prm: UsagePoint| PointLink {
            prm,
            name: view::name(configured, prm).unwrap_or_else(|| prm.to_string()),
            is_here: here == Some(prm),
        };
        let all = known.into_iter().map(link).collect();
        Ok((Self { all }, here))
    }

    /// Whether there is something to choose from.
    pub fn are_several(&self) -> bool {
        self.all.len() > 1
    }

    /// The name of the one that the page is about.
    pub fn here(&self) -> &str {
        let here = self.all.iter().find(|point| point.is_here);
        here.map_or("", |point| &point.name)
    }
}

/// Something that is said in a box of its own.
#[derive(Debug, Clone, Default)]
pub struct Say {
    /// How grave it is: `info`, `good`, `warn` or `bad`.
    pub tone: &'static str,
    /// What happened.
    pub title: String,
    /// What follows.
    pub lines: Vec<String>,
    /// What to do.
    pub advice: Option<String>,
    /// Where a person goes to act.
    pub link: Option<String>,
}

impl Say {
    /// A notice of the ledger.
    pub fn notice(words: Words, notice: &NoticeStatus) -> Self {
        let link = notice.link.clone();
        Self {
            tone: "warn",
            title: words.notice(notice),
            lines: vec![notice.consequence.clone()],
            advice: Some(notice.advice.clone()),
            // What a source calls a link may be anything.
            link: link.filter(|link| link.starts_with("https://")),
        }
    }

    /// A problem under a title.
    pub fn trouble(words: Words, title: String, trouble: &Trouble) -> Self {
        let mut lines = words.trouble(trouble);
        if trouble.advice.is_some() {
            lines.pop();
        }
        Self {
            tone: "warn",
            title,
            lines,
            advice: trouble.advice.clone(),
            link: None,
        }
    }
}

/// A direction in words.
pub fn direction(words: Words, direction: Direction) -> String {
    home::say::capital(&words.t(&format!("show-{direction}")))
}
