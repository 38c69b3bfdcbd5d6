//! The guide's table of texts that others misread says what Relevé does.

use tariff::OffPeakRules;

const FR: &str = include_str!("../../../docs/fr/heures-creuses.md");
const EN: &str = include_str!("../../../docs/en/off-peak.md");

/// Every input that a widespread plugin misreads, as the table names it.
const TRAPS: [&str; 19] = [
    "2h-7h 13h-16h",
    "2h00–7h00 13h00-16h00",
    "1h00 jusqu'à 6h00",
    "12h",
    "weekend 0h-24h",
    "week-end 0h-24h",
    "semaine 0h-24h",
    "tous les jours 1h00-2h00",
    "public holiday 0h00-23h59",
    "pentecôte 0h-24h",
    "samedi dimanche 0h00-23h59",
    "lundi-vendredi 22h00-6h00",
    "mercredi, 8h00-9h00",
    "samedi 1h00-2h00 et 3h00-4h00",
    "mercredi P 11h00-16h00",
    "0h00-0h00",
    "samedi 22h00-6h00",
    "00h50-7h20 12h20-13h50",
    "WE 0h-24h",
];

/// Each row of the table: its texts, and what it says of them.
fn rows(guide: &str, heading: &str) -> Vec<(Vec<String>, String)> {
    let (_, table) = guide.split_once(heading).expect("the table's heading");
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let mut cells = row.split(" | ");
        let texts = quoted(cells.next().unwrap_or_default());
        (texts, cells.next().unwrap_or_default().to_owned())
    })
    .collect()
}

fn quoted(cell: &str) -> Vec<String> {
    let parts = cell.split('`').enumerate();
    let inside = parts.filter(|(at, _)| at % 2 == 1);
    inside.map(|(_, text)| text.to_owned()).collect()
}

fn check(guide: &str, heading: &str, refused: &str) {
    let rows = rows(guide, heading);
    let named: Vec<&String> = rows.iter().flat_map(|(texts, _)| texts).collect();
    for trap in TRAPS {
        assert!(named.iter().any(|text| *text == trap), "{trap} has no line");
    }
    for (texts, said) in &rows {
        for text in texts {
            let read = text.parse::<OffPeakRules>();
            assert_eq!(read.is_err(), said.starts_with(refused), "{text}: {said}");
            let Err(error) = read else { continue };
            let proposal = error.proposal.unwrap_or_default();
            for proposed in quoted(said) {
                assert!(proposal.contains(&proposed), "{text}: {proposal}");
            }
        }
    }
}

#[test]
fn every_misread_text_has_a_line_and_the_line_is_true_in_french() {
    check(FR, "## Ce qui était mal compris ailleurs", "refusé");
}

#[test]
fn every_misread_text_has_a_line_and_the_line_is_true_in_english() {
    check(EN, "## What was misread elsewhere", "refused");
}

#[test]
fn a_number_of_thirteen_digits_is_no_usage_point_as_the_guide_says() {
    assert!("1234567890123 1h00-6h00".parse::<OffPeakRules>().is_err());
    assert!(FR.contains("13 chiffres") && EN.contains("13 digits"));
}
