//! Making the equipment of a usage point, and taking it back.
//!
//! Everything is looked up before it is made, so that a setup that was stopped
//! is finished by the next.

use meter::UsagePoint;
use serde_json::{Map, Value, json};

use super::compare::accept;
use super::equipment::{Equipment, Held, Mode};
use super::error::JeedomError;
use super::profile::{self, Command, Dating, Profile};
use super::rpc::Jeedom;

/// The plugin whose equipments take values from outside.
pub const VIRTUAL: &str = "virtual";

/// What a setup did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The equipment's number; none while it is not made.
    pub equipment: Option<u64>,
    /// Whether it is new.
    pub created: bool,
    /// Logical ids of commands that are new.
    pub added: Vec<&'static str>,
    /// Logical ids of commands whose settings were put right.
    pub mended: Vec<&'static str>,
}

/// By what our equipment is found again.
pub fn logical_id(prm: UsagePoint) -> String {
    format!("releve-{prm}")
}

/// Our equipment of a usage point, with its commands.
pub async fn find(jeedom: &Jeedom, prm: UsagePoint) -> Result<Option<Equipment>, JeedomError> {
    let ours = logical_id(prm);
    let all = jeedom.equipments(VIRTUAL).await?;
    match all.iter().find(|equipment| equipment.logical_id == ours) {
        Some(found) => jeedom.equipment(found.id).await.map(Some),
        None => Ok(None),
    }
}

/// Makes the equipment of a usage point and the commands of a profile, or what
/// is missing of them. `dry` only tells.
pub async fn setup(
    jeedom: &Jeedom,
    prm: UsagePoint,
    name: &str,
    profile: Profile,
    dry: bool,
) -> Result<Done, JeedomError> {
    let found = find(jeedom, prm).await?;
    let mut done = Done {
        equipment: found.as_ref().map(|equipment| equipment.id),
        created: found.is_none(),
        added: Vec::new(),
        mended: Vec::new(),
    };
    if !dry && found.as_ref().is_none_or(|equipment| !equipment.is_enabled) {
        let saved = jeedom
            .save_equipment(equipment(prm, name, found.as_ref()))
            .await?;
        done.equipment = Some(saved.id);
    }
    for command in profile.commands() {
        let held = found
            .as_ref()
            .and_then(|found| found.command(command.logical_id));
        let list = match held {
            None => &mut done.added,
            Some(held) if is_ours(command, held) => continue,
            Some(_) => &mut done.mended,
        };
        list.push(command.logical_id);
        if let (false, Some(equipment)) = (dry, done.equipment) {
            jeedom
                .save_command(fields(command, equipment, held))
                .await?;
        }
    }
    Ok(done)
}

/// Hides and disables our equipment: Jeedom lets nobody delete one from outside,
/// and its history stays. `None`: there is no such equipment.
pub async fn remove(
    jeedom: &Jeedom,
    prm: UsagePoint,
    dry: bool,
) -> Result<Option<Equipment>, JeedomError> {
    let Some(found) = find(jeedom, prm).await? else {
        return Ok(None);
    };
    if !dry {
        let mut fields = equipment(prm, &found.name, Some(&found));
        fields.insert("isEnable".to_owned(), "0".into());
        fields.insert("isVisible".to_owned(), "0".into());
        jeedom.save_equipment(fields).await?;
    }
    Ok(Some(found))
}

/// Which profile the commands of an equipment are those of: the one of which it
/// has most, of the two that a plugin had.
pub fn profile_of(equipment: &Equipment) -> Option<Profile> {
    let known = equipment.commands.iter();
    let known = known.filter_map(|held| profile::command(&held.logical_id));
    let (mut evenings, mut midnights) = (0, 0);
    for command in known {
        match command.dating {
            Dating::Evening => evenings += 1,
            Dating::Midnight => midnights += 1,
        }
    }
    match (evenings, midnights) {
        (0, 0) => None,
        (_, 0) => Some(Profile::Y2020),
        (0, _) => Some(Profile::Y2023),
        _ => Some(Profile::Releve),
    }
}

/// Stops Jeedom from mixing the values of a command that it has; the rest of its
/// settings stays.
pub async fn keep_every_value(
    jeedom: &Jeedom,
    equipment: &Equipment,
    held: &Held,
) -> Result<Held, JeedomError> {
    let mut configuration = held.configuration.clone();
    configuration.insert("historizeMode".to_owned(), "none".into());
    let fields = json!({
        "id": held.id.to_string(),
        "eqType_name": equipment.plugin,
        "eqLogic_id": equipment.id.to_string(),
        "name": held.name,
        "logicalId": held.logical_id,
        "type": "info",
        "subType": held.subtype,
        "isHistorized": if held.is_historized { "1" } else { "0" },
        "configuration": configuration,
    });
    jeedom.save_command(object(fields)).await
}

/// Whether a command of our own equipment is as we make it. Names, visibility
/// and the rest are its owner's.
fn is_ours(command: &Command, held: &Held) -> bool {
    accept(command, held).is_ok()
        && held.unit == command.unit
        && (command.is_text() || held.decimals == Some(command.decimals))
        && held.sent(super::Decimal::whole(1)) == Some(sent_one(command))
}

fn sent_one(command: &Command) -> super::Decimal {
    super::Decimal::whole(if command.divided { 1000 } else { 1 })
}

fn equipment(prm: UsagePoint, name: &str, found: Option<&Equipment>) -> Map<String, Value> {
    let mut fields = object(json!({
        "eqType_name": VIRTUAL,
        "name": name,
        "logicalId": logical_id(prm),
        "isEnable": "1",
        "isVisible": "1",
        "category": { "energy": "1" },
    }));
    if let Some(found) = found {
        fields.insert("id".to_owned(), found.id.to_string().into());
        fields.insert("name".to_owned(), found.name.as_str().into());
    }
    fields
}

fn fields(command: &Command, equipment: u64, held: Option<&Held>) -> Map<String, Value> {
    let text = command.is_text();
    let mut configuration = Map::new();
    configuration.insert("historizeMode".to_owned(), "none".into());
    configuration.insert(
        "historizeRound".to_owned(),
        command.decimals.to_string().into(),
    );
    let formula = if command.divided { "#value#/1000" } else { "" };
    if command.divided || held.is_some() {
        configuration.insert("calculValueOffset".to_owned(), formula.into());
    }
    let mut fields = object(json!({
        "eqType_name": VIRTUAL,
        "eqLogic_id": equipment.to_string(),
        "name": held.map_or(command.name, |held| held.name.as_str()),
        "logicalId": command.logical_id,
        "type": "info",
        "subType": if text { "string" } else { "numeric" },
        "unite": command.unit,
        "isHistorized": if text { "0" } else { "1" },
        "isVisible": "1",
        "configuration": configuration,
        "template": { "dashboard": "core::tile", "mobile": "core::tile" },
    }));
    if let Some(generic_type) = command.generic_type {
        fields.insert("generic_type".to_owned(), generic_type.into());
    }
    if let Some(held) = held {
        fields.insert("id".to_owned(), held.id.to_string().into());
    }
    fields
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

/// Whether an equipment's command mixes values, and could be told not to.
pub fn mixes(command: &Command, held: &Held) -> bool {
    !command.is_text() && held.is_info && held.mode == Mode::Mixing
}
