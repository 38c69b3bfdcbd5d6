//! `releve-gateway serve`: pages, protocol and data on one port, instruments on
//! another, until a signal comes.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use clap::ArgMatches;
use gateway::health::{NotReady, Readiness, Watched};
use gateway::{App, binding, health, router, upkeep};
use jiff::SignedDuration;
use service::clock::BoxFuture;
use service::lifecycle::shutdown_signal;
use service::logging::{self, Format, Level, Options};
use service::{SystemClock, SystemEnv};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::{listen, open};

/// How far this node's clock may be off the store's.
const DRIFT: SignedDuration = SignedDuration::from_secs(30);

/// Serves until a signal comes.
pub async fn run(arguments: &ArgMatches) -> anyhow::Result<()> {
    let options = Options {
        level: Level::Simple,
        format: Format::Json,
    };
    let _ = logging::init(options, Arc::new(SystemClock), &SystemEnv);
    let app = open::app(arguments).await?;
    let node = Arc::new(Node {
        app: app.clone(),
        draining: AtomicBool::new(false),
    });
    node.check()
        .await
        .map_err(|why| anyhow::anyhow!("cannot serve: {why}"))?;
    let tls = app.config.tls.as_ref().map(listen::tls).transpose()?;
    allow(&app, tls.is_some(), arguments.get_flag("plain-http"))?;

    let (stop, stopped) = watch::channel(false);
    let until = || {
        let mut stopped = stopped.clone();
        async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        }
    };
    let public = bind(app.config.listen).await?;
    let address = public.local_addr()?;
    let own = [
        tokio::spawn(binding::run(app.clone(), until())),
        tokio::spawn(upkeep::run(app.clone(), until())),
        tokio::spawn(upkeep::follow_keys(
            app.clone(),
            open::keys(arguments)?,
            until(),
        )),
    ];
    let mut instruments = String::new();
    let operator = match app.config.operator_listen {
        Some(address) => {
            let watched = Watched {
                metrics: app.metrics.clone(),
                ready: node.clone(),
            };
            let listener = bind(address).await?;
            instruments = format!("http://{}/metrics\n", listener.local_addr()?);
            Some(tokio::spawn(listen::serve(
                listener,
                None,
                health::router(watched),
                until(),
            )))
        }
        None => None,
    };
    let pages = tokio::spawn(listen::serve(public, tls, router(app.clone()), until()));
    let public_url = &app.config.public_url;
    write!(std::io::stdout(), "{public_url} ({address})\n{instruments}")?;
    std::io::stdout().flush()?;

    let signal = shutdown_signal()?.await;
    tracing::info!(target: "gateway", ?signal, "stopping");
    node.draining.store(true, Ordering::Relaxed);
    stop.send(true)?;
    pages.await?;
    for task in own {
        task.await?;
    }
    if let Some(operator) = operator {
        operator.await?;
    }
    Ok(())
}

async fn bind(address: std::net::SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))
}

/// Tokens travel over TLS: ours, or that of a proxy that was named. Without
/// either the gateway serves this very machine, and only when told so.
fn allow(app: &App, tls: bool, plain: bool) -> anyhow::Result<()> {
    let behind_proxy = !app.config.trusted_proxies.is_empty();
    let alone = plain && app.config.listen.ip().is_loopback();
    anyhow::ensure!(
        tls || behind_proxy || alone,
        "neither [tls] nor trusted_proxies is configured; plain HTTP is for loopback, with --plain-http"
    );
    Ok(())
}

struct Node {
    app: App,
    draining: AtomicBool,
}

impl Readiness for Node {
    fn check(&self) -> BoxFuture<'_, Result<(), NotReady>> {
        Box::pin(async {
            if self.draining.load(Ordering::Relaxed) {
                return Err(NotReady::Draining);
            }
            let now = self.app.store.ping().await.map_err(|_| NotReady::Store)?;
            let off = now.duration_since(self.app.clock.now()).abs();
            (off <= DRIFT).then_some(()).ok_or(NotReady::Clock)
        })
    }
}
