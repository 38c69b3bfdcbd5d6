//! `compare`.

use super::Page;
use crate::json::compare::{Comparison, Row};
use crate::table::{Align, Table};

impl Page {
    /// Offers side by side, the cheapest first.
    pub fn comparison(&mut self, comparison: &Comparison) {
        self.gap();
        self.subject(&comparison.subject);
        let title = self.words.days_title(comparison.first, comparison.last);
        self.line(&title);
        self.gap();
        for line in self.offers_table(&comparison.offers) {
            self.line(&line);
        }
        self.gap();
        let words = self.words;
        match words.cheapest(comparison) {
            Some(text) => self.sentence(&text, "  "),
            None => self.warning(&words.t("compare-no-cheapest")),
        }
        let exceeded = words.exceeded(&comparison.offers).into_iter();
        let incomplete = words.incomplete(&comparison.offers);
        for text in exceeded.chain(incomplete).chain(words.how_far(comparison)) {
            self.sentence(&text, "  ");
        }
        for note in &comparison.notes {
            self.warning(&words.price_note(note));
        }
    }

    fn offers_table(&self, rows: &[Row]) -> Vec<String> {
        let words = self.words;
        let mut table = Table::new([
            (Align::Left, words.t("compare-column-offer")),
            (Align::Right, words.t("compare-column-kva")),
            (Align::Right, words.t("compare-column-total")),
            (Align::Right, words.t("compare-column-above")),
            (Align::Left, String::new()),
        ]);
        for row in rows {
            let above = row.above_micro_euros.filter(|above| *above != 0);
            table.row([
                short(&row.offer.id),
                row.kva.map(|kva| kva.to_string()).unwrap_or_default(),
                // A sum of some of the prices would look like a price.
                if row.priced {
                    words.euros(row.total_micro_euros)
                } else {
                    "?".to_owned()
                },
                above.map(|above| words.euros(above)).unwrap_or_default(),
                self.row_remark(row),
            ]);
        }
        table.without_empty_columns().lines()
    }

    fn row_remark(&self, row: &Row) -> String {
        let words = self.words;
        let mut remarks = Vec::new();
        if row.current {
            remarks.push(words.t("compare-current"));
        }
        if row.highest_volt_amperes.is_some() {
            remarks.push(words.t("compare-exceeded"));
        }
        remarks.join(" · ")
    }
}

/// An id of the user's own that leaves room for the other columns.
fn short(id: &str) -> String {
    const LONGEST: usize = 24;
    match id.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &id[..end]),
        None => id.to_owned(),
    }
}
