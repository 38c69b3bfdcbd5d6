//! Readings as the portal's own pages are given them.

use enedis::stamp;
use http::StatusCode;
use jiff::civil::{Date, DateTime};
use meter::{Direction, Granularity, Kind, PeakInstant, Period, UsagePoint, paris};
use serde_json::{Map, Value, json};

use super::{Visit, unauthorised};
use crate::form::Form;
use crate::reply::Reply;
use crate::route::Resource;
use crate::simulator::State;
use crate::truth::Truth;
use crate::window::history_start;

/// Days of half hours in an answer.
const DAYS: i32 = 7;

/// What a query asks for.
pub(super) fn resource(form: &Form) -> Option<Resource> {
    Some(
        match (form.get("mesuresTypeCode")?, form.get("typeDonnees")?) {
            ("COURBE", "CONS") => Resource::ConsumptionCurve,
            ("COURBE", "PROD") => Resource::ProductionCurve,
            ("ENERGIE", "CONS") => Resource::ConsumptionDaily,
            ("ENERGIE", "PROD") => Resource::ProductionDaily,
            ("PMAX", "CONS") => Resource::ConsumptionMaximum,
            _ => return None,
        },
    )
}

impl Visit<'_> {
    pub(super) fn readings(&self, state: &State) -> Reply {
        let own = |prm: UsagePoint| {
            super::usage_points().contains(&prm)
                && self.path
                    == format!(
                        "/alex/mes-mesures-prm/api/private/v2/personnes/{}/prms/{prm}/donnees-energetiques",
                        super::NUMBER
                    )
        };
        let prm = self.usage_point().filter(|prm| own(*prm));
        let (true, Some(prm)) = (self.is_known(state), prm) else {
            return unauthorised();
        };
        // A last day in this call is a technical error, and so is much else.
        let from = self.form.get("dateDebut").and_then(stamp::date);
        let complete = self.form.get("segments") == Some("C5")
            && self.form.get("mesuresCorrigees") == Some("false")
            && self.form.get("dateFin").is_none();
        let measure = resource(&self.form).and_then(Resource::measure);
        let (Some(from), Some((kind, direction)), true) = (from, measure, complete) else {
            return Reply::json(
                StatusCode::INTERNAL_SERVER_ERROR,
                &json!({ "status": 500, "error": "Internal Server Error" }),
            );
        };
        let Some(truth) = self.world.truths.get(&prm) else {
            return unauthorised();
        };
        // The same answer as for a session that is over.
        if kind == Kind::Curve && !truth.profile().curve_collected {
            return unauthorised();
        }
        let today = paris::day_of(self.now);
        let from = from.max(history_start(kind, today));
        let end = match kind {
            Kind::Curve => paris::add_days(from, DAYS).min(today),
            _ => today,
        };
        let shown = Shown {
            visit: self,
            truth,
            direction,
            days: paris::days(from, end).collect(),
        };
        Reply::ok(&shown.body(kind))
    }
}

/// What is shown, and of which days.
struct Shown<'a> {
    visit: &'a Visit<'a>,
    truth: &'a Truth,
    direction: Direction,
    days: Vec<Date>,
}

impl Shown<'_> {
    fn body(&self, kind: Kind) -> Value {
        let (aggregates, quantity) = match kind {
            Kind::Curve => (json!({ "heure": self.half_hours() }), "PA"),
            Kind::Maximum => (json!({ "jour": self.maxima() }), "PMA"),
            _ => (self.energies(), "EA"),
        };
        let (name, business) = match self.direction {
            Direction::Consumption => ("cons", "CONS"),
            Direction::Production => ("prod", "PROD"),
        };
        json!({ name: {
            "aggregats": aggregates,
            "grandeurMetier": business,
            "grandeurPhysique": quantity,
            "dateDebut": self.days.first(),
            "dateFin": self.days.last(),
        } })
    }

    fn published(&self, kind: Kind) -> impl Iterator<Item = Date> {
        let days = self.days.iter().copied();
        days.filter(move |day| {
            let at = self.truth.published_at(self.direction, kind, *day);
            let since = self.truth.profile().since(self.direction);
            at.is_some_and(|at| at <= self.visit.now) && since.is_some_and(|since| since <= *day)
        })
    }

    /// Missing half hours are there, without a number.
    fn half_hours(&self) -> Value {
        let mut rows = Vec::new();
        for day in self.published(Kind::Curve) {
            let held = self.truth.collected_day(self.direction, day);
            for interval in self.truth.curve_day(self.direction, day) {
                let known = held.contains(&interval);
                let value = match (known, rows.len() % 2) {
                    (true, _) => decimal(interval.watts.into()),
                    (false, 0) => "NaN".to_owned(),
                    (false, _) => "NA".to_owned(),
                };
                rows.push(json!({
                    "dateDebut": minute(paris::local(interval.start)),
                    "dateFin": minute(paris::local(interval.end())),
                    "valeur": value,
                }));
            }
        }
        json!({ "donnees": rows, "unite": "kW" })
    }

    fn energies(&self) -> Value {
        let days: Vec<(Date, u64)> = self
            .published(Kind::Daily)
            .map(|day| (day, self.truth.daily_wh(self.direction, day)))
            .collect();
        let kinds = [
            ("jour", Granularity::Day),
            ("semaine", Granularity::Week),
            ("mois", Granularity::Month),
            ("annee", Granularity::Year),
        ];
        let sums = kinds.map(|(name, granularity)| (name.to_owned(), sums(&days, granularity)));
        Value::Object(sums.into_iter().collect::<Map<_, _>>())
    }

    fn maxima(&self) -> Value {
        let days = self.published(Kind::Maximum);
        let maxima = days.filter_map(|day| {
            let all = self.truth.collected_maxima(day);
            all.into_iter().find(|one| one.phase == meter::Phase::All)
        });
        let rows = maxima.map(|maximum| {
            let at = match maximum.at {
                PeakInstant::Known { at } => at,
                PeakInstant::Either { earlier, .. } => earlier,
            };
            let stamp = paris::local(at).strftime("%Y-%m-%dT%H:%M:%S").to_string();
            json!({
                "dateDebut": stamp,
                "dateFin": stamp,
                "valeur": decimal(maximum.volt_amperes.into()),
            })
        });
        json!({ "donnees": rows.collect::<Vec<_>>(), "unite": "kVA" })
    }
}

/// Sums of what is shown, under the name of the whole period; binary fractions
/// are added, as there.
fn sums(days: &[(Date, u64)], granularity: Granularity) -> Value {
    let mut sums: Vec<(Period, f64)> = Vec::new();
    for (day, watt_hours) in days {
        let period = Period::containing(granularity, *day);
        let value = *watt_hours as f64 / 1000.0;
        match sums.last_mut() {
            Some((last, sum)) if *last == period => *sum += value,
            _ => sums.push((period, value)),
        }
    }
    let rows = sums.into_iter().map(|(period, sum)| {
        let last = paris::add_days(period.end(), -1);
        json!({
            "dateDebut": format!("{}T00:00", period.first()),
            "dateFin": format!("{last}T23:59:59.000000999"),
            "valeur": sum.to_string(),
        })
    });
    json!({ "donnees": rows.collect::<Vec<_>>(), "unite": "kWh" })
}

fn minute(stamp: DateTime) -> String {
    stamp.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Thousandths as a decimal, without zeros at the end.
fn decimal(thousandths: u64) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    let short = text.trim_end_matches('0');
    short
        .strip_suffix('.')
        .map_or_else(|| short.to_owned(), |whole| format!("{whole}.0"))
}
