//! `check`: the configuration as it is understood, without its secrets.

use collector::GATEWAY_CALLS_PER_SECOND;
use service::paths;

use crate::config::{APP, Loaded, Prices, Settings, Source, SourceKind};
use crate::json::check::{Check, PricesCheck, SourceCheck, UsagePointCheck};
use crate::offers::Offers;
use crate::text::Page;
use crate::{App, Exit, Failure, World, json};

/// Shows the resolved settings; a wrong configuration has failed before.
pub(super) fn check(app: &App, world: &mut World<'_>) -> Result<Exit, Failure> {
    let loaded = app.settings()?;
    offers(&loaded.settings)?;
    let check = read(app, loaded, world)?;
    if app.globals.json {
        json::emit(world.out, &check)?;
        return Ok(Exit::Ok);
    }
    let mut page = Page::new(app.words, world.terminal);
    page.check(&check);
    page.finish(world.out)?;
    Ok(Exit::Ok)
}

/// The files of offers, and that what the usage points name is among them.
fn offers(settings: &Settings) -> Result<(), Failure> {
    let offers = Offers::load(&settings.offers)?;
    for point in &settings.usage_points {
        let named = point.prices.offer.iter().chain(&point.prices.resale);
        for id in named {
            offers.configured(id)?;
        }
    }
    Ok(())
}

fn read(app: &App, loaded: &Loaded, world: &World<'_>) -> Result<Check, Failure> {
    let settings = &loaded.settings;
    let ledger = app.ledger()?;
    let points = settings.usage_points.iter();
    Ok(Check {
        file: loaded.file.clone(),
        candidates: paths::config_candidates(world.env, APP),
        data_dir: settings.data_dir.clone(),
        ledger_exists: ledger.exists(),
        ledger,
        language: app.words.lang.tag().to_owned(),
        every_seconds: settings.schedule.every.as_secs(),
        sources: settings.sources.iter().map(source).collect(),
        offers: settings.offers.clone(),
        colours: colours(settings),
        usage_points: points
            .map(|point| UsagePointCheck {
                usage_point: point.prm,
                name: point.name.clone(),
                source: point.source.clone(),
                also: point.also.clone(),
                prices: prices(&point.prices),
            })
            .collect(),
        warnings: loaded
            .warnings
            .iter()
            .map(|warning| warning.render(app.words.lang, None).trim_end().to_owned())
            .collect(),
    })
}

/// The calendars of which sources are asked.
fn colours(settings: &Settings) -> Vec<String> {
    let needed = crate::view::colours::needed(settings);
    let asked = settings.colours.enabled;
    let calendars = [("tempo", needed.tempo), ("ejp", needed.ejp)];
    let asked = calendars.into_iter().filter(|(_, needed)| asked && *needed);
    asked.map(|(name, _)| name.to_owned()).collect()
}

fn prices(prices: &Prices) -> PricesCheck {
    PricesCheck {
        offer: prices.offer.clone(),
        resale: prices.resale.clone(),
        subscribed_kva: prices.subscribed_kva,
        holidays: prices.holidays.as_str().to_owned(),
        plans: prices
            .plans
            .iter()
            .map(|plan| plan.written.clone())
            .collect(),
    }
}

fn source(source: &Source) -> SourceCheck {
    match &source.kind {
        SourceKind::DataConnect(access) => {
            let shown: String = access.client_id.chars().take(4).collect();
            SourceCheck {
                name: source.name.clone(),
                kind: source.kind.as_str().to_owned(),
                generation: Some(access.generation_word().to_owned()),
                base_url: Some(access.base_url.to_string()),
                folder: None,
                client_id: Some(format!("{shown}…")),
                calls_per_second: access.calls_per_second,
            }
        }
        SourceKind::ConsoApi(gateway) | SourceKind::MyElectricalData(gateway) => of_gateway(
            source,
            gateway.base_url.as_str(),
            Some(GATEWAY_CALLS_PER_SECOND),
        ),
        SourceKind::Gateway(consented) => of_gateway(
            source,
            consented.base_url.as_str(),
            Some(GATEWAY_CALLS_PER_SECOND),
        ),
        SourceKind::Portal(portal) => of_gateway(
            source,
            portal.places.page().as_str(),
            Some(GATEWAY_CALLS_PER_SECOND),
        ),
        SourceKind::DomoticzProxy(consented) => {
            of_gateway(source, consented.base_url.as_str(), None)
        }
        SourceKind::Files(watched) => SourceCheck {
            folder: Some(watched.folder.clone()),
            base_url: None,
            ..of_gateway(source, "", None)
        },
    }
}

fn of_gateway(source: &Source, base_url: &str, calls: Option<u8>) -> SourceCheck {
    SourceCheck {
        name: source.name.clone(),
        kind: source.kind.as_str().to_owned(),
        generation: None,
        base_url: Some(base_url.to_string()),
        folder: None,
        client_id: None,
        calls_per_second: calls,
    }
}
