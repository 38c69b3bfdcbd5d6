//! `export`: readings row by row, to standard output or into a file that is
//! there whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use ledger::{Access, Store};
use service::files;
use tempfile::{NamedTempFile, PersistError};

use crate::cli::Export;
use crate::json::export::Exported;
use crate::{App, Exit, Failure, Said, World, json};

/// Writes readings out.
pub(super) fn export(app: &App, args: &Export, world: &mut World<'_>) -> Result<Exit, Failure> {
    let store = Store::open(&app.ledger()?, Access::Read)?;
    let days = args.rows.span(&store)?;
    let Some(path) = &args.output else {
        let mut out = BufWriter::new(&mut *world.out);
        args.rows.write(&store, days, &mut out)?;
        out.flush()?;
        return Ok(Exit::Ok);
    };
    if is_our_own(app, path)? {
        let said = Said::new("error-export-own").path(path);
        return Err(Failure::usage(said).hint(Said::new("error-export-own-do")));
    }
    if !args.force && path.symlink_metadata().is_ok() {
        return Err(exists(path));
    }
    let rows = into_file(path, args.force, |out| args.rows.write(&store, days, out))?;
    report(app, path, rows, world)
}

/// Whether a file is the ledger, one of its side files, its lock or the
/// configuration: no export replaces those, whatever is forced.
fn is_our_own(app: &App, path: &Path) -> Result<bool, Failure> {
    let loaded = app.settings()?;
    let ledger = app.ledger()?.into_os_string();
    let lock = loaded.settings.data_dir.join("releve.lock");
    let mut ours = vec![PathBuf::from(&ledger), lock];
    for suffix in ["-wal", "-shm"] {
        let mut side = ledger.clone();
        side.push(suffix);
        ours.push(side.into());
    }
    ours.extend(loaded.file.clone());
    let place = resolved(path);
    Ok(ours.iter().any(|own| resolved(own) == place))
}

/// The same place under one name, also where the file itself does not exist.
fn resolved(path: &Path) -> PathBuf {
    let folder = files::folder(path);
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    path.file_name()
        .map_or_else(|| folder.clone(), |name| folder.join(name))
}

fn report(app: &App, path: &Path, rows: u64, world: &mut World<'_>) -> Result<Exit, Failure> {
    if app.globals.json {
        let file = path.to_owned();
        json::emit(world.out, &Exported { file, rows })?;
    } else if !app.globals.quiet {
        let path = path.display().to_string();
        let rows = app.words.number(rows);
        let args = [("rows", rows.as_str()), ("path", &path)];
        writeln!(world.err, "{}", app.words.say("cli-exported", &args))?;
    }
    Ok(Exit::Ok)
}

/// Writes beside the target, then gives it its name.
fn into_file(
    path: &Path,
    force: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<u64, Failure>,
) -> Result<u64, Failure> {
    let unwritable = |cause: std::io::Error| {
        // What is not there can only be the folder.
        let place = match cause.kind() {
            std::io::ErrorKind::NotFound => files::folder(path),
            _ => path,
        };
        Failure::new(
            Exit::Data,
            Said::new("error-file").path(place).cause(&cause),
        )
    };
    let file = NamedTempFile::new_in(files::folder(path)).map_err(unwritable)?;
    let mut out = BufWriter::new(file);
    let rows = write(&mut out)?;
    let file = out
        .into_inner()
        .map_err(|error| unwritable(error.into_error()))?;
    file.as_file().sync_all().map_err(unwritable)?;
    let kept = if force {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    match kept {
        Ok(_) => Ok(rows),
        Err(PersistError { error, .. }) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(exists(path))
        }
        Err(PersistError { error, .. }) => Err(unwritable(error)),
    }
}

fn exists(path: &Path) -> Failure {
    Failure::new(Exit::Data, Said::new("error-export-exists").path(path))
        .hint(Said::new("error-export-exists-do"))
}
