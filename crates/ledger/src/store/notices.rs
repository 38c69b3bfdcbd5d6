//! Notices that stand, and what people have been told.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::{Store, instant, parse_prm};
use crate::error::LedgerError;
use crate::notice::{Concerned, Notice, NoticeKind};

impl Store {
    /// Every notice that stands, by source, usage point and kind. Kinds that a
    /// newer version wrote are left out.
    pub fn notices(&self) -> Result<Vec<Notice>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT source, prm, kind, since, until, link, code, detail FROM notice
             ORDER BY source, prm, kind",
        )?;
        let mut rows = query.query([])?;
        let mut notices = Vec::new();
        while let Some(row) = rows.next()? {
            notices.extend(notice(row)?);
        }
        Ok(notices)
    }

    /// Says that a notice stands. One of the same kind that stands already keeps
    /// its beginning; another one about the consent, or about the account, of
    /// the same concerned goes.
    pub fn set_notice(&mut self, notice: &Notice) -> Result<(), LedgerError> {
        self.together(|store| {
            for group in [&NoticeKind::CONSENT[..], &NoticeKind::PORTAL[..]] {
                if group.contains(&notice.kind) {
                    let others: Vec<NoticeKind> = group
                        .iter()
                        .copied()
                        .filter(|kind| *kind != notice.kind)
                        .collect();
                    store.clear_notice(&notice.concerned, &others)?;
                }
            }
            store.connection.execute(
                "INSERT INTO notice (source, prm, kind, since, until, link, code, detail)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (source, prm, kind) DO UPDATE SET until = excluded.until,
                 link = excluded.link, code = excluded.code, detail = excluded.detail",
                params![
                    notice.concerned.source,
                    prm(&notice.concerned),
                    notice.kind.as_str(),
                    notice.since.as_second(),
                    notice.until.map(Timestamp::as_second),
                    notice.link,
                    notice.code,
                    notice.detail,
                ],
            )?;
            Ok(())
        })
    }

    /// Says that notices of these kinds are over.
    pub fn clear_notice(
        &mut self,
        concerned: &Concerned,
        kinds: &[NoticeKind],
    ) -> Result<(), LedgerError> {
        let mut delete = self
            .connection
            .prepare_cached("DELETE FROM notice WHERE source = ?1 AND prm = ?2 AND kind = ?3")?;
        for kind in kinds {
            delete.execute(params![concerned.source, prm(concerned), kind.as_str()])?;
        }
        Ok(())
    }

    /// When somebody was told something in some way, if ever.
    pub fn told_at(&self, what: &str, way: &str) -> Result<Option<Timestamp>, LedgerError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT at FROM told WHERE what = ?1 AND way = ?2")?;
        let at = query
            .query_row([what, way], |row| row.get::<_, i64>(0))
            .optional()?;
        at.map(instant).transpose()
    }

    /// Remembers that somebody has been told something in some way.
    pub fn set_told(&mut self, what: &str, way: &str, at: Timestamp) -> Result<(), LedgerError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO told (what, way, at) VALUES (?1, ?2, ?3)",
            params![what, way, at.as_second()],
        )?;
        Ok(())
    }

    /// Forgets what was told before an instant: it cannot come again.
    pub fn forget_told(&mut self, before: Timestamp) -> Result<(), LedgerError> {
        self.connection
            .execute("DELETE FROM told WHERE at < ?1", [before.as_second()])?;
        Ok(())
    }
}

fn prm(concerned: &Concerned) -> String {
    let point = concerned.usage_point;
    point.map(|point| point.to_string()).unwrap_or_default()
}

fn notice(row: &Row) -> Result<Option<Notice>, LedgerError> {
    let named: String = row.get(2)?;
    let known = NoticeKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == named);
    let Some(kind) = known else {
        return Ok(None);
    };
    let prm: String = row.get(1)?;
    let usage_point = (!prm.is_empty()).then(|| parse_prm(&prm)).transpose()?;
    let until: Option<i64> = row.get(4)?;
    Ok(Some(Notice {
        concerned: Concerned {
            source: row.get(0)?,
            usage_point,
        },
        kind,
        since: instant(row.get(3)?)?,
        until: until.map(instant).transpose()?,
        link: row.get(5)?,
        code: row.get(6)?,
        detail: row.get(7)?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Access;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn store(folder: &tempfile::TempDir) -> Store {
        Store::open(&folder.path().join("releve.db"), Access::Write).unwrap()
    }

    #[test]
    fn a_consent_is_in_one_state_at_a_time_and_what_stands_keeps_its_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store(&folder);
        let point = Concerned::point("gateway", "22516914714270".parse().unwrap());
        let other = Notice::new(
            Concerned::source("gateway"),
            NoticeKind::ConsentAbsent,
            at("2026-11-01T00:00:00Z"),
        );
        store.set_notice(&other).unwrap();
        let lapsed = Notice::new(
            point.clone(),
            NoticeKind::CodeLapsed,
            at("2026-11-20T08:00:00Z"),
        );
        store.set_notice(&lapsed).unwrap();
        let again = Notice {
            since: at("2026-11-21T08:00:00Z"),
            ..lapsed.clone()
        };
        store.set_notice(&again).unwrap();
        assert_eq!(store.notices().unwrap(), [other.clone(), lapsed]);
        let end = at("2029-11-20T08:00:00Z");
        let given = Notice::new(point, NoticeKind::ConsentGiven, again.since).until(end);
        store.set_notice(&given).unwrap();
        assert_eq!(store.notices().unwrap(), [other, given]);
    }

    #[test]
    fn what_was_told_is_remembered_by_way_until_it_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let (first, later) = (at("2026-11-20T08:00:00Z"), at("2026-11-21T08:00:00Z"));
        store(&folder).set_told("late", "mail", first).unwrap();
        let mut store = store(&folder);
        assert_eq!(store.told_at("late", "mail").unwrap(), Some(first));
        assert_eq!(store.told_at("late", "webhook").unwrap(), None);
        store.forget_told(later).unwrap();
        assert_eq!(store.told_at("late", "mail").unwrap(), None);
    }

    #[test]
    fn a_kind_of_a_newer_version_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        store
            .connection
            .execute_batch(
                "INSERT INTO notice VALUES ('x', '', 'of-tomorrow', 0, NULL, NULL, NULL, NULL)",
            )
            .unwrap();
        assert_eq!(store.notices().unwrap(), []);
    }
}
