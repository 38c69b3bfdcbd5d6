//! Taking over what the plugin wrote, its quirks included.

use jiff::civil::{Date, date};
use meter::{Direction, paris};
use outputs::{DeliveryError, Destination};
use standins::domoticz::{Device, Hardware, PYTHON_PLUGIN};

use crate::house::{HOME, House, TODAY, curve, expected, shown};

/// The first day that the ledger knows, and one of which it knows nothing.
const KNOWN: Date = date(2026, 9, 1);
const HOLE: Date = date(2026, 10, 7);

/// What the plugin leaves behind after some years: days without an index; the
/// total of the day before a hole on the hole itself; hourly rows whose index
/// begins at 0 in every session.
fn leave(house: &House) -> u64 {
    let mut state = house.standin.state();
    let hardware = state.tables.add_hardware(Hardware {
        name: "Linky".to_owned(),
        kind: PYTHON_PLUGIN,
        enabled: true,
        modes: ["7", "730", "", "1h30-7h30", "peak_day", "mean_cweek"].map(str::to_owned),
        extra: "linky".to_owned(),
    });
    let on = |name: &str| (name.to_owned(), "true".to_owned());
    let idx = state.tables.add_device(Device {
        hardware,
        device_id: HOME.to_owned(),
        name: format!("Linky {HOME}"),
        description: "Compteur du garage".to_owned(),
        used: true,
        kind: 250,
        subtype: 1,
        options: [on("AddDBLogEntry"), on("DisableLogAutoUpdate")].into(),
        s_value: "400;0;0;0;3210;0".to_owned(),
        ..Device::default()
    });
    for day in paris::days(date(2023, 11, 21), TODAY) {
        let shifted = if day == HOLE {
            paris::add_days(day, -1)
        } else {
            day
        };
        if paris::add_days(day, 1) == HOLE {
            continue;
        }
        let [u1, u2, ..] = expected(shifted, paris::add_days(shifted, 1))[&shifted];
        let row = [(u1 + 3) as i64, 0, 0, 0, u2 as i64, 0, 0, 0, 0, 0];
        state
            .tables
            .history
            .multi_meter_calendar
            .insert((idx, day.to_string()), row);
    }
    for day in paris::days(date(2026, 11, 14), TODAY) {
        for hour in 0..24 {
            let stamp = format!("{day} {hour:02}:00:00");
            let index = i64::from(day.day() - 14) * 9_000 + i64::from(hour) * 400;
            let row = [
                if day.day() > 17 {
                    index - 27_000
                } else {
                    index
                },
                0,
                0,
                0,
                7,
                0,
            ];
            state.tables.history.multi_meter.insert((idx, stamp), row);
        }
    }
    idx
}

async fn house() -> House {
    let house = House::empty(&[HOME]);
    let days: Vec<Date> = paris::days(KNOWN, TODAY).collect();
    let held = days.iter().filter(|day| **day != HOLE);
    let curve: Vec<_> = held
        .flat_map(|day| curve(*day, Direction::Consumption))
        .collect();
    house
        .write(HOME, Direction::Consumption, &days, &curve)
        .await;
    house
}

#[tokio::test]
async fn the_plugins_device_keeps_its_number_and_years_and_ends_with_right_rows_and_none_twice() {
    let house = house().await;
    let idx = leave(&house);
    let before = house.standin.state().tables.history.clone();
    assert_eq!(house.trouble().await, "domoticz-problem-plugin-device");
    let adopted = house
        .domoticz
        .adopt(&house.context, (None, None), false)
        .await
        .unwrap();
    assert_eq!((adopted[0].idx, adopted[0].plugin_runs), (idx, true));
    house.push().await;
    let page = house.page(idx, "year", "result");
    for (day, four) in expected(KNOWN, TODAY)
        .into_iter()
        .filter(|(day, _)| *day != HOLE)
    {
        let [u1, u2, ..] = four;
        assert_eq!(page[&day.to_string()], shown([u1, u2, 0, 0]), "{day}");
    }
    assert!(
        !page.contains_key(&HOLE.to_string()),
        "a shifted day is no day"
    );
    let older = |history: &standins::domoticz::Tables| {
        let rows = history.history.multi_meter_calendar.iter();
        let rows = rows.filter(|((_, day), _)| *day < KNOWN.to_string());
        rows.map(|(key, row)| (key.clone(), *row))
            .collect::<Vec<_>>()
    };
    let kept = older(&house.standin.state().tables);
    let were: Vec<_> = before
        .multi_meter_calendar
        .iter()
        .filter(|((_, day), _)| *day < KNOWN.to_string())
        .map(|(key, row)| (key.clone(), *row))
        .collect();
    assert_eq!(kept, were, "days that the ledger does not know stay");
    let log = house.short_log(idx);
    assert_eq!(log.len(), house.context.meters.len() * (7 * 48 - 24));
    let verified = house.verify().await;
    assert_eq!(verified.differences, Vec::<String>::new());
    let state = house.standin.state();
    assert_eq!(state.tables.devices.len(), 1, "nothing doubled");
    let device = &state.tables.devices[&idx];
    assert_eq!(device.description, "Compteur du garage");
    assert_eq!(device.device_id, format!("PRM{HOME}"));
    assert_ne!(state.tables.hardware[&device.hardware].kind, PYTHON_PLUGIN);
}

#[tokio::test]
async fn the_plugins_parameters_are_proposed_and_a_dry_run_changes_nothing() {
    let house = house().await;
    leave(&house);
    let devices = house.standin.state().tables.devices.clone();
    let adopted = house
        .domoticz
        .adopt(&house.context, (None, None), true)
        .await
        .unwrap();
    let proposal = adopted[0].proposal.clone().unwrap();
    assert_eq!(proposal.short_log_days, "7");
    assert_eq!(proposal.long_log_days, "730");
    assert_eq!(proposal.off_peak, "1h30-7h30");
    assert_eq!(proposal.main_value, "peak_day");
    assert_eq!(proposal.other_value, "mean_cweek");
    assert_eq!(house.standin.state().tables.devices, devices);
}

#[tokio::test]
async fn adopting_twice_or_nothing_or_another_type_is_refused_in_words() {
    let house = house().await;
    let adopt = |idx| house.domoticz.adopt(&house.context, (None, idx), false);
    let name = |result: Result<_, DeliveryError>| match result {
        Err(DeliveryError::Trouble(trouble)) => trouble.name,
        _ => String::new(),
    };
    assert_eq!(name(adopt(None).await), "domoticz-problem-nothing-to-adopt");
    let idx = leave(&house);
    let general = house.standin.state().tables.add_device(Device {
        kind: 243,
        subtype: 19,
        ..Device::default()
    });
    assert_eq!(
        name(adopt(Some(general)).await),
        "domoticz-problem-wrong-type"
    );
    adopt(None).await.unwrap();
    assert_eq!(
        name(adopt(Some(general)).await),
        "domoticz-problem-has-device"
    );
    adopt(Some(idx)).await.unwrap();
    let removed = house.domoticz.remove(&house.context, false).await.unwrap();
    assert!(removed[0].kept, "what was the plugin's is only let go");
    assert!(house.standin.state().tables.devices.contains_key(&idx));
    assert_eq!(house.domoticz.kind(), "domoticz");
}
