//! Answers about measures: what is published of the truth, and nothing else.

use enedis::{
    CurveWire, DailyWire, Generation, IndexWire, MaximaWire, encode_curve, encode_daily,
    encode_index, encode_maxima,
};
use http::StatusCode;
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};
use meter::{Direction, Interval, Kind, LocalPoint, Marks, Phase, Step, paris, stamps};

use crate::form::Form;
use crate::options::AutumnStyle;
use crate::problem::Refusal;
use crate::reply::Reply;
use crate::truth::Truth;
use crate::window::Window;

/// What is asked of one usage point.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub truth: &'a Truth,
    pub generation: Generation,
    pub kind: Kind,
    pub direction: Direction,
    pub window: Window,
    pub now: Timestamp,
    pub autumn: AutumnStyle,
    pub form: &'a Form,
}

impl Question<'_> {
    /// The available points of the window, or the reason why there are none.
    pub(crate) fn answer(&self) -> Result<Reply, Refusal> {
        let today = paris::day_of(self.now);
        let profile = self.truth.profile();
        self.window
            .check_point(profile, self.kind, self.direction, today)?;
        let body = match self.kind {
            Kind::Curve => self.curve(),
            Kind::Daily => self.daily(),
            Kind::Maximum => self.maxima(),
            Kind::Index => self.registers(),
        };
        let body = body.ok_or(Refusal::NoData)?;
        Ok(Reply::json_text(StatusCode::OK, body))
    }

    fn curve(&self) -> Option<Vec<u8>> {
        let mut points = Vec::with_capacity(340);
        let mut nulls = Vec::new();
        for day in self.days() {
            let intervals = self.truth.collected_day(self.direction, day);
            append_stamped(&mut points, &intervals, self.autumn);
            if self.truth.profile().nulls {
                nulls.extend(self.missing(day, &intervals));
            }
        }
        let wire = CurveWire {
            prm: self.window.prm,
            direction: self.direction,
            from: self.window.from,
            to: self.window.to,
            points: &points,
            nulls: &nulls,
        };
        (!points.is_empty()).then(|| encode_curve(self.generation, &wire))
    }

    /// Stamps and steps of the points that never reached Enedis.
    fn missing(&self, day: Date, collected: &[Interval]) -> Vec<(DateTime, Step)> {
        let whole = self.truth.curve_day(self.direction, day);
        let is_missing = |interval: &&Interval| {
            let found = collected.binary_search_by_key(&interval.start, |i| i.start);
            found.is_err()
        };
        let missing = whole.iter().filter(is_missing);
        missing
            .map(|interval| (stamps::stamp_of(interval, Marks::End), interval.step))
            .collect()
    }

    fn daily(&self) -> Option<Vec<u8>> {
        let energy = |day| meter::DailyEnergy {
            day,
            watt_hours: self.truth.daily_wh(self.direction, day),
        };
        let days: Vec<_> = self.days().map(energy).collect();
        let wire = DailyWire {
            prm: self.window.prm,
            direction: self.direction,
            from: self.window.from,
            to: self.window.to,
            days: &days,
            nulls: &[],
        };
        (!days.is_empty()).then(|| encode_daily(self.generation, &wire))
    }

    /// The phases come only to those who ask for everything.
    fn maxima(&self) -> Option<Vec<u8>> {
        let all = self.form.get("grandeurPhysique") == Some("TOUT");
        let mut maxima = Vec::new();
        let mut nulls = Vec::new();
        for day in self.days() {
            let collected = self.truth.collected_maxima(day);
            if collected.is_empty() && self.truth.profile().nulls {
                nulls.push(day);
            }
            maxima.extend(
                collected
                    .into_iter()
                    .filter(|m| all || m.phase == Phase::All),
            );
        }
        let wire = MaximaWire {
            prm: self.window.prm,
            direction: self.direction,
            from: self.window.from,
            to: self.window.to,
            maxima: &maxima,
            nulls: &nulls,
        };
        (!maxima.is_empty()).then(|| encode_maxima(self.generation, &wire))
    }

    fn registers(&self) -> Option<Vec<u8>> {
        let registers: Vec<_> = self
            .days()
            .flat_map(|day| self.truth.registers(self.direction, day))
            .collect();
        let wire = IndexWire {
            prm: self.window.prm,
            direction: self.direction,
            from: self.window.from,
            to: self.window.to,
            registers: &registers,
        };
        (!registers.is_empty()).then(|| encode_index(&wire))
    }

    /// The days of the window that are published by now.
    fn days(&self) -> impl Iterator<Item = Date> {
        // Nothing beyond today is: a window may reach to the end of time.
        let end = self.window.to.min(paris::day_of(self.now));
        paris::days(self.window.from, end).filter(|day| {
            let at = self.truth.published_at(self.direction, self.kind, *day);
            at.is_some_and(|at| at <= self.now)
        })
    }
}

/// END stamps without an offset, as Enedis writes them.
fn append_stamped(points: &mut Vec<LocalPoint>, intervals: &[Interval], autumn: AutumnStyle) {
    for interval in intervals {
        let stamp = stamps::stamp_of(interval, Marks::End);
        let stamp = match repeated(interval, stamp) {
            Some(Time::First) if autumn == AutumnStyle::Mislabelled => {
                stamp.saturating_add(1.hour())
            }
            Some(Time::Second) if autumn == AutumnStyle::Dropped => continue,
            _ => stamp,
        };
        points.push(LocalPoint {
            stamp,
            step: interval.step,
            watts: interval.watts,
        });
    }
}

/// Which of two equal stamps an interval bears.
#[derive(PartialEq, Eq)]
enum Time {
    First,
    Second,
}

fn repeated(interval: &Interval, stamp: DateTime) -> Option<Time> {
    // Only the last Sunday of October has any: the zone is asked on few days.
    if stamp.month() != 10 || stamp.day() < 25 || stamp.hour() != 2 {
        return None;
    }
    match paris::instants(stamp) {
        paris::Instants::Two(first, _) if interval.end() == first => Some(Time::First),
        paris::Instants::Two(..) => Some(Time::Second),
        _ => None,
    }
}
