//! Numbers, dates and messages in the reader's language.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use meter::paris;
use service::{Lang, tr};

/// A reader's language, and how it writes things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub lang: Lang,
}

const NO_BREAK: char = '\u{a0}';
const NARROW: &str = "\u{202f}";

impl Words {
    /// A message without values.
    pub fn t(self, name: &str) -> String {
        tr(self.lang, name, &[])
    }

    /// A message with values.
    pub fn say(self, name: &str, args: &service::Args) -> String {
        tr(self.lang, name, args)
    }

    /// A whole number, grouped by thousands: `12 345` (narrow, not breaking) or `12,345`.
    pub fn number(self, value: u64) -> String {
        let digits = value.to_string();
        let separator = match self.lang {
            Lang::Fr => NARROW,
            Lang::En => ",",
        };
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(separator);
            }
            text.push(digit);
        }
        text
    }

    /// Thousands of a unit with three decimals, exactly: Wh as kWh, VA as kVA.
    pub fn thousandths(self, value: u64) -> String {
        let point = match self.lang {
            Lang::Fr => ',',
            Lang::En => '.',
        };
        format!("{}{point}{:03}", self.number(value / 1000), value % 1000)
    }

    /// Watt-hours as `12,345 kWh`.
    pub fn kwh(self, watt_hours: u64) -> String {
        format!("{}{NO_BREAK}kWh", self.thousandths(watt_hours))
    }

    /// Millionths of a euro as euros and cents, a half cent away from zero:
    /// `−1 234,57 €`, `−€1,234.57`.
    pub fn euros(self, micro: i64) -> String {
        let cents = (micro.unsigned_abs() + 5_000) / 10_000;
        let point = match self.lang {
            Lang::Fr => ',',
            Lang::En => '.',
        };
        let amount = format!("{}{point}{:02}", self.number(cents / 100), cents % 100);
        self.money(micro < 0 && cents > 0, &amount)
    }

    /// A price per kWh with as many decimals as it has, at least four.
    pub fn price(self, micro: i64) -> String {
        let value = micro.unsigned_abs();
        let digits = format!("{:06}", value % 1_000_000);
        let (sure, rest) = digits.split_at(4);
        let rest = rest.trim_end_matches('0');
        let point = match self.lang {
            Lang::Fr => ',',
            Lang::En => '.',
        };
        let amount = format!("{}{point}{sure}{rest}", self.number(value / 1_000_000));
        self.money(micro < 0, &amount)
    }

    fn money(self, negative: bool, amount: &str) -> String {
        let text = self.say("price-unit", &[("amount", amount)]);
        if negative { format!("−{text}") } else { text }
    }

    /// A value with its unit.
    pub fn unit(self, value: u64, unit: &str) -> String {
        format!("{}{NO_BREAK}{unit}", self.number(value))
    }

    /// Bytes as megabytes with one decimal: `12,3 Mo`, `12.3 MB`; many of them as
    /// whole gigabytes.
    pub fn megabytes(self, bytes: u64) -> String {
        if bytes >= 10_000_000_000 {
            let size = self.number(bytes / 1_000_000_000);
            return self.say("doctor-gigabytes", &[("size", &size)]);
        }
        let tenths = (bytes + 50_000) / 100_000;
        let point = match self.lang {
            Lang::Fr => ',',
            Lang::En => '.',
        };
        let size = format!("{}{point}{}", self.number(tenths / 10), tenths % 10);
        self.say("doctor-megabytes", &[("size", &size)])
    }

    /// How long something is, without its sign, in its largest whole unit.
    pub fn duration(self, duration: SignedDuration) -> String {
        let minutes = duration.unsigned_abs().as_secs() / 60;
        let (count, name) = match minutes {
            0..60 => (minutes, "doctor-minutes"),
            60..2_880 => (minutes / 60, "doctor-hours"),
            _ => (minutes / 1_440, "doctor-days"),
        };
        self.say(name, &[("count", &count.to_string())])
    }

    /// A difference with its sign and unit: `+12 Wh`, `−3 W·min`, `0 Wh`.
    pub fn signed(self, value: i64, unit: &str) -> String {
        let sign = match value {
            0 => "",
            1.. => "+",
            _ => "−",
        };
        format!("{sign}{}", self.unit(value.unsigned_abs(), unit))
    }

    /// `vendredi 20 novembre 2026`, `Friday 20 November 2026`.
    pub fn day(self, day: Date) -> String {
        let weekday = self.weekday("show-weekdays", day);
        let (number, month) = (self.day_number(day), self.month_name("show-months", day));
        format!("{weekday} {number} {month} {}", day.year())
    }

    /// `ven. 20 nov.`, `Fri 20 Nov`.
    pub fn short_day(self, day: Date) -> String {
        let weekday = self.weekday("show-weekdays-short", day);
        let month = self.month_name("show-months-short", day);
        format!("{weekday} {:>2} {month}", day.day())
    }

    /// `20 nov. 2026`, `20 Nov 2026`.
    pub fn date(self, day: Date) -> String {
        let month = self.month_name("show-months-short", day);
        format!("{} {month} {}", self.day_number(day), day.year())
    }

    /// `20/11/2026` or `2026-11-20`: for narrow columns.
    pub fn narrow_date(self, day: Date) -> String {
        let format = match self.lang {
            Lang::Fr => "%d/%m/%Y",
            Lang::En => "%Y-%m-%d",
        };
        day.strftime(format).to_string()
    }

    /// `novembre 2026`.
    pub fn month(self, day: Date) -> String {
        format!("{} {}", self.month_name("show-months", day), day.year())
    }

    /// `nov.`, `Nov`.
    pub fn short_month(self, day: Date) -> String {
        self.month_name("show-months-short", day)
    }

    /// `novembre`.
    pub fn month_of_year(self, day: Date) -> String {
        self.month_name("show-months", day)
    }

    /// What the clock on a French wall shows: `14 h 30`, `14:30`.
    pub fn clock(self, instant: Timestamp) -> String {
        let time = paris::local(instant).time();
        match self.lang {
            Lang::Fr => format!(
                "{:02}{NO_BREAK}h{NO_BREAK}{:02}",
                time.hour(),
                time.minute()
            ),
            Lang::En => format!("{:02}:{:02}", time.hour(), time.minute()),
        }
    }

    /// A local day and time; the side is named where the clock shows it twice.
    pub fn instant(self, instant: Timestamp) -> String {
        let day = self.date(paris::day_of(instant));
        let at = self.clock(instant);
        let args = [("day", day.as_str()), ("time", at.as_str())];
        let text = self.say("show-instant", &args);
        match Side::of(instant) {
            Some(side) => format!("{text} ({})", self.t(side.name())),
            None => text,
        }
    }

    fn day_number(self, day: Date) -> String {
        match (self.lang, day.day()) {
            (Lang::Fr, 1) => "1er".to_owned(),
            (_, number) => number.to_string(),
        }
    }

    fn weekday(self, list: &str, day: Date) -> String {
        let index = day.weekday().to_monday_zero_offset();
        self.nth(list, usize::from(index.unsigned_abs()))
    }

    fn month_name(self, list: &str, day: Date) -> String {
        self.nth(list, usize::from(day.month().unsigned_abs()) - 1)
    }

    fn nth(self, list: &str, index: usize) -> String {
        let names = self.t(list);
        names
            .split(',')
            .nth(index)
            .unwrap_or_default()
            .trim()
            .to_owned()
    }
}

/// Which reading of the repeated autumn hour an instant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The first, in summer time.
    Summer,
    /// The second, in winter time.
    Winter,
}

impl Side {
    /// The side of an instant whose local time comes twice.
    pub fn of(instant: Timestamp) -> Option<Self> {
        match paris::instants(paris::local(instant)) {
            paris::Instants::Two(summer, _) if summer == instant => Some(Self::Summer),
            paris::Instants::Two(..) => Some(Self::Winter),
            _ => None,
        }
    }

    /// Its message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Summer => "show-summer",
            Self::Winter => "show-winter",
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const FR: Words = Words { lang: Lang::Fr };
    const EN: Words = Words { lang: Lang::En };

    #[test]
    fn energy_is_written_exactly_in_both_languages() {
        assert_eq!(FR.kwh(1_234_567), "1\u{202f}234,567\u{a0}kWh");
        assert_eq!(EN.kwh(1_234_567), "1,234.567\u{a0}kWh");
        assert_eq!(FR.kwh(7), "0,007\u{a0}kWh");
        assert_eq!(EN.number(1_000), "1,000");
    }

    #[test]
    fn money_is_written_in_euros_and_cents_a_half_away_from_zero() {
        assert_eq!(FR.euros(12_345_000), "12,35\u{a0}€");
        assert_eq!(EN.euros(12_344_999), "€12.34");
        assert_eq!(EN.euros(-1_234_565_000), "−€1,234.57");
        assert_eq!(EN.euros(-4_999), "€0.00");
        assert_eq!(FR.price(195_200), "0,1952\u{a0}€");
        assert_eq!(EN.price(-12_345), "−€0.012345");
    }

    #[test]
    fn differences_carry_their_sign() {
        assert_eq!(FR.signed(-1_500, "Wh"), "−1\u{202f}500\u{a0}Wh");
        assert_eq!(FR.signed(3, "W·min"), "+3\u{a0}W·min");
        assert_eq!(FR.signed(0, "Wh"), "0\u{a0}Wh");
    }

    #[test]
    fn the_first_of_a_month_is_premier_in_french_only() {
        assert_eq!(FR.day(date(2026, 2, 1)), "dimanche 1er février 2026");
        assert_eq!(EN.day(date(2026, 2, 1)), "Sunday 1 February 2026");
    }

    #[test]
    fn both_readings_of_the_repeated_hour_are_told_apart() {
        let summer = "2022-10-30T00:30:00Z".parse().unwrap();
        let winter = "2022-10-30T01:30:00Z".parse().unwrap();
        assert_eq!(FR.clock(summer), FR.clock(winter));
        assert_ne!(FR.instant(summer), FR.instant(winter));
    }
}
