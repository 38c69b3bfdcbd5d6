//! Rules of offers with classes of their own: week-ends, seasons, weekdays.
//!
//! The first rule that claims a minute decides. Hours that run over midnight
//! belong to the evening they begin on: their morning is claimed by the day
//! before.

use jiff::civil::{Date, Weekday};
use meter::paris;

use super::error::Fault;
use crate::windows::{DAY, MinuteRange, Windows};

/// Which minutes are of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The class, by its number in the offer.
    pub class: u8,
    /// On which days.
    pub days: Days,
    /// In which part of the year.
    pub season: Option<YearPart>,
    /// At which hours.
    pub hours: Hours,
}

/// Weekdays, and public holidays whatever their weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    weekdays: u8,
    holidays: bool,
}

/// Days of the year, both included; over New Year when the last comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearPart {
    first: (i8, i8),
    last: (i8, i8),
}

/// Hours of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hours {
    /// All day.
    All,
    /// These: of the day itself, and of the morning after.
    Ranges {
        /// Wall-clock minutes of the day.
        own: Windows,
        /// Wall-clock minutes of the next day.
        morning: Windows,
    },
    /// The off-peak hours of the usage point.
    OffPeak,
    /// All but these.
    Peak,
}

impl Days {
    /// Every day.
    pub const ALL: Self = Self {
        weekdays: 0x7f,
        holidays: true,
    };

    /// Days by their English names, `weekday`, `weekend` or `holiday`.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, Fault> {
        let mut days = Self {
            weekdays: 0,
            holidays: false,
        };
        for name in names {
            match name.to_lowercase().as_str() {
                "monday" => days.weekdays |= 1,
                "tuesday" => days.weekdays |= 1 << 1,
                "wednesday" => days.weekdays |= 1 << 2,
                "thursday" => days.weekdays |= 1 << 3,
                "friday" => days.weekdays |= 1 << 4,
                "saturday" => days.weekdays |= 1 << 5,
                "sunday" => days.weekdays |= 1 << 6,
                "weekday" => days.weekdays |= 0x1f,
                "weekend" => days.weekdays |= 0x60,
                "holiday" => days.holidays = true,
                _ => return Err(Fault::Day(name.to_owned())),
            }
        }
        Ok(days)
    }

    fn contains(self, weekday: Weekday, holiday: bool) -> bool {
        let bit = 1 << weekday.to_monday_zero_offset();
        self.weekdays & bit != 0 || (self.holidays && holiday)
    }
}

impl YearPart {
    /// From `11-01` to `03-31`, both included.
    pub fn new(first: &str, last: &str) -> Result<Self, Fault> {
        Ok(Self {
            first: day_of_year(first)?,
            last: day_of_year(last)?,
        })
    }

    fn contains(self, day: Date) -> bool {
        let day = (day.month(), day.day());
        if self.first <= self.last {
            self.first <= day && day <= self.last
        } else {
            self.first <= day || day <= self.last
        }
    }
}

fn day_of_year(text: &str) -> Result<(i8, i8), Fault> {
    let bad = || Fault::Season(text.to_owned());
    let (month, day) = text.split_once('-').ok_or_else(bad)?;
    let part = |text: &str| text.parse::<i8>().map_err(|_| bad());
    // A leap year has every day there is.
    let date = Date::new(2024, part(month)?, part(day)?).map_err(|_| bad())?;
    Ok((date.month(), date.day()))
}

impl Hours {
    /// Ranges as `22:00-06:00`; `24:00` is the midnight that ends the day.
    pub fn ranges<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, Fault> {
        let (mut own, mut morning) = (Vec::new(), Vec::new());
        for text in texts {
            let bad = || Fault::Hours(text.to_owned());
            let (from, to) = text.split_once('-').ok_or_else(bad)?;
            let (from, to) = (clock(from).ok_or_else(bad)?, clock(to).ok_or_else(bad)?);
            let to = if to == LAST_MINUTE { DAY } else { to };
            if from < to {
                own.extend(MinuteRange::new(from, to));
            } else if to < from && from < DAY {
                own.extend(MinuteRange::new(from, DAY));
                morning.extend(MinuteRange::new(0, to));
            } else {
                return Err(bad());
            }
        }
        Ok(Self::Ranges {
            own: own.into_iter().collect(),
            morning: morning.into_iter().collect(),
        })
    }
}

/// An end at 23:59 is midnight, as people mean it.
const LAST_MINUTE: u16 = DAY - 1;

/// `6:30` in minutes.
fn clock(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour <= 24)
        .then(|| hour * 60 + minute)
        .filter(|minutes| *minutes <= DAY)
}

/// What a rule needs to know of the days around it.
pub(super) struct Around<'a> {
    pub holiday: &'a dyn Fn(Date) -> bool,
    /// The off-peak minutes of the day; `None`: no plan is known.
    pub off_peak: Option<&'a Windows>,
}

/// What the rules make of one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    Class(u8),
    /// It hangs on off-peak hours that are not known.
    NoPlan,
    Nobody,
}

/// The claims of a day: from which wall-clock minute on, whose.
pub(super) fn claims(rules: &[Rule], day: Date, around: &Around) -> Vec<(u16, Claim)> {
    let yesterday = paris::add_days(day, -1);
    let applies = |rule: &Rule, day: Date| {
        rule.season.is_none_or(|season| season.contains(day))
            && rule.days.contains(day.weekday(), (around.holiday)(day))
    };
    let active: Vec<(&Rule, bool, bool)> = rules
        .iter()
        .map(|rule| (rule, applies(rule, day), applies(rule, yesterday)))
        .filter(|(_, today, before)| *today || *before)
        .collect();
    let mut claims: Vec<(u16, Claim)> = Vec::new();
    for minute in boundaries(&active, around) {
        let claim = claim(&active, minute, around);
        if claims.last().is_none_or(|(_, last)| *last != claim) {
            claims.push((minute, claim));
        }
    }
    claims
}

fn claim(active: &[(&Rule, bool, bool)], minute: u16, around: &Around) -> Claim {
    for (rule, today, before) in active {
        let off_peak = around.off_peak.map(|windows| windows.contains(minute));
        let claimed = match (&rule.hours, off_peak) {
            (Hours::All, _) => *today,
            (Hours::Ranges { own, morning }, _) => {
                (*today && own.contains(minute)) || (*before && morning.contains(minute))
            }
            (Hours::OffPeak | Hours::Peak, None) if *today => return Claim::NoPlan,
            (Hours::OffPeak, off_peak) => *today && off_peak == Some(true),
            (Hours::Peak, off_peak) => *today && off_peak == Some(false),
        };
        if claimed {
            return Claim::Class(rule.class);
        }
    }
    Claim::Nobody
}

/// Every minute at which a claim may change, from 0 on.
fn boundaries(active: &[(&Rule, bool, bool)], around: &Around) -> Vec<u16> {
    let written = active.iter().flat_map(|(rule, _, _)| match &rule.hours {
        Hours::Ranges { own, morning } => vec![own, morning],
        _ => Vec::new(),
    });
    let mut minutes = vec![0];
    for windows in written.chain(around.off_peak) {
        let bounds = windows.ranges().iter().flat_map(|r| [r.from(), r.to()]);
        minutes.extend(bounds.filter(|minute| *minute < DAY));
    }
    minutes.sort_unstable();
    minutes.dedup();
    minutes
}

/// That every minute of every kind of day is claimed.
pub(super) fn check(rules: &[Rule]) -> Result<(), Fault> {
    let (none, all) = (Windows::none(), Windows::whole_day());
    // Two years hold every day of the year, on several weekdays.
    let days = || paris::days(Date::constant(2027, 1, 1), Date::constant(2029, 1, 1));
    for holiday in [false, true] {
        for off_peak in [&none, &all] {
            let around = Around {
                holiday: &|_| holiday,
                off_peak: Some(off_peak),
            };
            for day in days() {
                let claims = claims(rules, day, &around);
                let free = claims.iter().find(|(_, claim)| *claim == Claim::Nobody);
                if let Some((minute, _)) = free {
                    return Err(Fault::Unclaimed {
                        day,
                        minute: format!("{:02}:{:02}", minute / 60, minute % 60),
                    });
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Claim::Class;
    use super::*;

    fn rule(class: u8, days: &[&str], hours: &[&str]) -> Rule {
        Rule {
            class,
            days: Days::named(days.iter().copied()).unwrap(),
            season: None,
            hours: Hours::ranges(hours.iter().copied()).unwrap(),
        }
    }

    fn around(off_peak: Option<&Windows>) -> Around<'_> {
        Around {
            holiday: &|day| day == date(2026, 5, 1),
            off_peak,
        }
    }

    #[test]
    fn a_night_named_under_saturday_ends_on_sunday_morning() {
        let rules = [
            rule(1, &["saturday"], &["22:00-06:00"]),
            Rule {
                hours: Hours::All,
                ..rule(0, &["weekday", "weekend"], &[])
            },
        ];
        let of = |day| claims(&rules, day, &around(None));
        assert_eq!(of(date(2026, 1, 16)), [(0, Class(0))]);
        assert_eq!(of(date(2026, 1, 17)), [(0, Class(0)), (1320, Class(1))]);
        assert_eq!(of(date(2026, 1, 18)), [(0, Class(1)), (360, Class(0))]);
    }

    #[test]
    fn a_holiday_is_what_the_first_rule_that_names_it_says() {
        let all = |class, days: &[&str]| Rule {
            hours: Hours::All,
            ..rule(class, days, &[])
        };
        let rules = [all(1, &["weekend", "holiday"]), all(0, &["weekday"])];
        assert_eq!(check(&rules), Ok(()));
        let first_of_may = claims(&rules, date(2026, 5, 1), &around(None));
        assert_eq!(first_of_may, [(0, Claim::Class(1))]);
    }

    #[test]
    fn off_peak_rules_without_a_plan_are_unknown_and_not_peak() {
        let rules = [
            Rule {
                hours: Hours::OffPeak,
                ..rule(1, &["weekday"], &[])
            },
            Rule {
                hours: Hours::All,
                ..rule(0, &["weekday", "weekend"], &[])
            },
        ];
        assert_eq!(check(&rules), Ok(()));
        let monday = claims(&rules, date(2026, 1, 19), &around(None));
        assert_eq!(monday, [(0, Claim::NoPlan)]);
        let sunday = claims(&rules, date(2026, 1, 18), &around(None));
        assert_eq!(sunday, [(0, Claim::Class(0))]);
    }

    #[test]
    fn a_season_over_new_year_holds_on_both_sides() {
        let winter = YearPart::new("11-01", "03-31").unwrap();
        for (day, inside) in [
            (date(2026, 10, 31), false),
            (date(2026, 11, 1), true),
            (date(2027, 1, 1), true),
            (date(2027, 3, 31), true),
            (date(2027, 4, 1), false),
        ] {
            assert_eq!(winter.contains(day), inside, "{day}");
        }
    }

    #[test]
    fn unclaimed_minutes_are_named() {
        let rules = [rule(0, &["weekday", "weekend"], &["00:00-22:00"])];
        assert_eq!(
            check(&rules).unwrap_err().to_string(),
            "no rule says what 2027-01-01 at 22:00 is"
        );
    }

    #[test]
    fn hours_that_are_none_are_refused() {
        for text in [
            "22h-6h",
            "22:00",
            "25:00-26:00",
            "22:60-23:00",
            "06:00-06:00",
            "24:00-06:00",
        ] {
            assert_eq!(
                Hours::ranges([text]),
                Err(Fault::Hours(text.to_owned())),
                "{text}"
            );
        }
    }
}
