//! A sentence of the catalogue as HTML: values escaped, `**words**` made strong.

use std::fmt::Write as _;

use askama::filters::Safe;
use service::{Args, Lang, tr};

/// The message with its values escaped and its marked words strong. The texts
/// of the catalogue are ours and hold no HTML (a test checks); the values may
/// hold anything.
pub(super) fn rich(lang: Lang, name: &str, args: &Args) -> Safe<String> {
    let escaped: Vec<(&str, String)> = args
        .iter()
        .map(|(key, value)| (*key, escape(value)))
        .collect();
    let args: Vec<(&str, &str)> = escaped.iter().map(|(k, v)| (*k, v.as_str())).collect();
    Safe(strong(&tr(lang, name, &args)))
}

/// Escapes what means something in HTML or in our own marks.
fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' | '<' | '>' | '"' | '\'' | '*' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

fn strong(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    for (at, part) in text.split("**").enumerate() {
        match at {
            0 => {}
            at if at % 2 == 1 => out.push_str("<strong>"),
            _ => out.push_str("</strong>"),
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_bring_html_or_marks() {
        let args = [("app", "<b>**x**</b>&"), ("publisher", "\"'")];
        let text = rich(Lang::En, "gateway-consent-intro", &args).0;
        assert!(
            text.starts_with(
                "<strong>&#60;b&#62;&#42;&#42;x&#42;&#42;&#60;/b&#62;&#38;</strong> (&#34;&#39;)"
            ),
            "{text}"
        );
    }
}
