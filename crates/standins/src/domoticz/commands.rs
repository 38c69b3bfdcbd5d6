//! `type=command&param=…`: what each of them does, and how little it says.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::tables::{Device, Hardware};
use super::update::{is_managed, update};
use super::{DUMMY, State, auth, graph};

/// The parameters of a request, from its query and its form.
#[derive(Debug, Default)]
pub(super) struct Args(BTreeMap<String, String>);

impl Args {
    pub(super) fn of_query(query: &str) -> Self {
        let mut args = Self::default();
        args.add(query);
        args
    }

    pub(super) fn add(&mut self, query: &str) {
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        self.0
            .extend(pairs.map(|(key, value)| (key.into_owned(), value.into_owned())));
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn idx(&self) -> u64 {
        self.get("idx").parse().unwrap_or(0)
    }
}

/// The least right that a command asks for.
fn needed(param: &str) -> i64 {
    match param {
        "getversion" | "getauth" | "logincheck" => -1,
        "udevice" | "addlogmessage" => 1,
        "gethardware" | "getdevices" | "graph" => 0,
        _ => 2,
    }
}

/// Status code, body, and the cookie to be set.
pub(super) fn answer(state: &mut State, args: &Args, rights: i64) -> (u16, Value, Option<String>) {
    let plain = |code: u16, body: Value| (code, body, None);
    if args.get("type") != "command" {
        return plain(404, Value::Null);
    }
    let param = args.get("param");
    if rights < needed(param) {
        return plain(if rights < 0 { 401 } else { 403 }, Value::Null);
    }
    if param == "logincheck" {
        return login(state, args);
    }
    let err = || json!({ "status": "ERR" });
    let said = match param {
        "getversion" => Some(version(state, rights)),
        "getauth" => Some(json!({ "status": "OK", "title": "GetAuth", "rights": rights })),
        "gethardware" => Some(hardware(state)),
        "addhardware" => add_hardware(state, args),
        "createdevice" => create_device(state, args),
        "setused" => set_used(state, args),
        "getdevices" => Some(devices(state, args)),
        "udevice" => {
            state.updates += 1;
            let nvalue = args.get("nvalue").parse().unwrap_or(0);
            let done = update(state, args.idx(), nvalue, args.get("svalue"));
            done.ok().map(|()| ok("Update Device"))
        }
        "graph" => graph::graph(state, args),
        "deletedatapoint" => Some(delete_point(state, args)),
        "deletedaterange" => Some(delete_range(state, args)),
        "deletedevice" => {
            for idx in args.get("idx").split(';') {
                state.tables.remove_device(idx.parse().unwrap_or(0));
            }
            Some(ok("DeleteDevice"))
        }
        "dotransferdevice" => transfer(state, args),
        "getsettings" => Some(settings(state)),
        "addlogmessage" => {
            state.log.push(args.get("message").to_owned());
            Some(ok("AddLogMessage"))
        }
        _ => Some(json!({ "status": "ERROR" })),
    };
    plain(200, said.unwrap_or_else(err))
}

fn ok(title: &str) -> Value {
    json!({ "status": "OK", "title": title })
}

fn version(state: &State, rights: i64) -> Value {
    let mut answer = json!({ "status": "OK", "title": "GetVersion" });
    answer["version"] = json!(state.settings.version);
    if rights >= 0 {
        answer["SystemName"] = json!("linux");
    }
    answer
}

fn login(state: &mut State, args: &Args) -> (u16, Value, Option<String>) {
    let name = auth::decoded(args.get("username")).unwrap_or_default();
    let users = state.settings.users.iter();
    let known = users.clone().find(|user| {
        let hash = format!("{:x}", md5::compute(&user.password));
        user.name == name && hash == args.get("password")
    });
    let Some(user) = known.cloned() else {
        return (200, json!({ "status": "ERR" }), None);
    };
    if user.two_factor && args.get("2fatotp").is_empty() {
        let body = json!({ "status": "OK", "title": "logincheck", "require2fa": "true" });
        return (200, body, None);
    }
    let cookie = auth::open(state, &name);
    let body =
        json!({ "status": "OK", "title": "logincheck", "user": name, "rights": user.rights });
    (200, body, Some(cookie))
}

fn hardware(state: &State) -> Value {
    let rows = state.tables.hardware.iter().map(|(idx, row)| {
        let mut shown = json!({
            "idx": idx.to_string(), "Name": row.name, "Type": row.kind,
            "Enabled": if row.enabled { "true" } else { "false" }, "Extra": row.extra,
        });
        for (number, mode) in row.modes.iter().enumerate() {
            shown[format!("Mode{}", number + 1)] = json!(mode);
        }
        shown
    });
    listed("GetHardware", &rows.collect::<Vec<_>>())
}

fn listed(title: &str, rows: &[Value]) -> Value {
    let mut answer = ok(title);
    // An empty list is no list.
    if !rows.is_empty() {
        answer["result"] = json!(rows);
    }
    answer
}

fn add_hardware(state: &mut State, args: &Args) -> Option<Value> {
    let kind = args.get("htype").parse().ok()?;
    let name = args.get("name");
    if name.is_empty() {
        return None;
    }
    let idx = state.tables.add_hardware(Hardware {
        name: name.to_owned(),
        kind,
        enabled: args.get("enabled") == "true",
        ..Hardware::default()
    });
    let mut answer = ok("AddHardware");
    answer["idx"] = json!(idx.to_string());
    Some(answer)
}

fn create_device(state: &mut State, args: &Args) -> Option<Value> {
    let hardware = args.idx();
    let on = state.tables.hardware.get(&hardware)?;
    if on.kind == super::PYTHON_PLUGIN {
        return None;
    }
    let mapped = args.get("sensormappedtype").strip_prefix("0x");
    let (kind, subtype) = match mapped {
        Some(hex) => (
            u8::from_str_radix(hex.get(..2)?, 16).ok()?,
            u8::from_str_radix(hex.get(2..)?, 16).ok()?,
        ),
        None => (
            args.get("devicetype").parse().ok()?,
            args.get("devicesubtype").parse().ok()?,
        ),
    };
    let number = state.tables.last.1 + 1;
    let idx = state.tables.add_device(Device {
        hardware,
        device_id: format!("{:08X}", 82_000 + number),
        name: args.get("sensorname").to_owned(),
        used: true,
        kind,
        subtype,
        s_value: if kind == 250 { "0;0;0;0;0;0" } else { "0;0" }.to_owned(),
        last_update: state.settings.now.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        ..Device::default()
    });
    let mut answer = ok("CreateSensor");
    answer["idx"] = json!(idx.to_string());
    Some(answer)
}

fn set_used(state: &mut State, args: &Args) -> Option<Value> {
    let idx = args.idx();
    if !state.tables.devices.contains_key(&idx) {
        return None;
    }
    // Whatever is not "true" takes the device away.
    if args.get("used") != "true" {
        state.tables.remove_device(idx);
        return Some(ok("SetUsed"));
    }
    let device = state.tables.devices.get_mut(&idx)?;
    device.used = true;
    device.protected = args.get("protected") == "true";
    if args.has("name") {
        args.get("name").clone_into(&mut device.name);
    }
    if args.has("description") {
        args.get("description").clone_into(&mut device.description);
    }
    if args.has("deviceid") {
        args.get("deviceid").clone_into(&mut device.device_id);
    }
    if let Ok(switch) = args.get("switchtype").parse() {
        device.switch_type = switch;
    }
    if args.has("options") {
        device.options = pairs(&auth::decoded(args.get("options"))?, Some);
    } else if args.has("devoptions") {
        device.options = pairs(args.get("devoptions"), |value| auth::decoded(&value));
    }
    Some(ok("SetUsed"))
}

fn pairs(text: &str, value: impl Fn(String) -> Option<String>) -> BTreeMap<String, String> {
    let pairs = text.split(';').filter_map(|pair| pair.split_once(':'));
    pairs
        .filter_map(|(name, text)| Some((name.to_owned(), value(text.to_owned())?)))
        .collect()
}

fn devices(state: &State, args: &Args) -> Value {
    let wanted: Option<u64> = args.get("rid").parse().ok();
    let rows = state.tables.devices.iter();
    let rows = rows.filter(|(idx, _)| wanted.is_none_or(|wanted| wanted == **idx));
    let shown = rows.map(|(idx, device)| {
        let on = state.tables.hardware.get(&device.hardware);
        let on = on.cloned().unwrap_or_default();
        let (kind, subtype) = match (device.kind, device.subtype) {
            (250, _) => ("P1 Smart Meter", "Energy"),
            (243, 33) => ("General", "Managed Counter"),
            (243, 29) => ("General", "kWh"),
            _ => ("General", "Text"),
        };
        // An all-digit identifier of a P1 that is no plugin's is shown as hex.
        let digits = device.device_id.parse::<u64>().ok();
        let id = match digits {
            Some(number) if device.kind == 250 && on.kind != super::PYTHON_PLUGIN => {
                format!("{:08X}", number as u32)
            }
            _ => device.device_id.clone(),
        };
        json!({
            "idx": idx.to_string(), "Name": device.name, "Description": device.description,
            "ID": id, "Used": u8::from(device.used), "Type": kind, "SubType": subtype,
            "HardwareID": device.hardware, "HardwareName": on.name,
            "HardwareTypeVal": on.kind, "HardwareDisabled": !on.enabled,
            "HardwareType": if on.kind == DUMMY { "Dummy (Does nothing, use for virtual switches only)" } else { "Python Plugin" },
            "Protected": device.protected, "LastUpdate": device.last_update,
            "Data": device.s_value, "SwitchTypeVal": device.switch_type,
            "IsManaged": is_managed(device),
        })
    });
    listed("Devices", &shown.collect::<Vec<_>>())
}

/// A day without a time: that day's row. A moment: the short log from there on
/// for two minutes.
fn delete_point(state: &mut State, args: &Args) -> Value {
    let (idx, date) = (args.idx(), args.get("date"));
    let end = date.replace(' ', "T").parse::<jiff::civil::DateTime>().ok();
    let end = end.map(|at| at.saturating_add(jiff::SignedDuration::from_mins(2)));
    let end = end.map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string());
    let history = &mut state.tables.history;
    if date.contains(' ') {
        let end = end.unwrap_or_default();
        let gone = |key: &(u64, String)| key.0 == idx && *key.1 >= *date && key.1 <= end;
        history.multi_meter.retain(|key, _| !gone(key));
        history.meter.retain(|key, _| !gone(key));
    } else {
        let gone = |key: &(u64, String)| key.0 == idx && key.1 == date;
        history.multi_meter_calendar.retain(|key, _| !gone(key));
        history.meter_calendar.retain(|key, _| !gone(key));
    }
    ok("deletedatapoint")
}

/// Texts are compared, in every table.
fn delete_range(state: &mut State, args: &Args) -> Value {
    let idx = args.idx();
    let (from, to) = (args.get("fromdate"), args.get("todate"));
    let within = |key: &(u64, String)| *key.1 >= *from && *key.1 <= *to;
    state
        .tables
        .history
        .keep(|key| key.0 != idx || !within(key));
    ok("deletedaterange")
}

/// The old row stays with its number, name, options and history, and takes the
/// new row's place on its hardware; the new row goes.
fn transfer(state: &mut State, args: &Args) -> Option<Value> {
    let new = args.get("newidx").parse().ok()?;
    let source = state.tables.devices.get(&new)?.clone();
    let device = state.tables.devices.get_mut(&args.idx())?;
    device.hardware = source.hardware;
    device.device_id = source.device_id;
    state.tables.remove_device(new);
    Some(ok("DoTransferDevice"))
}

fn settings(state: &State) -> Value {
    let settings = &state.settings;
    json!({
        "status": "OK", "title": "settings",
        "ShortLogDays": settings.short_log_days, "EnergyDivider": settings.energy_divider,
        "SensorTimeout": settings.sensor_timeout, "P1DisplayType": settings.p1_display_type,
        "CostEnergy": "0.2149", "CostEnergyT2": "0.2149",
        "CostEnergyR1": "0.0800", "CostEnergyR2": "0.0800",
    })
}
