//! The dialogue of `releve init` and the file that it leaves.

use std::cell::RefCell;
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use proptest::prelude::*;
use releve::config::{self, SourceKind};
use releve::init::{self, InitError, Options};
use secrecy::ExposeSecret;
use service::{Lang, MapEnv};
use tempfile::TempDir;

struct Session {
    folder: TempDir,
    said: String,
    result: Result<(), InitError>,
}

impl Session {
    fn target(&self) -> PathBuf {
        self.folder.path().join("new/releve.toml")
    }

    fn file(&self) -> String {
        std::fs::read_to_string(self.target()).expect("a written file")
    }

    /// What was said, without the folder's changing name.
    fn said(&self) -> String {
        self.said
            .replace(&self.folder.path().display().to_string(), "/home")
    }
}

/// A terminal: what is typed shows among what is said.
struct Screen<'a> {
    typed: &'a [u8],
    shown: Rc<RefCell<Vec<u8>>>,
}

impl Read for Screen<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.typed.read(buffer)?;
        self.shown.borrow_mut().extend_from_slice(&buffer[..count]);
        Ok(count)
    }
}

impl BufRead for Screen<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(self.typed)
    }
    fn consume(&mut self, count: usize) {
        self.shown
            .borrow_mut()
            .extend_from_slice(&self.typed[..count]);
        self.typed = &self.typed[count..];
    }
}

impl Write for Screen<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.shown.borrow_mut().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn talk(lang: Lang, answers: &str) -> Session {
    let folder = TempDir::new().expect("a folder");
    let shown = Rc::new(RefCell::new(Vec::new()));
    let screen = |typed| Screen {
        typed,
        shown: Rc::clone(&shown),
    };
    let target = folder.path().join("new/releve.toml");
    let options = Options {
        lang,
        target: &target,
        force: false,
        hidden: None,
    };
    let result = init::run(&mut screen(answers.as_bytes()), &mut screen(&[]), options);
    Session {
        folder,
        said: String::from_utf8(shown.take()).expect("text"),
        result,
    }
}

/// Right answers, each after wrong ones.
const ANSWERS: &str = "\
2251691471427
compteur
22516 914 714 270
Maison
22516914714270
11453290002823

\n\
mon application
abc-123
3
1

s3cret \"quoted\" \\
v4
v5
";

#[test]
fn wrong_answers_are_explained_and_asked_again() {
    for lang in Lang::ALL {
        let session = talk(lang, ANSWERS);
        session.result.as_ref().expect("written");
        insta::assert_snapshot!(format!("dialogue_{}", lang.tag()), session.said());
        insta::assert_snapshot!(format!("file_{}", lang.tag()), session.file());
    }
}

#[test]
fn the_file_is_the_configuration_that_was_answered_and_its_owners_alone() {
    let session = talk(Lang::Fr, ANSWERS);
    let settings = config::from_text(&session.file(), &home()).expect("a right configuration");
    let SourceKind::DataConnect(access) = &settings.sources[0].kind else {
        panic!("another kind")
    };
    assert_eq!(access.client_secret.expose_secret(), "s3cret \"quoted\" \\");
    assert_eq!(access.client_id, "abc-123");
    assert_eq!(access.generation, enedis::Generation::V5);
    let points: Vec<_> = settings
        .usage_points
        .iter()
        .map(|point| (point.prm.to_string(), point.name.as_deref()))
        .collect();
    assert_eq!(
        points,
        [
            ("22516914714270".to_owned(), Some("Maison")),
            ("11453290002823".to_owned(), None)
        ]
    );
    let mode = std::fs::metadata(session.target())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn without_an_application_the_file_says_how_to_add_one() {
    for lang in Lang::ALL {
        let session = talk(lang, "22516914714270\n\n\n\n");
        let settings = config::from_text(&session.file(), &home()).expect("a right configuration");
        assert!(settings.sources.is_empty());
        insta::assert_snapshot!(
            format!("import_only_{}", lang.tag()),
            session.said() + &session.file()
        );
    }
}

#[test]
fn a_word_names_another_source_and_the_file_is_right() {
    for (lang, answers, kind) in [
        (Lang::Fr, "compte\n", "portal"),
        (Lang::En, "Account\n", "portal"),
        (
            Lang::Fr,
            "passerelle\nhttp://ailleurs.example/\nhttps://passerelle.example/\n",
            "gateway",
        ),
        (Lang::En, "domoticz\n", "domoticz-proxy"),
        (Lang::En, "folder\n\n/srv/exports\n", "files"),
    ] {
        let session = talk(lang, &format!("22516914714270\n\n\n{answers}\n"));
        session.result.as_ref().expect("written");
        let settings = config::from_text(&session.file(), &home()).expect("a right configuration");
        assert_eq!(settings.sources.len(), 1);
        assert_eq!(settings.sources[0].kind.as_str(), kind);
        insta::assert_snapshot!(
            format!("word_{kind}_{}", lang.tag()),
            session.said() + &session.file()
        );
    }
}

#[test]
fn a_secret_file_that_is_not_there_yet_is_noted_with_a_warning() {
    let session = talk(
        Lang::Fr,
        "22516914714270\n\n\nabc\n2\n\n/run/secrets/none\n\n",
    );
    assert!(
        session
            .file()
            .contains("client_secret_file = \"/run/secrets/none\"")
    );
    insta::assert_snapshot!(session.said());
}

#[test]
fn an_input_that_ends_early_writes_nothing() {
    let mut answers = ANSWERS.to_owned();
    answers.truncate(answers.rfind("v5").unwrap());
    while !answers.is_empty() {
        let session = talk(Lang::Fr, &answers);
        assert!(matches!(session.result, Err(InitError::Ended)), "{answers}");
        assert!(!session.target().exists() && !session.folder.path().join("new").exists());
        let cut = answers
            .trim_end_matches('\n')
            .rfind('\n')
            .map_or(0, |at| at + 1);
        answers.truncate(cut);
    }
}

#[test]
fn a_file_that_exists_is_left_alone_before_the_first_question_unless_forced() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("releve.toml");
    std::fs::write(&target, "mine").unwrap();
    let run = |force: bool| {
        let mut output = Vec::new();
        let options = Options {
            lang: Lang::Fr,
            target: &target,
            force,
            hidden: None,
        };
        let result = init::run(&mut ANSWERS.as_bytes(), &mut output, options);
        (result, output)
    };
    let (result, output) = run(false);
    assert!(output.is_empty());
    let error = result.unwrap_err();
    assert!(matches!(&error, InitError::Exists(path) if *path == target));
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "mine");
    let shown = Lang::ALL.map(|lang| error.render(lang)).join("\n");
    insta::assert_snapshot!(shown.replace(&folder.path().display().to_string(), "/home"));

    run(true).0.unwrap();
    assert!(
        std::fs::read_to_string(&target)
            .unwrap()
            .contains("11453290002823")
    );
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let target = folder.path().join("file/releve.toml");
    let options = Options {
        lang: Lang::En,
        target: &target,
        force: false,
        hidden: None,
    };
    let error = init::run(&mut ANSWERS.as_bytes(), &mut io::sink(), options).unwrap_err();
    assert!(matches!(&error, InitError::Unwritable { path, .. } if path == Path::new(&target)));
}

#[test]
fn on_a_terminal_the_secret_is_read_by_the_hidden_reader() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("releve.toml");
    let mut prompts = Vec::new();
    let mut replies = vec![Ok("s3cret".to_owned()), Ok(" ".to_owned())];
    let mut hidden = |prompt: &str| {
        prompts.push(prompt.to_owned());
        replies
            .pop()
            .unwrap_or_else(|| Err(ErrorKind::UnexpectedEof.into()))
    };
    let options = Options {
        lang: Lang::En,
        target: &target,
        force: false,
        hidden: Some(&mut hidden),
    };
    let mut output = Vec::new();
    let mut input = "22516914714270\n\n\nabc\n1\n\n".as_bytes();
    init::run(&mut input, &mut output, options).unwrap();
    assert_eq!(
        prompts,
        ["Secret (it is not shown): ", "Secret (it is not shown): "]
    );
    assert!(!String::from_utf8(output).unwrap().contains("s3cret"));
    assert!(
        std::fs::read_to_string(&target)
            .unwrap()
            .contains("client_secret = \"s3cret\"")
    );
}

fn home() -> MapEnv {
    MapEnv::from([("HOME", "/home/someone")])
}

proptest! {
    #[test]
    fn any_name_id_and_secret_survive_the_file(
        name in "[^\\p{C}]{1,20}", id in "[!-9;-~]{1,40}", secret in "[^\\p{C}]{1,60}"
    ) {
        prop_assume!(!secret.trim().is_empty());
        let answers = format!("22516914714270\n{name}\n\n{id}\n1\n{secret}\n\n");
        let session = talk(Lang::En, &answers);
        prop_assert!(session.result.is_ok());
        let settings = config::from_text(&session.file(), &home()).unwrap();
        let SourceKind::DataConnect(access) = &settings.sources[0].kind else {
        panic!("another kind")
    };
        prop_assert_eq!(&access.client_id, &id);
        prop_assert_eq!(access.client_secret.expose_secret(), secret.trim());
        let expected = Some(name.trim()).filter(|name| !name.is_empty());
        prop_assert_eq!(settings.usage_points[0].name.as_deref(), expected);
    }
}

#[test]
fn an_offer_may_be_named_at_the_end_and_must_be_one() {
    let session = talk(Lang::En, "22516914714270\n\n\n\nzen\ntempo\n");
    session.result.as_ref().expect("a file");
    assert!(session.said().contains("no built-in offer is called “zen”"));
    assert!(session.file().contains("offer = \"trv-tempo\""));
}
