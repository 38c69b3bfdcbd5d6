//! `releve consent`: asks for a consent, shows link, code and QR code, and waits
//! for the answer; lists, renews and forgets consents.

use collector::Consents;
use collector::consents::{News, Record};
use enedis::Problem;
use grant::client::{Consent as Standing, Next};
use jiff::SignedDuration;
use meter::UsagePoint;

use crate::cli::Consent;
use crate::json::consent::{ConsentEntry, Consents as Report};
use crate::session::{self, Desk};
use crate::text::Page;
use crate::words::Words;
use crate::{App, Exit, Failure, Said, World, json};

/// Does what is wanted.
pub(super) async fn consent(
    app: &App,
    args: &Consent,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let desk = session::desk(settings, &world.clock)?;
    let exit = match args {
        Consent::Start { source } => start(app, &desk, source.as_deref(), world).await?,
        Consent::List => list(app, &desk, world)?,
        Consent::Renew { id } => renew(app, &desk, id.as_deref(), world).await?,
        Consent::Forget { id } => forget(app, &desk, id, world).await?,
    };
    desk.tell(settings, world.clock.now())?;
    Ok(exit)
}

/// Asks for a consent, or goes on with the one that is asked for.
async fn start(
    app: &App,
    desk: &Desk,
    source: Option<&str>,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let consents = desk.source(source)?;
    let records = consents.records();
    let waiting = records
        .iter()
        .find(|record| matches!(record.consent, Standing::Waiting(_)));
    if let Some(record) = waiting {
        return wait(app, consents, record.clone(), world).await;
    }
    if lacking(consents, &records).is_empty() && !records.is_empty() {
        if app.globals.json {
            emit(world, &records)?;
        } else {
            let named = [("source", consents.source.as_str())];
            writeln!(world.out, "{}", app.words.say("consent-already", &named))?;
            writeln!(world.out, "{}", app.words.t("consent-already-do"))?;
        }
        return Ok(Exit::Ok);
    }
    begin(app, consents, world).await
}

/// The usage points that no consent covers.
fn lacking(consents: &Consents, records: &[Record]) -> Vec<UsagePoint> {
    let covered = |point: &&UsagePoint| {
        let mut given = records.iter();
        given.any(|record| match &record.consent {
            Standing::Given(given) => given.covers(**point),
            _ => false,
        })
    };
    let points = consents.usage_points.iter();
    points.filter(|point| !covered(point)).copied().collect()
}

async fn renew(
    app: &App,
    desk: &Desk,
    id: Option<&str>,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let consents = match id {
        Some(id) => desk.owner(id)?.0,
        None => desk.source(None)?,
    };
    begin(app, consents, world).await
}

async fn begin(app: &App, consents: &Consents, world: &mut World<'_>) -> Result<Exit, Failure> {
    let record = consents
        .begin()
        .await
        .map_err(|problem| failed(app.words, &problem))?;
    wait(app, consents, record, world).await
}

/// Shows the code and polls until somebody has answered, or it lapses. Whoever
/// stops here may go on later: the code stands in its file.
async fn wait(
    app: &App,
    consents: &Consents,
    mut record: Record,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    show(app, &record, world)?;
    loop {
        match (&record.consent, record.consent.next(world.clock.now())) {
            (Standing::Waiting(_), Next::Wait(until)) => {
                let wait = until.duration_since(world.clock.now());
                let least = SignedDuration::from_millis(100);
                world.clock.sleep(wait.max(least)).await;
            }
            (Standing::Waiting(_), _) => {
                let tended = consents.tend(&record.id).await;
                record = tended.map_err(|problem| failed(app.words, &problem))?;
            }
            _ => break,
        }
    }
    ended(app, consents, &record, world)
}

fn show(app: &App, record: &Record, world: &mut World<'_>) -> Result<(), Failure> {
    let mut page = Page::new(app.words, world.terminal);
    page.invitation(&ConsentEntry::of(record));
    // Standard output is for the result where a program reads it.
    if app.globals.json {
        page.finish(world.err)?;
    } else {
        page.finish(world.out)?;
    }
    Ok(())
}

fn ended(
    app: &App,
    consents: &Consents,
    record: &Record,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    let words = app.words;
    let entry = ConsentEntry::of(record);
    if app.globals.json {
        emit(world, std::slice::from_ref(record))?;
    }
    if !matches!(record.consent, Standing::Given(_)) {
        let state = words.t(&format!("consent-state-{}", entry.state.as_str()));
        let said = Said::new("consent-ended").with("state", state);
        return Err(Failure::new(Exit::Source, said).hint(Said::new("consent-again-do")));
    }
    if app.globals.json {
        return Ok(Exit::Ok);
    }
    let points: Vec<String> = entry.usage_points.iter().map(ToString::to_string).collect();
    let points = points.join(", ");
    writeln!(
        world.out,
        "{}",
        words.say("consent-thanks", &[("points", &points)])
    )?;
    let lacking = lacking(consents, &consents.records());
    for prm in &lacking {
        let prm = prm.to_string();
        writeln!(
            world.out,
            "{}",
            words.say("consent-lacking", &[("prm", &prm)])
        )?;
    }
    let next = if lacking.is_empty() {
        "consent-next"
    } else {
        "consent-lacking-do"
    };
    writeln!(world.out, "{}", words.t(next))?;
    Ok(Exit::Ok)
}

fn list(app: &App, desk: &Desk, world: &mut World<'_>) -> Result<Exit, Failure> {
    let records = desk.records();
    for problem in desk.unreadable() {
        writeln!(world.err, "{}", problem.explanation(app.words.lang))?;
        writeln!(world.err, "  → {}", problem.advice(app.words.lang))?;
    }
    if app.globals.json {
        emit(world, &records)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    for record in &records {
        page.gap();
        page.consent_entry(&ConsentEntry::of(record));
    }
    if records.is_empty() {
        page.sentence(&app.words.t("consent-none"), "");
    }
    page.finish(world.out)?;
    Ok(Exit::Ok)
}

async fn forget(app: &App, desk: &Desk, id: &str, world: &mut World<'_>) -> Result<Exit, Failure> {
    let (consents, _) = desk.owner(id)?;
    let forgotten = consents.forget(id).await;
    forgotten.map_err(|problem| failed(app.words, &problem))?;
    if app.globals.json {
        emit(world, &desk.records())?;
        return Ok(Exit::Ok);
    }
    writeln!(
        world.out,
        "{}",
        app.words.say("consent-forgotten", &[("id", id)])
    )?;
    writeln!(world.out, "{}", app.words.t("consent-forgotten-do"))?;
    Ok(Exit::Ok)
}

fn emit(world: &mut World<'_>, records: &[Record]) -> Result<(), Failure> {
    let consents = records.iter().map(ConsentEntry::of).collect();
    json::emit(world.out, &Report { consents })
}

pub(crate) fn failed(words: Words, problem: &Problem) -> Failure {
    let said = Said::new("consent-failed").with("what", problem.explanation(words.lang));
    let hint = Said::new("consent-failed-do").with("advice", problem.advice(words.lang));
    Failure::new(Exit::Source, said).hint(hint)
}

/// What the log of the daemon says of consents.
pub(super) fn log(words: Words, source: &str, news: &News<'_>) {
    match news {
        News::Waiting(record) => {
            let entry = ConsentEntry::of(record);
            let until = entry.until.map(|until| words.instant(until));
            let args = [
                ("source", source),
                ("link", entry.link.as_deref().unwrap_or_default()),
                ("code", entry.code.as_deref().unwrap_or_default()),
                ("until", until.as_deref().unwrap_or_default()),
            ];
            // The only place where many people look.
            tracing::error!("{}", words.say("consent-log-waiting", &args));
        }
        News::Given(_) => {
            tracing::info!("{}", words.say("consent-log-given", &[("source", source)]));
        }
        News::Over(record) => {
            let state = ConsentEntry::of(record).state;
            let state = words.t(&format!("consent-state-{}", state.as_str()));
            let args = [("source", source), ("state", &state)];
            tracing::error!("{}", words.say("consent-log-over", &args));
        }
        News::Trouble(problem) => {
            let what = problem.explanation(words.lang);
            let args = [("source", source), ("what", &what)];
            tracing::error!("{}", words.say("consent-log-trouble", &args));
        }
    }
}
