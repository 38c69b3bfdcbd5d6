//! `udevice`: which table a value goes to, by the number of its fields.

use jiff::civil::Date;

use super::State;
use super::tables::Device;

/// What becomes of a value. `Err` is the only thing that Domoticz admits: what
/// it throws away, and what its disk did not take, is `Ok`.
pub(super) fn update(state: &mut State, idx: u64, nvalue: i64, svalue: &str) -> Result<(), ()> {
    let device = state.tables.devices.get(&idx).cloned().ok_or(())?;
    let managed = is_managed(&device);
    let keeps = managed
        || device
            .options
            .get("AddDBLogEntry")
            .is_some_and(|on| on == "true");
    let fields: Vec<&str> = svalue.split(';').collect();
    match (keeps, fields.len()) {
        (true, 11 | 7) => multi(state, idx, &fields),
        (true, 3) => single(state, idx, &fields, managed),
        _ => {
            let now = state.settings.now.strftime("%Y-%m-%d %H:%M:%S").to_string();
            if let Some(device) = state.tables.devices.get_mut(&idx) {
                svalue.clone_into(&mut device.s_value);
                device.n_value = nvalue;
                device.last_update = now;
            }
            Ok(())
        }
    }
}

pub(super) fn is_managed(device: &Device) -> bool {
    (device.kind, device.subtype) == (243, 33)
}

/// U1;U2;R1;R2;Wu;Wr[;C1;C2;C3;C4];date
fn multi(state: &mut State, idx: u64, fields: &[&str]) -> Result<(), ()> {
    let numbers = &fields[..fields.len() - 1];
    let numbers = numbers
        .iter()
        .map(|text| stoll(text).map(|value| value.max(0)))
        .collect::<Result<Vec<i64>, ()>>()?;
    let date = fields[fields.len() - 1];
    // Value1 is U1, then R1, Wu, Wr, U2, R2.
    let values = [0, 2, 4, 5, 1, 3].map(|at| numbers[at]);
    let Some(is_day) = shape(state, date) else {
        return Ok(());
    };
    if state.settings.disk_full {
        state.log.push("Error: database or disk is full".to_owned());
        return Ok(());
    }
    let history = &mut state.tables.history;
    let key = (idx, date.to_owned());
    if !is_day {
        history.multi_meter.insert(key, values);
        return Ok(());
    }
    let mut row = [0; 10];
    row[..6].copy_from_slice(&values);
    if fields.len() == 11 {
        // C1;C2;C3;C4 stand in the order of the columns: U1, R1, U2, R2.
        row[6..].copy_from_slice(&numbers[6..10]);
    }
    history.multi_meter_calendar.insert(key, row);
    Ok(())
}

/// counter;usage;date
fn single(state: &mut State, idx: u64, fields: &[&str], managed: bool) -> Result<(), ()> {
    let clamp = |value: i64| if managed { value } else { value.max(0) };
    let counter = clamp(stoll(fields[0])?);
    let usage = clamp(stoll(fields[1])?);
    let Some(is_day) = shape(state, fields[2]) else {
        return Ok(());
    };
    if state.settings.disk_full {
        state.log.push("Error: database or disk is full".to_owned());
        return Ok(());
    }
    let history = &mut state.tables.history;
    let key = (idx, fields[2].to_owned());
    if is_day {
        history.meter_calendar.insert(key, [counter, usage]);
    } else {
        history.meter.insert(key, [counter, usage]);
    }
    Ok(())
}

/// Whether it is a day or a moment; a text that is neither is only logged. A
/// moment needs 19 characters and nothing else.
fn shape(state: &mut State, date: &str) -> Option<bool> {
    let is_moment = date.contains(' ') && date.len() == 19;
    let strict = date.len() == 10 && date.as_bytes()[4] == b'-' && date.as_bytes()[7] == b'-';
    if is_moment || (strict && date.parse::<Date>().is_ok()) {
        return Some(!is_moment);
    }
    state.log.push("incorrect date format received".to_owned());
    None
}

/// C++ `stoll`: the digits at the beginning, whatever follows them.
fn stoll(text: &str) -> Result<i64, ()> {
    let text = text.trim_start();
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => (-1, &text[1..]),
        Some(b'+') => (1, &text[1..]),
        _ => (1, text),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit());
    let digits = &digits[..end.unwrap_or(digits.len())];
    digits
        .parse::<i64>()
        .map(|value| sign * value)
        .map_err(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_cpp_reads_them() {
        assert_eq!(stoll("12.9"), Ok(12));
        assert_eq!(stoll("-3"), Ok(-3));
        assert_eq!(stoll("x"), Err(()));
        assert_eq!(stoll(""), Err(()));
    }

    #[test]
    fn a_date_is_checked_a_moment_is_not_and_both_answer_ok() {
        let mut state = State::default();
        let idx = state.tables.add_device(Device {
            kind: 250,
            subtype: 1,
            options: [("AddDBLogEntry".to_owned(), "true".to_owned())].into(),
            ..Device::default()
        });
        for date in ["2026-13-45", "2026/01/05", "2026-1-1"] {
            assert_eq!(
                update(&mut state, idx, 0, &format!("1;2;3;4;0;0;{date}")),
                Ok(())
            );
        }
        assert!(state.tables.history.multi_meter_calendar.is_empty());
        assert_eq!(
            update(&mut state, idx, 0, "1;2;3;4;0;0;2026-13-45 99:99:99"),
            Ok(())
        );
        assert_eq!(state.tables.history.multi_meter.len(), 1);
        assert_eq!(
            update(&mut state, idx, 0, "1;2;3;4;0;0;10;30;20;40;2026-11-20"),
            Ok(())
        );
        let row = state.tables.history.multi_meter_calendar.values().next();
        assert_eq!(row, Some(&[1, 3, 0, 0, 2, 4, 10, 30, 20, 40]));
        assert_eq!(update(&mut state, 99, 0, "1;2;3;4;0;0;2026-11-20"), Err(()));
    }

    #[test]
    fn without_its_option_a_row_becomes_the_present_value() {
        let mut state = State::default();
        let device = Device {
            kind: 250,
            subtype: 1,
            ..Device::default()
        };
        let idx = state.tables.add_device(device);
        let row = "100;0;0;0;0;0;2026-11-01";
        assert_eq!(update(&mut state, idx, 0, row), Ok(()));
        assert_eq!(state.tables.devices[&idx].s_value, row);
        assert!(state.tables.history.multi_meter_calendar.is_empty());
    }
}
