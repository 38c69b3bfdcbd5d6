//! `releve serve`: the dashboard alone, beside a daemon or without one.

use service::lifecycle;

use crate::cli::Serve;
use crate::hands::Hand;
use crate::page::Page;
use crate::{App, Exit, Failure, World, config, json};

/// Serves the dashboard until the process is told to stop.
pub(super) async fn serve(app: &App, args: &Serve, world: &mut World<'_>) -> Result<Exit, Failure> {
    let stop = lifecycle::shutdown_signal()?;
    let loaded = config::load_or_empty(&app.asked, world.env)?;
    let asked = (app.asked.clone(), world.env);
    let hand = Hand::new(asked, &loaded, world.clock.clone(), false);
    let page = Page::open(&hand, args.listen, &world.clock).await?;
    if app.globals.json {
        let address = page.address.clone();
        json::emit(world.out, &json::serve::Serve { address })?;
    } else {
        let line = app.words.say("serve-at", &[("address", &page.address)]);
        writeln!(world.out, "{line}")?;
        if !hand.is_configured() {
            writeln!(world.out, "{}", app.words.t("serve-awaits"))?;
        }
    }
    // Whoever waits for the address reads it from a pipe.
    world.out.flush()?;
    hand.follow_consents();
    lifecycle::ready();
    tokio::select! {
        _ = stop => {}
        () = lifecycle::watchdog() => {}
    }
    lifecycle::stopping();
    page.close().await;
    Ok(Exit::Ok)
}
