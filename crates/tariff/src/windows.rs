//! The off-peak minutes of one local day.
//!
//! Everything is wall-clock time: what a clock on the wall shows decides, also
//! on the two days a year on which it skips or repeats an hour.

use std::fmt;

/// Minutes that a wall clock shows in a day, on every day.
pub const DAY: u16 = 24 * 60;

/// Wall-clock minutes `[from, to)` of one day, `from < to <= 1440`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MinuteRange {
    from: u16,
    to: u16,
}

impl MinuteRange {
    /// The whole day.
    pub const WHOLE_DAY: Self = Self { from: 0, to: DAY };

    /// The range, when it holds at least a minute and stays within a day.
    pub fn new(from: u16, to: u16) -> Option<Self> {
        (from < to && to <= DAY).then_some(Self { from, to })
    }

    /// First minute, 0 to 1439.
    pub fn from(self) -> u16 {
        self.from
    }

    /// The minute after the last, 1 to 1440 (midnight that ends the day).
    pub fn to(self) -> u16 {
        self.to
    }

    /// How many minutes the wall clock shows in it.
    pub fn minutes(self) -> u16 {
        self.to - self.from
    }

    /// Whether that minute lies inside.
    pub fn contains(self, minute: u16) -> bool {
        (self.from..self.to).contains(&minute)
    }
}

impl fmt::Display for MinuteRange {
    /// `22:38-24:00`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(f, "{:02}:{:02}", from / 60, from % 60)?;
        write!(f, "-{:02}:{:02}", to / 60, to % 60)
    }
}

/// A set of wall-clock minutes of one day: sorted, disjoint, none touching.
///
/// ```
/// use tariff::{MinuteRange, Windows};
/// let night: Windows = [(0, 6 * 60), (22 * 60, 24 * 60)]
///     .into_iter()
///     .filter_map(|(from, to)| MinuteRange::new(from, to))
///     .collect();
/// assert!(night.contains(359) && !night.contains(360));
/// assert_eq!(night.next_boundary(360), 22 * 60);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Windows(Vec<MinuteRange>);

impl Windows {
    /// No minute at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// Every minute.
    pub fn whole_day() -> Self {
        Self(vec![MinuteRange::WHOLE_DAY])
    }

    /// Whether no minute belongs to it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether that wall-clock minute (0 to 1439) belongs to it.
    pub fn contains(&self, minute: u16) -> bool {
        self.range_at(minute).is_some()
    }

    /// The range that holds that minute.
    pub fn range_at(&self, minute: u16) -> Option<MinuteRange> {
        self.0.iter().copied().find(|range| range.contains(minute))
    }

    /// The first minute after `minute` at which belonging may change; 1440, the
    /// end of the day, when it does not change any more.
    pub fn next_boundary(&self, minute: u16) -> u16 {
        self.0
            .iter()
            .flat_map(|range| [range.from, range.to])
            .find(|boundary| *boundary > minute)
            .unwrap_or(DAY)
    }

    /// The ranges, in order.
    pub fn ranges(&self) -> &[MinuteRange] {
        &self.0
    }

    /// How many wall-clock minutes belong to it, at most 1440.
    pub fn minutes(&self) -> u16 {
        self.0.iter().map(|range| range.minutes()).sum()
    }

    /// The minutes that belong to either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.0.iter().chain(&other.0).copied().collect()
    }
}

impl FromIterator<MinuteRange> for Windows {
    /// Ranges in any order; those that overlap or touch become one.
    fn from_iter<I: IntoIterator<Item = MinuteRange>>(ranges: I) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup_by(|next, kept| {
            let touches = next.from <= kept.to;
            if touches {
                kept.to = kept.to.max(next.to);
            }
            touches
        });
        Self(sorted)
    }
}

impl fmt::Display for Windows {
    /// The ranges separated by spaces; nothing for no minute.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, range) in self.0.iter().enumerate() {
            let space = if n == 0 { "" } else { " " };
            write!(f, "{space}{range}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn windows(ranges: &[(u16, u16)]) -> Windows {
        ranges
            .iter()
            .filter_map(|&(from, to)| MinuteRange::new(from, to))
            .collect()
    }

    #[test]
    fn ranges_that_overlap_or_touch_become_one() {
        let merged = windows(&[(120, 180), (60, 130), (180, 200), (300, 301)]);
        assert_eq!(merged.to_string(), "01:00-03:20 05:00-05:01");
    }

    #[test]
    fn a_range_holds_at_least_a_minute_and_at_most_a_day() {
        assert_eq!(MinuteRange::new(60, 60), None);
        assert_eq!(MinuteRange::new(61, 60), None);
        assert_eq!(MinuteRange::new(0, DAY + 1), None);
        assert_eq!(MinuteRange::new(0, DAY), Some(MinuteRange::WHOLE_DAY));
    }

    proptest! {
        #[test]
        fn the_set_holds_exactly_the_minutes_of_its_ranges_and_changes_only_at_boundaries(
            ranges in proptest::collection::vec((0_u16..=DAY, 0_u16..=DAY), 0..6)
        ) {
            let set = windows(&ranges);
            for minute in 0..DAY {
                let expected = ranges.iter().any(|(from, to)| (*from..*to).contains(&minute));
                prop_assert_eq!(set.contains(minute), expected);
                let next = set.next_boundary(minute);
                prop_assert!(next > minute && next <= DAY);
                if next > minute + 1 {
                    prop_assert_eq!(set.contains(minute + 1), expected);
                    prop_assert_eq!(set.next_boundary(minute + 1), next);
                }
            }
        }
    }
}
