//! Settings files of an invented program: everything wrong is told at once, in
//! its place, and nothing secret is repeated.

use proptest::prelude::*;
use serde_json::json;
use service::settings::{Draft, Problem, Program, SettingsError};
use service::{Lang, MapEnv};

fn schema() -> serde_json::Value {
    json!({
        "type": "object",
        "properties": {
            "language": { "type": "string", "enum": ["fr", "en"] },
            "verbose": { "type": "boolean" },
            "servers": { "type": "object", "additionalProperties": { "$ref": "#/$defs/Server" } },
            "boxes": { "type": "array", "items": {
                "type": "object",
                "properties": { "id": { "type": "string" }, "name": { "type": "string" } },
                "required": ["id"]
            } }
        },
        "$defs": {
            "Server": { "oneOf": [{
                "type": "object",
                "properties": { "kind": { "type": "string", "const": "plain" } },
                "$ref": "#/$defs/Plain",
                "required": ["kind"]
            }] },
            "Plain": {
                "type": "object",
                "properties": {
                    "host": { "type": "string" },
                    "port": { "type": "integer", "minimum": 1, "maximum": 65535 },
                    "token": { "type": "string", "writeOnly": true }
                },
                "required": ["host"]
            }
        }
    })
}

fn read(text: &str, env: &MapEnv) -> Result<(serde_json::Value, Vec<Problem>), SettingsError> {
    let program = Program {
        schema: &schema(),
        prefix: "APP_",
        reserved: &["APP_CONFIG"],
    };
    let mut draft = Draft::of_text(&program, text.to_owned(), env);
    let raw = draft.raw();
    draft.finish(raw)
}

fn refusal(text: &str) -> String {
    let error = read(text, &MapEnv::default()).expect_err("a wrong file is refused");
    Lang::ALL.map(|lang| error.render(lang)).join("\n=====\n\n")
}

#[test]
fn every_problem_of_a_file_is_told_at_once_with_its_place_and_advice() {
    insta::assert_snapshot!(refusal(
        r#"lanugage = "fr"
language = "de"
verbose = "true"
colour = 1

[servers.one]
kind = "plain"
hots = "a"
port = 70000
token = 12345678

[servers.two]
host = 5

[servers.three]
kind = "plian"
host = "x"

[[boxes]]
name = "no id"
"#
    ));
}

#[test]
fn brackets_doubled_or_single_by_mistake_are_explained() {
    insta::assert_snapshot!(refusal(
        "[boxes]\nid = \"1\"\n\n[[servers.one]]\nkind = \"plain\"\n"
    ));
}

#[test]
fn slips_of_toml_have_messages_of_their_own() {
    let slips = [
        "language = fr\n",
        "language fr\n",
        "language =\n",
        "language = \"fr\n",
        "language = \"fr\"\nlanguage = \"en\"\n",
        "[servers.one\nkind = \"plain\"\n",
        "boxes = [ { id = \"1\" \n",
        "= 5\n",
        "language = \"fr\" \"en\"\n",
        "language = \"C:\\dossier\"\n",
        "clé = 1\n",
    ];
    insta::assert_snapshot!(
        slips
            .map(|slip| format!("{slip}---\n{}", refusal(slip)))
            .join("\n##########\n\n")
    );
}

#[test]
fn the_environment_overrides_the_file_level_by_level() {
    let text = "[servers.my-box]\nkind = \"plain\"\nhost = \"a\"\nport = 80\n[[boxes]]\nid = \"1\"\nname = \"one\"\n[[boxes]]\nid = \"2\"\n";
    let env = MapEnv::from([
        ("APP_LANGUAGE", "en"),
        ("APP_VERBOSE", "true"),
        ("APP_SERVERS__MY_BOX__PORT", "8080"),
        ("APP_SERVERS__OTHER__KIND", "plain"),
        ("APP_SERVERS__OTHER__HOST", "b"),
        ("APP_BOXES", "1, 3"),
        ("APP_CONFIG", "elsewhere"),
        ("OTHER_LANGUAGE", "xx"),
    ]);
    let (settings, warnings) = read(text, &env).unwrap();
    assert_eq!(
        settings,
        json!({
            "language": "en",
            "verbose": true,
            "servers": {
                "my-box": { "kind": "plain", "host": "a", "port": 8080 },
                "other": { "kind": "plain", "host": "b" },
            },
            "boxes": [{ "id": "1", "name": "one" }, { "id": "3" }],
        })
    );
    assert_eq!(warnings, []);
}

#[test]
fn wrong_variables_are_refused_and_unknown_ones_are_told_without_stopping_anything() {
    let env = MapEnv::from([("APP_VERBOSE", "maybe"), ("APP_SERVERS__A__PORT", "http")]);
    let error = read("[servers.a]\nkind = \"plain\"\nhost = \"h\"", &env).unwrap_err();
    insta::assert_snapshot!("wrong_variables", error.render(Lang::Fr));

    let env = MapEnv::from([("APP_LANGAUGE", "en"), ("APP_PORT", "tcp://10.0.0.1:80")]);
    let (_, warnings) = read("", &env).unwrap();
    let texts: Vec<_> = warnings
        .iter()
        .map(|warning| warning.render(Lang::En, None))
        .collect();
    insta::assert_snapshot!("unknown_variables", texts.join("\n"));
}

#[test]
fn the_language_of_a_wrong_file_is_known_for_its_messages() {
    let error = read("language = \"en\"\nwrong = 1\n", &MapEnv::default()).unwrap_err();
    assert_eq!(error.language, Some(Lang::En));
    let error = read("language = \"en\"\nwrong = \n", &MapEnv::default()).unwrap_err();
    assert_eq!(error.language, Some(Lang::En));
}

#[test]
fn a_secret_is_repeated_by_no_message() {
    for text in [
        "[servers.a]\nkind = \"plain\"\nhost = \"h\"\ntoken = \"hunter2",
        "[servers.a]\nkind = \"plain\"\nhost = \"h\"\ntoken = hunter2",
        "[servers.a]\nkind = \"plain\"\nhost = \"h\"\ntoken \"hunter2\"",
        "[servers.a]\nkind = \"plain\"\nhost = \"h\"\ntoekn = \"hunter2\"",
        "[servers.a]\nkind = \"plain\"\nhost = \"h\"\ntoken = [\"hunter2\"]",
        "[servers.a]\nkind = \"plain\"\nhost = \"h\"\ntoken = \"\"\"\nhunter2",
        "servers.a = { kind = \"plain\", token = \"hunter2\", host = 5 }",
    ] {
        let error = read(text, &MapEnv::default()).unwrap_err();
        let shown = format!("{}{error}{error:?}", error.render(Lang::Fr));
        assert!(!shown.contains("hunter2"), "{text}\n{shown}");
    }
}

proptest! {
    #[test]
    fn no_text_stops_the_reader(text in "(?s).{0,200}") {
        let _ = read(&text, &MapEnv::default()).map_err(|error| error.render(Lang::Fr));
    }

    #[test]
    fn no_mixture_of_toml_pieces_stops_the_reader(
        pieces in proptest::collection::vec(prop_oneof![
            Just("language"), Just("servers"), Just("boxes"), Just("token"), Just(" = "), Just("\"fr\""),
            Just("["), Just("]"), Just("[["), Just("]]"), Just("{"), Just("}"), Just("\n"), Just(","),
            Just("."), Just("\"\"\""), Just("1e9"), Just("2026-01-01"), Just("9999999999999999999999"),
            Just("#"), Just("é"), Just("kind"), Just("\"plain\""), Just("true"),
        ], 0..40)
    ) {
        let _ = read(&pieces.concat(), &MapEnv::default()).map_err(|error| error.render(Lang::En));
    }
}
