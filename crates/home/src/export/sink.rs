//! Where exported rows go: CSV or JSON, one row at a time.

use std::io::Write;

use serde::Serialize;

use super::Format;
use crate::exit::Failure;
use crate::json::export::Frame;

/// A form that takes rows.
pub(super) struct Sink<'a> {
    form: Form<'a>,
    rows: u64,
}

enum Form<'a> {
    Csv(Box<csv::Writer<&'a mut dyn Write>>),
    Json(&'a mut dyn Write),
}

impl<'a> Sink<'a> {
    /// Writes what comes before the rows.
    pub(super) fn new(
        format: Format,
        frame: &Frame,
        headings: &[&str],
        out: &'a mut dyn Write,
    ) -> Result<Self, Failure> {
        let form = match format {
            Format::Csv => {
                // Headings also where no row follows.
                let mut csv = csv::WriterBuilder::new()
                    .has_headers(false)
                    .from_writer(out);
                csv.write_record(headings)?;
                Form::Csv(Box::new(csv))
            }
            Format::Json => {
                let frame = serde_json::to_string(frame)?;
                // The frame's object goes on with the rows.
                let open = frame.strip_suffix('}').unwrap_or(&frame);
                write!(out, "{open},\"rows\":[")?;
                Form::Json(out)
            }
        };
        Ok(Self { form, rows: 0 })
    }

    /// Writes a row.
    pub(super) fn row(&mut self, row: &impl Serialize) -> Result<(), Failure> {
        match &mut self.form {
            Form::Csv(csv) => csv.serialize(row)?,
            Form::Json(out) => {
                out.write_all(if self.rows > 0 { b",\n" } else { b"\n" })?;
                serde_json::to_writer(&mut **out, row)?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Writes what comes after the rows; how many they were.
    pub(super) fn finish(self) -> Result<u64, Failure> {
        match self.form {
            Form::Csv(mut csv) => csv.flush()?,
            Form::Json(out) => out.write_all(b"\n]}\n")?,
        }
        Ok(self.rows)
    }
}
