//! A report that is sent to others holds no secret of any kind, not even one that
//! has found its way into the log.

use std::fmt::Write as _;

use serde_json::json;

use crate::support::Home;

/// Every secret that can be given, too short or too plain to be taken for a token.
const SECRETS: [&str; 24] = [
    "app-secret",
    "app-identity",
    "conso-token",
    "own-med-token",
    "rte-identity",
    "rte-secret",
    "domoticz-user",
    "domoticz-password",
    "domoticz-broker-user",
    "domoticz-broker-password",
    "jeedom-key",
    "jeedom-broker-user",
    "jeedom-broker-password",
    "mail-user",
    "mail-password",
    "hook-address",
    "hook-token",
    "access-of-box",
    "refresh-of-box",
    "device-code-of-box",
    "WDJB-MJHT",
    "anne@portal.test",
    "portal-password",
    "portal-cookie",
];

const CONFIG: &str = r#"
[sources.app]
kind = "data-connect"
client_id = "app-identity"
client_secret = "app-secret"
[sources.conso]
kind = "conso-api"
token = "conso-token"
[sources.med]
kind = "myelectricaldata"
[sources.box]
kind = "gateway"
base_url = "https://gateway.example/"
[sources.compte]
kind = "portal"
[[usage_points]]
prm = "22516914714270"
source = "app"
[[usage_points]]
prm = "11453290002823"
source = "med"
token = "own-med-token"
[colours]
rte_client_id = "rte-identity"
rte_client_secret = "rte-secret"
[outputs.domoticz]
kind = "domoticz"
url = "http://127.0.0.1:9"
user = "domoticz-user"
password = "domoticz-password"
mqtt_url = "mqtt://127.0.0.1:9"
mqtt_user = "domoticz-broker-user"
mqtt_password = "domoticz-broker-password"
[outputs.jeedom]
kind = "jeedom"
url = "http://127.0.0.1:9"
key = "jeedom-key"
mqtt_url = "mqtt://127.0.0.1:9"
mqtt_user = "jeedom-broker-user"
mqtt_password = "jeedom-broker-password"
[notifications.mail]
server = "127.0.0.1"
security = "none"
port = 9
user = "mail-user"
password = "mail-password"
from = "releve@home.test"
to = ["anne@home.test"]
[notifications.webhook]
url = "http://127.0.0.1:9/hook-address"
token = "hook-token"
"#;

/// Two consents, one given and one awaited, and an account.
fn keep(home: &Home) {
    let data = home.data_dir();
    for folder in ["consents", "accounts", "logs"] {
        std::fs::create_dir_all(data.join(folder)).unwrap();
    }
    let server = "https://gateway.example/ releve";
    let at = "2026-11-20T08:00:00Z";
    let given = json!({
        "id": "box-1", "source": "box", "server": server, "state": "given",
        "access": "access-of-box", "refresh": "refresh-of-box", "renewed_at": at,
        "expires_at": at, "since": at, "usage_points": ["22516914714270"],
    });
    let waiting = json!({
        "id": "box-2", "source": "box", "server": server, "state": "waiting",
        "device_code": "device-code-of-box", "user_code": "WDJB-MJHT",
        "link": "https://gateway.example/device",
        "link_complete": "https://gateway.example/device?user_code=WDJB-MJHT",
        "since": at, "until": at, "interval": 5, "poll_at": at,
    });
    let account = json!({
        "login": "anne@portal.test", "password": "portal-password", "cookie": "portal-cookie",
    });
    let write = |name: &str, value: &serde_json::Value| {
        std::fs::write(data.join(name), value.to_string()).unwrap();
    };
    write("consents/box-1.json", &given);
    write("consents/box-2.json", &waiting);
    write("accounts/compte.json", &account);
    // The worst that a mistake could do.
    let mut log = String::new();
    for secret in SECRETS {
        writeln!(
            log,
            "2026-11-21T08:00:00Z WARN releve: it was {secret}, twice: {secret}"
        )
        .unwrap();
    }
    std::fs::write(data.join("logs/releve.2026-11-21.log"), log).unwrap();
}

#[test]
fn no_secret_of_any_kind_is_in_a_report_though_all_are_in_the_log() {
    let home = Home::new("http://127.0.0.1:9", "2026", &[]);
    home.write("releve.toml", CONFIG, 0o600);
    home.run(&["check"]).well();
    keep(&home);
    let listed = home.run(&["consent", "list", "--lang", "en"]).well();
    assert!(
        listed.contains("box-1") && listed.contains("box-2"),
        "{listed}"
    );
    for lang in ["fr", "en"] {
        let name = format!("report-{lang}.txt");
        let said = home.run(&["report", &name, "--lang", lang]).well();
        assert!(said.contains("Issues"), "it says where to send it: {said}");
        let bundle = std::fs::read_to_string(home.path(&name)).unwrap();
        for part in ["doctor", "status", "configuration", "log"] {
            assert!(bundle.contains(&format!("==== {part} ====")), "{part}");
        }
        assert!(bundle.contains("it was […], twice: […]"), "{bundle}");
        for secret in SECRETS {
            assert!(!bundle.contains(secret), "{secret}: {bundle}");
        }
    }
}
