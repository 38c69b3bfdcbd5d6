//! What does Enedis say, and mean? Wire formats, problems, client.
//!
//! Two generations of the Data Connect API say the same things in two shapes;
//! both decode into the neutral results of [`decoded`] and [`contract`], so that
//! nothing downstream knows which one answered.

mod access;
pub mod client;
pub mod contract;
pub mod decode;
pub mod decoded;
pub mod encode;
pub mod generation;
pub mod malformed;
pub mod neutral;
pub mod pacing;
mod point;
pub mod portal;
pub mod problem;
mod series;
pub mod services;
pub mod stamp;
mod text;
mod token;
pub mod v2;
pub mod v5;
pub mod windows;

pub use access::ValidAccess;
pub use client::{Client, ClientConfig, ContractAnswer, ContractPart};
pub use contract::ContractFacts;
pub use decode::{
    decode_contracts, decode_curve, decode_daily, decode_maxima, decode_meter, decode_registers,
    decode_services, decode_situation, decode_synthesis,
};
pub use decoded::{Curve, Daily, Maxima, Registers};
pub use encode::{
    CurveWire, DailyWire, IndexWire, MaximaWire, encode_curve, encode_daily, encode_index,
    encode_maxima,
};
pub use generation::Generation;
pub use malformed::{Malformed, PointFault};
pub use pacing::Pacing;
pub use problem::{Problem, QuotaKind, RequestFault, Unreachable};
pub use services::SubscribedServices;
pub use windows::Limits;
