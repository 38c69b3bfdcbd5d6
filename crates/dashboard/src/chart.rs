//! Charts as the server draws them: SVG that needs no script, in the colours of
//! the stylesheet, each with its table behind it.
//!
//! Every position is a percentage, so that a chart is as wide as its place while
//! its words keep their size.

mod bars;
mod curve;
mod figure;
mod hue;
mod scale;
mod sheet;
mod spark;
mod svg;

pub use bars::{Bars, Lack, Limit, Part, Slot};
pub use curve::{Curve, Line, Stretch};
pub use figure::{Cell, Figure, Key, Row, Table};
pub use hue::Hue;
pub use scale::Measure;
pub use sheet::Sheet;
pub use spark::spark;
