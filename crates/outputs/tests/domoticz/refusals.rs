//! Every way in which Domoticz refuses: what is said, and that the cure is
//! enough.

use jiff::civil::date;
use meter::Direction;
use outputs::DeliveryError;
use outputs::domoticz::Login;
use service::Lang;
use standins::domoticz::{Device, User};

use crate::house::{HOME, House, TODAY};

async fn house() -> House {
    let house = House::empty(&[HOME]);
    let days = (date(2026, 11, 10), TODAY);
    house.fill(HOME, Direction::Consumption, days).await;
    house
}

/// The trouble has both its texts in both languages, the cure is enough, and
/// everything is there in the end.
async fn meets(house: &House, name: &str, cure: impl FnOnce(&House)) {
    let met = match house.try_push().await {
        Err(DeliveryError::Trouble(trouble)) => trouble,
        Err(error) => panic!("{error}"),
        Ok(delivered) => delivered.troubles.into_iter().next().unwrap(),
    };
    assert_eq!(met.name, format!("domoticz-problem-{name}"));
    for lang in Lang::ALL {
        let texts = [met.explanation(lang), met.advice(lang)];
        assert!(
            texts.iter().all(|text| !text.starts_with("domoticz-")),
            "{texts:?}"
        );
    }
    cure(house);
    house.push().await;
    assert_eq!(house.verify().await.differences, Vec::<String>::new());
}

#[tokio::test]
async fn an_unknown_user_is_refused_until_the_password_is_right() {
    for login in [Login::Auto, Login::Session, Login::Basic, Login::OAuth2] {
        let mut house = house().await;
        house.choose(|settings| {
            settings.login = login;
            settings.user = Some("admin".to_owned());
            settings.password = Some("secret".into());
            settings.client_id = Some("releve".to_owned());
        });
        {
            let mut state = house.standin.state();
            state.settings.trusted = false;
            state.settings.plain_basic = true;
            state.settings.application = Some("releve".to_owned());
        }
        meets(&house, "unauthorized", |house| {
            "secret".clone_into(&mut house.standin.state().settings.users[0].password);
        })
        .await;
    }
}

#[tokio::test]
async fn a_machine_that_is_not_trusted_is_refused_until_it_is() {
    let house = house().await;
    house.standin.state().settings.trusted = false;
    meets(&house, "unauthorized", |house| {
        house.standin.state().settings.trusted = true;
    })
    .await;
}

#[tokio::test]
async fn basic_over_plain_http_is_refused_until_it_is_allowed() {
    let mut house = house().await;
    house.choose(|settings| {
        settings.login = Login::Basic;
        settings.user = Some("admin".to_owned());
        settings.password = Some("domoticz".into());
    });
    meets(&house, "unauthorized", |house| {
        house.standin.state().settings.plain_basic = true;
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_and_missing_rights_are_told_apart() {
    let mut house = house().await;
    house.choose(|settings| {
        settings.user = Some("guest".to_owned());
        settings.password = Some("guest".into());
    });
    let guest = User {
        name: "guest".to_owned(),
        password: "guest".to_owned(),
        rights: 1,
        two_factor: true,
    };
    {
        let mut state = house.standin.state();
        state.settings.trusted = false;
        state.settings.users.push(guest);
    }
    assert_eq!(house.trouble().await, "domoticz-problem-two-factor");
    house.standin.state().settings.users[1].two_factor = false;
    meets(&house, "forbidden", |house| {
        house.standin.state().settings.users[1].rights = 2;
    })
    .await;
}

#[tokio::test]
async fn versions_that_spoil_rows_or_speak_otherwise_are_refused_before_any_write() {
    let house = house().await;
    for (version, name) in [
        ("2023.2", "spoils"),
        ("2022.1", "too-old"),
        ("4.10717", "too-old"),
    ] {
        version.clone_into(&mut house.standin.state().settings.version);
        assert_eq!(house.trouble().await, format!("domoticz-problem-{name}"));
        assert_eq!(house.standin.state().updates, 0);
    }
    meets(&house, "too-old", |house| {
        "2024.1".clone_into(&mut house.standin.state().settings.version);
    })
    .await;
}

#[tokio::test]
async fn a_device_that_a_person_deleted_is_reported_and_made_again_with_all_its_history() {
    let house = house().await;
    house.push().await;
    let idx = house.idx(HOME);
    let before = house.standin.state().tables.history.clone();
    house.standin.state().tables.remove_device(idx);
    assert_eq!(house.trouble().await, "domoticz-problem-gone");
    assert_eq!(
        house.trouble().await,
        "domoticz-problem-gone",
        "nothing is made behind a back"
    );
    let made = house.domoticz.setup(&house.context, false).await.unwrap();
    assert!(made[0].new);
    house.push().await;
    let now = house.idx(HOME);
    assert_ne!(now, idx);
    let days = |history: &standins::domoticz::Tables| history.history.multi_meter_calendar.len();
    assert_eq!(
        days(&house.standin.state().tables),
        before.multi_meter_calendar.len()
    );
    assert_eq!(house.verify().await.differences, Vec::<String>::new());
}

#[tokio::test]
async fn a_device_of_another_type_is_not_written_to() {
    let house = house().await;
    house.push().await;
    let idx = house.idx(HOME);
    let change = |house: &House, kind| {
        let mut state = house.standin.state();
        let device = state.tables.devices.get_mut(&idx).unwrap();
        *device = Device {
            kind,
            ..device.clone()
        };
    };
    change(&house, 243);
    let updates = house.standin.state().updates;
    assert_eq!(house.trouble().await, "domoticz-problem-wrong-type");
    assert_eq!(house.standin.state().updates, updates);
    change(&house, 250);
    house.push().await;
}

#[tokio::test]
async fn a_full_disk_is_found_out_although_domoticz_says_ok() {
    let house = house().await;
    house.standin.state().settings.disk_full = true;
    meets(&house, "not-held", |house| {
        house.standin.state().settings.disk_full = false;
    })
    .await;
}

#[tokio::test]
async fn a_device_without_its_option_is_found_out_although_domoticz_says_ok() {
    let house = house().await;
    house.push().await;
    let idx = house.idx(HOME);
    {
        let mut state = house.standin.state();
        state.tables.devices.get_mut(&idx).unwrap().options.clear();
    }
    house
        .fill(HOME, Direction::Consumption, (TODAY, date(2026, 11, 22)))
        .await;
    house.at(date(2026, 11, 22));
    assert_eq!(house.trouble().await, "domoticz-problem-not-held");
}

#[tokio::test]
async fn a_connection_cut_at_any_moment_ends_with_the_same_tables() {
    let whole = house().await;
    whole.push().await;
    let expected = whole.standin.state().tables.history.clone();
    let requests = whole.standin.state().requests;
    for after in (0..u32::try_from(requests).unwrap()).step_by(23) {
        let house = house().await;
        house.standin.state().settings.cut_after = Some(after);
        let name = house.trouble().await;
        assert_eq!(name, "domoticz-problem-cut", "after {after}");
        house.push().await;
        assert_eq!(
            house.standin.state().tables.history,
            expected,
            "after {after}"
        );
        assert_eq!(
            house.standin.state().tables.devices.len(),
            1,
            "after {after}"
        );
    }
}

#[tokio::test]
async fn a_domoticz_that_is_away_is_waited_for() {
    let house = house().await;
    house.standin.state().settings.down = true;
    meets(&house, "cut", |house| {
        house.standin.state().settings.down = false;
    })
    .await;
    let mut away = self::house().await;
    away.choose(|settings| settings.url = "http://127.0.0.1:9/".parse().unwrap());
    assert_eq!(away.trouble().await, "domoticz-problem-unreachable");
}

#[tokio::test]
async fn disabled_hardware_and_settings_that_hide_something_are_told_and_stop_nothing() {
    let house = house().await;
    house.push().await;
    {
        let mut state = house.standin.state();
        state.settings.short_log_days = 1;
        state.settings.p1_display_type = 1;
        for hardware in state.tables.hardware.values_mut() {
            hardware.enabled = false;
        }
    }
    house
        .fill(HOME, Direction::Consumption, (TODAY, date(2026, 11, 22)))
        .await;
    house.at(date(2026, 11, 22));
    let delivered = house.push().await;
    let names: Vec<&str> = delivered
        .notices
        .iter()
        .map(|notice| notice.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["domoticz-notice-short-log", "domoticz-notice-hardware-off"]
    );
    assert!(delivered.written > 0);
    let verified = house.verify().await;
    assert_eq!(verified.differences, Vec::<String>::new());
    assert!(
        verified
            .notices
            .iter()
            .any(|notice| notice.name == "domoticz-notice-p1-display")
    );
    house.standin.state().settings.energy_divider = 100;
    let delivered = house.push().await;
    assert!(
        delivered
            .notices
            .iter()
            .any(|notice| notice.name == "domoticz-notice-divider")
    );
}

#[tokio::test]
async fn a_consent_that_waits_is_told_once_in_domoticz_own_log() {
    let house = house().await;
    let now = service::Clock::now(&*house.clock);
    let concerned = ledger::Concerned::source("gateway");
    let notice = ledger::Notice {
        link: Some("https://releve.example/device".to_owned()),
        code: Some("BCDF-GHJK".to_owned()),
        ..ledger::Notice::new(concerned, ledger::NoticeKind::ConsentWaiting, now)
    };
    let set = move |store: &mut ledger::Store| store.set_notice(&notice);
    house.context.ledger.call(set).await.unwrap();
    house.push().await;
    house.push().await;
    let log = house.standin.state().log.clone();
    assert_eq!(log.len(), 1, "{log:?}");
    assert!(log[0].contains("https://releve.example/device") && log[0].contains("BCDF-GHJK"));
}

#[tokio::test]
async fn what_lasts_becomes_a_notice_and_goes_with_its_cure() {
    let house = house().await;
    let destinations = outputs::schedule::deliver;
    house.standin.state().settings.down = true;
    let notices = async || {
        let read = |store: &mut ledger::Store| store.notices();
        house.context.ledger.call(read).await.unwrap().len()
    };
    for told in [0, 0, 0, 1, 1] {
        let outcome = destinations(&house.domoticz, &house.context).await.unwrap();
        assert!(outcome.is_some_and(|outcome| outcome.is_err()));
        assert_eq!(notices().await, told);
        // Before its time nothing is tried.
        assert!(
            destinations(&house.domoticz, &house.context)
                .await
                .unwrap()
                .is_none()
        );
        house.wait(jiff::SignedDuration::from_mins(30));
    }
    house.standin.state().settings.down = false;
    let outcome = destinations(&house.domoticz, &house.context).await.unwrap();
    assert!(outcome.is_some_and(|outcome| outcome.is_ok()));
    assert_eq!(notices().await, 0);
}
