//! Offers as people write them, in TOML.

mod every;
mod raw;

use meter::Direction;

use super::error::{Fault, OfferError};
use super::rules::{self, Days, Hours, Rule, YearPart};
use super::{
    DynamicPrices, MicroEuro, Offer, Powers, PriceLine, Schedule, SubscriptionLine, Taxes,
    Validity, lines,
};
use raw::{Day, RawOffer, RawPrice, RawRule, RawSubscription};

pub use every::{Mistake, check};

/// Gives the text of a file that an offer names, or says why it cannot.
pub type Files<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

/// Reads a file of offers. Either all of it is used or none.
///
/// ```
/// let text = r#"
/// [[offer]]
/// id = "flat"
/// name = "Flat"
/// kind = "flat"
/// taxes = "included"
/// source = "my contract"
/// subscription = [{ kva = 6, month = 12.5, from = 2026-01-01 }]
/// price = [{ class = "base", kwh = 0.1952, from = 2026-01-01 }]
/// "#;
/// let offers = tariff::offer::read(text, &|_| Err("no file".into())).unwrap();
/// assert_eq!(offers[0].powers(), [6]);
/// ```
pub fn read(text: &str, files: &Files) -> Result<Vec<Offer>, OfferError> {
    every::check(text, files).map_err(|mistakes| {
        let first = mistakes.into_iter().next().map(|mistake| mistake.error);
        first.unwrap_or_else(|| OfferError::Toml(String::new()))
    })
}

fn toml_error(text: &str, error: &toml::de::Error) -> OfferError {
    let start = error.span().map_or(0, |span| span.start.min(text.len()));
    let before = text.get(..start).unwrap_or_default();
    let line = before.matches('\n').count();
    let comma = text.lines().nth(line).and_then(number_with_comma);
    match comma {
        Some(found) => OfferError::Comma {
            line: line + 1,
            instead: found.replace(',', "."),
            found,
        },
        None => OfferError::Toml(error.to_string()),
    }
}

/// `0,1952` in `kwh = 0,1952`; not the comma between two numbers of a list.
fn number_with_comma(line: &str) -> Option<String> {
    line.split('=').skip(1).find_map(|value| {
        let number: String = value
            .trim_start()
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '-'))
            .collect();
        let number = number.trim_end_matches(',').to_owned();
        let (whole, fraction) = number.split_once(',')?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        (digits(whole.trim_start_matches('-')) && digits(fraction)).then_some(number)
    })
}

/// Where in an offer a mistake stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Nowhere in particular.
    Whole,
    /// In this line of `price`.
    Price(usize),
    /// In this line of `subscription`.
    Subscription(usize),
}

/// The offer, or everything that is wrong with it.
fn offer(raw: &RawOffer, files: &Files) -> Result<Offer, Vec<(Part, Fault)>> {
    let whole = |fault| vec![(Part::Whole, fault)];
    let (schedule, classes) = schedule(raw, files).map_err(whole)?;
    let mut faults = Vec::new();
    let mut prices = Vec::new();
    for (index, line) in raw.price.iter().enumerate() {
        match price(index, line, &classes) {
            Ok(line) => prices.push(line),
            Err(fault) => faults.push((Part::Price(index), fault)),
        }
    }
    let mut subscriptions = Vec::new();
    for (index, line) in raw.subscription.iter().enumerate() {
        match subscription(index, line) {
            Ok(line) => subscriptions.push(line),
            Err(fault) => faults.push((Part::Subscription(index), fault)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let offer = Offer {
        id: raw.id.clone(),
        name: raw.name.clone(),
        source: raw.source.clone(),
        taxes: if raw.taxes == raw::Taxes::Included {
            Taxes::Included
        } else {
            Taxes::Excluded
        },
        direction: raw.direction.unwrap_or(Direction::Consumption),
        schedule,
        classes,
        subscriptions,
        prices,
    };
    check_lines(&offer).map_err(whole)?;
    Ok(offer)
}

fn price(index: usize, line: &RawPrice, classes: &[String]) -> Result<PriceLine, Fault> {
    let what = format!("price {}", index + 1);
    if !line.kwh.is_plausible_per_kwh() {
        return Err(Fault::Cents {
            what,
            found: line.kwh.to_string(),
            instead: MicroEuro(line.kwh.0 / 100).to_string(),
        });
    }
    Ok(PriceLine {
        class: class(classes, &line.class)?,
        powers: powers(line.kva.as_ref()),
        validity: validity(&what, line.from, line.to)?,
        per_kwh: line.kwh,
    })
}

fn subscription(index: usize, line: &RawSubscription) -> Result<SubscriptionLine, Fault> {
    let what = format!("subscription {}", index + 1);
    Ok(SubscriptionLine {
        powers: powers(line.kva.as_ref()),
        validity: validity(&what, line.from, line.to)?,
        per_month: line.month,
    })
}

fn check_lines(offer: &Offer) -> Result<(), Fault> {
    let months: Vec<_> = offer
        .subscriptions
        .iter()
        .map(|line| (&line.powers, line.validity))
        .collect();
    lines::check("subscription", &months)?;
    for (number, name) in offer.classes.iter().enumerate() {
        let of_class: Vec<_> = offer
            .prices
            .iter()
            .filter(|line| usize::from(line.class) == number)
            .map(|line| (&line.powers, line.validity))
            .collect();
        if of_class.is_empty() && !matches!(offer.schedule, Schedule::Dynamic(_)) {
            return Err(Fault::NoPrice(name.clone()));
        }
        lines::check(&format!("prices of the class {name:?}"), &of_class)?;
    }
    Ok(())
}

fn validity(what: &str, from: Day, to: Option<Day>) -> Result<Validity, Fault> {
    let first = from.0;
    let last = to.map(|day| day.0);
    if let Some(to) = last.filter(|last| *last < first) {
        return Err(Fault::Backwards {
            what: what.to_owned(),
            from: first,
            to,
        });
    }
    let end = last.and_then(|last| last.tomorrow().ok());
    Ok(Validity { first, end })
}

fn powers(kva: Option<&raw::Kva>) -> Powers {
    match kva {
        None => Powers::All,
        Some(raw::Kva::One(kva)) => Powers::Only(vec![*kva]),
        Some(raw::Kva::Many(kva)) => Powers::Only(kva.clone()),
    }
}

/// French and Enedis' names of the classes that every such offer has.
const ALIASES: [(&str, &str); 10] = [
    ("hp", "peak"),
    ("hc", "off_peak"),
    ("base", "base"),
    ("BUHC", "blue_off_peak"),
    ("BUHP", "blue_peak"),
    ("BCHC", "white_off_peak"),
    ("BCHP", "white_peak"),
    ("RHC", "red_off_peak"),
    ("RHP", "red_peak"),
    ("HN", "normal"),
];

fn class(classes: &[String], name: &str) -> Result<u8, Fault> {
    let position = |name: &str| classes.iter().position(|class| class == name);
    let alias = || {
        let (_, class) = ALIASES
            .iter()
            .find(|(alias, _)| alias.eq_ignore_ascii_case(name))?;
        position(class)
    };
    position(name)
        .or_else(alias)
        .and_then(|index| u8::try_from(index).ok())
        .ok_or_else(|| Fault::Class {
            found: name.to_owned(),
            known: classes.join(", "),
        })
}

fn schedule(raw: &RawOffer, files: &Files) -> Result<(Schedule, Vec<String>), Fault> {
    let kind = raw.kind;
    let unused = |problem| {
        Err(Fault::Kind {
            kind: kind.name(),
            problem,
        })
    };
    if raw.hours.is_some() && kind != raw::Kind::OffPeak {
        return unused("only the kind \"off-peak\" has hours of its own");
    }
    if raw.file.is_some() && kind != raw::Kind::Dynamic {
        return unused("only the kind \"dynamic\" reads a file");
    }
    if raw.rule.is_empty() == (kind == raw::Kind::Rules) {
        return unused("the kind \"rules\", and no other, has rules");
    }
    let schedule = match kind {
        raw::Kind::Flat => Schedule::Flat,
        raw::Kind::OffPeak => match &raw.hours {
            None => Schedule::OffPeak,
            Some(hours) => Schedule::OwnHours(Hours::ranges(hours.iter().map(String::as_str))?),
        },
        raw::Kind::Tempo => Schedule::Tempo,
        raw::Kind::Ejp => Schedule::Ejp,
        raw::Kind::Rules => return by_rules(&raw.rule),
        raw::Kind::Dynamic if !raw.price.is_empty() => {
            return unused("prices come from the file, not from lines");
        }
        raw::Kind::Dynamic => dynamic(raw, files)?,
    };
    let classes = schedule.classes().iter().map(ToString::to_string).collect();
    Ok((schedule, classes))
}

fn dynamic(raw: &RawOffer, files: &Files) -> Result<Schedule, Fault> {
    let name = raw.file.as_deref().ok_or(Fault::Kind {
        kind: raw.kind.name(),
        problem: "file = \"…\" must name the file of prices",
    })?;
    let text = files(name).map_err(|problem| Fault::Prices {
        file: name.to_owned(),
        line: 0,
        problem,
    })?;
    Ok(Schedule::Dynamic(DynamicPrices::read(name, &text)?))
}

/// Classes are numbered by their first rule; a bill has a handful.
const MOST_CLASSES: usize = 64;

fn by_rules(raw: &[RawRule]) -> Result<(Schedule, Vec<String>), Fault> {
    let mut classes: Vec<String> = Vec::new();
    let mut rules = Vec::new();
    for rule in raw {
        if !classes.contains(&rule.class) {
            classes.push(rule.class.clone());
        }
        if classes.len() > MOST_CLASSES {
            return Err(Fault::TooManyClasses(MOST_CLASSES));
        }
        let days = match &rule.days {
            None => Days::ALL,
            Some(days) => Days::named(days.iter().map(String::as_str))?,
        };
        let season = match (&rule.from, &rule.to) {
            (Some(from), Some(to)) => Some(YearPart::new(from, to)?),
            (None, None) => None,
            (Some(alone), None) | (None, Some(alone)) => return Err(Fault::Season(alone.clone())),
        };
        rules.push(Rule {
            class: class(&classes, &rule.class)?,
            days,
            season,
            hours: hours(rule.hours.as_ref())?,
        });
    }
    rules::check(&rules)?;
    Ok((Schedule::Rules(rules), classes))
}

fn hours(raw: Option<&raw::RawHours>) -> Result<Hours, Fault> {
    match raw {
        None => Ok(Hours::All),
        Some(raw::RawHours::Ranges(ranges)) => Hours::ranges(ranges.iter().map(String::as_str)),
        Some(raw::RawHours::Word(word)) => match word.as_str() {
            "off-peak" => Ok(Hours::OffPeak),
            "peak" => Ok(Hours::Peak),
            range => Hours::ranges([range]),
        },
    }
}
