//! Who may be read: consents given, replaced, withdrawn, and run out.

use std::collections::BTreeMap;

use enedis::Generation;
use jiff::Timestamp;
use meter::UsagePoint;
use serde::Serialize;

use crate::profile::{Profile, Standing};

/// The first number that the consent page gives out.
const FIRST_ID: u64 = 58_250;

/// A consent that someone gave on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consent {
    /// `autorisation_id` of the 2026 callback.
    pub id: u64,
    /// The generation of the page.
    pub generation: Generation,
    /// Who gave it.
    pub customer: String,
    /// For which usage points; in 2026 exactly one.
    pub usage_points: Vec<UsagePoint>,
    /// When it was given.
    pub given: Timestamp,
    /// When it ends by itself.
    pub until: Timestamp,
    /// The caller's `state`, which makes a reloaded page give the same consent.
    #[serde(skip)]
    pub state: String,
}

/// All consents, and how each usage point stands.
#[derive(Debug, Default)]
pub(crate) struct Consents {
    given: Vec<Consent>,
    points: BTreeMap<UsagePoint, Point>,
}

#[derive(Debug, Clone, Copy)]
struct Point {
    standing: Standing,
    /// Index of the consent that replaced all earlier ones.
    consent: Option<usize>,
}

/// How a usage point stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// It may be read.
    Granted,
    /// Nobody agreed, or no longer.
    NoConsent,
    /// Another customer lives there.
    NotHolder,
}

impl Consents {
    pub(crate) fn new(profiles: &[Profile]) -> Self {
        let point = |profile: &Profile| Point {
            standing: profile.standing,
            consent: None,
        };
        Self {
            given: Vec::new(),
            points: profiles.iter().map(|p| (p.usage_point, point(p))).collect(),
        }
    }

    /// How a usage point stands; one that does not exist has no consent.
    pub(crate) fn access(&self, prm: UsagePoint, now: Timestamp) -> Access {
        let Some(point) = self.points.get(&prm) else {
            return Access::NoConsent;
        };
        match point.standing {
            Standing::MovedOut => Access::NotHolder,
            Standing::Revoked | Standing::NotAsked => Access::NoConsent,
            Standing::Consented => match point.consent {
                Some(index) if now >= self.given[index].until => Access::NoConsent,
                _ => Access::Granted,
            },
        }
    }

    /// Records a consent, or finds the one that the same page gave before.
    ///
    /// A customer who withdraws at once still gets the callback of a consent.
    pub(crate) fn give(&mut self, new: Consent, withdrawn: bool) -> Consent {
        if let Some(same) = self.same_page(&new) {
            return same.clone();
        }
        let index = self.given.len();
        let consent = Consent {
            id: FIRST_ID + index as u64,
            ..new
        };
        for prm in &consent.usage_points {
            if let Some(point) = self.points.get_mut(prm) {
                point.consent = Some(index);
                point.standing = if withdrawn {
                    Standing::Revoked
                } else {
                    Standing::Consented
                };
            }
        }
        self.given.push(consent.clone());
        consent
    }

    /// Changes how a usage point stands; `false` when there is none.
    pub(crate) fn stand(&mut self, prm: UsagePoint, standing: Standing) -> bool {
        let Some(point) = self.points.get_mut(&prm) else {
            return false;
        };
        point.standing = standing;
        if standing == Standing::Consented {
            point.consent = None;
        }
        true
    }

    pub(crate) fn by_id(&self, id: u64) -> Option<&Consent> {
        self.given.iter().find(|consent| consent.id == id)
    }

    /// Whether a consent is the one in force for its usage point.
    pub(crate) fn is_live(&self, consent: &Consent, prm: UsagePoint, now: Timestamp) -> bool {
        let current = self.points.get(&prm).and_then(|point| point.consent);
        let is_current = current.is_some_and(|index| self.given[index].id == consent.id);
        is_current && self.access(prm, now) == Access::Granted
    }

    pub(crate) fn given(&self) -> &[Consent] {
        &self.given
    }

    pub(crate) fn points(&self) -> impl Iterator<Item = UsagePoint> {
        self.points.keys().copied()
    }

    fn same_page(&self, new: &Consent) -> Option<&Consent> {
        self.given.iter().rev().find(|old| {
            !new.state.is_empty()
                && old.state == new.state
                && old.generation == new.generation
                && old.usage_points == new.usage_points
        })
    }
}
