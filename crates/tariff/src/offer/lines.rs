//! The dated lines of an offer.

use jiff::civil::Date;

use super::MicroEuro;
use super::error::Fault;

/// Local days on which something holds: from the first, before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Validity {
    /// The first day.
    pub first: Date,
    /// The day after the last; `None`: no end is known.
    pub end: Option<Date>,
}

impl Validity {
    /// Whether it holds on that day.
    pub fn contains(&self, day: Date) -> bool {
        self.first <= day && self.end.is_none_or(|end| day < end)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let before = |end: Option<Date>, first| end.is_some_and(|end| end <= first);
        !before(self.end, other.first) && !before(other.end, self.first)
    }
}

/// The subscribed powers that a line is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Powers {
    /// Any, also an unknown one.
    All,
    /// These, in kVA.
    Only(Vec<u32>),
}

impl Powers {
    /// Whether the line is for that power.
    pub fn holds(&self, kva: Option<u32>) -> bool {
        match self {
            Self::All => true,
            Self::Only(powers) => kva.is_some_and(|kva| powers.contains(&kva)),
        }
    }

    /// The powers it names; none for all.
    pub fn named(&self) -> &[u32] {
        match self {
            Self::All => &[],
            Self::Only(powers) => powers,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Only(one), Self::Only(two)) => one.iter().any(|kva| two.contains(kva)),
            _ => true,
        }
    }
}

/// What a kilowatt-hour of a class costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceLine {
    /// The class, by its number in the offer.
    pub class: u8,
    /// For which subscribed powers.
    pub powers: Powers,
    /// When.
    pub validity: Validity,
    /// The price.
    pub per_kwh: MicroEuro,
}

/// What a month of subscription costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionLine {
    /// For which subscribed powers.
    pub powers: Powers,
    /// When.
    pub validity: Validity,
    /// The price of a whole month.
    pub per_month: MicroEuro,
}

/// That no two lines speak of the same day, and that they follow each other
/// without a gap. Before the first and after the last nothing is known.
pub(super) fn check(what: &str, lines: &[(&Powers, Validity)]) -> Result<(), Fault> {
    for (index, (powers, validity)) in lines.iter().enumerate() {
        let clash = lines[..index]
            .iter()
            .find(|(others, other)| powers.meets(others) && validity.overlaps(other));
        if let Some((_, other)) = clash {
            return Err(Fault::Overlap {
                what: what.to_owned(),
                from: validity.first.max(other.first),
            });
        }
    }
    let mut named: Vec<u32> = lines.iter().flat_map(|(p, _)| p.named()).copied().collect();
    named.sort_unstable();
    named.dedup();
    let mut groups: Vec<Option<u32>> = named.into_iter().map(Some).collect();
    groups.push(None);
    for kva in groups {
        check_gaps(what, kva, lines)?;
    }
    Ok(())
}

fn check_gaps(what: &str, kva: Option<u32>, lines: &[(&Powers, Validity)]) -> Result<(), Fault> {
    let mut held: Vec<Validity> = lines
        .iter()
        .filter(|(powers, _)| powers.holds(kva))
        .map(|(_, validity)| *validity)
        .collect();
    held.sort_unstable();
    for pair in held.windows(2) {
        if let Some(from) = pair[0].end.filter(|end| *end < pair[1].first) {
            return Err(Fault::Gap {
                what: what.to_owned(),
                from,
                to: pair[1].first,
            });
        }
    }
    Ok(())
}
