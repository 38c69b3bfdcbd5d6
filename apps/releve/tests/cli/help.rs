//! Helps, version and completions.

use insta::assert_snapshot;

use crate::house::House;

#[test]
fn every_help_is_there_in_both_languages() {
    let house = House::empty();
    let mut text = String::new();
    for command in [
        "",
        "init",
        "sync",
        "run",
        "serve",
        "import",
        "show",
        "status",
        "export",
        "cost",
        "compare",
        "tariff",
        "tariff show",
        "jeedom",
        "jeedom push",
        "domoticz",
        "domoticz adopt",
        "domoticz push",
        "check",
        "completions",
    ] {
        text += &house.both(&format!("{command} --help"));
        text += "\n";
    }
    assert_snapshot!(text);
}

#[test]
fn the_language_comes_from_the_option_then_the_configuration() {
    let house = House::empty();
    house.file("en.toml", "language = \"en\"\n");
    assert!(house.run("--help").out.contains("Utilisation"));
    assert!(
        house
            .run("--config DIR/en.toml --help")
            .out
            .contains("Usage:")
    );
    let asked = house.run("--config DIR/en.toml --lang fr --help");
    assert!(asked.out.contains("Utilisation"));
}

#[test]
fn the_version_is_the_programs() {
    let said = House::empty().run("--version");
    assert_eq!(said.out, format!("releve {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completions_know_every_command_for_every_shell() {
    let house = House::empty();
    for shell in releve::cli::SHELLS {
        let script = house.run(&format!("completions {shell}")).out;
        for command in ["init", "sync", "import", "show", "export"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
}

/// The table at the head of each guide's page of commands names all of them.
#[test]
fn both_guides_name_every_command() {
    let help = House::empty().run("--lang en --help").out;
    let listed = help.split_once("Commands:\n").unwrap().1;
    let listed = listed.split_once("\n\n").unwrap().0;
    // A description that goes on in the next line is indented further.
    let own = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let commands: Vec<&str> = listed
        .lines()
        .filter(own)
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() > 20, "{commands:?}");
    for page in ["docs/en/commands.md", "docs/fr/commandes.md"] {
        let path = format!("{}/../../{page}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let table = text.split_once("\n## ").unwrap().0;
        for command in &commands {
            assert!(table.contains(&format!("`{command}")), "{page}: {command}");
        }
    }
}
