//! The window of a call about measures, and why it is refused.

use enedis::Generation;
use jiff::ToSpan;
use jiff::civil::Date;
use meter::{Direction, Kind, UsagePoint, paris};

use crate::form::Form;
use crate::problem::Refusal;
use crate::profile::Profile;

/// Whole local days `[from, to)` of one usage point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub prm: UsagePoint,
    pub from: Date,
    pub to: Date,
}

/// Reads and checks what can be checked without knowing the usage point.
pub(crate) fn read(
    generation: Generation,
    kind: Kind,
    form: &Form,
    today: Date,
) -> Result<Window, Refusal> {
    let [prm, from, to] = generation.query_names().map(|name| form.get(name));
    let prm = read_prm(prm)?;
    let from = from.ok_or(Refusal::Malformed("Start date parameter is required."))?;
    let from = read_date(
        from,
        "start date parameter must be in the format yyyy-mm-dd.",
    )?;
    let to = to.ok_or(Refusal::Malformed("End date parameter is required."))?;
    let to = read_date(to, "end date parameter must be in the format yyyy-mm-dd.")?;
    let window = Window { prm, from, to };
    match generation {
        Generation::V5 => window.check_v5(today)?,
        Generation::V2026 => window.check_2026(kind, form)?,
    }
    if kind == Kind::Curve && paris::days_between(from, to) > 7 {
        return Err(Refusal::TooLong);
    }
    Ok(window)
}

/// A usage point of exactly 14 digits: an API forgives no spaces.
pub(crate) fn read_prm(text: Option<&str>) -> Result<UsagePoint, Refusal> {
    let text = text.ok_or(Refusal::Malformed("usage_point_id parameter is required."))?;
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|_| digits)
        .ok_or(Refusal::Malformed(
            "usage_point_id parameter must be 14 digits long.",
        ))
}

fn read_date(text: &str, otherwise: &'static str) -> Result<Date, Refusal> {
    enedis::stamp::date(text).ok_or(Refusal::Malformed(otherwise))
}

impl Window {
    fn check_v5(self, today: Date) -> Result<(), Refusal> {
        if self.to > today {
            return Err(Refusal::Malformed(
                "The end date parameter must be earlier than the current date.",
            ));
        }
        if self.from >= self.to {
            return Err(Refusal::Malformed("Start date should be before end date."));
        }
        Ok(())
    }

    /// Any call outside the description is a technical error, never a hint.
    fn check_2026(self, kind: Kind, form: &Form) -> Result<(), Refusal> {
        let outside = Refusal::Malformed("outside the description");
        if self.from > self.to || (self.from == self.to && kind == Kind::Curve) {
            return Err(outside);
        }
        if kind == Kind::Maximum {
            let step = form.get("mesuresPas") == Some("P1D");
            let quantity = matches!(form.get("grandeurPhysique"), Some("PMA" | "TOUT"));
            if !step || !quantity {
                return Err(outside);
            }
        }
        Ok(())
    }

    /// What the usage point's meter and contract say against the window.
    pub(crate) fn check_point(
        self,
        profile: &Profile,
        kind: Kind,
        direction: Direction,
        today: Date,
    ) -> Result<(), Refusal> {
        let since = profile.as_of(today).since(direction);
        let since = since.ok_or(Refusal::WrongDirection)?;
        if self.from < since {
            return Err(Refusal::BeforeActivation);
        }
        if self.from < history_start(kind, today) {
            return Err(Refusal::BeyondHistory);
        }
        if kind == Kind::Curve && !profile.curve_collected {
            return Err(Refusal::CurveOff);
        }
        Ok(())
    }
}

/// The first day that Enedis still keeps: 24 months of curve, 36 of the rest,
/// and 15 days.
pub fn history_start(kind: Kind, today: Date) -> Date {
    let months = if kind == Kind::Curve { 24 } else { 36 };
    today
        .saturating_sub(months.months())
        .saturating_sub(15.days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    fn v5(kind: Kind, query: &str) -> Result<Window, Refusal> {
        read(Generation::V5, kind, &Form::parse(query.as_bytes()), TODAY)
    }

    fn v2026(kind: Kind, query: &str) -> Result<Window, Refusal> {
        read(
            Generation::V2026,
            kind,
            &Form::parse(query.as_bytes()),
            TODAY,
        )
    }

    #[test]
    fn a_v5_window_ends_today_at_the_latest_and_is_never_empty() {
        let ask = |start, end| {
            let query = format!("usage_point_id=22516914714270&start={start}&end={end}");
            v5(Kind::Daily, &query)
        };
        assert!(ask("2026-11-20", "2026-11-21").is_ok());
        for (start, end) in [
            ("2026-11-20", "2026-11-22"),
            ("2026-11-20", "2026-11-20"),
            ("2026-11-20", "2026-11-19"),
            ("20/11/2026", "2026-11-21"),
        ] {
            assert!(
                matches!(ask(start, end), Err(Refusal::Malformed(_))),
                "{start} {end}"
            );
        }
    }

    #[test]
    fn a_curve_spans_seven_days_in_both_generations() {
        let v5_query = "usage_point_id=22516914714270&start=2026-11-01&end=2026-11-";
        assert!(v5(Kind::Curve, &format!("{v5_query}08")).is_ok());
        assert_eq!(
            v5(Kind::Curve, &format!("{v5_query}09")),
            Err(Refusal::TooLong)
        );
        let query = "pointId=22516914714270&dateDebut=2026-11-01&dateFin=2026-11-";
        assert!(v2026(Kind::Curve, &format!("{query}08")).is_ok());
        assert_eq!(
            v2026(Kind::Curve, &format!("{query}09")),
            Err(Refusal::TooLong)
        );
        assert!(matches!(
            v2026(Kind::Curve, &format!("{query}01")),
            Err(Refusal::Malformed(_))
        ));
    }

    #[test]
    fn a_2026_maximum_needs_its_step_and_quantity() {
        let query = "pointId=22516914714270&dateDebut=2026-11-01&dateFin=2026-11-02";
        assert!(v2026(Kind::Maximum, query).is_err());
        let whole = format!("{query}&mesuresPas=P1D&grandeurPhysique=TOUT");
        assert!(v2026(Kind::Maximum, &whole).is_ok());
    }

    #[test]
    fn spaces_and_other_lengths_are_no_usage_point_here() {
        for text in ["2251 6914714270", "225169147142701", "abc", "2251691471427"] {
            assert!(read_prm(Some(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn history_is_24_months_of_curve_and_36_of_the_rest_and_15_days() {
        assert_eq!(history_start(Kind::Curve, TODAY), date(2024, 11, 6));
        assert_eq!(history_start(Kind::Maximum, TODAY), date(2023, 11, 6));
    }
}
