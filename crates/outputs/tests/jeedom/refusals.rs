//! Every way in which a Jeedom says no, or says ok and means no.

use outputs::jeedom::setup::{self, VIRTUAL, setup};
use outputs::jeedom::warnings::{self, Warning};
use outputs::jeedom::{JeedomError, Profile, Refused, Span};
use serde_json::json;
use service::HttpError;
use standins::jeedom::{Fault, Scenario};

use crate::household::readings;
use crate::room::{Room, prm};

const P: Profile = Profile::Y2020;

#[tokio::test]
async fn a_wrong_key_is_found_by_version_and_the_right_one_goes_on() {
    let room = Room::with(P).await;
    let wrong = room.client("wrong", None);
    assert_eq!(wrong.version().await, Err(JeedomError::Key));
    assert!(!format!("{wrong:?}").contains("wrong"));
    let plugin = room.client("core-key", Some(VIRTUAL));
    assert_eq!(plugin.version().await, Err(JeedomError::Key));
    let plugin = room.client("virtual-key", Some(VIRTUAL));
    assert_eq!(plugin.version().await.as_deref(), Ok("4.1.8"));
    room.push(P, &readings(), Span::default()).await;
    assert_eq!(room.history("consod").len(), 30);
}

#[tokio::test]
async fn a_disabled_json_rpc_is_told_apart_from_a_wrong_key_and_recovers() {
    let room = Room::with(P).await;
    room.core.inside(|core| core.options.json_rpc = false);
    let jeedom = room.client("core-key", None);
    assert_eq!(jeedom.version().await, Err(JeedomError::Disabled));
    room.core.inside(|core| core.options.json_rpc = true);
    assert!(jeedom.version().await.is_ok());
}

#[tokio::test]
async fn a_key_that_may_not_make_an_equipment_says_so() {
    let room = Room::new(|_| {});
    let jeedom = room.client("user-hash", None);
    let made = setup(&jeedom, prm(), "Linky", P, false).await;
    assert_eq!(made, Err(JeedomError::Rights("eqLogic::save".to_owned())));
}

#[tokio::test]
async fn a_ban_is_told_and_waited_out() {
    let room = Room::with(P).await;
    let jeedom = room.client("core-key", None);
    jeedom.version().await.unwrap();
    let wrong = room.client("wrong", None);
    for _ in 0..3 {
        assert_eq!(wrong.version().await, Err(JeedomError::Key));
    }
    assert_eq!(jeedom.version().await, Err(JeedomError::Banned));
    let fresh = room.client("core-key", None);
    assert_eq!(
        fresh.version().await,
        Err(JeedomError::NotThere { status: 404 })
    );
    room.clock.advance(jiff::SignedDuration::from_secs(601));
    assert!(jeedom.version().await.is_ok());
}

#[tokio::test]
async fn a_missing_plugin_and_a_taken_name_are_named() {
    let room = Room::new(|options| options.plugins.clear());
    let jeedom = room.client("core-key", None);
    let made = setup(&jeedom, prm(), "Linky", P, false).await;
    assert_eq!(made, Err(JeedomError::NoPlugin("virtual".to_owned())));
    room.core.inside(|core| {
        core.options.plugins.insert(VIRTUAL.to_owned());
        core.install(&json!({ "eqType_name": "virtual", "name": "Linky" }), &[]);
    });
    let made = setup(&jeedom, prm(), "Linky", P, false).await;
    assert_eq!(made, Err(JeedomError::NameTaken("Linky".to_owned())));
    let made = setup(&jeedom, prm(), "Linky Maison", P, false)
        .await
        .unwrap();
    assert_eq!(made.added.len(), 4);
}

#[tokio::test]
async fn a_command_that_was_deleted_is_named() {
    let room = Room::with(P).await;
    let jeedom = room.client("core-key", None);
    let gone = jeedom.event(4242, "1", None).await;
    assert_eq!(gone, Err(JeedomError::NoCommand(4242)));
    assert_eq!(
        jeedom.equipment(77).await,
        Err(JeedomError::NoEquipment(77))
    );
}

#[tokio::test]
async fn ok_that_stored_nothing_is_found_by_reading_again() {
    let room = Room::with(P).await;
    let id = room.core.inside(|core| core.command_id("consod")).unwrap();
    room.core
        .inside(|core| core.change(id, "configuration.maxValue", "1".into()));
    let filled = room.push(P, &readings(), Span::default()).await;
    let of = |id| {
        filled
            .iter()
            .find(|filled| filled.logical_id == id)
            .unwrap()
    };
    assert_eq!((of("consod").sent, of("consod").unstored), (30, 30));
    assert_eq!(of("charge").unstored, 0);
    room.core
        .inside(|core| core.change(id, "configuration.maxValue", "".into()));
    let filled = room.push(P, &readings(), Span::default()).await;
    assert!(filled.iter().all(|filled| filled.unstored == 0));
}

#[tokio::test]
async fn commands_that_mix_hide_or_compute_are_refused_and_nothing_is_averaged() {
    for (path, value, refused) in [
        ("configuration.historizeMode", "", Refused::Mixing),
        ("configuration.historizeMode", "avg", Refused::Mixing),
        ("configuration.historizeMode", "max", Refused::Mixing),
        ("isHistorized", "0", Refused::NotHistorized),
        ("type", "action", Refused::Kind),
        ("subType", "binary", Refused::Kind),
        (
            "configuration.calculValueOffset",
            "#value#+1",
            Refused::Formula("#value#+1".to_owned()),
        ),
    ] {
        let room = Room::with(P).await;
        let id = room.core.inside(|core| core.command_id("consod")).unwrap();
        room.core.inside(|core| core.change(id, path, value.into()));
        let filled = room.push(P, &readings(), Span::default()).await;
        assert_eq!(filled[1].refused, Some(refused), "{path} {value}");
        assert_eq!(room.history("consod").len(), 0);
        assert_eq!(room.history("charge").len(), 48);
        // A setup puts its own commands right.
        let jeedom = room.client("core-key", None);
        let mended = setup(&jeedom, prm(), "Linky", P, false).await.unwrap();
        assert_eq!(mended.mended, ["consod"]);
        let filled = room.push(P, &readings(), Span::default()).await;
        assert_eq!(filled[1].refused, None, "{path} {value}");
        assert_eq!(room.history("consod").len(), 30);
    }
}

#[tokio::test]
async fn answers_that_are_no_json_rpc_are_told_and_tried_again_where_that_may_help() {
    let room = Room::with(P).await;
    let jeedom = room.client("core-key", None);
    let lost = [Fault::NoAnswer; 3];
    room.core.inside(|core| core.faults.extend(lost));
    let error = JeedomError::Unreachable(HttpError::Timeout);
    assert_eq!(jeedom.version().await, Err(error));
    room.core
        .inside(|core| core.faults.push_back(Fault::Page { status: 502 }));
    assert!(jeedom.version().await.is_ok());
    room.core
        .inside(|core| core.faults.push_back(Fault::Garbage));
    assert_eq!(
        jeedom.version().await,
        Err(JeedomError::NotJson { status: 200 })
    );
}

#[tokio::test]
async fn a_setup_is_repeated_without_harm_and_a_dry_one_makes_nothing() {
    let room = Room::new(|_| {});
    let jeedom = room.client("core-key", None);
    let dry = setup(&jeedom, prm(), "Linky", Profile::Releve, true)
        .await
        .unwrap();
    assert_eq!(
        (dry.created, dry.added.len(), dry.equipment),
        (true, 20, None)
    );
    assert_eq!(room.calls("cmd::save") + room.calls("eqLogic::save"), 0);
    let made = setup(&jeedom, prm(), "Linky", Profile::Releve, false)
        .await
        .unwrap();
    assert_eq!(made.added.len(), 20);
    let again = setup(&jeedom, prm(), "Linky", Profile::Releve, false)
        .await
        .unwrap();
    assert!(!again.created && again.added.is_empty() && again.mended.is_empty());
    let equipment = room.equipment(&jeedom).await;
    let historized = equipment
        .commands
        .iter()
        .filter(|command| command.is_historized);
    assert!(
        historized
            .clone()
            .all(|command| command.mode == outputs::jeedom::equipment::Mode::None)
    );
    assert_eq!(historized.count(), 19);
    assert!(equipment.command("refresh").is_some());
}

#[tokio::test]
async fn a_removed_equipment_is_hidden_and_disabled_and_comes_back() {
    let room = Room::with(P).await;
    let jeedom = room.client("core-key", None);
    room.push(P, &readings(), Span::default()).await;
    setup::remove(&jeedom, prm(), false).await.unwrap().unwrap();
    let hidden = room.equipment(&jeedom).await;
    assert!(!hidden.is_enabled);
    let disabled = Warning::Disabled {
        equipment: "Linky".to_owned(),
    };
    assert_eq!(warnings::of_equipment(&hidden), [disabled]);
    assert_eq!(room.history("consod").len(), 30);
    setup(&jeedom, prm(), "Linky", P, false).await.unwrap();
    assert!(room.equipment(&jeedom).await.is_enabled);
}

#[tokio::test]
async fn an_equipment_of_the_plugin_keeps_its_units_and_dating_once_it_mixes_no_more() {
    let room = Room::new(|options| {
        options.plugins.insert("enedis".to_owned());
    });
    let command = |id: &str, name: &str, mode: Option<&str>| {
        let mut configuration =
            json!({ "historizeRound": "3", "calculValueOffset": "#value#/1000" });
        if let Some(mode) = mode {
            configuration["historizeMode"] = mode.into();
        }
        json!({
            "eqType_name": "enedis", "logicalId": id, "name": name, "type": "info",
            "subType": "numeric", "unite": "kWh", "isHistorized": "1", "configuration": configuration,
        })
    };
    let commands = [
        command("daily_consumption", "Consommation Jour", None),
        command(
            "consumption_load_curve",
            "Consommation Horaire",
            Some("none"),
        ),
    ];
    let equipment = json!({
        "eqType_name": "enedis", "name": "Linky", "isEnable": "1",
        "configuration": { "usage_point_id": "12345678901234" },
    });
    let id = room.core.inside(|core| core.install(&equipment, &commands));
    let jeedom = room.client("core-key", None);
    let found = jeedom.equipment(id).await.unwrap();
    assert_eq!(found.usage_point.as_deref(), Some("12345678901234"));
    assert_eq!(setup::profile_of(&found), Some(Profile::Y2023));
    let task = outputs::jeedom::Task {
        profile: Profile::Y2023,
        span: Span::default(),
        now: crate::household::now(),
    };
    let plan = outputs::jeedom::plan(&jeedom, &found, &readings(), task)
        .await
        .unwrap();
    assert_eq!(plan.filled()[0].refused, Some(Refused::Mixing));
    let daily = found.command("daily_consumption").unwrap();
    let mended = setup::keep_every_value(&jeedom, &found, daily)
        .await
        .unwrap();
    assert_eq!(mended.decimals, Some(3));
    let found = jeedom.equipment(id).await.unwrap();
    let plan = outputs::jeedom::plan(&jeedom, &found, &readings(), task)
        .await
        .unwrap();
    let mut watch = outputs::jeedom::Unwatched;
    let mut door = outputs::jeedom::Door::rpc(&jeedom);
    let filled = outputs::jeedom::push(&jeedom, &plan, &mut door, &mut watch);
    let filled = filled.await.unwrap();
    assert_eq!((filled[0].sent, filled[0].unstored), (324, 0));
    assert_eq!(filled[1].refused, Some(Refused::Absent));
    let first = room.history("daily_consumption").into_keys().next();
    assert_eq!(first.as_deref(), Some("2026-01-01 00:00:00"));
}

#[tokio::test]
async fn an_old_core_another_zone_and_a_purge_are_warned_of() {
    let room = Room::with(P).await;
    let jeedom = room.client("core-key", None);
    let old = Warning::DeletesSince {
        version: "4.1.8".to_owned(),
        year: 2025,
    };
    assert_eq!(warnings::of_core(&jeedom).await.unwrap(), [old]);
    let id = room.core.inside(|core| {
        core.options.version = "4.5.3".to_owned();
        core.options
            .settings
            .insert("timezone".to_owned(), "America/Cayenne".to_owned());
        core.command_id("consod").unwrap()
    });
    let zone = Warning::Zone {
        zone: "America/Cayenne".to_owned(),
    };
    assert_eq!(warnings::of_core(&jeedom).await.unwrap(), [zone]);
    room.core
        .inside(|core| core.change(id, "configuration.historyPurge", "-3 month".into()));
    let purged = Warning::Purged {
        command: "Conso Jour".to_owned(),
        after: "-3 month".to_owned(),
    };
    assert_eq!(
        warnings::of_equipment(&room.equipment(&jeedom).await),
        [purged]
    );
}

#[tokio::test]
async fn scenarios_that_the_values_would_start_are_found() {
    let room = Room::with(P).await;
    let jeedom = room.client("core-key", None);
    let id = room.core.inside(|core| core.command_id("consod")).unwrap();
    let scenario = |id: u64, is_active, trigger: String| Scenario {
        id,
        name: format!("Scénario {id}"),
        is_active,
        trigger: vec![trigger],
    };
    room.core.inside(|core| {
        core.scenarios = vec![
            scenario(1, true, format!("#{id}#")),
            scenario(2, false, format!("#{id}#")),
            scenario(3, true, format!("#{id}5#")),
        ];
    });
    let found = warnings::scenarios(&jeedom, &[id]).await.unwrap();
    assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [1]);
    room.push(P, &readings(), Span::default()).await;
    assert_eq!(room.core.inside(|core| core.fired().len()), 30);
}
