//! A folder with a ledger, a clock that stands still, and what a command says.

use std::io::Write;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use ledger::{
    Access, ContractRecord, Coverage, DayState, SeriesKey, SeriesNote, SourceTotal, Store, Verdict,
};
use meter::{
    DailyEnergy, DailyMaximum, Direction, Granularity, Interval, Kind, PeakInstant, Phase,
    Register, Step, paris,
};
use releve::{Exit, Terminal, World};
use service::clock::BoxFuture;
use service::net::NetError;
use service::{Http, HttpError, MapEnv, Network, SharedHttp, VirtualClock};

pub const HOME: &str = "22516914714270";
pub const ROOF: &str = "11111111111111";
pub const SPRING: Date = date(2026, 3, 29);
pub const AUTUMN: Date = date(2026, 10, 25);
/// Two hours are missing, and a half hour.
pub const PARTIAL: Date = date(2026, 11, 5);
/// Its energy is missing, its curve is not.
const WITHOUT_ENERGY: Date = date(2026, 11, 9);

pub struct House {
    dir: tempfile::TempDir,
    env: MapEnv,
    pub terminal: Terminal,
    pub now: Timestamp,
    pub network: Wire,
}

/// What a command said and left with.
pub struct Said {
    pub exit: Exit,
    pub out: String,
    pub err: String,
}

pub fn now() -> Timestamp {
    "2026-11-21T09:00:00Z".parse().unwrap()
}

/// A network on which everything answers, until a test says otherwise.
#[derive(Default)]
pub struct Wire {
    /// How far the source's clock is ahead of ours, in seconds.
    pub ahead: i64,
    /// Why the host has no connection.
    pub broken: Option<NetError>,
    /// What the source answers.
    pub status: Option<u16>,
    /// Why the source gives no answer.
    pub silent: Option<HttpError>,
}

impl Network for Wire {
    fn resolve<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, NetError>> {
        let found = match &self.broken {
            Some(NetError::Name(cause)) => Err(NetError::Name(cause.clone())),
            _ => Ok(vec![IpAddr::from([192, 0, 2, 7])]),
        };
        Box::pin(async { found })
    }

    fn knock<'a>(&'a self, _: &'a str, _: u16, _: bool) -> BoxFuture<'a, Result<(), NetError>> {
        let knocked = self.broken.clone().map_or(Ok(()), Err);
        Box::pin(async { knocked })
    }

    fn http(&self) -> Result<SharedHttp, HttpError> {
        let answer = Answer {
            date: now() + SignedDuration::from_secs(self.ahead),
            status: self.status.unwrap_or(404),
            silent: self.silent.clone(),
        };
        Ok(Arc::new(answer))
    }
}

struct Answer {
    date: Timestamp,
    status: u16,
    silent: Option<HttpError>,
}

impl Http for Answer {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        let date = self.date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let answer = Response::builder().status(self.status).header("date", date);
        let answer = answer.body(Bytes::new()).unwrap();
        let said = self.silent.clone().map_or(Ok(answer), Err);
        Box::pin(async { said })
    }
}

impl House {
    /// A folder with nothing in it.
    pub fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home").to_string_lossy().into_owned();
        Self {
            dir,
            env: MapEnv::from([("HOME", home.as_str())]),
            terminal: Terminal::PLAIN,
            now: now(),
            network: Wire::default(),
        }
    }

    /// The folder of a household that has collected for some weeks.
    pub fn lived_in() -> Self {
        let house = Self::empty();
        house.write(fill);
        house
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        service::files::write_private(&self.path(name), text.as_bytes()).unwrap();
        self.path(name).to_string_lossy().into_owned()
    }

    pub fn write(&self, write: impl FnOnce(&mut Store)) {
        let mut folder = std::fs::DirBuilder::new();
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.recursive(true).create(self.path("data")).unwrap();
        let path = self.path("data").join(ledger::FILE_NAME);
        write(&mut Store::open(&path, Access::Write).unwrap());
    }

    /// Runs a command on this folder; `DIR` in the line stands for it.
    pub fn run(&self, line: &str) -> Said {
        let dir = self.dir.path().to_string_lossy().into_owned();
        let data = format!("{dir}/data");
        let mut args = vec!["releve", "--data-dir", &data];
        let line = line.replace("DIR", &dir);
        args.extend(line.split_whitespace());
        self.run_args(&args)
    }

    fn run_args(&self, args: &[&str]) -> Said {
        let mut out = Vec::new();
        let (exit, err) = self.run_into(args, &mut out);
        Said {
            exit,
            out: self.hide_folder(out),
            err,
        }
    }

    /// The same into an output that may fail.
    pub fn run_into(&self, args: &[&str], out: &mut dyn Write) -> (Exit, String) {
        let mut err = Vec::new();
        let mut world = World {
            env: &self.env,
            clock: Arc::new(VirtualClock::at(self.now)),
            input: &mut std::io::empty(),
            out,
            err: &mut err,
            terminal: self.terminal,
            network: &self.network,
            logging: false,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let args = args.iter().map(Into::into);
        let exit = runtime.block_on(releve::run(args, &mut world));
        (exit, self.hide_folder(err))
    }

    fn hide_folder(&self, bytes: Vec<u8>) -> String {
        let dir = self.dir.path().to_string_lossy().into_owned();
        String::from_utf8(bytes).unwrap().replace(&dir, "[dir]")
    }

    /// The same command in both languages, as one text to compare.
    pub fn both(&self, line: &str) -> String {
        ["fr", "en"]
            .map(|lang| {
                let said = self.run(&format!("--lang {lang} {line}"));
                assert_fits(&said.out, self.terminal.width);
                said.render()
            })
            .join("\n")
    }
}

impl Said {
    pub fn render(&self) -> String {
        let mut text = format!("[exit {}]\n{}", self.exit as u8, self.out);
        if !self.err.is_empty() {
            text += "[stderr]\n";
            text += &self.err;
        }
        text
    }

    pub fn json(&self) -> serde_json::Value {
        assert_eq!(self.exit, Exit::Ok, "{}", self.err);
        serde_json::from_str(&self.out).unwrap()
    }
}

/// Nothing that a command lays out is wider than the terminal; paths may be.
fn assert_fits(text: &str, width: usize) {
    for line in text.lines().filter(|line| !line.contains("[dir]")) {
        assert!(releve::table::width(line) <= width, "too wide: {line}");
    }
}

pub fn key(prm: &str, direction: Direction, kind: Kind) -> SeriesKey {
    SeriesKey {
        usage_point: prm.parse().unwrap(),
        direction,
        kind,
    }
}

/// A day's curve: two peaks over a base load, always even, never twice the same.
pub fn curve(day: Date) -> Vec<Interval> {
    let mut start = paris::day_start(day);
    let mut intervals = Vec::new();
    while start < paris::day_end(day) {
        let time = paris::local(start).time();
        let half = time.hour() as u32 * 2 + time.minute() as u32 / 30;
        let peak = match half {
            13..=16 => 900,
            24..=26 => 1_400,
            37..=43 => 2_100,
            _ => 120,
        };
        let own = (u32::from(day.day().unsigned_abs()) * 37 + half * 11) % 90;
        intervals.push(Interval {
            start,
            step: Step::HALF_HOUR,
            watts: peak + own * 2,
        });
        start += Step::HALF_HOUR.duration();
    }
    intervals
}

pub fn energy(intervals: &[Interval]) -> u64 {
    let sum: meter::WattMinutes = intervals.iter().map(Interval::energy).sum();
    sum.watt_hours().unwrap()
}

pub fn judge(day: Date, coverage: Coverage) -> Verdict {
    let state = match coverage {
        c if c.is_complete() => return Verdict::complete(),
        c if !c.is_empty() => DayState::Partial,
        _ if day >= date(2026, 11, 18) => DayState::Awaited,
        _ => DayState::AbsentAtSource,
    };
    Verdict {
        state,
        reason: Some("no-data".to_owned()),
        ask_at: (state == DayState::Awaited).then(|| "2026-11-21T13:00:00Z".parse().unwrap()),
    }
}

fn fill(store: &mut Store) {
    let days: Vec<Date> = paris::days(date(2026, 10, 1), date(2026, 11, 21)).collect();
    fill_curve(store, &days);
    fill_daily(store, &days);
    fill_maxima(store, &days);
    fill_rest(store);
}

fn fill_curve(store: &mut Store, days: &[Date]) {
    let key = key(HOME, Direction::Consumption, Kind::Curve);
    store
        .write_curve(key, &curve(SPRING), &[SPRING], "enedis", now(), &judge)
        .unwrap();
    let last = date(2026, 11, 20);
    let held = days.iter().filter(|day| **day != last);
    let mut intervals: Vec<Interval> = held.flat_map(|day| curve(*day)).collect();
    intervals.retain(|interval| {
        let local = paris::local(interval.start);
        let hole = matches!(local.hour(), 3 | 4) || (local.hour(), local.minute()) == (18, 30);
        local.date() != PARTIAL || !hole
    });
    store
        .write_curve(key, &intervals, days, "enedis", now(), &judge)
        .unwrap();
}

fn fill_daily(store: &mut Store, days: &[Date]) {
    let key = key(HOME, Direction::Consumption, Kind::Daily);
    let missing = [WITHOUT_ENERGY, date(2026, 11, 20)];
    let totals: Vec<DailyEnergy> = days
        .iter()
        .filter(|day| !missing.contains(day))
        .map(|day| DailyEnergy {
            day: *day,
            // One day on which register and curve disagree by 2 Wh.
            watt_hours: energy(&curve(*day)) + if day.day() == 12 { 2 } else { 0 },
        })
        .collect();
    store
        .write_daily(key, &totals, days, "enedis", now(), &judge)
        .unwrap();
    let roof: Vec<DailyEnergy> = days
        .iter()
        .map(|day| DailyEnergy {
            day: *day,
            watt_hours: 4_000 + u64::from(day.day().unsigned_abs()) * 100,
        })
        .collect();
    let roof_key = SeriesKey {
        usage_point: ROOF.parse().unwrap(),
        direction: Direction::Production,
        ..key
    };
    store
        .write_daily(roof_key, &roof, days, "enedis", now(), &judge)
        .unwrap();
}

fn fill_maxima(store: &mut Store, days: &[Date]) {
    let maxima: Vec<DailyMaximum> = days
        .iter()
        .filter(|day| day.day() % 3 == 1)
        .map(|day| {
            let hour = if *day == AUTUMN { 2 } else { 19 };
            DailyMaximum {
                day: *day,
                phase: Phase::All,
                volt_amperes: 5_000 + u32::from(day.day().unsigned_abs()) * 170,
                at: PeakInstant::from_local(day.at(hour, 30, 12, 0)).unwrap(),
            }
        })
        .collect();
    let asked: Vec<Date> = maxima.iter().map(|maximum| maximum.day).collect();
    let key = key(HOME, Direction::Consumption, Kind::Maximum);
    store
        .write_maxima(key, &maxima, &asked, "enedis", now(), &judge)
        .unwrap();
}

fn fill_rest(store: &mut Store) {
    let registers =
        [("", "", 123_456), ("D", "HC", 23_456)].map(|(calendar, class, wh)| Register {
            day: date(2026, 11, 1),
            calendar: calendar.to_owned(),
            class: class.to_owned(),
            watt_hours: wh,
        });
    let index = key(HOME, Direction::Consumption, Kind::Index);
    let day = [date(2026, 11, 1)];
    store
        .write_registers(index, &registers, &day, "enedis", now(), &judge)
        .unwrap();
    let facts = serde_json::json!({
        "subscribed_power_va": 9_000,
        "off_peak_text": "HC (22H38-6H38)",
        "segment": "C5",
        "consumption_activated": "2021-05-03",
    });
    let record = ContractRecord {
        facts,
        source: "enedis".to_owned(),
        said_at: now(),
    };
    store
        .set_contract(HOME.parse().unwrap(), &record, now())
        .unwrap();
    store.set_note(index, &refused()).unwrap();
    let total = SourceTotal {
        granularity: Granularity::Month,
        first: date(2026, 10, 1),
        watt_hours: 1_000_000,
        source: "portail".to_owned(),
        said_at: now(),
    };
    store
        .set_source_total(HOME.parse().unwrap(), Direction::Consumption, &total)
        .unwrap();
}

fn refused() -> SeriesNote {
    SeriesNote {
        problem: Some(serde_json::json!({ "problem": "no-consent" })),
        problem_at: Some("2026-11-20T08:00:00Z".parse().unwrap()),
        failures: 2,
        ask_at: Some("2026-11-22T08:00:00Z".parse().unwrap()),
        ..SeriesNote::default()
    }
}
