//! Where the configuration is written, or cannot be.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use crate::room::{PRM, Room};

#[tokio::test]
async fn a_configuration_that_comes_meanwhile_is_left_as_it_is() {
    let mut room = Room::new("fr");
    room.answers().await;
    std::fs::create_dir_all(room.configuration().parent().unwrap()).unwrap();
    std::fs::write(room.configuration(), "# à moi\n").unwrap();
    let page = room.post("/setup/finish", &[]).await;
    page.says(422, &["existe déjà"]);
    let kept = std::fs::read_to_string(room.configuration()).unwrap();
    assert_eq!(kept, "# à moi\n");
    let beside = room
        .configuration()
        .parent()
        .unwrap()
        .join("conso-api.token");
    assert!(!beside.exists(), "no secret is left behind");
    // From the next start on there is nothing to set up.
    room.restart();
    room.get("/setup").await.says(200, &["déjà configuré"]);
    let page = room.post("/setup/finish", &[]).await;
    page.says(200, &["déjà configuré"]);
}

#[tokio::test]
async fn where_nothing_can_be_written_the_set_up_says_so_first_and_loses_nothing() {
    let room = Room::new("en");
    // A file stands where the folder should be: also root cannot write there.
    std::fs::write(room.folder.path().join(".config"), "").unwrap();
    room.get("/setup")
        .await
        .says(200, &["cannot be written", "--config"]);
    room.answers().await;
    room.get("/setup/finish")
        .await
        .says(200, &["cannot be written"]);
    let page = room.post("/setup/finish", &[]).await;
    page.says(422, &["id=\"setup-refused\""]);
    // Once it can, everything that was answered is still there.
    std::fs::remove_file(room.folder.path().join(".config")).unwrap();
    room.ends().await;
    let mode = std::fs::metadata(room.configuration())
        .unwrap()
        .permissions();
    assert_eq!(mode.mode() & 0o777, Permissions::from_mode(0o600).mode());
}

#[tokio::test]
async fn what_somebody_typed_cannot_become_markup() {
    let room = Room::new("fr");
    room.answers().await;
    let (keep, name) = (format!("keep-{PRM}"), format!("name-{PRM}"));
    let foul = "\"><script>alert(1)</script>";
    let fields = [(keep.as_str(), "1"), (name.as_str(), foul)];
    room.post("/setup/points", &fields)
        .await
        .leads("/setup/off-peak");
    for path in [
        "/setup/points",
        "/setup/off-peak",
        "/setup/offer",
        "/setup/finish",
    ] {
        let page = room.get(path).await;
        assert_eq!(page.status, 200);
        assert!(
            !page.text.contains("<script>alert"),
            "{path}: {}",
            page.text
        );
        assert!(
            page.text.contains("&lt;script&gt;") || page.text.contains("&#60;script"),
            "{path}"
        );
    }
    room.ends().await;
    let text = std::fs::read_to_string(room.configuration()).unwrap();
    let value: toml::Value = toml::from_str(&text).unwrap();
    assert_eq!(value["usage_points"][0]["name"].as_str(), Some(foul));
}
