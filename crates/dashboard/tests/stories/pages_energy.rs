//! The energy pages: their numbers are those of the views, in both languages and
//! on the days of clock changes; they stand without data and against foul names.

use std::io::Write;

use home::json::show::Subject;
use home::view::pricing::{Known, configured};
use home::when::Days;
use home::{Words, view};
use jiff::civil::{Date, date};
use ledger::{Access, Store};
use meter::{DailyEnergy, Direction, Granularity, Kind, Period, UsagePoint, paris};
use service::Lang;

use crate::room::{Room, Said, lived_in};

const AUTUMN: Date = date(2025, 10, 26);
const PLAIN: Date = date(2026, 11, 19);
const PAGES: [&str; 6] = [
    "/",
    "/history",
    "/history?by=day",
    "/history?by=all",
    "/heat-map",
    "/maxima",
];

const CONFIGURATION: &str = r#"
[[usage_points]]
prm = "22516914714270"
name = "Maison"
offer = "hphc"
off_peak = "22h38-6h38"
subscribed_kva = 9
"#;

/// Whole weeks around both clock changes and before the present day.
fn fill(store: &mut Store) {
    lived_in::fill(store);
    let runs = [
        paris::days(date(2025, 10, 1), date(2025, 12, 1)),
        paris::days(date(2026, 3, 1), date(2026, 4, 1)),
    ];
    let days: Vec<Date> = runs.into_iter().flatten().collect();
    let key = |kind| lived_in::key(lived_in::HOME, Direction::Consumption, kind);
    let curve: Vec<_> = days.iter().flat_map(|day| lived_in::curve(*day)).collect();
    let (now, judge) = (lived_in::now(), &lived_in::judge);
    store
        .write_curve(key(Kind::Curve), &curve, &days, "enedis", now, judge)
        .unwrap();
    let total = |day: &Date| DailyEnergy {
        day: *day,
        watt_hours: lived_in::energy(&lived_in::curve(*day)),
    };
    let daily: Vec<_> = days.iter().map(total).collect();
    store
        .write_daily(key(Kind::Daily), &daily, &days, "enedis", now, judge)
        .unwrap();
}

fn room() -> Room {
    Room::with(CONFIGURATION, fill)
}

fn store(room: &Room) -> Store {
    let path = room.dir.path().join("data").join(ledger::FILE_NAME);
    Store::open(&path, Access::Read).unwrap()
}

fn subject() -> Subject {
    Subject {
        usage_point: lived_in::HOME.parse().unwrap(),
        name: Some("Maison".to_owned()),
        direction: Direction::Consumption,
    }
}

/// The cost of some days as `releve cost` says it.
fn cost(room: &Room, first: Date, end: Date) -> home::json::cost::Cost {
    let store = store(room);
    let prm: UsagePoint = lived_in::HOME.parse().unwrap();
    let prices = configured(&room.settings.usage_points, prm);
    let offers = home::offers::Offers::built_in();
    let known = Known::read(&store, prm, &prices, (first, end)).unwrap();
    let days = Days {
        first,
        end,
        to_come: 0,
    };
    let days = days.passed(lived_in::now());
    let offer = offers.find("hphc").unwrap();
    view::cost::read(&store, subject(), days, offer, &known).unwrap()
}

fn languages() -> [(&'static str, Words); 2] {
    let words = |lang| Words { lang };
    [("fr", words(Lang::Fr)), ("en", words(Lang::En))]
}

#[tokio::test]
async fn a_day_shows_the_views_energy_cost_and_curve_on_every_length_of_day() {
    let room = room();
    for (day, intervals) in [(PLAIN, 48), (lived_in::SPRING, 46), (AUTUMN, 50)] {
        let shown = view::day::read(&store(&room), subject(), day, lived_in::now()).unwrap();
        let cost = cost(&room, day, paris::add_days(day, 1));
        assert_eq!(cost.sums.minutes_covered, cost.sums.minutes, "{day}");
        assert_eq!(shown.intervals.len(), intervals);
        for (lang, words) in languages() {
            let page = room.get(lang, &format!("/history?period={day}")).await;
            assert_eq!(page.status, 200, "{}", page.text);
            let energy = words.kwh(shown.watt_hours.unwrap());
            assert!(page.text.contains(&energy), "{day} {lang}: {energy}");
            let euros = words.euros(cost.sums.total_micro_euros);
            assert!(page.text.contains(&euros), "{day} {lang}: {euros}");
            assert!(page.text.contains(&words.day(day)));
            for one in &shown.intervals {
                let watts = words.unit(u64::from(one.watts), "W");
                assert!(
                    page.text.contains(&format!(">{watts}<")),
                    "{day} {lang}: {watts}"
                );
            }
        }
        let file = room
            .get("fr", &format!("/history?period={day}&format=csv"))
            .await;
        let lines: Vec<&str> = file.text.lines().collect();
        assert_eq!(lines.len(), intervals + 1);
        let first = &shown.intervals[0];
        assert_eq!(
            lines[1],
            format!("consumption,{},30,{}", first.start, first.watts)
        );
    }
}

#[tokio::test]
async fn months_and_years_show_the_views_sums_and_costs() {
    let room = room();
    let periods = [
        (Granularity::Month, date(2026, 3, 1), "2026-03"),
        (Granularity::Month, date(2025, 10, 1), "2025-10"),
        (Granularity::Month, date(2026, 11, 1), "2026-11"),
        (Granularity::Year, date(2026, 1, 1), "2026"),
    ];
    for (granularity, first, text) in periods {
        let period = Period::containing(granularity, first);
        let shown = view::period::read(&store(&room), subject(), period, lived_in::now()).unwrap();
        let cost = cost(&room, period.first(), period.end());
        for (lang, words) in languages() {
            for value in ["energy", "cost"] {
                let path = format!("/history?period={text}&value={value}&compare=1");
                let page = room.get(lang, &path).await;
                assert_eq!(page.status, 200, "{}", page.text);
                let energy = words.kwh(shown.total.watt_hours.unwrap());
                assert!(page.text.contains(&energy), "{path} {lang}: {energy}");
                let euros = words.euros(cost.sums.total_micro_euros);
                assert!(page.text.contains(&euros), "{path} {lang}: {euros}");
                for part in shown.parts.iter().filter_map(|part| part.total.watt_hours) {
                    assert!(
                        page.text.contains(&words.kwh(part)),
                        "{path} {lang}: {part}"
                    );
                }
            }
            let page = room.get(lang, &format!("/history?period={text}")).await;
            for class in &cost.sums.classes {
                let held = meter::WattMinutes(class.watt_minutes).watt_hours_rounded();
                assert!(
                    page.text.contains(&words.kwh(held)),
                    "{text} {}",
                    class.class
                );
            }
        }
        let file = room
            .get("en", &format!("/history?period={text}&format=csv"))
            .await;
        let mut lines = file.text.lines();
        let head: Vec<&str> = lines.next().unwrap().split(',').collect();
        let column = head.iter().position(|name| *name == "watt_hours").unwrap();
        let cells = lines.filter_map(|line| line.split(',').nth(column)?.parse::<u64>().ok());
        assert_eq!(Some(cells.sum::<u64>()), shown.total.watt_hours);
    }
}

#[tokio::test]
async fn a_period_that_lacks_days_says_how_many_it_has() {
    let room = room();
    let page = room.get("en", "/history?period=2026-11").await;
    // The energy of the 9th and the 20th is missing, ten days are to come.
    assert!(
        page.text
            .contains("18 days measured of 20 that have passed"),
        "{}",
        page.text
    );
    let page = room.get("en", "/history?period=2026-10").await;
    assert!(!page.text.contains("days measured of"));
}

#[tokio::test]
async fn a_partial_amount_says_what_it_lacks() {
    let room = room();
    let month = cost(&room, date(2026, 11, 1), date(2026, 12, 1));
    for (lang, words) in languages() {
        let page = room.get(lang, "/history?period=2026-11").await;
        let reasons = words.why_partial(&month);
        assert!(!reasons.is_empty());
        for reason in reasons {
            assert!(page.text.contains(&escaped(&reason)), "{lang}: {reason}");
        }
    }
}

#[tokio::test]
async fn home_shows_the_last_day_that_has_data_and_why_yesterday_is_missing() {
    let room = Room::with(
        &format!(
            "[sources.enedis]\nkind = \"data-connect\"\nclient_id = \"a\"\nclient_secret = \"b\"\n{CONFIGURATION}"
        ),
        fill,
    );
    let day = PLAIN;
    let shown = view::day::read(&store(&room), subject(), day, lived_in::now()).unwrap();
    let cost = cost(&room, day, paris::add_days(day, 1));
    let maxima =
        view::maxima::read(&store(&room), subject(), day, paris::add_days(day, 1)).unwrap();
    for (lang, words) in languages() {
        let page = room.get(lang, "/").await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains(&words.day(day)), "{}", page.text);
        assert!(
            page.text
                .contains(&words.thousandths(shown.watt_hours.unwrap()))
        );
        assert!(
            page.text
                .contains(&words.euros(cost.sums.total_micro_euros))
        );
        let highest = u64::from(maxima.highest.unwrap().volt_amperes);
        assert!(page.text.contains(&words.thousandths(highest)));
        let status =
            view::status::read(Some(&store(&room)), &room.settings, lived_in::now(), words);
        let yesterday = status.unwrap().usage_points[0].yesterday.clone().unwrap();
        assert!(yesterday.is_missing);
        assert!(
            page.text.contains(&escaped(&yesterday.sentence)),
            "{}",
            yesterday.sentence
        );
    }
}

/// As askama writes it.
fn escaped(text: &str) -> String {
    text.replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('>', "&#62;")
        .replace('"', "&#34;")
        .replace('\'', "&#39;")
}

#[tokio::test]
async fn the_heat_map_has_23_and_25_hours_where_the_clock_changes_and_the_views_sums() {
    let room = room();
    for (year, day, hours) in [(2026, lived_in::SPRING, 23), (2025, AUTUMN, 25)] {
        let said = room
            .get("fr", &format!("/heat-map/hours?period={year}"))
            .await;
        let map: serde_json::Value = serde_json::from_str(&said.text).unwrap();
        let at = usize::from(day.day_of_year().unsigned_abs()) - 1;
        let of_day = map["days"][at].as_array().unwrap();
        assert_eq!(of_day.len(), hours);
        assert_eq!(
            map["clock"][at.to_string()].as_array().unwrap().len(),
            hours
        );
        let sum: u64 = of_day.iter().map(|hour| hour.as_u64().unwrap()).sum();
        let shown = view::day::read(&store(&room), subject(), day, lived_in::now()).unwrap();
        assert_eq!(sum * 60, shown.curve_watt_minutes);
        let first = date(year, 1, 1);
        let heat = view::heat::read(&store(&room), subject(), first, date(year + 1, 1, 1)).unwrap();
        for (lang, _) in languages() {
            let page = room.get(lang, &format!("/heat-map?period={year}")).await;
            assert_eq!(page.status, 200, "{}", page.text);
            let means = heat.months.iter().flat_map(|month| &month.hours);
            for mean in means.filter_map(home::json::heat::HourSum::mean_watt_hours) {
                assert!(page.text.contains(&format!(">{mean}</td>")));
            }
        }
    }
}

#[tokio::test]
async fn maxima_stand_against_the_subscribed_power() {
    let room = room();
    let (first, end) = (date(2026, 1, 1), date(2027, 1, 1));
    let maxima = view::maxima::read(&store(&room), subject(), first, end).unwrap();
    let above = |va: u32| {
        maxima
            .maxima
            .iter()
            .filter(|one| one.volt_amperes > va)
            .count()
    };
    let (over, near) = (above(9_000), above(8_099) - above(9_000));
    assert!(over > 0 && near > 0);
    for (lang, words) in languages() {
        let page = room.get(lang, "/maxima").await;
        assert_eq!(page.status, 200, "{}", page.text);
        for one in &maxima.maxima {
            let power = words.thousandths(u64::from(one.volt_amperes));
            assert!(page.text.contains(&format!("{power}\u{a0}kVA")), "{power}");
        }
        for count in [near, over] {
            let value = format!("<span class=\"value\">{count}</span>");
            assert!(page.text.contains(&value), "{value}");
        }
        assert_eq!(
            page.text.matches("class=\"bar thin f-above\"").count(),
            over
        );
    }
}

#[tokio::test]
async fn both_directions_meet_in_one_chart() {
    let room = Room::with(CONFIGURATION, |store| {
        fill(store);
        let key = lived_in::key(lived_in::HOME, Direction::Production, Kind::Daily);
        let sold = DailyEnergy {
            day: PLAIN,
            watt_hours: 1_234,
        };
        let (now, judge) = (lived_in::now(), &lived_in::judge);
        store
            .write_daily(key, &[sold], &[PLAIN], "enedis", now, judge)
            .unwrap();
    });
    for (lang, words) in languages() {
        let page = room
            .get(lang, "/history?period=2026-11&direction=net")
            .await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains("class=\"bar f-production\""));
        assert!(page.text.contains(&words.kwh(1_234)));
        let page = room
            .get(lang, &format!("/history?period={PLAIN}&direction=net"))
            .await;
        assert!(page.text.contains(&words.kwh(1_234)));
    }
}

#[tokio::test]
async fn a_foul_name_of_a_meter_is_shown_and_opens_nothing() {
    let foul = r#"
[[usage_points]]
prm = "22516914714270"
name = "<script>alert('x')</script>\"&"
[[usage_points]]
prm = "11111111111111"
name = "\" onmouseover=\"alert(1)"
"#;
    let room = Room::with(foul, lived_in::fill);
    for path in PAGES {
        let page = room.get("en", path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        assert!(!page.text.contains("<script>"), "{path}");
        assert!(!page.text.contains("\" onmouseover"), "{path}");
    }
    let page = room.get("en", "/").await;
    assert!(page.text.contains("alert("), "the name is shown");
}

#[tokio::test]
async fn pages_stand_without_readings_and_without_a_configuration() {
    for (lang, setup) in [("fr", "Bienvenue"), ("en", "Welcome")] {
        let room = Room::empty();
        for path in PAGES {
            let page = room.get(lang, path).await;
            assert_eq!(page.status, 200, "{path}: {}", page.text);
            assert!(
                page.text.contains(setup) && page.text.contains("/setup"),
                "{path}"
            );
        }
        let room = Room::with(CONFIGURATION, |_| ());
        for path in PAGES {
            let page = room.get(lang, path).await;
            assert_eq!(page.status, 200, "{path}: {}", page.text);
            assert!(!page.text.contains(setup), "{path}");
        }
    }
}

#[tokio::test]
async fn a_period_before_or_after_all_readings_is_shown_empty() {
    let room = room();
    for period in [
        "1980-05-01",
        "1999",
        "2100-01",
        "2026-11-21",
        "2026-12",
        "0000",
        "9999-12-31",
        "9999",
    ] {
        for path in [
            "/history",
            "/heat-map",
            "/maxima",
            "/heat-map/hours",
            "/history/points",
        ] {
            let said = room
                .get("fr", &format!("{path}?period={period}&compare=1"))
                .await;
            assert_eq!(said.status, 200, "{path} {period}: {}", said.text);
        }
    }
    let said = room.get("fr", "/history?point=33333333333333").await;
    assert_eq!(said.status, 404, "{}", said.text);
}

#[tokio::test]
async fn no_page_holds_a_style_or_a_script_of_its_own() {
    let room = room();
    for path in PAGES {
        let Said { text, .. } = room.get("en", path).await;
        assert!(
            !text.contains(" style=") && !text.contains("<style"),
            "{path}"
        );
        assert!(
            !text.contains("<script>") && !text.contains("://"),
            "{path}"
        );
        assert!(text.matches("<script").count() <= 3, "{path}");
    }
}

fn zipped(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

#[tokio::test]
async fn the_first_load_is_at_most_150_kilobytes_and_history_with_its_zoom_too() {
    let room = room();
    let asset = async |name: &str| {
        let path = dashboard::assets::path(name);
        zipped(room.get("fr", &path).await.text.as_bytes())
    };
    let common = asset("style.css").await + asset("app.js").await + asset("mark.svg").await;
    let home = common + zipped(room.get("fr", "/").await.text.as_bytes());
    assert!(home <= 60_000, "{home}");
    let zoom = asset("uplot.js").await + asset("uplot.css").await;
    let history = room.get("fr", "/history?period=2026").await;
    let points = room.get("fr", "/history/points?period=2026").await;
    let all = common + zoom + zipped(history.text.as_bytes()) + zipped(points.text.as_bytes());
    assert!(all <= 150_000, "{all}");
}
