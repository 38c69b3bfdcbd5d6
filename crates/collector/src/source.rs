//! Who can be asked: one trait, one implementation per kind of source.

use enedis::portal::PeriodEnergy;
use enedis::windows::Limits;
use enedis::{ContractFacts, Problem, QuotaKind};
use jiff::civil::Date;
use ledger::{CallLimit, SeriesKey};
use meter::{DailyEnergy, DailyMaximum, Direction, Kind, Register, Resolved, UsagePoint};
use service::clock::BoxFuture;

use crate::planner::Window;
use crate::rhythm::Hours;

/// A source of readings.
pub trait Source: Send + Sync {
    /// Its name in settings, ledger and messages.
    fn name(&self) -> &str;

    /// Whether it has this kind of data at all.
    fn offers(&self, kind: Kind, direction: Direction) -> bool;

    /// The first local day that it still keeps; as Enedis does, unless it says otherwise.
    fn floor(&self, kind: Kind, today: Date) -> Date {
        Limits::floor(kind, today)
    }

    /// How many days one call may span; likewise.
    fn max_days(&self, kind: Kind) -> u32 {
        Limits::max_days(kind)
    }

    /// Whether its contracts say which directions the usage point has; where
    /// they do not, a direction is found out by asking for it.
    fn tells_directions(&self) -> bool {
        false
    }

    /// Asks for some days of a series.
    fn fetch(&self, key: SeriesKey, window: Window) -> BoxFuture<'_, Result<Answer, Problem>>;

    /// Asks for what the contract and the meter say.
    fn contract(&self, _usage_point: UsagePoint) -> BoxFuture<'_, Result<Contract, Problem>> {
        Box::pin(async { Ok(Contract::default()) })
    }

    /// Whether it says anything of contracts; one that does not is not asked.
    fn tells_contracts(&self) -> bool {
        false
    }

    /// The limit that we keep by ourselves on calls about a usage point, where
    /// the source punishes instead of telling.
    fn allowance(&self, _usage_point: UsagePoint) -> Option<Allowance> {
        None
    }

    /// The local hours at which it may be asked.
    fn hours(&self) -> Hours {
        Hours::USUAL
    }

    /// What keeps usage points from being asked at all, known without a call to
    /// Enedis: a consent that is lacking, tokens that cannot be renewed. Done
    /// before each sync.
    fn prepare<'a>(
        &'a self,
        _usage_points: &'a [UsagePoint],
    ) -> BoxFuture<'a, Vec<(UsagePoint, Problem)>> {
        Box::pin(async { Vec::new() })
    }

    /// Sees to what a call needs before it can leave, such as a token, whose
    /// answer also tells the time at the source.
    fn ready(&self) -> BoxFuture<'_, Result<(), Problem>> {
        Box::pin(async { Ok(()) })
    }

    /// How many calls it has made, tokens included.
    fn calls(&self) -> u64;
}

/// A limit on calls that we keep by ourselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// How many calls, and which count together.
    pub limit: CallLimit,
    /// What it is to people: [`QuotaKind::Own`] stops the whole source,
    /// [`QuotaKind::Daily`] one usage point.
    pub kind: QuotaKind,
}

/// Readings in the neutral model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Intervals placed in UTC, and what could not be placed.
    Curve(Resolved),
    /// Daily totals.
    Daily(Vec<DailyEnergy>),
    /// Daily totals, and the months and years that the source states itself.
    Energies(Vec<DailyEnergy>, Vec<PeriodEnergy>),
    /// Daily maxima.
    Maxima(Vec<DailyMaximum>),
    /// Register readings.
    Registers(Vec<Register>),
}

/// What a source says about the contract, and the parts it would not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contract {
    /// The facts of all parts that answered.
    pub facts: ContractFacts,
    /// Parts that did not, such as an API that the application has not subscribed to.
    pub missing: Vec<Problem>,
}
