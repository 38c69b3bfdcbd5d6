//! Enedis itself, over Data Connect, in either generation.
//!
//! Where the generation is left to us, the other one is tried once this one is
//! gone or refused to the application, and kept if it serves.

use enedis::{Client, ContractAnswer, Generation, Problem};
use ledger::SeriesKey;
use meter::{Direction, Kind, Marks, UsagePoint, stamps};
use service::clock::BoxFuture;

use crate::planner::Window;
use crate::source::{Answer, Contract, Source};

/// Enedis as a source.
#[derive(Debug)]
pub struct DataConnect {
    name: String,
    client: Client,
    /// Whether it may change to the other generation.
    switches: bool,
}

impl DataConnect {
    /// A source of that name, asked through this client.
    pub fn new(name: impl Into<String>, client: Client) -> Self {
        Self {
            name: name.into(),
            client,
            switches: false,
        }
    }

    /// The same, free to change to the generation that serves.
    #[must_use]
    pub fn switching(self) -> Self {
        Self {
            switches: true,
            ..self
        }
    }

    /// Asks in the present generation, then in the other if this one refuses.
    async fn ask(&self, key: SeriesKey, window: Window) -> Result<Answer, Problem> {
        let answer = self.ask_once(key, window).await;
        // The index is an API of its own; what it refuses says nothing of the rest.
        let refused = matches!(&answer, Err(problem) if refuses_generation(problem));
        if !refused || !self.switches || key.kind == Kind::Index {
            return answer;
        }
        self.change();
        let other = self.ask_once(key, window).await;
        self.settle(answer, other)
    }

    async fn ask_contract(&self, usage_point: UsagePoint) -> Result<ContractAnswer, Problem> {
        let answer = self.client.contract(usage_point).await;
        // Applications often lack the contract APIs alone.
        if !self.switches || !matches!(answer, Err(Problem::NoSuchResource)) {
            return answer;
        }
        self.change();
        let other = self.client.contract(usage_point).await;
        self.settle(answer, other)
    }

    fn change(&self) {
        self.client.switch(self.client.generation().other());
    }

    /// Stays with the other generation if it serves, else goes back: an outage
    /// proves nothing.
    fn settle<T>(
        &self,
        before: Result<T, Problem>,
        other: Result<T, Problem>,
    ) -> Result<T, Problem> {
        if matches!(&other, Err(problem) if !is_served(problem)) {
            self.change();
            return before;
        }
        let generation = self.client.generation();
        tracing::info!(source = %self.name, %generation, "changed to the other generation");
        other
    }

    async fn ask_once(&self, key: SeriesKey, window: Window) -> Result<Answer, Problem> {
        let (prm, direction) = (key.usage_point, key.direction);
        let Window { from, to } = window;
        Ok(match key.kind {
            Kind::Curve => {
                let curve = self.client.curve(prm, direction, from, to).await?;
                Answer::Curve(stamps::resolve(&curve.points, Marks::End))
            }
            Kind::Daily => Answer::Daily(self.client.daily(prm, direction, from, to).await?.days),
            Kind::Maximum => {
                let maxima = self.client.maxima(prm, direction, from, to).await?;
                Answer::Maxima(maxima.maxima)
            }
            Kind::Index => {
                let registers = self.client.registers(prm, direction, from, to).await?;
                Answer::Registers(registers.registers)
            }
        })
    }
}

impl Source for DataConnect {
    fn name(&self) -> &str {
        &self.name
    }

    fn offers(&self, kind: Kind, direction: Direction) -> bool {
        self.client
            .generation()
            .measure_path(kind, direction)
            .is_some()
    }

    /// Only the 2026 contract answers name the activation of each direction.
    fn tells_directions(&self) -> bool {
        self.client.generation() == Generation::V2026
    }

    fn tells_contracts(&self) -> bool {
        true
    }

    fn fetch(&self, key: SeriesKey, window: Window) -> BoxFuture<'_, Result<Answer, Problem>> {
        Box::pin(self.ask(key, window))
    }

    fn contract(&self, usage_point: UsagePoint) -> BoxFuture<'_, Result<Contract, Problem>> {
        Box::pin(async move {
            let answer = self.ask_contract(usage_point).await?;
            Ok(Contract {
                facts: answer.facts,
                missing: answer
                    .missing
                    .into_iter()
                    .map(|(_, problem)| problem)
                    .collect(),
            })
        })
    }

    fn ready(&self) -> BoxFuture<'_, Result<(), Problem>> {
        Box::pin(async {
            match self.client.ready().await {
                // The question itself will change to the other generation.
                Err(problem) if self.switches && refuses_generation(&problem) => Ok(()),
                ready => ready,
            }
        })
    }

    fn calls(&self) -> u64 {
        self.client.calls()
    }
}

/// Whether this generation is gone, or not open to the application.
fn refuses_generation(problem: &Problem) -> bool {
    matches!(problem, Problem::NoSuchResource | Problem::ApiNotSubscribed)
}

/// Whether an answer, if only a refusal, shows that the generation is in service.
fn is_served(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::NoData
            | Problem::WrongDirection
            | Problem::BeforeActivation
            | Problem::BeyondHistory
            | Problem::BeforeConsent
            | Problem::CurveNotActivated
            | Problem::NotHolder
            | Problem::NoConsent
    )
}
