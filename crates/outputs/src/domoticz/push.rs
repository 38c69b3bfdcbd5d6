//! Sending what differs, oldest first, and reading it back.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use meter::paris;

use crate::destination::{Context, Delivered, DeliveryError, Mode};
use crate::trouble::Trouble;

use super::device::{self, Shown};
use super::model::Wanted;
use super::problem::Problem;
use super::rows::{day_value, short_value, stamp};
use super::session::{Facts, Fault, Visit};
use super::{Domoticz, mqtt, readback, setup, waiting};

/// Days that are written before they are read back.
const BATCH: usize = 400;

/// Delivers to every device.
pub(super) async fn push(
    domoticz: &Domoticz,
    context: &Context,
    mode: Mode,
) -> Result<Delivered, DeliveryError> {
    let mut visit = Visit::begin(domoticz, context).await?;
    let mut delivered = Delivered {
        notices: visit.notices(),
        ..Delivered::default()
    };
    if mode == Mode::Write {
        waiting::tell(&visit).await?;
    }
    for wanted in visit.wanted().await? {
        match target(&mut visit, &wanted, mode, &mut delivered).await {
            Ok(()) => {}
            Err(Fault::Problem(problem)) if is_of_one(&problem) => {
                delivered.troubles.push(problem.into());
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    delivered.requests = visit.api.take_requests();
    Ok(delivered)
}

/// Whether a problem leaves the other devices alone.
fn is_of_one(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Gone { .. }
            | Problem::WrongType { .. }
            | Problem::NotHeld { .. }
            | Problem::PluginDevice { .. }
            | Problem::Refused(_)
    )
}

async fn target(
    visit: &mut Visit<'_>,
    wanted: &Wanted,
    mode: Mode,
    delivered: &mut Delivered,
) -> Result<(), Fault> {
    if wanted.rows.one_sided > 0 {
        let notice = Trouble::new("domoticz-notice-one-sided");
        delivered.notices.push(
            notice
                .with("target", wanted.target.masked())
                .with("days", wanted.rows.one_sided),
        );
    }
    if wanted.unsplit > 0 {
        let notice = Trouble::new("domoticz-notice-unsplit");
        delivered.notices.push(
            notice
                .with("target", wanted.target.masked())
                .with("days", wanted.unsplit),
        );
    }
    let known = visit.facts.get(&wanted.target.key).cloned();
    let known = match (known, mode) {
        (None, Mode::DryRun) => {
            let plan = Plan::new(visit, wanted, &BTreeMap::new());
            delivered.rows.extend(plan.listed(None));
            return Ok(());
        }
        (None, Mode::Write) => setup::make(visit, wanted).await?,
        (Some(facts), _) => facts,
    };
    let (name, key) = (visit.domoticz.name.clone(), wanted.target.key.clone());
    let held = visit
        .ledger(move |store| store.deliveries(&name, &key))
        .await?;
    let plan = Plan::new(visit, wanted, &held);
    if mode == Mode::DryRun {
        delivered.rows.extend(plan.listed(Some(known.idx)));
        delivered.unchanged += plan.unchanged;
        return Ok(());
    }
    let shown = look(visit, wanted, &known).await?;
    if shown.hardware_off {
        let notice = Trouble::new("domoticz-notice-hardware-off");
        delivered
            .notices
            .push(notice.with("target", wanted.target.masked()));
    }
    let mut delivery = Delivery {
        visit,
        wanted,
        shown,
        delivered,
    };
    delivery.all(plan, &held).await
}

/// The device as it is now, if it is there and what it should be.
pub(super) async fn look(
    visit: &Visit<'_>,
    wanted: &Wanted,
    known: &Facts,
) -> Result<Shown, Problem> {
    let target = || wanted.target.masked();
    let found = device::devices(&visit.api, Some(known.idx)).await?;
    let found = found.into_iter().find(|shown| shown.idx == known.idx);
    let shown = found.ok_or_else(|| Problem::Gone {
        target: target(),
        idx: known.idx,
    })?;
    if shown.is(visit.domoticz.settings.device) {
        return Ok(shown);
    }
    Err(Problem::WrongType {
        target: target(),
        idx: known.idx,
        kind: format!("{} / {}", shown.kind, shown.subtype),
    })
}

/// What is to be written and taken away.
struct Plan {
    days: Vec<(Date, String)>,
    short: Vec<(DateTime, String)>,
    /// Pieces that Domoticz must not hold any more, with their dates.
    gone: Vec<(String, String)>,
    /// Pieces that Domoticz has cleared away by itself.
    lapsed: Vec<String>,
    /// The tile's value, where it changes.
    tile: Option<String>,
    unchanged: u64,
}

impl Plan {
    fn new(visit: &Visit<'_>, wanted: &Wanted, held: &BTreeMap<String, String>) -> Self {
        let device = visit.domoticz.settings.device;
        let rows = &wanted.rows;
        let mut plan = Self {
            days: Vec::new(),
            short: Vec::new(),
            gone: Vec::new(),
            lapsed: Vec::new(),
            tile: None,
            unchanged: 0,
        };
        let tile = wanted.tile.as_ref().map(|tile| tile.value.clone());
        plan.tile = tile.filter(|value| held.get("tile") != Some(value));
        let mut pieces = BTreeSet::new();
        for (day, row) in &rows.days {
            let (piece, value) = (day_piece(*day), day_value(device, *day, *row));
            if held.get(&piece) == Some(&value) {
                plan.unchanged += 1;
            } else {
                plan.days.push((*day, value));
            }
            pieces.insert(piece);
        }
        for (at, row) in &rows.short {
            let (piece, value) = (short_piece(*at), short_value(device, *at, *row));
            if held.get(&piece) == Some(&value) {
                plan.unchanged += 1;
            } else {
                plan.short.push((*at, value));
            }
            pieces.insert(piece);
        }
        for piece in held.keys().filter(|piece| !pieces.contains(*piece)) {
            plan.stale(wanted, piece);
        }
        plan
    }

    fn stale(&mut self, wanted: &Wanted, piece: &str) {
        match piece.split_once('/') {
            Some(("d", date)) => {
                let day: Option<Date> = date.parse().ok();
                let from = wanted.rows.long_from;
                // What lies before the days that are wanted is left as it is.
                if day.is_some_and(|day| from.is_none_or(|from| day >= from)) {
                    self.gone.push((piece.to_owned(), date.to_owned()));
                }
            }
            Some(("h", date)) => {
                let at: Option<DateTime> = date.replace(' ', "T").parse().ok();
                let from = wanted.rows.short_from;
                if at.is_some_and(|at| from.is_some_and(|from| at > from)) {
                    self.gone.push((piece.to_owned(), date.to_owned()));
                } else {
                    self.lapsed.push(piece.to_owned());
                }
            }
            _ => {}
        }
    }

    fn listed(&self, idx: Option<u64>) -> Vec<String> {
        let idx = idx.map_or("+".to_owned(), |idx| idx.to_string());
        let gone = self.gone.iter().map(|(_, date)| format!("{idx} - {date}"));
        let days = self.days.iter().map(|(_, value)| format!("{idx} {value}"));
        let short = self.short.iter().map(|(_, value)| format!("{idx} {value}"));
        let tile = self.tile.iter().map(|value| format!("{idx} {value}"));
        gone.chain(days).chain(short).chain(tile).collect()
    }
}

/// Rows that were just written, to be looked for.
#[derive(Clone, Copy)]
enum Written<'a> {
    Days(&'a [(Date, String)]),
    Short(&'a [(DateTime, String)]),
}

fn day_piece(day: Date) -> String {
    format!("d/{day}")
}

fn short_piece(at: DateTime) -> String {
    format!("h/{}", stamp(at))
}

/// One device while it is delivered to.
struct Delivery<'a, 'b> {
    visit: &'a mut Visit<'b>,
    wanted: &'a Wanted,
    shown: Shown,
    delivered: &'a mut Delivered,
}

impl Delivery<'_, '_> {
    async fn all(&mut self, plan: Plan, held: &BTreeMap<String, String>) -> Result<(), Fault> {
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
