//! Writing SVG: percentages, escaped words, and the parts that all charts share.

use std::fmt::Write;

use home::Words;

use super::scale::{Measure, Scale};

/// Where the plot begins and how high it is, in ten thousandths of the height;
/// below it stand the words of the other axis.
const TOP: i64 = 500;
const HEIGHT: i64 = 8_300;

/// Letters that have room beside the plot; a longer number has its unit above.
const WIDEST: usize = 7;

/// An SVG that is being written.
pub(super) struct Svg {
    text: String,
    id: String,
}

impl Svg {
    /// Opens one with its name and what it shows, for those who do not see it.
    pub(super) fn new(id: &str, class: &str, title: &str, desc: &str) -> Self {
        let id = escape(id);
        let mut text = String::with_capacity(8 * 1024);
        let _ = write!(
            text,
            "<svg class=\"{class}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
             <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>\
             <defs><pattern id=\"{id}-h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect class=\"hatch-ground\" width=\"6\" height=\"6\"/>\
             <line class=\"hatch-line\" y2=\"6\"/></pattern></defs>",
            escape(title),
            escape(desc)
        );
        Self { text, id }
    }

    /// What has been written, whole.
    pub(super) fn finish(mut self) -> String {
        self.text.push_str("</svg>");
        self.text
    }

    /// The fill that says that nothing was measured.
    pub(super) fn hatch(&self) -> String {
        format!("url(#{}-h)", self.id)
    }

    /// A rectangle; `more` are further attributes, already escaped.
    pub(super) fn rect(&mut self, (x, width): (i64, i64), (y, height): (i64, i64), more: &str) {
        let [x, y, width, height] = [x, y, width, height].map(percent);
        let _ = write!(
            self.text,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {more}/>"
        );
    }

    /// Where the pointer reads something; without a script as the browser shows
    /// titles.
    pub(super) fn hit(&mut self, (x, width): (i64, i64), tip: &str, href: Option<&str>) {
        let [x, width] = [x, width].map(percent);
        let href = href.map(|href| format!(" data-href=\"{}\"", escape(href)));
        let _ = write!(
            self.text,
            "<rect class=\"hit\" x=\"{x}\" width=\"{width}\" height=\"88%\"{}><title>{}</title></rect>",
            href.unwrap_or_default(),
            escape(tip)
        );
    }

    /// A level line across the plot.
    pub(super) fn level(&mut self, below_top: i64, class: &str) {
        let y = percent(plot_y(below_top));
        let _ = write!(
            self.text,
            "<line class=\"{class}\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>"
        );
    }

    /// Words at a place.
    pub(super) fn word(&mut self, x: &str, y: i64, class: &str, shift: &str, text: &str) {
        let y = percent(y);
        let _ = write!(
            self.text,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" dy=\"{shift}\">{}</text>",
            escape(text)
        );
    }

    /// Words below the plot.
    pub(super) fn below(&mut self, x: i64, class: &str, text: &str) {
        self.word(&percent(x), 10_000, class, "-.2em", text);
    }

    /// Lines and words of the values.
    pub(super) fn axis(&mut self, scale: &Scale, measure: Measure, words: Words) {
        let last = scale.ticks().last();
        for tick in scale.ticks() {
            let below_top = scale.below_top(tick);
            let class = if tick == 0 { "zero-line" } else { "grid-line" };
            self.level(below_top, class);
            let y = plot_y(below_top);
            let whole = measure.with_unit(words, tick);
            let is_long = whole.chars().count() > WIDEST;
            let text = if last == Some(tick) && !is_long {
                whole
            } else {
                measure.short(words, tick)
            };
            self.word("-8", y, "y", ".32em", &text);
            if last == Some(tick) && is_long {
                self.word("-8", y, "y", "-.9em", measure.unit());
            }
        }
    }

    /// Opens a drawing in units of its own, stretched over the plot.
    pub(super) fn open_plot(&mut self, width: u32) {
        let (top, height) = (percent(TOP), percent(HEIGHT));
        let _ = write!(
            self.text,
            "<svg y=\"{top}\" width=\"100%\" height=\"{height}\" \
             viewBox=\"0 0 {width} 10000\" preserveAspectRatio=\"none\">"
        );
    }

    /// A path in the units of the drawing that is open.
    pub(super) fn path(&mut self, class: &str, path: &str) {
        let _ = write!(self.text, "<path class=\"{class}\" d=\"{path}\"/>");
    }

    /// Closes the drawing.
    pub(super) fn close_plot(&mut self) {
        self.text.push_str("</svg>");
    }
}

/// Ten thousandths below the top of the plot as those of the whole.
pub(super) fn plot_y(below_top: i64) -> i64 {
    TOP + below_top * HEIGHT / 10_000
}

/// The plot from its top to its bottom: where it begins, how high it is.
pub(super) const PLOT: (i64, i64) = (TOP, HEIGHT);

/// Ten thousandths as a percentage: `12.5%`.
pub(super) fn percent(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest) = (value.abs() / 100, value.abs() % 100);
    match rest {
        0 => format!("{sign}{whole}%"),
        _ => format!("{sign}{whole}.{rest:02}%"),
    }
}

/// Text for markup: nothing in it opens or ends anything.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_from_outside_open_nothing() {
        let foul = "<script>alert('x')</script>\"&";
        let svg = Svg::new("c\"x", "plot", foul, foul).finish();
        assert!(!svg.contains("<script>") && !svg.contains("c\"x"), "{svg}");
        assert!(svg.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"));
    }

    #[test]
    fn percentages_have_no_more_decimals_than_they_need() {
        assert_eq!(
            [0, 10_000, 1_250, -5].map(percent),
            ["0%", "100%", "12.50%", "-0.05%"]
        );
    }
}
