//! `releve import`: readings from files that the customer downloaded.
//!
//! Every file is read and checked before the first is kept.

mod colours;
mod index;

use std::path::{Path, PathBuf};

use collector::colours::ColourFile;
use collector::import::{self, CurveFile, Export, ImportError, Report, Unplaced, UnplacedReason};
use jiff::Timestamp;
use ledger::{LedgerError, Store};
use meter::{Direction, UsagePoint, paris};

use crate::cli::Import;
use crate::json::import::{Import as ImportReport, ImportedFile, ImportedKind, Sums};
use crate::session::Writer;
use crate::words::Words;
use crate::{App, Exit, Failure, World, json};

/// How many holes and lines are named before the rest is only counted.
const NAMED: usize = 10;

/// Reads the files, keeps them, and says what became of each.
pub(super) fn import(app: &App, args: &Import, world: &mut World<'_>) -> Result<Exit, Failure> {
    let (words, globals) = (app.words, app.globals);
    let data_dir = &app.settings()?.settings.data_dir;
    let files = Files::read(&args.files, args.direction, |file, path| {
        whose(world, words, file, path, args.usage_point)
    })?;
    warn_of_unknown_points(app, world, &files)?;
    let mut writer = Writer::open(data_dir, "import")?;
    let kept = files.keep(&mut writer.store, words, app.now)?;
    if globals.json {
        json::emit(world.out, &kept.report)?;
    } else if !globals.quiet {
        for line in &kept.lines {
            writeln!(world.out, "{line}")?;
        }
    }
    Ok(Exit::Ok)
}

/// Files that were read and checked, and whose readings they hold.
pub(crate) struct Files {
    exports: Vec<(PathBuf, Export, (UsagePoint, Direction))>,
    calendars: Vec<(PathBuf, ColourFile)>,
}

/// What became of files: for programs, and line by line for people.
pub(crate) struct Kept {
    pub report: ImportReport,
    pub lines: Vec<String>,
}

impl Files {
    /// Every file, or why one of them cannot be read; nothing is written.
    pub(crate) fn read(
        paths: &[PathBuf],
        direction: Option<Direction>,
        mut whose: impl FnMut(&Export, &Path) -> Result<UsagePoint, Failure>,
    ) -> Result<Self, Failure> {
        let mut files = Self {
            exports: Vec::new(),
            calendars: Vec::new(),
        };
        for path in paths {
            if let Some(calendar) = collector::colours::recognise(path) {
                let calendar = calendar.map_err(|error| Failure::colours(path, &error))?;
                files.calendars.push((path.clone(), calendar));
                continue;
            }
            let file = import::read(path)?;
            let usage_point = whose(&file, path)?;
            let direction = file.direction(direction, path)?;
            let whose = (usage_point, direction);
            files.exports.push((path.clone(), file, whose));
        }
        Ok(files)
    }

    /// Whose readings they hold.
    pub(crate) fn usage_points(&self) -> impl Iterator<Item = UsagePoint> {
        self.exports.iter().map(|(_, _, (prm, _))| *prm)
    }

    /// Keeps all of them or none: a disk that fills up in the middle leaves no
    /// half.
    pub(crate) fn keep(
        &self,
        store: &mut Store,
        words: Words,
        now: Timestamp,
    ) -> Result<Kept, LedgerError> {
        let (kept, calendars) = store.together(|store| {
            let mut kept = Vec::new();
            for (path, file, whose) in &self.exports {
                kept.push(keep(store, words, now, path, file, *whose)?);
            }
            let calendars = self.calendars.iter();
            let calendars = calendars.map(|(path, file)| colours::keep(store, path, file, now));
            Ok((kept, calendars.collect::<Result<Vec<_>, _>>()?))
        })?;
        let (reports, texts): (Vec<_>, Vec<_>) = kept.into_iter().unzip();
        let mut lines: Vec<String> = texts.into_iter().flatten().collect();
        for report in &calendars {
            lines.extend(crate::text::colours::imported(words, report));
        }
        let mut report = ImportReport::of(reports);
        report.colours = calendars;
        Ok(Kept { report, lines })
    }
}

/// A slip in the number would make a new usage point beside the right one.
fn warn_of_unknown_points(app: &App, world: &mut World<'_>, files: &Files) -> Result<(), Failure> {
    let known = &app.settings()?.settings.usage_points;
    for prm in files.usage_points() {
        if !known.is_empty() && known.iter().all(|point| point.prm != prm) {
            let args = [("prm", prm.to_string())];
            let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
            writeln!(
                world.err,
                "{}",
                app.words.say("import-unknown-point", &args)
            )?;
        }
    }
    Ok(())
}

/// Keeps one file: what became of it, for programs and for people.
fn keep(
    store: &mut Store,
    words: Words,
    now: Timestamp,
    path: &Path,
    file: &Export,
    whose: (UsagePoint, Direction),
) -> Result<(ImportedFile, Vec<String>), LedgerError> {
    let name = import::short_name(path);
    Ok(match file {
        Export::Curve(file) => {
            let report = import::keep(store, file, whose, now)?;
            (
                imported(path, file, &report),
                lines(words, &name, file, &report),
            )
        }
        Export::Index(file) => {
            let report = import::keep_index(store, file, whose, now)?;
            (
                index::imported(path, file, &report),
                index::lines(words, &name, file, &report),
            )
        }
    })
}

/// Whose readings a file holds; a person is asked where it does not say.
fn whose(
    world: &mut World<'_>,
    words: Words,
    file: &Export,
    path: &Path,
    wanted: Option<UsagePoint>,
) -> Result<UsagePoint, Failure> {
    match file.usage_point(wanted, path) {
        Err(ImportError::WhichUsagePoint { found, .. }) if world.terminal.interactive => {
            ask(world, words, path, &found)?.ok_or_else(|| {
                let path = path.to_owned();
                ImportError::WhichUsagePoint { path, found }.into()
            })
        }
        answer => Ok(answer?),
    }
}

/// Asks until a usage point is given; `None` when nobody answers any more.
fn ask(
    world: &mut World<'_>,
    words: Words,
    path: &Path,
    found: &str,
) -> Result<Option<UsagePoint>, Failure> {
    let file = import::short_name(path);
    let question = words.say("import-ask-point", &[("file", &file), ("found", found)]);
    loop {
        write!(world.err, "{question} ")?;
        world.err.flush()?;
        let mut line = String::new();
        if world.input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.parse() {
            Ok(prm) => return Ok(Some(prm)),
            Err(_) => writeln!(world.err, "{}", words.t("import-ask-again"))?,
        }
    }
}

fn imported(path: &Path, file: &CurveFile, report: &Report) -> ImportedFile {
    ImportedFile {
        file: import::short_name(path),
        kind: ImportedKind::Curve,
        usage_point: report.usage_point,
        direction: report.direction,
        from: report.span.map(|(from, _)| from),
        to: report.span.map(|(_, to)| to),
        unbalanced: Vec::new(),
        sums: Sums {
            points: report.points as u64,
            written: report.written.rows() as u64,
            revised: report.written.revised as u64,
            watt_hours: report.energy.watt_hours_rounded(),
            watt_minutes: report.energy.0,
            days_complete: report.days_complete as u64,
            days_partial: report.days_partial as u64,
            duplicates: file.duplicates as u64,
            unplaced: file.unplaced.len() as u64,
            out_of_order: file.out_of_order,
            holes: report.holes.iter().copied().map(Into::into).collect(),
        },
    }
}

/// What became of a file, for people.
fn lines(words: Words, name: &str, file: &CurveFile, report: &Report) -> Vec<String> {
    let number = |count: usize| words.number(count as u64);
    let mut lines = vec![heading(words, name, report.usage_point, report.direction)];
    let mut say = |message: &str, args: &service::Args| {
        lines.push(format!("  {}", words.say(message, args)));
    };
    say(
        "import-points",
        &[
            ("points", &number(report.points)),
            ("written", &number(report.written.inserted)),
            ("revised", &number(report.written.revised)),
            ("energy", &words.kwh(report.energy.watt_hours_rounded())),
        ],
    );
    if let Some((from, to)) = report.span {
        let last = to - jiff::SignedDuration::from_secs(1);
        say(
            "import-days",
            &[
                ("complete", &number(report.days_complete)),
                ("partial", &number(report.days_partial)),
                ("from", &words.date(paris::day_of(from))),
                ("to", &words.date(paris::day_of(last))),
            ],
        );
    }
    for (message, count) in [
        ("import-duplicates", file.duplicates),
        ("import-empty-values", file.empty),
    ] {
        if count > 0 {
            say(message, &[("count", &number(count))]);
        }
    }
    if file.out_of_order {
        say("import-out-of-order", &[]);
    }
    for hole in report.holes.iter().take(NAMED) {
        let (from, to) = (words.instant(hole.from), words.instant(hole.to));
        say("import-hole", &[("from", &from), ("to", &to)]);
    }
    if let Some(more) = more(report.holes.len()) {
        say("import-holes-more", &[("count", &number(more))]);
    }
    lines.extend(unplaced(words, &file.unplaced));
    if report.written.rows() == 0 && report.points > 0 {
        lines.push(format!("  {}", words.t("import-nothing")));
    }
    lines
}

/// The lines that could not be placed, the first of them by name.
fn unplaced(words: Words, unplaced: &[Unplaced]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |message: &str, args: &service::Args| {
        lines.push(format!("  {}", words.say(message, args)));
    };
    for line in unplaced.iter().take(NAMED) {
        let reason = words.t(reason(*line));
        say(
            "import-unplaced",
            &[("line", &line.line.to_string()), ("reason", &reason)],
        );
    }
    if let Some(more) = more(unplaced.len()) {
        say(
            "import-unplaced-more",
            &[("count", &words.number(more as u64))],
        );
    }
    lines
}

fn heading(words: Words, name: &str, prm: UsagePoint, direction: Direction) -> String {
    let direction = words.t(&format!("direction-{direction}"));
    words.say(
        "import-file",
        &[
            ("file", name),
            ("prm", &prm.to_string()),
            ("direction", &direction),
        ],
    )
}

fn reason(line: Unplaced) -> &'static str {
    match line.reason {
        UnplacedReason::UnknownStep => "import-unplaced-unknown-step",
        UnplacedReason::Conflict => "import-unplaced-conflict",
        UnplacedReason::FarFromMidnight => "import-unplaced-midnight",
    }
}

fn more(count: usize) -> Option<usize> {
    count.checked_sub(NAMED).filter(|more| *more > 0)
}
