//! `situation_contrat_auto`, `synth_contrat_auto` and `comptage_auto`.
//!
//! Wire types, read and written. Personal data is read as a whole and never
//! kept by the collector; the types hide it from `Debug`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{self, PointId};

/// A contract of a usage point. The answer is a list: a self-consumer has two.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Situation {
    /// 14 digits.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage_point_id: Option<String>,
    /// Paris midnight, `2026-02-11T00:00:00+0100`.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract_start: Option<String>,
    /// `Contrat GRD-F` (consumption), `Contrat GRD-A` (production)…
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract_type: Option<String>,
    /// The supplier.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contractor: Option<String>,
    /// A French sentence.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distribution_tariff: Option<String>,
    /// Usually in kVA.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscribed_power: Option<Amount>,
    /// `C1` to `C5`, `P1` to `P4`.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// The holder's postal address, as Enedis nests and spells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<serde_json::Value>,
    /// E-mail and telephones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_data: Option<serde_json::Value>,
    /// The holder, when a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<serde_json::Value>,
    /// The holder, when an organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<serde_json::Value>,
}

impl Situation {
    pub(crate) fn point(&self) -> PointId {
        match &self.usage_point_id {
            None => PointId::Absent,
            Some(text) => text.parse().map_or(PointId::Unreadable, PointId::Known),
        }
    }
}

impl fmt::Debug for Situation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Situation")
            .field("contract_start", &self.contract_start)
            .field("contract_type", &self.contract_type)
            .field("distribution_tariff", &self.distribution_tariff)
            .field("subscribed_power", &self.subscribed_power)
            .field("segment", &self.segment)
            .finish_non_exhaustive()
    }
}

/// A number with its unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Amount {
    /// `kVA`, `kW`, `V`…
    #[serde(deserialize_with = "text::lenient")]
    pub unit: Option<String>,
    /// The number, as a text.
    #[serde(deserialize_with = "text::lenient")]
    pub value: Option<String>,
}

/// The dates of a usage point's contracts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Synthesis {
    /// The segments in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segments: Option<Vec<Segment>>,
    /// When consumption was last activated: its history begins here.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumption_last_activation_date: Option<String>,
    /// When production was last activated: its history begins here.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation_last_activation_date: Option<String>,
    /// When the subscribed power last changed.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_subscribed_power_change_date: Option<String>,
    /// What the meter can do: a French sentence, or 0, 1, 2 in the description.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub services_level: Option<String>,
}

/// One segment.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Segment {
    /// `C5`, `P4`…
    #[serde(deserialize_with = "text::lenient")]
    pub segment: Option<String>,
}

/// The meter and its programme.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MeterSetup {
    /// The equipment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispositif_comptage: Option<Equipment>,
    /// The meters, with serial numbers and programmed powers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compteurs: Option<serde_json::Value>,
    /// The relay, which switches the hot-water tank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relais: Option<Relay>,
}

/// The equipment of a usage point.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Equipment {
    /// The type of meter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_comptage: Option<Coded>,
}

/// A code with its French label.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Coded {
    /// `AMM`, `LINKYPRO`…
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The label.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub libelle: Option<String>,
}

/// The relay.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Relay {
    /// The off-peak windows, `HC (22H38-6H38)`.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plage_heures_creuses: Option<String>,
}
