//! Deliveries to Domoticz for people.

use super::Page;
use crate::json::domoticz::{Checked, Costs, Device, Devices, Proposal, Pushed, Said};

impl Page {
    /// What a push did, or would do.
    pub fn pushed(&mut self, pushed: &Pushed) {
        for row in &pushed.rows {
            self.line(row);
        }
        self.said(&pushed.notices);
        self.said(&pushed.troubles);
        let rows = self.words.number(pushed.rows.len() as u64);
        let written = self.words.number(pushed.written);
        let deleted = self.words.number(pushed.deleted);
        let unchanged = self.words.number(pushed.unchanged);
        let text = if pushed.dry_run {
            let args = [("rows", rows.as_str()), ("unchanged", unchanged.as_str())];
            self.words.say("domoticz-would-push", &args)
        } else {
            let args = [
                ("written", written.as_str()),
                ("deleted", deleted.as_str()),
                ("unchanged", unchanged.as_str()),
            ];
            self.words.say("domoticz-pushed", &args)
        };
        self.sentence(&text, "");
    }

    /// What a comparison found.
    pub fn checked_domoticz(&mut self, checked: &Checked) {
        for row in &checked.differences {
            self.line(row);
        }
        self.said(&checked.notices);
        self.said(&checked.troubles);
        let compared = self.words.number(checked.compared);
        let differ = self.words.number(checked.differences.len() as u64);
        let args = [("compared", compared.as_str()), ("differ", differ.as_str())];
        let text = self.words.say("domoticz-checked", &args);
        self.sentence(&text, "");
        self.costs_of_domoticz(checked.costs);
    }

    fn costs_of_domoticz(&mut self, costs: Costs) {
        let four = [
            ("T1", costs.t1),
            ("T2", costs.t2),
            ("R1", costs.r1),
            ("R2", costs.r2),
        ];
        if four.iter().all(|(_, price)| price.is_none()) {
            return;
        }
        self.gap();
        let text = self.words.t("domoticz-costs");
        self.sentence(&text, "");
        for (field, price) in four {
            if let Some(price) = price {
                let price = self.words.price(price);
                self.line(&format!("  {field}  {price}"));
            }
        }
    }

    /// What became of the devices.
    pub fn devices(&mut self, devices: &Devices) {
        for device in &devices.devices {
            self.device(device, devices.dry_run);
        }
        if devices.devices.is_empty() {
            let text = self.words.t("domoticz-no-devices");
            self.sentence(&text, "");
        }
    }

    fn device(&mut self, device: &Device, dry: bool) {
        let idx = device.idx.map_or("–".to_owned(), |idx| idx.to_string());
        let done = device.done.replace('_', "-");
        let name = if dry {
            format!("domoticz-would-{done}")
        } else {
            format!("domoticz-is-{done}")
        };
        let args = [("target", device.target.as_str()), ("idx", idx.as_str())];
        let text = self.words.say(&name, &args);
        self.sentence(&text, "  ");
        if device.plugin_runs {
            let text = self.words.t("domoticz-plugin-runs");
            self.warning(&text);
        }
        if let Some(proposal) = &device.proposal {
            self.proposal(proposal);
        }
    }

    fn proposal(&mut self, proposal: &Proposal) {
        let text = self.words.t("domoticz-proposal");
        self.sentence(&text, "");
        for (key, value) in [
            ("short_log_days", &proposal.short_log_days),
            ("long_log_days", &proposal.long_log_days),
            ("off_peak", &proposal.off_peak),
            ("main_value", &proposal.main_value),
            ("other_value", &proposal.other_value),
        ] {
            if value.is_empty() {
                continue;
            }
            let number = value.chars().all(|c| c.is_ascii_digit());
            let value = if number {
                value.clone()
            } else {
                format!("{value:?}")
            };
            self.sentence(&format!("  {key} = {value}"), "    ");
        }
    }

    fn said(&mut self, said: &[Said]) {
        for one in said {
            self.warning(&one.explanation);
            self.sentence(&format!("  → {}", one.advice), "    ");
        }
    }
}
