//! What a person chooses about a Jeedom.

use std::collections::BTreeMap;

use meter::UsagePoint;

use super::profile::Profile;
use super::rpc::Access;
use super::windows::Span;

pub use crate::broker::Mqtt;

/// How to reach a Jeedom, and what to write there.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its address and key.
    pub access: Access,
    /// The usage points that get an equipment; empty: every configured one.
    pub usage_points: Vec<UsagePoint>,
    /// Equipments of others that are filled in place of one of ours.
    pub adopted: BTreeMap<UsagePoint, u64>,
    /// Which commands are made and filled.
    pub profile: Profile,
    /// How far back.
    pub span: Span,
    /// The broker of Jeedom's MQTT Manager, if values go through it.
    pub mqtt: Option<Mqtt>,
}
