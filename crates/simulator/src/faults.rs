//! Scripted trouble: what goes wrong, for whom, at which call.

use std::time::Duration;

use bytes::Bytes;
use enedis::Generation;
use http::StatusCode;
use meter::UsagePoint;
use serde::{Deserialize, Serialize};

use crate::problem;
use crate::reply::Reply;
use crate::route::Resource;

/// One rule. Calls that match are counted for each rule from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Only calls about this usage point; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage_point: Option<UsagePoint>,
    /// Only calls of this resource; all but the consent page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<Resource>,
    /// The first matching call that goes wrong, 1 when absent.
    #[serde(default = "first")]
    pub from_call: u64,
    /// How many calls go wrong; without end when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<u64>,
    /// What goes wrong.
    pub fault: Fault,
}

fn first() -> u64 {
    1
}

/// What goes wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// A known error body, by its code; `text` picks among rows of one code.
    Problem {
        /// `ADAM-DC-0008`, `900901`, `500`…
        code: String,
        /// A part of its description.
        #[serde(default)]
        text: String,
    },
    /// A page of the web firewall.
    Html {
        /// HTTP status.
        status: u16,
    },
    /// An answer without a body.
    Empty {
        /// HTTP status.
        status: u16,
    },
    /// Any body.
    Body {
        /// HTTP status.
        status: u16,
        /// The body, sent as JSON.
        body: String,
    },
    /// The right answer, cut in the middle.
    Truncated,
    /// The right answer, later.
    Slow {
        /// How much later.
        milliseconds: u64,
    },
    /// The right answer under another usage point's name.
    WrongUsagePoint {
        /// Whose name.
        usage_point: UsagePoint,
    },
    /// A redirection.
    Redirect {
        /// Where to.
        location: String,
    },
    /// The right answer, then spaces.
    Huge {
        /// At least so many bytes.
        bytes: usize,
    },
}

/// The rules in force and how many calls each has met.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Vec<(FaultRule, u64)>,
}

/// A call, as far as rules look at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub resource: Resource,
    pub usage_point: Option<UsagePoint>,
}

impl Faults {
    pub(crate) fn add(&mut self, rule: FaultRule) {
        self.rules.push((rule, 0));
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = (&FaultRule, u64)> {
        self.rules.iter().map(|(rule, met)| (rule, *met))
    }

    /// Counts a call for every rule it matches; the first due rule decides.
    pub(crate) fn meet(&mut self, asked: Asked) -> Option<Fault> {
        let mut due = None;
        for (rule, met) in &mut self.rules {
            if rule.matches(asked) {
                *met += 1;
                if due.is_none() && rule.is_due(*met) {
                    due = Some(rule.fault.clone());
                }
            }
        }
        due
    }
}

impl FaultRule {
    /// A rule for every call of a resource about a usage point.
    pub fn always(usage_point: UsagePoint, resource: Resource, fault: Fault) -> Self {
        Self {
            usage_point: Some(usage_point),
            resource: Some(resource),
            from_call: 1,
            calls: None,
            fault,
        }
    }

    /// The same rule for the first calls only.
    #[must_use]
    pub fn times(self, calls: u64) -> Self {
        Self {
            calls: Some(calls),
            ..self
        }
    }

    fn matches(&self, asked: Asked) -> bool {
        let resource = match self.resource {
            Some(resource) => resource == asked.resource,
            None => asked.resource != Resource::Authorize,
        };
        resource
            && self
                .usage_point
                .is_none_or(|wanted| asked.usage_point == Some(wanted))
    }

    fn is_due(&self, call: u64) -> bool {
        call >= self.from_call && self.calls.is_none_or(|calls| call - self.from_call < calls)
    }
}

/// A larger answer would fill the machine instead of a client.
const LARGEST: usize = 64 << 20;

impl Fault {
    /// Why such trouble cannot be made, if so.
    pub(crate) fn mistake(&self) -> Option<String> {
        match self {
            Self::Problem { code, text } => problem::named(code, text, None)
                .is_none()
                .then(|| format!("no known body has the code {code:?} and such a text")),
            Self::Html { status } | Self::Empty { status } | Self::Body { status, .. } => {
                let known = StatusCode::from_u16(*status).is_ok_and(|s| s.as_u16() >= 200);
                (!known).then(|| format!("{status} is no status of an answer"))
            }
            Self::Huge { bytes } => {
                (*bytes > LARGEST).then(|| format!("at most {LARGEST} bytes can be sent"))
            }
            _ => None,
        }
    }

    /// The answer instead of the right one; `None` when the right one is needed.
    pub(crate) fn instead(&self, generation: Option<Generation>) -> Option<Reply> {
        let status = |code: u16| StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_GATEWAY);
        Some(match self {
            Self::Problem { code, text } => problem::named(code, text, generation)
                .unwrap_or_else(|| Reply::firewall(StatusCode::NOT_IMPLEMENTED)),
            Self::Html { status: code } => Reply::firewall(status(*code)),
            Self::Empty { status: code } => Reply::empty(status(*code)),
            Self::Body { status: code, body } => {
                Reply::json_text(status(*code), body.clone().into_bytes())
            }
            Self::Redirect { location } => Reply {
                astray: true,
                ..Reply::see(location.clone())
            },
            Self::Truncated
            | Self::Slow { .. }
            | Self::WrongUsagePoint { .. }
            | Self::Huge { .. } => return None,
        })
    }

    /// Spoils the right answer.
    pub(crate) fn spoil(&self, reply: &mut Reply, asked: Option<UsagePoint>) {
        match self {
            Self::Truncated => reply.body.truncate(reply.body.len() * 2 / 3),
            Self::Slow { milliseconds } => reply.delay += Duration::from_millis(*milliseconds),
            Self::WrongUsagePoint { usage_point } => {
                let Some(asked) = asked else { return };
                let text = String::from_utf8_lossy(&reply.body);
                let other = text.replace(&asked.to_string(), &usage_point.to_string());
                reply.body = Bytes::from(other);
            }
            Self::Huge { bytes } => {
                let mut body = reply.body.to_vec();
                body.resize(body.len().max((*bytes).min(LARGEST)), b' ');
                reply.body = Bytes::from(body);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::usage_point;

    const ASKED: Asked = Asked {
        resource: Resource::ConsumptionDaily,
        usage_point: None,
    };

    fn rule(from_call: u64, calls: Option<u64>) -> FaultRule {
        FaultRule {
            from_call,
            calls,
            ..FaultRule::always(
                usage_point(1),
                Resource::ConsumptionDaily,
                Fault::Empty { status: 200 },
            )
        }
    }

    #[test]
    fn a_rule_counts_only_its_own_calls_and_ends() {
        let mut faults = Faults::default();
        faults.add(rule(2, Some(2)));
        let mine = Asked {
            usage_point: Some(usage_point(1)),
            ..ASKED
        };
        assert_eq!(faults.meet(ASKED), None);
        let met: Vec<bool> = (0..5).map(|_| faults.meet(mine).is_some()).collect();
        assert_eq!(met, [false, true, true, false, false]);
    }

    #[test]
    fn a_rule_is_written_in_json_with_what_is_not_said_left_out() {
        let json = r#"{"resource":"consumption_daily","fault":{"kind":"html","status":503}}"#;
        let rule: FaultRule = serde_json::from_str(json).unwrap();
        assert_eq!(rule.from_call, 1);
        assert_eq!(rule.calls, None);
        let unknown = r#"{"resorce":"token","fault":{"kind":"truncated"}}"#;
        assert!(serde_json::from_str::<FaultRule>(unknown).is_err());
    }
}
