//! Each command in a file: from its arguments to its exit code.

pub(crate) mod account;
mod check;
mod compare;
mod completions;
pub(crate) mod consent;
mod cost;
mod dashboard;
mod delivery;
mod doctor;
mod domoticz;
mod export;
pub(crate) mod import;
mod inbox;
mod init;
mod jeedom;
mod notify;
mod off_peak;
mod repair;
mod run;
mod serve;
mod show;
mod status;
pub(crate) mod sync;
mod tariff;
mod upkeep;

use crate::cli::Request;
use crate::{App, Exit, Failure, World};

/// Runs what was asked for.
pub(crate) async fn run(
    app: &App,
    request: &Request,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    match request {
        Request::Init(args) => init::init(app, args, world),
        Request::Consent(args) => consent::consent(app, args, world).await,
        Request::Sync(args) => sync::sync(app, args, world).await,
        Request::Repair(args) => repair::repair(app, args, world).await,
        Request::Run => run::run(app, world).await,
        Request::Serve(args) => serve::serve(app, args, world).await,
        Request::Import(args) => import::import(app, args, world),
        Request::Show(args) => show::show(app, args, world),
        Request::Status => status::status(app, world),
        Request::Export(args) => export::export(app, args, world),
        Request::OffPeak(args) => off_peak::off_peak(app, args, world),
        Request::Cost(args) => cost::cost(app, args, world),
        Request::Compare(args) => compare::compare(app, args, world),
        Request::Tariff(args) => tariff::tariff(app, args, world),
        Request::Upkeep(args) => upkeep::upkeep(app, args, world).await,
        Request::Jeedom(args) => jeedom::jeedom(app, args, world).await,
        Request::Domoticz(args) => domoticz::domoticz(app, args, world).await,
        Request::Account(args) => account::account(app, args, world).await,
        Request::Dashboard(args) => dashboard::dashboard(app, *args, world),
        Request::Check => check::check(app, world),
        Request::Completions(shell) => completions::completions(app, *shell, world),
    }
}
