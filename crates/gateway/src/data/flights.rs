//! Identical requests at the same time are one call to Enedis.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use enedis::Problem;
use tokio::sync::OnceCell;

use super::ask::{Ask, Found};
use crate::store::StoreError;

/// What a call brought.
pub(super) type Outcome = Result<Result<Arc<Found>, Problem>, StoreError>;

/// The calls under way.
#[derive(Default)]
pub struct Flights(Mutex<HashMap<Ask, Arc<OnceCell<Outcome>>>>);

impl Flights {
    /// Makes the call, or waits for the one that another makes. Should that one
    /// give up, the next in line makes the call.
    pub(super) async fn join(&self, ask: Ask, call: impl Future<Output = Outcome>) -> Outcome {
        let flight = {
            let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            flights.entry(ask).or_default().clone()
        };
        let outcome = flight.get_or_init(|| call).await.clone();
        let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A later call of the same name is somebody else's.
        if flights
            .get(&ask)
            .is_some_and(|now| Arc::ptr_eq(now, &flight))
        {
            flights.remove(&ask);
        }
        outcome
    }
}

impl std::fmt::Debug for Flights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Flights(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use enedis::Daily;
    use jiff::civil::date;
    use meter::{Direction, Kind};
    use tokio::sync::Notify;

    use super::*;

    fn question(day: i8) -> Ask {
        Ask {
            prm: "22516914714270".parse().unwrap(),
            kind: Kind::Daily,
            direction: Direction::Consumption,
            from: date(2026, 11, day),
            to: date(2026, 11, 20),
        }
    }

    #[tokio::test]
    async fn identical_questions_at_the_same_time_are_one_call() {
        let (flights, gate) = (Flights::default(), Notify::new());
        let calls = AtomicUsize::new(0);
        let call = async || -> Outcome {
            calls.fetch_add(1, Ordering::Relaxed);
            gate.notified().await;
            Ok(Ok(Arc::new(Found::Daily(Daily::default()))))
        };
        let open = async {
            tokio::task::yield_now().await;
            gate.notify_one();
            tokio::task::yield_now().await;
            gate.notify_one();
        };
        let (one, same, other, ()) = tokio::join!(
            flights.join(question(1), call()),
            flights.join(question(1), call()),
            flights.join(question(2), call()),
            open,
        );
        let (one, same) = (one.unwrap().unwrap(), same.unwrap().unwrap());
        assert!(Arc::ptr_eq(&one, &same));
        assert!(!Arc::ptr_eq(&one, &other.unwrap().unwrap()));
        assert_eq!(calls.load(Ordering::Relaxed), 2);
        assert!(flights.0.lock().unwrap().is_empty(), "a flight is kept");
    }

    #[tokio::test]
    async fn when_the_caller_gives_up_the_next_in_line_calls() {
        let flights = Flights::default();
        let never = async { std::future::pending::<Outcome>().await };
        let given_up = flights.join(question(1), never);
        let limit = tokio::time::timeout(std::time::Duration::ZERO, given_up);
        assert!(limit.await.is_err());
        let answer = async { Ok(Err(Problem::NoData)) };
        let next = flights.join(question(1), answer).await;
        assert_eq!(next.unwrap().unwrap_err(), Problem::NoData);
    }
}
