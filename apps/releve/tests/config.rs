//! Configurations as people write them: what they mean, and how each mistake is
//! told, in both languages.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use proptest::prelude::*;
use releve::config::{self, Asked, Loaded, Settings, SourceKind};
use secrecy::ExposeSecret;
use service::settings::{Problem, SettingsError};
use service::{Lang, MapEnv};
use tempfile::TempDir;

const EXAMPLE: &str = include_str!("../../../releve.example.toml");

/// A folder with a configuration, closed to others, and what it refers to.
struct Home {
    folder: TempDir,
}

impl Home {
    fn with(text: &str) -> Self {
        let home = Self {
            folder: TempDir::new().expect("a folder"),
        };
        home.write("releve.toml", text, 0o600);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str, mode: u32) {
        let path = self.path(name);
        std::fs::write(&path, text).expect("a file");
        std::fs::set_permissions(&path, Permissions::from_mode(mode)).expect("a mode");
    }

    fn load(&self, env: &MapEnv) -> Result<Loaded, SettingsError> {
        let asked = Asked {
            file: Some(self.path("releve.toml")),
            data_dir: None,
        };
        config::load(&asked, env)
    }

    /// The refusal in both languages, without the folder's changing name.
    fn refusal(&self) -> String {
        let error = self
            .load(&env())
            .expect_err("a wrong configuration is refused");
        let texts = Lang::ALL.map(|lang| error.render(lang)).join("\n=====\n\n");
        texts.replace(&self.folder.path().display().to_string(), "/home")
    }
}

fn env() -> MapEnv {
    MapEnv::from([("HOME", "/home/someone")])
}

fn read(text: &str) -> Settings {
    config::from_text(text, &env()).unwrap_or_else(|error| panic!("{error}"))
}

fn source(lines: &str) -> String {
    format!("[sources.enedis]\nkind = \"data-connect\"\nclient_id = \"abc\"\n{lines}\n")
}

fn secret_of(settings: &Settings) -> &str {
    let SourceKind::DataConnect(access) = &settings.sources[0].kind else {
        panic!("another kind")
    };
    access.client_secret.expose_secret()
}

#[test]
fn the_example_is_a_configuration_and_says_what_each_key_means() {
    let env = env().with("RELEVE_SOURCES__ENEDIS__CLIENT_SECRET", "s3cret");
    let settings = config::from_text(EXAMPLE, &env).expect("the example is right");
    insta::assert_debug_snapshot!(settings);
}

#[test]
fn every_key_of_the_schema_occurs_in_the_example() {
    let schema = config::schema();
    let mut keys = Vec::new();
    collect_keys(&schema, &mut keys);
    assert!(keys.len() > 10, "{keys:?}");
    for key in keys {
        let line = |line: &str| {
            let line = line.trim_start_matches("# ");
            let table = line.trim_start_matches('[').trim_end_matches(']');
            let is_table = line.starts_with('[') && table.split('.').any(|part| part == key);
            is_table
                || line
                    .strip_prefix(&key)
                    .is_some_and(|rest| rest.starts_with(' '))
        };
        assert!(EXAMPLE.lines().any(line), "{key}");
    }
}

fn collect_keys(schema: &serde_json::Value, keys: &mut Vec<String>) {
    if let Some(object) = schema.as_object() {
        let properties = object.get("properties").and_then(|value| value.as_object());
        keys.extend(
            properties
                .into_iter()
                .flat_map(|properties| properties.keys().cloned()),
        );
        for inner in object.values() {
            collect_keys(inner, keys);
        }
    }
    if let Some(items) = schema.as_array() {
        for inner in items {
            collect_keys(inner, keys);
        }
    }
}

#[test]
fn nothing_configured_means_the_usual_places_and_no_source() {
    let settings = read("");
    assert_eq!(settings.language, None);
    assert_eq!(
        settings.data_dir,
        Path::new("/home/someone/.local/share/releve")
    );
    assert!(settings.sources.is_empty() && settings.usage_points.is_empty());
    assert_eq!(settings.schedule.every, Duration::from_hours(1));
}

#[test]
fn the_command_line_decides_over_variables_and_those_over_the_file() {
    let home = Home::with("data_dir = \"data\"\nlanguage = \"en\"\n");
    let file = home.path("releve.toml");
    let load = |data_dir: Option<&str>, env: &MapEnv| {
        let asked = Asked {
            file: Some(file.clone()),
            data_dir: data_dir.map(PathBuf::from),
        };
        config::load(&asked, env)
            .expect("a right configuration")
            .settings
    };
    assert_eq!(load(None, &env()).data_dir, home.path("data"));
    let variables = env()
        .with("RELEVE_DATA_DIR", "/srv/a")
        .with("RELEVE_LANGUAGE", "fr");
    assert_eq!(load(None, &variables).data_dir, Path::new("/srv/a"));
    assert_eq!(load(None, &variables).language, Some(Lang::Fr));
    assert_eq!(
        load(Some("/srv/b"), &variables).data_dir,
        Path::new("/srv/b")
    );
}

#[test]
fn the_file_is_found_by_variable_and_in_the_users_folder() {
    let home = Home::with("language = \"en\"\n");
    std::fs::create_dir_all(home.path("releve")).unwrap();
    home.write("releve/releve.toml", "language = \"fr\"\n", 0o644);
    let folder = home.folder.path().display().to_string();
    let xdg = env().with("XDG_CONFIG_HOME", folder);
    let loaded = config::load(&Asked::default(), &xdg).unwrap();
    assert_eq!(loaded.file, Some(home.path("releve/releve.toml")));
    assert_eq!(loaded.settings.language, Some(Lang::Fr));

    let named = xdg.with("RELEVE_CONFIG", home.path("releve.toml"));
    let loaded = config::load(&Asked::default(), &named).unwrap();
    assert_eq!(loaded.settings.language, Some(Lang::En));
    assert_eq!(loaded.warnings, []);
}

#[test]
fn variables_alone_configure_everything() {
    let env = env()
        .with("RELEVE_SOURCES__ENEDIS__KIND", "data-connect")
        .with("RELEVE_SOURCES__ENEDIS__CLIENT_ID", "abc")
        .with("RELEVE_SOURCES__ENEDIS__CLIENT_SECRET", "s3cret")
        .with("RELEVE_SOURCES__ENEDIS__CALLS_PER_SECOND", "2")
        .with("RELEVE_USAGE_POINTS", "22516914714270, 11453290002823")
        .with("RELEVE_SCHEDULE__EVERY", "10min");
    let settings = config::from_text("", &env).unwrap();
    let SourceKind::DataConnect(access) = &settings.sources[0].kind else {
        panic!("another kind")
    };
    assert_eq!(access.calls_per_second, Some(2));
    assert_eq!(
        access.base_url.as_str(),
        "https://gw.ext.prod.api.enedis.fr/"
    );
    assert_eq!(settings.usage_points.len(), 2);
    assert_eq!(settings.schedule.every, Duration::from_mins(10));
}

#[test]
fn a_secret_of_a_variable_decides_over_the_file_that_the_configuration_names() {
    let home = Home::with(&source("client_secret_file = \"gone\""));
    let env = env().with("RELEVE_SOURCES__ENEDIS__CLIENT_SECRET", "from env");
    assert_eq!(secret_of(&home.load(&env).unwrap().settings), "from env");
}

#[test]
fn a_secret_file_is_read_from_beside_the_configuration() {
    let home = Home::with(&source("client_secret_file = \"secret\""));
    home.write("secret", "s3cret\n", 0o600);
    assert_eq!(secret_of(&home.load(&env()).unwrap().settings), "s3cret");
}

#[test]
fn pacing_ends_only_towards_this_machine() {
    let local =
        source("client_secret = \"x\"\npacing = false\nbase_url = \"http://127.0.0.1:8080\"");
    let settings = read(&local);
    let SourceKind::DataConnect(access) = &settings.sources[0].kind else {
        panic!("another kind")
    };
    assert_eq!(access.calls_per_second, None);
    assert!(
        config::from_text(
            &local.replace("http://127.0.0.1:8080", "https://enedis.fr"),
            &env()
        )
        .is_err()
    );
}

#[test]
fn secrets_show_in_no_debug_output() {
    let settings = read(&source("client_secret = \"hunter2\""));
    assert_eq!(secret_of(&settings), "hunter2");
    assert!(!format!("{settings:?}").contains("hunter2"));
}

#[test]
fn every_mistake_of_a_file_is_told_at_once() {
    let home = Home::with(
        r#"
lanugage = "fr"
data_dir = ""

[sources.enedis]
kind = "data-connect"
generation = 2026
base_url = "http://gw.ext.prod.api.enedis.fr"
client_id = "a b"
calls_per_second = 50

[sources."Mon Enedis"]
kind = "data-connect"
base_url = "https://me:hunter2@enedis.fr/?key=hunter2"
client_id = "abc"
client_secret = ""
pacing = false

[[usage_points]]
prm = "2251691471427"

[[usage_points]]
prm = "22516914714270"
name = ""

[[usage_points]]
prm = "22516 914 714 270"

[[usage_points]]
prm = "2251691471427O"

[schedule]
every = "hourly"
"#,
    );
    let refusal = home.refusal();
    assert!(!refusal.contains("hunter2"), "{refusal}");
    insta::assert_snapshot!(refusal);
}

#[test]
fn each_wrong_secret_has_its_own_message() {
    let file = |mode: u32, content: &str| {
        let home = Home::with(&source("client_secret_file = \"secret\""));
        home.write("secret", content, mode);
        home.refusal()
    };
    let folder = Home::with(&source("client_secret_file = \"folder\""));
    std::fs::create_dir(folder.path("folder")).unwrap();
    let exposed = Home::with("");
    exposed.write("releve.toml", &source("client_secret = \"hunter2\""), 0o644);
    let twice = source("client_secret = \"hunter2\"\nclient_secret_file = \"secret\"");
    let cases = [
        Home::with(&source("")).refusal(),
        Home::with(&twice).refusal(),
        Home::with(&source("client_secret = \"\"")).refusal(),
        Home::with(&source("client_secret_file = \"it is gone\"")).refusal(),
        folder.refusal(),
        file(0o644, "hunter2"),
        file(0o600, "\n"),
        file(0o600, "hunter2\nhunter2\n"),
        exposed.refusal(),
    ];
    let text = cases.join("\n##########\n\n");
    assert!(!text.contains("hunter2"), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn a_file_that_is_no_configuration_is_told_by_its_path() {
    let missing = Home::with("");
    std::fs::remove_file(missing.path("releve.toml")).unwrap();
    let folder = Home::with("");
    std::fs::remove_file(folder.path("releve.toml")).unwrap();
    std::fs::create_dir(folder.path("releve.toml")).unwrap();
    let binary = Home::with("");
    std::fs::write(binary.path("releve.toml"), [0xff, 0xfe, 0]).unwrap();
    let large = Home::with(&"#\n".repeat(600_000));
    let texts = [missing, folder, binary, large].map(|home| home.refusal());
    insta::assert_snapshot!(texts.join("\n##########\n\n"));
}

#[test]
fn a_place_for_the_data_is_asked_for_where_the_environment_has_no_home() {
    let error = config::from_text("", &MapEnv::default()).unwrap_err();
    insta::assert_snapshot!(Lang::ALL.map(|lang| error.render(lang)).join("\n"));
}

#[test]
fn what_is_collected_and_how_often_is_read_with_its_bounds() {
    use meter::{Direction, Kind};
    let home = |point: &str, schedule: &str| {
        let text = source("client_secret = \"hunter2\"");
        format!(
            "{text}\n[[usage_points]]\nprm = \"22516914714270\"\n{point}\n[schedule]\n{schedule}\n"
        )
    };
    let scope = |point: &str| read(&home(point, "")).usage_points[0].scope.clone();
    let all = scope("");
    assert!(all.wants(Kind::Index, Direction::Production) && all.history.is_none());
    let few = scope("collect = [\"daily\", \"curve\"]\nhistory = 30\nmaxima = \"daily\"");
    assert!(few.wants(Kind::Curve, Direction::Consumption));
    assert!(!few.wants(Kind::Curve, Direction::Production));
    assert!(!few.wants(Kind::Maximum, Direction::Consumption));
    assert_eq!(few.history, Some(30));
    let daily = |point: &str, rest: &str| {
        let settings = read(&home(point, &format!("[notifications]\n{rest}")));
        let prm = settings.usage_points[0].prm;
        settings.wishes().scope(prm).daily_maximum
    };
    let webhook = "webhook = { url = \"https://ntfy.example/releve\" }";
    let muted = format!("mute = [\"power\"]\n{webhook}");
    assert!(!daily("", "") && daily("maxima = \"daily\"", ""));
    assert!(daily("", webhook), "an alert looks at each day's maximum");
    assert!(!daily("", &muted) && !daily("maxima = \"weekly\"", webhook));
    let panels = scope("collect = [\"production\"]");
    assert!(panels.wants(Kind::Curve, Direction::Production));
    assert!(!panels.wants(Kind::Curve, Direction::Consumption));
    let schedule = "first_try = \"11:15\"\nminute = 7\nagain = [2]\nlate_days = 20\n\
                    totals_every = 3\n[schedule.hours]\nenedis = \"08:00-20:00\"";
    let settings = read(&home("", schedule));
    let rhythm = settings
        .schedule
        .rhythm(&[], "enedis", collector::rhythm::Hours::USUAL);
    let day = jiff::civil::date(2026, 11, 20);
    assert_eq!(
        rhythm.first_try(day),
        "2026-11-21T10:22:00Z".parse().unwrap()
    );
    assert!(!rhythm.is_open("2026-11-21T19:00:00Z".parse().unwrap()));
    assert_eq!(settings.wishes().cadence.totals, 3);
    let wrong = [
        ("collect = []", ""),
        ("collect = [\"curves\"]", ""),
        ("history = 0", ""),
        ("maxima = \"hourly\"", ""),
        ("", "first_try = \"22:00\""),
        ("", "minute = 60"),
        ("", "again = [1, 2, 3, 4, 5, 6, 7]"),
        ("", "again = [0]"),
        ("", "late_days = 2"),
        ("", "totals_every = 32"),
        ("", "production_every = 1"),
        ("", "[schedule.hours]\nenedis = \"22:00-06:00\""),
        ("", "[schedule.hours]\nother = \"06:00-22:00\""),
    ];
    let refusals = wrong.map(|(point, schedule)| Home::with(&home(point, schedule)).refusal());
    insta::assert_snapshot!(refusals.join("\n##########\n\n"));
}

#[test]
fn an_interval_out_of_bounds_is_refused() {
    for every in ["59s", "25h", "-1h", "0s"] {
        let text = format!("[schedule]\nevery = \"{every}\"\n");
        let error = config::from_text(&text, &env()).unwrap_err();
        assert_eq!(error.problems[0].name(), "config-every-range", "{every}");
    }
    for every in ["1min", "24h", "1 h", "PT30M", "1h 30min"] {
        read(&format!("[schedule]\nevery = \"{every}\"\n"));
    }
}

#[test]
fn addresses_without_encryption_are_for_this_machine_only() {
    let names = |url: &str| {
        let text = source(&format!("client_secret = \"x\"\nbase_url = \"{url}\""));
        let error = config::from_text(&text, &env()).err();
        error.map_or(Vec::new(), |error| {
            error.problems.iter().map(Problem::name).collect()
        })
    };
    for right in [
        "https://a.example/b",
        "http://localhost:1",
        "http://127.0.0.2",
        "http://[::1]:80",
    ] {
        assert_eq!(names(right), Vec::<&str>::new(), "{right}");
    }
    for wrong in [
        "http://a.example",
        "http://localhost.a.example",
        "http://[::2]",
        "http://1270.0.1",
    ] {
        assert!(!names(wrong).is_empty(), "{wrong}");
    }
    assert_eq!(names("ftp://a.example"), ["config-url"]);
    assert_eq!(names("file:///etc/passwd"), ["config-url"]);
    assert_eq!(names("enedis"), ["config-url"]);
    assert_eq!(names("https://a.example/#x"), ["config-url-parts"]);
}

proptest! {
    #[test]
    fn no_text_stops_the_loader(text in "(?s).{0,200}") {
        let _ = config::from_text(&text, &env()).map_err(|error| error.render(Lang::Fr));
    }

    #[test]
    fn no_value_under_any_key_stops_the_loader(
        key in prop_oneof![
            Just("language"), Just("data_dir"), Just("sources.a"), Just("sources.a.kind"),
            Just("sources.a.client_secret"), Just("sources.a.calls_per_second"), Just("sources.a.base_url"),
            Just("usage_points"), Just("usage_points.prm"), Just("schedule.every"), Just("schedule"),
        ],
        value in prop_oneof![
            "[0-9]{1,25}", "\"[^\"\\\\\n]{0,20}\"", Just("[[]]".to_owned()), Just("{ prm = 1 }".to_owned()),
            Just("[{ prm = \"\" }, 5]".to_owned()), Just("1e400".to_owned()), Just("nan".to_owned()),
            Just("2026-10-25".to_owned()), Just("true".to_owned()), Just("{ kind = \"data-connect\" }".to_owned()),
        ],
    ) {
        let text = format!("{key} = {value}\nsources.b.kind = \"data-connect\"\n");
        let _ = config::from_text(&text, &env()).map_err(|error| error.render(Lang::En));
    }
}

fn gateway_of<'a>(settings: &'a Settings, name: &str) -> &'a config::Gateway {
    let mut sources = settings.sources.iter();
    let source = sources
        .find(|source| source.name == name)
        .expect("a source");
    source.kind.gateway().expect("a gateway")
}

#[test]
fn a_gateway_takes_one_token_for_all_or_one_for_each_usage_point() {
    let home = Home::with(
        "[sources.conso]\nkind = \"conso-api\"\ntoken_file = \"token\"\n\
         [[usage_points]]\nprm = \"22516914714270\"\n\
         [[usage_points]]\nprm = \"11453290002823\"\ntoken = \"its-own\"\n",
    );
    home.write("token", "for-all\n", 0o600);
    let settings = home.load(&env()).unwrap().settings;
    let gateway = gateway_of(&settings, "conso");
    assert_eq!(gateway.base_url.as_str(), "https://conso.boris.sh/");
    let common = gateway.token.as_ref().map(ExposeSecret::expose_secret);
    assert_eq!(common, Some("for-all"));
    let own: Vec<_> = gateway
        .tokens
        .iter()
        .map(|(prm, token)| (prm.to_string(), token.expose_secret()))
        .collect();
    assert_eq!(own, [("11453290002823".to_owned(), "its-own")]);
    assert!(!format!("{settings:?}").contains("its-own"));
}

#[test]
fn several_gateways_and_enedis_may_be_asked_each_for_its_usage_points() {
    let text = source("client_secret = \"x\"")
        + "[sources.med]\nkind = \"myelectricaldata\"\n\
           [[usage_points]]\nprm = \"22516914714270\"\n\
           [[usage_points]]\nprm = \"11453290002823\"\nsource = \"med\"\ntoken = \"t0ken\"\n";
    let settings = read(&text);
    let med = gateway_of(&settings, "med");
    assert_eq!(
        med.base_url.as_str(),
        config::MY_ELECTRICAL_DATA.to_owned() + "/"
    );
    assert_eq!(med.tokens.len(), 1);
    let kinds: Vec<_> = settings.sources.iter().map(|s| s.kind.as_str()).collect();
    assert_eq!(kinds, ["data-connect", "myelectricaldata"]);
}

#[test]
fn variables_alone_configure_a_gateway() {
    let env = env()
        .with("RELEVE_SOURCES__CONSO__KIND", "conso-api")
        .with("RELEVE_SOURCES__CONSO__TOKEN", "t0ken")
        .with("RELEVE_USAGE_POINTS", "22516914714270");
    let settings = config::from_text("", &env).unwrap();
    let token = gateway_of(&settings, "conso").token.as_ref();
    assert_eq!(token.map(ExposeSecret::expose_secret), Some("t0ken"));
}

#[test]
fn a_usage_point_is_asked_of_the_source_that_it_names_else_of_the_first() {
    let text = source("client_secret = \"x\"")
        + "[sources.conso]\nkind = \"conso-api\"\n\
           [[usage_points]]\nprm = \"22516914714270\"\nsource = \"enedis\"\n\
           [[usage_points]]\nprm = \"11453290002823\"\ntoken = \"t0ken\"\n";
    let settings = read(&text);
    let named: Vec<_> = settings
        .usage_points
        .iter()
        .map(|point| point.source.as_deref())
        .collect();
    assert_eq!(named, [Some("enedis"), None]);
    assert_eq!(gateway_of(&settings, "conso").tokens.len(), 1);
}

#[test]
fn each_wrong_token_has_its_own_message() {
    let enedis = source("client_secret = \"x\"");
    let conso = "[sources.conso]\nkind = \"conso-api\"\n";
    let point = "[[usage_points]]\nprm = \"22516914714270\"\n";
    let mut out = String::new();
    for text in [
        format!("{conso}{point}"),
        conso.to_owned(),
        format!("{conso}token = \"a\"\ntoken_file = \"b\"\n"),
        format!("{conso}token = \" \"\n{point}"),
        format!("{conso}{point}token_file = \"gone\"\n"),
        format!("{enedis}{point}token = \"a\"\n"),
        format!("{enedis}{point}source = \"eneids\"\n"),
        format!("{conso}client_id = \"a\"\n"),
    ] {
        out += &Home::with(&text).refusal();
        out += "\n-----\n\n";
    }
    insta::assert_snapshot!(out);
}
