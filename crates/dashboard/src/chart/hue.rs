//! What a colour means, everywhere the same.

use meter::Direction;

/// A colour by its meaning; the stylesheet says which it is by day and by night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hue {
    /// Energy from the grid.
    Consumption,
    /// Energy to the grid.
    Production,
    /// Peak hours.
    Peak,
    /// Off-peak hours.
    OffPeak,
    /// Off-peak hours as a ground behind a curve.
    Band,
    /// A Tempo class: the colour's number (blue, white, red), and whether peak.
    Tempo(u8, bool),
    /// A class of an offer of one's own, by its number.
    Class(u8),
    /// Energy whose class is not known, or nothing in particular.
    Other,
    /// Nothing was measured.
    Missing,
    /// The same a year before.
    LastYear,
    /// Near a limit.
    Near,
    /// Above a limit.
    Above,
}

impl From<Direction> for Hue {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Consumption => Self::Consumption,
            Direction::Production => Self::Production,
        }
    }
}

impl Hue {
    /// The colour of an offer's class, by its name and its number in the offer.
    pub fn of_class(name: &str, index: usize) -> Self {
        match name {
            "base" | "normal" | "spot" => Self::Consumption,
            "peak" | "ejp_peak" => Self::Peak,
            "off_peak" => Self::OffPeak,
            "blue_off_peak" => Self::Tempo(0, false),
            "blue_peak" => Self::Tempo(0, true),
            "white_off_peak" => Self::Tempo(1, false),
            "white_peak" => Self::Tempo(1, true),
            "red_off_peak" => Self::Tempo(2, false),
            "red_peak" => Self::Tempo(2, true),
            _ => Self::Class((index % 6) as u8),
        }
    }

    /// Its word in the stylesheet, behind `f-`, `s-` or `k-`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Consumption => "consumption",
            Self::Production => "production",
            Self::Peak => "peak",
            Self::OffPeak => "off-peak",
            Self::Band => "band",
            Self::Tempo(0, false) => "blue-off-peak",
            Self::Tempo(0, true) => "blue-peak",
            Self::Tempo(1, false) => "white-off-peak",
            Self::Tempo(1, true) => "white-peak",
            Self::Tempo(_, false) => "red-off-peak",
            Self::Tempo(_, true) => "red-peak",
            Self::Class(0) => "class-0",
            Self::Class(1) => "class-1",
            Self::Class(2) => "class-2",
            Self::Class(3) => "class-3",
            Self::Class(4) => "class-4",
            Self::Class(_) => "class-5",
            Self::Other => "other",
            Self::Missing => "missing",
            Self::LastYear => "last-year",
            Self::Near => "near",
            Self::Above => "above",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_has_its_own_colour_by_its_name_else_by_its_number() {
        assert_eq!(Hue::of_class("red_peak", 5), Hue::Tempo(2, true));
        assert_eq!(Hue::of_class("weekend", 1), Hue::Class(1));
    }

    #[test]
    fn every_colour_is_in_the_stylesheet_to_fill_and_to_explain() {
        let style = include_str!("../../assets/style.css");
        let tempo = (0..3).flat_map(|colour| [false, true].map(|peak| Hue::Tempo(colour, peak)));
        let own = (0..6).map(Hue::Class);
        let others = [
            Hue::Consumption,
            Hue::Production,
            Hue::Peak,
            Hue::OffPeak,
            Hue::Other,
            Hue::LastYear,
            Hue::Near,
            Hue::Above,
        ];
        for hue in tempo.chain(own).chain(others) {
            for kind in ["f", "k"] {
                let class = format!(".{kind}-{} {{", hue.word());
                let listed = format!(".{kind}-{},", hue.word());
                assert!(style.contains(&class) || style.contains(&listed), "{class}");
            }
        }
        assert!(style.contains(".k-missing") && style.contains(".k-band"));
    }

    #[test]
    fn the_dark_colours_are_the_same_by_choice_and_by_the_system() {
        let style = include_str!("../../assets/style.css");
        let block = |opening: &str| {
            let rest = style.split_once(opening).unwrap().1;
            let lines = rest.split_once('}').unwrap().0.lines().map(str::trim);
            lines.collect::<Vec<_>>().join(" ").trim().to_owned()
        };
        let by_system = block("  :root:not([data-theme=\"light\"]) {");
        assert_eq!(by_system, block("\n:root[data-theme=\"dark\"] {"));
    }
}
