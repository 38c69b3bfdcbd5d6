//! The way that values take into Jeedom: JSON-RPC, or the topics of its plugin
//! MQTT Manager.
//!
//! MQTT Manager merges what comes on one topic within about 0.3 s, and confirms
//! nothing: values of one command are sent half a second apart, and are read
//! again over JSON-RPC as all others.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use rumqttc::{AsyncClient, EventLoop, MqttOptions, PublishOptions, QoS};
use secrecy::ExposeSecret;
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::error::JeedomError;
use super::history::write;
use super::rpc::{Jeedom, clean};
use super::settings::Mqtt;

/// An open way.
pub struct Door<'a> {
    jeedom: &'a Jeedom,
    broker: Option<Broker>,
}

/// What MQTT Manager takes in as separate values.
const APART: SignedDuration = SignedDuration::from_millis(500);

/// When it has surely written what it took in.
const SETTLED: SignedDuration = SignedDuration::from_secs(2);

impl<'a> Door<'a> {
    /// JSON-RPC itself.
    pub fn rpc(jeedom: &'a Jeedom) -> Self {
        Self {
            jeedom,
            broker: None,
        }
    }

    /// The broker of MQTT Manager; it is reached with the first value.
    pub fn mqtt(jeedom: &'a Jeedom, mqtt: &Mqtt) -> Self {
        Self {
            jeedom,
            broker: Some(Broker::open(mqtt)),
        }
    }

    /// Sends a value.
    pub(super) async fn event(
        &mut self,
        id: u64,
        value: &str,
        at: Option<DateTime>,
    ) -> Result<(), JeedomError> {
        let Some(broker) = &mut self.broker else {
            return self.jeedom.event(id, value, at).await;
        };
        let clock = self.jeedom.clock();
        if let Some(sent) = broker.sent.filter(|(last, _)| *last == id) {
            let passed = clock.now().duration_since(sent.1);
            if passed < APART {
                clock.sleep(APART - passed).await;
            }
        }
        broker.publish(id, value, at).await?;
        broker.sent = Some((id, clock.now()));
        Ok(())
    }

    /// Waits until Jeedom can have written what was sent.
    pub(super) async fn settle(&self) {
        if self
            .broker
            .as_ref()
            .is_some_and(|broker| broker.sent.is_some())
        {
            self.jeedom.clock().sleep(SETTLED).await;
        }
    }
}

/// A connection to a broker, driven by a task of its own until dropped.
struct Broker {
    client: AsyncClient,
    driver: JoinHandle<()>,
    topic: String,
    /// Why the connection ended.
    ended: watch::Receiver<Option<String>>,
    /// The last command that was sent a value, and when.
    sent: Option<(u64, Timestamp)>,
}

impl Broker {
    fn open(mqtt: &Mqtt) -> Self {
        let host = mqtt.url.host_str().unwrap_or_default().to_owned();
        let port = mqtt.url.port().unwrap_or(1883);
        let id = format!("releve-{}", std::process::id());
        let mut options = MqttOptions::new(id, (host, port));
        options.set_keep_alive(30);
        if let Some(user) = &mqtt.user {
            let password = mqtt.password.as_ref();
            let password = password.map(|text| text.expose_secret().to_owned());
            options.set_credentials(user.clone(), password.unwrap_or_default());
        }
        let (client, events) = AsyncClient::builder(options).capacity(10).build();
        let (tell, ended) = watch::channel(None);
        let driver = tokio::spawn(drive(events, tell));
        Self {
            client,
            driver,
            topic: mqtt.topic.clone(),
            ended,
            sent: None,
        }
    }

    /// Publishes a value and waits for the broker's word that it has it.
    async fn publish(&self, id: u64, value: &str, at: Option<DateTime>) -> Result<(), JeedomError> {
        let topic = format!("{}/cmd/set/{id}", self.topic);
        let payload = match at {
            Some(at) => json!({ "value": value, "datetime": write(at) }).to_string(),
            None => json!({ "value": value }).to_string(),
        };
        let options = PublishOptions::new(QoS::AtLeastOnce);
        let notice = self.client.publish_tracked(topic, payload, options).await;
        let notice = notice.map_err(|error| self.trouble(error.to_string()))?;
        let mut ended = self.ended.clone();
        // What waits for a connection that has ended is never answered.
        let held = tokio::select! {
            biased;
            held = notice.wait_async() => held.map(|_| ()).map_err(|error| error.to_string()),
            _ = ended.wait_for(Option::is_some) => Err(String::new()),
        };
        held.map_err(|error| self.trouble(error))?;
        Ok(())
    }

    fn trouble(&self, other: String) -> JeedomError {
        let ended = self.ended.borrow().clone();
        JeedomError::Broker(clean(&ended.unwrap_or(other)))
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

/// Runs a connection to its first error; the next push opens another.
async fn drive(mut events: EventLoop, ended: watch::Sender<Option<String>>) {
    loop {
        if let Err(error) = events.poll().await {
            ended.send_replace(Some(error.to_string()));
            return;
        }
    }
}
