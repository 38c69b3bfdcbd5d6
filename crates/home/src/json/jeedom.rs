//! `jeedom setup`, `adopt`, `push`, `verify` and `remove` with `--json`.

use meter::UsagePoint;
use outputs::Trouble;
use outputs::jeedom::Equipment;
use schemars::JsonSchema;
use serde::Serialize;
use service::Lang;

use super::Prm;

/// Something in words, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "JeedomWords")]
pub struct Words {
    /// Its name, the same in every language.
    pub code: String,
    /// What it is.
    pub message: String,
    /// What to do about it.
    pub advice: String,
}

impl Words {
    /// A trouble in a language.
    pub fn of(trouble: &Trouble, lang: Lang) -> Self {
        Self {
            code: trouble.name.clone(),
            message: trouble.explanation(lang),
            advice: trouble.advice(lang),
        }
    }
}

/// An equipment of Jeedom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EquipmentName {
    /// Its number.
    pub id: u64,
    /// Its name.
    pub name: String,
}

impl EquipmentName {
    /// That of an equipment.
    pub fn of(equipment: &Equipment) -> Self {
        Self {
            id: equipment.id,
            name: equipment.name.clone(),
        }
    }
}

/// `jeedom setup`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "JeedomSetup")]
pub struct Setup {
    /// Whether nothing was done.
    pub dry_run: bool,
    /// Which commands: `2020`, `2023` or `releve`.
    pub profile: String,
    /// One entry per usage point without an adopted equipment.
    pub usage_points: Vec<SetupOne>,
    /// What will go wrong in Jeedom itself.
    pub warnings: Vec<Words>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "JeedomSetupOne")]
pub struct SetupOne {
    /// Whose.
    #[schemars(with = "Prm")]
    pub usage_point: UsagePoint,
    /// The equipment's number; null while it is not made.
    pub equipment: Option<u64>,
    /// Whether it is new.
    pub created: bool,
    /// Logical ids of commands that are new.
    pub added: Vec<String>,
    /// Logical ids of commands whose settings were put right.
    pub mended: Vec<String>,
}

/// `jeedom adopt`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "JeedomAdopted")]
pub struct Adopted {
    /// Whose it would be.
    #[schemars(with = "Prm")]
    pub usage_point: UsagePoint,
    /// The equipment.
    pub equipment: EquipmentName,
    /// The profile whose commands it has.
    pub profile: String,
    /// Those commands.
    pub commands: Vec<AdoptedCommand>,
    /// What will go wrong in Jeedom itself.
    pub warnings: Vec<Words>,
}

/// A command that could be filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "JeedomAdoptedCommand")]
pub struct AdoptedCommand {
    /// Its logical id.
    pub logical_id: String,
    /// Its number.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Why it is not filled; null: it is.
    pub refused: Option<Words>,
}

/// `jeedom push` and `jeedom verify`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "JeedomFills")]
pub struct Fills {
    /// Whether nothing was sent.
    pub dry_run: bool,
    /// One entry per usage point.
    pub usage_points: Vec<FilledOne>,
}

/// One equipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "JeedomFilled")]
pub struct FilledOne {
    /// Whose.
    #[schemars(with = "Prm")]
    pub usage_point: UsagePoint,
    /// The equipment.
    pub equipment: EquipmentName,
    /// Calls made.
    pub calls: u64,
    /// Whether nothing was sent because scenarios listen.
    pub held_back: bool,
    /// Its commands.
    pub commands: Vec<FilledCommand>,
    /// Scenarios that the values start.
    pub scenarios: Vec<Words>,
    /// What will go wrong in Jeedom itself.
    pub warnings: Vec<Words>,
}

/// One command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "JeedomFilledCommand")]
pub struct FilledCommand {
    /// Its logical id.
    pub logical_id: String,
    /// Its number; null: there is none.
    pub id: Option<u64>,
    /// Its name.
    pub name: String,
    /// Rows that its history is to hold.
    pub rows: u64,
    /// Rows that were missing or different.
    pub differing: u64,
    /// Values that were sent, the newest once more where that was needed.
    pub sent: u64,
    /// Values that Jeedom accepted and does not hold.
    pub unstored: u64,
    /// What is wrong with it; null: nothing.
    pub trouble: Option<Words>,
}

/// `jeedom remove`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "JeedomRemoved")]
pub struct Removed {
    /// Whether nothing was done.
    pub dry_run: bool,
    /// The plugin under which the equipments are found.
    pub plugin: String,
    /// One entry per usage point.
    pub usage_points: Vec<RemovedOne>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "JeedomRemovedOne")]
pub struct RemovedOne {
    /// Whose.
    #[schemars(with = "Prm")]
    pub usage_point: UsagePoint,
    /// The equipment that is hidden and disabled; null: there was none.
    pub equipment: Option<EquipmentName>,
}
