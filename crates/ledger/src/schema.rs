//! The file's schema: migrations run forward, together in one transaction.

use std::path::Path;

use rusqlite::Connection;

use crate::error::LedgerError;

/// Marks the file as ours ("RLVE").
const APPLICATION_ID: i32 = 0x524c_5645;

const MIGRATIONS: [&str; 6] = [
    include_str!("../migrations/1.sql"),
    include_str!("../migrations/2.sql"),
    include_str!("../migrations/3.sql"),
    include_str!("../migrations/4.sql"),
    include_str!("../migrations/5.sql"),
    include_str!("../migrations/6.sql"),
];

/// The newest schema version this program knows.
pub(crate) const KNOWN: u32 = MIGRATIONS.len() as u32;

/// Refuses files of other programs and of newer versions.
pub(crate) fn check(connection: &Connection, path: &Path) -> Result<u32, LedgerError> {
    let foreign = || LedgerError::Foreign {
        path: path.to_owned(),
    };
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let found = pragma("user_version").map_err(|error| unreadable(error, path))? as u32;
    let application = pragma("application_id")?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != i64::from(APPLICATION_ID) && tables > 0 {
        return Err(foreign());
    }
    if found > KNOWN {
        return Err(LedgerError::Newer {
            path: path.to_owned(),
            found,
            known: KNOWN,
        });
    }
    Ok(found)
}

/// Brings the schema up to date, in one transaction: a program that is killed
/// leaves the old schema or the new one.
pub(crate) fn migrate(connection: &mut Connection, found: u32) -> Result<(), LedgerError> {
    if found == KNOWN {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", KNOWN)?;
    Ok(transaction.commit()?)
}

fn unreadable(error: rusqlite::Error, path: &Path) -> LedgerError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => LedgerError::Foreign {
            path: path.to_owned(),
        },
        _ => error.into(),
    }
}
