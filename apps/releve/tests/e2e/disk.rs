//! A disk that fills: one clear message, nothing lost, and as soon as there is
//! room again the rows of a disk that never filled.

use std::path::Path;

use jiff::civil::date;
use meter::Direction;
use simulator::{customers, export};

use crate::enedis::Enedis;
use crate::inspected::{copy, inspect};
use crate::room::Tmpfs;
use crate::rows::{assert_same_rows, dump};
use crate::support::{Ended, Home};

const PRM: u64 = 70_000_000_000_003;
const FULL: i32 = 4;

#[test]
fn a_sync_on_a_full_disk_says_so_and_ends_as_if_it_never_filled() {
    Story::new().tell(&["sync"], "600k");
}

#[test]
fn an_import_on_a_full_disk_says_so_and_ends_as_if_it_never_filled() {
    let story = Story::new();
    let file = story.file.display().to_string();
    story.tell(&["import", &file], "300k");
}

#[test]
fn a_disk_without_any_room_is_told_before_there_is_a_ledger() {
    let Some(mut tmpfs) = Tmpfs::of("4k") else {
        return limited_size(&Story::new(), &["sync"], 1);
    };
    std::fs::write(tmpfs.seen_from_outside().join("filler"), [0; 4096]).unwrap();
    let story = Story::new();
    let home = story.home_on(&tmpfs);
    assert_full(&home, &home.run(&["sync"]), "no_room_at_all");
    tmpfs.resize("64m");
    home.run(&["sync"]).well();
    let rows = rows_on(&tmpfs);
    assert_same_rows(
        &rows,
        &story.undisturbed(&["sync"]),
        "after and undisturbed",
    );
}

/// Quotas and file size limits are met as another error than a full disk is.
#[test]
fn a_limit_on_the_size_of_files_is_told_as_a_full_disk_is() {
    let story = Story::new();
    limited_size(&story, &["sync"], 200);
    let file = story.file.display().to_string();
    limited_size(&story, &["import", &file], 200);
}

/// An Enedis with a year of curve, and the same year as a file.
struct Story {
    enedis: Enedis,
    file: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

impl Story {
    fn new() -> Self {
        let since = date(2025, 11, 3);
        let enedis = Enedis::start(|options| {
            options.profiles = vec![customers::consumer(PRM, since)];
        });
        let truth = enedis.simulator.truth(customers::usage_point(PRM)).unwrap();
        let text = export::format_a(&truth, Direction::Consumption, since, date(2026, 11, 1));
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("courbe.csv");
        std::fs::write(&file, text).unwrap();
        Self {
            enedis,
            file,
            _folder: folder,
        }
    }

    fn home(&self) -> Home {
        Home::new(&self.enedis.url, "2026", &[PRM])
    }

    fn home_on(&self, tmpfs: &Tmpfs) -> Home {
        let home = self.home().with_data_in(tmpfs.path());
        home.through(tmpfs.enter())
    }

    fn undisturbed(&self, command: &[&str]) -> Vec<String> {
        let home = self.home();
        home.run(command).well();
        dump(&home.ledger())
    }

    /// Fills the disk by a command, in both languages, then makes room.
    fn tell(&self, command: &[&str], size: &str) {
        let Some(mut tmpfs) = Tmpfs::of(size) else {
            eprintln!("no right to mount: a limit on the size of files instead");
            return limited_size(self, command, 200);
        };
        let home = self.home_on(&tmpfs);
        let name = format!("{}_fills_the_disk", command[0]);
        assert_full(&home, &home.run(command), &name);
        let english = [command, &["--lang", "en"]].concat();
        assert_full(&home, &home.run(&english), &format!("{name}_en"));
        // The import is one transaction; a sync keeps what came before.
        let ledger = tmpfs.seen_from_outside().join(ledger::FILE_NAME);
        assert_eq!(inspect(&ledger).readings > 0, command[0] == "sync");
        assert_readable(&home, &ledger);
        tmpfs.resize("64m");
        home.run(command).well();
        assert_same_rows(
            &rows_on(&tmpfs),
            &self.undisturbed(command),
            "filled and undisturbed",
        );
    }
}

/// The same story where no file may grow beyond so many KiB.
fn limited_size(story: &Story, command: &[&str], kibibytes: u32) {
    let home = story.home();
    let name = format!("{}_meets_a_limit_of_{kibibytes}", command[0]);
    let limit = format!("trap '' XFSZ; ulimit -f {kibibytes}; exec \"$0\" \"$@\"");
    let home = home.through(["bash", "-c", &limit].map(str::to_owned).into());
    assert_full(&home, &home.run(command), &name);
    if kibibytes > 100 {
        assert_readable(&home, &home.ledger());
    }
    let home = home.through(Vec::new());
    home.run(command).well();
    let rows = dump(&home.ledger());
    assert_same_rows(
        &rows,
        &story.undisturbed(command),
        "limited and undisturbed",
    );
}

fn assert_full(home: &Home, ended: &Ended, name: &str) {
    assert_eq!(ended.code, Some(FULL), "{name}: {ended:?}");
    assert_eq!(ended.out, "", "{name}");
    insta::assert_snapshot!(name, home.neutral(&ended.err));
}

fn rows_on(tmpfs: &Tmpfs) -> Vec<String> {
    let folder = tempfile::TempDir::new().unwrap();
    let ledger = tmpfs.seen_from_outside().join(ledger::FILE_NAME);
    dump(&copy(&ledger, &folder))
}

/// Both the file, wherever it is seen, and what the program makes of it.
fn assert_readable(home: &Home, ledger: &Path) {
    assert_eq!(inspect(ledger).integrity, "ok");
    let status = home.run(&["status", "--json"]).well();
    assert!(serde_json::from_str::<serde_json::Value>(&status).is_ok());
    home.run(&["status"]).well();
}
