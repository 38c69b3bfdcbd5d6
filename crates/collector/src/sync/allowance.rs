//! Limits that we keep by ourselves, counted in the ledger: many restarts make
//! no more calls than none.

use enedis::Problem;
use ledger::LedgerError;
use meter::UsagePoint;

use super::run::Run;

impl Run<'_> {
    /// Counts a call about a usage point; the problem, when none may leave.
    pub(super) async fn spend(
        &self,
        usage_point: UsagePoint,
    ) -> Result<Option<Problem>, LedgerError> {
        let Some(allowance) = self.collector.source.allowance(usage_point) else {
            return Ok(None);
        };
        let (limit, kind, now) = (allowance.limit, allowance.kind, self.now());
        let until = self
            .call(move |store| store.count_call(&limit, now))
            .await?;
        Ok(until.map(|until| Problem::Quota {
            kind,
            until: Some(until),
        }))
    }
}
