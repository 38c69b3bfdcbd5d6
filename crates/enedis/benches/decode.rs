//! How fast a load curve is decoded; the target is 2 million points per second.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot run should stop"
)]

use divan::Bencher;
use divan::counter::ItemsCount;
use enedis::{CurveWire, Generation, decode_curve, encode_curve};
use jiff::ToSpan;
use jiff::civil::{date, datetime};
use meter::{Direction, LocalPoint, Step, UsagePoint};

fn main() {
    divan::main();
}

/// A week of half hours, as one call brings it.
fn week(generation: Generation) -> (Vec<u8>, usize) {
    let mut stamp = datetime(2026, 1, 5, 0, 30, 0, 0);
    let mut points = Vec::new();
    for n in 0..7 * 48 {
        points.push(LocalPoint {
            stamp,
            step: Step::HALF_HOUR,
            watts: 2 * (n * 37 % 2500),
        });
        stamp = stamp.saturating_add(30.minutes());
    }
    let wire = CurveWire {
        prm: UsagePoint::from_u64(11_111_111_111_111).unwrap(),
        direction: Direction::Consumption,
        from: date(2026, 1, 5),
        to: date(2026, 1, 12),
        points: &points,
        nulls: &[],
    };
    (encode_curve(generation, &wire), points.len())
}

#[divan::bench(args = Generation::ALL)]
fn curve(bencher: Bencher, generation: Generation) {
    let (body, points) = week(generation);
    bencher
        .counter(ItemsCount::new(points))
        .bench(|| decode_curve(generation, divan::black_box(&body)));
}

#[divan::bench(args = Generation::ALL)]
fn curve_to_intervals(bencher: Bencher, generation: Generation) {
    let (body, points) = week(generation);
    bencher.counter(ItemsCount::new(points)).bench(|| {
        let curve = decode_curve(generation, divan::black_box(&body)).unwrap();
        meter::stamps::resolve(&curve.points, meter::Marks::End)
    });
}
