//! Tokens that rotate: a lost answer is recovered, a replay ends the family.

use jiff::{SignedDuration, Timestamp};
use meter::UsagePoint;
use serde_json::{Value, json};

use super::ACCESS_LIFE;
use crate::dice::{Dice, Purpose};

/// A refresh token may be used again for so long.
const AGAIN_WITHIN: SignedDuration = SignedDuration::from_secs(60);

#[derive(Debug, Default)]
pub(super) struct Grants {
    families: Vec<Family>,
    issued: u64,
}

#[derive(Debug)]
struct Family {
    device_code: String,
    points: Vec<UsagePoint>,
    pairs: Vec<Pair>,
    dead: bool,
}

#[derive(Debug)]
struct Pair {
    access: String,
    refresh: String,
    until: Timestamp,
    /// The pair whose refresh token gave this one.
    parent: Option<usize>,
    /// One of its tokens came back.
    presented: bool,
    used_at: Option<Timestamp>,
    dead: bool,
}

pub(super) enum Renewal {
    Pair(Value),
    Unknown,
}

impl Grants {
    /// The first pair of a consent; one that nobody has seen goes.
    pub(super) fn open(
        &mut self,
        dice: Dice,
        device_code: &str,
        points: Vec<UsagePoint>,
        now: Timestamp,
    ) -> Value {
        self.families
            .retain(|family| family.device_code != device_code);
        self.families.push(Family {
            device_code: device_code.to_owned(),
            points,
            pairs: Vec::new(),
            dead: false,
        });
        let last = self.families.len() - 1;
        self.issue(dice, last, None, now)
    }

    /// Whether no token of a code has come back yet.
    pub(super) fn is_fresh(&self, device_code: &str) -> bool {
        let mut families = self.families.iter();
        families
            .find(|family| family.device_code == device_code)
            .is_some_and(|family| family.pairs.iter().all(|pair| !pair.presented))
    }

    pub(super) fn renew(&mut self, dice: Dice, refresh: &str, now: Timestamp) -> Renewal {
        let Some((family, pair)) = self.find(|pair| pair.refresh == refresh) else {
            return Renewal::Unknown;
        };
        let pairs = &mut self.families[family].pairs;
        pairs[pair].presented = true;
        let used_at = pairs[pair].used_at;
        let soon = used_at.is_some_and(|at| now.duration_since(at) <= AGAIN_WITHIN);
        let children = || pairs.iter().filter(|child| child.parent == Some(pair));
        if used_at.is_some() && !soon && children().any(|child| child.presented) {
            self.families[family].dead = true;
            return Renewal::Unknown;
        }
        if !soon {
            for child in pairs.iter_mut().filter(|child| child.parent == Some(pair)) {
                child.dead = true;
            }
        }
        pairs[pair].used_at = used_at.or(Some(now));
        Renewal::Pair(self.issue(dice, family, Some(pair), now))
    }

    /// Whose readings an access token opens.
    pub(super) fn admit(&mut self, access: &str, now: Timestamp) -> Option<&[UsagePoint]> {
        let (family, pair) = self.find(|pair| pair.access == access && now < pair.until)?;
        let family = &mut self.families[family];
        family.pairs[pair].presented = true;
        Some(&family.points)
    }

    pub(super) fn revoke(&mut self, token: &str) {
        let found = self.find(|pair| pair.refresh == token || pair.access == token);
        if let Some((family, _)) = found {
            self.families[family].dead = true;
        }
    }

    pub(super) fn withdraw(&mut self) {
        for family in &mut self.families {
            family.dead = true;
        }
    }

    fn find(&self, wanted: impl Fn(&Pair) -> bool) -> Option<(usize, usize)> {
        let families = self.families.iter().enumerate();
        families
            .filter(|(_, family)| !family.dead)
            .find_map(|(at, family)| {
                let mut pairs = family.pairs.iter();
                let pair = pairs.position(|pair| !pair.dead && wanted(pair))?;
                Some((at, pair))
            })
    }

    fn issue(&mut self, dice: Dice, family: usize, parent: Option<usize>, now: Timestamp) -> Value {
        self.issued += 1;
        let token = |kind: &str, number: u64| {
            let roll = dice.roll(Purpose::Token, number as i64, self.issued);
            format!("{kind}_{roll:016x}{:04}", self.issued)
        };
        let pair = Pair {
            access: token("lga", 1),
            refresh: token("lgr", 2),
            until: now + ACCESS_LIFE,
            parent,
            presented: false,
            used_at: None,
            dead: false,
        };
        let family = &mut self.families[family];
        let body = json!({
            "access_token": pair.access,
            "refresh_token": pair.refresh,
            "token_type": "Bearer",
            "expires_in": ACCESS_LIFE.as_secs(),
            "scope": "daily curve max_power production",
            "usage_points": family.points,
        });
        family.pairs.push(pair);
        body
    }
}
