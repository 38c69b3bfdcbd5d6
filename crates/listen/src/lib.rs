//! Connections: accepted, counted, encrypted, given so much patience and no
//! more, handed to a router, and finished when the program is asked to stop.
//!
//! Patience is real time, whatever the clock of the program shows: who waits
//! here is a socket.

mod body;
mod connection;
mod crowd;
mod pulse;
mod stream;

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use ipnet::IpNet;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use connection::Connection;
use crowd::{Crowd, Seat};

/// Where no descriptor is left, the next attempt fails as well: connections
/// have to end first.
const NO_FILES: Duration = Duration::from_millis(100);

/// Who comes in, and how.
#[derive(Clone)]
pub struct Rules {
    /// The encryption, when it is ours to do.
    pub tls: Option<TlsAcceptor>,
    /// How many may come.
    pub places: Places,
    /// How long they may take.
    pub patience: Patience,
    /// Bytes of a path with its query that reach the router.
    pub longest_address: usize,
}

/// Connections at a time.
#[derive(Debug, Clone)]
pub struct Places {
    /// From everywhere.
    pub in_all: usize,
    /// From one IPv4 address or IPv6 /64. Who comes beyond it is sent away.
    pub of_a_line: usize,
    /// Proxies that may open as many connections as they like.
    pub trusted: Vec<IpNet>,
    /// What becomes of a newcomer when all places are taken.
    pub when_full: WhenFull,
}

/// All places are taken, and somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenFull {
    /// The newcomer is sent away.
    SendAway,
    /// The newcomer gets the place of a connection that rests or has not
    /// finished its head; where there is none, of one whose body is on its way;
    /// then of one that does not read its answer. Of these it is the oldest, of
    /// the line that holds most. While every answer is being made or read, the
    /// newcomer waits: none of them is cut.
    MakeRoom,
}

/// How long is waited for what a peer owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// A new connection's first head must be whole within this.
    pub first: Duration,
    /// A head must be whole so long after its first byte.
    pub head: Duration,
    /// A body may pause so long while it is waited for.
    pub stall: Duration,
    /// A body must be whole within this.
    pub body: Duration,
    /// A reader may refuse to take its answer so long.
    pub unread: Duration,
    /// A connection may rest so long between two requests.
    pub idle: Duration,
    /// What was begun may take so long once the program is asked to stop.
    pub farewell: Duration,
}

/// Serves until `stop` ends, then lets what was begun be finished, for
/// [`Patience::farewell`] at most.
///
/// Heads beyond 32 KiB and addresses beyond [`Rules::longest_address`] are answered
/// 431 and 414 before the router sees them.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    rules: Rules,
    stop: impl Future<Output = ()>,
) {
    let Rules {
        tls,
        places,
        patience,
        longest_address,
    } = rules;
    let crowd = Arc::new(Crowd::new(places));
    let (leave, leaving) = watch::channel(());
    let mut tasks = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        while tasks.try_join_next().is_some() {}
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &crowd) => accepted,
        };
        let Some((stream, peer, seat)) = accepted else {
            continue;
        };
        let connection = Connection {
            peer,
            seat,
            router: router.clone(),
            patience,
            longest_address,
            leaving: leaving.clone(),
        };
        tasks.spawn(connection.run(stream, tls.clone()));
    }
    drop(listener);
    drop(leave);
    let _ = timeout(patience.farewell, async {
        while tasks.join_next().await.is_some() {}
    })
    .await;
    tasks.shutdown().await;
}

/// The next connection with its seat; nothing when it was sent away.
async fn accept(
    listener: &TcpListener,
    crowd: &Arc<Crowd>,
) -> Option<(TcpStream, SocketAddr, Seat)> {
    match listener.accept().await {
        // Said to nobody: whoever fills the places would fill the log, too.
        Ok((stream, peer)) => Some((stream, peer, crowd.seat(peer.ip()).await?)),
        Err(error) => {
            tracing::warn!(target: "listen", %error, "a connection was not accepted");
            let _ = timeout(NO_FILES, std::future::pending::<()>()).await;
            None
        }
    }
}
