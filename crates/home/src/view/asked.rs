//! Who is asked about a usage point, and when.

use collector::rhythm::Rhythm;
use meter::UsagePoint;

use crate::config::gateway::sources_of;
use crate::config::{Settings, Source};

/// The source that is asked first, and its rhythm; none where nobody is asked.
pub(super) fn asked(settings: &Settings, prm: UsagePoint) -> Option<(&Source, Rhythm)> {
    let point = settings
        .usage_points
        .iter()
        .find(|point| point.prm == prm)?;
    let at = *sources_of(&settings.sources, point).first()?;
    let source = settings.sources.get(at)?;
    let home = settings.home();
    let rhythm = settings
        .schedule
        .rhythm(&home, &source.name, source.kind.hours());
    Some((source, rhythm))
}
