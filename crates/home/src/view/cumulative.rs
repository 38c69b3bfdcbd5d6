//! What a month or year cost, step by step. Each sum is priced anew from the
//! curve, so that the last of them is the period's own cost to the micro-euro.

use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::{Granularity, Period, paris};
use tariff::Offer;
use tariff::cost::{Breakdown, cost};

use super::cost::Held;
use super::pricing::Known;
use crate::json::cost::OfferName;
use crate::json::cumulative::{Cumulative, Step};
use crate::json::show::Subject;
use crate::when::Days;

/// Prices a subject's days in steps of days or months.
pub fn read(
    store: &Store,
    subject: Subject,
    (days, by): (Days, Granularity),
    offer: &Offer,
    known: &Known,
) -> Result<Cumulative, LedgerError> {
    let held = Held::read(store, &subject, days)?;
    let kva = known.power.map(|power| power.kva);
    let steps = known.with(subject.direction, |context| {
        let priced = |first, end| cost(&held.part(first, end), offer, kva, context);
        let step = |(first, end)| step((first, end), &priced(first, end), &priced(days.first, end));
        spans(days, by).map(step).collect()
    });
    Ok(Cumulative {
        offer: OfferName::of(offer),
        subject,
        steps,
    })
}

/// The parts of some days, the last cut where they end.
fn spans(days: Days, by: Granularity) -> impl Iterator<Item = (Date, Date)> {
    let after = move |first: Date| {
        let end = Period::containing(by, first).end().min(days.end);
        (first < end).then_some((first, end))
    };
    std::iter::successors(after(days.first), move |(_, end)| after(*end))
}

fn step((first, end): (Date, Date), alone: &Breakdown, so_far: &Breakdown) -> Step {
    let energy = alone.classes.iter().map(|class| class.energy.0).sum();
    let totals = alone.missing.energy.0;
    let held = alone.completeness.covered > 0 || totals > 0;
    Step {
        first,
        last: paris::add_days(end, -1),
        watt_minutes: held.then_some(energy),
        micro_euros: alone.total.0,
        complete: alone.is_complete(),
        so_far_micro_euros: so_far.total.0,
        so_far_complete: so_far.is_complete(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_period_is_cut_into_whole_steps_and_the_passed_part_of_the_last() {
        let days = Days {
            first: date(2026, 10, 1),
            end: date(2026, 12, 5),
            to_come: 27,
        };
        let months: Vec<_> = spans(days, Granularity::Month).collect();
        assert_eq!(months[0], (date(2026, 10, 1), date(2026, 11, 1)));
        assert_eq!(months[2], (date(2026, 12, 1), date(2026, 12, 5)));
        assert_eq!(months.len(), 3);
        assert_eq!(spans(days, Granularity::Day).count(), 65);
        let none = Days {
            end: days.first,
            ..days
        };
        assert_eq!(spans(none, Granularity::Day).count(), 0);
    }
}
