//! The database itself: opening it, and the small tables every write needs.

mod calls;
mod colours;
mod contract;
mod daily;
mod days;
mod delivery;
mod notices;
mod readings;
mod revision;
mod upkeep;

use std::collections::HashMap;
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use meter::{Direction, Kind, UsagePoint, paris};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::error::LedgerError;
use crate::schema;
use crate::state::{SeriesKey, Verdict};

pub use calls::CallLimit;
pub use colours::ColourRecord;
pub use delivery::DeliveryNote;
pub use revision::Revision;
pub use upkeep::{Migrated, Restored, restore};

/// How a ledger is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To write; the file is made (mode 0600) and brought up to date when needed.
    Write,
    /// Beside a writer, to read only; the file must exist.
    Read,
    /// To copy it: as [`Access::Read`], but also of an older version.
    Copy,
}

/// Who gave readings, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin {
    pub source: i64,
    pub at: Timestamp,
}

/// A judge of days: what to make of a day, given how much of it is held.
pub type Judge<'a> = dyn Fn(Date, crate::Coverage) -> Verdict + 'a;

/// The database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    series: HashMap<SeriesKey, i64>,
    migrated: Option<Migrated>,
}

impl Store {
    /// Opens the ledger's file.
    pub fn open(path: &Path, access: Access) -> Result<Self, LedgerError> {
        let mut connection = match access {
            Access::Write => {
                create_private(path)?;
                Connection::open(path)?
            }
            Access::Read | Access::Copy => open_to_read(path)?,
        };
        connection.busy_timeout(Duration::from_secs(5))?;
        let found = schema::check(&connection, path)?;
        let mut migrated = None;
        match access {
            Access::Write => {
                prepare_writer(&connection)?;
                if found > 0 && found < schema::KNOWN {
                    migrated = Some(Migrated {
                        from: found,
                        to: schema::KNOWN,
                        kept: upkeep::keep_before(&connection, path, found)?,
                    });
                }
                schema::migrate(&mut connection, found)?;
            }
            Access::Read | Access::Copy if found == 0 => {
                let path = path.to_owned();
                return Err(LedgerError::Absent { path });
            }
            Access::Read if found < schema::KNOWN => {
                let path = path.to_owned();
                return Err(LedgerError::Older { path });
            }
            Access::Read | Access::Copy => {
                connection.pragma_update(None, "query_only", true)?;
            }
        }
        Ok(Self {
            connection,
            path: path.to_owned(),
            series: HashMap::new(),
            migrated,
        })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Rewrites the file without its half-filled pages, after a large backfill.
    ///
    /// Needs as much room again for a moment; without it the file stays as it is.
    pub fn compact(&mut self) -> Result<(), LedgerError> {
        self.connection.execute_batch("VACUUM")?;
        Ok(())
    }

    /// Every usage point of which something is known, by number.
    pub fn usage_points(&self) -> Result<Vec<UsagePoint>, LedgerError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT prm FROM usage_point ORDER BY prm")?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        rows.map(|prm| {
            prm.map_err(LedgerError::from)
                .and_then(|prm| parse_prm(&prm))
        })
        .collect()
    }

    /// Every series that has been asked or filled.
    pub fn series(&self) -> Result<Vec<SeriesKey>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT prm, direction, kind FROM series JOIN usage_point ON usage_point.id = usage_point",
        )?;
        let rows = query.query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
            ))
        })?;
        let mut keys = rows
            .map(|row| {
                let (prm, direction, kind) = row?;
                Ok(SeriesKey {
                    usage_point: parse_prm(&prm)?,
                    direction: parse_direction(&direction)?,
                    kind: parse_kind(&kind)?,
                })
            })
            .collect::<Result<Vec<_>, LedgerError>>()?;
        keys.sort_unstable();
        Ok(keys)
    }

    /// The series' number, if it has one.
    pub(crate) fn find_series(&self, key: SeriesKey) -> Result<Option<i64>, LedgerError> {
        if let Some(id) = self.series.get(&key) {
            return Ok(Some(*id));
        }
        let mut query = self.connection.prepare_cached(
            "SELECT series.id FROM series JOIN usage_point ON usage_point.id = usage_point
             WHERE prm = ?1 AND direction = ?2 AND kind = ?3",
        )?;
        let found = query
            .query_row(
                params![
                    key.usage_point.to_string(),
                    key.direction.as_str(),
                    key.kind.as_str()
                ],
                |row| row.get(0),
            )
            .optional()?;
        Ok(found)
    }

    /// The series' number, given one on its first use.
    pub(crate) fn ensure_series(&mut self, key: SeriesKey) -> Result<i64, LedgerError> {
        if let Some(id) = self.find_series(key)? {
            self.series.insert(key, id);
            return Ok(id);
        }
        let usage_point = self.ensure_usage_point(key.usage_point)?;
        self.connection.execute(
            "INSERT INTO series (usage_point, direction, kind) VALUES (?1, ?2, ?3)",
            params![usage_point, key.direction.as_str(), key.kind.as_str()],
        )?;
        let id = self.connection.last_insert_rowid();
        self.series.insert(key, id);
        Ok(id)
    }

    pub(crate) fn find_usage_point(&self, prm: UsagePoint) -> Result<Option<i64>, LedgerError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id FROM usage_point WHERE prm = ?1")?;
        Ok(query
            .query_row([prm.to_string()], |row| row.get(0))
            .optional()?)
    }

    pub(crate) fn ensure_usage_point(&mut self, prm: UsagePoint) -> Result<i64, LedgerError> {
        if let Some(id) = self.find_usage_point(prm)? {
            return Ok(id);
        }
        self.connection.execute(
            "INSERT INTO usage_point (prm) VALUES (?1)",
            [prm.to_string()],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    pub(crate) fn ensure_source(&mut self, name: &str) -> Result<i64, LedgerError> {
        let found = self
            .connection
            .prepare_cached("SELECT id FROM source WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        if let Some(id) = found {
            return Ok(id);
        }
        self.connection
            .execute("INSERT INTO source (name) VALUES (?1)", [name])?;
        Ok(self.connection.last_insert_rowid())
    }
}

/// A reader that may not write beside the file (another user's, a backup on a
/// medium of its own) reads it as it stands.
fn open_to_read(path: &Path) -> Result<Connection, LedgerError> {
    let cannot = |source| LedgerError::Io {
        path: path.to_owned(),
        source,
    };
    if !path.try_exists().map_err(cannot)? {
        return Err(LedgerError::Absent {
            path: path.to_owned(),
        });
    }
    if OpenOptions::new().write(true).open(path).is_ok() {
        return Ok(Connection::open(path)?);
    }
    std::fs::File::open(path).map_err(cannot)?;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if Path::new(&log).exists() {
        return Ok(Connection::open_with_flags(path, read_only)?);
    }
    let name = path.to_string_lossy();
    let name = name
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let uri = format!("file:{name}?immutable=1");
    Ok(Connection::open_with_flags(
        uri,
        read_only | OpenFlags::SQLITE_OPEN_URI,
    )?)
}

fn prepare_writer(connection: &Connection) -> Result<(), LedgerError> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -2048)?;
    Ok(())
}

/// Makes the file, readable by its owner alone; SQLite's side files follow it.
fn create_private(path: &Path) -> Result<(), LedgerError> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map(drop)
        .map_err(|source| LedgerError::Io {
            path: path.to_owned(),
            source,
        })
}

const EPOCH: Date = date(1970, 1, 1);

/// Days since 1970 of a local day.
pub(crate) fn day_number(day: Date) -> i64 {
    i64::from(paris::days_between(EPOCH, day))
}

/// The local day of its number.
pub(crate) fn day_from_number(number: i64) -> Date {
    paris::add_days(EPOCH, i32::try_from(number).unwrap_or(0))
}

pub(crate) fn instant(second: i64) -> Result<Timestamp, LedgerError> {
    Timestamp::from_second(second).map_err(|error| LedgerError::Row(error.to_string()))
}

fn parse_prm(text: &str) -> Result<UsagePoint, LedgerError> {
    text.parse()
        .map_err(|error: meter::UsagePointError| LedgerError::Row(error.to_string()))
}

pub(crate) fn parse_direction(text: &str) -> Result<Direction, LedgerError> {
    Direction::ALL
        .into_iter()
        .find(|direction| direction.as_str() == text)
        .ok_or_else(|| LedgerError::Row(format!("direction {text:?}")))
}

fn parse_kind(text: &str) -> Result<Kind, LedgerError> {
    Kind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == text)
        .ok_or_else(|| LedgerError::Row(format!("kind {text:?}")))
}
