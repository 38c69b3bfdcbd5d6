//! What `jeedom` did, for people.

use crate::json::jeedom::{
    Adopted, FilledCommand, FilledOne, Fills, Removed, Setup, SetupOne, Words,
};
use crate::text::Page;

impl Page {
    /// What a setup made.
    pub fn jeedom_setup(&mut self, setup: &Setup) {
        for one in &setup.usage_points {
            self.setup_one(one, setup.dry_run);
        }
        if setup.usage_points.is_empty() {
            self.sentence(&self.words.t("jeedom-setup-none"), "");
        }
        self.jeedom_words(&setup.warnings);
        if !setup.dry_run {
            self.gap();
            self.sentence(&self.words.t("jeedom-setup-next"), "");
        }
    }

    fn setup_one(&mut self, one: &SetupOne, dry_run: bool) {
        let prm = one.usage_point.to_string();
        let id = one.equipment.map(|id| id.to_string()).unwrap_or_default();
        let name = match (one.created, dry_run) {
            (true, false) => "jeedom-setup-created",
            (true, true) => "jeedom-setup-would-create",
            (false, _) => "jeedom-setup-found",
        };
        let text = self.words.say(name, &[("prm", &prm), ("id", &id)]);
        self.sentence(&text, "");
        for (name, ids) in [
            ("jeedom-setup-added", &one.added),
            ("jeedom-setup-mended", &one.mended),
        ] {
            if !ids.is_empty() {
                let text = self.words.say(name, &[("ids", &ids.join(", "))]);
                self.sentence(&format!("  {text}"), "    ");
            }
        }
    }

    /// What an equipment of others could be filled with.
    pub fn jeedom_adopted(&mut self, adopted: &Adopted, configured: &str) {
        let (id, prm) = (
            adopted.equipment.id.to_string(),
            adopted.usage_point.to_string(),
        );
        let args = [
            ("id", id.as_str()),
            ("name", &adopted.equipment.name),
            ("prm", &prm),
            ("profile", &adopted.profile),
        ];
        let text = self.words.say("jeedom-adopt-found", &args);
        self.sentence(&text, "");
        for command in &adopted.commands {
            let mark = if command.refused.is_some() {
                "✗"
            } else {
                "✓"
            };
            self.line(&format!(
                "  {mark} {} ({})",
                command.logical_id, command.name
            ));
        }
        let refused = adopted
            .commands
            .iter()
            .filter_map(|command| command.refused.clone());
        let refused: Vec<_> = refused.collect();
        self.jeedom_words(&refused);
        self.jeedom_words(&adopted.warnings);
        self.gap();
        let next = if refused.is_empty() {
            "jeedom-adopt-next"
        } else {
            "jeedom-adopt-mend"
        };
        let text = self.words.say(next, &args);
        self.sentence(&text, "");
        if refused.is_empty() {
            self.line(&format!("  adopted = {{ \"{prm}\" = {id} }}"));
            if configured != adopted.profile {
                self.line(&format!("  profile = \"{}\"", adopted.profile));
            }
        }
    }

    /// What a push sent, or what is lacking.
    pub fn jeedom_filled(&mut self, fills: &Fills) {
        for one in &fills.usage_points {
            self.filled_one(one, fills.dry_run);
        }
    }

    fn filled_one(&mut self, one: &FilledOne, dry_run: bool) {
        self.gap();
        let prm = one.usage_point.to_string();
        let id = one.equipment.id.to_string();
        let args = [
            ("prm", prm.as_str()),
            ("name", &one.equipment.name),
            ("id", &id),
        ];
        let heading = self.words.say("jeedom-fill-heading", &args);
        self.heading(&heading);
        for command in one.commands.iter().filter(|command| command.rows > 0) {
            self.filled_command(command, dry_run || one.held_back);
        }
        let sum = |of: fn(&FilledCommand) -> u64| {
            let sum = one.commands.iter().map(of).sum();
            self.words.number(sum)
        };
        let (differing, rows) = (
            sum(|command| command.differing),
            sum(|command| command.rows),
        );
        let (sent, calls) = (sum(|command| command.sent), self.words.number(one.calls));
        let name = match (dry_run || one.held_back, differing == "0") {
            (_, true) => "jeedom-fill-right",
            (true, false) => "jeedom-fill-lacks",
            (false, false) => "jeedom-fill-sent",
        };
        let args = [
            ("differing", differing.as_str()),
            ("rows", &rows),
            ("sent", &sent),
            ("calls", &calls),
        ];
        let text = self.words.say(name, &args);
        self.sentence(&text, "");
        let troubles: Vec<_> = one
            .commands
            .iter()
            .filter_map(|command| command.trouble.clone())
            .collect();
        self.jeedom_words(&troubles);
        self.jeedom_words(&one.scenarios);
        self.jeedom_words(&one.warnings);
    }

    fn filled_command(&mut self, command: &FilledCommand, nothing_sent: bool) {
        let (rows, differing) = (
            self.words.number(command.rows),
            self.words.number(command.differing),
        );
        let sent = self.words.number(command.sent);
        let name = if nothing_sent {
            "jeedom-fill-command-lacks"
        } else {
            "jeedom-fill-command"
        };
        let args = [
            ("rows", rows.as_str()),
            ("differing", &differing),
            ("sent", &sent),
        ];
        let text = self.words.say(name, &args);
        self.line(&format!("  {:<28} {text}", command.logical_id));
    }

    /// What was hidden.
    pub fn jeedom_removed(&mut self, removed: &Removed) {
        for one in &removed.usage_points {
            let prm = one.usage_point.to_string();
            let (name, id, called) = match &one.equipment {
                Some(found) if removed.dry_run => {
                    ("jeedom-remove-would", found.id.to_string(), &found.name)
                }
                Some(found) => ("jeedom-removed", found.id.to_string(), &found.name),
                None => ("jeedom-remove-none", String::new(), &prm),
            };
            let text = self
                .words
                .say(name, &[("prm", &prm), ("id", &id), ("name", called)]);
            self.sentence(&text, "");
        }
    }

    fn jeedom_words(&mut self, words: &[Words]) {
        for one in words {
            self.sentence(&format!("! {}", one.message), "  ");
            self.sentence(&format!("  → {}", one.advice), "    ");
        }
    }
}
