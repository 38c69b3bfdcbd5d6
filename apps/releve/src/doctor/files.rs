//! The folder of the readings: whether we may write, who else may read, room.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::check;
use crate::config::Settings;
use crate::json::doctor::{Check, Part, State};
use crate::words::Words;

/// Less room than this is spoken of: a year of a home takes about 2 MB.
const LITTLE: u64 = 100_000_000;

/// With less than this even a night may not be kept.
const TOO_LITTLE: u64 = 5_000_000;

/// The folder and its disk.
pub(super) fn checks(settings: &Settings, words: Words) -> Vec<Check> {
    let folder = &settings.data_dir;
    let mut checks = vec![of_folder(folder, words)];
    checks.extend(disk(folder, words));
    checks.push(log(settings, words));
    checks
}

fn of_folder(folder: &Path, words: Words) -> Check {
    let path = folder.display().to_string();
    let say = |name: &str, cause: &str| words.say(name, &[("path", &path), ("cause", cause)]);
    let facts = match std::fs::metadata(folder) {
        Ok(facts) => facts,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let said = say("doctor-folder-absent", "");
            return check(Part::Folder, State::Skipped, said, None);
        }
        Err(error) => return unusable(&say("doctor-folder-wrong", &error.to_string()), words),
    };
    if !facts.is_dir() {
        return unusable(&say("doctor-folder-file", ""), words);
    }
    // Rights, read-only media and quotas: only an attempt tells.
    if let Err(error) = tempfile::NamedTempFile::new_in(folder) {
        return unusable(&say("doctor-folder-wrong", &error.to_string()), words);
    }
    if facts.permissions().mode() & 0o007 != 0 {
        let advice = Some(say("doctor-folder-open-do", ""));
        return check(
            Part::Folder,
            State::Warning,
            say("doctor-folder-open", ""),
            advice,
        );
    }
    check(Part::Folder, State::Ok, say("doctor-folder", ""), None)
}

fn unusable(said: &str, words: Words) -> Check {
    let advice = Some(words.t("doctor-folder-wrong-do"));
    check(Part::Folder, State::Failed, said.to_owned(), advice)
}

fn disk(folder: &Path, words: Words) -> Option<Check> {
    let free = service::files::free_bytes(folder)?;
    let size = words.megabytes(free);
    let (state, name) = match free {
        ..TOO_LITTLE => (State::Failed, "doctor-disk-low"),
        TOO_LITTLE..LITTLE => (State::Warning, "doctor-disk-low"),
        _ => (State::Ok, "doctor-disk"),
    };
    let said = words.say(name, &[("size", &size)]);
    let advice = (state != State::Ok).then(|| words.t("doctor-disk-low-do"));
    Some(check(Part::Disk, state, said, advice))
}

fn log(settings: &Settings, words: Words) -> Check {
    let path = settings.log.folder.display().to_string();
    let said = words.say("doctor-log", &[("path", &path)]);
    check(Part::Log, State::Ok, said, None)
}
