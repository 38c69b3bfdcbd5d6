//! Relevé at work without an account: a simulated Enedis, the consent gateway and
//! a collector in one process, on a virtual clock. A person gives the consents on
//! the gateway's pages, three years are fetched through the same code that a home
//! runs, then checked and shown.

mod check;
mod options;
mod page;
mod tell;
mod world;

use std::process::ExitCode;

use options::Options;
use service::Clock;

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(usage) => {
            eprint!("{usage}");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let done = runtime
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(&options)));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(4),
        Err(error) => {
            eprintln!("demo: {error:#}");
            ExitCode::from(4)
        }
    }
}

/// Whether every comparison held.
async fn run(options: &Options) -> anyhow::Result<bool> {
    let mut world = world::World::new(options).await?;
    tell::beginning(options, &world);
    let codes = world.consent().await?;
    tell::consents(options, &codes);
    let began = world.real.now();
    let summary = world.sync().await?;
    let took = world.real.now().duration_since(began);
    let comparisons = check::compare(&world)?;
    tell::summary(options, &summary, &comparisons, took);
    tell::status(options, &world).await;
    let exact = comparisons.iter().all(check::Comparison::is_exact);
    if !options.once {
        let clock = std::sync::Arc::new(world.clock.clone());
        let address = page::open(&world.data_dir, options.lang, clock).await?;
        tell::dashboard(options, &address);
        tell::days_go_by(options, &world).await?;
    }
    Ok(exact)
}
