//! A ledger with a household in it, a Domoticz beside it, and what its pages
//! should show, counted in another way than the program counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime, date};
use jiff::{SignedDuration, Timestamp};
use ledger::{Access, Coverage, DayState, Ledger, SeriesKey, SeriesNote, Store, Verdict};
use meter::{DailyEnergy, Direction, Interval, Kind, Step, UsagePoint, paris};
use outputs::domoticz::{Domoticz, Settings};
use outputs::{Context, Delivered, DeliveryError, Destination, Meter, Mode, Verified};
use serde_json::Value;
use service::{Clock, Lang, VirtualClock};
use standins::domoticz::Domoticz as StandIn;
use tariff::Plan;
use tariff::plan::PlanSource;

pub const HOME: &str = "22516914714270";
pub const ROOF: &str = "11111111111111";
pub const FIRST: Date = date(2024, 11, 20);
pub const TODAY: Date = date(2026, 11, 21);
pub const OFF_PEAK: &str = "1h30-7h30";

pub struct House {
    _dir: tempfile::TempDir,
    pub clock: Arc<VirtualClock>,
    pub context: Context,
    pub settings: Settings,
    pub standin: StandIn,
    pub domoticz: Domoticz,
}

/// U1, U2, R1, R2 of a day in Wh.
pub type Four = [u64; 4];

impl House {
    /// A household that has neither readings nor devices yet.
    pub fn empty(points: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join(ledger::FILE_NAME), Access::Write).unwrap();
        let clock = Arc::new(VirtualClock::at(noon(TODAY)));
        let standin = StandIn::start(standins::domoticz::Settings::default());
        let settings = Settings::new(standin.url().parse().unwrap());
        let meters = points.iter().map(|prm| Meter {
            plans: vec![Plan::new(PlanSource::Configuration, OFF_PEAK)],
            ..Meter::new(prm.parse().unwrap())
        });
        Self {
            context: Context {
                ledger: Arc::new(Ledger::of(store).unwrap()),
                clock: clock.clone(),
                lang: Lang::En,
                meters: meters.collect(),
            },
            domoticz: Domoticz::new("home".to_owned(), settings.clone()).unwrap(),
            settings,
            standin,
            clock,
            _dir: dir,
        }
    }

    /// Two years of a house that consumes and produces.
    pub async fn of_two_years() -> Self {
        let house = Self::empty(&[HOME]);
        for direction in Direction::ALL {
            house.fill(HOME, direction, (FIRST, TODAY)).await;
        }
        house
    }

    /// Changes what a person chose.
    pub fn choose(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        self.domoticz = Domoticz::new("home".to_owned(), self.settings.clone()).unwrap();
    }

    /// Noon of another day, here and at Domoticz.
    pub fn at(&self, day: Date) {
        self.clock.set(noon(day));
        self.standin.state().settings.now = day.at(12, 0, 0, 0);
    }

    pub fn wait(&self, time: SignedDuration) {
        self.clock.advance(time);
        let now = paris::local(self.clock.now());
        self.standin.state().settings.now = now;
    }

    pub async fn fill(&self, prm: &str, direction: Direction, (first, end): (Date, Date)) {
        let days: Vec<Date> = paris::days(first, end).collect();
        let curve: Vec<Interval> = days.iter().flat_map(|day| curve(*day, direction)).collect();
        self.write(prm, direction, &days, &curve).await;
    }

    /// Keeps the curve of some days, and of each the total that the meter counts.
    pub async fn write(&self, prm: &str, direction: Direction, days: &[Date], curve: &[Interval]) {
        let key = move |prm: UsagePoint, kind| SeriesKey {
            usage_point: prm,
            direction,
            kind,
        };
        let (prm, days, curve) = (prm.parse().unwrap(), days.to_vec(), curve.to_vec());
        let now = self.clock.now();
        let work = move |store: &mut Store| {
            let totals: Vec<DailyEnergy> = days
                .iter()
                .filter_map(|day| {
                    let sum: u64 = of_day(&curve, *day).map(|one| one.energy().0).sum();
                    let whole = of_day(&curve, *day).count() > 0;
                    let watt_hours = (sum + 30) / 60;
                    whole.then_some(DailyEnergy {
                        day: *day,
                        watt_hours,
                    })
                })
                .collect();
            store.write_curve(key(prm, Kind::Curve), &curve, &days, "enedis", now, &judge)?;
            store.write_daily(key(prm, Kind::Daily), &totals, &days, "enedis", now, &judge)?;
            let note = SeriesNote {
                succeeded_at: Some(now),
                ..SeriesNote::default()
            };
            store.set_note(key(prm, Kind::Curve), &note)
        };
        self.context.ledger.call(work).await.unwrap();
    }

    pub async fn push(&self) -> Delivered {
        let delivered = self.try_push().await.unwrap();
        assert_eq!(delivered.troubles, [], "a push that should go well");
        delivered
    }

    pub async fn try_push(&self) -> Result<Delivered, DeliveryError> {
        self.domoticz.push(&self.context, Mode::Write).await
    }

    /// The name of what stands in the way.
    pub async fn trouble(&self) -> String {
        match self.try_push().await {
            Err(DeliveryError::Trouble(trouble)) => trouble.name,
            Err(error) => panic!("{error}"),
            Ok(delivered) => delivered.troubles[0].name.clone(),
        }
    }

    pub async fn verify(&self) -> Verified {
        self.domoticz.verify(&self.context).await.unwrap()
    }

    /// The number of the device of a usage point or a pair.
    pub fn idx(&self, name: &str) -> u64 {
        let state = self.standin.state();
        let mut devices = state.tables.devices.iter();
        let found = devices.find(|(_, device)| device.name == format!("Linky {name}"));
        *found.unwrap().0
    }

    /// The days of a page, as kWh.
    pub fn page(&self, idx: u64, range: &str, list: &str) -> BTreeMap<String, [String; 4]> {
        let answer = self
            .standin
            .page(&format!("graph&sensor=counter&idx={idx}&range={range}"));
        let rows = answer[list].as_array().cloned().unwrap_or_default();
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        rows.iter()
            .map(|row| {
                (
                    text(row, "d"),
                    ["v", "v2", "r1", "r2"].map(|key| text(row, key)),
                )
            })
            .collect()
    }

    /// A compare report.
    pub fn compared(&self, idx: u64, by: &str, area: &str) -> BTreeMap<String, String> {
        let query = format!("graph&sensor=counter&idx={idx}&groupby={by}&sensorarea={area}");
        let answer = self.standin.page(&query);
        let rows = answer["result"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        rows.iter()
            .map(|row| (text(&row["c"]), text(&row["s"])))
            .collect()
    }

    /// The short log: stamps with U1, U2, R1, R2.
    pub fn short_log(&self, idx: u64) -> BTreeMap<DateTime, Four> {
        let state = self.standin.state();
        let rows = state.tables.history.multi_meter.iter();
        let rows = rows.filter(|((device, _), _)| *device == idx);
        rows.map(|((_, date), row)| {
            let four = [row[0], row[4], row[1], row[5]].map(|value| value as u64);
            (date.replace(' ', "T").parse().unwrap(), four)
        })
        .collect()
    }
}

pub fn noon(day: Date) -> Timestamp {
    paris::day_start(day) + SignedDuration::from_hours(12)
}

/// A day's curve, never twice the same, seldom of whole watt-hours; the roof
/// gives nothing at night, and little on some days.
pub fn curve(day: Date, direction: Direction) -> Vec<Interval> {
    let mut start = paris::day_start(day);
    let mut intervals = Vec::new();
    let seed = u32::from(day.day_of_year().unsigned_abs());
    while start < paris::day_end(day) {
        let half = intervals.len() as u32;
        let watts = match direction {
            Direction::Consumption => 90 + (seed * 31 + half * 97) % 1_511,
            Direction::Production if (16..=34).contains(&half) => (seed * 13 + half * 41) % 903,
            Direction::Production => 0,
        };
        intervals.push(Interval {
            start,
            step: Step::HALF_HOUR,
            watts,
        });
        start += Step::HALF_HOUR.duration();
    }
    intervals
}

pub fn of_day(curve: &[Interval], day: Date) -> impl Iterator<Item = &Interval> {
    let (start, end) = (paris::day_start(day), paris::day_end(day));
    curve
        .iter()
        .filter(move |one| start <= one.start && one.start < end)
}

/// What a day adds up to: half hours that begin from 1:30 to 7:00 are off-peak.
pub fn day_of(consumption: &[Interval], production: &[Interval]) -> Four {
    let classes = |curve: &[Interval]| {
        let (mut all, mut off) = (0, 0);
        for one in curve {
            let at = paris::local(one.start).time();
            let minute =
                u64::from(at.hour().unsigned_abs()) * 60 + u64::from(at.minute().unsigned_abs());
            all += one.energy().0;
            off += if (90..450).contains(&minute) {
                one.energy().0
            } else {
                0
            };
        }
        let (all, off) = ((all + 30) / 60, (off + 30) / 60);
        [all - off, off]
    };
    let ([u1, u2], [r1, r2]) = (classes(consumption), classes(production));
    [u1, u2, r1, r2]
}

/// What every day should be.
pub fn expected(first: Date, end: Date) -> BTreeMap<Date, Four> {
    let of = |day| {
        let [used, given] = Direction::ALL.map(|direction| curve(day, direction));
        day_of(&used, &given)
    };
    paris::days(first, end).map(|day| (day, of(day))).collect()
}

/// As a page writes kWh.
pub fn kwh(watt_hours: u64) -> String {
    format!("{}.{:03}", watt_hours / 1000, watt_hours % 1000)
}

/// A day as a page shows it: production under 10 Wh is none.
pub fn shown(day: Four) -> [String; 4] {
    let little = |value: u64| if value < 10 { 0 } else { value };
    [
        kwh(day[0]),
        kwh(day[1]),
        kwh(little(day[2])),
        kwh(little(day[3])),
    ]
}

pub fn judge(_: Date, coverage: Coverage) -> Verdict {
    if coverage.is_complete() {
        return Verdict::complete();
    }
    Verdict {
        state: if coverage.is_empty() {
            DayState::AbsentAtSource
        } else {
            DayState::Partial
        },
        reason: Some("no-data".to_owned()),
        ask_at: None,
    }
}
