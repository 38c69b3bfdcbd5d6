//! `releve sync` asks once for everything that is due.

pub(super) mod colours;

use collector::{Observer, Patience, Summary, Trouble, Unwatched};
use enedis::Problem;
use ledger::Migrated;

use super::inbox;

use crate::cli::{Globals, Sync};
use crate::json::sync::{Sync as SyncReport, SyncProblem};
use crate::progress::Progress;
use crate::session::Collecting;
use crate::words::Words;
use crate::{App, Exit, Failure, World, json};

/// Asks for everything that is due now.
pub(super) async fn sync(app: &App, args: &Sync, world: &mut World<'_>) -> Result<Exit, Failure> {
    let (words, globals) = (app.words, app.globals);
    let settings = &app.settings()?.settings;
    let only = &args.usage_points;
    let collecting = Collecting::open(settings, only, &world.clock, "sync", Patience::Tries)?;
    told_of_migration(collecting.ledger.migrated(), words);
    let files = inbox::once(&collecting.inboxes, &collecting.ledger, &world.clock, words).await?;
    let summary = ask(&collecting, world, words, globals).await?;
    let colours = match &collecting.colours {
        Some(watch) => colours::look(watch, world, words, globals).await?,
        None => Vec::new(),
    };
    if globals.json {
        let mut report = report(words, &summary);
        report.colours = colours;
        report.files = files.into_iter().map(|line| line.file).collect();
        json::emit(world.out, &report)?;
    } else {
        inbox::tell(world, &files, globals.quiet)?;
        tell(world, words, globals, &summary)?;
    }
    Ok(exit(&summary))
}

/// Asks every source once, a progress bar drawn where somebody watches.
pub(super) async fn ask(
    collecting: &Collecting,
    world: &World<'_>,
    words: Words,
    globals: Globals,
) -> Result<Summary, Failure> {
    let drawn = world.terminal.progress && !globals.quiet && !globals.json;
    let mut observer: Box<dyn Observer> = if drawn {
        Box::new(Progress::new(words))
    } else {
        Box::new(Unwatched)
    };
    let mut summary = Summary::nothing();
    for collector in &collecting.collectors {
        summary.join(collector.sync(observer.as_mut()).await?);
    }
    collecting.note_clock(world.clock.now()).await?;
    Ok(summary)
}

/// Where the ledger of before the migration is kept.
pub(super) fn told_of_migration(migrated: Option<&Migrated>, words: Words) {
    if let Some(migrated) = migrated {
        let path = migrated.kept.display().to_string();
        let (from, to) = (migrated.from.to_string(), migrated.to.to_string());
        let args = [("path", path.as_str()), ("from", &from), ("to", &to)];
        tracing::warn!("{}", words.say("migrated", &args));
    }
}

pub(super) fn exit(summary: &Summary) -> Exit {
    if summary.finished {
        Exit::Ok
    } else {
        Exit::Source
    }
}

pub(super) fn tell(
    world: &mut World<'_>,
    words: Words,
    globals: Globals,
    summary: &Summary,
) -> Result<(), Failure> {
    for (line, advice) in told_once(words, &summary.troubles) {
        writeln!(world.err, "{line}")?;
        writeln!(world.err, "  → {advice}")?;
    }
    if globals.quiet {
        return Ok(());
    }
    let line = if summary.calls == 0 && summary.troubles.is_empty() {
        words.t("sync-up-to-date")
    } else {
        done(words, summary)
    };
    writeln!(world.out, "{line}")?;
    Ok(())
}

/// What a sync did, line by line: each problem with its advice, then the sums.
pub(crate) fn lines(words: Words, summary: &Summary) -> Vec<String> {
    let mut lines = Vec::new();
    for (line, advice) in told_once(words, &summary.troubles) {
        lines.push(line);
        lines.push(advice);
    }
    lines.push(if summary.calls == 0 && summary.troubles.is_empty() {
        words.t("sync-up-to-date")
    } else {
        done(words, summary)
    });
    lines
}

pub(super) fn log(words: Words, summary: &Summary) {
    for trouble in &summary.troubles {
        tracing::warn!(code = trouble.problem.code(), "{}", explain(words, trouble));
    }
    if summary.calls > 0 {
        tracing::info!("{}", done(words, summary));
    }
}

fn done(words: Words, summary: &Summary) -> String {
    words.say(
        "sync-done",
        &[
            ("calls", &words.number(summary.calls)),
            ("written", &words.number(summary.written.inserted as u64)),
            ("revised", &words.number(summary.written.revised as u64)),
        ],
    )
}

/// Each problem with its advice, once for all whom it concerns: what keeps
/// tokens away is met by every series.
fn told_once(words: Words, troubles: &[Trouble]) -> Vec<(String, String)> {
    let mut met: Vec<&Trouble> = Vec::new();
    for trouble in troubles {
        if met.iter().all(|one| !is_same(one, trouble)) {
            met.push(trouble);
        }
    }
    let told = met.into_iter().map(|one| {
        let all = troubles.iter().filter(|other| is_same(one, other));
        let line = sentence(words, &whom(words, &all.collect::<Vec<_>>()), one);
        (line, one.problem.advice(words.lang))
    });
    told.collect()
}

/// Whom a problem concerns, in a line that can be read: a usage point with more
/// than two kinds of data stands for all of them.
fn whom(words: Words, troubles: &[&Trouble]) -> String {
    let whole = |point| {
        let of_point = || troubles.iter().filter(|t| t.usage_point == Some(point));
        of_point().any(|trouble| trouble.series.is_none()) || of_point().count() > 2
    };
    let mut who: Vec<String> = Vec::new();
    for trouble in troubles {
        let shown = match trouble.usage_point {
            Some(point) if whole(point) => Some(point.masked()),
            _ => concerned(words, trouble),
        };
        who.extend(shown.filter(|shown| !who.contains(shown)));
    }
    who.join(" · ")
}

/// One limit on calls is not another: each ends at its own time.
fn is_same(one: &Trouble, other: &Trouble) -> bool {
    let limit = |trouble: &Trouble| match trouble.problem {
        Problem::Quota { kind, .. } => Some(kind),
        _ => None,
    };
    one.problem.code() == other.problem.code() && limit(one) == limit(other)
}

/// A problem in one sentence.
fn explain(words: Words, trouble: &Trouble) -> String {
    let who = concerned(words, trouble).unwrap_or_default();
    sentence(words, &who, trouble)
}

fn sentence(words: Words, who: &str, trouble: &Trouble) -> String {
    let what = trouble.problem.explanation(words.lang);
    if who.is_empty() {
        return what;
    }
    words.say("sync-problem", &[("who", who), ("what", &what)])
}

/// Whom a problem concerns, unless everyone; logs may travel, so that usage
/// points are masked.
fn concerned(words: Words, trouble: &Trouble) -> Option<String> {
    let point = trouble.usage_point.map(meter::UsagePoint::masked);
    let series = trouble.series.map(|key| {
        let kind = words.t(&format!("kind-{}", key.kind));
        let direction = words.t(&format!("direction-{}", key.direction));
        format!("{kind} ({direction})")
    });
    let who: Vec<String> = point.into_iter().chain(series).collect();
    (!who.is_empty()).then(|| who.join(", "))
}

pub(super) fn report(words: Words, summary: &Summary) -> SyncReport {
    SyncReport {
        calls: summary.calls,
        written: summary.written.rows() as u64,
        revised: summary.written.revised as u64,
        days: summary.written.days as u64,
        problems: summary
            .troubles
            .iter()
            .map(|trouble| SyncProblem {
                usage_point: trouble.usage_point,
                direction: trouble.series.map(|key| key.direction),
                kind: trouble.series.map(|key| key.kind),
                code: trouble.problem.code().to_owned(),
                explanation: trouble.problem.explanation(words.lang),
                hint: trouble.problem.advice(words.lang),
            })
            .collect(),
        colours: Vec::new(),
        files: Vec::new(),
        finished: summary.finished,
    }
}
