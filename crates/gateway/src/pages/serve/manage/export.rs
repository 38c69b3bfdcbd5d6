//! Everything held about a consent, as a table of paths and values.

use std::fmt::Write as _;

use serde_json::Value;

/// One line a value: `points.0.directions,consumption`.
pub(super) fn csv(held: &Value) -> String {
    let mut out = String::from("path,value\r\n");
    rows(held, "", &mut out);
    out
}

fn rows(value: &Value, path: &str, out: &mut String) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| rows(value, &join(path, name), out)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, value)| rows(value, &join(path, &at.to_string()), out)),
        Value::String(text) => line(path, text, out),
        Value::Null => line(path, "", out),
        other => line(path, &other.to_string(), out),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn line(path: &str, value: &str, out: &mut String) {
    let _ = write!(out, "{},{}\r\n", cell(path), cell(value));
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_a_line_and_never_a_formula() {
        let held = json!({"app": "=1+2\"", "points": [{"masked": "3023"}], "n": 3, "none": null});
        let lines = "path,value\r\n\"app\",\"'=1+2\"\"\"\r\n\"n\",\"3\"\r\n\"none\",\"\"\r\n\
                     \"points.0.masked\",\"3023\"\r\n";
        assert_eq!(csv(&held), lines);
    }
}
