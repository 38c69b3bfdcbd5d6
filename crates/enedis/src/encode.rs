//! Neutral data in, bytes out, shaped as Enedis' own answers.
//!
//! The simulator answers with them, and the gateway speaks v5 to older clients
//! whatever Enedis speaks.

use jiff::civil::{Date, DateTime};
use meter::{
    DailyEnergy, DailyMaximum, Direction, LocalPoint, Phase, Register, Step, UsagePoint, paris,
};
use serde::Serialize;

use crate::generation::Generation;
use crate::stamp::spaced;
use crate::v2::index::write::index_out;
use crate::v2::measure::{GrandeurOut, MeasureOut, Period};
use crate::v5::metering::{ReadingOut, ReadingTypeOut, Wrapped};

/// A load curve to be written.
#[derive(Debug, Clone, Copy)]
pub struct CurveWire<'a> {
    /// The usage point.
    pub prm: UsagePoint,
    /// The direction.
    pub direction: Direction,
    /// First day asked.
    pub from: Date,
    /// Day after the last asked.
    pub to: Date,
    /// Points with END stamps, in the order in which they are written.
    pub points: &'a [LocalPoint],
    /// Stamps that are written without a value, each before the first later point.
    pub nulls: &'a [(DateTime, Step)],
}

/// Daily energies to be written.
#[derive(Debug, Clone, Copy)]
pub struct DailyWire<'a> {
    /// The usage point.
    pub prm: UsagePoint,
    /// The direction.
    pub direction: Direction,
    /// First day asked.
    pub from: Date,
    /// Day after the last asked.
    pub to: Date,
    /// The energies.
    pub days: &'a [DailyEnergy],
    /// Days that are written without a value.
    pub nulls: &'a [Date],
}

/// Daily maxima to be written.
#[derive(Debug, Clone, Copy)]
pub struct MaximaWire<'a> {
    /// The usage point.
    pub prm: UsagePoint,
    /// The direction (Enedis has them for consumption only).
    pub direction: Direction,
    /// First day asked.
    pub from: Date,
    /// Day after the last asked.
    pub to: Date,
    /// The maxima; v5 has no phases and leaves them out.
    pub maxima: &'a [DailyMaximum],
    /// Days that are written without a value: in 2026 as the text "null" at
    /// midnight, in v5 as null.
    pub nulls: &'a [Date],
}

/// Register readings to be written (2026 only).
#[derive(Debug, Clone, Copy)]
pub struct IndexWire<'a> {
    /// The usage point.
    pub prm: UsagePoint,
    /// The direction.
    pub direction: Direction,
    /// First day asked.
    pub from: Date,
    /// Day after the last asked.
    pub to: Date,
    /// The readings; an empty class is the total.
    pub registers: &'a [Register],
}

/// Writes a load curve.
pub fn encode_curve(generation: Generation, wire: &CurveWire<'_>) -> Vec<u8> {
    match generation {
        Generation::V2026 => bytes(&MeasureOut {
            id_prm: wire.prm,
            etape_metier: "BRUT",
            periode: period(wire.from, wire.to),
            type_valeur: None,
            mode_calcul: "MESURE",
            pas: None,
            grandeur: vec![GrandeurOut::new(
                wire.direction,
                "PA",
                "W",
                merged(wire, curve_point),
            )],
            contexte: [],
        }),
        Generation::V5 => bytes(&wrapped(
            (wire.prm, wire.from, wire.to),
            ["W", "power", "average"],
            None,
            merged(wire, curve_reading),
        )),
    }
}

/// Writes daily energies.
pub fn encode_daily(generation: Generation, wire: &DailyWire<'_>) -> Vec<u8> {
    let days = wire.days.iter().map(|d| (d.day, Some(d.watt_hours)));
    let mut values: Vec<_> = days.chain(wire.nulls.iter().map(|d| (*d, None))).collect();
    values.sort_by_key(|(day, _)| *day);
    match generation {
        Generation::V2026 => bytes(&MeasureOut {
            id_prm: wire.prm,
            etape_metier: "BRUT",
            periode: period(wire.from, wire.to),
            type_valeur: Some("GLOBALE"),
            mode_calcul: "DIFF.INDEX",
            pas: Some("P1D"),
            grandeur: vec![GrandeurOut::new(
                wire.direction,
                "EA",
                "Wh",
                values.iter().map(day_point).collect(),
            )],
            contexte: [],
        }),
        Generation::V5 => bytes(&wrapped(
            (wire.prm, wire.from, wire.to),
            ["Wh", "energy", "sum"],
            Some("P1D"),
            values.iter().map(day_reading).collect(),
        )),
    }
}

/// Writes daily maxima.
pub fn encode_maxima(generation: Generation, wire: &MaximaWire<'_>) -> Vec<u8> {
    match generation {
        Generation::V2026 => bytes(&MeasureOut {
            id_prm: wire.prm,
            etape_metier: "BRUT",
            periode: period(wire.from, wire.to),
            type_valeur: None,
            mode_calcul: "MESURE",
            pas: Some("P1D"),
            grandeur: maximum_series(wire),
            contexte: [],
        }),
        Generation::V5 => bytes(&wrapped(
            (wire.prm, wire.from, wire.to),
            ["VA", "power", "maximum"],
            Some("P1D"),
            maxima_of(wire, Phase::All)
                .iter()
                .map(|(stamp, value)| Reading {
                    value: value.map(Shown),
                    date: Shown(spaced(*stamp)),
                })
                .collect(),
        )),
    }
}

/// Writes register readings; v5 never had any.
pub fn encode_index(wire: &IndexWire<'_>) -> Vec<u8> {
    bytes(&index_out(wire))
}

/// Writes any wire type of this crate, such as a contract.
pub fn encode_plain<T: Serialize>(wire: &T) -> Vec<u8> {
    bytes(wire)
}

fn bytes<T: Serialize>(wire: &T) -> Vec<u8> {
    // Plain structs of texts and numbers always serialise.
    serde_json::to_vec(wire).unwrap_or_default()
}

pub(crate) fn period(date_debut: Date, date_fin: Date) -> Period {
    Period {
        date_debut,
        date_fin,
    }
}

fn wrapped<P>(
    (usage_point_id, start, end): (UsagePoint, Date, Date),
    [unit, measurement_kind, aggregate]: [&'static str; 3],
    measuring_period: Option<&'static str>,
    interval_reading: Vec<P>,
) -> Wrapped<P> {
    Wrapped {
        meter_reading: ReadingOut {
            usage_point_id,
            start,
            end,
            quality: "BRUT",
            reading_type: ReadingTypeOut {
                unit,
                measurement_kind,
                aggregate,
                measuring_period,
            },
            interval_reading,
        },
    }
}

/// Anything that shows itself, written as a JSON string.
struct Shown<T>(T);

impl<T: std::fmt::Display> Serialize for Shown<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

#[derive(Serialize)]
struct CurvePoint<V, D> {
    v: V,
    d: D,
    p: &'static str,
    n: &'static str,
    iv: &'static str,
    ec: &'static str,
}

#[derive(Serialize)]
struct CurveReading<V, D> {
    value: V,
    date: D,
    interval_length: &'static str,
    measure_type: &'static str,
}

#[derive(Serialize)]
struct Point<V, D> {
    v: V,
    d: D,
}

#[derive(Serialize)]
struct Reading<V, D> {
    value: V,
    date: D,
}

fn curve_point(stamp: DateTime, step: Step, watts: Option<u32>) -> impl Serialize {
    CurvePoint {
        v: watts.map(Shown),
        d: Shown(spaced(stamp)),
        p: step.iso(),
        n: "B",
        iv: "0",
        ec: "0",
    }
}

fn curve_reading(stamp: DateTime, step: Step, watts: Option<u32>) -> impl Serialize {
    CurveReading {
        value: watts.map(Shown),
        date: Shown(spaced(stamp)),
        interval_length: step.iso(),
        measure_type: "B",
    }
}

fn day_point(&(day, value): &(Date, Option<u64>)) -> impl Serialize + use<> {
    Point {
        v: value.map(Shown),
        d: day,
    }
}

fn day_reading(&(day, value): &(Date, Option<u64>)) -> impl Serialize + use<> {
    Reading {
        value: value.map(Shown),
        date: day,
    }
}

/// The points in their order, each null before the first point that is later.
fn merged<P>(wire: &CurveWire<'_>, write: impl Fn(DateTime, Step, Option<u32>) -> P) -> Vec<P> {
    let mut out = Vec::with_capacity(wire.points.len() + wire.nulls.len());
    let mut nulls = wire.nulls.iter().peekable();
    for point in wire.points {
        while let Some((stamp, step)) = nulls.next_if(|(stamp, _)| *stamp < point.stamp) {
            out.push(write(*stamp, *step, None));
        }
        out.push(write(point.stamp, point.step, Some(point.watts)));
    }
    out.extend(nulls.map(|(stamp, step)| write(*stamp, *step, None)));
    out
}

fn maximum_series(wire: &MaximaWire<'_>) -> Vec<GrandeurOut<impl Serialize + use<>>> {
    [
        ("PMA", Phase::All),
        ("PMA1", Phase::One),
        ("PMA2", Phase::Two),
        ("PMA3", Phase::Three),
    ]
    .into_iter()
    .filter(|(_, phase)| *phase == Phase::All || wire.maxima.iter().any(|m| m.phase == *phase))
    .map(|(name, phase)| {
        let maxima = maxima_of(wire, phase);
        let points = maxima.iter().map(|(stamp, value)| Point {
            v: value.map_or_else(|| "null".to_owned(), |value| value.to_string()),
            d: Shown(spaced(*stamp)),
        });
        GrandeurOut::new(wire.direction, name, "VA", points.collect())
    })
    .collect()
}

/// Stamps and values of one phase by day; days without a value at midnight.
fn maxima_of(wire: &MaximaWire<'_>, phase: Phase) -> Vec<(DateTime, Option<u32>)> {
    let known = wire.maxima.iter().filter(|m| m.phase == phase);
    let known = known.map(|m| (paris::local(m.at.earliest()), Some(m.volt_amperes)));
    let nulls = wire.nulls.iter().map(|day| (day.at(0, 0, 0, 0), None));
    let mut all: Vec<_> = known.chain(nulls).collect();
    all.sort_by_key(|(stamp, _)| *stamp);
    all
}
