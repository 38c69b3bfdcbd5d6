//! The devices at Domoticz: looking at one, making one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::api::Api;
use super::problem::Problem;
use super::settings::Device;

/// The hardware on which devices are made.
const HARDWARE: &str = "Relevé";
/// Dummy hardware: "does nothing, use for virtual switches only".
const DUMMY: u64 = 15;
/// History goes into the tables, and Domoticz leaves them alone.
const OPTIONS: &str = "DisableLogAutoUpdate:true;AddDBLogEntry:true";

/// A device as Domoticz lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub idx: u64,
    pub name: String,
    /// What its hardware calls it; a plugin's own is the usage point.
    pub id: String,
    pub description: String,
    pub kind: String,
    pub subtype: String,
    pub protected: bool,
    pub hardware: u64,
    pub hardware_kind: u64,
    pub hardware_off: bool,
}

/// A piece of hardware as Domoticz lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hardware {
    pub idx: u64,
    pub name: String,
    pub kind: u64,
    pub enabled: bool,
    /// `Mode1` to `Mode6` of a plugin.
    pub modes: [String; 6],
}

impl Shown {
    /// A device that was just made.
    pub fn bare(idx: u64, name: String) -> Self {
        Self {
            idx,
            name,
            id: String::new(),
            description: String::new(),
            kind: String::new(),
            subtype: String::new(),
            protected: false,
            hardware: 0,
            hardware_kind: DUMMY,
            hardware_off: false,
        }
    }

    /// Whether it is of that kind.
    pub fn is(&self, device: Device) -> bool {
        match device {
            Device::P1 => self.kind == "P1 Smart Meter",
            Device::ManagedCounter => self.subtype == "Managed Counter",
        }
    }

    /// Whether other hardware than a dummy made it, such as the plugin.
    pub fn is_of_plugin(&self) -> bool {
        self.hardware_kind != DUMMY
    }
}

/// One device, or all of them.
pub(super) async fn devices(api: &Api, idx: Option<u64>) -> Result<Vec<Shown>, Problem> {
    let text = idx.map(|idx| idx.to_string());
    let args: &[(&str, &str)] = match &text {
        Some(idx) => &[("rid", idx)],
        None => &[("filter", "all"), ("used", "all")],
    };
    let answer = api.command("getdevices", args).await?;
    Ok(list(&answer).iter().map(shown).collect())
}

/// All hardware.
pub(super) async fn hardware(api: &Api) -> Result<Vec<Hardware>, Problem> {
    let answer = api.command("gethardware", &[]).await?;
    let rows = list(&answer).iter().map(|row| Hardware {
        idx: number(&row["idx"]),
        name: text(&row["Name"]),
        kind: number(&row["Type"]),
        enabled: row["Enabled"] == "true" || row["Enabled"] == true,
        modes: std::array::from_fn(|n| text(&row[format!("Mode{}", n + 1)])),
    });
    Ok(rows.collect())
}

fn list(answer: &Value) -> &[Value] {
    answer["result"].as_array().map_or(&[], Vec::as_slice)
}

fn shown(row: &Value) -> Shown {
    Shown {
        idx: number(&row["idx"]),
        name: text(&row["Name"]),
        id: text(&row["ID"]),
        description: text(&row["Description"]),
        kind: text(&row["Type"]),
        subtype: text(&row["SubType"]),
        protected: row["Protected"] == true || row["Protected"] == "true",
        hardware: number(&row["HardwareID"]),
        hardware_kind: number(&row["HardwareTypeVal"]),
        hardware_off: row["HardwareDisabled"] == true || row["HardwareDisabled"] == "true",
    }
}

/// Numbers come as numbers or as text.
pub(super) fn number(value: &Value) -> u64 {
    let text = value.as_str().and_then(|text| text.parse().ok());
    value.as_u64().or(text).unwrap_or(0)
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Our dummy hardware, made where it is not there yet.
pub(super) async fn our_hardware(api: &Api) -> Result<u64, Problem> {
    let found = hardware(api).await?;
    let ours = |hardware: &&Hardware| hardware.kind == DUMMY && hardware.name == HARDWARE;
    if let Some(ours) = found.iter().find(ours) {
        return Ok(ours.idx);
    }
    let args = [
        ("htype", "15"),
        ("port", "1"),
        ("name", HARDWARE),
        ("enabled", "true"),
        ("datatimeout", "0"),
    ];
    let answer = api.command("addhardware", &args).await?;
    made(&answer, "addhardware")
}

/// Makes a device without history; its options come next.
pub(super) async fn create(
    api: &Api,
    hardware: u64,
    name: &str,
    device: Device,
) -> Result<u64, Problem> {
    let (kind, subtype) = match device {
        Device::P1 => ("250", "1"),
        Device::ManagedCounter => ("243", "33"),
    };
    let hardware = hardware.to_string();
    let args = [
        ("idx", hardware.as_str()),
        ("sensorname", name),
        ("devicetype", kind),
        ("devicesubtype", subtype),
    ];
    let answer = api.command("createdevice", &args).await?;
    made(&answer, "createdevice")
}

fn made(answer: &Value, command: &str) -> Result<u64, Problem> {
    match number(&answer["idx"]) {
        0 => Err(Problem::Refused(command.to_owned())),
        idx => Ok(idx),
    }
}

/// Sets what a device needs before its first row, and its description. What is
/// not said here stays; `used` must be said, or the device would be deleted.
pub(super) async fn set_up(
    api: &Api,
    device: &Shown,
    device_id: Option<&str>,
    description: &str,
) -> Result<(), Problem> {
    let idx = device.idx.to_string();
    let options = STANDARD.encode(OPTIONS);
    let mut args = vec![
        ("idx", idx.as_str()),
        ("used", "true"),
        ("name", device.name.as_str()),
        ("description", description),
        ("options", options.as_str()),
        ("protected", if device.protected { "true" } else { "false" }),
    ];
    args.extend(device_id.map(|id| ("deviceid", id)));
    api.command("setused", &args).await.map(drop)
}
