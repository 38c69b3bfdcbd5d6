//! Offers that people write: each kind priced by hand, each mistake in words.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails its test"
)]

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use meter::{Direction, Interval, Step, paris};
use proptest::prelude::*;
use tariff::colour::ColourCalendar;
use tariff::compare::candidates;
use tariff::offer::schedule::{Context, Reason};
use tariff::offer::{MicroEuro, Offer, Taxes, read};
use tariff::{Breakdown, MinuteRange, Usage, cost};

const HEAD: &str =
    "[[offer]]\nid = \"mine\"\nname = \"Mine\"\ntaxes = \"included\"\nsource = \"my contract\"\n";

fn no_file(name: &str) -> Result<String, String> {
    Err(format!("{name} is not there"))
}

fn one(rest: &str) -> Offer {
    read(&[HEAD, rest].concat(), &no_file).unwrap().remove(0)
}

fn error(rest: &str) -> String {
    let text = [HEAD, rest].concat();
    read(&text, &no_file).unwrap_err().to_string()
}

/// A kilowatt at every minute of some days.
fn kilowatt(first: Date, end: Date, step: Step) -> Vec<Interval> {
    let mut start = paris::day_start(first);
    let mut curve = Vec::new();
    while start < paris::day_start(end) {
        curve.push(Interval {
            start,
            step,
            watts: 1000,
        });
        start += step.duration();
    }
    curve
}

fn price(offer: &Offer, first: Date, end: Date) -> Breakdown {
    let curve = kilowatt(first, end, Step::HALF_HOUR);
    let (tempo, ejp, daily) = (
        ColourCalendar::default(),
        ColourCalendar::default(),
        BTreeMap::new(),
    );
    let context = Context {
        off_peak: &|_| Some(MinuteRange::new(120, 428).into_iter().collect()),
        holiday: &|day| day == date(2026, 5, 1),
        tempo: &tempo,
        ejp: &ejp,
    };
    let usage = Usage {
        first,
        end,
        curve: &curve,
        daily: &daily,
    };
    cost(&usage, offer, Some(6), &context)
}

fn minutes(breakdown: &Breakdown) -> BTreeMap<String, u64> {
    let classes = breakdown.classes.iter();
    classes
        .map(|class| (class.class.clone(), class.energy.0 / 1000))
        .collect()
}

fn expect(pairs: &[(&str, u64)]) -> BTreeMap<String, u64> {
    pairs
        .iter()
        .map(|(name, minutes)| ((*name).to_owned(), *minutes))
        .collect()
}

#[test]
fn a_flat_offer_states_its_price_power_taxes_and_source() {
    let offer = one("kind = \"flat\"
        subscription = [
            { kva = 6, month = 15.5, from = 2026-01-01, to = 2026-06-30 },
            { kva = 6, month = \"16\", from = 2026-07-01 },
        ]
        price = [{ class = \"base\", kwh = 0.2001, from = \"2026-01-01\" }]
        ");
    assert_eq!(
        (offer.taxes, offer.source.as_str()),
        (Taxes::Included, "my contract")
    );
    assert_eq!(
        offer.month(Some(6), date(2026, 6, 30)),
        Some(MicroEuro(15_500_000))
    );
    assert_eq!(
        offer.month(Some(6), date(2026, 7, 1)),
        Some(MicroEuro(16_000_000))
    );
    assert_eq!(offer.month(Some(9), date(2026, 7, 1)), None);
    assert_eq!(offer.price(0, None, date(2025, 12, 31)), None);
    let day = price(&offer, date(2026, 4, 1), date(2026, 4, 2));
    assert_eq!(day.energy, MicroEuro(24 * 200_100));
    assert_eq!(day.subscription, MicroEuro(516_667));
    assert_eq!(day.total, MicroEuro(24 * 200_100 + 516_667));
}

#[test]
fn off_peak_hours_are_the_plans_or_the_offers_own() {
    let prices = "price = [
            { class = \"hp\", kwh = 0.2, from = 2026-01-01 },
            { class = \"hc\", kwh = 0.1, from = 2026-01-01 },
        ]\n";
    let plan = one(&["kind = \"off-peak\"\n", prices].concat());
    let day = price(&plan, date(2026, 1, 15), date(2026, 1, 16));
    assert_eq!(minutes(&day), expect(&[("off_peak", 308), ("peak", 1132)]));
    let own = one(&["kind = \"off-peak\"\nhours = [\"22:38-06:38\"]\n", prices].concat());
    let day = price(&own, date(2026, 1, 15), date(2026, 1, 16));
    assert_eq!(minutes(&day), expect(&[("off_peak", 480), ("peak", 960)]));
    assert_eq!(day.energy, MicroEuro(8 * 100_000 + 16 * 200_000));
}

#[test]
fn week_ends_and_holidays_are_a_class_of_their_own() {
    let offer = one("kind = \"rules\"
        rule = [
            { class = \"weekend\", days = [\"weekend\", \"holiday\"] },
            { class = \"night\", hours = [\"22:00-06:00\"] },
            { class = \"day\" },
        ]
        price = [
            { class = \"weekend\", kwh = 0.1, from = 2026-01-01 },
            { class = \"night\", kwh = 0.12, from = 2026-01-01 },
            { class = \"day\", kwh = 0.2, from = 2026-01-01 },
        ]\n");
    // Thursday, Friday 1 May, Saturday.
    let days = price(&offer, date(2026, 4, 30), date(2026, 5, 3));
    assert_eq!(
        minutes(&days),
        expect(&[("weekend", 2 * 1440), ("night", 480), ("day", 960)])
    );
}

#[test]
fn seasons_and_the_plans_hours_combine_in_rules() {
    let offer = one("kind = \"rules\"
        rule = [
            { class = \"winter_off_peak\", from = \"11-01\", to = \"03-31\", hours = \"off-peak\" },
            { class = \"winter\", from = \"11-01\", to = \"03-31\" },
            { class = \"summer_sun\", hours = [\"11:00-17:00\"] },
            { class = \"summer\" },
        ]
        price = [
            { class = \"winter_off_peak\", kwh = 0.1, from = 2026-01-01 },
            { class = \"winter\", kwh = 0.12, from = 2026-01-01 },
            { class = \"summer_sun\", kwh = 0.2, from = 2026-01-01 },
            { class = \"summer\", kwh = 0.3, from = 2026-01-01 },
        ]\n");
    let days = price(&offer, date(2026, 3, 31), date(2026, 4, 2));
    assert_eq!(
        minutes(&days),
        expect(&[
            ("winter_off_peak", 308),
            ("winter", 1132),
            ("summer_sun", 360),
            ("summer", 1080)
        ])
    );
}

#[test]
fn dynamic_prices_are_read_from_their_file_and_cut_half_hours_into_quarters() {
    let file = "start;eur_per_mwh
2026-01-15T00:00:00+01:00;100
2026-01-15T00:15:00+01:00;200
2026-01-15T00:30:00+01:00;-40
";
    let text = [HEAD, "kind = \"dynamic\"\nfile = \"spot.csv\"\n"].concat();
    let files = |name: &str| {
        (name == "spot.csv")
            .then(|| file.to_owned())
            .ok_or_else(String::new)
    };
    let offer = read(&text, &files).unwrap().remove(0);
    let day = price(&offer, date(2026, 1, 15), date(2026, 1, 16));
    assert_eq!(day.energy, MicroEuro(25_000 + 50_000 - 10_000));
    assert_eq!(day.completeness.priced, 45);
    assert_eq!(day.unknown[0].reason, Reason::NoPrice);
    assert_eq!(day.unknown[0].minutes, 1440 - 45);
    assert_eq!(day.classes[0].unpriced.0, 1000 * (1440 - 45));
}

#[test]
fn resale_is_an_offer_of_the_other_direction() {
    let offer = one("kind = \"flat\"\ndirection = \"production\"
        price = [{ class = \"base\", kwh = 0.04, from = 2026-01-01 }]\n");
    assert_eq!(offer.direction, Direction::Production);
    let day = price(&offer, date(2026, 1, 15), date(2026, 1, 16));
    assert_eq!(day.total, MicroEuro(24 * 40_000));
    assert!(
        day.is_complete(),
        "an offer without subscription costs none"
    );
    assert!(candidates(&[offer]).is_empty(), "nobody buys under it");
}

#[test]
fn a_decimal_comma_is_named_with_its_line_wherever_it_stands() {
    let bare = error(
        "kind = \"flat\"\n[[offer.price]]\nclass = \"base\"\nkwh = 0,1952\nfrom = 2026-01-01\n",
    );
    assert_eq!(bare, "line 9: 0,1952 has a comma: write 0.1952");
    let inline =
        error("kind = \"flat\"\nprice = [{ class = \"base\", kwh = 0,1952, from = 2026-01-01 }]\n");
    assert_eq!(inline, "line 7: 0,1952 has a comma: write 0.1952");
    let quoted = error(
        "kind = \"flat\"\n[[offer.price]]\nclass = \"base\"\nkwh = \"0,1952\"\nfrom = 2026-01-01\n",
    );
    assert!(
        quoted.contains("\"0,1952\" has a comma: write 0.1952"),
        "{quoted}"
    );
}

#[test]
fn prices_in_cents_are_noticed() {
    let cents =
        error("kind = \"flat\"\nprice = [{ class = \"base\", kwh = 20.01, from = 2026-01-01 }]\n");
    assert_eq!(
        cents,
        "offer \"mine\": price 1: 20.010000 euros per kWh; prices are in euros: 0.200100?"
    );
}

#[test]
fn overlaps_gaps_and_turned_dates_are_named_with_their_days() {
    let prices = |lines: &str| error(&format!("kind = \"flat\"\nprice = [{lines}]\n"));
    let line = |from: &str, to: &str| {
        format!("{{ class = \"base\", kwh = 0.2, from = {from}, to = {to} }},")
    };
    let overlap = [
        line("2026-01-01", "2026-03-31"),
        line("2026-03-31", "2026-12-31"),
    ]
    .concat();
    assert_eq!(
        prices(&overlap),
        "offer \"mine\": prices of the class \"base\": two lines hold on 2026-03-31"
    );
    let gap = [
        line("2026-06-01", "2026-12-31"),
        line("2026-01-01", "2026-03-31"),
    ]
    .concat();
    assert_eq!(
        prices(&gap),
        "offer \"mine\": prices of the class \"base\": no line holds from 2026-04-01 until 2026-06-01 begins"
    );
    assert_eq!(
        prices(&line("2026-06-01", "2026-05-31")),
        "offer \"mine\": price 1: 2026-05-31 comes before 2026-06-01"
    );
    let powers = error(
        "kind = \"flat\"
        subscription = [
            { kva = [3, 6], month = 10, from = 2026-01-01 },
            { kva = [6, 9], month = 12, from = 2026-02-01 },
        ]
        price = [{ class = \"base\", kwh = 0.2, from = 2026-01-01 }]\n",
    );
    assert_eq!(
        powers,
        "offer \"mine\": subscription: two lines hold on 2026-02-01"
    );
}

#[test]
fn other_mistakes_say_what_stands_there_and_what_should() {
    let flat = "kind = \"flat\"\n";
    let base = "price = [{ class = \"base\", kwh = 0.2, from = 2026-01-01 }]\n";
    for (rest, says) in [
        (
            "kind = \"flat\"\nprice = [{ class = \"nuit\", kwh = 0.2, from = 2026-01-01 }]\n"
                .to_owned(),
            "no class is named \"nuit\"; there are base",
        ),
        (flat.to_owned(), "the class \"base\" has no price"),
        (
            [flat, "hours = [\"22:00-06:00\"]\n", base].concat(),
            "kind \"flat\": only the kind \"off-peak\" has hours of its own",
        ),
        (
            ["kind = \"off-peak\"\nhours = [\"22h-6h\"]\n", base].concat(),
            "not a range of hours: \"22h-6h\"; write \"22:00-06:00\"",
        ),
        (
            "kind = \"rules\"\nrule = [{ class = \"a\", days = [\"lundi\"] }]\n".to_owned(),
            "not a day: \"lundi\"; write \"monday\" … \"sunday\" or \"holiday\"",
        ),
        (
            "kind = \"rules\"\nrule = [{ class = \"a\", days = [\"weekday\"] }]\n".to_owned(),
            "no rule says what 2027-01-02 at 00:00 is",
        ),
        (
            "kind = \"rules\"\nrule = [{ class = \"a\", from = \"31-12\", to = \"01-01\" }]\n"
                .to_owned(),
            "not a day of the year: \"31-12\"; write \"11-01\"",
        ),
        (
            "kind = \"dynamic\"\nfile = \"spot.csv\"\n".to_owned(),
            "spot.csv, line 0: spot.csv is not there",
        ),
    ] {
        assert_eq!(error(&rest), format!("offer \"mine\": {says}"));
    }
    let twice = [HEAD, flat, base, HEAD, flat, base].concat();
    let twice = read(&twice, &no_file).unwrap_err();
    assert_eq!(twice.to_string(), "two offers are named \"mine\"");
    let unknown = error("kind = \"flat\"\ncolour = \"blue\"\n");
    assert!(unknown.contains("unknown field `colour`"), "{unknown}");
    let misspelt =
        error("kind = \"flat\"\nprice = [{ class = \"base\", kWh = 0.2, from = 2026-01-01 }]\n");
    assert!(
        misspelt.contains("kWh") || misspelt.contains("kwh"),
        "{misspelt}"
    );
    let no_taxes = read(
        "[[offer]]\nid = \"x\"\nname = \"x\"\nkind = \"flat\"\nsource = \"x\"\n",
        &no_file,
    );
    assert!(no_taxes.unwrap_err().to_string().contains("taxes"));
}

proptest! {
    #[test]
    fn no_text_can_stop_the_reader(text in "\\PC{0,200}") {
        let _ = read(&text, &no_file);
    }

    #[test]
    fn no_offer_with_odd_values_can_stop_the_reader(
        kind in prop_oneof![Just("flat"), Just("rules"), Just("off-peak"), Just("dynamic")],
        value in "[-0-9,.:\"a-z ]{0,12}",
        from in "[-0-9]{0,12}",
    ) {
        let text = format!("{HEAD}kind = \"{kind}\"\nprice = [{{ class = \"base\", kwh = {value}, from = {from} }}]\nrule = [{{ class = \"x\", hours = [\"{value}\"] }}]\n");
        let _ = read(&text, &no_file);
    }
}
