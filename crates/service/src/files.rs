//! Files that only their owner reads, written whole or not at all.

use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::{NamedTempFile, PersistError};

/// Writes a file that only its owner may read (`0600`), replacing any other: a
/// crash leaves the old content or the new one. Missing folders are made.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = filled(path, bytes)?;
    file.persist(path).map_err(cause)?;
    sync_folder(path)
}

/// As [`write_private`], but refuses to replace a file
/// ([`io::ErrorKind::AlreadyExists`]), also one that appears in the meantime.
pub fn create_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = filled(path, bytes)?;
    file.persist_noclobber(path).map_err(cause)?;
    sync_folder(path)
}

/// The whole file of at most `longest` bytes, which is closed to others first
/// if somebody has opened it.
pub fn read_private(path: &Path, longest: u64) -> io::Result<String> {
    let about = std::fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if about.len() > longest {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    if about.permissions().mode() & 0o077 != 0 {
        std::fs::set_permissions(path, Permissions::from_mode(0o600))?;
    }
    std::fs::read_to_string(path)
}

/// The last part of a path, for messages that are not to show where it lies.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// A temporary file beside the target; `tempfile` makes it `0600`.
fn filled(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = folder(path);
    make_folder(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A file in the folder's place must not look like one in the target's place.
fn make_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => io::ErrorKind::NotADirectory.into(),
        _ => error,
    })
}

/// The folder a file is in: the current one for a bare name.
pub fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Bytes that this user may still write where a path is; `None` where the
/// system does not say.
pub fn free_bytes(path: &Path) -> Option<u64> {
    let facts = rustix::fs::statvfs(path).ok()?;
    facts.f_bavail.checked_mul(facts.f_frsize)
}

/// The new name is on the disk only once the folder is.
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder(path))?.sync_all()
}

fn cause(error: PersistError) -> io::Error {
    error.error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_written_file_is_its_owners_alone_even_where_it_replaces_an_open_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/secret");
        write_private(&path, b"one").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        write_private(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn creating_over_a_file_is_refused_and_leaves_it_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        std::fs::write(&path, "mine").unwrap();
        let error = create_private(&path, b"other").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
        assert_eq!(names(folder.path()), ["kept"]);
    }
}
