//! `/metering_data_…/v5`: curve, daily energy and daily maximum.

use jiff::civil::Date;
use meter::UsagePoint;
use serde::{Deserialize, Serialize};

use crate::malformed::Malformed;
use crate::point::RawPoint;
use crate::series::{Answer, Series};
use crate::text::{self, PointId};

/// The wrapper, or the reading itself where a gateway has removed it.
#[derive(Deserialize)]
struct Outer {
    #[serde(default)]
    meter_reading: Option<Inner>,
    #[serde(default)]
    usage_point_id: PointId,
    #[serde(default)]
    reading_type: Option<TypeIn>,
    #[serde(default)]
    interval_reading: Option<Vec<RawPoint>>,
}

#[derive(Deserialize)]
struct Inner {
    #[serde(default)]
    usage_point_id: PointId,
    #[serde(default)]
    reading_type: Option<TypeIn>,
    #[serde(default)]
    interval_reading: Option<Vec<RawPoint>>,
}

/// Absent from some curves of 2022.
#[derive(Deserialize)]
struct TypeIn {
    #[serde(default, deserialize_with = "text::lenient")]
    unit: Option<String>,
}

pub(crate) fn answer(body: &[u8]) -> Result<Answer, Malformed> {
    let outer: Outer = text::parse(body)?;
    let (reading, path) = match outer.meter_reading {
        Some(reading) => (reading, "meter_reading.interval_reading"),
        None => (
            Inner {
                usage_point_id: outer.usage_point_id,
                reading_type: outer.reading_type,
                interval_reading: outer.interval_reading,
            },
            "interval_reading",
        ),
    };
    if reading.usage_point_id.is_absent() && reading.interval_reading.is_none() {
        return Err(Malformed::Missing {
            field: "meter_reading",
        });
    }
    let unit = reading.reading_type.and_then(|kind| kind.unit);
    Ok(Answer {
        usage_point: reading.usage_point_id.get("usage_point_id")?,
        series: vec![Series {
            path: path.to_owned(),
            direction: None,
            quantity: None,
            unit,
            points: reading.interval_reading.unwrap_or_default(),
        }],
    })
}

/// An answer about measures, as it is written.
#[derive(Serialize)]
pub(crate) struct Wrapped<P> {
    pub meter_reading: ReadingOut<P>,
}

#[derive(Serialize)]
pub(crate) struct ReadingOut<P> {
    pub usage_point_id: UsagePoint,
    pub start: Date,
    pub end: Date,
    pub quality: &'static str,
    pub reading_type: ReadingTypeOut,
    pub interval_reading: Vec<P>,
}

#[derive(Serialize)]
pub(crate) struct ReadingTypeOut {
    pub unit: &'static str,
    pub measurement_kind: &'static str,
    pub aggregate: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measuring_period: Option<&'static str>,
}
