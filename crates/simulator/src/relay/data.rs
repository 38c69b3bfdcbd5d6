//! `GET /data/v1/…`: what Enedis answers, in the neutral form.

use enedis::neutral::{self, Answer, Readings, Refused, RefusedCode};
use enedis::{Generation, Problem, decode_curve, decode_daily, decode_maxima, decode_registers};
use http::{HeaderMap, Method, StatusCode, header};
use jiff::civil::Date;
use meter::{Direction, Kind, Marks, UsagePoint, stamps};

use super::{Visit, refuse, refused};
use crate::faults::{Asked, Fault};
use crate::form::Form;
use crate::gateway;
use crate::reply::Reply;
use crate::route::{Resource, find};
use crate::simulator::State;

/// What is asked.
struct Question {
    usage_point: UsagePoint,
    kind: Kind,
    direction: Direction,
    from: Date,
    to: Date,
}

impl Visit<'_> {
    pub(super) fn data(&self, state: &mut State, path: &str) -> (Option<Resource>, Reply) {
        let question = match self.question(state, path) {
            Ok(question) => question,
            Err(code) => return (None, refuse(code)),
        };
        let generation = match question.kind {
            Kind::Index => Generation::V2026,
            _ => Generation::V5,
        };
        let measure = generation.measure_path(question.kind, question.direction);
        let Some(resource) = measure.and_then(find).map(|route| route.resource) else {
            return (None, refuse(RefusedCode::NotFound));
        };
        let fault = state.faults.meet(Asked {
            resource,
            usage_point: Some(question.usage_point),
        });
        let reply = match &fault {
            // What Enedis does to the gateway.
            Some(fault @ Fault::Problem { .. }) => {
                let reply = fault.instead(Some(generation));
                let reply = reply.unwrap_or_else(|| Reply::empty(StatusCode::BAD_GATEWAY));
                self.translate(&reply, generation, &question)
            }
            // What the gateway, or something in front of it, does to us.
            Some(fault) if fault.instead(None).is_some() => fault
                .instead(None)
                .unwrap_or_else(|| Reply::empty(StatusCode::BAD_GATEWAY)),
            fault => {
                let reply = self.ask_enedis(state, generation, resource, &question);
                let mut reply = self.translate(&reply, generation, &question);
                if let Some(fault) = fault {
                    fault.spoil(&mut reply, Some(question.usage_point));
                }
                reply
            }
        };
        (Some(resource), reply)
    }

    fn question(&self, state: &mut State, path: &str) -> Result<Question, RefusedCode> {
        let (usage_point, kind) = neutral::parse_path(path).ok_or(RefusedCode::NotFound)?;
        if *self.request.method() != Method::GET {
            return Err(RefusedCode::InvalidRequest);
        }
        let header = self.request.headers().get(header::AUTHORIZATION);
        let header = header.and_then(|value| value.to_str().ok());
        let token = header.and_then(|text| text.strip_prefix("Bearer "));
        let token = token.ok_or(RefusedCode::InvalidToken)?;
        let points = state.relay.grants.admit(token, self.now);
        let points = points.ok_or(RefusedCode::InvalidToken)?;
        if !points.contains(&usage_point) {
            return Err(RefusedCode::InsufficientScope);
        }
        let get = |name: &str| self.form.get(name).ok_or(RefusedCode::InvalidRequest);
        let day = |name: &str| get(name)?.parse().map_err(|_| RefusedCode::InvalidRequest);
        let named = get("direction")?;
        let mut directions = Direction::ALL.into_iter();
        Ok(Question {
            usage_point,
            kind,
            direction: directions
                .find(|direction| direction.as_str() == named)
                .ok_or(RefusedCode::InvalidRequest)?,
            from: day("from")?,
            to: day("to")?,
        })
    }

    fn ask_enedis(
        &self,
        state: &mut State,
        generation: Generation,
        resource: Resource,
        question: &Question,
    ) -> Reply {
        let values = [
            question.usage_point.to_string(),
            question.from.to_string(),
            question.to.to_string(),
        ];
        let names = generation.query_names().map(str::to_owned);
        let form = Form::of_pairs(names.into_iter().zip(values));
        gateway::behind_in(generation, self.world, state, resource, form)
    }

    fn translate(&self, reply: &Reply, generation: Generation, question: &Question) -> Reply {
        let status = reply.status.as_u16();
        let headers = HeaderMap::new();
        let problem = Problem::classify(self.now, status, &headers, &reply.body);
        let readings = match problem {
            Some(problem) => Err(problem),
            None => readings(generation, question.kind, &reply.body).map_err(Problem::from),
        };
        match readings {
            Ok(readings) => Reply::ok(&Answer {
                usage_point: question.usage_point,
                direction: question.direction,
                from: question.from,
                to: question.to,
                readings,
            }),
            Err(problem) => {
                let told = Refused::of(problem);
                let seconds = told.retry_after(self.now);
                let seconds = seconds.and_then(|value| value.to_str().ok()?.parse().ok());
                Reply {
                    retry_after: seconds,
                    ..refused(&told)
                }
            }
        }
    }
}

fn readings(
    generation: Generation,
    kind: Kind,
    body: &[u8],
) -> Result<Readings, enedis::Malformed> {
    Ok(match kind {
        Kind::Curve => {
            let curve = decode_curve(generation, body)?;
            stamps::resolve(&curve.points, Marks::End).into()
        }
        Kind::Daily => Readings::Daily {
            days: decode_daily(generation, body)?.days,
        },
        Kind::Maximum => Readings::MaxPower {
            maxima: decode_maxima(generation, body)?.maxima,
        },
        Kind::Index => Readings::Index {
            registers: decode_registers(body)?.registers,
        },
    })
}
