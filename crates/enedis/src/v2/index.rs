//! `/mesure_synchrone_auto/v2/index_…`: register readings.
//!
//! Known from the API's description only. Its stamps are not described; index
//! files have theirs up to an hour off midnight, so the nearest local midnight
//! is taken, and what is far from any is an intervention, not a day's reading.

pub(crate) mod write;

use std::collections::BTreeMap;

use jiff::civil::Date;
use meter::{Register, UsagePoint, paris};
use serde::Deserialize;

use crate::decoded::Registers;
use crate::malformed::{Malformed, PointFault};
use crate::point::{Figure, RawStamp};
use crate::series::{Quantity, direction};
use crate::text::{self, PointId};

/// How far from midnight a daily reading may be stamped, in seconds.
const NEAR_MIDNIGHT: i32 = 3 * 3600;

#[derive(Deserialize)]
struct Index {
    #[serde(rename = "idPrm", default)]
    prm: PointId,
    #[serde(default)]
    contexte: Option<Vec<Context>>,
}

#[derive(Deserialize)]
struct Context {
    #[serde(default)]
    grandeur: Option<Vec<Measured>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Measured {
    #[serde(default, deserialize_with = "text::lenient")]
    grandeur_metier: Option<String>,
    #[serde(default, deserialize_with = "text::lenient")]
    grandeur_physique: Option<String>,
    #[serde(default, deserialize_with = "text::lenient")]
    unite: Option<String>,
    #[serde(default)]
    calendrier: Option<Vec<Calendar>>,
    #[serde(default)]
    cadran_totalisateur: Option<Dial>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Calendar {
    #[serde(default, deserialize_with = "text::lenient")]
    id_calendrier: Option<String>,
    #[serde(default)]
    classe_temporelle: Option<Vec<Dial>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dial {
    #[serde(default, deserialize_with = "text::lenient")]
    id_classe_temporelle: Option<String>,
    #[serde(default)]
    valeur: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Value {
    #[serde(default)]
    d: RawStamp,
    #[serde(default)]
    v: Figure,
}

pub(crate) fn registers(body: &[u8]) -> Result<Registers, Malformed> {
    let index: Index = text::parse(body)?;
    if index.prm.is_absent() && index.contexte.is_none() {
        return Err(Malformed::Missing { field: "contexte" });
    }
    let mut reader = Reader::default();
    for (c, context) in index.contexte.iter().flatten().enumerate() {
        for (g, grandeur) in context.grandeur.iter().flatten().enumerate() {
            reader.grandeur(&format!("contexte[{c}].grandeur[{g}]"), grandeur)?;
        }
    }
    Ok(reader.finish(index.prm.get("idPrm")?))
}

/// Calendar, class and day of a reading.
type Place = (Date, String, String);

#[derive(Default)]
struct Reader {
    out: Registers,
    seen: BTreeMap<Place, Option<u64>>,
}

impl Reader {
    fn grandeur(&mut self, path: &str, grandeur: &Measured) -> Result<(), Malformed> {
        let quantity = grandeur
            .grandeur_physique
            .as_deref()
            .map(Quantity::from_code);
        if quantity.is_some_and(|quantity| quantity != Quantity::Energy) {
            return Ok(());
        }
        if grandeur.unite.as_deref().is_some_and(|unit| unit != "Wh") {
            let path = path.to_owned();
            return Err(Malformed::Unit {
                path,
                expected: "Wh",
            });
        }
        self.direct(grandeur.grandeur_metier.as_deref().and_then(direction))?;
        if let Some(total) = &grandeur.cadran_totalisateur {
            self.dial(&format!("{path}.cadranTotalisateur"), "", "", total)?;
        }
        for (c, calendar) in grandeur.calendrier.iter().flatten().enumerate() {
            let id = calendar.id_calendrier.as_deref().unwrap_or_default();
            for (k, dial) in calendar.classe_temporelle.iter().flatten().enumerate() {
                let class = dial.id_classe_temporelle.as_deref().unwrap_or_default();
                let path = format!("{path}.calendrier[{c}].classeTemporelle[{k}]");
                self.dial(&path, id, class, dial)?;
            }
        }
        Ok(())
    }

    fn direct(&mut self, said: Option<meter::Direction>) -> Result<(), Malformed> {
        match (self.out.direction, said) {
            (Some(one), Some(other)) if one != other => Err(Malformed::MixedDirections),
            (None, Some(_)) => {
                self.out.direction = said;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn dial(
        &mut self,
        path: &str,
        calendar: &str,
        class: &str,
        dial: &Dial,
    ) -> Result<(), Malformed> {
        for (index, value) in dial.valeur.iter().flatten().enumerate() {
            let fault = |fault| Malformed::Point {
                path: format!("{path}.valeur[{index}]"),
                stamp: value.d.any(),
                fault,
            };
            let stamp = value.d.any().ok_or(fault(PointFault::BadStamp))?;
            let reading = value.v.get().map_err(fault)?;
            // No register counts a petawatt-hour.
            let reading = reading.filter(|watt_hours| *watt_hours < 1_000_000_000_000_000);
            match (reading, nearest_midnight(stamp)) {
                (Some(watt_hours), Some(day)) => {
                    self.keep((day, calendar.to_owned(), class.to_owned()), watt_hours);
                }
                _ => self.out.skipped += 1,
            }
        }
        Ok(())
    }

    fn keep(&mut self, place: Place, watt_hours: u64) {
        let kept = self.seen.entry(place).or_insert(Some(watt_hours));
        match *kept {
            Some(before) if before != watt_hours => {
                // Before and after a change of meter: which one is the day's?
                *kept = None;
                self.out.skipped += 2;
            }
            Some(_) => {}
            None => self.out.skipped += 1,
        }
    }

    fn finish(self, usage_point: Option<UsagePoint>) -> Registers {
        let registers = self.seen.into_iter().filter_map(|(place, value)| {
            let (day, calendar, class) = place;
            value.map(|watt_hours| Register {
                day,
                calendar,
                class,
                watt_hours,
            })
        });
        Registers {
            usage_point,
            registers: registers.collect(),
            ..self.out
        }
    }
}

fn nearest_midnight(stamp: jiff::civil::DateTime) -> Option<Date> {
    let time = stamp.time();
    let seconds =
        i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    if seconds <= NEAR_MIDNIGHT {
        return Some(stamp.date());
    }
    (86_400 - seconds <= NEAR_MIDNIGHT).then(|| paris::add_days(stamp.date(), 1))
}
