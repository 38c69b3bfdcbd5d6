//! What holds for every text: no panic, errors inside the text, and a printed
//! expression that means the same.

use jiff::civil::date;
use meter::{Direction, paris};
use proptest::prelude::*;
use proptest::sample::select;
use tariff::OffPeakRules;
use tariff::holidays::Zone;
use tariff::off_peak::English;

const DOCUMENTED: &str = "02h00-04h00 16:00-19:00 P 17h00-22h00 mercredi 11h-16h été 12h-13h \
     12345678901234 88888888888888 samedi dimanche 22h38–6h38; fe 0h-24h HC (0H54-6H54)";

const PIECES: [&str; 38] = [
    "P",
    "12345678901234",
    "88888888888888",
    "1234567890123",
    "lundi",
    "me",
    "we",
    "sat",
    "samedi",
    "fériés",
    "bank holiday",
    "weekend",
    "week-end",
    "lundi-vendredi",
    "sa - ma",
    "tous les jours",
    "every day",
    "été",
    "winter",
    "aucune",
    "none",
    "0h00-24h00",
    "2h-7h",
    "22:38-06:38",
    "1h00 à 6h00",
    "23h59-5h",
    "12h",
    "25h00",
    "-",
    ",",
    "et",
    "à",
    "(",
    "\u{a0}",
    "é",
    "𝟚",
    "😀",
    "h",
];

fn time() -> impl Strategy<Value = (u16, u16)> {
    (0_u16..24, 0_u16..60)
}

/// Hours that are always a range.
fn hours() -> impl Strategy<Value = String> {
    (time(), time())
        .prop_filter("two different times", |(from, to)| from != to)
        .prop_map(|(from, to)| format!("{}h{:02}-{}h{:02}", from.0, from.1, to.0, to.1))
}

fn part() -> impl Strategy<Value = String> {
    let place = select(vec![
        "",
        "lundi",
        "samedi et dimanche",
        "fériés",
        "tous les jours",
        "vendredi-mardi",
        "P",
        "été",
        "hiver",
        "12345678901234",
        "88888888888888",
        "fériés aucune",
    ]);
    (place, proptest::collection::vec(hours(), 0..3)).prop_map(|(place, hours)| {
        let hours = if place.ends_with("aucune") {
            Vec::new()
        } else {
            hours
        };
        format!("{place} {}", hours.join(" "))
    })
}

fn expression() -> impl Strategy<Value = String> {
    proptest::collection::vec(part(), 0..10).prop_map(|parts| parts.join(" "))
}

fn points_inside(text: &str) -> Result<(), TestCaseError> {
    let Err(error) = text.parse::<OffPeakRules>() else {
        return Ok(());
    };
    let span = error.span();
    prop_assert!(
        text.get(span.clone()).is_some_and(|part| !part.is_empty()),
        "{text:?} {span:?}"
    );
    prop_assert_eq!(text[..span.start].chars().count() + 1, error.column());
    prop_assert!(error.column() + error.width() <= text.chars().count() + 1);
    let corrected = error.corrected(text);
    prop_assert_eq!(corrected.is_some(), error.proposal.is_some());
    prop_assert_ne!(corrected.as_deref(), Some(text));
    Ok(())
}

/// The same hours on every day of a year, whatever the point and direction.
fn same_hours(left: &OffPeakRules, right: &OffPeakRules) -> Result<(), TestCaseError> {
    let points = left.usage_points().map(Some).chain([None]);
    for point in points {
        for direction in Direction::ALL {
            for day in paris::days(date(2026, 3, 20), date(2026, 5, 20)) {
                prop_assert_eq!(
                    left.windows(point, direction, day, Zone::Mainland),
                    right.windows(point, direction, day, Zone::Mainland)
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_printed_expression_is_the_same_plan_in_both_languages(text in expression()) {
        let Ok(rules) = text.parse::<OffPeakRules>() else {
            // A day directly before `P` or a season.
            return Ok(());
        };
        let french = rules.to_string();
        let again: OffPeakRules = french.parse().unwrap();
        prop_assert_eq!(&again, &rules, "{} became {}", text, french);
        prop_assert_eq!(again.to_string(), french);
        let english = English(&rules).to_string();
        let again: OffPeakRules = english.parse().unwrap();
        prop_assert_eq!(&again, &rules, "{} became {}", text, english);
        same_hours(&again, &rules)?;
    }

    #[test]
    fn any_text_is_understood_or_refused_inside_itself(text in any::<String>()) {
        points_inside(&text)?;
    }

    #[test]
    fn any_mixture_of_pieces_is_understood_or_refused_inside_itself(
        pieces in proptest::collection::vec((select(PIECES.to_vec()), select(vec!["", " "])), 0..12)
    ) {
        let text: String = pieces.iter().flat_map(|(piece, space)| [*piece, *space]).collect();
        points_inside(&text)?;
        if let Ok(rules) = text.parse::<OffPeakRules>() {
            prop_assert_eq!(rules.to_string().parse::<OffPeakRules>(), Ok(rules));
        }
    }

    #[test]
    fn a_damaged_expression_is_understood_or_refused_inside_itself(
        at in 0_usize..200, length in 0_usize..4, put in "[ -~é–]{0,3}"
    ) {
        let letters: Vec<char> = DOCUMENTED.chars().collect();
        let at = at.min(letters.len());
        let after = (at + length).min(letters.len());
        let text: String = letters[..at].iter().copied()
            .chain(put.chars())
            .chain(letters[after..].iter().copied())
            .collect();
        points_inside(&text)?;
    }
}

#[test]
fn the_generator_mostly_writes_expressions_that_are_understood() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let understood = (0..200)
        .filter(|_| {
            let text = expression().new_tree(&mut runner).unwrap().current();
            text.parse::<OffPeakRules>().is_ok()
        })
        .count();
    assert!(understood > 100, "{understood} of 200");
    assert!(DOCUMENTED.parse::<OffPeakRules>().is_ok());
}
