//! What was asked: the log that tests read.

use std::collections::VecDeque;

use jiff::Timestamp;
use meter::UsagePoint;
use serde::Serialize;

use crate::route::Resource;

/// Older calls are forgotten beyond so many.
const KEPT: usize = 200_000;

/// One call, without its query: a query may carry secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Call {
    /// When, on the simulated clock.
    pub at: Timestamp,
    /// The path.
    pub path: String,
    /// The usage point it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage_point: Option<UsagePoint>,
    /// The door it knocked at, when there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<Resource>,
    /// First day asked, for measures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The day after the last asked, for measures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// HTTP status of the answer.
    pub status: u16,
}

/// The latest calls.
#[derive(Debug, Default)]
pub(crate) struct Calls(VecDeque<Call>);

impl Calls {
    pub(crate) fn push(&mut self, call: Call) {
        if self.0.len() >= KEPT {
            self.0.pop_front();
        }
        self.0.push_back(call);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn to_vec(&self) -> Vec<Call> {
        self.0.iter().cloned().collect()
    }
}
