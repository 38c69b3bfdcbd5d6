//! `notify test`: one message by every configured way, now.

use crate::config::Topic;
use crate::json::upkeep::{NotifyTest, WayTest};
use crate::notify::{News, ways};
use crate::session::sources;
use crate::{App, Exit, Failure, Said, World, json};

/// Sends it, whatever was told before, and remembers nothing.
pub(super) async fn test(app: &App, world: &mut World<'_>) -> Result<Exit, Failure> {
    let settings = &app.settings()?.settings;
    let ways = ways(&settings.notifications, &sources::http()?);
    if ways.is_empty() {
        let said = Said::new("notify-nobody");
        return Err(Failure::new(Exit::Configuration, said).hint(Said::new("notify-nobody-do")));
    }
    let news = News {
        topic: Topic::Late,
        what: String::new(),
        title: app.words.t("notify-test"),
        text: app.words.t("notify-test-text"),
    };
    let mut report = NotifyTest { ways: Vec::new() };
    for way in &ways {
        let cause = way.send(&news, app.now).await.err();
        report.ways.push(WayTest {
            way: way.name().to_owned(),
            sent: cause.is_none(),
            cause,
        });
    }
    if app.globals.json {
        json::emit(world.out, &report)?;
    } else {
        tell(app, &report, world)?;
    }
    let all = report.ways.iter().all(|way| way.sent);
    Ok(if all { Exit::Ok } else { Exit::Source })
}

fn tell(app: &App, report: &NotifyTest, world: &mut World<'_>) -> Result<(), Failure> {
    for way in &report.ways {
        match &way.cause {
            None => {
                let text = app.words.say("notify-sent", &[("way", &way.way)]);
                writeln!(world.out, "{text}")?;
            }
            Some(cause) => {
                let args = [("way", way.way.as_str()), ("cause", cause)];
                writeln!(world.err, "{}", app.words.say("notify-failed", &args))?;
                writeln!(world.err, "  → {}", app.words.t("notify-failed-do"))?;
            }
        }
    }
    Ok(())
}
