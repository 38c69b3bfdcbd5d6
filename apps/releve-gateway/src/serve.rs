//! `releve-gateway serve`: pages, protocol and data on one port, instruments on
//! another, until a signal comes.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ArgMatches;
use gateway::health::{NotReady, Readiness, Watched};
use gateway::{App, binding, health, router, upkeep};
use jiff::SignedDuration;
use service::clock::BoxFuture;
use service::lifecycle::shutdown_signal;
use service::logging::{self, Format, Options};
use service::{Lang, SystemClock, SystemEnv};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::stop::{Exit, Outcome, Stop};
use crate::{connections, open};

/// How far this node's clock may be off the store's.
const DRIFT: SignedDuration = SignedDuration::from_secs(30);

/// Serves until a signal comes.
pub async fn run(arguments: &ArgMatches, lang: Lang) -> Outcome {
    let opened = open::app(arguments, lang).await?;
    let options = Options {
        level: opened.log_level,
        format: Format::Json,
    };
    let _ = logging::init(options, Arc::new(SystemClock), &SystemEnv);
    let (app, lang) = (opened.app, opened.lang);
    let node = Arc::new(Node {
        app: app.clone(),
        draining: AtomicBool::new(false),
    });
    node.check()
        .await
        .map_err(|why| Stop::said(lang, Exit::Data, not_ready(why), &[]))?;
    // The files were read with the configuration.
    let tls = app.config.tls.as_ref().map(connections::tls).transpose();
    let tls = tls.map_err(|_| Stop::said(lang, Exit::Configuration, "gateway-stop-tls", &[]))?;
    allow(&app, tls.is_some(), arguments.get_flag("plain-http"), lang)?;

    let (stop, stopped) = watch::channel(false);
    let until = || {
        let mut stopped = stopped.clone();
        async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        }
    };
    let public = bind(app.config.listen, lang).await?;
    let address = public.local_addr()?;
    let signal = shutdown_signal()?;
    let own = [
        tokio::spawn(binding::run(app.clone(), until())),
        tokio::spawn(upkeep::run(app.clone(), until())),
        tokio::spawn(upkeep::follow_keys(
            app.clone(),
            open::keys(arguments),
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
            let listener = bind(address, lang).await?;
            instruments = format!("http://{}/metrics\n", listener.local_addr()?);
            Some(tokio::spawn(listen::serve(
                listener,
                health::router(watched),
                connections::rules(None, Vec::new()),
                until(),
            )))
        }
        None => None,
    };
    let rules = connections::rules(tls, app.config.trusted_proxies.clone());
    let pages = tokio::spawn(listen::serve(public, router(app.clone()), rules, until()));
    let public_url = &app.config.public_url;
    write!(std::io::stdout(), "{public_url} ({address})\n{instruments}")?;
    std::io::stdout().flush()?;

    let signal = signal.await;
    tracing::info!(target: "gateway", ?signal, "stopping");
    node.draining.store(true, Ordering::Relaxed);
    // Who listens to it is awaited next.
    let _ = stop.send(true);
    let ended = own.into_iter().chain([pages]).chain(operator);
    for task in ended {
        task.await.map_err(std::io::Error::from)?;
    }
    Ok(())
}

async fn bind(address: SocketAddr, lang: Lang) -> Outcome<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| {
        let address = address.to_string();
        Stop::system(lang, "gateway-stop-listen", &address, &error)
    })
}

/// Tokens travel over TLS: ours, or that of a proxy that was named. Without
/// either the gateway serves this very machine, and only when told so.
fn allow(app: &App, tls: bool, plain: bool, lang: Lang) -> Outcome {
    let behind_proxy = !app.config.trusted_proxies.is_empty();
    let alone = plain && app.config.listen.ip().is_loopback();
    if tls || behind_proxy || alone {
        return Ok(());
    }
    let plain = "gateway-stop-plain";
    Err(Stop::said(lang, Exit::Configuration, plain, &[]))
}

fn not_ready(why: NotReady) -> &'static str {
    match why {
        NotReady::Store => "gateway-stop-not-ready-store",
        NotReady::Clock => "gateway-stop-not-ready-clock",
        NotReady::Draining => "gateway-stop-not-ready-draining",
    }
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
