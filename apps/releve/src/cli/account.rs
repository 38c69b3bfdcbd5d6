//! `account`: what may be written, and as types.

use clap::{Arg, ArgMatches, Command};

use super::Builder;
use super::args::word;

/// Looking after customer accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Account {
    /// Ask for the secrets of an account, sign in, begin to collect.
    Add {
        /// Its name; none: that of the only one.
        name: Option<String>,
        /// A person signs in in a browser, which gives the cookie.
        browser: bool,
        /// Do not begin to collect.
        no_fetch: bool,
    },
    /// Every account, and how it stands.
    List,
    /// Sign in once.
    Test {
        /// Its name; none: that of the only one.
        name: Option<String>,
    },
    /// Forget the secrets of an account.
    Remove {
        /// Its name.
        name: String,
    },
}

impl Builder {
    pub(super) fn account(&self) -> Command {
        let add = self
            .with_examples("add", "cli-account-add", "cli-account-add-examples")
            .arg(self.account_name())
            .arg(self.flag("browser", "cli-account-browser"))
            .arg(self.flag("no-fetch", "cli-account-no-fetch"));
        let test = self
            .plain("test", "cli-account-test")
            .arg(self.account_name());
        let remove = self
            .plain("remove", "cli-account-remove")
            .arg(self.account_name().required(true));
        let commands = [add, self.plain("list", "cli-account-list"), test, remove];
        self.with_examples("account", "cli-account", "cli-account-examples")
            .subcommand_required(true)
            .subcommands(commands.map(|command| command.arg(self.help())))
            .arg(self.help())
    }

    fn account_name(&self) -> Arg {
        self.positional("name", "cli-value-name", "cli-account-name")
    }
}

/// What is to be done.
pub(super) fn read(args: &ArgMatches) -> Account {
    let named = |args: &ArgMatches| word(args, "name").map(str::to_owned);
    match args.subcommand() {
        Some(("add", args)) => Account::Add {
            name: named(args),
            browser: args.get_flag("browser"),
            no_fetch: args.get_flag("no-fetch"),
        },
        Some(("test", args)) => Account::Test { name: named(args) },
        Some(("remove", args)) => Account::Remove {
            name: named(args).unwrap_or_default(),
        },
        _ => Account::List,
    }
}
