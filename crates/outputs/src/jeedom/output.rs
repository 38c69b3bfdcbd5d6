//! A Jeedom as a destination: the daemon's hourly comparison, and the same at a
//! person's word.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::{LedgerError, Store};
use meter::{UsagePoint, paris};
use service::SharedHttp;
use service::clock::BoxFuture;

use super::door::Door;
use super::equipment::Equipment;
use super::error::JeedomError;
use super::push::{Filled, Observer, Plan, Task, Unwatched, plan, push};
use super::readings::{Beside, Readings};
use super::rpc::Jeedom;
use super::settings::Settings;
use super::warnings::{self, Scenario, Warning};
use super::windows::{Span, Windows};
use super::{setup, tell};
use crate::destination::{Context, Delivered, DeliveryError, Destination, Mode, Verified};
use crate::trouble::Trouble;

/// Who knows what prices and the collection add to the readings of `[first, end)`.
pub type TellBeside =
    Arc<dyn Fn(&Store, UsagePoint, (Date, Date)) -> Result<Beside, LedgerError> + Send + Sync>;

/// A Jeedom under the name that people gave it.
pub struct JeedomOutput {
    name: String,
    settings: Settings,
    http: SharedHttp,
    beside: TellBeside,
    /// When each usage point was last found right, and what it then was to hold.
    right: Mutex<BTreeMap<UsagePoint, (Timestamp, u64)>>,
}

/// How an equipment is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// How far back; none: as configured.
    pub span: Option<Span>,
    /// Whether anything is sent.
    pub mode: Mode,
    /// Send nothing while a scenario listens.
    pub quiet: bool,
}

/// What became of an equipment.
#[derive(Debug)]
pub struct Outcome {
    /// The equipment.
    pub equipment: Equipment,
    /// Its commands.
    pub filled: Vec<Filled>,
    /// What is to be sent, where nothing was.
    pub plan: Plan,
    /// What will go wrong in Jeedom itself.
    pub warnings: Vec<Warning>,
    /// The scenarios that the values start.
    pub scenarios: Vec<Scenario>,
    /// Whether nothing was sent because of them.
    pub is_held_back: bool,
    /// Calls made.
    pub calls: u64,
}

impl JeedomOutput {
    /// A Jeedom that is not asked anything yet.
    pub fn new(name: String, settings: Settings, http: SharedHttp, beside: TellBeside) -> Self {
        Self {
            name,
            settings,
            http,
            beside,
            right: Mutex::default(),
        }
    }

    /// What its owner chose.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A client of it.
    pub fn client(&self, context: &Context) -> Jeedom {
        let access = self.settings.access.clone();
        Jeedom::new(Arc::clone(&self.http), context.clock.clone(), access)
    }

    /// The usage points that have an equipment there.
    pub fn usage_points(&self, context: &Context) -> Vec<UsagePoint> {
        let wanted = &self.settings.usage_points;
        let all = context.meters.iter().map(|meter| meter.prm);
        all.filter(|prm| wanted.is_empty() || wanted.contains(prm))
            .collect()
    }

    /// The equipment of a usage point: the adopted one, else ours.
    pub async fn equipment(
        &self,
        jeedom: &Jeedom,
        prm: UsagePoint,
    ) -> Result<Equipment, DeliveryError> {
        let found = match self.settings.adopted.get(&prm) {
            Some(id) => jeedom.equipment(*id).await.map(Some),
            None => setup::find(jeedom, prm).await,
        };
        found?.ok_or_else(|| {
            let missing = Trouble::new("jeedom-problem-no-setup").with("what", prm);
            missing.into()
        })
    }

    /// Fills the equipment of a usage point, or tells what it lacks.
    pub async fn fill(
        &self,
        context: &Context,
        prm: UsagePoint,
        how: How,
        observer: &mut dyn Observer,
    ) -> Result<Outcome, DeliveryError> {
        let jeedom = self.client(context);
        let mut warnings = warnings::of_core(&jeedom).await?;
        let equipment = self.equipment(&jeedom, prm).await?;
        warnings.extend(warnings::of_equipment(&equipment));
        let readings = self.readings(context, prm, how.span).await?;
        let task = self.task(context, how.span);
        let plan = plan(&jeedom, &equipment, &readings, task).await;
        let plan = plan?;
        let scenarios = match plan.events() {
            0 => Vec::new(),
            _ => warnings::scenarios(&jeedom, &plan.ids()).await?,
        };
        let is_held_back = how.quiet && how.mode == Mode::Write && !scenarios.is_empty();
        let filled = if how.mode == Mode::DryRun || is_held_back {
            plan.filled()
        } else {
            self.send(&jeedom, &plan, observer).await?
        };
        Ok(Outcome {
            equipment,
            filled,
            plan,
            warnings,
            scenarios,
            is_held_back,
            calls: jeedom.calls(),
        })
    }

    async fn send(
        &self,
        jeedom: &Jeedom,
        plan: &Plan,
        observer: &mut dyn Observer,
    ) -> Result<Vec<Filled>, DeliveryError> {
        let mut door = match &self.settings.mqtt {
            Some(mqtt) if plan.events() > 0 => Door::mqtt(jeedom, mqtt),
            _ => Door::rpc(jeedom),
        };
        Ok(push(jeedom, plan, &mut door, observer).await?)
    }

    fn task(&self, context: &Context, span: Option<Span>) -> Task {
        Task {
            profile: self.settings.profile,
            span: span.unwrap_or(self.settings.span),
            now: context.clock.now(),
        }
    }

    async fn readings(
        &self,
        context: &Context,
        prm: UsagePoint,
        span: Option<Span>,
    ) -> Result<Readings, LedgerError> {
        let today = paris::day_of(context.clock.now());
        let windows = Windows::new(today, span.unwrap_or(self.settings.span));
        let (from, beside) = (windows.first_read(), Arc::clone(&self.beside));
        let read = move |store: &mut Store| {
            let mut readings = Readings::read(store, prm, from, today)?;
            let known = readings.consumption.daily.keys().next().copied();
            // Before the first day that is held there is nothing to price.
            let first = from.0.max(known.unwrap_or(from.0));
            readings.beside = beside(store, prm, (first, today))?;
            Ok(readings)
        };
        context.ledger.call(read).await
    }

    /// One usage point of the daemon's push.
    async fn deliver(
        &self,
        context: &Context,
        prm: UsagePoint,
        mode: Mode,
        delivered: &mut Delivered,
    ) -> Result<(), DeliveryError> {
        let readings = self.readings(context, prm, None).await?;
        let (now, print) = (context.clock.now(), print(&readings));
        if mode == Mode::Write && self.is_right(prm, now, print) {
            return Ok(());
        }
        let jeedom = self.client(context);
        let equipment = self.equipment(&jeedom, prm).await?;
        let task = self.task(context, None);
        let plan = plan(&jeedom, &equipment, &readings, task).await;
        let plan = plan?;
        let filled = match mode {
            Mode::DryRun => plan.filled(),
            Mode::Write => self.send(&jeedom, &plan, &mut Unwatched).await?,
        };
        delivered.requests += jeedom.calls();
        if mode == Mode::DryRun {
            delivered.rows.extend(plan.lines());
        }
        let troubles = delivered.troubles.len();
        let adopted = self.settings.adopted.contains_key(&prm);
        for command in &filled {
            delivered.written += command.sent as u64;
            delivered.unchanged += command.rows.saturating_sub(command.differing) as u64;
            delivered.troubles.extend(tell::command(command, adopted));
        }
        let warnings = warnings::of_equipment(&equipment);
        delivered.notices.extend(warnings.iter().map(tell::warning));
        if mode == Mode::Write && delivered.troubles.len() == troubles {
            self.lock().insert(prm, (now, print));
        }
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<UsagePoint, (Timestamp, u64)>> {
        self.right.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it was right within the hour, and is to hold the same still.
    fn is_right(&self, prm: UsagePoint, now: Timestamp, print: u64) -> bool {
        let right = self.lock().get(&prm).copied();
        right.is_some_and(|(at, was)| was == print && now.duration_since(at) < HOUR)
    }
}

/// How often Jeedom itself is compared with what it is to hold.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// When the plugin asked, and we compare: from four in the morning to ten at night.
fn is_open(now: Timestamp) -> bool {
    (4..22).contains(&paris::local(now).hour())
}

fn print(readings: &Readings) -> u64 {
    let mut hasher = DefaultHasher::new();
    format!("{readings:?}").hash(&mut hasher);
    hasher.finish()
}

impl Destination for JeedomOutput {
    fn name(&self) -> &str {
        &self.name
    }

    fn kind(&self) -> &'static str {
        "jeedom"
    }

    fn rhythm(&self) -> SignedDuration {
        HOUR
    }

    fn push<'a>(
        &'a self,
        context: &'a Context,
        mode: Mode,
    ) -> BoxFuture<'a, Result<Delivered, DeliveryError>> {
        Box::pin(async move {
            let mut delivered = Delivered::default();
            if mode == Mode::Write && !is_open(context.clock.now()) {
                return Ok(delivered);
            }
            for prm in self.usage_points(context) {
                match self.deliver(context, prm, mode, &mut delivered).await {
                    Ok(()) => {}
                    // The others may have their equipment.
                    Err(DeliveryError::Trouble(trouble)) if tell::is_of_one(&trouble) => {
                        delivered.troubles.push(trouble);
                    }
                    Err(error) => return Err(error),
                }
            }
            Ok(delivered)
        })
    }

    fn verify<'a>(
        &'a self,
        context: &'a Context,
    ) -> BoxFuture<'a, Result<Verified, DeliveryError>> {
        Box::pin(async move {
            let how = How {
                span: None,
                mode: Mode::DryRun,
                quiet: false,
            };
            let mut verified = Verified::default();
            for prm in self.usage_points(context) {
                let outcome = self.fill(context, prm, how, &mut Unwatched).await?;
                let adopted = self.settings.adopted.contains_key(&prm);
                verified.requests += outcome.calls;
                verified.differences.extend(outcome.plan.lines());
                verified
                    .notices
                    .extend(outcome.warnings.iter().map(tell::warning));
                for command in &outcome.filled {
                    verified.compared += command.rows as u64;
                    verified.troubles.extend(tell::command(command, adopted));
                }
            }
            Ok(verified)
        })
    }
}

impl From<JeedomError> for DeliveryError {
    fn from(error: JeedomError) -> Self {
        tell::error(&error).into()
    }
}
