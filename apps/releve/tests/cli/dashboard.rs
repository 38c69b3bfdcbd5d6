//! `dashboard password`: what is written, to whom it is readable, and that the
//! password itself stands nowhere.

use std::os::unix::fs::PermissionsExt;

use dashboard::door::PasswordHash;
use releve::Exit;

use crate::house::House;
use crate::schema::assert_valid;

const PASSWORD: &str = "un mot de passe";

fn house(input: &'static str) -> House {
    let mut house = House::empty();
    house.input = input;
    house
}

#[test]
fn a_password_is_kept_as_a_hash_in_a_file_of_its_owner_alone() {
    let house = house("un mot de passe\nand more\n");
    for (line, name) in [
        ("dashboard password", "dashboard.password"),
        ("dashboard password --viewer", "dashboard-viewer.password"),
    ] {
        let said = house.run(line);
        assert_eq!(said.exit, Exit::Ok, "{}", said.err);
        assert!(
            said.out.contains(name) && !said.out.contains(PASSWORD),
            "{}",
            said.out
        );
        let path = house.path("data").join(name);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains(PASSWORD));
        let hash = PasswordHash::read(&text).unwrap();
        assert!(hash.is_of(PASSWORD), "{name}");
    }
}

#[test]
fn the_configuration_says_where_and_json_tells_it() {
    let house = house("un mot de passe\r\n");
    let text = "[dashboard]\npassword_file = \"word\"\n";
    house.file("releve.toml", text);
    let said = house.run("--config DIR/releve.toml dashboard password --json");
    let report = said.json();
    assert_valid("dashboard-password", &report);
    assert_eq!(report["role"], "owner");
    assert_eq!(report["file"], "[dir]/word");
    let kept = std::fs::read_to_string(house.path("word")).unwrap();
    assert!(PasswordHash::read(&kept).unwrap().is_of(PASSWORD));
}

#[test]
fn what_is_no_password_changes_nothing() {
    for input in ["", "\n", "short\n", "with\ttab and more\n"] {
        let house = house(input);
        let said = house.run("dashboard password");
        assert_eq!(said.exit, Exit::Usage, "{input:?}");
        assert!(
            !house.path("data").join("dashboard.password").exists(),
            "{input:?}"
        );
    }
    let said = house("short\n").run("--lang en dashboard password");
    assert!(
        said.err.contains("at least eight characters"),
        "{}",
        said.err
    );
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let house = house("un mot de passe\n");
    house.file("data", "a file where the folder should be");
    let said = house.run("--lang fr dashboard password");
    assert_eq!(said.exit, Exit::Data);
    assert!(said.err.contains("ne peut pas être écrit"), "{}", said.err);
}
