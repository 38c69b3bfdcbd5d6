//! What there is to tell, from the ledger: each thing under a name of its own,
//! so that it is told once.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::{LedgerError, NoticeKind, SeriesKey, Store};
use meter::{Direction, Kind, UsagePoint, paris};

use crate::config::{Settings, Topic, UsagePointSettings};
use crate::json::status::{NoticeStatus, Status, UsagePointStatus};
use crate::view;
use crate::words::Words;

/// Maxima older than this are history, not news.
const RECENT: i32 = 7;

/// Something to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct News {
    /// What it is about.
    pub topic: Topic,
    /// Its name in the ledger: the same thing has the same name for ever.
    pub what: String,
    /// In a few words.
    pub title: String,
    /// What happened, what follows, what to do.
    pub text: String,
}

/// Everything that there is to tell, told before or not.
pub(super) fn all(
    store: &Store,
    settings: &Settings,
    now: Timestamp,
    words: Words,
) -> Result<Vec<News>, LedgerError> {
    let status = view::status::read(Some(store), settings, now, words)?;
    let teller = Reader {
        store,
        settings,
        status: &status,
        now,
        words,
    };
    let mut news = teller.consents();
    for point in &settings.usage_points {
        news.extend(teller.late(point)?);
        news.extend(teller.power(point)?);
    }
    news.extend(teller.red()?);
    Ok(news)
}

struct Reader<'a> {
    store: &'a Store,
    settings: &'a Settings,
    status: &'a Status,
    now: Timestamp,
    words: Words,
}

impl Reader<'_> {
    fn notices(&self) -> impl Iterator<Item = &NoticeStatus> {
        let points = self.status.usage_points.iter();
        let of_points = points.flat_map(|point| &point.notices);
        self.status.notices.iter().chain(of_points)
    }

    fn consents(&self) -> Vec<News> {
        let mut news: Vec<News> = self.notices().filter_map(|one| self.consent(one)).collect();
        if news.iter().any(|one| one.topic == Topic::Consent) {
            return news;
        }
        for point in &self.status.usage_points {
            news.extend(self.refused(point));
        }
        news
    }

    fn consent(&self, notice: &NoticeStatus) -> Option<News> {
        let point = notice.usage_point.map(|point| point.to_string());
        let point = point.unwrap_or_default();
        let (topic, mark, title) = match notice.kind {
            NoticeKind::ConsentGiven => {
                let left = notice.until?.duration_since(self.now);
                let days = if left <= SignedDuration::from_hours(7 * 24) {
                    7
                } else {
                    30
                };
                let mark = format!("{}:{days}", notice.until?);
                (Topic::ConsentEnding, mark, "notify-consent-ending")
            }
            // Whoever asks for a consent sees its code; the others are shown by
            // `status` and keep nothing away that would not be told as late.
            NoticeKind::ConsentWaiting
            | NoticeKind::NewMeter
            | NoticeKind::WrongClock
            | NoticeKind::FileLeft
            | NoticeKind::SourcesDiffer
            | NoticeKind::DestinationLacks => return None,
            kind if NoticeKind::PORTAL.contains(&kind) => {
                (Topic::Consent, notice.since.to_string(), "notify-account")
            }
            _ => (Topic::Consent, notice.since.to_string(), "notify-consent"),
        };
        let kind = notice.kind.as_str();
        Some(News {
            topic,
            what: format!("{kind}:{}:{point}:{mark}", notice.source),
            title: self.words.t(title),
            text: paragraphs(&[
                &sentence(&notice.explanation),
                &notice.consequence,
                &notice.advice,
            ]),
        })
    }

    /// Enedis refuses for want of a consent, and no source has said more of it.
    fn refused(&self, point: &UsagePointStatus) -> Option<News> {
        let troubles = point.series.iter().filter_map(|one| one.problem.as_ref());
        let mut certain =
            troubles.filter(|trouble| matches!(trouble.code.as_str(), "no-consent" | "not-holder"));
        let trouble = certain.next()?;
        let since = trouble.since?;
        let name = self.name(point.usage_point);
        Some(News {
            topic: Topic::Consent,
            what: format!("{}:{}:{since}", trouble.code, point.usage_point),
            title: self.words.t("notify-consent"),
            text: paragraphs(&[
                &format!("{name}: {}", trouble.explanation),
                &trouble.consequence,
                trouble.advice.as_deref().unwrap_or_default(),
            ]),
        })
    }

    /// The last days are missing; the name is that of the first of them.
    fn late(&self, point: &UsagePointSettings) -> Result<Option<News>, LedgerError> {
        let mut points = self.status.usage_points.iter();
        let status = points.find(|status| status.usage_point == point.prm);
        let Some(yesterday) = status.and_then(|status| status.yesterday.as_ref()) else {
            return Ok(None);
        };
        let Some(last) = self.last_held(point.prm)? else {
            return Ok(None);
        };
        let today = paris::day_of(self.now);
        let missing = paris::days_between(last, today) - 1;
        if missing < self.settings.notifications.late_days as i32 {
            return Ok(None);
        }
        let words = self.words;
        let (days, since) = (missing.to_string(), words.date(last));
        let name = self.name(point.prm);
        let args = [("name", name.as_str()), ("days", &days), ("last", &since)];
        Ok(Some(News {
            topic: Topic::Late,
            what: format!("late:{}:{last}", point.prm),
            title: words.t("notify-late"),
            text: paragraphs(&[
                &words.say("notify-late-text", &args),
                &yesterday.sentence,
                yesterday.consequence.as_deref().unwrap_or_default(),
                yesterday.advice.as_deref().unwrap_or_default(),
            ]),
        }))
    }

    /// The last day of which the energy or the curve is held.
    fn last_held(&self, usage_point: UsagePoint) -> Result<Option<Date>, LedgerError> {
        let mut last = None;
        for direction in Direction::ALL {
            for kind in [Kind::Daily, Kind::Curve] {
                let key = SeriesKey {
                    usage_point,
                    direction,
                    kind,
                };
                last = last.max(self.store.state_counts(key)?.last_held);
            }
        }
        Ok(last)
    }

    /// Days on which the maximum lay above the subscribed power.
    fn power(&self, point: &UsagePointSettings) -> Result<Vec<News>, LedgerError> {
        let configured = point.prices.subscribed_kva.map(|kva| kva * 1_000);
        let told = || {
            let facts = view::maxima::facts(self.store, point.prm)?;
            Ok::<_, LedgerError>(facts.and_then(|facts| facts.subscribed_power_va))
        };
        let Some(subscribed) = configured.map_or_else(told, |va| Ok(Some(va)))? else {
            return Ok(Vec::new());
        };
        let key = SeriesKey {
            usage_point: point.prm,
            direction: Direction::Consumption,
            kind: Kind::Maximum,
        };
        let today = paris::day_of(self.now);
        let from = paris::add_days(today, -RECENT);
        let maxima = self.store.maxima(key, from, today)?;
        let above = maxima.iter().filter(|maximum| {
            maximum.phase == meter::Phase::All && maximum.volt_amperes > subscribed
        });
        let words = self.words;
        let va = |power: u32| words.unit(u64::from(power), "VA");
        let news = above.map(|maximum| {
            let (name, day) = (self.name(point.prm), words.date(maximum.day));
            let at = words.clock(maximum.at.earliest());
            let args = [
                ("name", name.as_str()),
                ("day", &day),
                ("at", &at),
                ("power", &va(maximum.volt_amperes)),
                ("subscribed", &va(subscribed)),
            ];
            News {
                topic: Topic::Power,
                what: format!("power:{}:{}", point.prm, maximum.day),
                title: words.t("notify-power"),
                text: words.say("notify-power-text", &args),
            }
        });
        Ok(news.collect())
    }

    /// Tomorrow is red, if no source says otherwise.
    fn red(&self) -> Result<Option<News>, LedgerError> {
        let tomorrow = paris::add_days(paris::day_of(self.now), 1);
        let after = paris::add_days(tomorrow, 1);
        let said = self.store.colours("tempo", tomorrow, after)?;
        if said.is_empty() || said.iter().any(|record| record.colour != "red") {
            return Ok(None);
        }
        let day = self.words.day(tomorrow);
        Ok(Some(News {
            topic: Topic::Red,
            what: format!("red:{tomorrow}"),
            title: self.words.t("notify-red"),
            text: self.words.say("notify-red-text", &[("day", &day)]),
        }))
    }

    /// The name people gave it, else its number, masked: messages travel.
    fn name(&self, prm: UsagePoint) -> String {
        let name = view::name(&self.settings.usage_points, prm);
        name.unwrap_or_else(|| prm.masked())
    }
}

/// Paragraphs, those without words left out.
fn paragraphs(parts: &[&str]) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.copied().collect::<Vec<_>>().join("\n\n")
}

/// A text that stands alone.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
