//! A table as a file of comma-separated values: plain numbers in small units,
//! for programs and spreadsheets.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};

/// What a page's chart shows, as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The file's name without its ending: letters, digits and `-`.
    pub name: String,
    /// The names of the columns, the same in every language.
    pub head: Vec<String>,
    /// The lines, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// The whole file.
    pub fn text(&self) -> Option<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.head).ok()?;
        for row in &self.rows {
            writer
                .write_record(row.iter().map(|cell| harmless(cell)))
                .ok()?;
        }
        writer.into_inner().ok()
    }

    fn file_name(&self) -> String {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let name: String = self.name.chars().filter(|letter| plain(*letter)).collect();
        format!("attachment; filename=\"releve-{name}.csv\"")
    }
}

/// A text that a spreadsheet would take for a formula is quoted; numbers are not.
fn harmless(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula && cell.parse::<i64>().is_err() {
        return format!("'{cell}");
    }
    cell.to_owned()
}

impl IntoResponse for Sheet {
    fn into_response(self) -> Response {
        let Some(text) = self.text() else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let mut answer = text.into_response();
        let headers = answer.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        );
        if let Ok(name) = HeaderValue::from_str(&self.file_name()) {
            headers.insert(CONTENT_DISPOSITION, name);
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_quoted_and_a_number_is_not() {
        let sheet = Sheet {
            name: "../a\"b".into(),
            head: vec!["a".into(), "b".into()],
            rows: vec![
                vec!["-12".into(), "=cmd()".into()],
                vec!["x,y".into(), String::new()],
            ],
        };
        let text = String::from_utf8(sheet.text().unwrap()).unwrap();
        assert_eq!(text, "a,b\n-12,'=cmd()\n\"x,y\",\n");
        assert_eq!(sheet.file_name(), "attachment; filename=\"releve-ab.csv\"");
    }
}
