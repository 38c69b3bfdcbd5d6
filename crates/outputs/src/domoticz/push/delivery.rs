//! One device: rows are written, read back, and only then recorded.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use meter::paris;

use super::look;
use super::plan::{Plan, day_piece, short_piece};
use crate::destination::Delivered;
use crate::domoticz::device::{self, Shown};
use crate::domoticz::model::Wanted;
use crate::domoticz::problem::Problem;
use crate::domoticz::rows::stamp;
use crate::domoticz::session::{Facts, Fault, Visit};
use crate::domoticz::{mqtt, readback, setup};

/// Days that are written before they are read back.
const BATCH: usize = 400;

/// Rows that were just written, to be looked for.
#[derive(Clone, Copy)]
enum Written<'a> {
    Days(&'a [(Date, String)]),
    Short(&'a [(DateTime, String)]),
}

/// One device while it is delivered to.
pub(super) struct Delivery<'a, 'b> {
    pub visit: &'a mut Visit<'b>,
    pub wanted: &'a Wanted,
    pub shown: Shown,
    pub delivered: &'a mut Delivered,
}

impl Delivery<'_, '_> {
    /// Sends it all, and records what Domoticz holds then.
    pub async fn all(&mut self, plan: Plan, held: &BTreeMap<String, String>) -> Result<(), Fault> {
        self.delivered.unchanged += plan.unchanged;
        for (piece, date) in &plan.gone {
            self.delete(date).await?;
            self.forget(vec![piece.clone()]).await?;
        }
        if !plan.lapsed.is_empty() {
            self.forget(plan.lapsed).await?;
        }
        for batch in plan.days.chunks(BATCH) {
            let values: Vec<&str> = batch.iter().map(|(_, value)| value.as_str()).collect();
            self.history(&values).await?;
            self.settle(Written::Days(batch)).await?;
        }
        if !plan.short.is_empty() {
            let values: Vec<&str> = plan.short.iter().map(|(_, value)| value.as_str()).collect();
            self.history(&values).await?;
            self.settle(Written::Short(&plan.short)).await?;
        }
        self.tile(held).await
    }

    /// Rows of history, through the broker where there is one.
    async fn history(&mut self, values: &[&str]) -> Result<(), Fault> {
        let Some(mqtt) = &self.visit.domoticz.settings.mqtt else {
            for value in values {
                self.write(value).await?;
            }
            return Ok(());
        };
        let clock = &self.visit.context.clock;
        mqtt::publish(mqtt, self.shown.idx, values, clock).await?;
        self.delivered.written += values.len() as u64;
        Ok(())
    }

    /// Checks what was written. Behind a broker Domoticz takes its time, and
    /// nobody tells when it is done.
    async fn settle(&mut self, written: Written<'_>) -> Result<(), Fault> {
        let mut looks = match self.visit.domoticz.settings.mqtt {
            None => 0,
            Some(_) => 40,
        };
        loop {
            let result = match written {
                Written::Days(rows) => self.check_days(rows).await,
                Written::Short(rows) => self.check_short(rows).await,
            };
            match result {
                Err(Fault::Problem(Problem::NotHeld { .. })) if looks > 0 => looks -= 1,
                result => return result,
            }
            let clock = self.visit.context.clock.clone();
            clock.sleep(SignedDuration::from_millis(500)).await;
        }
    }

    /// A write that is refused may mean that the device has just been deleted.
    async fn write(&mut self, value: &str) -> Result<(), Fault> {
        let idx = self.shown.idx.to_string();
        let args = [
            ("idx", idx.as_str()),
            ("nvalue", "0"),
            ("svalue", value),
            ("parsetrigger", "false"),
        ];
        match self.visit.api.command("udevice", &args).await {
            Ok(_) => {
                self.delivered.written += 1;
                Ok(())
            }
            Err(problem @ Problem::Refused(_)) => {
                let known = Facts {
                    idx: self.shown.idx,
                    adopted: false,
                };
                look(self.visit, self.wanted, &known).await?;
                Err(problem.into())
            }
            Err(problem) => Err(problem.into()),
        }
    }

    async fn delete(&mut self, date: &str) -> Result<(), Fault> {
        let idx = self.shown.idx.to_string();
        let args = [("idx", idx.as_str()), ("date", date)];
        self.visit.api.command("deletedatapoint", &args).await?;
        self.delivered.deleted += 1;
        Ok(())
    }

    async fn check_days(&mut self, batch: &[(Date, String)]) -> Result<(), Fault> {
        let Some((first, _)) = batch.first() else {
            return Ok(());
        };
        let device = self.visit.domoticz.settings.device;
        let today = paris::day_of(self.visit.now);
        let two_years_ago = today.saturating_sub(jiff::Span::new().years(2));
        let rows = &self.wanted.rows.days;
        let found =
            readback::days(&self.visit.api, (self.shown.idx, device), (*first, today)).await?;
        // With another divider its figures are not ours to compare.
        let compares = self.visit.kept.energy_divider == 1000;
        let is_held = |day: &Date| match found.get(day) {
            Some(drawn) => !compares || readback::same(drawn, rows[day], device),
            // Older days than its graphs reach cannot be looked at.
            None => *day < two_years_ago && !found.keys().any(|found| *found < two_years_ago),
        };
        let (sure, lost): (Vec<_>, Vec<_>) = batch.iter().partition(|(day, _)| is_held(day));
        let pieces = sure
            .iter()
            .map(|(day, value)| (day_piece(*day), value.clone()));
        self.record(pieces.collect()).await?;
        if let Some((first, _)) = lost.first() {
            return Err(self.not_held(lost.len(), first.to_string()).into());
        }
        // Rows of others among ours: a day that the plugin shifted.
        let ours = (rows.keys().next().copied(), rows.keys().last().copied());
        let (Some(from), Some(to)) = ours else {
            return Ok(());
        };
        for day in found.keys().filter(|day| (from..=to).contains(*day)) {
            if !rows.contains_key(day) {
                self.delete(&day.to_string()).await?;
            }
        }
        Ok(())
    }

    async fn check_short(&mut self, written: &[(DateTime, String)]) -> Result<(), Fault> {
        let device = self.visit.domoticz.settings.device;
        let expected = readback::drawn(&self.wanted.rows, device);
        let mut found = readback::short(&self.visit.api, self.shown.idx).await?;
        let first = self.wanted.rows.short.keys().next().copied();
        let foreign: Vec<DateTime> = found
            .keys()
            .filter(|at| Some(**at) > first && !expected.contains_key(*at))
            .copied()
            .collect();
        for at in &foreign {
            self.delete(&stamp(*at)).await?;
        }
        if !foreign.is_empty() {
            found = readback::short(&self.visit.api, self.shown.idx).await?;
        }
        let is_held = |at: &DateTime| match (expected.get(at), found.get(at)) {
            (Some(Some(expected)), Some(found)) => expected == found,
            (Some(None), found) => found.is_some(),
            (Some(Some(_)), None) => false,
            // The first row is only the base of the second.
            (None, _) => true,
        };
        let (sure, lost): (Vec<_>, Vec<_>) = written.iter().partition(|(at, _)| is_held(at));
        // Where the second row is not right, the first is not either.
        let sure = sure
            .into_iter()
            .filter(|(at, _)| Some(*at) != first || lost.is_empty());
        let pieces = sure.map(|(at, value)| (short_piece(*at), value.clone()));
        self.record(pieces.collect()).await?;
        match lost.first() {
            Some((at, _)) => Err(self.not_held(lost.len(), stamp(*at)).into()),
            None => Ok(()),
        }
    }

    fn not_held(&self, rows: usize, first: String) -> Problem {
        Problem::NotHeld {
            target: self.wanted.target.masked(),
            rows,
            first,
        }
    }

    /// The present value: when it changes, and often enough that Domoticz does
    /// not hold it for dead.
    async fn tile(&mut self, held: &BTreeMap<String, String>) -> Result<(), Fault> {
        let today = paris::day_of(self.visit.now);
        let description = setup::description(self.visit, self.wanted, &self.shown, today);
        if description != self.shown.description && held.get("about") != Some(&description) {
            device::set_up(&self.visit.api, &self.shown, None, &description).await?;
            self.record(vec![("about".to_owned(), description)]).await?;
        }
        let Some(tile) = &self.wanted.tile else {
            return Ok(());
        };
        let last = held.get("tile/at").and_then(|at| at.parse::<i64>().ok());
        let last = last.and_then(|at| Timestamp::from_second(at).ok());
        let patience = i64::try_from(self.visit.kept.sensor_timeout).unwrap_or(60) * 60 / 4;
        let due =
            last.is_none_or(|at| self.visit.now.duration_since(at).as_secs() >= patience - 10);
        let changed = held.get("tile") != Some(&tile.value);
        if !(changed || due && self.wanted.fresh) {
            return Ok(());
        }
        let value = tile.value.clone();
        self.write(&value).await?;
        let at = self.visit.now.as_second().to_string();
        let pieces = vec![("tile".to_owned(), value), ("tile/at".to_owned(), at)];
        self.record(pieces).await
    }

    async fn record(&self, pieces: Vec<(String, String)>) -> Result<(), Fault> {
        let (name, key) = self.names();
        let now = self.visit.now;
        self.visit
            .ledger(move |store| store.record_deliveries(&name, &key, &pieces, now))
            .await
    }

    async fn forget(&self, pieces: Vec<String>) -> Result<(), Fault> {
        let (name, key) = self.names();
        self.visit
            .ledger(move |store| store.forget_deliveries(&name, &key, &pieces))
            .await
    }

    fn names(&self) -> (String, String) {
        let target = &self.wanted.target;
        (self.visit.domoticz.name.clone(), target.key.clone())
    }
}
