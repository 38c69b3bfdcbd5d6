//! Reading an expression, asking it for a day, classifying ten years.

use jiff::Timestamp;
use jiff::civil::date;
use meter::{Direction, Interval, Step, paris};
use tariff::OffPeakRules;
use tariff::holidays::Zone;
use tariff::split::split_days;

fn main() {
    divan::main();
}

const SHORT: &str = "HC (0H54-6H54;11H54-13H54)";
const LONG: &str = "02h00-04h00 16h00-19h00 P 17h00-22h00 mercredi 11h00-16h00 12345678901234 \
     1h00-6h00 12h00-14h00 samedi dimanche fériés 0h00-24h00 88888888888888 13h00-16h00";

/// At most 50 µs.
#[divan::bench(args = [SHORT, LONG])]
fn parse(text: &str) -> bool {
    text.parse::<OffPeakRules>().is_ok()
}

#[divan::bench]
fn windows_of_a_day(bencher: divan::Bencher<'_, '_>) {
    let rules: OffPeakRules = LONG.parse().unwrap_or_default();
    let point = meter::UsagePoint::from_u64(12_345_678_901_234);
    let day = date(2026, 5, 14);
    bencher.bench(|| rules.windows(point, Direction::Consumption, day, Zone::Mainland));
}

/// At most 20 ms together with pricing.
#[divan::bench(sample_count = 20)]
fn split_of_ten_years_of_half_hours(bencher: divan::Bencher<'_, '_>) {
    let rules: OffPeakRules = LONG.parse().unwrap_or_default();
    let point = meter::UsagePoint::from_u64(12_345_678_901_234);
    let start = paris::day_start(date(2016, 1, 1));
    let at = |n: u32| -> Timestamp { start + Step::HALF_HOUR.duration() * n as i32 };
    let intervals: Vec<_> = (0..175_320)
        .map(|n| Interval {
            start: at(n),
            step: Step::HALF_HOUR,
            watts: n % 6000,
        })
        .collect();
    bencher.bench(|| {
        split_days(&intervals, &[], |day| {
            Some(rules.windows(point, Direction::Consumption, day, Zone::Mainland))
        })
    });
}
