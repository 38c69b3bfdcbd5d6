//! Filling an equipment: compare, send what differs oldest first, verify.
//!
//! Nothing about what was sent is remembered here: Jeedom's own history says it,
//! so that a push that was killed anywhere goes on by itself.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use meter::paris;

use super::compare::{self, Event, Refused, accept};
use super::door::Door;
use super::equipment::{Equipment, Held};
use super::error::JeedomError;
use super::history::{self, Current, History};
use super::profile::{Command, Profile};
use super::readings::Readings;
use super::rows::{Need, rows};
use super::rpc::Jeedom;
use super::windows::{Span, Windows};

/// What is to be done to an equipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// Which commands are filled; others of the equipment are left alone.
    pub profile: Profile,
    /// How far back.
    pub span: Span,
    /// The present instant.
    pub now: Timestamp,
}

/// Who watches a push.
pub trait Observer: Send {
    /// So many events are to be sent.
    fn planned(&mut self, events: usize);
    /// One was sent.
    fn sent(&mut self);
}

/// Nobody.
#[derive(Debug, Default, Clone, Copy)]
pub struct Unwatched;

impl Observer for Unwatched {
    fn planned(&mut self, _: usize) {}
    fn sent(&mut self) {}
}

/// What became of one command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Its logical id.
    pub logical_id: &'static str,
    /// Its name in Jeedom, or in the profile where Jeedom has none.
    pub name: String,
    /// Its number, where it exists.
    pub id: Option<u64>,
    /// Rows that its history is to hold.
    pub rows: usize,
    /// Rows that were missing or different.
    pub differing: usize,
    /// Events that were sent, with the newest once more where that was needed.
    pub sent: usize,
    /// Rows that Jeedom does not hold although it answered « ok ».
    pub unstored: usize,
    /// Why it was not filled.
    pub refused: Option<Refused>,
}

/// What Jeedom lacks, before anything is sent.
#[derive(Debug)]
pub struct Plan {
    /// One entry per command of the profile.
    pub commands: Vec<Planned>,
}

/// A command and what it lacks.
#[derive(Debug)]
pub struct Planned {
    command: &'static Command,
    held: Option<Held>,
    rows: usize,
    /// What is to be sent, oldest first.
    pub events: Vec<Event>,
    /// The text that it is to show.
    text: Option<String>,
    refused: Option<Refused>,
}

impl Plan {
    /// Events to send.
    pub fn events(&self) -> usize {
        let of = |planned: &Planned| planned.events.len() + usize::from(planned.text.is_some());
        self.commands.iter().map(of).sum()
    }

    /// Commands that are to be sent something.
    pub fn ids(&self) -> Vec<u64> {
        let lacking = self.commands.iter().filter(|planned| planned.lacks());
        lacking
            .filter_map(|planned| planned.held.as_ref().map(|held| held.id))
            .collect()
    }

    /// What is to be sent, one line a value.
    pub fn lines(&self) -> Vec<String> {
        self.commands.iter().flat_map(Planned::lines).collect()
    }

    /// What would become of the commands, nothing sent.
    pub fn filled(&self) -> Vec<Filled> {
        self.commands.iter().map(Planned::filled).collect()
    }
}

impl Planned {
    fn lacks(&self) -> bool {
        !self.events.is_empty() || self.text.is_some()
    }

    fn lines(&self) -> Vec<String> {
        let id = self.command.logical_id;
        let line = |event: &Event| format!("{id} {} {}", history::write(event.at), event.stored);
        let values = self.events.iter().filter(|event| !event.again).map(line);
        let text = self.text.iter().map(|text| format!("{id} {text}"));
        values.chain(text).collect()
    }

    fn filled(&self) -> Filled {
        let new = self.events.iter().filter(|event| !event.again).count();
        Filled {
            logical_id: self.command.logical_id,
            name: match &self.held {
                Some(held) => held.name.clone(),
                None => self.command.name.to_owned(),
            },
            id: self.held.as_ref().map(|held| held.id),
            rows: self.rows,
            differing: new + usize::from(self.text.is_some()),
            sent: 0,
            unstored: 0,
            refused: self.refused.clone(),
        }
    }
}

/// Compares an equipment with the readings; nothing is sent.
pub async fn plan(
    jeedom: &Jeedom,
    equipment: &Equipment,
    readings: &Readings,
    task: Task,
) -> Result<Plan, JeedomError> {
    let mut commands = Vec::new();
    for command in task.profile.commands() {
        let held = equipment.command(command.logical_id).cloned();
        let refused = match &held {
            Some(held) => accept(command, held).err(),
            None => Some(Refused::Absent),
        };
        commands.push(Planned {
            command,
            held,
            rows: 0,
            events: Vec::new(),
            text: None,
            refused,
        });
    }
    let fit = |planned: &&Planned| planned.refused.is_none();
    let ids = commands
        .iter()
        .filter(fit)
        .filter_map(|planned| planned.held.as_ref());
    let ids: Vec<u64> = ids.map(|held| held.id).collect();
    if ids.is_empty() {
        return Ok(Plan { commands });
    }
    let currents = jeedom.current(&ids).await?;
    for planned in commands
        .iter_mut()
        .filter(|planned| planned.refused.is_none())
    {
        let Some(held) = &planned.held else { continue };
        let current = currents.get(&held.id).cloned().unwrap_or_default();
        if planned.command.is_text() {
            let problem = readings.beside.problem.clone();
            planned.rows = usize::from(problem.is_some());
            planned.text = problem.filter(|problem| *problem != current.value);
        } else {
            let lacking = lacking(jeedom, planned.command, held, &current, readings, task);
            (planned.rows, planned.events) = lacking.await?;
        }
    }
    Ok(Plan { commands })
}

/// How many rows a command is to hold, and the events that make them so.
async fn lacking(
    jeedom: &Jeedom,
    command: &Command,
    held: &Held,
    current: &Current,
    readings: &Readings,
    task: Task,
) -> Result<(usize, Vec<Event>), JeedomError> {
    let today = paris::day_of(task.now);
    let windows = Windows::new(today, task.span);
    let widest = windows.first(command.series, command.dating, Some(Date::MIN));
    if rows(command, readings, widest).is_empty() {
        return Ok((0, Vec::new()));
    }
    let range = (widest.at(0, 0, 0, 0), today.at(23, 59, 59, 0));
    let history = jeedom.history(held.id, range).await?;
    let first = windows.first(command.series, command.dating, first_day(&history));
    let rows = rows(command, readings, first);
    let events = compare::events(&rows, held, &history, current, paris::local(task.now));
    let needed = rows.iter().filter(|row| row.need == Need::Always).count();
    Ok((needed, events))
}

/// The first day of which Jeedom has a step; 00:00:00 ends the day before.
fn first_day(history: &History) -> Option<Date> {
    let at = *history.keys().next()?;
    Some(at.saturating_sub(jiff::Span::new().seconds(1)).date())
}

/// Sends what a plan found, and verifies that Jeedom stored it.
pub async fn push(
    jeedom: &Jeedom,
    plan: &Plan,
    door: &mut Door<'_>,
    observer: &mut dyn Observer,
) -> Result<Vec<Filled>, JeedomError> {
    observer.planned(plan.events());
    let mut filled = Vec::new();
    for planned in &plan.commands {
        let mut done = planned.filled();
        if let Some(held) = planned.held.as_ref().filter(|_| planned.lacks()) {
            done.sent = send(door, planned, held, observer).await?;
            door.settle().await;
            done.unstored = unstored(jeedom, planned, held).await?;
        }
        filled.push(done);
    }
    Ok(filled)
}

async fn send(
    door: &mut Door<'_>,
    planned: &Planned,
    held: &Held,
    observer: &mut dyn Observer,
) -> Result<usize, JeedomError> {
    for event in &planned.events {
        let value = event.sent.to_string();
        door.event(held.id, &value, Some(event.at)).await?;
        observer.sent();
    }
    if let Some(text) = &planned.text {
        door.event(held.id, text, None).await?;
        observer.sent();
    }
    Ok(planned.events.len() + usize::from(planned.text.is_some()))
}

/// « ok » says nothing: what was sent is read again.
async fn unstored(jeedom: &Jeedom, planned: &Planned, held: &Held) -> Result<usize, JeedomError> {
    if let Some(text) = &planned.text {
        let current = jeedom.current(&[held.id]).await?;
        let stored = current
            .get(&held.id)
            .is_some_and(|shown| shown.value == *text);
        return Ok(usize::from(!stored));
    }
    let Some(range) = range(&planned.events) else {
        return Ok(0);
    };
    let history = jeedom.history(held.id, range).await?;
    let stored = |event: &&Event| history.get(&event.at) != Some(&Some(event.stored));
    Ok(planned.events.iter().filter(stored).count())
}

fn range(events: &[Event]) -> Option<(DateTime, DateTime)> {
    Some((events.first()?.at, events.last()?.at))
}
