//! The parts of a period priced one by one, from one reading of the ledger: the
//! bars of a chart.

use jiff::civil::Date;
use ledger::{LedgerError, Store};
use meter::{Interval, Kind, paris};
use tariff::Offer;
use tariff::cost::{Usage, cost};

use super::pricing::Known;
use crate::json::cost::Sums;
use crate::json::show::Subject;

/// Prices each of some runs of days, `[first, end)`, in order and none before
/// the one that precedes it.
pub fn read(
    store: &Store,
    subject: &Subject,
    slots: &[(Date, Date)],
    offer: &Offer,
    known: &Known,
) -> Result<Vec<Sums>, LedgerError> {
    let (Some((first, _)), Some((_, end))) = (slots.first(), slots.last()) else {
        return Ok(Vec::new());
    };
    let (from, to) = (paris::day_start(*first), paris::day_start(*end));
    let curve = store.curve(subject.key(Kind::Curve), from, to)?;
    let daily = store.daily(subject.key(Kind::Daily), *first, *end)?;
    let kva = known.power.map(|power| power.kva);
    Ok(known.with(subject.direction, |context| {
        let slots = slots.iter().map(|(first, end)| {
            let usage = Usage {
                first: *first,
                end: *end,
                curve: within(&curve, *first, *end),
                daily: &daily,
            };
            Sums::from(cost(&usage, offer, kva, context))
        });
        slots.collect()
    }))
}

/// The intervals of which some lies on the days.
fn within(curve: &[Interval], first: Date, end: Date) -> &[Interval] {
    let (from, to) = (paris::day_start(first), paris::day_start(end));
    let begin = curve.partition_point(|interval| interval.end() <= from);
    let end = curve.partition_point(|interval| interval.start < to);
    &curve[begin..end.max(begin)]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use meter::Step;

    use super::*;

    #[test]
    fn an_interval_over_midnight_belongs_to_both_days() {
        let night = Interval {
            start: "2026-11-19T22:30:00Z".parse().unwrap(),
            step: Step::HOUR,
            watts: 60,
        };
        let (before, day) = (date(2026, 11, 19), date(2026, 11, 20));
        let after = date(2026, 11, 21);
        assert_eq!(within(&[night], before, day).len(), 1);
        assert_eq!(within(&[night], day, after).len(), 1);
        assert!(within(&[night], after, date(2026, 11, 22)).is_empty());
    }
}
