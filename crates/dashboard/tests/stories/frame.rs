//! What surrounds every page.

use crate::room::Room;

#[tokio::test]
async fn a_page_speaks_the_browsers_language_and_loads_nothing_from_elsewhere() {
    let room = Room::lived_in();
    assert!(room.dir.path().join("data").exists());
    let said = room.get("en", "/health").await;
    assert_eq!(said.status, 200, "{}", said.text);
    assert!(said.text.contains("<html lang=\"en\""));
    assert!(!said.text.contains("://"), "{}", said.text);
    assert!(!said.text.contains("style="));
    let said = room.get("fr", "/health").await;
    assert!(said.text.contains("<h1>Santé</h1>"));
}

#[tokio::test]
async fn style_and_script_are_kept_for_good_under_their_digest() {
    let room = Room::empty();
    let path = dashboard::assets::path("style.css");
    let said = room.get("fr", &path).await;
    assert_eq!(said.status, 200);
    assert!(room.settings.usage_points.is_empty());
    let kept = said.headers["cache-control"].to_str().unwrap();
    assert!(kept.contains("immutable"));
    assert_eq!(
        room.get("fr", "/assets/0/../../etc/passwd").await.status,
        404
    );
    assert_eq!(room.get("fr", "/assets/0/style.css").await.status, 404);
}
