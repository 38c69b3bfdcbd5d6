//! Bars side by side, each of one or more classes, with what is missing hatched
//! and a year ago as a mark.

use home::Words;

use super::hue::Hue;
use super::scale::{Measure, Scale};
use super::svg::{PLOT, Svg, plot_y};

/// A bar chart.
#[derive(Debug, Clone)]
pub struct Bars {
    /// The element's id, of which those of its parts are made.
    pub id: &'static str,
    /// What it is, in a few words.
    pub title: String,
    /// What it shows, in a sentence, for those who do not see it.
    pub desc: String,
    /// What is measured.
    pub measure: Measure,
    /// The bars, in order.
    pub slots: Vec<Slot>,
    /// Lines across, as the subscribed power.
    pub limits: Vec<Limit>,
    /// More classes of the stylesheet: `tall`, `low`.
    pub class: &'static str,
}

/// The place of one bar.
#[derive(Debug, Clone, Default)]
pub struct Slot {
    /// The word below it; empty for none.
    pub label: String,
    /// Whether the word is left out where there is little room.
    pub minor: bool,
    /// Its parts, from zero outwards.
    pub parts: Vec<Part>,
    /// The same a year before.
    pub before: Option<i64>,
    /// What is missing of it.
    pub lack: Lack,
    /// What it says when pointed at.
    pub tip: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// A part of a bar. Parts below zero go down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its meaning.
    pub hue: Hue,
    /// Its size in the measure's small unit.
    pub value: i64,
}

/// What is missing of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lack {
    /// Nothing.
    #[default]
    None,
    /// Some of it: a hatched foot below the bar.
    Some,
    /// All of it: the whole place is hatched.
    All,
    /// It has not come yet.
    ToCome,
}

/// A line across the bars.
#[derive(Debug, Clone)]
pub struct Limit {
    /// Where.
    pub value: i64,
    /// Its colour.
    pub hue: Hue,
    /// Its word.
    pub word: String,
}

impl Bars {
    /// The chart as SVG.
    pub fn svg(&self, words: Words) -> String {
        let scale = Scale::of(self.values());
        let class = format!("plot {}", self.class);
        let mut svg = Svg::new(self.id, class.trim_end(), &self.title, &self.desc);
        svg.axis(&scale, self.measure, words);
        let count = self.slots.len().max(1) as i64;
        for (at, slot) in self.slots.iter().enumerate() {
            let from = at as i64 * 10_000 / count;
            let width = (at as i64 + 1) * 10_000 / count - from;
            slot.draw(&mut svg, &scale, (from, width));
        }
        for limit in &self.limits {
            let below_top = scale.below_top(limit.value);
            svg.level(below_top, &format!("limit s-{}", limit.hue.word()));
            svg.word("100%", plot_y(below_top), "word", "-.4em", &limit.word);
        }
        svg.finish()
    }

    fn values(&self) -> Vec<i64> {
        let mut values: Vec<i64> = self.limits.iter().map(|limit| limit.value).collect();
        for slot in &self.slots {
            let sum = |up: bool| -> i64 {
                let parts = slot.parts.iter().map(|part| part.value);
                parts.filter(|value| (*value > 0) == up).sum()
            };
            values.extend([sum(true), sum(false)]);
            values.extend(slot.before);
        }
        values
    }
}

impl Slot {
    fn draw(&self, svg: &mut Svg, scale: &Scale, (from, width): (i64, i64)) {
        // Many bars touch, without an edge that would cover them; few stand apart.
        let is_thin = width < 60;
        let gap = if is_thin { 0 } else { width * 14 / 100 };
        let kind = if is_thin { "bar thin" } else { "bar" };
        let bar = (from + gap, width - 2 * gap);
        self.lacking(svg, bar);
        let (mut up, mut down) = (0, 0);
        for part in self.parts.iter().filter(|part| part.value != 0) {
            let base = if part.value > 0 { &mut up } else { &mut down };
            let (near, far) = (scale.below_top(*base), scale.below_top(*base + part.value));
            *base += part.value;
            let (top, bottom) = (plot_y(near.min(far)), plot_y(near.max(far)));
            let class = format!("class=\"{kind} f-{}\"", part.hue.word());
            svg.rect(bar, (top, (bottom - top).max(20)), &class);
        }
        if let Some(before) = self.before {
            let wide = (from + gap / 2, width - gap);
            let line = (plot_y(scale.below_top(before)) - 35, 70);
            svg.rect(wide, line, "class=\"f-last-year\"");
        }
        if !self.label.is_empty() {
            let class = if self.minor { "x minor" } else { "x" };
            svg.below(from + width / 2, class, &self.label);
        }
        if !self.tip.is_empty() {
            svg.hit((from, width), &self.tip, self.href.as_deref());
        }
    }

    fn lacking(&self, svg: &mut Svg, bar: (i64, i64)) {
        let (top, height) = PLOT;
        let fill = format!("fill=\"{}\"", svg.hatch());
        match self.lack {
            Lack::All => svg.rect(bar, (top, height), &fill),
            Lack::Some => svg.rect(bar, (top + height, 220), &fill),
            Lack::None | Lack::ToCome => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use service::Lang;

    use super::*;

    fn chart(slots: Vec<Slot>) -> String {
        let bars = Bars {
            id: "c",
            title: "Energy".into(),
            desc: "By day".into(),
            measure: Measure::WattHours,
            slots,
            limits: Vec::new(),
            class: "",
        };
        bars.svg(Words { lang: Lang::En })
    }

    fn part(hue: Hue, value: i64) -> Part {
        Part { hue, value }
    }

    #[test]
    fn parts_stand_on_each_other_and_production_goes_down() {
        let svg = chart(vec![Slot {
            parts: vec![
                part(Hue::OffPeak, 1_000),
                part(Hue::Peak, 1_000),
                part(Hue::Production, -2_000),
            ],
            ..Slot::default()
        }]);
        // The plot reaches from 2 kWh at 5 % to −2 kWh at 88 %.
        assert!(
            svg.contains("y=\"25.75%\" width=\"72%\" height=\"20.75%\" class=\"bar f-off-peak\""),
            "{svg}"
        );
        assert!(svg.contains("y=\"5%\" width=\"72%\" height=\"20.75%\" class=\"bar f-peak\""));
        assert!(
            svg.contains("y=\"46.50%\" width=\"72%\" height=\"41.50%\" class=\"bar f-production\"")
        );
    }

    #[test]
    fn what_is_missing_is_hatched_and_what_is_to_come_is_empty() {
        let slot = |lack| Slot {
            lack,
            ..Slot::default()
        };
        assert!(chart(vec![slot(Lack::All)]).contains("height=\"83%\" fill=\"url(#c-h)\""));
        assert!(chart(vec![slot(Lack::Some)]).contains("height=\"2.20%\" fill=\"url(#c-h)\""));
        assert!(!chart(vec![slot(Lack::ToCome)]).contains("url(#c-h)"));
    }

    #[test]
    fn a_tip_and_its_address_are_escaped() {
        let svg = chart(vec![Slot {
            tip: "<b>".into(),
            href: Some("/history?a=1&b=\"".into()),
            ..Slot::default()
        }]);
        assert!(svg.contains("data-href=\"/history?a=1&amp;b=&quot;\"><title>&lt;b&gt;</title>"));
    }
}
