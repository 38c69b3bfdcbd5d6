//! What the demonstration says.

use std::io::{BufReader, Write, empty, stdout};
use std::path::Path;
use std::sync::Arc;

use collector::Summary;
use jiff::SignedDuration;
use ledger::SeriesKey;
use meter::{Kind, paris};
use releve::table::{Align, Table};
use releve::words::Words;
use releve::{Terminal, World as Process};
use service::{Clock, SystemEnv, lifecycle};

use crate::check::{Comparison, compare};
use crate::options::Options;
use crate::world::World;

/// How long a day of the demonstration lasts.
const A_DAY: SignedDuration = SignedDuration::from_secs(3);

/// What is about to happen.
pub fn beginning(options: &Options, world: &World) {
    let words = words(options);
    let day = words.day(paris::day_of(world.now()));
    print(&words.say("demo-begin", &[("day", &day)]));
}

/// Which codes the box showed, and what became of them.
pub fn consents(options: &Options, codes: &[String]) {
    let words = words(options);
    for code in codes {
        print(&words.say("demo-consent", &[("code", code)]));
    }
}

/// What was fetched, how long it took, and whether it is exact.
pub fn summary(
    options: &Options,
    summary: &Summary,
    comparisons: &[Comparison],
    took: SignedDuration,
) {
    let words = words(options);
    let seconds = words.thousandths(took.as_millis().unsigned_abs() as u64);
    print(&words.say(
        "demo-fetched",
        &[
            ("calls", &words.number(summary.calls)),
            ("rows", &words.number(summary.written.rows() as u64)),
            ("seconds", &seconds),
        ],
    ));
    for trouble in &summary.troubles {
        print(&trouble.problem.explanation(options.lang));
    }
    for line in table(words, comparisons).lines() {
        print(&line);
    }
    let exact = comparisons.iter().all(Comparison::is_exact);
    print("");
    print(&words.t(if exact {
        "demo-exact"
    } else {
        "demo-different"
    }));
}

/// `releve status`, run in this process.
pub async fn status(options: &Options, world: &World) {
    print("");
    releve(options, world, &["status"]).await;
    let shown = shown(&world.data_dir);
    print("");
    print(&words(options).say("demo-where", &[("path", &shown)]));
}

/// Where the dashboard is.
pub fn dashboard(options: &Options, address: &str) {
    print(&words(options).say("serve-at", &[("address", address)]));
}

/// Days go by, each fetched on its morning, until somebody says stop.
pub async fn days_go_by(options: &Options, world: &World) -> anyhow::Result<()> {
    let stop = lifecycle::shutdown_signal()?;
    let mut stop = std::pin::pin!(stop);
    print(&words(options).t("demo-days"));
    loop {
        tokio::select! {
            _ = &mut stop => return Ok(()),
            () = world.real.sleep(A_DAY) => {}
        }
        world.clock.advance(SignedDuration::from_hours(24));
        world.sync().await?;
        print(&yesterday(options, world)?);
    }
}

fn yesterday(options: &Options, world: &World) -> anyhow::Result<String> {
    let words = words(options);
    let store = world.store()?;
    let day = paris::add_days(paris::day_of(world.now()), -1);
    let mut line = words.day(day);
    for comparison in compare(world)? {
        let key = SeriesKey {
            usage_point: comparison.usage_point,
            direction: comparison.direction,
            kind: Kind::Daily,
        };
        let held = store.daily(key, day, paris::add_days(day, 1))?;
        let energy = held.get(&day).map(|total| words.kwh(*total));
        line.push_str("  ");
        line.push_str(&energy.unwrap_or_else(|| words.t("demo-awaited")));
    }
    Ok(line)
}

fn table(words: Words, comparisons: &[Comparison]) -> Table {
    let head = |align, name| (align, words.t(name));
    let mut table = Table::new([
        head(Align::Left, "demo-usage-point"),
        head(Align::Left, "demo-direction"),
        head(Align::Right, "demo-intervals"),
        head(Align::Right, "demo-totals"),
        head(Align::Right, "demo-compared"),
        head(Align::Right, "demo-unequal"),
    ]);
    for comparison in comparisons {
        let number = |count: usize| words.number(count as u64);
        table.row([
            comparison.usage_point.to_string(),
            words.t(&format!("direction-{}", comparison.direction)),
            number(comparison.intervals),
            number(comparison.totals),
            number(comparison.compared),
            number(comparison.different),
        ]);
    }
    table
}

async fn releve(options: &Options, world: &World, command: &[&str]) {
    let (mut out, mut err) = (stdout(), std::io::stderr());
    let mut process = Process {
        env: &SystemEnv,
        clock: Arc::new(world.clock.clone()),
        input: &mut BufReader::new(empty()),
        out: &mut out,
        err: &mut err,
        terminal: Terminal::detect(&SystemEnv),
        network: &service::SystemNetwork,
        logging: false,
    };
    let shared = ["releve", "--lang", options.lang.tag(), "--data-dir"];
    let words = shared
        .into_iter()
        .map(Into::into)
        .chain([world.data_dir.clone().into_os_string()])
        .chain(command.iter().map(Into::into));
    releve::run(words, &mut process).await;
}

fn words(options: &Options) -> Words {
    Words { lang: options.lang }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A reader that goes away (`| head`) is no failure of ours.
fn print(line: &str) {
    let _ = writeln!(stdout(), "{line}");
}
