//! A line the size of a word: the run of some days, without an axis.

use std::fmt::Write;

use super::hue::Hue;
use super::scale::Scale;
use super::svg::{Svg, plot_y};

/// A small chart of values; `None` is a day without one, and stays a hole.
pub fn spark(id: &str, title: &str, hue: Hue, values: &[Option<i64>]) -> String {
    let mut svg = Svg::new(id, "spark", title, "");
    let scale = Scale::of(values.iter().flatten().copied());
    let count = values.len().max(1) as i64;
    let fill = format!("fill=\"{}\"", svg.hatch());
    let mut class = String::new();
    let _ = write!(class, "class=\"bar f-{}\"", hue.word());
    for (at, value) in values.iter().enumerate() {
        let from = at as i64 * 10_000 / count;
        let place = (from, (at as i64 + 1) * 10_000 / count - from);
        let top = value.map_or(0, |value| scale.below_top(value));
        let (top, bottom) = (plot_y(top), plot_y(scale.below_top(0)));
        let more = if value.is_some() { &class } else { &fill };
        svg.rect(place, (top, bottom - top), more);
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_a_value_is_hatched_and_not_zero() {
        let svg = spark("s", "Month", Hue::Consumption, &[Some(10), None]);
        assert!(
            svg.contains("x=\"50%\" y=\"5%\" width=\"50%\" height=\"83%\" fill=\"url(#s-h)\""),
            "{svg}"
        );
        assert_eq!(svg.matches("f-consumption").count(), 1);
    }
}
