//! Hands that write down what they are asked to do, and visitors who may or may
//! not ask.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use dashboard::door::{Door, DoorConfig};
use dashboard::hands::{Coming, Wish};
use dashboard::work::{Upload, Work, WorkKind};
use dashboard::{Hands, House};
use home::Words;
use home::config::Settings;
use home::json::consent::ConsentEntry;
use home::json::import::{Import, ImportedFile, ImportedKind, Sums};
use home::json::outputs::Differences;
use http::{HeaderName, Request};
use meter::{Direction, UsagePoint};
use service::VirtualClock;
use service::random::SystemRandomness;

use crate::room::{Room, Said, lived_in};

/// What was asked for, in the order of asking.
pub type Diary = Arc<Mutex<Vec<String>>>;

struct Writing {
    settings: Arc<Settings>,
    diary: Diary,
    consents: Vec<ConsentEntry>,
}

impl Writing {
    fn note(&self, what: String) {
        self.diary.lock().unwrap().push(what);
    }
}

impl Hands for Writing {
    fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings)
    }

    fn works(&self) -> Vec<Work> {
        vec![Work {
            id: 1,
            kind: WorkKind::Repair,
            about: "<b>hier</b>".to_owned(),
            begun: lived_in::now(),
            ended: None,
            planned: 4,
            done: 1,
            now: Some("<i>curve</i>".to_owned()),
            lines: Vec::new(),
            failed: None,
        }]
    }

    fn import(
        &self,
        files: Vec<Upload>,
        whose: (Option<UsagePoint>, Option<Direction>),
        _: Words,
    ) -> Coming<'_, Import> {
        for file in &files {
            self.note(format!("import {} {}", file.name, file.bytes.len()));
        }
        let files = files.into_iter().map(|file| ImportedFile {
            file: file.name,
            kind: ImportedKind::Curve,
            usage_point: whose.0.unwrap_or_else(|| lived_in::HOME.parse().unwrap()),
            direction: whose.1.unwrap_or(Direction::Consumption),
            from: None,
            to: None,
            unbalanced: Vec::new(),
            sums: Sums {
                points: 48,
                written: 47,
                ..Sums::default()
            },
        });
        let report = Import::of(files.collect());
        Box::pin(async { Ok(report) })
    }

    fn repair(&self, wish: Wish, _: Words) -> Coming<'_, ()> {
        let points: Vec<String> = wish.usage_points.iter().map(ToString::to_string).collect();
        let points = points.join(",");
        self.note(format!(
            "repair {} {} {} {points}",
            wish.from, wish.to, wish.all
        ));
        Box::pin(async { Ok(()) })
    }

    fn push(&self, output: String, _: Words) -> Coming<'_, ()> {
        self.note(format!("push {output}"));
        Box::pin(async { Ok(()) })
    }

    fn verify(&self, output: String, _: Words) -> Coming<'_, Differences> {
        self.note(format!("verify {output}"));
        let found = Differences {
            output,
            compared: 31,
            differences: vec!["7 <i>2026-11-05</i>".to_owned()],
            notices: Vec::new(),
            troubles: Vec::new(),
        };
        Box::pin(async { Ok(found) })
    }

    fn consents(&self) -> Coming<'_, Vec<ConsentEntry>> {
        let consents = self.consents.clone();
        Box::pin(async { Ok(consents) })
    }

    fn begin_consent(&self, source: Option<String>, _: Words) -> Coming<'_, ConsentEntry> {
        self.note(format!("renew {}", source.unwrap_or_default()));
        let entry = self.consents.first().cloned().unwrap();
        Box::pin(async { Ok(entry) })
    }
}

/// A room whose visitors a proxy names: `ann` may change things, others look.
pub struct Busy {
    pub room: Room,
    pub diary: Diary,
}

impl Busy {
    /// The room behind such a door.
    pub fn with(mut room: Room, consents: Vec<ConsentEntry>) -> Self {
        let diary = Diary::default();
        let hands = Writing {
            settings: Arc::clone(&room.settings),
            diary: Arc::clone(&diary),
            consents,
        };
        let clock = Arc::new(VirtualClock::at(lived_in::now()));
        let house = House::new(clock.clone(), Arc::new(hands));
        let mut config = DoorConfig::at("127.0.0.1:8733".parse().unwrap());
        config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        config.user_header = Some(HeaderName::from_static("remote-user"));
        config.owners = vec!["ann".to_owned()];
        let door = Door::new(config, clock, Arc::new(SystemRandomness::new())).unwrap();
        room.router = dashboard::router(house, &door);
        Self { room, diary }
    }

    /// The household of `lived_in`.
    pub fn lived_in() -> Self {
        Self::with(Room::lived_in(), Vec::new())
    }

    /// A page as somebody sees it.
    pub async fn get(&self, who: &str, lang: &str, path: &str) -> Said {
        let request = Self::request(Request::get(path), who, lang);
        self.room.send(request.body(Body::empty()).unwrap()).await
    }

    /// A form with the token of the page that holds it.
    pub async fn post(&self, who: &str, from: &str, path: &str, form: &str) -> Said {
        let page = self.get(who, "en", from).await;
        let form = format!("csrf={}&{form}", token(&page.text));
        let request = Self::request(Request::post(path), who, "en")
            .header("origin", "http://127.0.0.1:8733")
            .header("content-type", "application/x-www-form-urlencoded");
        self.room
            .send(request.body(Body::from(form)).unwrap())
            .await
    }

    /// A request as the proxy passes it on.
    pub fn request(
        request: http::request::Builder,
        who: &str,
        lang: &str,
    ) -> http::request::Builder {
        request
            .header("host", "127.0.0.1:8733")
            .header("accept-language", lang)
            .header("remote-user", who)
    }

    /// What was asked for so far.
    pub fn diary(&self) -> Vec<String> {
        self.diary.lock().unwrap().clone()
    }
}

/// The token that a page's forms carry.
pub fn token(page: &str) -> String {
    let (_, after) = page.split_once("data-csrf=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

/// A page's text as a reader sees it: without markup, spaces as single ones.
pub fn plain(page: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in page.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    let text = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#39;", "'"),
        ("&#34;", "\""),
        ("&#38;", "&"),
    ]
    .iter()
    .fold(text, |text, (from, to)| text.replace(from, to));
    text.split([' ', '\n'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether headings begin with one `h1` and leave out no level.
pub fn headings_are_in_order(page: &str) -> bool {
    let levels = page.match_indices("<h").filter_map(|(at, _)| {
        let level = page[at + 2..].chars().next()?.to_digit(10)?;
        Some(level)
    });
    let levels: Vec<u32> = levels.collect();
    let steps = levels.windows(2).all(|pair| pair[1] <= pair[0] + 1);
    levels.first() == Some(&1) && levels.iter().filter(|level| **level == 1).count() == 1 && steps
}
