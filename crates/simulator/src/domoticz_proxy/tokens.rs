//! `POST /device/token`: tokens handed out once, refresh tokens that never change.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{CLIENT_ID, Visit, error};
use crate::device::{Decision, hex};
use crate::dice::{Dice, Purpose};
use crate::reply::Reply;
use crate::simulator::State;

/// How long an access token lives.
const ACCESS_LIFE: SignedDuration = SignedDuration::from_secs(12_600);

/// How long a refresh token lives.
const REFRESH_LIFE: SignedDuration = SignedDuration::from_secs(126_144_000);

/// Tokens that nobody has fetched are gone after so long.
const KEPT: SignedDuration = SignedDuration::from_secs(120);

#[derive(Debug, Default)]
pub(super) struct Tokens {
    grants: Vec<Grant>,
    issued: u64,
}

#[derive(Debug)]
struct Grant {
    refresh: String,
    refresh_until: Timestamp,
    /// As the client must repeat it, byte by byte.
    usage_points: String,
    access: Vec<(String, Timestamp)>,
}

impl Tokens {
    /// The usage points of a live access token.
    pub(super) fn of_access(&self, access: &str, now: Timestamp) -> Option<&str> {
        let mut grants = self.grants.iter();
        let grant = grants.find(|grant| {
            let mut tokens = grant.access.iter();
            tokens.any(|(token, until)| token == access && now < *until)
        })?;
        Some(&grant.usage_points)
    }

    fn hex(&mut self, dice: Dice) -> String {
        self.issued += 1;
        let roll = |part| dice.roll(Purpose::Token, part, self.issued);
        hex([0, 1, 2, 3].map(roll))
    }
}

impl Visit<'_> {
    pub(super) fn token(&self, state: &mut State) -> Result<Reply, Reply> {
        let missing = "Missing client_id or grant_type";
        let client = self.need("client_id", missing)?;
        let grant = self.need("grant_type", missing)?;
        if client != CLIENT_ID {
            return Err(error("invalid_request", Some("Bad client_id")));
        }
        match grant {
            "urn:ietf:params:oauth:grant-type:device_code" => self.redeem(state),
            "refresh_token" => self.renew(state),
            _ => Err(error("unsupported_grant_type", None)),
        }
    }

    fn redeem(&self, state: &mut State) -> Result<Reply, Reply> {
        let device_code = self.need("device_code", "Missing device_code")?;
        if self.is_too_fast(state, device_code) {
            return Err(error("slow_down", None));
        }
        let unknown = || error("invalid_grant", Some("device_code not found in db"));
        let flow = state.proxy.flows.find(device_code).ok_or_else(unknown)?;
        let decision = match &flow.decision {
            None if self.now < flow.until => return Err(error("authorization_pending", None)),
            Some((decision, at)) if !flow.redeemed && self.now <= *at + KEPT => decision.clone(),
            // Lapsed, fetched before, or kept no longer: it knows nothing of it.
            _ => return Err(unknown()),
        };
        let Decision::Approved(points) = decision else {
            // A person who says no is not told to the box.
            return Err(unknown());
        };
        flow.redeemed = true;
        let dice = Dice::new(self.world.options.seed, 3);
        let tokens = &mut state.proxy.tokens;
        let points: Vec<String> = points.iter().map(ToString::to_string).collect();
        let grant = Grant {
            refresh: tokens.hex(dice),
            refresh_until: self.now + REFRESH_LIFE,
            usage_points: points.join(","),
            access: vec![(tokens.hex(dice), self.now + ACCESS_LIFE)],
        };
        let body = json!({
            "access_token": grant.access[0].0,
            "refresh_token": grant.refresh,
            "token_type": "Bearer",
            "expires_in": ACCESS_LIFE.as_secs(),
            "usage_points_id": grant.usage_points,
            "scope": "",
        });
        tokens.grants.push(grant);
        Ok(Reply::ok(&body))
    }

    fn renew(&self, state: &mut State) -> Result<Reply, Reply> {
        let points = self.need("usage_points_id", "Missing usage_points_id")?;
        let refresh = self.need("refresh_token", "Missing refresh_token")?;
        if self.is_too_fast(state, "address") {
            return Err(error("slow_down", None));
        }
        let dice = Dice::new(self.world.options.seed, 3);
        let access = state.proxy.tokens.hex(dice);
        let mut grants = state.proxy.tokens.grants.iter_mut();
        let grant = grants.find(|grant| grant.refresh == refresh && self.now < grant.refresh_until);
        let unknown = "refresh_token not found in database";
        let grant = grant.ok_or_else(|| error("invalid_request", Some(unknown)))?;
        if grant.usage_points != points {
            let said = "refresh_token not corresponding to usage_points_id";
            return Err(error("invalid_request", Some(said)));
        }
        grant.access.push((access.clone(), self.now + ACCESS_LIFE));
        Ok(Reply::ok(&json!({
            "access_token": access,
            "refresh_token": grant.refresh,
            "token_type": "Bearer",
            "expires_in": ACCESS_LIFE.as_secs(),
            "scope": "",
        })))
    }
}
