//! The keys of a broker, the same for every destination that listens to one.

use std::path::PathBuf;

use outputs::domoticz::Mqtt;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use service::settings::Draft;

use super::url;
use crate::config::secret::SecretKeys;

/// A broker, if one is named.
#[derive(Debug, Deserialize, JsonSchema)]
#[expect(
    clippy::struct_field_names,
    reason = "the keys of the file, flattened into those of a destination"
)]
pub struct RawMqtt {
    /// Address of a broker to which the destination listens, such as
    /// `mqtt://192.168.1.10:1883`: what is sent then goes through it.
    #[serde(default)]
    #[schemars(with = "String")]
    pub mqtt_url: Option<String>,
    /// The broker's user.
    #[serde(default)]
    #[schemars(with = "String")]
    pub mqtt_user: Option<String>,
    /// File that holds nothing but the password of the broker's user.
    #[serde(default)]
    #[schemars(with = "String")]
    pub mqtt_password_file: Option<PathBuf>,
    /// That password itself, instead of `mqtt_password_file`.
    #[serde(default)]
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub mqtt_password: Option<SecretString>,
    /// The topic on which it listens. Absent: `domoticz/in` for Domoticz,
    /// `jeedom`, the root of MQTT Manager, for Jeedom.
    #[serde(default)]
    #[schemars(with = "String")]
    pub mqtt_topic: Option<String>,
}

/// Something is wrong with the broker, and the draft has been told.
#[derive(Debug)]
pub(super) struct Reported;

impl RawMqtt {
    /// The broker; none where none is named.
    pub(super) fn read(
        self,
        draft: &mut Draft,
        name: &str,
        (schemes, topic): (&[&str], &str),
    ) -> Result<Option<Mqtt>, Reported> {
        let Some(text) = self.mqtt_url else {
            return Ok(None);
        };
        let section = ["outputs", name];
        let keys = SecretKeys::mqtt_password(&section, name);
        let password = keys.read(draft, self.mqtt_password, self.mqtt_password_file);
        let url = url(draft, &["outputs", name, "mqtt_url"], &text, schemes).ok_or(Reported)?;
        Ok(Some(Mqtt {
            url,
            user: self.mqtt_user,
            password,
            topic: self.mqtt_topic.unwrap_or_else(|| topic.to_owned()),
        }))
    }
}
