//! From the configured sources to those that can be asked.

use std::sync::Arc;

use collector::{ConsoApi, DataConnect, MyElectricalData, Source, Tokens};
use enedis::{Client, ClientConfig};
use meter::UsagePoint;
use service::http::{Client as HttpClient, ClientOptions};
use service::{SharedClock, SharedHttp};

use super::missing;
use crate::config::gateway::source_of;
use crate::config::{self, Gateway, Settings, SourceKind};
use crate::exit::{Exit, Failure, Said};

/// A source, and the usage points that it is asked about.
pub(super) type Asked = (Arc<dyn Source>, Vec<UsagePoint>);

/// The sources of some configured usage points, in the order of the file.
pub(super) fn asked(
    settings: &Settings,
    usage_points: &[UsagePoint],
    clock: &SharedClock,
    http: &SharedHttp,
) -> Result<Vec<Asked>, Failure> {
    if settings.sources.is_empty() {
        return Err(missing("sync-no-source", "sync-no-source-do"));
    }
    let mut asked = Vec::new();
    for (at, source) in settings.sources.iter().enumerate() {
        let of_source = |prm: &&UsagePoint| {
            let mut points = settings.usage_points.iter();
            let point = points.find(|point| point.prm == **prm);
            point.and_then(|point| source_of(&settings.sources, point)) == Some(at)
        };
        let points: Vec<UsagePoint> = usage_points.iter().filter(of_source).copied().collect();
        if !points.is_empty() {
            asked.push((build(source, http.clone(), clock.clone()), points));
        }
    }
    Ok(asked)
}

/// What reaches the sources.
pub(crate) fn http() -> Result<SharedHttp, Failure> {
    let http = HttpClient::new(&ClientOptions::default()).map_err(|error| {
        Failure::new(Exit::Source, Said::new("error-output").with("cause", error))
    })?;
    Ok(Arc::new(http))
}

fn build(source: &config::Source, http: SharedHttp, clock: SharedClock) -> Arc<dyn Source> {
    let name = source.name.clone();
    match &source.kind {
        SourceKind::DataConnect(access) => {
            let config = ClientConfig {
                base_url: access.base_url.clone(),
                generation: access.generation,
                client_id: access.client_id.clone(),
                client_secret: access.client_secret.clone(),
                calls_per_second: access.calls_per_second.map(u32::from),
            };
            let source = DataConnect::new(name, Client::new(http, clock, config));
            Arc::new(if access.switches {
                source.switching()
            } else {
                source
            })
        }
        SourceKind::ConsoApi(gateway) => {
            let base_url = gateway.base_url.clone();
            let tokens = tokens(gateway);
            Arc::new(ConsoApi::new(name, http, clock, base_url, tokens))
        }
        SourceKind::MyElectricalData(gateway) => {
            let base_url = gateway.base_url.clone();
            let tokens = tokens(gateway);
            Arc::new(MyElectricalData::new(name, http, clock, base_url, tokens))
        }
    }
}

fn tokens(gateway: &Gateway) -> Tokens {
    Tokens {
        common: gateway.token.clone(),
        own: gateway.tokens.clone(),
    }
}
