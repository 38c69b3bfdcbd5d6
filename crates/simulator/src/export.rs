//! Files as the customer portal exports them, from the same household.

use std::fmt::Write;

use jiff::civil::Date;
use meter::{Direction, Interval, paris};

use crate::truth::Truth;

/// File format A: the classic half-hour CSV of `[from, to)`, with BOM, `;`, and
/// END stamps with their offset (reference, section 4.1 a). Holes are left out.
pub fn format_a(truth: &Truth, direction: Direction, from: Date, to: Date) -> String {
    let metier = match direction {
        Direction::Consumption => "Consommation",
        Direction::Production => "Production",
    };
    let mut file = format!(
        "\u{feff}Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;\
         Grandeur metier;Etape metier;Unite;Pas en minutes\n\
         {};Courbe de charge;{};{};Energie active;{metier};Comptage Brut;W;\n\nHorodate;Valeur\n",
        truth.usage_point(),
        from.strftime("%d/%m/%Y"),
        to.strftime("%d/%m/%Y"),
    );
    for day in paris::days(from, to) {
        for interval in truth.collected_day(direction, day) {
            row(&mut file, &interval);
        }
    }
    file
}

fn row(file: &mut String, interval: &Interval) {
    let end = interval.end().to_zoned(paris::zone().clone());
    let stamp = end.strftime("%Y-%m-%dT%H:%M:%S%:z");
    // Writing to a string never fails.
    let _ = writeln!(file, "{stamp};{}", interval.watts);
}
