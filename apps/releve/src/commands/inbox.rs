//! Watched folders, read before each sync and while the daemon runs.

use collector::Inbox;
use collector::inbox::{Found, Left, SETTLED};
use jiff::SignedDuration;
use ledger::{Ledger, LedgerError};
use service::SharedClock;

use crate::exit::Failure;
use crate::json::sync::SyncFile;
use crate::words::Words;

/// How often the daemon looks.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// What is said of a file: to a person, and whether it is bad news.
pub(super) struct Line {
    pub text: String,
    pub bad: bool,
    /// The same for programs.
    pub file: SyncFile,
}

/// Reads every folder once; files that may still grow are given a moment.
pub(super) async fn once(
    inboxes: &[Inbox],
    ledger: &Ledger,
    clock: &SharedClock,
    words: Words,
) -> Result<Vec<Line>, LedgerError> {
    let mut lines = Vec::new();
    for inbox in inboxes {
        let mut found = inbox.read(ledger).await?;
        let growing = |found: &Found| matches!(found, Found::Growing { .. });
        if found.iter().any(growing) {
            clock.sleep(SETTLED).await;
            found.retain(|found| !growing(found));
            found.extend(inbox.read(ledger).await?);
        }
        lines.extend(
            found
                .into_iter()
                .filter_map(|found| line(words, &inbox.source, found)),
        );
    }
    Ok(lines)
}

/// Reads them for ever, and says in the log what became of each file.
pub(super) async fn forever(
    inboxes: &[Inbox],
    ledger: &Ledger,
    clock: &SharedClock,
    words: Words,
    news: impl Fn(),
) -> Result<(), LedgerError> {
    if inboxes.is_empty() {
        return std::future::pending().await;
    }
    let mut missing = Vec::new();
    loop {
        for inbox in inboxes {
            for found in inbox.read(ledger).await? {
                // A folder that is not there is told once.
                if let Found::NoFolder { path, .. } = &found {
                    if missing.contains(path) {
                        continue;
                    }
                    missing.push(path.clone());
                }
                match line(words, &inbox.source, found) {
                    Some(Line {
                        text, bad: true, ..
                    }) => tracing::warn!("{text}"),
                    Some(Line { text, .. }) => {
                        tracing::info!("{text}");
                        news();
                    }
                    None => {}
                }
            }
        }
        clock.sleep(LOOK_EVERY).await;
    }
}

fn line(words: Words, source: &str, found: Found) -> Option<Line> {
    let mut about = SyncFile {
        source: source.to_owned(),
        file: None,
        usage_point: None,
        written: 0,
        left: None,
    };
    let text = match found {
        Found::Kept {
            file,
            usage_point,
            written,
        } => {
            about.usage_point = Some(usage_point);
            about.written = written.rows() as u64;
            let args = [
                ("file", file.as_str()),
                ("prm", &usage_point.masked()),
                ("written", &words.number(about.written)),
            ];
            let text = words.say("inbox-kept", &args);
            about.file = Some(file);
            text
        }
        Found::Growing { .. } => return None,
        Found::Left { file, why } => {
            if let Left::Stranger(prm) = &why {
                about.usage_point = Some(*prm);
            }
            let why = plain(&self::why(words, why));
            let text = words.say("inbox-left", &[("file", &file), ("why", &why)]);
            (about.file, about.left) = (Some(file), Some(why));
            text
        }
        Found::NoFolder { path, cause } => {
            let path = path.display().to_string();
            let why = cause.kind().to_string();
            let text = words.say("inbox-no-folder", &[("path", &path), ("why", &why)]);
            about.left = Some(plain(&text));
            text
        }
    };
    about.file = about.file.map(|name| plain(&name));
    Some(Line {
        text: plain(&text),
        bad: about.left.is_some(),
        file: about,
    })
}

/// Names of files are shown on terminals.
fn plain(text: &str) -> String {
    text.replace(|c: char| c.is_control(), "\u{fffd}")
}

fn why(words: Words, left: Left) -> String {
    match left {
        // In the words of `import`.
        Left::Unreadable(error) => Failure::from(error).message(words.lang),
        Left::Stranger(prm) => words.say("inbox-stranger", &[("prm", &prm.masked())]),
        Left::NotMoved(error) => {
            words.say("inbox-not-moved", &[("why", &error.kind().to_string())])
        }
    }
}

/// What a person reads.
pub(super) fn tell(
    world: &mut crate::World<'_>,
    lines: &[Line],
    quiet: bool,
) -> Result<(), Failure> {
    for line in lines {
        if line.bad {
            writeln!(world.err, "{}", line.text)?;
        } else if !quiet {
            writeln!(world.out, "{}", line.text)?;
        }
    }
    Ok(())
}
