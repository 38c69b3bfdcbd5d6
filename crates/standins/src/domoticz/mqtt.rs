//! The MQTT Client Gateway: `domoticz/in`, whose errors go into the log alone.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rumqttc::{AsyncClient, Broker, Event, Incoming, MqttOptions, QoS};
use serde_json::Value;
use tokio::sync::oneshot;

use super::State;
use super::update::update;

/// Listens until dropped.
#[derive(Debug)]
pub struct Listener {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    pub(super) fn start(state: Arc<Mutex<State>>, port: u16) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let Ok(runtime) = runtime else { return };
            runtime.block_on(async {
                tokio::select! {
                    () = listen(&state, port) => {}
                    _ = stopped => {}
                }
            });
        });
        Self {
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Listener {
    /// Waits until it has subscribed; `false` when there was no broker.
    pub fn is_subscribed(&self, domoticz: &super::Domoticz) -> bool {
        loop {
            if domoticz.state().listens {
                return true;
            }
            if self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
                return false;
            }
            std::thread::yield_now();
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn listen(state: &Mutex<State>, port: u16) {
    let mut options = MqttOptions::new("domoticz", Broker::tcp("127.0.0.1", port));
    options.set_keep_alive(30);
    let (client, mut events) = AsyncClient::builder(options).capacity(10).build();
    if client
        .subscribe("domoticz/in", QoS::AtLeastOnce)
        .await
        .is_err()
    {
        return;
    }
    // The broker may go; then nothing is heard any more.
    while let Ok(event) = events.poll().await {
        match event {
            Event::Incoming(Incoming::SubAck(_)) => lock(state).listens = true,
            Event::Incoming(Incoming::Publish(message)) => {
                take(&mut lock(state), &message.payload);
            }
            _ => {}
        }
    }
}

fn take(state: &mut State, payload: &[u8]) {
    let message: Value = serde_json::from_slice(payload).unwrap_or_default();
    let (Some("udevice"), Some(idx), Some(nvalue), Some(svalue)) = (
        message["command"].as_str(),
        message["idx"].as_u64(),
        message["nvalue"].as_i64(),
        message["svalue"].as_str(),
    ) else {
        state
            .log
            .push("Error: MQTT: Invalid data received".to_owned());
        return;
    };
    state.updates += 1;
    if update(state, idx, nvalue, svalue).is_err() {
        state
            .log
            .push(format!("Error: MQTT: unknown idx received! ({idx})"));
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
