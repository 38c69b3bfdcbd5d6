//! Enedis itself, over Data Connect, in either generation.

use enedis::windows::Limits;
use enedis::{Client, Generation, Problem};
use jiff::civil::Date;
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
}

impl DataConnect {
    /// A source of that name, asked through this client.
    pub fn new(name: impl Into<String>, client: Client) -> Self {
        Self {
            name: name.into(),
            client,
        }
    }

    async fn ask(&self, key: SeriesKey, window: Window) -> Result<Answer, Problem> {
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

    fn floor(&self, kind: Kind, today: Date) -> Date {
        Limits::floor(kind, today)
    }

    fn max_days(&self, kind: Kind) -> u32 {
        Limits::max_days(kind)
    }

    /// Only the 2026 contract answers name the activation of each direction.
    fn tells_directions(&self) -> bool {
        self.client.generation() == Generation::V2026
    }

    fn fetch(&self, key: SeriesKey, window: Window) -> BoxFuture<'_, Result<Answer, Problem>> {
        Box::pin(self.ask(key, window))
    }

    fn contract(&self, usage_point: UsagePoint) -> BoxFuture<'_, Result<Contract, Problem>> {
        Box::pin(async move {
            let answer = self.client.contract(usage_point).await?;
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

    fn calls(&self) -> u64 {
        self.client.calls()
    }
}
