//! What Domoticz keeps, in the shape of its database.

use std::collections::BTreeMap;

/// A user of its web interface.
#[derive(Debug, Clone)]
pub struct User {
    /// The name.
    pub name: String,
    /// The password in the clear.
    pub password: String,
    /// 2 administrator, 1 user, 0 viewer.
    pub rights: i64,
    /// Whether a second factor is asked for.
    pub two_factor: bool,
}

/// A row of `Hardware`.
#[derive(Debug, Clone, Default)]
pub struct Hardware {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: u32,
    /// Whether it runs.
    pub enabled: bool,
    /// `Mode1` to `Mode6`, as its page shows them.
    pub modes: [String; 6],
    /// The plugin's key, of Python plugins.
    pub extra: String,
}

/// A row of `DeviceStatus`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Device {
    /// The hardware's number.
    pub hardware: u64,
    /// What the hardware calls it.
    pub device_id: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Whether it is shown.
    pub used: bool,
    /// 250 P1, 243 general.
    pub kind: u8,
    /// 1 energy; of general ones 33 managed counter, 29 kWh.
    pub subtype: u8,
    /// What it counts.
    pub switch_type: u8,
    /// Whether a password is asked for.
    pub protected: bool,
    /// Its number value.
    pub n_value: i64,
    /// Its present value.
    pub s_value: String,
    /// When it was last told.
    pub last_update: String,
    /// Its options, decoded.
    pub options: BTreeMap<String, String>,
}

/// Device number and date.
pub type Key = (u64, String);

/// The tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Short log of P1: Value1 to Value6.
    pub multi_meter: BTreeMap<Key, [i64; 6]>,
    /// Days of P1: Value1 to Value6, Counter1 to Counter4.
    pub multi_meter_calendar: BTreeMap<Key, [i64; 10]>,
    /// Short log of counters: Value, Usage.
    pub meter: BTreeMap<Key, [i64; 2]>,
    /// Days of counters: Counter, Value.
    pub meter_calendar: BTreeMap<Key, [i64; 2]>,
}

/// The database.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// By number.
    pub hardware: BTreeMap<u64, Hardware>,
    /// By number.
    pub devices: BTreeMap<u64, Device>,
    /// What was and is.
    pub history: History,
    /// The highest number given so far, hardware and devices apart.
    pub last: (u64, u64),
}

impl Tables {
    /// Adds hardware and gives its number.
    pub fn add_hardware(&mut self, hardware: Hardware) -> u64 {
        self.last.0 += 1;
        self.hardware.insert(self.last.0, hardware);
        self.last.0
    }

    /// Adds a device and gives its number.
    pub fn add_device(&mut self, device: Device) -> u64 {
        self.last.1 += 1;
        self.devices.insert(self.last.1, device);
        self.last.1
    }

    /// Takes a device away with its history.
    pub fn remove_device(&mut self, idx: u64) -> bool {
        let found = self.devices.remove(&idx).is_some();
        self.history.keep(|(device, _)| *device != idx);
        found
    }
}

impl History {
    /// Keeps the rows of all tables whose key is wanted.
    pub fn keep(&mut self, wanted: impl Fn(&Key) -> bool) {
        self.multi_meter.retain(|key, _| wanted(key));
        self.multi_meter_calendar.retain(|key, _| wanted(key));
        self.meter.retain(|key, _| wanted(key));
        self.meter_calendar.retain(|key, _| wanted(key));
    }
}
