//! The consent gateway in this process: its own router and rows, reached without
//! a socket, on the clock that it is given.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use bytes::Bytes;
use gateway::keys::Keys;
use gateway::random::{SharedRandom, SystemRandomness};
use gateway::store::{IN_MEMORY, Sqlite, Store, clients};
use gateway::{App, Config, binding};
use http::{Request, Response};
use jiff::SignedDuration;
use service::clock::BoxFuture;
use service::{Http, HttpError, SharedClock, SharedHttp};
use simulator::Simulator;
use tower::ServiceExt;

/// Where people and boxes believe the gateway to be.
pub const PUBLIC_URL: &str = "https://releve.example/";
/// Where Enedis sends browsers back; its simulation must know the address.
pub const RETURN_URL: &str = "https://releve.example/auth/redirect";

/// Enedis looks at a consent for at most a minute (gateway design, section 2.4).
const A_MINUTE: u32 = 60;
/// No page and no answer of the gateway is larger.
const LARGEST: usize = 16 << 20;

/// The gateway, to be reached without a socket. Clones share it.
#[derive(Clone)]
pub struct Gate {
    /// The gateway itself.
    pub app: App,
    router: Router,
}

impl Gate {
    /// A gateway in front of a simulated Enedis of the 2026 generation, without
    /// pace or quota of its own.
    pub async fn before(enedis: &Simulator, clock: SharedClock) -> anyhow::Result<Self> {
        let random = Arc::new(SystemRandomness::new());
        Self::drawing(enedis, clock, random).await
    }

    /// The same with another randomness than the system's.
    pub async fn drawing(
        enedis: &Simulator,
        clock: SharedClock,
        random: SharedRandom,
    ) -> anyhow::Result<Self> {
        let store = Sqlite::open(Path::new(IN_MEMORY), Arc::clone(&clock))?;
        let keys = Keys::fresh(random.as_ref())?;
        // The simulation answers whatever host is asked.
        let mut config = Config::for_tests(PUBLIC_URL.parse()?, "http://enedis.example/".parse()?);
        config.enedis.redirect_uri = Some(RETURN_URL.parse()?);
        let store = Store::new(store);
        let app = App::new(config, store, keys, (clock, random, enedis.http()));
        app.store
            .transact(|tx| Box::pin(clients::add_known(tx)))
            .await?;
        Ok(Self {
            router: gateway::router(app.clone()),
            app,
        })
    }

    /// How boxes reach it.
    pub fn http(&self) -> SharedHttp {
        Arc::new(self.clone())
    }

    /// A minute passes in which the gateway asks Enedis about whoever came back.
    pub async fn a_minute_passes(&self) -> anyhow::Result<()> {
        for _ in 0..A_MINUTE {
            while binding::resolve_due(&self.app).await? {}
            self.app.clock.sleep(SignedDuration::from_secs(1)).await;
        }
        Ok(())
    }

    /// One request, as it comes from this very machine.
    pub async fn answer(&self, request: Request<Bytes>) -> anyhow::Result<Response<Bytes>> {
        let mut request = request.map(Body::from);
        let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, 50_000));
        request.extensions_mut().insert(ConnectInfo(peer));
        let Ok(answer) = self.router.clone().oneshot(request).await;
        let (head, body) = answer.into_parts();
        let body = to_bytes(body, LARGEST).await.context("a long answer")?;
        Ok(Response::from_parts(head, body))
    }
}

impl Http for Gate {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(async {
            let answer = self.answer(request).await;
            answer.map_err(|error| HttpError::Other(error.to_string()))
        })
    }
}
