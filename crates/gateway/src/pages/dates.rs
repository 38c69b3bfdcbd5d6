//! Days and hours as people write them, by the clock of Paris.

use jiff::Timestamp;
use jiff::civil::Date;
use service::{Lang, tr};

const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `22 novembre 2029` or `22 November 2029`, its parts kept on one line.
pub fn long_date(lang: Lang, day: Date) -> String {
    let months = match lang {
        Lang::Fr => FRENCH,
        Lang::En => ENGLISH,
    };
    let month = months[usize::from(day.month().unsigned_abs()) - 1];
    let number = match (lang, day.day()) {
        (Lang::Fr, 1) => "1er".to_owned(),
        (_, number) => number.to_string(),
    };
    format!("{number}\u{a0}{month}\u{a0}{}", day.year())
}

/// The hour in Paris: `14 h 05` or `14:05`.
pub fn clock_time(lang: Lang, instant: Timestamp) -> String {
    let local = meter::paris::local(instant);
    let hour = local.hour().to_string();
    let minute = format!("{:02}", local.minute());
    let args = [("hour", hour.as_str()), ("minute", minute.as_str())];
    tr(lang, "gateway-time", &args).replace(' ', "\u{a0}")
}

/// The day and the hour in Paris.
pub fn moment(lang: Lang, instant: Timestamp) -> String {
    let day = long_date(lang, meter::paris::day_of(instant));
    format!("{day}, {}", clock_time(lang, instant))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_and_hours_read_as_people_write_them_in_paris() {
        assert_eq!(
            long_date(Lang::Fr, date(2027, 8, 1)),
            "1er\u{a0}août\u{a0}2027"
        );
        assert_eq!(
            long_date(Lang::En, date(2027, 8, 1)),
            "1\u{a0}August\u{a0}2027"
        );
        let evening = "2026-11-21T23:05:00Z".parse().unwrap();
        assert_eq!(clock_time(Lang::Fr, evening), "0\u{a0}h\u{a0}05");
        assert_eq!(
            moment(Lang::En, evening),
            "22\u{a0}November\u{a0}2026, 0:05"
        );
    }
}
