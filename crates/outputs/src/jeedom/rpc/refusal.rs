//! The errors of Jeedom's envelope (measured on 4.1.8): a code, and a French
//! sentence that tells some of them apart.

use serde_json::Value;

use super::number;
use crate::jeedom::error::JeedomError;

/// What an error means that answered a method.
pub(super) fn read(
    method: &'static str,
    error: &Value,
    hide: impl Fn(&str) -> String,
) -> JeedomError {
    let code = error.get("code").and_then(Value::as_i64).unwrap_or(0);
    let message = error.get("message").and_then(Value::as_str);
    let message = hide(message.unwrap_or_default());
    let last = || {
        message
            .rsplit([' ', ':'])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let id = || number(&Value::String(last())).unwrap_or_default();
    match code {
        1 | 2 if message.contains("JSON-RPC disable") => JeedomError::Disabled,
        1 | 2 if message.ends_with(method) => JeedomError::Rights(method.to_owned()),
        1 | 2 if is_refusal(&message) => JeedomError::Key,
        702 | 701 => JeedomError::NoCommand(id()),
        602 => JeedomError::NoEquipment(id()),
        500 => JeedomError::NoMethod(method.to_owned()),
        -55000 if message.contains("1062") => JeedomError::NameTaken(taken(method, &message)),
        -32000 if message.starts_with("Type incorrect") => JeedomError::NoPlugin(plugin(&message)),
        _ => JeedomError::Other { code, message },
    }
}

/// Whatever its language, only this sentence carries no colon: the other error
/// of code 1 names the version of JSON-RPC after one.
fn is_refusal(message: &str) -> bool {
    !message.contains(':')
}

/// `… Duplicate entry '3-Conso Jour' for key 'unique'`: a command after its
/// equipment, an equipment before its object.
fn taken(method: &str, message: &str) -> String {
    let quoted = message.split('\'').nth(1).unwrap_or_default();
    let name = if method == "cmd::save" {
        quoted.split_once('-').map(|(_, name)| name)
    } else {
        quoted.rsplit_once('-').map(|(name, _)| name)
    };
    name.unwrap_or(quoted).to_owned()
}

/// `Type incorrect (classe commande inexistante)virtualCmd`.
fn plugin(message: &str) -> String {
    let class = message.rsplit(')').next().unwrap_or_default();
    class.strip_suffix("Cmd").unwrap_or(class).to_owned()
}
