//! Exports in place of a source; hostile ones among them.

use jiff::civil::date;
use meter::Direction;
use simulator::{customers, export};

use crate::inspected::inspect;
use crate::room::Room;

const PRM: &str = "33333333333333";

/// Two days of half hours, as the site of Enedis gives them.
fn exported(room: &Room) -> Vec<u8> {
    let point = customers::usage_point(customers::DEMO_SECOND);
    let truth = room.enedis.simulator.truth(point).unwrap();
    let (from, to) = (date(2026, 11, 2), date(2026, 11, 4));
    export::format_a(&truth, Direction::Consumption, from, to).into_bytes()
}

#[tokio::test]
async fn files_alone_lead_to_data_on_the_screen() {
    let room = Room::new("fr");
    let page = room.get("/setup/source/files").await;
    page.says(200, &["multipart/form-data", "type=\"file\""]);
    let none = room.drop_files(&[], "").await;
    none.says(422, &["Aucun fichier"]);
    let sent = room
        .drop_files(&[("courbe.csv", &exported(&room))], "")
        .await;
    sent.leads("/setup/points");
    room.goes_through(PRM).await;
    assert_eq!(inspect(&room.data(ledger::FILE_NAME)).readings, 96);
    let text = std::fs::read_to_string(room.configuration()).unwrap();
    assert!(!text.contains("\n[sources"), "{text}");
}

#[tokio::test]
async fn what_is_no_export_is_refused_and_leads_nowhere() {
    let room = Room::new("en");
    let foul: [(&str, &[u8]); 4] = [
        ("../../../../etc/passwd", b"root:x:0:0"),
        ("<script>alert(1)</script>.csv", b"<html>"),
        ("..", b"\0\x01\x02"),
        ("huge;name.csv", b""),
    ];
    for (name, bytes) in foul {
        let said = room.drop_files(&[(name, bytes)], "").await;
        said.says(422, &["id=\"setup-refused\""]);
        assert!(!said.text.contains("<script>alert"), "{}", said.text);
    }
    // All of them or none.
    let both = room
        .drop_files(&[("a.csv", &exported(&room)), ("b.csv", b"x")], "")
        .await;
    both.says(422, &["id=\"setup-refused\""]);
    room.get("/setup/points")
        .await
        .leads("/setup/source?forgotten");
    assert!(!room.data(ledger::FILE_NAME).exists());
    assert!(!room.configuration().exists());
}
