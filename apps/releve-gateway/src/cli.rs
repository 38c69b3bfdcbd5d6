//! The command line, in the operator's language.

use std::path::PathBuf;

use clap::{Arg, Command, value_parser};
use service::{Lang, cli, tr};

/// All commands, their help in that language.
pub fn command(lang: Lang) -> Command {
    let serve = named(lang, "serve", "gateway-cli-serve");
    cli::command(lang, "releve-gateway", "gateway-cli-about")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .subcommand_required(true)
        .arg(cli::version(lang))
        .arg(cli::help(lang))
        .args(places(lang))
        .subcommand(serve.arg(cli::flag(lang, "plain-http", "gateway-cli-plain-http")))
        .subcommand(named(lang, "doctor", "gateway-cli-doctor").arg(json(lang)))
        .subcommand(clients(lang))
        .subcommands(records(lang))
}

fn places(lang: Lang) -> [Arg; 2] {
    let place = |name: &'static str, help, usual: &'static str| {
        path(lang, name, help)
            .help(tr(lang, help, &[("usual", usual)]))
            .global(true)
            .default_value(usual)
            .hide_default_value(true)
            .help_heading(tr(lang, "cli-heading-global", &[]))
    };
    let config = "/etc/releve-gateway/config.toml";
    [
        place("config", "gateway-cli-config", config),
        place(
            "data-dir",
            "gateway-cli-data-dir",
            "/var/lib/releve-gateway",
        ),
    ]
}

fn clients(lang: Lang) -> Command {
    let word = |name, value, help| cli::positional(lang, name, value, help).required(true);
    let id = || word("id", "gateway-cli-value-id", "gateway-cli-client-id");
    let add = named(lang, "add", "gateway-cli-client-add").args([
        word("name", "gateway-cli-value-name", "gateway-cli-client-name"),
        cli::option(
            lang,
            "id",
            "gateway-cli-value-id",
            "gateway-cli-client-new-id",
        ),
        cli::flag(lang, "secret", "gateway-cli-client-secret"),
    ]);
    let limit = named(lang, "limit", "gateway-cli-client-limit").args([
        id(),
        word(
            "requests",
            "gateway-cli-value-number",
            "gateway-cli-client-requests",
        )
        .value_parser(value_parser!(i64).range(0..=1_000_000)),
    ]);
    let ban = named(lang, "ban", "gateway-cli-client-ban");
    let ban = ban.args([id(), cli::flag(lang, "lift", "gateway-cli-client-lift")]);
    let list = named(lang, "list", "gateway-cli-client-list").arg(json(lang));
    group(lang, "client", "gateway-cli-client").subcommands([add, list, limit, ban])
}

fn records(lang: Lang) -> [Command; 4] {
    let consent = "gateway-cli-value-consent";
    let consent = cli::positional(lang, "consent", consent, "gateway-cli-proof-consent");
    let instant = |name, help| {
        let option = cli::option(lang, name, "gateway-cli-value-instant", help);
        option.value_parser(value_parser!(jiff::Timestamp))
    };
    let key = cli::option(
        lang,
        "key",
        "gateway-cli-value-number",
        "gateway-cli-breach-key",
    );
    let verify = named(lang, "verify", "gateway-cli-audit-verify");
    let rotate = named(lang, "rotate", "gateway-cli-keys-rotate");
    [
        named(lang, "proof", "gateway-cli-proof").arg(consent.required(true)),
        group(lang, "audit", "gateway-cli-audit").subcommand(verify),
        named(lang, "breach-list", "gateway-cli-breach").args([
            instant("from", "gateway-cli-breach-from"),
            instant("until", "gateway-cli-breach-until"),
            cli::option(
                lang,
                "client",
                "gateway-cli-value-id",
                "gateway-cli-breach-client",
            ),
            key.value_parser(value_parser!(u16)),
            path(lang, "token-file", "gateway-cli-breach-token"),
        ]),
        group(lang, "keys", "gateway-cli-keys").subcommand(rotate),
    ]
}

fn named(lang: Lang, name: &'static str, about: &str) -> Command {
    cli::command(lang, name, about).arg(cli::help(lang))
}

/// A command of commands.
fn group(lang: Lang, name: &'static str, about: &str) -> Command {
    named(lang, name, about).subcommand_required(true)
}

fn path(lang: Lang, name: &'static str, help: &str) -> Arg {
    cli::option(lang, name, "cli-value-path", help).value_parser(value_parser!(PathBuf))
}

fn json(lang: Lang) -> Arg {
    cli::flag(lang, "json", "gateway-cli-json")
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
