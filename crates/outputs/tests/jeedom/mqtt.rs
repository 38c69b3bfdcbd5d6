//! Values through a real broker (mosquitto) to a stand-in of MQTT Manager.

use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use outputs::jeedom::{
    Access, Door, Jeedom, JeedomError, Mqtt, Profile, Span, Task, Unwatched, plan, push, setup,
};
use rumqttc::{AsyncClient, Event, MqttOptions, Packet, PublishOptions, QoS};
use service::clock::BoxFuture;
use service::{Clock, VirtualClock};
use standins::jeedom::Manager;
use tokio::sync::mpsc;

use crate::household::{now, readings};
use crate::room::{Room, prm};

const P: Profile = Profile::Y2020;
const MARKER: &str = "test/marker";

/// A mosquitto that asks for a password, until dropped.
struct Broker {
    child: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Broker {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let passwords = folder.path().join("passwords");
        let made = Command::new("mosquitto_passwd")
            .args(["-b", "-c"])
            .arg(&passwords)
            .args(["jeedom", "a-password"])
            .status();
        assert!(made.expect("mosquitto is installed").success());
        let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let user = "user root\n";
        let config = format!(
            "listener {port} 127.0.0.1\nallow_anonymous false\n{user}password_file {}\n",
            passwords.display()
        );
        let file = folder.path().join("mosquitto.conf");
        std::fs::write(&file, config).unwrap();
        let child = Command::new("/usr/sbin/mosquitto")
            .arg("-c")
            .arg(file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let broker = Self {
            child: child.expect("mosquitto is installed"),
            port,
            _folder: folder,
        };
        while tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_err()
        {
            tokio::task::yield_now().await;
        }
        broker
    }

    fn settings(&self, password: &str) -> Mqtt {
        Mqtt {
            url: format!("mqtt://127.0.0.1:{}", self.port).parse().unwrap(),
            user: Some("jeedom".to_owned()),
            password: Some(password.to_owned().into()),
            topic: "jeedom".to_owned(),
        }
    }

    fn client(&self, id: &str) -> (AsyncClient, rumqttc::EventLoop) {
        let mut options = MqttOptions::new(id, ("127.0.0.1", self.port));
        options.set_credentials("jeedom", "a-password");
        AsyncClient::builder(options).capacity(10).build()
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A virtual clock that moves on once everything published has arrived: a
/// marker goes behind it, and the broker keeps the order.
struct Paced {
    clock: VirtualClock,
    manager: Arc<Mutex<Manager>>,
    marker: AsyncClient,
    arrived: tokio::sync::Mutex<mpsc::UnboundedReceiver<()>>,
}

impl Clock for Paced {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn sleep(&self, duration: SignedDuration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let options = PublishOptions::new(QoS::AtLeastOnce);
            self.marker.publish(MARKER, "", options).await.unwrap();
            self.arrived.lock().await.recv().await.unwrap();
            self.clock.advance(duration);
            self.manager.lock().unwrap().pass(self.clock.now());
        })
    }
}

/// Hands what the broker delivers to MQTT Manager, and tells of markers.
async fn listen(
    broker: &Broker,
    manager: Arc<Mutex<Manager>>,
    clock: VirtualClock,
) -> (AsyncClient, mpsc::UnboundedReceiver<()>) {
    let (client, mut events) = broker.client("manager");
    client
        .subscribe("jeedom/cmd/set/#", QoS::AtLeastOnce)
        .await
        .unwrap();
    client.subscribe(MARKER, QoS::AtLeastOnce).await.unwrap();
    let (tell, arrived) = mpsc::unbounded_channel();
    let (ready, is_ready) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let (mut subscribed, mut ready) = (0, Some(ready));
        while let Ok(event) = events.poll().await {
            match event {
                Event::Incoming(Packet::SubAck(_)) => {
                    subscribed += 1;
                    if subscribed == 2 {
                        ready.take().unwrap().send(()).unwrap();
                    }
                }
                Event::Incoming(Packet::Publish(message)) => {
                    let topic = String::from_utf8_lossy(&message.topic).into_owned();
                    if topic == MARKER {
                        let _ = tell.send(());
                    } else {
                        let mut manager = manager.lock().unwrap();
                        manager.take(&topic, &message.payload, clock.now());
                    }
                }
                _ => {}
            }
        }
    });
    is_ready.await.unwrap();
    (client, arrived)
}

#[tokio::test]
async fn values_through_mqtt_manager_are_so_far_apart_that_none_is_merged_away() {
    let broker = Broker::start().await;
    let room = Room::with(P).await;
    let manager = Manager::new(room.core.clone(), "jeedom");
    let manager = Arc::new(Mutex::new(manager));
    let (marker, arrived) = listen(&broker, Arc::clone(&manager), room.clock.clone()).await;
    let clock = Paced {
        clock: room.clock.clone(),
        manager,
        marker,
        arrived: tokio::sync::Mutex::new(arrived),
    };
    let access = Access {
        url: "http://jeedom.local/".parse().unwrap(),
        key: "core-key".to_owned().into(),
        plugin: None,
    };
    let jeedom = Jeedom::new(room.core.http(), Arc::new(clock), access);
    let equipment = setup::find(&jeedom, prm()).await.unwrap().unwrap();
    let task = Task {
        profile: P,
        span: Span::default(),
        now: now(),
    };
    let plan = plan(&jeedom, &equipment, &readings(), task).await.unwrap();
    let mut door = Door::mqtt(&jeedom, &broker.settings("a-password"));
    let filled = push(&jeedom, &plan, &mut door, &mut Unwatched)
        .await
        .unwrap();
    assert!(
        filled.iter().all(|command| command.unstored == 0),
        "{filled:?}"
    );
    assert_eq!(room.calls("cmd::event"), 0);
    let over_rpc = Room::with(P).await;
    over_rpc.push(P, &readings(), Span::default()).await;
    for id in ["charge", "consod", "consom", "consoy"] {
        assert_eq!(room.history(id), over_rpc.history(id), "{id}");
        assert_eq!(room.shown(id), over_rpc.shown(id), "{id}");
    }
}

#[tokio::test]
async fn a_broker_that_refuses_or_is_not_there_is_told() {
    let broker = Broker::start().await;
    let room = Room::with(P).await;
    for settings in [
        broker.settings("wrong"),
        Mqtt {
            url: "mqtt://127.0.0.1:9".parse().unwrap(),
            ..broker.settings("a-password")
        },
    ] {
        let jeedom = room.client("core-key", None);
        let equipment = room.equipment(&jeedom).await;
        let task = Task {
            profile: P,
            span: Span::default(),
            now: now(),
        };
        let plan = plan(&jeedom, &equipment, &readings(), task).await.unwrap();
        let mut door = Door::mqtt(&jeedom, &settings);
        let refused = push(&jeedom, &plan, &mut door, &mut Unwatched).await;
        assert!(
            matches!(refused, Err(JeedomError::Broker(_))),
            "{refused:?}"
        );
        assert_eq!(room.history("charge").len(), 0);
    }
}

#[tokio::test]
async fn messages_that_come_at_once_are_merged_and_only_the_last_is_kept() {
    let room = Room::with(P).await;
    let id = room.core.inside(|core| core.command_id("consod")).unwrap();
    let mut manager = Manager::new(room.core.clone(), "jeedom");
    let topic = format!("jeedom/cmd/set/{id}");
    for day in 18..=20 {
        let message = format!("{{\"value\":\"{day}\",\"datetime\":\"2026-11-{day} 23:55:00\"}}");
        manager.take(&topic, message.as_bytes(), now());
    }
    manager.pass(now() + SignedDuration::from_secs(1));
    let kept: Vec<_> = room.history("consod").into_iter().collect();
    assert_eq!(kept, [("2026-11-20 23:55:00".to_owned(), "20".to_owned())]);
}
