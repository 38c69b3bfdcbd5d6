//! Plain tables: columns aligned by what a terminal shows, nothing else.

use unicode_width::UnicodeWidthStr;

/// On which side a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows of cells under a heading.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Align>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with its headings.
    pub fn new<const N: usize>(columns: [(Align, String); N]) -> Self {
        Self::of(columns.into())
    }

    /// The same for columns that are not known beforehand.
    pub fn of(columns: Vec<(Align, String)>) -> Self {
        let (columns, headings) = columns.into_iter().unzip();
        Self {
            columns,
            rows: vec![headings],
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Leaves out the columns in which only the heading has text.
    #[must_use]
    pub fn without_empty_columns(mut self) -> Self {
        let used: Vec<bool> = (0..self.columns.len())
            .map(|at| {
                self.rows
                    .iter()
                    .skip(1)
                    .any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()))
            })
            .collect();
        let keep = |at: usize| used.get(at).copied().unwrap_or(true);
        retain(&mut self.columns, keep);
        for row in &mut self.rows {
            retain(row, keep);
        }
        self
    }

    /// The table's lines, two spaces between columns, none at the end.
    pub fn lines(&self) -> Vec<String> {
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|at| {
                let cells = self.rows.iter().filter_map(|row| row.get(at));
                cells.map(|cell| cell.width()).max().unwrap_or(0)
            })
            .collect();
        self.rows
            .iter()
            .map(|row| {
                let cells = row.iter().zip(&widths).zip(&self.columns);
                let cells: Vec<_> = cells
                    .map(|((cell, width), align)| pad(cell, *width, *align))
                    .collect();
                cells.join("  ").trim_end().to_owned()
            })
            .collect()
    }
}

fn retain<T>(items: &mut Vec<T>, keep: impl Fn(usize) -> bool) {
    let mut at = 0;
    items.retain(|_| {
        at += 1;
        keep(at - 1)
    });
}

/// A text filled with spaces up to a width on the terminal.
pub fn pad(text: &str, width: usize, align: Align) -> String {
    let space = " ".repeat(width.saturating_sub(text.width()));
    match align {
        Align::Left => format!("{text}{space}"),
        Align::Right => format!("{space}{text}"),
    }
}

/// Columns that a text takes on the terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A bar of eighths, `part` of `whole` long; something is always seen of something.
pub fn bar(part: u64, whole: u64, columns: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if part == 0 || whole == 0 {
        return String::new();
    }
    let full = columns as u64 * 8;
    let eighths = u128::from(part) * u128::from(full) / u128::from(whole);
    let eighths = u64::try_from(eighths).unwrap_or(full).clamp(1, full) as usize;
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_what_is_seen_not_by_bytes() {
        let mut table = Table::new([
            (Align::Left, "nom".to_owned()),
            (Align::Right, "kWh".to_owned()),
        ]);
        table.row(["été".to_owned(), "1,5".to_owned()]);
        table.row(["日本".to_owned(), "10,5".to_owned()]);
        assert_eq!(table.lines(), ["nom    kWh", "été    1,5", "日本  10,5"]);
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_and_never_longer() {
        assert_eq!(bar(0, 10, 4), "");
        assert_eq!(bar(1, 1_000_000, 4), "▏");
        assert_eq!(bar(5, 10, 4), "██");
        assert_eq!(bar(20, 10, 4), "████");
    }

    #[test]
    fn a_column_with_nothing_in_it_goes() {
        let mut table = Table::new([(Align::Left, "a".to_owned()), (Align::Left, "b".to_owned())]);
        table.row(["1".to_owned(), String::new()]);
        assert_eq!(table.without_empty_columns().lines(), ["a", "1"]);
    }
}
