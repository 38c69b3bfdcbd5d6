//! `jeedom setup`, `jeedom adopt` and `jeedom remove`.

use outputs::jeedom::setup::{self, VIRTUAL};
use outputs::jeedom::{Equipment, JeedomError, compare, profile, tell, warnings};
use outputs::{DeliveryError, Trouble};

use super::Room;
use crate::json::jeedom::{
    Adopted, AdoptedCommand, EquipmentName, Removed, RemovedOne, Setup, SetupOne, Words,
};
use crate::text::Page;
use crate::{App, Exit, Failure, World, json};

/// Makes what is missing of each equipment.
pub(super) async fn setup(
    app: &App,
    room: &Room,
    name: Option<&str>,
    dry_run: bool,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let jeedom = room.output.client(&room.context);
    let mut told = warnings::of_core(&jeedom).await.map_err(failure)?;
    let mut usage_points = Vec::new();
    for prm in &room.usage_points {
        let settings = room.output.settings();
        if settings.adopted.contains_key(prm) {
            continue;
        }
        let usual = format!("Linky {}", room.name(*prm));
        let name = name.unwrap_or(&usual);
        let done = setup::setup(&jeedom, *prm, name, settings.profile, dry_run).await;
        let done = done.map_err(failure)?;
        usage_points.push(SetupOne {
            usage_point: *prm,
            equipment: done.equipment,
            created: done.created,
            added: done.added.iter().map(ToString::to_string).collect(),
            mended: done.mended.iter().map(ToString::to_string).collect(),
        });
        if let Some(found) = setup::find(&jeedom, *prm).await.map_err(failure)? {
            told.extend(warnings::of_equipment(&found));
        }
    }
    let setup = Setup {
        dry_run,
        profile: room.output.settings().profile.to_string(),
        usage_points,
        warnings: told
            .iter()
            .map(|warning| Words::of(&tell::warning(warning), app.words.lang))
            .collect(),
    };
    if app.globals.json {
        json::emit(world.out, &setup)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    page.jeedom_setup(&setup);
    page.finish(world.out)?;
    Ok(Exit::Ok)
}

/// Looks at an equipment of others: what it could be filled with, and what
/// stands against it.
pub(super) async fn adopt(
    app: &App,
    room: &Room,
    id: u64,
    keep: bool,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let jeedom = room.output.client(&room.context);
    jeedom.version().await.map_err(failure)?;
    let mut equipment = jeedom.equipment(id).await.map_err(failure)?;
    if keep {
        for held in equipment.commands.clone() {
            let known = profile::command(&held.logical_id);
            if known.is_some_and(|command| setup::mixes(command, &held)) {
                let kept = setup::keep_every_value(&jeedom, &equipment, &held).await;
                kept.map_err(failure)?;
            }
        }
        equipment = jeedom.equipment(id).await.map_err(failure)?;
    }
    let adopted = look(app, room, &equipment)?;
    let exit = if adopted.commands.iter().any(|one| one.refused.is_some()) {
        Exit::Source
    } else {
        Exit::Ok
    };
    if app.globals.json {
        json::emit(world.out, &adopted)?;
        return Ok(exit);
    }
    let mut page = Page::new(app.words, world.terminal);
    page.jeedom_adopted(&adopted, room.output.settings().profile.as_str());
    page.finish(world.out)?;
    Ok(exit)
}

fn look(app: &App, room: &Room, equipment: &Equipment) -> Result<Adopted, Failure> {
    let profile = setup::profile_of(equipment).ok_or_else(|| {
        let trouble = Trouble::new("jeedom-problem-nothing-to-adopt");
        Failure::from(trouble.with("what", &equipment.name))
    })?;
    let stated = equipment.usage_point.as_ref();
    let stated = stated.and_then(|prm| prm.parse().ok());
    let usage_point = match stated {
        Some(prm) if room.usage_points.contains(&prm) => prm,
        None if room.usage_points.len() == 1 => room.usage_points[0],
        _ => {
            return Err(Trouble::new("jeedom-problem-whose")
                .with("what", &equipment.name)
                .into());
        }
    };
    let mut commands = Vec::new();
    for command in profile.commands() {
        let Some(held) = equipment.command(command.logical_id) else {
            continue;
        };
        let refused = compare::accept(command, held).err();
        commands.push(AdoptedCommand {
            logical_id: held.logical_id.clone(),
            id: held.id,
            name: held.name.clone(),
            refused: refused.map(|refused| {
                let trouble = tell::refused(&held.name, &refused);
                Words::of(&trouble, app.words.lang)
            }),
        });
    }
    Ok(Adopted {
        usage_point,
        equipment: EquipmentName::of(equipment),
        profile: profile.to_string(),
        commands,
        warnings: warnings::of_equipment(equipment)
            .iter()
            .map(|warning| Words::of(&tell::warning(warning), app.words.lang))
            .collect(),
    })
}

/// Hides our equipments.
pub(super) async fn remove(
    app: &App,
    room: &Room,
    dry_run: bool,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let jeedom = room.output.client(&room.context);
    jeedom.version().await.map_err(failure)?;
    let mut usage_points = Vec::new();
    for prm in &room.usage_points {
        let found = setup::remove(&jeedom, *prm, dry_run).await;
        usage_points.push(RemovedOne {
            usage_point: *prm,
            equipment: found.map_err(failure)?.as_ref().map(EquipmentName::of),
        });
    }
    let removed = Removed {
        dry_run,
        plugin: VIRTUAL.to_owned(),
        usage_points,
    };
    if app.globals.json {
        json::emit(world.out, &removed)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    page.jeedom_removed(&removed);
    page.finish(world.out)?;
    Ok(Exit::Ok)
}

fn failure(error: JeedomError) -> Failure {
    DeliveryError::from(error).into()
}
