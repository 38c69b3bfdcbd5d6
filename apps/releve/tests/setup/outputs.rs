//! Destinations, tried live: wrong first, then right.

use standins::domoticz::{Domoticz, Settings};

use crate::room::Room;

#[tokio::test]
async fn a_domoticz_that_is_not_there_or_refuses_is_told_and_one_that_answers_is_kept() {
    let room = Room::new("fr");
    room.answers().await;
    let domoticz = Domoticz::start(Settings::default());
    let url = domoticz.url();
    let send = |url: &str, user: &str, secret: &str| {
        let fields = [
            ("kind", "domoticz"),
            ("url", url),
            ("user", user),
            ("secret", secret),
        ];
        fields.map(|(name, value)| (name, value.to_owned()))
    };
    let nobody = send("http://127.0.0.1:1", "", "");
    let half = send(&url, "moi", "");
    let no_url = send("pas une adresse", "", "");
    for wrong in [nobody, half, no_url] {
        let fields: Vec<(&str, &str)> = wrong.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let page = room.post("/setup/outputs", &fields).await;
        page.says(
            422,
            &["id=\"setup-refused\"", &format!("value=\"{}\"", wrong[1].1)],
        );
    }
    assert!(domoticz.state().tables.devices.is_empty());
    let right = send(&url, "", "");
    let right: Vec<(&str, &str)> = right.iter().map(|(n, v)| (*n, v.as_str())).collect();
    room.post("/setup/outputs", &right)
        .await
        .leads("/setup/outputs");
    room.get("/setup/outputs")
        .await
        .says(200, &["Essai réussi"]);
    // It was looked at only.
    assert!(domoticz.state().tables.devices.is_empty());
    let jeedom = [
        ("kind", "jeedom"),
        ("url", "http://127.0.0.1:1"),
        ("secret", ""),
    ];
    room.post("/setup/outputs", &jeedom)
        .await
        .says(422, &["clé API"]);
    room.ends().await;
    let text = std::fs::read_to_string(room.configuration()).unwrap();
    assert!(text.contains("[outputs.domoticz]"), "{text}");
}
