//! A Jeedom, a clock, and an equipment that is set up.

use std::sync::Arc;

use jiff::civil::DateTime;
use meter::UsagePoint;
use outputs::jeedom::setup::{self, setup};
use outputs::jeedom::{
    Access, Door, Equipment, Filled, Jeedom, JeedomError, Observer, Profile, Readings, Span, Task,
    Unwatched, plan, push,
};
use service::VirtualClock;
use standins::jeedom::{Jeedom as Core, Options};

use crate::household::{Table, now};

pub struct Room {
    pub core: Core,
    pub clock: VirtualClock,
}

pub fn prm() -> UsagePoint {
    "12345678901234".parse().unwrap()
}

impl Room {
    pub fn new(change: impl FnOnce(&mut Options)) -> Self {
        let clock = VirtualClock::at(now());
        let mut options = Options::default();
        change(&mut options);
        Self {
            core: Core::new(options, Arc::new(clock.clone())),
            clock,
        }
    }

    /// A Jeedom whose equipment is set up.
    pub async fn with(profile: Profile) -> Self {
        let room = Self::new(|_| {});
        let jeedom = room.client("core-key", None);
        setup(&jeedom, prm(), "Linky", profile, false)
            .await
            .unwrap();
        room
    }

    pub fn client(&self, key: &str, plugin: Option<&str>) -> Jeedom {
        let access = Access {
            url: "http://jeedom.local/".parse().unwrap(),
            key: key.to_owned().into(),
            plugin: plugin.map(str::to_owned),
        };
        Jeedom::new(self.core.http(), Arc::new(self.clock.clone()), access)
    }

    pub async fn equipment(&self, jeedom: &Jeedom) -> Equipment {
        setup::find(jeedom, prm()).await.unwrap().unwrap()
    }

    pub async fn push(&self, profile: Profile, readings: &Readings, span: Span) -> Vec<Filled> {
        self.try_push(profile, readings, span, &mut Unwatched)
            .await
            .unwrap()
    }

    pub async fn try_push(
        &self,
        profile: Profile,
        readings: &Readings,
        span: Span,
        observer: &mut dyn Observer,
    ) -> Result<Vec<Filled>, JeedomError> {
        let jeedom = self.client("core-key", None);
        let found = setup::find(&jeedom, prm()).await?;
        let task = Task {
            profile,
            span,
            now: now(),
        };
        let plan = plan(&jeedom, &found.unwrap(), readings, task).await?;
        push(&jeedom, &plan, &mut Door::rpc(&jeedom), observer).await
    }

    pub fn history(&self, logical_id: &str) -> Table {
        self.core.inside(|core| {
            let id = core.command_id(logical_id).unwrap();
            core.history_of(id).into_iter().collect()
        })
    }

    /// What a command shows: its value as text, and its date.
    pub fn shown(&self, logical_id: &str) -> Option<(String, String)> {
        self.core.inside(|core| {
            let (value, at) = core.current_of(core.command_id(logical_id)?)?;
            Some((value.to_string(), at))
        })
    }

    pub fn calls(&self, method: &str) -> u64 {
        self.core.inside(|core| core.calls_of(method))
    }

    pub fn all_calls(&self) -> u64 {
        self.core.inside(|core| core.all_calls())
    }
}

pub fn written(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
