//! Secrets: from the one place that gives each of them, and from no place that
//! others can read.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use service::settings::{Draft, Problem, SecretFileError, read_secret};

use super::resolve::from_folder_of;

/// Where a secret is written, and how its own mistakes are told.
pub(super) struct SecretKeys<'a> {
    /// The section.
    pub section: &'a [&'a str],
    /// The key of the secret itself.
    pub inline: &'static str,
    /// The key of the file that holds it.
    pub file: &'static str,
    /// Said when both are given; takes `source`.
    pub twice: &'static str,
    /// Said of an empty one.
    pub empty: &'static str,
    /// Whose secret it is, in messages.
    pub owner: &'a str,
}

impl<'a> SecretKeys<'a> {
    /// The client secret of a source.
    pub(super) fn client_secret(section: &'a [&'a str], owner: &'a str) -> Self {
        Self {
            section,
            inline: "client_secret",
            file: "client_secret_file",
            twice: "config-secret-twice",
            empty: "config-secret-empty",
            owner,
        }
    }

    /// The token of a source or of a usage point.
    pub(super) fn token(section: &'a [&'a str], owner: &'a str) -> Self {
        Self {
            section,
            inline: "token",
            file: "token_file",
            twice: "config-token-twice",
            empty: "config-token-empty",
            owner,
        }
    }

    /// The password of a destination's user.
    pub(super) fn password(section: &'a [&'a str], owner: &'a str) -> Self {
        Self {
            section,
            inline: "password",
            file: "password_file",
            twice: "config-password-twice",
            empty: "config-password-empty",
            owner,
        }
    }

    /// The API key of a destination.
    pub(super) fn key(section: &'a [&'a str], owner: &'a str) -> Self {
        Self {
            section,
            inline: "key",
            file: "key_file",
            twice: "config-key-twice",
            empty: "config-key-empty",
            owner,
        }
    }

    /// The password of a destination's broker.
    pub(super) fn mqtt_password(section: &'a [&'a str], owner: &'a str) -> Self {
        Self {
            inline: "mqtt_password",
            file: "mqtt_password_file",
            ..Self::password(section, owner)
        }
    }

    fn path(&self, key: &'a str) -> Vec<&'a str> {
        self.section.iter().copied().chain([key]).collect()
    }

    /// Whether a value of the wrong kind was reported before.
    pub(super) fn is_spoiled(&self, draft: &Draft) -> bool {
        draft.is_spoiled(&self.path(self.inline)) || draft.is_spoiled(&self.path(self.file))
    }

    /// The secret, if one is given and right. A variable decides over the file
    /// even where the two use different keys.
    pub(super) fn read(
        &self,
        draft: &mut Draft,
        inline: Option<SecretString>,
        file: Option<PathBuf>,
    ) -> Option<SecretString> {
        let inline_path = self.path(self.inline);
        let by_env = (
            draft.is_from_env(&inline_path),
            draft.is_from_env(&self.path(self.file)),
        );
        match (inline, file) {
            (Some(inline), Some(_)) if by_env == (true, false) => self.own_line(draft, &inline),
            (Some(_), Some(file)) if by_env == (false, true) => self.own_file(draft, &file),
            (Some(_), Some(_)) => {
                let problem = Problem::new(self.twice).with("source", self.owner);
                draft.report(&inline_path, problem);
                None
            }
            (Some(inline), None) => self.own_line(draft, &inline),
            (None, Some(file)) => self.own_file(draft, &file),
            (None, None) => None,
        }
    }

    fn own_line(&self, draft: &mut Draft, secret: &SecretString) -> Option<SecretString> {
        let path = self.path(self.inline);
        let text = secret.expose_secret().trim();
        if !is_secret(text) {
            draft.report(&path, Problem::new(self.empty));
            return None;
        }
        if draft.is_open_to_all() && !draft.is_from_env(&path) {
            let file = draft.file().map(shell).unwrap_or_default();
            draft.report(
                &path,
                Problem::new("config-secret-exposed").with("path", file),
            );
            return None;
        }
        Some(SecretString::from(text))
    }

    fn own_file(&self, draft: &mut Draft, file: &Path) -> Option<SecretString> {
        let path = self.path(self.file);
        let file = from_folder_of(draft, &path, file);
        match read_secret(&file) {
            Ok(secret) => Some(secret),
            Err(error) => {
                let problem = Problem::new(secret_file(error)).with("path", shell(&file));
                draft.report(&path, problem);
                None
            }
        }
    }
}

/// Whether a text can be a secret.
pub fn is_secret(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_control)
}

/// The problem of a secret file, by its name in the catalogue.
pub fn secret_file(error: SecretFileError) -> &'static str {
    match error {
        SecretFileError::Missing => "config-secret-file-missing",
        SecretFileError::NotAFile => "config-secret-file-not-a-file",
        SecretFileError::Unreadable => "config-secret-file-unreadable",
        SecretFileError::Open => "config-secret-file-open",
        SecretFileError::Empty => "config-secret-file-empty",
        SecretFileError::NotALine => "config-secret-file-not-a-line",
    }
}

/// A path that can be copied into a shell.
fn shell(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+@%,:".contains(c);
    if text.chars().all(plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
