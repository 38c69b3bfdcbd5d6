//! The simulator as its clients meet it.

mod answers;
mod autumn;
mod consent;
mod conso_api;
mod control;
mod export;
mod faults;
mod history;
mod my_electrical_data;
mod program;
mod quota;
mod refusals;
mod shapes;
mod support;
mod tokens;
mod truth;
