//! From the configured sources to those that can be asked.

use std::sync::Arc;

use collector::consents::{Consents, Dialect, Server};
use collector::portal::Keys;
use collector::{
    ConsoApi, DataConnect, DomoticzProxy, Inbox, MyElectricalData, Portal, ReleveGateway, Source,
    Tokens,
};
use enedis::{Client, ClientConfig};
use ledger::Ledger;
use meter::UsagePoint;
use service::dates::Dates;
use service::http::{Client as HttpClient, ClientOptions};
use service::{SharedClock, SharedHttp};

use super::missing;
use crate::config::gateway::sources_of;
use crate::config::{self, Gateway, Settings, SourceKind};
use crate::exit::{Exit, Failure, Said};

/// A source, and the usage points that it is asked about.
pub(super) struct Asked {
    pub source: Arc<dyn Source>,
    pub usage_points: Vec<UsagePoint>,
    /// Where it takes consents.
    pub consents: Option<Arc<Consents>>,
    /// What its answers show of our clock.
    pub dates: Dates,
}

/// What every source is built with.
pub(super) struct Means<'a> {
    pub settings: &'a Settings,
    pub clock: &'a SharedClock,
    pub http: &'a SharedHttp,
    pub ledger: &'a Arc<Ledger>,
    pub dates: &'a Dates,
}

/// That there is somebody to ask.
pub(super) fn any(settings: &Settings) -> Result<(), Failure> {
    if settings.sources.is_empty() {
        return Err(missing("sync-no-source", "sync-no-source-do"));
    }
    Ok(())
}

/// A customer account, over a client that leaves redirections to it.
pub(crate) fn portal(
    settings: &Settings,
    name: &str,
    access: &config::Portal,
    clock: &SharedClock,
) -> Result<Portal, Failure> {
    let http = staying_client()?;
    Ok(portal_over(settings, name, access, (http, clock.clone())))
}

/// The same over a client of ours.
fn portal_over(
    settings: &Settings,
    name: &str,
    access: &config::Portal,
    (http, clock): (SharedHttp, SharedClock),
) -> Portal {
    let keys = Keys {
        account: access.account.clone(),
        data_dir: settings.data_dir.clone(),
        credentials: settings.credentials.clone(),
    };
    Portal::new(name, http, clock, access.places.clone(), keys)
}

/// A client that leaves redirections to whoever asks.
fn staying_client() -> Result<SharedHttp, Failure> {
    client(&ClientOptions {
        follows: false,
        ..ClientOptions::default()
    })
}

/// The sources of some configured usage points, in the order of the file.
pub(super) fn asked(means: &Means<'_>, usage_points: &[UsagePoint]) -> Result<Vec<Asked>, Failure> {
    let settings = means.settings;
    let mut asked = Vec::new();
    for (at, source) in settings.sources.iter().enumerate() {
        let points = points_of(settings, at);
        let points: Vec<UsagePoint> = usage_points
            .iter()
            .filter(|point| points.contains(point))
            .copied()
            .collect();
        if points.is_empty() {
            continue;
        }
        let dates = means.dates.of_another();
        let own = Means {
            http: &dates.over(means.http.clone(), means.clock.clone()),
            dates: &dates,
            ..*means
        };
        if let Some(built) = build(source, &points, &own)? {
            asked.push(built);
        }
    }
    Ok(asked)
}

/// The usage points that are asked of the source in that place.
pub(crate) fn points_of(settings: &Settings, at: usize) -> Vec<UsagePoint> {
    let points = settings.usage_points.iter();
    points
        .filter(|point| sources_of(&settings.sources, point).contains(&at))
        .map(|point| point.prm)
        .collect()
}

/// The folders that are watched for some configured usage points.
pub(super) fn inboxes(
    settings: &Settings,
    usage_points: &[UsagePoint],
    clock: &SharedClock,
) -> Vec<Inbox> {
    let mut inboxes = Vec::new();
    for (at, source) in settings.sources.iter().enumerate() {
        let SourceKind::Files(watched) = &source.kind else {
            continue;
        };
        let mut points = points_of(settings, at);
        points.retain(|point| usage_points.contains(point));
        if !points.is_empty() {
            let folder = watched.folder.clone();
            inboxes.push(Inbox::new(&source.name, folder, points, clock.clone()));
        }
    }
    inboxes
}

/// The consents of a source, if it takes them.
pub(super) fn consents(
    settings: &Settings,
    at: usize,
    http: &SharedHttp,
    clock: &SharedClock,
) -> Option<Consents> {
    let source = settings.sources.get(at)?;
    let consented = source.kind.consented()?;
    let dialect = match source.kind {
        SourceKind::DomoticzProxy(_) => Dialect::DomoticzProxy,
        _ => Dialect::Rfc,
    };
    let server = Server {
        dialect,
        base_url: consented.base_url.clone(),
        client_id: consented.client_id.clone(),
    };
    Some(Consents::new(
        (&source.name, server),
        points_of(settings, at),
        &settings.data_dir,
        http.clone(),
        clock.clone(),
    ))
}

/// What reaches the sources.
pub(crate) fn http() -> Result<SharedHttp, Failure> {
    client(&ClientOptions::default())
}

fn client(options: &ClientOptions) -> Result<SharedHttp, Failure> {
    let http = HttpClient::new(options).map_err(|error| {
        Failure::new(Exit::Source, Said::new("error-output").with("cause", error))
    })?;
    Ok(Arc::new(http))
}

fn build(
    source: &config::Source,
    points: &[UsagePoint],
    means: &Means<'_>,
) -> Result<Option<Asked>, Failure> {
    let name = source.name.clone();
    let (http, clock) = (means.http.clone(), means.clock.clone());
    let plain = |source: Arc<dyn Source>| {
        Some(Asked {
            source,
            usage_points: points.to_vec(),
            consents: None,
            dates: means.dates.clone(),
        })
    };
    Ok(match &source.kind {
        SourceKind::Portal(access) => {
            let http = means.dates.over(staying_client()?, clock.clone());
            let portal = portal_over(means.settings, &name, access, (http, clock));
            plain(Arc::new(portal.telling(Arc::clone(means.ledger))))
        }
        SourceKind::DataConnect(access) => {
            let config = ClientConfig {
                base_url: access.base_url.clone(),
                generation: access.generation,
                client_id: access.client_id.clone(),
                client_secret: access.client_secret.clone(),
                calls_per_second: access.calls_per_second.map(u32::from),
            };
            let source = DataConnect::new(name, Client::new(http, clock, config));
            plain(Arc::new(if access.switches {
                source.switching()
            } else {
                source
            }))
        }
        SourceKind::ConsoApi(gateway) => {
            let base_url = gateway.base_url.clone();
            let tokens = tokens(gateway);
            plain(Arc::new(ConsoApi::new(name, http, clock, base_url, tokens)))
        }
        SourceKind::MyElectricalData(gateway) => {
            let base_url = gateway.base_url.clone();
            let tokens = tokens(gateway);
            let source = MyElectricalData::new(name, http, clock, base_url, tokens);
            plain(Arc::new(source))
        }
        SourceKind::Gateway(_) | SourceKind::DomoticzProxy(_) => consented(source, points, means),
        // A folder is read, not asked.
        SourceKind::Files(_) => None,
    })
}

fn consented(source: &config::Source, points: &[UsagePoint], means: &Means<'_>) -> Option<Asked> {
    let (http, clock) = (means.http.clone(), means.clock.clone());
    let mut sources = means.settings.sources.iter();
    let at = sources.position(|other| other.name == source.name)?;
    let consents = consents(means.settings, at, means.http, means.clock)?;
    let consents = Arc::new(consents.telling(Arc::clone(means.ledger)));
    let built: Arc<dyn Source> = match &source.kind {
        SourceKind::DomoticzProxy(_) => {
            Arc::new(DomoticzProxy::new(http, clock, Arc::clone(&consents)))
        }
        _ => Arc::new(ReleveGateway::new(http, clock, Arc::clone(&consents))),
    };
    Some(Asked {
        source: built,
        usage_points: points.to_vec(),
        consents: Some(consents),
        dates: means.dates.clone(),
    })
}

fn tokens(gateway: &Gateway) -> Tokens {
    Tokens {
        common: gateway.token.clone(),
        own: gateway.tokens.clone(),
    }
}
