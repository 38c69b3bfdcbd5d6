//! What contract and meter say, gathered from one resource (v5) or three (2026).

use meter::UsagePoint;

use super::{Ask, Client, same_point};
use crate::contract::ContractFacts;
use crate::decode;
use crate::generation::{self, Generation};
use crate::problem::Problem;

/// What the contract and the meter say, and the parts that were not answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContractAnswer {
    /// The facts of all parts that answered.
    pub facts: ContractFacts,
    /// The other parts.
    pub missing: Vec<(ContractPart, Problem)>,
}

/// A resource that says something of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContractPart {
    /// `synth_contrat_auto` (2026).
    Synthesis,
    /// `situation_contrat_auto` (2026).
    Situation,
    /// `comptage_auto` (2026).
    Meter,
    /// `customers_upc` (v5).
    Contracts,
}

impl Client {
    /// What contract and meter say. A part that fails does not lose the others;
    /// when all fail, the first one's problem is the answer.
    pub async fn contract(&self, prm: UsagePoint) -> Result<ContractAnswer, Problem> {
        let parts: &[ContractPart] = match self.generation() {
            Generation::V2026 => &[
                ContractPart::Synthesis,
                ContractPart::Situation,
                ContractPart::Meter,
            ],
            Generation::V5 => &[ContractPart::Contracts],
        };
        let mut answer = ContractAnswer::default();
        let mut answered = false;
        for part in parts {
            match self.contract_part(prm, *part).await {
                Ok(facts) => {
                    answered = true;
                    answer.facts.merge(facts);
                }
                Err(problem) => {
                    let hopeless = concerns_every_call(&problem);
                    answer.missing.push((*part, problem));
                    if hopeless {
                        break;
                    }
                }
            }
        }
        match answer.missing.first() {
            Some((_, problem)) if !answered => Err(problem.clone()),
            _ => Ok(answer),
        }
    }

    async fn contract_part(
        &self,
        prm: UsagePoint,
        part: ContractPart,
    ) -> Result<ContractFacts, Problem> {
        let label = part.path();
        let mut url = self.url(label);
        if part == ContractPart::Contracts {
            url.query_pairs_mut()
                .append_pair("usage_point_id", &prm.to_string());
        } else {
            // In the query, the 2026 contract resources answer 500.
            url.set_path(&format!("{}/{prm}", url.path()));
        }
        let body = None;
        let body = self.get(Ask { label, url, body }).await?;
        let facts = match part {
            ContractPart::Synthesis => decode::decode_synthesis(&body),
            ContractPart::Situation => decode::decode_situation(&body),
            ContractPart::Meter => decode::decode_meter(&body),
            ContractPart::Contracts => decode::decode_contracts(&body),
        }?;
        same_point(prm, facts.usage_point)?;
        Ok(facts)
    }
}

impl ContractPart {
    fn path(self) -> &'static str {
        match self {
            Self::Synthesis => generation::SYNTHESIS_PATH,
            Self::Situation => generation::SITUATION_PATH,
            Self::Meter => generation::METER_PATH,
            Self::Contracts => generation::CONTRACTS_PATH,
        }
    }
}

/// Whether the next call would only meet the same.
fn concerns_every_call(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::BadCredentials
            | Problem::TokenExpired
            | Problem::Quota { .. }
            | Problem::Unreachable { .. }
    )
}
