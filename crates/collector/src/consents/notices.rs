//! What stands about consents, told to people in the ledger.

use grant::client::{Consent, Over, Why};
use jiff::Timestamp;
use ledger::{Concerned, Notice, NoticeKind, Store};
use meter::UsagePoint;

use super::{Consents, Record};

impl Consents {
    /// Writes what stands, where there is a ledger to write into. One that
    /// cannot be written changes nothing about the consents.
    pub(super) async fn tell(&self) {
        let Some(ledger) = &self.ledger else { return };
        let (source, records) = (self.source.clone(), self.records());
        let (points, now) = (self.usage_points.clone(), self.clock.now());
        let told = ledger.call(move |store| write(store, &source, &points, &records, now));
        if let Err(error) = told.await {
            tracing::warn!(%error, "what stands about consents was not written");
        }
    }
}

/// Writes what stands about the consents of a source.
pub fn write(
    store: &mut Store,
    source: &str,
    points: &[UsagePoint],
    records: &[Record],
    now: Timestamp,
) -> Result<(), ledger::LedgerError> {
    let whole = Concerned::source(source);
    match of_source(&whole, points, records, now) {
        Some(notice) => store.set_notice(&notice)?,
        None => store.clear_notice(&whole, &NoticeKind::CONSENT)?,
    }
    for point in points {
        let concerned = Concerned::point(source, *point);
        match of_point(&concerned, *point, records) {
            Some(notice) => store.set_notice(&notice)?,
            None => store.clear_notice(&concerned, &NoticeKind::CONSENT)?,
        }
    }
    Ok(())
}

/// What concerns everyone: a code that waits, or none for those who need one.
fn of_source(
    whole: &Concerned,
    points: &[UsagePoint],
    records: &[Record],
    now: Timestamp,
) -> Option<Notice> {
    let waiting = records
        .iter()
        .rev()
        .find_map(|record| match &record.consent {
            Consent::Waiting(waiting) => Some(waiting),
            _ => None,
        });
    if let Some(waiting) = waiting {
        let mut notice = Notice::new(whole.clone(), NoticeKind::ConsentWaiting, waiting.since);
        notice.link = Some(waiting.best_link().to_owned());
        notice.code = Some(waiting.user_code.clone());
        return Some(notice.until(waiting.until));
    }
    let known = |point: &UsagePoint| of_point(whole, *point, records).is_some();
    if points.iter().all(known) {
        return None;
    }
    let over = records
        .iter()
        .rev()
        .find_map(|record| match &record.consent {
            Consent::Over(over) if over.kept.is_none() => Some(over),
            _ => None,
        });
    let Some(over) = over else {
        return Some(Notice::new(whole.clone(), NoticeKind::ConsentAbsent, now));
    };
    Some(match &over.why {
        Why::Rejected(error) => {
            Notice::new(whole.clone(), NoticeKind::ConsentRefused, over.since).detail(error)
        }
        Why::Refused => Notice::new(whole.clone(), NoticeKind::ConsentRefused, over.since),
        _ => Notice::new(whole.clone(), NoticeKind::CodeLapsed, over.since),
    })
}

/// What concerns one usage point: its consent, and its end.
fn of_point(concerned: &Concerned, point: UsagePoint, records: &[Record]) -> Option<Notice> {
    let mut found = None;
    for record in records {
        let notice = match &record.consent {
            Consent::Given(given) if given.covers(point) => Some(Notice::new(
                concerned.clone(),
                NoticeKind::ConsentGiven,
                given.since,
            )),
            Consent::Over(over) => ended(concerned, point, over),
            _ => None,
        };
        let Some(mut notice) = notice else { continue };
        notice.until = record.ends.or(notice.until);
        if notice.kind == NoticeKind::ConsentGiven {
            return Some(notice);
        }
        found = Some(notice);
    }
    found
}

fn ended(concerned: &Concerned, point: UsagePoint, over: &Over) -> Option<Notice> {
    over.kept.as_ref().filter(|kept| kept.covers(point))?;
    let kind = match over.why {
        Why::Expired => NoticeKind::ConsentEnded,
        _ => NoticeKind::ConsentRevoked,
    };
    let notice = Notice::new(concerned.clone(), kind, over.since);
    Some(notice.until(over.since))
}
