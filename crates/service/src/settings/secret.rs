//! Secrets kept in a file of their own.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use secrecy::SecretString;

/// Why a file gave no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretFileError {
    /// There is no such file.
    #[error("the file does not exist")]
    Missing,
    /// It is a folder, a device, a pipe.
    #[error("not a file")]
    NotAFile,
    /// This process may not read it, or the disk did not.
    #[error("the file cannot be read")]
    Unreadable,
    /// Anybody on the machine may read or change it.
    #[error("anybody may read the file")]
    Open,
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Not UTF-8, several lines, or larger than any secret.
    #[error("not one line of text")]
    NotALine,
}

/// No secret is longer than this many bytes.
const LONGEST: u64 = 4096;

/// The one line of a secret file, without the white space around it. Files that
/// anybody may read are refused.
pub fn read_secret(path: &Path) -> Result<SecretString, SecretFileError> {
    // Asked before it is opened: opening a pipe would wait for its writer.
    let metadata = std::fs::metadata(path).map_err(|error| why(error.kind()))?;
    if !metadata.is_file() {
        return Err(SecretFileError::NotAFile);
    }
    let file = File::open(path).map_err(|error| why(error.kind()))?;
    let metadata = file.metadata().map_err(|error| why(error.kind()))?;
    if is_open(&metadata) {
        return Err(SecretFileError::Open);
    }
    let mut bytes = Vec::new();
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| why(error.kind()))?;
    line(bytes)
}

/// Whether anybody, not the owner or the group alone, may read or change a file.
pub(super) fn is_open(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & 0o006 != 0
}

fn line(bytes: Vec<u8>) -> Result<SecretString, SecretFileError> {
    if bytes.len() as u64 > LONGEST {
        return Err(SecretFileError::NotALine);
    }
    let text = String::from_utf8(bytes).map_err(|_| SecretFileError::NotALine)?;
    // Some editors begin a file with a byte order mark.
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(SecretFileError::Empty);
    }
    if text.contains(char::is_control) {
        return Err(SecretFileError::NotALine);
    }
    Ok(SecretString::from(text))
}

fn why(kind: ErrorKind) -> SecretFileError {
    match kind {
        ErrorKind::NotFound | ErrorKind::NotADirectory => SecretFileError::Missing,
        _ => SecretFileError::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;

    use secrecy::ExposeSecret;

    use super::*;

    fn read(content: &[u8], mode: u32) -> Result<String, SecretFileError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        read_secret(&path).map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn one_line_is_read_without_the_white_space_around_it() {
        assert_eq!(read(b"  s3cret!\r\n", 0o600).unwrap(), "s3cret!");
        assert_eq!(read(b"\xef\xbb\xbfs3cret", 0o640).unwrap(), "s3cret");
    }

    #[test]
    fn every_other_file_is_refused_for_its_own_reason() {
        assert_eq!(read(b"s", 0o644), Err(SecretFileError::Open));
        assert_eq!(read(b"s", 0o602), Err(SecretFileError::Open));
        assert_eq!(read(b" \n", 0o600), Err(SecretFileError::Empty));
        assert_eq!(read(b"a\nb", 0o600), Err(SecretFileError::NotALine));
        assert_eq!(read(b"\xff", 0o600), Err(SecretFileError::NotALine));
        assert_eq!(read(&[b'a'; 5000], 0o600), Err(SecretFileError::NotALine));
        let folder = tempfile::tempdir().unwrap();
        let of = |path: &Path| read_secret(path).unwrap_err();
        assert_eq!(of(folder.path()), SecretFileError::NotAFile);
        assert_eq!(of(&folder.path().join("none")), SecretFileError::Missing);
        assert_eq!(of(Path::new("/dev/null")), SecretFileError::NotAFile);
        assert_eq!(
            why(ErrorKind::PermissionDenied),
            SecretFileError::Unreadable
        );
    }
}
