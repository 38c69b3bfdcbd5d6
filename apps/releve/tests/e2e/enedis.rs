//! A simulated Enedis on a free port of this machine.

use std::sync::mpsc;
use std::thread::JoinHandle;

use service::SharedClock;
use simulator::{Options, Simulator};

/// The instant at which the program's clock and the simulator's stand still.
pub const NOW: &str = "2026-11-21T11:00:00Z";
/// A simulated Enedis that listens, on a thread of its own, until dropped.
pub struct Enedis {
    pub simulator: Simulator,
    pub url: String,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Enedis {
    /// On a clock that the test holds.
    pub fn on(clock: SharedClock, change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::new(clock);
        options.pacing_and_quotas = false;
        change(&mut options);
        let simulator = Simulator::new(options);
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let (tell, told) = mpsc::channel();
        let served = simulator.clone();
        let thread = std::thread::spawn(move || {
            runtime().block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
                let running = served.serve(listener.unwrap()).unwrap();
                tell.send(running.url.clone()).unwrap();
                // The sender is dropped to stop.
                let _ = stopped.await;
            });
        });
        Self {
            simulator,
            url: told.recv().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Enedis {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A runtime of this thread alone.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}
