//! Costs, offers, colours and off-peak hours: pages say what the command says.

use home::Words;
use home::answer::Sight;
use home::json::cost::Cost;
use home::offers::Offers;
use home::when::Days;
use jiff::civil::date;
use ledger::{Access, Store};
use meter::WattMinutes;
use service::Lang;
use tariff::colour::Source;

use crate::acts::{Busy, headings_are_in_order, plain};
use crate::room::{Room, lived_in};

const BOTH: [Lang; 2] = [Lang::Fr, Lang::En];

fn store(room: &Room) -> Store {
    let path = room.settings.data_dir.join(ledger::FILE_NAME);
    Store::open(&path, Access::Read).unwrap()
}

/// What `releve cost --json` would say.
fn cost(room: &Room, period: &str) -> Cost {
    let store = store(room);
    let sight = Sight {
        store: &store,
        settings: &room.settings,
        offers: &Offers::built_in(),
        now: lived_in::now(),
    };
    let days = Days::read(period, lived_in::now()).unwrap();
    let point = lived_in::HOME.parse().ok();
    let mut costs = sight.costs(point, None, days).unwrap().costs.usage_points;
    costs.remove(0)
}

#[tokio::test]
async fn costs_are_those_of_the_command_for_days_months_and_years_in_both_languages() {
    let room = Room::lived_in();
    for period in [
        "2026-11-12",
        "2026-10-25",
        "2026-03-29",
        "2026-11-05",
        "2026-11",
        "2026-10",
        "2026",
    ] {
        let cost = cost(&room, period);
        for lang in BOTH {
            let words = Words { lang };
            let path = format!("/costs?point={}&period={period}", lived_in::HOME);
            let said = room.get(lang.tag(), &path).await;
            assert_eq!(said.status, 200, "{}", said.text);
            let text = plain(&said.text);
            let sums = &cost.sums;
            let mut wanted = vec![
                words.known_euros(sums.total_micro_euros, !sums.complete),
                words.known_euros(sums.energy_micro_euros, !sums.unknown.is_empty()),
                words.completeness(sums),
            ];
            for class in &sums.classes {
                let kwh = WattMinutes(class.watt_minutes).watt_hours_rounded();
                wanted.push(words.thousandths(kwh));
            }
            wanted.extend(words.not_known(&cost));
            wanted.extend(cost.notes.iter().map(|note| words.price_note(note)));
            for wanted in wanted {
                let wanted = plain(&wanted);
                assert!(
                    text.contains(&wanted),
                    "{period} {lang:?}: {wanted}\n{text}"
                );
            }
            assert!(headings_are_in_order(&said.text), "{period}");
            assert!(!said.text.contains("style="));
        }
    }
}

#[tokio::test]
async fn the_last_step_of_a_period_is_its_whole_cost_to_the_micro_euro() {
    let room = Room::lived_in();
    for (period, steps) in [("2026-11", 20), ("2026-10", 31), ("2026", 11)] {
        let cost = cost(&room, period);
        let path = format!("/costs/steps.csv?point={}&period={period}", lived_in::HOME);
        let said = room.get("en", &path).await;
        assert_eq!(said.status, 200, "{}", said.text);
        let rows: Vec<Vec<&str>> = said
            .text
            .lines()
            .map(|line| line.split(',').collect())
            .collect();
        assert_eq!(rows.len(), steps + 1, "{period}");
        let last = rows.last().unwrap();
        assert_eq!(last[5], cost.sums.total_micro_euros.to_string(), "{period}");
        assert_eq!(last[6], cost.sums.complete.to_string());
        let energy: u64 = rows[1..]
            .iter()
            .filter_map(|row| row[2].parse::<u64>().ok())
            .sum();
        let classes: u64 = cost
            .sums
            .classes
            .iter()
            .map(|class| class.watt_minutes)
            .sum();
        assert_eq!(energy, classes, "{period}");
    }
    // Two hours and a half hour of a day are missing: it is not whole, and says so.
    let path = format!("/costs/steps.csv?point={}&period=2026-11", lived_in::HOME);
    let said = room.get("en", &path).await;
    let whole = |day: &str| {
        let mut rows = said.text.lines();
        let row = rows.find(|row| row.starts_with(day)).unwrap();
        row.split(',').nth(4).unwrap() == "true"
    };
    assert!(whole("2026-11-04"));
}

#[tokio::test]
async fn offers_beside_each_other_cost_what_the_command_says() {
    let room = Room::lived_in();
    let store = store(&room);
    let sight = Sight {
        store: &store,
        settings: &room.settings,
        offers: &Offers::built_in(),
        now: lived_in::now(),
    };
    for period in ["2026-10", "2026-10-25"] {
        let days = Days::read(period, lived_in::now()).unwrap();
        let point = lived_in::HOME.parse().ok();
        let compared = sight
            .compare(point, &[], days)
            .unwrap()
            .usage_points
            .remove(0);
        assert!(compared.offers.iter().any(|row| row.priced));
        for lang in BOTH {
            let words = Words { lang };
            let path = format!("/costs/offers?point={}&period={period}", lived_in::HOME);
            let said = room.get(lang.tag(), &path).await;
            let text = plain(&said.text);
            for row in &compared.offers {
                let total = if row.priced {
                    words.euros(row.total_micro_euros)
                } else {
                    "?".to_owned()
                };
                assert!(text.contains(&total), "{period} {}: {total}", row.offer.id);
                assert!(text.contains(&row.offer.id));
            }
            let cheapest = words.cheapest(&compared).unwrap();
            assert!(text.contains(&cheapest), "{cheapest}\n{text}");
            assert!(headings_are_in_order(&said.text));
        }
    }
}

#[tokio::test]
async fn who_has_no_offer_or_no_meter_is_told_what_to_do() {
    let room = Room::lived_in();
    let unpriced = room
        .get("fr", &format!("/costs?point={}", lived_in::ROOF))
        .await;
    assert_eq!(unpriced.status, 200);
    assert!(
        plain(&unpriced.text).contains("aucune offre")
            || plain(&unpriced.text).contains("Aucune offre")
    );
    let coming = room
        .get(
            "fr",
            &format!("/costs?point={}&period=2030", lived_in::HOME),
        )
        .await;
    assert_eq!(coming.status, 400);
    for foul in [
        "period=soon",
        "point=1",
        "period=all",
        "point=99999999999999",
    ] {
        let said = room.get("en", &format!("/costs?{foul}")).await;
        assert!(matches!(said.status, 400 | 404), "{foul}: {}", said.status);
    }
    let empty = Room::empty();
    for path in [
        "/costs",
        "/costs/offers",
        "/tempo",
        "/off-peak",
        "/data",
        "/meters",
        "/consents",
        "/outputs",
        "/health",
    ] {
        for lang in BOTH {
            let said = empty.get(lang.tag(), path).await;
            assert_eq!(said.status, 200, "{path}: {}", said.text);
            assert!(headings_are_in_order(&said.text), "{path}: {}", said.text);
        }
    }
}

fn coloured() -> Room {
    Room::with(crate::room::LIVED_IN, |store| {
        lived_in::fill(store);
        let now = lived_in::now();
        let mut say = |source: Source, days: &[(i8, i8, &'static str)]| {
            let days = days.iter();
            let days: Vec<_> = days
                .map(|(month, day, colour)| (date(2026, *month, *day), *colour))
                .collect();
            let source = source.to_string();
            store.write_colours("tempo", &days, &source, now).unwrap();
        };
        let page = [
            (11, 19, "red"),
            (11, 20, "white"),
            (11, 21, "red"),
            (11, 22, "blue"),
        ];
        say(Source::RtePage, &page);
        // Two of one weight that differ.
        say(Source::File("<b>a</b>".to_owned()), &[(11, 18, "blue")]);
        say(Source::CouleurTempo, &[(11, 18, "white")]);
    })
}

#[tokio::test]
async fn the_season_counts_what_is_left_and_never_takes_unknown_for_blue() {
    let room = coloured();
    for (lang, red, disputed) in [
        ("fr", "rouge (R) 20 2 22", "contesté"),
        ("en", "red (R) 20 2 22", "disputed"),
    ] {
        let said = room.get(lang, "/tempo").await;
        assert_eq!(said.status, 200, "{}", said.text);
        let text = plain(&said.text);
        assert!(text.contains(red), "{text}");
        assert!(text.contains(disputed), "{text}");
        // 1 September to 21 November is 82 days, of which three are known.
        assert!(text.contains("79"), "{text}");
        assert!(
            !said.text.contains("<b>a</b>"),
            "a file's name is no markup"
        );
        assert!(headings_are_in_order(&said.text));
        assert_eq!(said.text.matches("class=\"day is-red\"").count(), 2);
    }
    let past = room.get("en", "/tempo?season=2024").await;
    assert_eq!(past.status, 200);
    assert!(plain(&past.text).contains("365") || plain(&past.text).contains("43"));
    for foul in ["season=x", "season=99999", "calendar=moon"] {
        assert_eq!(
            room.get("en", &format!("/tempo?{foul}")).await.status,
            400,
            "{foul}"
        );
    }
    let ejp = room.get("fr", "/tempo?calendar=ejp").await;
    assert_eq!(ejp.status, 200, "{}", ejp.text);
}

#[tokio::test]
async fn off_peak_hours_are_drawn_as_stated_and_an_expression_is_tried_without_script() {
    let room = Room::lived_in();
    let own = room
        .get("fr", &format!("/off-peak?point={}", lived_in::HOME))
        .await;
    assert_eq!(own.status, 200);
    assert!(
        plain(&own.text).contains("00:00-06:38 , 22:38-24:00"),
        "{}",
        plain(&own.text)
    );
    assert!(own.text.contains("x=\"1358\" width=\"82\""));
    let tried = room
        .get("en", "/off-peak?expression=1h-7h+samedi+0h-24h")
        .await;
    let text = plain(&tried.text);
    assert!(
        text.contains("01:00-07:00") && text.contains("00:00-24:00"),
        "{text}"
    );
    let wrong = room
        .get("en", "/off-peak?expression=1h-7h+samdi+0h-24h")
        .await;
    assert_eq!(wrong.status, 200);
    assert!(wrong.text.contains("<mark>samdi</mark>"), "{}", wrong.text);
    assert!(wrong.text.contains("aria-invalid=\"true\""));
    assert!(
        wrong.text.contains("expression=1h-7h+"),
        "a correction is one click away"
    );
    let foul = room
        .get(
            "en",
            "/off-peak?expression=%3Cscript%3Ealert(1)%3C/script%3E",
        )
        .await;
    assert_eq!(foul.status, 200);
    assert!(!foul.text.contains("<script>alert"), "{}", foul.text);
    assert!(headings_are_in_order(&foul.text));
    let long = format!("/off-peak?expression={}", "1h-2h+".repeat(1_500));
    assert_eq!(room.get("en", &long).await.status, 200);
    assert_eq!(room.get("en", "/off-peak?holidays=moon").await.status, 400);
}

#[tokio::test]
async fn hostile_names_stay_names() {
    let configuration = format!(
        "[[usage_points]]\nprm = \"{}\"\nname = \"<script>alert(1)</script>\"\noffer = \"base\"\nsubscribed_kva = 9\n",
        lived_in::HOME
    );
    let room = Busy::with(Room::with(&configuration, lived_in::fill), Vec::new());
    for path in [
        "/costs",
        "/costs/offers",
        "/off-peak",
        "/data",
        "/meters",
        "/consents",
        "/outputs",
        "/health",
    ] {
        let said = room.get("ann", "fr", path).await;
        assert_eq!(said.status, 200, "{path}: {}", said.text);
        assert!(!said.text.contains("<script>alert"), "{path}");
        assert!(!said.text.contains("<b>hier"), "{path}");
    }
}
