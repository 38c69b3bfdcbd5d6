//! The dashboard on a socket, for as long as the program lives.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use dashboard::door::Door;
use dashboard::{Hands, House, connections};
use service::SharedClock;
use service::random::SystemRandomness;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::exit::{Exit, Failure, Said};
use crate::hands::{Hand, door};

/// What was begun may be finished within this, once the program is to stop.
const FAREWELL: Duration = Duration::from_secs(1);

/// A dashboard that is served.
pub(crate) struct Page {
    /// Where people open it.
    pub address: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Page {
    /// Listens; over the configured address where the command line gives one.
    pub async fn open(
        hand: &Hand,
        listen: Option<SocketAddr>,
        clock: &SharedClock,
    ) -> Result<Self, Failure> {
        let mut config = door(&hand.settings(), listen)?;
        let wanted = config.listen;
        let listener = TcpListener::bind(wanted).await;
        let listener = listener.map_err(|error| taken(wanted, &error))?;
        let local = listener.local_addr();
        config.listen = local.map_err(|error| taken(wanted, &error))?;
        let address = format!("http://{}/", config.listen);
        let random = Arc::new(SystemRandomness::new());
        let door = Door::new(config, clock.clone(), random)?;
        let hands: Arc<dyn Hands> = Arc::new(hand.clone());
        let router = dashboard::router(House::new(clock.clone(), hands), &door);
        let (stop, stopped) = oneshot::channel();
        let mut rules = connections::rules();
        rules.patience.farewell = FAREWELL;
        let served = tokio::spawn(listen::serve(listener, router, rules, async {
            // The sender is dropped, or used, to stop.
            let _ = stopped.await;
        }));
        Ok(Self {
            address,
            stop,
            served,
        })
    }

    /// Lets what was begun be finished, for a moment.
    pub async fn close(self) {
        let _ = self.stop.send(());
        let _ = self.served.await;
    }
}

fn taken(listen: SocketAddr, error: &std::io::Error) -> Failure {
    let said = Said::new("serve-taken").with("listen", listen).cause(error);
    Failure::new(Exit::Configuration, said).hint(Said::new("serve-taken-do"))
}
