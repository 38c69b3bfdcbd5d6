//! History through a real broker.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use outputs::domoticz::Mqtt;
use service::ShiftedClock;

use crate::house::{HOME, House, TODAY, noon};

/// A Mosquitto on a free port, until dropped.
struct Mosquitto {
    child: Child,
    port: u16,
    _dir: tempfile::TempDir,
}

impl Mosquitto {
    fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let config = dir.path().join("mosquitto.conf");
        let text =
            format!("listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n");
        std::fs::write(&config, text).unwrap();
        let found = [
            "/usr/sbin/mosquitto",
            "/usr/bin/mosquitto",
            "/usr/local/sbin/mosquitto",
        ];
        let path = found
            .into_iter()
            .find(|path| std::path::Path::new(path).exists());
        let child = Command::new(path.unwrap_or("mosquitto"))
            .arg("-c")
            .arg(&config)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a broker is needed (Debian: apt install mosquitto)");
        Self {
            child,
            port,
            _dir: dir,
        }
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn history_goes_through_a_broker_and_is_read_back_all_the_same() {
    let broker = Mosquitto::start();
    let mut house = House::of_two_years().await;
    house.context.clock = Arc::new(ShiftedClock::at(noon(TODAY)));
    let url = format!("mqtt://127.0.0.1:{}", broker.port);
    house.choose(|settings| {
        settings.mqtt = Some(Mqtt {
            url: url.parse().unwrap(),
            user: None,
            password: None,
            topic: "domoticz/in".to_owned(),
        });
    });
    // Until the broker is up, a push says so and a later one is enough.
    let _listener = loop {
        let listener = house.standin.listen(broker.port);
        let up = std::net::TcpStream::connect(("127.0.0.1", broker.port)).is_ok();
        if up && listener.is_subscribed(&house.standin) {
            break listener;
        }
        assert_eq!(house.standin.state().updates, 0);
    };
    house.push().await;
    let direct = House::of_two_years().await;
    direct.push().await;
    let tables = |house: &House| house.standin.state().tables.history.clone();
    assert_eq!(tables(&house), tables(&direct));
    assert_eq!(house.standin.state().log, Vec::<String>::new());
    let updates = house.standin.state().updates;
    assert_eq!(house.push().await.written, 0);
    assert_eq!(house.standin.state().updates, updates);
    assert!(house.idx(HOME) > 0);
}

#[tokio::test]
async fn a_broker_that_is_away_is_told_and_nothing_is_taken_for_delivered() {
    let mut house = House::of_two_years().await;
    house.context.clock = Arc::new(ShiftedClock::at(noon(TODAY)));
    house.choose(|settings| {
        settings.mqtt = Some(Mqtt {
            url: "mqtt://127.0.0.1:9".parse().unwrap(),
            user: Some("releve".to_owned()),
            password: Some("not-a-secret".into()),
            topic: "domoticz/in".to_owned(),
        });
    });
    assert_eq!(house.trouble().await, "domoticz-problem-broker");
    house.choose(|settings| settings.mqtt = None);
    let written = house.push().await.written;
    assert!(written > 1_000, "{written} rows were still to be written");
}
