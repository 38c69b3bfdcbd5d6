//! Bytes in, neutral results out: one function per kind of answer.
//!
//! An error body is not looked for here: `Problem::classify` comes first.

use crate::contract::ContractFacts;
use crate::decoded::{Curve, Daily, Maxima, Registers};
use crate::generation::Generation;
use crate::malformed::Malformed;
use crate::series::Answer;
use crate::services::SubscribedServices;
use crate::{text, v2, v5};

/// Reads a load curve.
pub fn decode_curve(generation: Generation, body: &[u8]) -> Result<Curve, Malformed> {
    Curve::from_answer(&answer(generation, body)?)
}

/// Reads daily energies.
pub fn decode_daily(generation: Generation, body: &[u8]) -> Result<Daily, Malformed> {
    Daily::from_answer(&answer(generation, body)?)
}

/// Reads daily maxima.
pub fn decode_maxima(generation: Generation, body: &[u8]) -> Result<Maxima, Malformed> {
    Maxima::from_answer(&answer(generation, body)?)
}

/// Reads register readings, which only the 2026 generation has.
pub fn decode_registers(body: &[u8]) -> Result<Registers, Malformed> {
    v2::index::registers(body)
}

/// Reads the contracts of a usage point (2026, `situation_contrat_auto`).
pub fn decode_situation(body: &[u8]) -> Result<ContractFacts, Malformed> {
    let contracts: Vec<v2::contract::Situation> = text::parse(body)?;
    ContractFacts::from_situations(&contracts)
}

/// Reads the contract's dates (2026, `synth_contrat_auto`).
pub fn decode_synthesis(body: &[u8]) -> Result<ContractFacts, Malformed> {
    text::parse::<v2::contract::Synthesis>(body).map(|synthesis| ContractFacts::from(&synthesis))
}

/// Reads the meter's programme (2026, `comptage_auto`).
pub fn decode_meter(body: &[u8]) -> Result<ContractFacts, Malformed> {
    text::parse::<v2::contract::MeterSetup>(body).map(|setup| ContractFacts::from(&setup))
}

/// Reads the contracts of v5 (`customers_upc`).
pub fn decode_contracts(body: &[u8]) -> Result<ContractFacts, Malformed> {
    let answer: v5::customer::CustomerAnswer = text::parse(body)?;
    ContractFacts::from_customer(&answer)
}

/// Reads the services of a consent (2026, `subscribed_services`).
pub fn decode_services(body: &[u8]) -> Result<SubscribedServices, Malformed> {
    let wire: v2::services::ServicesAnswer = text::parse(body)?;
    SubscribedServices::from_wire(&wire)
}

/// Reads any other customer or site answer as its wire type, such as
/// [`v2::site::GeneralData`] or [`v5::customer::IdentityAnswer`].
pub fn decode_plain<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Malformed> {
    text::parse(body)
}

fn answer(generation: Generation, body: &[u8]) -> Result<Answer, Malformed> {
    match generation {
        Generation::V2026 => v2::measure::answer(body),
        Generation::V5 => v5::metering::answer(body),
    }
}
