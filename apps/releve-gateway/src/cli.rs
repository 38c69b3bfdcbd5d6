//! The command line.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};
use service::{Lang, tr};

/// All commands, their help in that language.
pub fn command(lang: Lang) -> Command {
    Command::new("releve-gateway")
        .about(tr(lang, "gateway-cli-about", &[]))
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(places(lang))
        .subcommand(named(lang, "serve", "gateway-cli-serve").arg(flag(
            lang,
            "plain-http",
            "gateway-cli-plain-http",
        )))
        .subcommand(named(lang, "doctor", "gateway-cli-doctor").arg(json(lang)))
        .subcommand(clients(lang))
        .subcommands(records(lang))
}

fn places(lang: Lang) -> [Arg; 2] {
    let path = |name: &'static str, text| {
        Arg::new(name)
            .long(name)
            .value_name("PATH")
            .value_parser(value_parser!(PathBuf))
            .global(true)
            .help(tr(lang, text, &[]))
    };
    [
        path("config", "gateway-cli-config").default_value("/etc/releve-gateway/config.toml"),
        path("data-dir", "gateway-cli-data-dir").default_value("/var/lib/releve-gateway"),
    ]
}

fn clients(lang: Lang) -> Command {
    let id = || {
        Arg::new("id")
            .required(true)
            .help(tr(lang, "gateway-cli-client-id", &[]))
    };
    let add = named(lang, "add", "gateway-cli-client-add").args([
        Arg::new("name")
            .required(true)
            .help(tr(lang, "gateway-cli-client-name", &[])),
        Arg::new("id")
            .long("id")
            .help(tr(lang, "gateway-cli-client-new-id", &[])),
        flag(lang, "secret", "gateway-cli-client-secret"),
    ]);
    let limit = named(lang, "limit", "gateway-cli-client-limit").args([
        id(),
        Arg::new("requests")
            .required(true)
            .value_parser(value_parser!(i64).range(0..=1_000_000))
            .help(tr(lang, "gateway-cli-client-requests", &[])),
    ]);
    let ban = named(lang, "ban", "gateway-cli-client-ban")
        .args([id(), flag(lang, "lift", "gateway-cli-client-lift")]);
    named(lang, "client", "gateway-cli-client")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            add,
            named(lang, "list", "gateway-cli-client-list").arg(json(lang)),
            limit,
            ban,
        ])
}

fn records(lang: Lang) -> [Command; 4] {
    let value = |name: &'static str, text| Arg::new(name).long(name).help(tr(lang, text, &[]));
    let group = |name, text, inner| {
        named(lang, name, text)
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommand(inner)
    };
    let consent =
        Arg::new("consent")
            .required(true)
            .help(tr(lang, "gateway-cli-proof-consent", &[]));
    let instant = || value_parser!(jiff::Timestamp);
    [
        named(lang, "proof", "gateway-cli-proof").arg(consent),
        group(
            "audit",
            "gateway-cli-audit",
            named(lang, "verify", "gateway-cli-audit-verify"),
        ),
        named(lang, "breach-list", "gateway-cli-breach").args([
            value("from", "gateway-cli-breach-from").value_parser(instant()),
            value("until", "gateway-cli-breach-until").value_parser(instant()),
            value("client", "gateway-cli-breach-client"),
            value("key", "gateway-cli-breach-key").value_parser(value_parser!(u16)),
            value("token-file", "gateway-cli-breach-token")
                .value_name("PATH")
                .value_parser(value_parser!(PathBuf)),
        ]),
        group(
            "keys",
            "gateway-cli-keys",
            named(lang, "rotate", "gateway-cli-keys-rotate"),
        ),
    ]
}

fn named(lang: Lang, name: &'static str, text: &str) -> Command {
    Command::new(name).about(tr(lang, text, &[]))
}

fn json(lang: Lang) -> Arg {
    flag(lang, "json", "gateway-cli-json")
}

fn flag(lang: Lang, name: &'static str, text: &str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(tr(lang, text, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for lang in Lang::ALL {
            command(lang).debug_assert();
        }
    }
}
