//! The dashboard over what the demonstration has fetched, on its clock.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use dashboard::door::{Door, DoorConfig};
use dashboard::{Hands, House, connections};
use releve::config::{self, Settings};
use service::random::SystemRandomness;
use service::{Lang, MapEnv, SharedClock};
use tokio::net::TcpListener;

/// Where people look for it first.
const USUAL: u16 = 8733;

/// Shows, and changes nothing.
struct Looking(Arc<Settings>);

impl Hands for Looking {
    fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.0)
    }
}

/// Serves the dashboard until the process ends; its address.
pub async fn open(data_dir: &Path, lang: Lang, clock: SharedClock) -> anyhow::Result<String> {
    let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = match TcpListener::bind(at(USUAL)).await {
        Ok(listener) => listener,
        // Somebody else is there: any other will do.
        Err(_) => TcpListener::bind(at(0)).await?,
    };
    let config = DoorConfig::at(listener.local_addr()?);
    let address = format!("http://{}/", config.listen);
    let door = Door::new(config, clock.clone(), Arc::new(SystemRandomness::new()))?;
    let hands = Arc::new(Looking(Arc::new(settings(data_dir, lang)?)));
    let router = dashboard::router(House::new(clock, hands), &door);
    let goes_on = std::future::pending();
    tokio::spawn(listen::serve(
        listener,
        router,
        connections::rules(),
        goes_on,
    ));
    Ok(address)
}

/// A house and a chalet with the prices of today.
fn settings(data_dir: &Path, lang: Lang) -> anyhow::Result<Settings> {
    let (house, chalet) = match lang {
        Lang::Fr => ("Maison", "Chalet"),
        Lang::En => ("House", "Chalet"),
    };
    let text = format!(
        "language = {:?}\ndata_dir = {:?}\n\
         [[usage_points]]\nprm = \"22222222222222\"\nname = {house:?}\noffer = \"trv-hphc\"\n\
         [[usage_points]]\nprm = \"33333333333333\"\nname = {chalet:?}\noffer = \"trv-base\"\n",
        lang.tag(),
        data_dir.display().to_string(),
    );
    let settings = config::from_text(&text, &MapEnv::default());
    settings.map_err(|error| anyhow::anyhow!(error.render(lang)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_that_is_shown_is_configured_rightly_in_both_languages() {
        for lang in Lang::ALL {
            let settings = settings(Path::new("/a \"folder\""), lang).unwrap();
            assert_eq!(settings.usage_points.len(), 2);
            assert_eq!(settings.data_dir, Path::new("/a \"folder\""));
        }
    }
}
