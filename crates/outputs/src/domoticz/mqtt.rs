//! History through a broker: `domoticz/in`. Nobody answers there, so that what
//! was published is only sure once the graphs show it.

use std::sync::Arc;

use jiff::SignedDuration;
use rumqttc::{
    AsyncClient, Broker, Event, EventLoop, Incoming, MqttOptions, PublishOptions, QoS,
    TlsConfiguration, Transport,
};
use secrecy::ExposeSecret;
use serde_json::json;
use service::SharedClock;

use super::problem::Problem;
use super::settings::Mqtt;

/// A broker that takes nothing for so long is given up.
const PATIENCE: SignedDuration = SignedDuration::from_secs(20);

/// Publishes the values of a device in their order; each is acknowledged by the
/// broker, not by Domoticz.
pub(super) async fn publish(
    settings: &Mqtt,
    idx: u64,
    values: &[&str],
    clock: &SharedClock,
) -> Result<(), Problem> {
    let options = options(settings)?;
    let capacity = values.len() + 2;
    let (client, mut events) = AsyncClient::builder(options).capacity(capacity).build();
    for value in values {
        let message = json!({
            "command": "udevice", "idx": idx, "nvalue": 0, "svalue": value, "parse": false,
        });
        let once = PublishOptions::new(QoS::AtLeastOnce);
        let sent = client.publish(settings.topic.as_str(), message.to_string(), once);
        sent.await
            .map_err(|error| Problem::Broker(error.to_string()))?;
    }
    tokio::select! {
        done = acknowledged(&mut events, values.len()) => done?,
        () = clock.sleep(PATIENCE) => return Err(Problem::Broker("no answer in time".to_owned())),
    }
    // Gone is gone: whether the farewell arrives changes nothing.
    let _ = client.disconnect().await;
    let _ = events.poll().await;
    Ok(())
}

async fn acknowledged(events: &mut EventLoop, mut left: usize) -> Result<(), Problem> {
    while left > 0 {
        match events.poll().await {
            Ok(Event::Incoming(Incoming::PubAck(_))) => left -= 1,
            Ok(_) => {}
            Err(error) => return Err(Problem::Broker(error.to_string())),
        }
    }
    Ok(())
}

fn options(settings: &Mqtt) -> Result<MqttOptions, Problem> {
    let secure = settings.url.scheme() == "mqtts";
    let host = settings.url.host_str().unwrap_or_default();
    let port = settings
        .url
        .port()
        .unwrap_or(if secure { 8883 } else { 1883 });
    let mut options = MqttOptions::new("releve-domoticz", Broker::tcp(host, port));
    options.set_keep_alive(30);
    if let (Some(user), Some(password)) = (&settings.user, &settings.password) {
        options.set_credentials(user.clone(), password.expose_secret().to_owned());
    }
    if secure {
        let config = service::http::tls_config()?;
        let config = TlsConfiguration::Rustls(Arc::new(config));
        options.set_transport(Transport::Tls(config));
    }
    Ok(options)
}
