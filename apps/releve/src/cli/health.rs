//! `doctor`, `report`, `notify`, `backup`, `restore`, `vacuum`: what may be written, and as types.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::Builder;
use crate::exit::{Failure, Said};

/// The names of these commands.
pub(super) const NAMES: [&str; 6] = ["doctor", "report", "notify", "backup", "restore", "vacuum"];

/// Looking after the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upkeep {
    /// Look at everything and advise.
    Doctor,
    /// Write what helps others to help, without secrets.
    Report {
        /// Where to; none: a name by the present instant, in the present folder.
        file: Option<PathBuf>,
    },
    /// Send a message by every configured way.
    NotifyTest,
    /// Copy the ledger.
    Backup {
        /// Where to.
        file: PathBuf,
        /// Replace a file that is there.
        force: bool,
    },
    /// Put a copy in the ledger's place.
    Restore {
        /// The copy.
        file: PathBuf,
    },
    /// Give back what the file does not need.
    Vacuum,
}

impl Builder {
    pub(super) fn upkeep(&self) -> Vec<Command> {
        let doctor = self.with_examples("doctor", "cli-doctor", "cli-doctor-examples");
        let backup = self
            .with_examples("backup", "cli-backup", "cli-backup-examples")
            .arg(self.one_file("cli-backup-file"))
            .arg(self.force("cli-backup-force"));
        let restore = self
            .with_examples("restore", "cli-restore", "cli-restore-examples")
            .arg(self.one_file("cli-restore-file"));
        let vacuum = self.plain("vacuum", "cli-vacuum");
        let report = self
            .with_examples("report", "cli-report", "cli-report-examples")
            .arg(self.one_file("cli-report-file").required(false));
        let test = self.plain("test", "cli-notify-test").arg(self.help());
        let notify = self
            .with_examples("notify", "cli-notify", "cli-notify-examples")
            .subcommand_required(true)
            .subcommand(test);
        let commands = [doctor, report, notify, backup, restore, vacuum];
        commands
            .into_iter()
            .map(|command| command.arg(self.help()))
            .collect()
    }

    fn one_file(&self, help: &str) -> Arg {
        self.positional("file", "cli-value-file", help)
            .required(true)
            .value_parser(value_parser!(PathBuf))
    }
}

/// One of these commands.
pub(super) fn read(name: &str, args: &ArgMatches) -> Result<Upkeep, Failure> {
    let file = || {
        let given = args.get_one::<PathBuf>("file").cloned();
        given.ok_or_else(|| Failure::usage(Said::new("error-usage-missing").with("arg", "FILE")))
    };
    Ok(match name {
        "backup" => Upkeep::Backup {
            file: file()?,
            force: args.get_flag("force"),
        },
        "restore" => Upkeep::Restore { file: file()? },
        "vacuum" => Upkeep::Vacuum,
        "report" => Upkeep::Report { file: file().ok() },
        "notify" => Upkeep::NotifyTest,
        _ => Upkeep::Doctor,
    })
}
