//! A power over time: steps, since each value is the mean of its interval, over
//! off-peak bands, with holes hatched and never bridged.

use std::fmt::Write;

use home::Words;

use super::bars::Limit;
use super::hue::Hue;
use super::scale::{Measure, Scale};
use super::svg::{PLOT, Svg, plot_y};

/// A curve over some minutes.
#[derive(Debug, Clone)]
pub struct Curve {
    /// The element's id, of which those of its parts are made.
    pub id: &'static str,
    /// What it is, in a few words.
    pub title: String,
    /// What it shows, in a sentence, for those who do not see it.
    pub desc: String,
    /// How many minutes it spans: 1380, 1440 or 1500 for a day.
    pub minutes: u32,
    /// Off-peak hours, as `[from, to)` in minutes from its beginning.
    pub bands: Vec<(u32, u32)>,
    /// Where nothing is held.
    pub holes: Vec<(u32, u32)>,
    /// The lines; the first has its area filled.
    pub lines: Vec<Line>,
    /// Words below: at which minute, which, and whether they may be left out.
    pub ticks: Vec<(u32, String, bool)>,
    /// What is said where it is pointed at.
    pub tips: Vec<(u32, u32, String)>,
    /// Lines across.
    pub limits: Vec<Limit>,
    /// More classes of the stylesheet: `tall`, `low`.
    pub class: &'static str,
}

/// One line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its meaning.
    pub hue: Hue,
    /// Its stretches, in order, none overlapping another.
    pub stretches: Vec<Stretch>,
}

/// A mean power over `[from, to)` minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first minute.
    pub from: u32,
    /// The minute after the last.
    pub to: u32,
    /// W, below zero for what flows to the grid.
    pub watts: i64,
}

impl Curve {
    /// The chart as SVG.
    pub fn svg(&self, words: Words) -> String {
        let watts = self.lines.iter().flat_map(|line| &line.stretches);
        let limits = self.limits.iter().map(|limit| limit.value);
        let scale = Scale::of(watts.map(|stretch| stretch.watts).chain(limits));
        let class = format!("plot {}", self.class);
        let mut svg = Svg::new(self.id, class.trim_end(), &self.title, &self.desc);
        for band in &self.bands {
            svg.rect(self.place(*band), PLOT, "class=\"band\"");
        }
        svg.axis(&scale, Measure::Watts, words);
        let hatch = format!("fill=\"{}\"", svg.hatch());
        for hole in &self.holes {
            svg.rect(self.place(*hole), PLOT, &hatch);
        }
        svg.open_plot(self.minutes.max(1));
        for (at, line) in self.lines.iter().enumerate() {
            line.draw(&mut svg, &scale, at == 0);
        }
        svg.close_plot();
        for limit in &self.limits {
            let below_top = scale.below_top(limit.value);
            svg.level(below_top, &format!("limit s-{}", limit.hue.word()));
            svg.word("100%", plot_y(below_top), "word", "-.4em", &limit.word);
        }
        for (minute, word, minor) in &self.ticks {
            let side = match *minute {
                0 => "x begin",
                end if end == self.minutes => "x end",
                _ if *minor => "x minor",
                _ => "x",
            };
            svg.below(self.place((*minute, *minute)).0, side, word);
        }
        for (from, to, tip) in &self.tips {
            svg.hit(self.place((*from, *to)), tip, None);
        }
        svg.finish()
    }

    fn place(&self, (from, to): (u32, u32)) -> (i64, i64) {
        let at = |minute: u32| i64::from(minute) * 10_000 / i64::from(self.minutes.max(1));
        (at(from), at(to.max(from)) - at(from))
    }
}

impl Line {
    fn draw(&self, svg: &mut Svg, scale: &Scale, filled: bool) {
        let (mut line, mut area) = (String::new(), String::new());
        let zero = scale.below_top(0);
        for run in self.runs() {
            let (mut y_before, first, last) = (None, run[0].from, run[run.len() - 1].to);
            let mut path = String::new();
            for stretch in run {
                let y = scale.below_top(stretch.watts);
                let _ = match y_before {
                    None => write!(path, "M{} {y}", stretch.from),
                    Some(before) if before == y => Ok(()),
                    Some(_) => write!(path, "H{}V{y}", stretch.from),
                };
                y_before = Some(y);
            }
            let _ = write!(path, "H{last}");
            let _ = write!(area, "{path}V{zero}H{first}Z");
            line.push_str(&path);
        }
        let hue = self.hue.word();
        if filled {
            svg.path(&format!("area f-{hue}"), &area);
        }
        svg.path(&format!("line s-{hue}"), &line);
    }

    /// Stretches that follow each other without a hole.
    fn runs(&self) -> impl Iterator<Item = &[Stretch]> {
        self.stretches.chunk_by(|one, next| one.to == next.from)
    }
}

#[cfg(test)]
mod tests {
    use service::Lang;

    use super::*;

    fn curve(stretches: &[(u32, u32, i64)], holes: Vec<(u32, u32)>) -> String {
        let stretch = |&(from, to, watts): &(u32, u32, i64)| Stretch { from, to, watts };
        let curve = Curve {
            id: "c",
            title: "Power".into(),
            desc: "A day".into(),
            minutes: 1_500,
            bands: vec![(0, 375)],
            holes,
            lines: vec![Line {
                hue: Hue::Consumption,
                stretches: stretches.iter().map(stretch).collect(),
            }],
            ticks: vec![(0, "0 h".into(), false), (1_500, "24 h".into(), false)],
            tips: Vec::new(),
            limits: Vec::new(),
            class: "",
        };
        curve.svg(Words { lang: Lang::En })
    }

    #[test]
    fn a_hole_is_hatched_and_no_line_crosses_it() {
        let svg = curve(
            &[(0, 30, 500), (30, 60, 1_000), (90, 120, 500)],
            vec![(60, 90)],
        );
        assert!(svg.contains("d=\"M0 5000H30V0H60M90 5000H120\""), "{svg}");
        assert!(svg.contains("x=\"4%\" y=\"5%\" width=\"2%\" height=\"83%\" fill=\"url(#c-h)\""));
    }

    #[test]
    fn bands_and_words_stand_where_their_minutes_are_on_a_day_of_25_hours() {
        let svg = curve(&[(0, 1_500, 100)], Vec::new());
        assert!(svg.contains("viewBox=\"0 0 1500 10000\""));
        assert!(
            svg.contains("<rect x=\"0%\" y=\"5%\" width=\"25%\" height=\"83%\" class=\"band\"/>"),
            "{svg}"
        );
        assert!(svg.contains("class=\"x end\" x=\"100%\""));
    }
}
