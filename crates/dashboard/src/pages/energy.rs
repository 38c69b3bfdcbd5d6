//! What the energy pages share: whose readings, under which address, and the
//! switches between them.

mod address;
mod cost;
mod day_curve;
mod segments;
mod whose;

pub(super) use address::Address;
pub(super) use cost::{cost_name, cost_notes, cost_of, known, offer_of};
pub(super) use day_curve::DayCurve;
pub(super) use segments::{Choice, Segments};
pub(super) use whose::{Empty, Whose, whose};

use home::Words;
use home::json::show::Total;
use meter::Direction;

/// The message that names a direction's energy.
pub(super) fn energy_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Consumption => "dash-consumption",
        Direction::Production => "dash-production",
    }
}

/// How many of the days that have passed are held; empty for all of them.
pub(super) fn how_many(words: Words, total: &Total) -> String {
    let passed = total.days.saturating_sub(total.days_to_come);
    let (held, days) = (total.days_held.to_string(), passed.to_string());
    let args = [("held", held.as_str()), ("days", days.as_str())];
    if passed == 0 {
        return words.t("show-to-come");
    }
    if total.days_held < passed {
        return words.say("dash-days-held", &args);
    }
    if total.days_to_come > 0 {
        let to_come = total.days_to_come.to_string();
        return words.say(
            "dash-days-so-far",
            &[("days", &days), ("to_come", &to_come)],
        );
    }
    String::new()
}

/// How much a value differs from another: with its sign, in percent where that
/// says something.
pub(super) fn percent(now: i64, before: i64) -> Option<i64> {
    let difference = i128::from(now) - i128::from(before);
    let base = i128::from(before.abs());
    if base == 0 {
        return None;
    }
    let half = base / 2 * difference.signum();
    i64::try_from((difference * 100 + half) / base).ok()
}

/// `+12 %`, `−3 %`, `0 %`.
pub(super) fn percent_text(words: Words, value: i64) -> String {
    match words.lang {
        service::Lang::Fr => words.signed(value, "%"),
        service::Lang::En => words.signed(value, "%").replace('\u{a0}', ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_rounded_once_and_nothing_is_compared_with_nothing() {
        assert_eq!(percent(110, 100), Some(10));
        assert_eq!(percent(2, 3), Some(-33));
        assert_eq!(percent(1, 3), Some(-67));
        assert_eq!(percent(5, 0), None);
        let words = Words {
            lang: service::Lang::En,
        };
        assert_eq!(percent_text(words, 10), "+10%");
    }
}
