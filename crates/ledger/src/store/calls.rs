//! Calls counted: against limits that we keep by ourselves, across restarts,
//! and by local day, for people.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use meter::{Direction, Kind, UsagePoint};
use rusqlite::params;

use super::{Store, day_number, instant};
use crate::error::LedgerError;

/// So many calls in any span of that length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLimit {
    /// Whose calls count together, such as a host.
    pub account: String,
    /// How many.
    pub calls: u32,
    /// The length of the span.
    pub span: SignedDuration,
}

impl Store {
    /// Counts a call that is about to leave; or says until when none may, which
    /// is when half of the limit will be free again.
    pub fn count_call(
        &mut self,
        limit: &CallLimit,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, LedgerError> {
        let since = now.checked_sub(limit.span).unwrap_or(Timestamp::MIN);
        self.connection.execute(
            "DELETE FROM counted_call WHERE account = ?1 AND at <= ?2",
            params![limit.account, since.as_second()],
        )?;
        let counted = self.counted(&limit.account)?;
        let allowed = limit.calls as usize;
        if counted.len() < allowed {
            self.connection.execute(
                "INSERT INTO counted_call (account, at) VALUES (?1, ?2)",
                params![limit.account, now.as_second()],
            )?;
            return Ok(None);
        }
        let freed = counted.len() - allowed / 2;
        let last = counted.get(freed.saturating_sub(1)).copied();
        let last = last.map_or(Ok(now), instant)?;
        // Seconds are counted: the one after is past for certain.
        let span = limit.span + SignedDuration::from_secs(1);
        Ok(Some(last.checked_add(span).unwrap_or(Timestamp::MAX)))
    }

    /// Counts calls about a usage point in a local day: about one of its series,
    /// or about its contract. Days before the last week are forgotten.
    pub fn add_calls(
        &mut self,
        usage_point: UsagePoint,
        series: Option<(Direction, Kind)>,
        day: Date,
        calls: u32,
    ) -> Result<(), LedgerError> {
        let point = self.ensure_usage_point(usage_point)?;
        let (direction, kind) = names(series);
        let day = day_number(day);
        self.connection
            .prepare_cached(
                "INSERT INTO call_count (usage_point, direction, kind, day, calls)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET calls = calls + excluded.calls",
            )?
            .execute(params![point, direction, kind, day, calls])?;
        self.connection
            .prepare_cached(
                "DELETE FROM call_count WHERE usage_point = ?1 AND direction = ?2
                 AND kind = ?3 AND day < ?4",
            )?
            .execute(params![point, direction, kind, day - 7])?;
        Ok(())
    }

    /// The calls about a usage point in a local day: all of them, or those about
    /// one of its series.
    pub fn calls_of_day(
        &self,
        usage_point: UsagePoint,
        series: Option<(Direction, Kind)>,
        day: Date,
    ) -> Result<u32, LedgerError> {
        let Some(point) = self.find_usage_point(usage_point)? else {
            return Ok(0);
        };
        let mut query = self.connection.prepare_cached(
            "SELECT coalesce(sum(calls), 0) FROM call_count WHERE usage_point = ?1
             AND day = ?2 AND (?3 OR (direction = ?4 AND kind = ?5))",
        )?;
        let (direction, kind) = names(series);
        let day = day_number(day);
        let values = params![point, day, series.is_none(), direction, kind];
        Ok(query.query_row(values, |row| row.get(0))?)
    }

    /// When the calls of an account left, oldest first.
    fn counted(&self, account: &str) -> Result<Vec<i64>, LedgerError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT at FROM counted_call WHERE account = ?1 ORDER BY at")?;
        let rows = query.query_map([account], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// How a series is named in a row; without one it is the contract.
fn names(series: Option<(Direction, Kind)>) -> (&'static str, &'static str) {
    match series {
        Some((direction, kind)) => (direction.as_str(), kind.as_str()),
        None => ("", "contract"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Access;

    fn limit() -> CallLimit {
        CallLimit {
            account: "gateway.example".to_owned(),
            calls: 4,
            span: SignedDuration::from_hours(12),
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn no_span_holds_more_calls_than_the_limit_even_when_reopened_for_each_call() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("releve.db");
        let mut now = at("2026-11-21T10:00:00Z");
        let mut left = Vec::new();
        for _ in 0..400 {
            let mut store = Store::open(&path, Access::Write).unwrap();
            if store.count_call(&limit(), now).unwrap().is_none() {
                left.push(now);
            }
            now += SignedDuration::from_mins(37);
        }
        assert!(left.len() > 60, "{} calls left", left.len());
        for five in left.windows(5) {
            assert!(five[4].duration_since(five[0]) >= limit().span);
        }
    }

    #[test]
    fn calls_are_counted_by_day_and_series_for_a_week() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("releve.db");
        let mut store = Store::open(&path, Access::Write).unwrap();
        let point = "22516914714270".parse().unwrap();
        let curve = Some((Direction::Consumption, Kind::Curve));
        let daily = Some((Direction::Consumption, Kind::Daily));
        let day = jiff::civil::date(2026, 11, 21);
        for (series, calls) in [(curve, 2), (daily, 1), (daily, 3), (None, 1)] {
            store.add_calls(point, series, day, calls).unwrap();
        }
        let count = |store: &Store, series, day| store.calls_of_day(point, series, day).unwrap();
        assert_eq!(count(&store, None, day), 7);
        assert_eq!(count(&store, daily, day), 4);
        let later = jiff::civil::date(2026, 11, 29);
        store.add_calls(point, daily, later, 1).unwrap();
        assert_eq!(count(&store, daily, day), 0);
        assert_eq!(count(&store, None, later), 1);
    }

    #[test]
    fn a_spent_limit_says_when_half_of_it_is_free_and_others_are_not_concerned() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("releve.db");
        let mut store = Store::open(&path, Access::Write).unwrap();
        for minute in ["00", "10", "20", "30"] {
            let now = at(&format!("2026-11-21T10:{minute}:00Z"));
            assert_eq!(store.count_call(&limit(), now).unwrap(), None);
        }
        let now = at("2026-11-21T11:00:00Z");
        let until = at("2026-11-21T22:10:01Z");
        assert_eq!(store.count_call(&limit(), now).unwrap(), Some(until));
        assert_eq!(store.count_call(&limit(), until).unwrap(), None);
        let other = CallLimit {
            account: "other.example".to_owned(),
            ..limit()
        };
        assert_eq!(store.count_call(&other, now).unwrap(), None);
    }
}
