//! Every secret that this program knows of: a report must hold none of them,
//! wherever it comes from.

use collector::consents::Folder;
use collector::portal::Accounts;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use service::SharedClock;

use crate::config::{OutputKind, Settings, SourceKind};

/// What in the file of a consent opens something.
const OF_CONSENTS: [&str; 5] = [
    "access",
    "refresh",
    "device_code",
    "user_code",
    "link_complete",
];

/// Those of the configuration, of consents and of accounts.
pub(super) fn all(settings: &Settings, clock: &SharedClock) -> Vec<String> {
    let mut known = Known::default();
    known.sources(settings);
    known.outputs(settings);
    known.notifications(settings);
    known.consents(settings, clock);
    known.accounts(settings);
    known.0
}

/// The parts of an address that may open something by themselves: short ones are
/// ordinary words.
fn parts(address: &str) -> Vec<String> {
    let path = address.splitn(4, '/').nth(3).unwrap_or_default();
    let parts = path.split(['/', '?', '&', '=', '#']);
    let long = parts.filter(|part| part.len() >= 6);
    long.map(str::to_owned).collect()
}

#[derive(Default)]
struct Known(Vec<String>);

impl Known {
    fn secret(&mut self, secret: &SecretString) {
        self.0.push(secret.expose_secret().to_owned());
    }

    fn secrets<'a>(&mut self, secrets: impl IntoIterator<Item = &'a SecretString>) {
        for secret in secrets {
            self.secret(secret);
        }
    }

    fn sources(&mut self, settings: &Settings) {
        for source in &settings.sources {
            if let SourceKind::DataConnect(access) = &source.kind {
                self.secret(&access.client_secret);
                self.0.push(access.client_id.clone());
            }
            if let Some(gateway) = source.kind.gateway() {
                self.secrets(gateway.token.iter().chain(gateway.tokens.values()));
            }
        }
        if let Some(account) = &settings.colours.account {
            self.secret(&account.client_secret);
            self.0.push(account.client_id.clone());
        }
    }

    fn outputs(&mut self, settings: &Settings) {
        for output in &settings.outputs {
            match &output.kind {
                OutputKind::Domoticz(domoticz) => {
                    self.secrets(&domoticz.password);
                    self.0.extend(domoticz.user.clone());
                    self.0.extend(domoticz.client_id.clone());
                    let broker = domoticz.mqtt.as_ref();
                    self.secrets(broker.and_then(|broker| broker.password.as_ref()));
                    self.0.extend(broker.and_then(|broker| broker.user.clone()));
                }
                OutputKind::Jeedom(jeedom) => {
                    self.secret(&jeedom.access.key);
                    let broker = jeedom.mqtt.as_ref();
                    self.secrets(broker.and_then(|broker| broker.password.as_ref()));
                    self.0.extend(broker.and_then(|broker| broker.user.clone()));
                }
            }
        }
    }

    fn notifications(&mut self, settings: &Settings) {
        let notifications = &settings.notifications;
        let mail = notifications.mail.as_ref();
        if let Some((user, password)) = mail.and_then(|mail| mail.login.as_ref()) {
            self.secret(password);
            self.0.push(user.clone());
        }
        if let Some(webhook) = &notifications.webhook {
            self.secret(&webhook.url);
            self.0.extend(parts(webhook.url.expose_secret()));
            self.secrets(&webhook.token);
        }
    }

    /// What is in a file that cannot be read is not known to this program, and
    /// cannot have come from it.
    fn consents(&mut self, settings: &Settings, clock: &SharedClock) {
        let folder = Folder::of(&settings.data_dir, clock.clone());
        for record in folder.records().into_iter().flatten() {
            let record = serde_json::to_value(&record).unwrap_or_default();
            self.named(&record, false);
        }
    }

    /// The texts under the keys that name secrets.
    fn named(&mut self, value: &Value, is_secret: bool) {
        match value {
            Value::String(text) if is_secret => self.0.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| self.named(item, is_secret)),
            Value::Object(fields) => {
                for (key, value) in fields {
                    self.named(value, OF_CONSENTS.contains(&key.as_str()));
                }
            }
            _ => {}
        }
    }

    fn accounts(&mut self, settings: &Settings) {
        let accounts = Accounts::of(&settings.data_dir, settings.credentials.clone());
        for name in accounts.names() {
            if let Ok(Some(secrets)) = accounts.read(&name) {
                self.secrets([&secrets.login, &secrets.password, &secrets.cookie]);
            }
        }
    }
}
