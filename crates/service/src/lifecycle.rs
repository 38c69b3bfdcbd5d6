//! When to stop: the signals by which people and service managers ask for it.

use std::future::Future;
use std::io;
use std::time::Duration;

use sd_notify::NotifyState;
use tokio::signal::unix::{SignalKind, signal};

/// What asked the program to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// `SIGTERM`, from a service manager.
    Terminate,
    /// `SIGINT`, from the keyboard.
    Interrupt,
}

/// A future that ends when the program is asked to stop. The signals are held
/// from this call on, not from the first poll, so that none is lost between.
/// Call it once more to learn of a second, impatient signal.
///
/// Must be called inside a Tokio runtime with its I/O driver on.
pub fn shutdown_signal() -> io::Result<impl Future<Output = Signal> + Send> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => Signal::Terminate,
            _ = interrupt.recv() => Signal::Interrupt,
        }
    })
}

/// Tells a service manager that the program is at work (`sd_notify`); elsewhere
/// nothing happens.
pub fn ready() {
    tell(&NotifyState::Ready);
}

/// Tells a service manager that the program is going.
pub fn stopping() {
    tell(&NotifyState::Stopping);
}

/// Tells a service manager, as often as it wants to hear it, that the program's
/// one thread still turns; without a watchdog it waits for ever.
pub async fn watchdog() {
    let Some(patience) = sd_notify::watchdog_enabled() else {
        return std::future::pending().await;
    };
    let half = (patience / 2).max(Duration::from_millis(1));
    let mut beat = tokio::time::interval(half);
    loop {
        beat.tick().await;
        tell(&NotifyState::Watchdog);
    }
}

/// A manager that does not listen is no reason to stop.
fn tell(state: &NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(std::slice::from_ref(state)) {
        tracing::debug!(%error, "the service manager was not told");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn send(signal: &str) {
        let me = std::process::id().to_string();
        let sent = std::process::Command::new("kill")
            .args([signal, &me])
            .status();
        assert!(sent.unwrap().success());
    }

    #[tokio::test]
    async fn a_signal_sent_before_the_first_poll_is_not_lost() {
        let stop = shutdown_signal().unwrap();
        send("-TERM");
        assert_eq!(stop.await, Signal::Terminate);
        let stop = shutdown_signal().unwrap();
        send("-INT");
        assert_eq!(stop.await, Signal::Interrupt);
    }
}
