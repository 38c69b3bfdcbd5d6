//! The real program, as a person runs it: beside simulated sources, real brokers
//! and mail servers, killed, restarted, with a full disk and with bad input.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

mod account;
mod bad_input;
mod between;
mod browser;
mod colours;
mod consent;
mod dice;
mod disk;
mod domoticz;
mod enedis;
mod gateways;
mod hostile;
mod inspected;
mod jeedom;
mod kill;
mod mail;
mod notify;
mod report;
mod restarts;
mod room;
mod rows;
mod run;
mod serve;
mod support;
mod waiting;
