//! The usage points of a consent: sealed in rows, open only in memory.

use meter::{Direction, UsagePoint};

use crate::keys::{DataKey, Keys, Purpose, SealError};
use crate::random::Random;
use crate::store::consents::{self, ConsentRow, PointRow};
use crate::store::{StoreError, Tx};

/// A usage point that a consent opens.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Point {
    /// Which one.
    pub prm: UsagePoint,
    /// What flows there: drawn, fed in, or both.
    pub directions: Vec<Direction>,
}

/// The hashes under which rows may know a usage point, today's first.
pub fn hashes(keys: &Keys, prm: UsagePoint) -> Vec<Vec<u8>> {
    keys.hashes(Purpose::Point, prm.to_string().as_bytes())
}

/// The usage points of a consent whose data key still stands.
pub async fn of_consent(
    keys: &Keys,
    tx: &mut dyn Tx,
    consent: &ConsentRow,
) -> Result<Vec<Point>, StoreError> {
    let rows = consents::points(tx, &consent.id).await?;
    Ok(open(keys, &consent.id, consent.dek.as_deref(), &rows)?)
}

/// Opens rows; without the data key there is nothing to open.
pub fn open(
    keys: &Keys,
    consent: &[u8],
    dek: Option<&[u8]>,
    rows: &[PointRow],
) -> Result<Vec<Point>, SealError> {
    let Some(dek) = dek else {
        return Ok(Vec::new());
    };
    let key = keys.unwrap_key(dek)?;
    let open = |row: &PointRow| {
        let sealed = row.sealed.as_deref().ok_or(SealError::Broken)?;
        let text = key.open(consent, sealed)?;
        let text = String::from_utf8(text).map_err(|_| SealError::Broken)?;
        Ok(Point {
            prm: text.parse().map_err(|_| SealError::Broken)?,
            directions: read_directions(&row.directions),
        })
    };
    rows.iter().map(open).collect()
}

/// Seals points for a consent.
pub fn seal(
    keys: &Keys,
    consent: &[u8],
    key: &DataKey,
    points: &[Point],
    random: &dyn Random,
) -> Result<Vec<PointRow>, SealError> {
    let seal = |point: &Point| {
        let prm = point.prm.to_string();
        Ok(PointRow {
            hash: keys.hash(crate::keys::Purpose::Point, prm.as_bytes()),
            sealed: Some(key.seal(consent, prm.as_bytes(), random)?),
            directions: write_directions(&point.directions),
        })
    };
    points.iter().map(seal).collect()
}

/// `prm,prm`, as older clients keep them.
pub fn joined(points: &[Point]) -> String {
    let prms: Vec<String> = points.iter().map(|point| point.prm.to_string()).collect();
    prms.join(",")
}

fn write_directions(directions: &[Direction]) -> String {
    let words: Vec<&str> = directions
        .iter()
        .map(|direction| word(*direction))
        .collect();
    words.join(" ")
}

fn read_directions(text: &str) -> Vec<Direction> {
    Direction::ALL
        .into_iter()
        .filter(|direction| text.split(' ').any(|known| known == word(*direction)))
        .collect()
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Consumption => "consumption",
        Direction::Production => "production",
    }
}
