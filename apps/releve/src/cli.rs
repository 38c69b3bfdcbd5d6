//! The command line: what may be written, in the reader's language.
//!
//! Built, not derived: every help text comes from the catalogue, and the
//! language is known before clap sees the first argument.

mod account;
mod args;
mod consent;
mod dashboard;
mod domoticz;
mod early;
mod health;
mod jeedom;
mod off_peak;
mod prices;
mod repair;
mod serve;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};
use service::{Lang, tr};

pub use account::Account;
pub use args::{Export, Globals, Import, InitArgs, LogLevel, Request, Show, Span, Sync, read};
pub use consent::Consent;
pub use dashboard::Dashboard;
pub use domoticz::{Domoticz, DomoticzAction};
pub use early::Early;
pub use health::Upkeep;
pub use jeedom::{Jeedom, JeedomOrder};
pub use off_peak::{OffPeak, Question};
pub use prices::{Colours, Compare, Cost, Tariff};
pub use repair::Repair;
pub use serve::Serve;

/// Shells that completions are written for.
pub const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// The whole command line in a language, helps wrapped at a width.
pub fn command(lang: Lang, width: usize) -> Command {
    let cli = Builder { lang };
    let mut command = cli
        .plain("releve", "cli-about")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .after_help(cli.text("cli-examples"))
        .term_width(width.min(100))
        .subcommand_required(true)
        .arg(service::cli::version(lang))
        .arg(cli.help());
    for global in cli.globals() {
        command = command.arg(global.global(true));
    }
    command
        .subcommand(cli.init().arg(cli.help()))
        .subcommand(cli.consent().arg(cli.help()))
        .subcommand(cli.sync().arg(cli.help()))
        .subcommand(cli.plain("run", "cli-run").arg(cli.help()))
        .subcommand(cli.serve())
        .subcommand(cli.repair())
        .subcommand(cli.import().arg(cli.help()))
        .subcommand(cli.show().arg(cli.help()))
        .subcommand(cli.status().arg(cli.help()))
        .subcommand(cli.export().arg(cli.help()))
        .subcommand(cli.cost().arg(cli.help()))
        .subcommand(cli.compare().arg(cli.help()))
        .subcommand(cli.tariff().arg(cli.help()))
        .subcommand(cli.off_peak().arg(cli.help()))
        .subcommand(cli.jeedom().arg(cli.help()))
        .subcommand(cli.domoticz().arg(cli.help()))
        .subcommand(cli.plain("check", "cli-check").arg(cli.help()))
        .subcommand(cli.account())
        .subcommand(cli.dashboard())
        .subcommands(cli.upkeep())
        .subcommand(cli.completions().arg(cli.help()))
}

struct Builder {
    lang: Lang,
}

impl Builder {
    fn text(&self, name: &str) -> String {
        tr(self.lang, name, &[])
    }

    fn plain(&self, name: &'static str, about: &str) -> Command {
        service::cli::command(self.lang, name, about)
    }

    fn with_examples(&self, name: &'static str, about: &str, examples: &str) -> Command {
        self.plain(name, about).after_help(self.text(examples))
    }

    fn help(&self) -> Arg {
        service::cli::help(self.lang)
    }

    fn flag(&self, name: &'static str, help: &str) -> Arg {
        service::cli::flag(self.lang, name, help)
    }

    fn option(&self, name: &'static str, value: &str, help: &str) -> Arg {
        service::cli::option(self.lang, name, value, help)
    }

    fn positional(&self, name: &'static str, value: &str, help: &str) -> Arg {
        service::cli::positional(self.lang, name, value, help)
    }

    fn globals(&self) -> Vec<Arg> {
        let heading = self.text("cli-heading-global");
        let path = |name, help| {
            self.option(name, "cli-value-path", help)
                .value_parser(value_parser!(std::path::PathBuf))
        };
        [
            path("config", "cli-config"),
            path("data-dir", "cli-data-dir"),
            self.choice("lang", &["fr", "en"], "cli-lang"),
            self.flag("json", "cli-json"),
            self.choice("log", &["error", "simple", "verbose"], "cli-log"),
            self.flag("quiet", "cli-quiet").short('q'),
        ]
        .map(|arg| arg.help_heading(heading.clone()))
        .into()
    }

    /// An option whose value is one of a few words, named in its help.
    fn choice(&self, name: &'static str, words: &[&'static str], help: &str) -> Arg {
        self.option(name, "cli-value-word", help)
            .value_name(words.join("|"))
            .hide_possible_values(true)
            .value_parser(PossibleValuesParser::new(words.to_vec()))
    }

    fn word(&self, name: &'static str, words: &[&'static str], help: &str) -> Arg {
        self.positional(name, "cli-value-word", help)
            .value_name(words.join("|"))
            .required(true)
            .display_order(1)
            .hide_possible_values(true)
            .value_parser(PossibleValuesParser::new(words.to_vec()))
    }

    fn usage_point(&self) -> Arg {
        self.option("usage-point", "cli-value-prm", "cli-usage-point")
    }

    fn direction(&self) -> Arg {
        self.choice("direction", &["consumption", "production"], "cli-direction")
    }

    fn force(&self, help: &str) -> Arg {
        self.flag("force", help)
    }

    fn init(&self) -> Command {
        self.with_examples("init", "cli-init", "cli-init-examples")
            .arg(self.force("cli-init-force"))
    }

    fn sync(&self) -> Command {
        self.with_examples("sync", "cli-sync", "cli-sync-examples")
            .arg(self.usage_point().action(ArgAction::Append))
    }

    fn import(&self) -> Command {
        self.with_examples("import", "cli-import", "cli-import-examples")
            .arg(
                self.positional("files", "cli-value-file", "cli-import-files")
                    .required(true)
                    .num_args(1..)
                    .value_parser(value_parser!(std::path::PathBuf)),
            )
            .arg(self.usage_point())
            .arg(self.direction())
    }

    fn show(&self) -> Command {
        self.with_examples("show", "cli-show", "cli-show-examples")
            .arg(self.word(
                "what",
                &["day", "week", "month", "year", "max"],
                "cli-show-what",
            ))
            .arg(
                self.positional("date", "cli-value-date", "cli-show-date")
                    .display_order(2),
            )
            .arg(self.usage_point())
            .arg(self.direction())
    }

    fn status(&self) -> Command {
        self.with_examples("status", "cli-status", "cli-status-examples")
    }

    fn export(&self) -> Command {
        let kinds = ["curve", "daily", "maximum", "index", "days"];
        let usage = format!(
            "releve export <csv|json> --kind {} --usage-point PRM [OPTIONS]",
            self.text("cli-value-word"),
        );
        self.with_examples("export", "cli-export", "cli-export-examples")
            .override_usage(usage)
            .arg(self.word("format", &["csv", "json"], "cli-export-format"))
            .arg(
                self.choice("kind", &kinds, "cli-export-kind")
                    .required(true),
            )
            .arg(self.usage_point().required(true))
            .arg(self.direction())
            .arg(self.option("from", "cli-value-date", "cli-export-from"))
            .arg(self.option("to", "cli-value-date", "cli-export-to"))
            .arg(
                self.option("output", "cli-value-file", "cli-export-output")
                    .short('o')
                    .value_parser(value_parser!(std::path::PathBuf)),
            )
            .arg(self.force("cli-export-force").requires("output"))
    }

    fn completions(&self) -> Command {
        self.with_examples("completions", "cli-completions", "cli-completions-examples")
            .arg(self.word("shell", &SHELLS, "cli-completions-shell"))
    }
}
