//! The front without a socket, with the real client's limits.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use jiff::SignedDuration;
use service::clock::BoxFuture;
use service::http::ClientOptions;
use service::{Http, HttpError};

use crate::reply::Reply;
use crate::simulator::Simulator;

/// Hands requests straight to the simulator.
pub(crate) struct InProcess {
    simulator: Simulator,
    limits: ClientOptions,
}

impl InProcess {
    pub(crate) fn new(simulator: Simulator) -> Self {
        Self {
            simulator,
            limits: ClientOptions::default(),
        }
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let reply = self.simulator.answer(&request);
        self.wait(reply.delay).await?;
        if reply.astray {
            return Err(HttpError::Redirected(host_of(&reply)));
        }
        let limit = self.limits.max_answer;
        if reply.body.len() > limit {
            return Err(HttpError::TooLarge { limit });
        }
        Ok(reply.into_response(self.simulator.now()))
    }

    async fn wait(&self, delay: Duration) -> Result<(), HttpError> {
        if delay.is_zero() {
            return Ok(());
        }
        let patience = delay.min(self.limits.timeout);
        let patience = SignedDuration::try_from(patience).unwrap_or(SignedDuration::MAX);
        self.simulator.clock().sleep(patience).await;
        if delay >= self.limits.timeout {
            return Err(HttpError::Timeout);
        }
        Ok(())
    }
}

impl Http for InProcess {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(self.exchange(request))
    }
}

fn host_of(reply: &Reply) -> String {
    let location = reply.location.as_deref().unwrap_or_default();
    url::Url::parse(location).map_or_else(
        |_| location.to_owned(),
        |url| url.origin().ascii_serialization(),
    )
}
