//! Bad input of every kind: one clear message in each language, one exit code,
//! and everything as it was before.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::date;
use meter::Direction;
use simulator::{Fault, FaultRule, Resource, customers, export};

use crate::enedis::Enedis;
use crate::rows::{assert_same_rows, dump};
use crate::support::{Ended, Home, configuration};
use crate::waiting::wait_until;

const PRM: u64 = 22_222_222_222_222;
const NOBODY: &str = "http://127.0.0.1:9";
const MAXIMA: &str = include_str!("../../../../testdata/csv/pmax_daily_excerpt.csv");
/// The first bytes of a picture.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0";

/// A home whose ledger already holds three days.
struct Kept {
    home: Home,
    rows: Vec<String>,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Kept {
    fn new(url: &str) -> Self {
        let home = Home::new(url, "2026", &[PRM]);
        home.write("jours.csv", curve(), 0o600);
        home.run(&["import", "jours.csv"]).well();
        let mut kept = Self {
            rows: dump(&home.ledger()),
            files: BTreeMap::new(),
            home,
        };
        assert!(kept.rows.len() > 100);
        kept.note_files();
        kept
    }

    /// From here on, these files must stay as they are.
    fn note_files(&mut self) {
        self.files = self.files();
    }

    /// Every file but those of the ledger, which are compared by their rows.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let entries = std::fs::read_dir(self.home.path("")).unwrap();
        entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .map(|path| (path.clone(), std::fs::read(path).unwrap()))
            .collect()
    }

    /// Runs a command in both languages; it must refuse with this code, in one
    /// message, and change nothing.
    fn refuses(&self, code: i32, args: &[&str]) -> String {
        let texts = ["fr", "en"].map(|lang| {
            let ended = self.home.run(&[args, &["--lang", lang]].concat());
            assert_eq!(ended.code, Some(code), "{args:?} {ended:?}");
            assert_eq!(ended.out, "", "{args:?}: results only");
            assert_one_message(&ended, args);
            self.assert_untouched();
            self.home.neutral(&ended.err)
        });
        format!("[{code}] releve {}\n{}", args.join(" "), texts.concat())
    }

    fn assert_untouched(&self) {
        assert_eq!(self.files(), self.files);
        assert_same_rows(&dump(&self.home.ledger()), &self.rows, "after and before");
    }
}

/// One message, and one advice at most; no trace of ours, no secret.
fn assert_one_message(ended: &Ended, args: &[&str]) {
    let count = |is: fn(&str) -> bool| ended.err.lines().filter(|line| is(line)).count();
    let advices = count(|line| line.starts_with("  → "));
    let others = count(|line| !line.starts_with("  "));
    assert!(advices <= 1 && others == 1, "{args:?} {}", ended.err);
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
    assert!(!ended.err.contains("not-a-secret"), "{}", ended.err);
}

/// Three days of the simulated home, as the customer downloads them.
fn curve() -> String {
    let enedis = Enedis::start(|_| {});
    let truth = enedis.simulator.truth(customers::usage_point(PRM)).unwrap();
    export::format_a(
        &truth,
        Direction::Consumption,
        date(2026, 11, 1),
        date(2026, 11, 4),
    )
}

#[test]
fn a_file_that_cannot_be_imported_is_told_and_nothing_of_it_is_kept() {
    let mut kept = Kept::new(NOBODY);
    let home = &kept.home;
    let curve = curve().replace("01/11/2026;04/11/2026", "01/11/2026;30/11/2026");
    let masked = |number: &str| curve.replace(&PRM.to_string(), number);
    home.write("coupe.csv", &curve[..curve.len() - 20], 0o600);
    home.write("image.csv", PICTURE, 0o600);
    home.write("vide.csv", "", 0o600);
    home.write("pmax.csv", MAXIMA, 0o600);
    home.write("autre.csv", "date,kwh\n2026-11-01,12\n", 0o600);
    home.write("13.csv", masked("2222222222222"), 0o600);
    home.write("masque.csv", masked("2222xxxxxxxxxx"), 0o600);
    home.write(
        "valeur.csv",
        curve.replacen(":30:00+01:00;", ":30:00+01:00;-", 1),
        0o600,
    );
    home.write(
        "stamp.csv",
        curve.replacen("2026-11-01T", "2026-13-01T", 1),
        0o600,
    );
    std::fs::create_dir(home.path("dossier")).unwrap();
    kept.note_files();
    let texts = [
        kept.refuses(4, &["import", "coupe.csv"]),
        kept.refuses(4, &["import", "image.csv"]),
        kept.refuses(4, &["import", "dossier"]),
        kept.refuses(4, &["import", "autre.csv"]),
        kept.refuses(4, &["import", "pmax.csv"]),
        kept.refuses(4, &["import", "vide.csv"]),
        kept.refuses(4, &["import", "absent.csv"]),
        kept.refuses(4, &["import", "valeur.csv"]),
        kept.refuses(4, &["import", "stamp.csv"]),
        kept.refuses(2, &["import", "13.csv"]),
        kept.refuses(2, &["import", "masque.csv"]),
        kept.refuses(
            4,
            &["import", "jours.csv", "--usage-point", "11111111111111"],
        ),
        kept.refuses(4, &["import", "jours.csv", "--direction", "production"]),
        kept.refuses(2, &["import", "jours.csv", "--usage-point", "1111"]),
        // The first file is right: all are checked before any is kept.
        kept.refuses(4, &["import", "jours.csv", "coupe.csv"]),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn stamps_out_of_order_are_sorted_and_it_is_said() {
    let home = Home::new(NOBODY, "2026", &[PRM]);
    let curve = curve();
    let mut lines: Vec<&str> = curve.lines().collect();
    let (head, rows) = lines.split_at_mut(4);
    rows.swap(3, 90);
    rows.swap(17, 40);
    let shuffled = [head.join("\n"), rows.join("\n"), String::new()].join("\n");
    assert_ne!(shuffled, curve);
    home.write("melange.csv", shuffled, 0o600);
    home.write("jours.csv", &curve, 0o600);
    let french = home.run(&["import", "melange.csv"]).well();
    let english = home.run(&["import", "melange.csv", "--lang", "en"]).well();
    insta::assert_snapshot!([french, english].concat());
    let other = Home::new(NOBODY, "2026", &[PRM]);
    other.write("jours.csv", &curve, 0o600);
    other.run(&["import", "jours.csv"]).well();
    let (shuffled, sorted) = (dump(&home.ledger()), dump(&other.ledger()));
    assert_same_rows(&shuffled, &sorted, "shuffled and sorted");
}

#[test]
fn a_wrong_configuration_is_told_by_its_line_and_starts_nothing() {
    let mut kept = Kept::new(NOBODY);
    let right = configuration(NOBODY, "2026", &[PRM]);
    let mut texts = Vec::new();
    for wrong in [
        right.replace("generation", "genertion"),
        right.replace("generation = \"2026\"", "generation = \"v6\""),
        format!("langage = \"fr\"\n{right}"),
        format!("favourite_colour = \"blue\"\n{right}"),
        right.replace("prm = \"22222222222222\"", "prm = \"2222222222222\""),
        right.replace("[sources.enedis]", "[sources.enedis"),
        right.replace("\"secret\"", "\"absent\""),
        right.replace("\"secret\"", "\"folder\""),
        right.replace("\"secret\"", "\"open\""),
        right.replace("\"secret\"", "\"empty\""),
    ] {
        assert_ne!(wrong, right);
        kept.home.write("releve.toml", &wrong, 0o600);
        kept.home.write("open", "not-a-secret", 0o644);
        kept.home.write("empty", "\n", 0o600);
        std::fs::create_dir_all(kept.home.path("folder")).unwrap();
        kept.note_files();
        texts.push(kept.refuses(3, &["sync"]));
    }
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn a_sync_without_source_or_usage_point_says_what_is_missing() {
    let mut kept = Kept::new(NOBODY);
    let right = configuration(NOBODY, "2026", &[PRM]);
    let points = right.find("\n[[usage_points]]").unwrap();
    let mut texts = Vec::new();
    for (lacking, args) in [
        (&right[..points], vec!["sync"]),
        (&right[points..], vec!["sync"]),
        ("", vec!["sync"]),
        ("", vec!["run"]),
        (&right, vec!["sync", "--usage-point", "11111111111111"]),
    ] {
        kept.home.write("releve.toml", lacking, 0o600);
        kept.note_files();
        let code = if args.len() > 1 { 2 } else { 3 };
        texts.push(kept.refuses(code, &args));
    }
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn a_ledger_of_a_newer_version_and_a_foreign_file_are_left_to_the_byte() {
    let newer = Kept::new(NOBODY).home;
    let connection = rusqlite::Connection::open(newer.ledger()).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    connection.close().unwrap();
    let other = Home::new(NOBODY, "2026", &[PRM]);
    std::fs::create_dir(other.data_dir()).unwrap();
    let connection = rusqlite::Connection::open(other.ledger()).unwrap();
    connection
        .execute_batch("CREATE TABLE song (title)")
        .unwrap();
    connection.close().unwrap();
    let picture = Home::new(NOBODY, "2026", &[PRM]);
    std::fs::create_dir(picture.data_dir()).unwrap();
    std::fs::write(picture.ledger(), PICTURE.repeat(100)).unwrap();
    let mut texts = Vec::new();
    for home in [newer, other, picture] {
        home.write("jours.csv", curve(), 0o600);
        let before = std::fs::read(home.ledger()).unwrap();
        for args in [
            vec!["sync"],
            vec!["run"],
            vec!["import", "jours.csv"],
            vec!["status"],
            vec!["show", "day"],
            vec![
                "export",
                "csv",
                "--kind",
                "curve",
                "--usage-point",
                "22222222222222",
            ],
        ] {
            let ended = home.run(&args);
            assert_eq!((ended.code, ended.out.as_str()), (Some(4), ""), "{args:?}");
            assert_one_message(&ended, &args);
            assert_eq!(std::fs::read(home.ledger()).unwrap(), before, "{args:?}");
            texts.push(unversioned(&home.neutral(&ended.err)));
        }
        let english = home.run(&["status", "--lang", "en"]);
        texts.push(unversioned(&home.neutral(&english.err)));
    }
    texts.dedup();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn a_second_writer_is_told_who_the_first_is_and_readers_go_on_beside_it() {
    let enedis = Enedis::going(|_| {});
    let home = Home::new(&enedis.url, "2026", &[PRM]).going();
    home.write("jours.csv", curve(), 0o600);
    home.run(&["import", "jours.csv"]).well();
    // Every answer takes a while, so that the first writer is in its first sync.
    let latency = std::time::Duration::from_millis(20);
    enedis.simulator.set_latency(latency);
    let mut first = home.start(&["run"]);
    wait_until("the first writer asks", || {
        enedis.simulator.calls().len() > 3
    });
    let mut texts = Vec::new();
    for args in [
        ["sync", "--lang", "fr"].as_slice(),
        &["sync", "--lang", "en"],
        &["run"],
        &["import", "jours.csv"],
    ] {
        let ended = home.run(args);
        assert_eq!((ended.code, ended.out.as_str()), (Some(6), ""), "{args:?}");
        assert_one_message(&ended, args);
        texts.push(ended.err.replace(&first.id().to_string(), "PID"));
    }
    texts.dedup();
    home.run(&["status"]).well();
    let day = home.run(&["show", "day", "2026-11-02"]).well();
    assert!(day.contains("2 nov"), "{day}");
    let export = [
        "export",
        "csv",
        "--kind",
        "curve",
        "--usage-point",
        "22222222222222",
    ];
    let exported = home.run(&export).well();
    assert!(exported.contains("2026-11-02T"), "{exported}");
    assert!(first.is_running(), "the first goes on");
    assert_eq!(first.end("TERM").code, Some(0));
    // Once it has gone, the next may write.
    home.run(&["import", "jours.csv"]).well();
    insta::assert_snapshot!(texts.join("\n"));
}

/// The day's run stays at the ledger as a pause; readings and days do not move.
#[test]
fn a_source_that_refuses_or_talks_nonsense_is_told_and_nothing_held_moves() {
    let enedis = Enedis::start(|_| {});
    let mut texts = Vec::new();
    let mut refusal = |what: &str, url: &str, secret: &str| {
        for lang in ["fr", "en"] {
            let home = Kept::new(url).home;
            let held = held(&home);
            home.write("secret", secret, 0o600);
            let ended = home.run(&["sync", "--lang", lang]);
            assert_eq!(ended.code, Some(5), "{what}: {ended:?}");
            assert!(!ended.err.contains("something else"), "{}", ended.err);
            assert_one_message(&ended, &[what]);
            assert_same_rows(&held_now(&home), &held, what);
            texts.push(format!("{what}\n{}", without_column(&ended.err)));
        }
    };
    refusal("nobody listens", NOBODY, "not-a-secret");
    refusal("wrong credentials", &enedis.url, "something else");
    for (what, resource, fault) in [
        (
            "a page instead of a token",
            Some(Resource::Token),
            Fault::Html { status: 200 },
        ),
        (
            "a page instead of everything",
            None,
            Fault::Html { status: 200 },
        ),
        ("a page of the firewall", None, Fault::Html { status: 403 }),
        ("cut off", None, Fault::Truncated),
    ] {
        enedis.simulator.clear_faults();
        enedis.simulator.add_fault(FaultRule {
            usage_point: None,
            resource,
            from_call: 1,
            calls: None,
            fault,
        });
        refusal(what, &enedis.url, "not-a-secret");
    }
    insta::assert_snapshot!(texts.join("\n"));
}

/// The length of a token decides where an answer breaks off.
fn without_column(text: &str) -> String {
    match text.split_once("column ") {
        Some((before, after)) => {
            let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
            format!("{before}column N{after}")
        }
        None => text.to_owned(),
    }
}

/// What this program knows grows with every migration.
fn unversioned(text: &str) -> String {
    let known = newest_schema();
    text.replace(&format!("connaît {known})"), "connaît N)")
        .replace(&format!("knows {known})"), "knows N)")
}

/// The schema version of a ledger that was made just now.
fn newest_schema() -> u32 {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join(ledger::FILE_NAME);
    drop(ledger::Store::open(&path, ledger::Access::Write).unwrap());
    let connection = rusqlite::Connection::open(path).unwrap();
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

fn held(home: &Home) -> Vec<String> {
    let rows = held_now(home);
    assert!(rows.len() > 100);
    rows
}

/// Readings of every kind, and revisions.
fn held_now(home: &Home) -> Vec<String> {
    let mut rows = dump(&home.ledger());
    rows.retain(|row| {
        ["reading:", "daily:", "maximum:", "register:", "revision:"]
            .iter()
            .any(|table| row.starts_with(table))
    });
    rows
}
