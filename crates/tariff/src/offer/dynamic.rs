//! Prices that change every hour or quarter of an hour, from a file.
//!
//! A line holds an instant and a price, which lasts until the next line when
//! that comes after a usual step. A longer distance is a hole: unknown.

use jiff::Timestamp;

use super::MicroEuro;
use super::error::Fault;
use super::money::MoneyError;

/// A series of prices per kWh, each from an instant on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DynamicPrices {
    /// Sorted by start.
    rows: Vec<Row>,
}

/// Minutes since 1970 in UTC, `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    from: i64,
    to: i64,
    price: MicroEuro,
}

/// The steps at which spot markets are settled, in minutes.
const STEPS: [i64; 3] = [15, 30, 60];

impl DynamicPrices {
    /// Reads `start,eur_per_kwh` lines (or `eur_per_mwh`; comma, semicolon or
    /// tab between). Starts carry their offset.
    pub fn read(file: &str, text: &str) -> Result<Self, Fault> {
        let fault = |line, problem: String| Fault::Prices {
            file: file.to_owned(),
            line,
            problem,
        };
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = text.lines().enumerate();
        let heading = lines.next().map_or("", |(_, line)| line);
        let per_mwh = match split(heading).map(|(_, unit)| unit.trim()) {
            Some("eur_per_kwh") => false,
            Some("eur_per_mwh") => true,
            _ => {
                let problem = "the first line must be start,eur_per_kwh or start,eur_per_mwh";
                return Err(fault(1, problem.to_owned()));
            }
        };
        let mut starts = Vec::new();
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let at = |problem: String| fault(index + 1, problem);
            let (start, price) =
                split(line).ok_or_else(|| at("an instant and a price".to_owned()))?;
            let start: Timestamp = start.trim().parse().map_err(|_| {
                at("the start needs its date, time and offset: 2026-01-15T18:00:00+01:00".into())
            })?;
            let price = price_of(price, per_mwh).map_err(|error| at(error.to_string()))?;
            if !price.is_plausible_per_kwh() {
                return Err(at(format!("{price} euros per kWh")));
            }
            let minute = start.as_second().div_euclid(60);
            if starts.last().is_some_and(|(_, last, _)| *last >= minute) {
                return Err(at("not after the line before".to_owned()));
            }
            starts.push((index + 1, minute, price));
        }
        Ok(Self {
            rows: rows(&starts),
        })
    }

    /// The price at a minute since 1970, and the minute until which it, or its
    /// absence, lasts.
    pub(crate) fn at(&self, minute: i64) -> (Option<MicroEuro>, i64) {
        let next = self.rows.partition_point(|row| row.from <= minute);
        let held = next
            .checked_sub(1)
            .and_then(|index| self.rows.get(index))
            .filter(|row| minute < row.to);
        match held {
            Some(row) => (Some(row.price), row.to),
            None => (None, self.rows.get(next).map_or(i64::MAX, |row| row.from)),
        }
    }

    /// How many prices there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// A decimal comma would be the third field: it stays with the price, and is
/// refused there.
fn split(line: &str) -> Option<(&str, &str)> {
    line.split_once([';', ',', '\t'])
}

fn price_of(text: &str, per_mwh: bool) -> Result<MicroEuro, MoneyError> {
    let price: MicroEuro = text.parse()?;
    match per_mwh {
        false => Ok(price),
        true if price.0 % 1000 == 0 => Ok(MicroEuro(price.0 / 1000)),
        true => Err(MoneyError::TooFine(text.trim().to_owned())),
    }
}

fn rows(starts: &[(usize, i64, MicroEuro)]) -> Vec<Row> {
    let step = |pair: &[(usize, i64, MicroEuro)]| pair[1].1 - pair[0].1;
    let usual = |step: &i64| STEPS.contains(step);
    let mut last = starts.windows(2).map(step).find(usual);
    let mut rows = Vec::with_capacity(starts.len());
    for (index, (_, from, price)) in starts.iter().enumerate() {
        let own = starts.get(index..index + 2).map(step);
        // Before a hole, and at the end, a price lasts as long as the one before.
        let shorter = |step: &i64| own.is_none_or(|own| *step <= own);
        last = own.filter(usual).or(last.filter(shorter));
        if let Some(step) = last {
            rows.push(Row {
                from: *from,
                to: from + step,
                price: *price,
            });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_second() / 60
    }

    #[test]
    fn hours_become_quarters_in_one_file_and_a_hole_is_unknown() {
        let prices = DynamicPrices::read(
            "spot.csv",
            "start;eur_per_mwh\n\
             2025-09-30T22:00:00+02:00;84.37\n\
             2025-09-30T23:00:00+02:00;-5\n\
             2025-10-01T00:00:00+02:00;70.1\n\
             2025-10-01T00:15:00+02:00;71\n\
             2025-10-01T03:00:00+02:00;72\n",
        )
        .unwrap();
        let at = |text: &str| prices.at(minute(text)).0.map(|price| price.0);
        assert_eq!(at("2025-09-30T20:00:00Z"), Some(84_370));
        assert_eq!(at("2025-09-30T21:59:00Z"), Some(-5_000));
        assert_eq!(at("2025-09-30T22:14:00Z"), Some(70_100));
        assert_eq!(at("2025-09-30T22:29:00Z"), Some(71_000));
        assert_eq!(at("2025-09-30T22:30:00Z"), None);
        assert_eq!(at("2025-10-01T01:14:00Z"), Some(72_000));
        assert_eq!(at("2025-10-01T01:15:00Z"), None);
        assert_eq!(at("2025-09-30T19:59:00Z"), None);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let error = |text: &str| {
            DynamicPrices::read("spot.csv", text)
                .unwrap_err()
                .to_string()
        };
        let after = |rows: &str| error(&format!("start;eur_per_kwh\n{rows}"));
        assert_eq!(
            error("heure;prix\n"),
            "spot.csv, line 1: the first line must be start,eur_per_kwh or start,eur_per_mwh"
        );
        assert_eq!(
            after("2025-09-30T22:00:00Z;0,08"),
            "spot.csv, line 2: \"0,08\" has a comma: write 0.08"
        );
        assert_eq!(
            after("2025-09-30T22:00:00Z;84.37"),
            "spot.csv, line 2: 84.370000 euros per kWh"
        );
        assert_eq!(
            after("2025-09-30 22:00;0.08"),
            "spot.csv, line 2: the start needs its date, time and offset: 2026-01-15T18:00:00+01:00"
        );
        assert_eq!(
            after("2025-09-30T22:00:00Z;1\n2025-09-30T22:00:00Z;1"),
            "spot.csv, line 3: not after the line before"
        );
    }
}
