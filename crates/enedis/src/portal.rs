//! What the customer portal's own pages are answered, which no contract covers:
//! wall-clock stamps at the START of each step, texts for numbers, `NaN` and
//! `NA` for what is missing, kilowatts and kilowatt-hours.
//!
//! The shape is that of December 2024; whatever differs from it is told as a
//! changed page. A sum is a sum of binary fractions (`197.75400000000002`), of
//! which the thousandths are meant.

mod number;
mod wire;

use jiff::civil::{Date, DateTime};
use meter::{
    DailyEnergy, DailyMaximum, Direction, Granularity, LocalPoint, PeakInstant, Period, Phase,
    Step, paris,
};

use crate::malformed::{Malformed, PointFault};
use crate::problem::Problem;
use crate::text;
use number::thousandths;
use wire::{Body, Datum, Series, Wire};

/// Energies, as the portal groups them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Energies {
    /// One energy per day, by day.
    pub days: Vec<DailyEnergy>,
    /// Months and years that lie wholly inside the answer.
    pub periods: Vec<PeriodEnergy>,
}

/// A month's or a year's energy, as a source states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodEnergy {
    /// Month or year.
    pub granularity: Granularity,
    /// Its first day.
    pub first: Date,
    /// Energy in Wh.
    pub watt_hours: u64,
}

/// Reads half hours; the stamps mark the START.
pub fn decode_curve(direction: Direction, body: &[u8]) -> Result<Vec<LocalPoint>, Problem> {
    let answer = answer(direction, body)?;
    let Some(series) = answer.aggregats.heure else {
        return Ok(Vec::new());
    };
    unit(&series, "heure", "kW")?;
    let usual = series.donnees.iter().find_map(step);
    let read = series
        .donnees
        .iter()
        .map(|datum| point(datum, step(datum).or(usual)));
    kept("heure", read).map_err(Problem::from)
}

/// Reads days, months and years.
pub fn decode_energies(direction: Direction, body: &[u8]) -> Result<Energies, Problem> {
    let answer = answer(direction, body)?;
    let covered = answer.covered();
    let aggregates = answer.aggregats;
    let days = read(aggregates.jour, "jour", |datum, watt_hours| {
        let day = datum.start()?.date();
        Ok(Some(DailyEnergy { day, watt_hours }))
    })?;
    let mut energies = Energies {
        days,
        periods: Vec::new(),
    };
    let kinds = [
        (aggregates.mois, "mois", Granularity::Month),
        (aggregates.annee, "annee", Granularity::Year),
    ];
    for (series, name, granularity) in kinds {
        let periods = read(series, name, |datum, watt_hours| {
            let day = datum.start()?.date();
            let period = Period::containing(granularity, day);
            let is_inside =
                |(from, to)| from <= period.first() && period.end() <= paris::add_days(to, 1);
            let whole = covered.is_some_and(is_inside);
            Ok(whole.then_some(PeriodEnergy {
                granularity,
                first: period.first(),
                watt_hours,
            }))
        })?;
        energies.periods.extend(periods);
    }
    energies.days.sort_by_key(|day| day.day);
    Ok(energies)
}

/// Reads daily maxima of the apparent power, each at its own instant. One that
/// is given for a whole day has none, and is left out.
pub fn decode_maxima(direction: Direction, body: &[u8]) -> Result<Vec<DailyMaximum>, Problem> {
    let answer = answer(direction, body)?;
    let Some(series) = answer.aggregats.jour else {
        return Ok(Vec::new());
    };
    unit(&series, "jour", "kVA")?;
    let read = series.donnees.iter().map(maximum);
    kept("jour", read).map_err(Problem::from)
}

/// The part about a direction; what the page says of itself comes first.
fn answer(direction: Direction, body: &[u8]) -> Result<Body, Problem> {
    let wire: Wire = text::parse(body)?;
    if let Some(state) = wire.etat.and_then(|state| state.valeur) {
        match state.as_str() {
            "termine" => {}
            "nonActive" => return Err(Problem::CurveNotActivated),
            _ => {
                return Err(Problem::Outage {
                    status: 200,
                    detail: "erreur".to_owned(),
                    until: None,
                });
            }
        }
    }
    let (field, asked, other) = match direction {
        Direction::Consumption => ("cons", wire.cons, wire.prod),
        Direction::Production => ("prod", wire.prod, wire.cons),
    };
    match (asked, other) {
        (Some(body), _) => Ok(body),
        (None, Some(_)) => Err(Malformed::OtherDirection.into()),
        (None, None) => Err(Malformed::Missing { field }.into()),
    }
}

fn point(datum: &Datum, step: Option<Step>) -> Result<Option<LocalPoint>, PointFault> {
    let stamp = datum.start()?;
    let Some(watts) = thousandths(datum.valeur.as_deref())? else {
        return Ok(None);
    };
    let step = step.ok_or(PointFault::NoStep)?;
    let watts = u32::try_from(watts).map_err(|_| PointFault::TooLarge)?;
    Ok(Some(LocalPoint { stamp, step, watts }))
}

/// Where the clock changes the stamps do not tell the step.
fn step(datum: &Datum) -> Option<Step> {
    let span = datum.end()?.duration_since(datum.start().ok()?);
    let minutes = u16::try_from(span.as_mins()).ok()?;
    Step::from_minutes(minutes)
}

fn maximum(datum: &Datum) -> Result<Option<DailyMaximum>, PointFault> {
    let stamp = datum.start()?;
    let Some(volt_amperes) = thousandths(datum.valeur.as_deref())? else {
        return Ok(None);
    };
    if datum.is_whole_day() {
        return Ok(None);
    }
    let volt_amperes = u32::try_from(volt_amperes).map_err(|_| PointFault::TooLarge)?;
    Ok(PeakInstant::from_local(stamp).map(|at| DailyMaximum {
        day: stamp.date(),
        phase: Phase::All,
        volt_amperes,
        at,
    }))
}

fn read<T>(
    series: Option<Series>,
    name: &'static str,
    make: impl Fn(&Datum, u64) -> Result<Option<T>, PointFault>,
) -> Result<Vec<T>, Malformed> {
    let Some(series) = series else {
        return Ok(Vec::new());
    };
    unit(&series, name, "kWh")?;
    let data = series
        .donnees
        .iter()
        .map(|datum| match thousandths(datum.valeur.as_deref())? {
            Some(watt_hours) => make(datum, watt_hours),
            None => Ok(None),
        });
    kept(name, data)
}

fn unit(series: &Series, name: &str, expected: &'static str) -> Result<(), Malformed> {
    match &series.unite {
        Some(unit) if unit != expected => Err(Malformed::Unit {
            path: format!("aggregats.{name}"),
            expected,
        }),
        _ => Ok(()),
    }
}

/// What can be read. One bad figure does not keep good ones back; where no good
/// one is left, the answer is bad.
fn kept<T>(
    name: &str,
    data: impl Iterator<Item = Result<Option<T>, PointFault>>,
) -> Result<Vec<T>, Malformed> {
    let (mut good, mut bad) = (Vec::new(), None);
    for (index, datum) in data.enumerate() {
        match datum {
            Ok(datum) => good.extend(datum),
            Err(fault) => {
                bad.get_or_insert(Malformed::Point {
                    path: format!("aggregats.{name}.donnees[{index}]"),
                    stamp: None,
                    fault,
                });
            }
        }
    }
    match bad {
        Some(bad) if good.is_empty() => Err(bad),
        Some(bad) => {
            tracing::warn!(%bad, "points were left out");
            Ok(good)
        }
        None => Ok(good),
    }
}

impl Datum {
    fn start(&self) -> Result<DateTime, PointFault> {
        let text = self.date_debut.as_deref().ok_or(PointFault::NoStamp)?;
        text.parse().map_err(|_| PointFault::BadStamp)
    }

    fn end(&self) -> Option<DateTime> {
        self.date_fin.as_deref()?.parse().ok()
    }

    /// From midnight to the last second of a day, as sums are.
    fn is_whole_day(&self) -> bool {
        let midnight = jiff::civil::Time::midnight();
        let begins = self.start().is_ok_and(|start| start.time() == midnight);
        begins
            && self
                .end()
                .is_some_and(|end| end.time().hour() == 23 || end.time() == midnight)
    }
}

impl Body {
    fn covered(&self) -> Option<(Date, Date)> {
        let day = |text: &Option<String>| text.as_deref()?.get(..10)?.parse().ok();
        Some((day(&self.date_debut)?, day(&self.date_fin)?))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use meter::{Marks, curve, stamps};

    use super::*;

    const CURVE: &[u8] = include_bytes!("../../../testdata/portal/courbe_2024-12-25.json");
    const ENERGY: &[u8] = include_bytes!("../../../testdata/portal/energie_2024-12-25.json");
    const CONSUMPTION: Direction = Direction::Consumption;

    #[test]
    fn the_half_hours_of_real_days_add_up_to_their_totals() {
        let points = decode_curve(CONSUMPTION, CURVE).unwrap();
        let resolved = stamps::resolve(&points, Marks::Start);
        let days: Vec<_> = curve::by_day(&resolved.intervals).collect();
        let totals = decode_energies(CONSUMPTION, ENERGY).unwrap().days;
        assert_eq!((days.len(), totals.len()), (4, 4));
        for (day, total) in days.iter().zip(&totals) {
            assert_eq!(day.day, total.day);
            assert_eq!(day.energy().watt_hours(), Some(total.watt_hours));
        }
    }

    #[test]
    fn a_month_of_which_only_days_were_answered_is_not_kept() {
        let energies = decode_energies(CONSUMPTION, ENERGY).unwrap();
        assert_eq!(energies.periods, []);
        let whole = String::from_utf8(ENERGY.to_vec()).unwrap();
        let (from, to) = (
            "\"dateDebut\": \"2024-12-25\"",
            "\"dateFin\": \"2024-12-28\"",
        );
        assert!(whole.contains(from) && whole.contains(to));
        let whole = whole
            .replace(from, "\"dateDebut\": \"2024-12-01\"")
            .replace(to, "\"dateFin\": \"2024-12-31\"");
        let energies = decode_energies(CONSUMPTION, whole.as_bytes()).unwrap();
        let month = PeriodEnergy {
            granularity: Granularity::Month,
            first: date(2024, 12, 1),
            watt_hours: 197_754,
        };
        assert_eq!(energies.periods, [month]);
    }

    #[test]
    fn what_is_missing_is_not_zero_and_one_bad_figure_spoils_no_other() {
        let body = r#"{"cons":{"aggregats":{"heure":{"unite":"kW","donnees":[
            {"dateDebut":"2026-11-20T00:00","dateFin":"2026-11-20T00:30","valeur":"NaN"},
            {"dateDebut":"2026-11-20T00:30","dateFin":"2026-11-20T01:00","valeur":"NA"},
            {"dateDebut":"2026-11-20T01:00","dateFin":"2026-11-20T01:30","valeur":"beaucoup"},
            {"dateDebut":"2026-11-20T01:30","dateFin":"2026-11-20T02:00","valeur":"0.0"},
            {"dateDebut":"2026-11-20T02:00","dateFin":"2026-11-20T02:30","valeur":null}]}}}}"#;
        let points = decode_curve(CONSUMPTION, body.as_bytes()).unwrap();
        let found: Vec<_> = points.iter().map(|p| (p.stamp.hour(), p.watts)).collect();
        assert_eq!(found, [(1, 0)]);
    }

    #[test]
    fn a_collection_that_is_off_and_a_failure_are_told_apart() {
        let state = |word: &str| format!(r#"{{"etat":{{"valeur":"{word}"}}}}"#);
        let read = |word: &str| decode_curve(CONSUMPTION, state(word).as_bytes()).unwrap_err();
        assert_eq!(read("nonActive"), Problem::CurveNotActivated);
        assert!(matches!(
            read("erreur"),
            Problem::Outage { status: 200, .. }
        ));
        assert!(matches!(read("termine"), Problem::Malformed { .. }));
        let page = decode_curve(CONSUMPTION, b"<html>").unwrap_err();
        assert!(matches!(page, Problem::Malformed { .. }));
    }

    #[test]
    fn a_maximum_keeps_its_instant_and_one_without_is_left_out() {
        let body = r#"{"cons":{"aggregats":{"jour":{"unite":"kVA","donnees":[
            {"dateDebut":"2026-11-19T19:12:00","dateFin":"2026-11-19T19:12:00","valeur":"6.12"},
            {"dateDebut":"2026-11-20T00:00","dateFin":"2026-11-20T23:59:59.000000999",
             "valeur":"5.1"}]}}}}"#;
        let maxima = decode_maxima(CONSUMPTION, body.as_bytes()).unwrap();
        assert_eq!(maxima.len(), 1);
        assert_eq!(maxima[0].volt_amperes, 6120);
        let at = "2026-11-19T18:12:00Z".parse().unwrap();
        assert_eq!(maxima[0].at, PeakInstant::Known { at });
    }
}
