//! Taking out of a text what is nobody's business.
//!
//! Known secrets go wherever they stand; values go by the names of their keys;
//! and what only looks like a usage point, an e-mail address or a token goes as
//! well: a report that says too little is better than one that says too much.

use toml::{Table, Value};

/// What stands in a secret's place.
const GONE: &str = "[…]";

/// From this many letters and digits in a row on, it may be a token.
const TOKEN: usize = 24;

/// Keys whose values are secret, or lead to one.
const SECRET_KEYS: [&str; 10] = [
    "secret",
    "token",
    "password",
    "url",
    "user",
    "cookie",
    "login",
    "key",
    "client_id",
    "code",
];

/// Takes out what it knows and what it recognises.
pub(super) struct Redactor {
    secrets: Vec<String>,
    home: Option<String>,
}

impl Redactor {
    /// `home` is shown as `~`: it often holds a name.
    pub(super) fn new(mut secrets: Vec<String>, home: Option<&str>) -> Self {
        secrets.retain(|secret| !secret.trim().is_empty());
        // A secret that contains another goes first.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        let home = home.filter(|home| home.len() > 1).map(str::to_owned);
        Self { secrets, home }
    }

    /// The text without them.
    pub(super) fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.secrets {
            text = text.replace(secret, GONE);
        }
        if let Some(home) = &self.home {
            text = text.replace(home, "~");
        }
        hide_words(&mask_usage_points(&text))
    }

    /// A table whose secret keys have lost their values.
    pub(super) fn redact_table(&self, table: &mut Table) {
        for (key, value) in table.iter_mut() {
            // The beginning of a source's addresses is checked to hold no secret.
            let secret = SECRET_KEYS.iter().any(|word| key.contains(word)) && key != "base_url";
            match value {
                Value::Table(inner) => self.redact_table(inner),
                Value::Array(items) => items.iter_mut().for_each(|item| self.redact_item(item)),
                Value::String(text) if secret => GONE.clone_into(text),
                Value::String(text) => *text = self.redact(text),
                _ => {}
            }
        }
    }

    fn redact_item(&self, item: &mut Value) {
        match item {
            Value::Table(inner) => self.redact_table(inner),
            Value::String(text) => *text = self.redact(text),
            _ => {}
        }
    }
}

/// The middle of every run of fourteen digits; single blanks, dots or dashes
/// between them are how people write them.
fn mask_usage_points(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let begins = letters[at].is_ascii_digit() && !before.is_some_and(|c| c.is_ascii_digit());
        let Some(length) = begins.then(|| fourteen(&letters[at..])).flatten() else {
            masked.push(letters[at]);
            at += 1;
            continue;
        };
        let run = &letters[at..at + length];
        let digits = run.iter().filter(|c| c.is_ascii_digit());
        for (index, digit) in digits.enumerate() {
            let shown = !(4..10).contains(&index);
            masked.push(if shown { *digit } else { '•' });
        }
        at += length;
    }
    masked
}

/// How many letters the fourteen digits at the beginning take, if they are there.
fn fourteen(letters: &[char]) -> Option<usize> {
    let (mut digits, mut blank) = (0, false);
    for (index, letter) in letters.iter().enumerate() {
        if letter.is_ascii_digit() {
            (digits, blank) = (digits + 1, false);
            if digits == 14 {
                let next = letters.get(index + 1);
                return (!next.is_some_and(char::is_ascii_digit)).then_some(index + 1);
            }
        } else if matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '.' | '-') && !blank {
            blank = true;
        } else {
            return None;
        }
    }
    None
}

/// E-mail addresses and what looks like a token.
fn hide_words(text: &str) -> String {
    let part = |c: char| c.is_ascii_alphanumeric() || "_-.@+=~".contains(c);
    let mut hidden = String::with_capacity(text.len());
    let mut word = String::new();
    for letter in text.chars() {
        if part(letter) {
            word.push(letter);
            continue;
        }
        hidden.push_str(shown(&word));
        word.clear();
        hidden.push(letter);
    }
    hidden.push_str(shown(&word));
    hidden
}

fn shown(word: &str) -> &str {
    let address = word
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let longest = word
        .split(['.', '@', '+', '=', '~', '-'])
        .map(str::len)
        .max()
        .unwrap_or(0);
    let mixed = word.contains(|c: char| c.is_ascii_digit())
        && word.contains(|c: char| c.is_ascii_alphabetic());
    if address || (longest >= TOKEN && mixed) {
        GONE
    } else {
        word
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain() -> Redactor {
        Redactor::new(Vec::new(), None)
    }

    #[test]
    fn usage_points_keep_their_ends_however_they_are_written() {
        for text in [
            "22516914714270",
            "22516 914 714 270",
            "22.516.914.714.270",
            "22516\u{a0}914714270",
        ] {
            assert_eq!(plain().redact(text), "2251••••••4270");
        }
        // Longer and shorter numbers are something else.
        for text in ["225169147142701", "2251691471427", "2026-11-21 09:00:00"] {
            assert_eq!(plain().redact(text), text);
        }
    }

    #[test]
    fn known_secrets_addresses_and_tokens_go_and_ordinary_words_stay() {
        let redactor = Redactor::new(
            vec![
                "s3cret".to_owned(),
                "s3cret-and-more".to_owned(),
                String::new(),
            ],
            Some("/home/anne"),
        );
        let text = "s3cret-and-more s3cret anne@example.fr eyJhbGciOiJSUzI1NiIsInR5cCI6 \
                    /home/anne/data https://gw.ext.prod.api.enedis.fr 2026-11-21T09:00:00Z \
                    releve.db.before-restore-20261121T090000Z";
        assert_eq!(
            redactor.redact(text),
            "[…] […] […] […] ~/data https://gw.ext.prod.api.enedis.fr 2026-11-21T09:00:00Z \
             releve.db.before-restore-20261121T090000Z"
        );
    }

    #[test]
    fn secret_keys_lose_their_values_wherever_they_stand() {
        let mut table: Table = "[sources.a]\nkind = \"conso-api\"\ntoken = \"short\"\n\
             base_url = \"https://conso.boris.sh\"\n[[usage_points]]\nprm = \"22516914714270\"\n\
             token_file = \"/run/x\"\n[notifications.webhook]\nurl = \"https://ntfy.sh/mine\"\n"
            .parse()
            .unwrap();
        plain().redact_table(&mut table);
        let text = toml::to_string(&table).unwrap();
        for gone in ["short", "/run/x", "mine", "22516914714270"] {
            assert!(!text.contains(gone), "{text}");
        }
        assert!(text.contains("conso.boris.sh") && text.contains("2251••••••4270"));
    }

    proptest! {
        #[test]
        fn no_usage_point_survives_whatever_stands_around_it(
            before in "[^0-9]{0,20}", prm in "[0-9]{14}", after in "[^0-9]{0,20}",
        ) {
            let redacted = plain().redact(&format!("{before}{prm}{after}"));
            prop_assert!(!redacted.contains(&prm));
        }

        #[test]
        fn no_known_secret_survives(text in ".{0,40}", secret in "[!-~]{8,30}") {
            let redactor = Redactor::new(vec![secret.clone()], None);
            let redacted = redactor.redact(&format!("{text}{secret}{text}"));
            prop_assert!(!redacted.contains(&secret));
        }
    }
}
