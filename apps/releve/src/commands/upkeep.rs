//! `backup`, `restore`, `vacuum`: the ledger's file.

use std::path::Path;

use ledger::{Access, LedgerError, Store};

use super::{doctor, notify};
use crate::cli::Upkeep;
use crate::json::upkeep::{Backup, Restored, Vacuumed};
use crate::session::{self, Writer};
use crate::{App, Exit, Failure, Said, World, json};

/// Looks after the installation.
pub(super) async fn upkeep(
    app: &App,
    args: &Upkeep,
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    match args {
        Upkeep::Report { file } => report(app, file.as_deref(), world).await,
        Upkeep::NotifyTest => notify::test(app, world).await,
        Upkeep::Doctor => doctor::doctor(app, world).await,
        Upkeep::Backup { file, force } => backup(app, file, *force, world),
        Upkeep::Restore { file } => restore(app, file, world),
        Upkeep::Vacuum => vacuum(app, world),
    }
}

/// Beside whoever writes.
fn backup(app: &App, file: &Path, force: bool, world: &mut World<'_>) -> Result<Exit, Failure> {
    let ledger = app.ledger()?;
    if file
        .canonicalize()
        .is_ok_and(|file| ledger.canonicalize().is_ok_and(|own| own == file))
    {
        return Err(Failure::usage(Said::new("error-backup-itself").path(file)));
    }
    let store = Store::open(&ledger, Access::Copy)?;
    store.backup(file, force).map_err(|error| match error {
        LedgerError::Io { path, source } if source.kind() == std::io::ErrorKind::AlreadyExists => {
            let said = Said::new("error-export-exists").path(&path);
            Failure::new(Exit::Data, said).hint(Said::new("error-export-exists-do"))
        }
        error => error.into(),
    })?;
    let bytes = std::fs::metadata(file)?.len();
    if app.globals.json {
        let file = file.to_owned();
        json::emit(world.out, &Backup { file, bytes })?;
    } else if !app.globals.quiet {
        let path = file.display().to_string();
        let size = app.words.megabytes(bytes);
        let args = [("path", path.as_str()), ("size", &size)];
        writeln!(world.out, "{}", app.words.say("backup-done", &args))?;
    }
    Ok(Exit::Ok)
}

/// Writes the bundle and says where to send it.
async fn report(app: &App, file: Option<&Path>, world: &mut World<'_>) -> Result<Exit, Failure> {
    let usual = app
        .now
        .strftime("releve-report-%Y%m%dT%H%M%SZ.txt")
        .to_string();
    let file = file.unwrap_or(Path::new(&usual));
    let bundle = crate::report::bundle(app, world).await;
    service::files::create_private(file, bundle.as_bytes()).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            let said = Said::new("error-report-exists").path(file);
            return Failure::new(Exit::Data, said).hint(Said::new("error-report-exists-do"));
        }
        Failure::new(Exit::Data, Said::new("error-file").path(file).cause(&error))
    })?;
    if app.globals.json {
        let (file, bytes) = (file.to_owned(), bundle.len() as u64);
        json::emit(world.out, &Backup { file, bytes })?;
        return Ok(Exit::Ok);
    }
    let path = file.display().to_string();
    writeln!(
        world.out,
        "{}",
        app.words.say("report-done", &[("path", &path)])
    )?;
    writeln!(world.out, "{}", app.words.t("report-send"))?;
    Ok(Exit::Ok)
}

fn restore(app: &App, file: &Path, world: &mut World<'_>) -> Result<Exit, Failure> {
    let ledger = app.ledger()?;
    let _lock = session::lock(&app.settings()?.settings.data_dir, "restore")?;
    let stamp = app
        .now
        .strftime(".before-restore-%Y%m%dT%H%M%SZ")
        .to_string();
    let restored = ledger::restore(file, &ledger, &stamp).map_err(no_copy)?;
    if app.globals.json {
        let kept = restored.kept;
        json::emit(world.out, &Restored { file: ledger, kept })?;
        return Ok(Exit::Ok);
    }
    if app.globals.quiet {
        return Ok(Exit::Ok);
    }
    let path = file.display().to_string();
    writeln!(
        world.out,
        "{}",
        app.words.say("restore-done", &[("path", &path)])
    )?;
    if let Some(kept) = restored.kept {
        let path = kept.display().to_string();
        writeln!(
            world.out,
            "{}",
            app.words.say("restore-kept", &[("path", &path)])
        )?;
    }
    Ok(Exit::Ok)
}

/// What is given is no copy: then that file is wrong, not the folder.
fn no_copy(error: LedgerError) -> Failure {
    let failure = match error {
        LedgerError::Absent { path } => {
            let cause = std::io::ErrorKind::NotFound.into();
            Failure::new(
                Exit::Data,
                Said::new("error-file").path(&path).cause(&cause),
            )
        }
        error @ LedgerError::Foreign { .. } => error.into(),
        error => return error.into(),
    };
    failure.hint(Said::new("error-restore-do"))
}

fn vacuum(app: &App, world: &mut World<'_>) -> Result<Exit, Failure> {
    // What is not there is not made.
    drop(Store::open(&app.ledger()?, Access::Copy)?);
    let mut writer = Writer::open(&app.settings()?.settings.data_dir, "vacuum")?;
    let (bytes_before, bytes_after) = writer.store.vacuum()?;
    if app.globals.json {
        let vacuumed = Vacuumed {
            bytes_before,
            bytes_after,
        };
        json::emit(world.out, &vacuumed)?;
    } else if !app.globals.quiet {
        let before = app.words.megabytes(bytes_before);
        let after = app.words.megabytes(bytes_after);
        let args = [("before", before.as_str()), ("after", &after)];
        writeln!(world.out, "{}", app.words.say("vacuum-done", &args))?;
    }
    Ok(Exit::Ok)
}
