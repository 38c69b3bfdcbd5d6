//! What a drawn week is about.

use crate::json::off_peak::{Explained, Week};
use crate::words::Words;

impl Words {
    /// An expression as it is understood.
    pub fn understood(self, explained: &Explained) -> String {
        let expression = if explained.expression.is_empty() {
            self.t("off-peak-nothing")
        } else {
            explained.expression.clone()
        };
        self.say("off-peak-understood", &[("expression", &expression)])
    }

    /// Whose week it is, of which direction and season.
    pub fn week_title(self, week: &Week) -> String {
        let whose = match week.usage_point {
            Some(point) => self.say("off-peak-point", &[("prm", &point.to_string())]),
            None => self.t("off-peak-general"),
        };
        let direction = match week.direction {
            Some(direction) => self.t(&format!("show-{direction}")),
            None => self.t("off-peak-both"),
        };
        let season = week
            .season
            .map(|season| self.t(&format!("off-peak-{season}")));
        let parts = [Some(whose), Some(direction), season];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// Whose public holidays count, where they matter.
    pub fn which_holidays(self, explained: &Explained) -> Option<String> {
        let mut weeks = explained.weeks.iter();
        let matter = weeks.any(|week| week.public_holidays.is_some());
        let zone = self.t(&format!("off-peak-zone-{}", explained.holidays));
        matter.then(|| self.say("off-peak-holidays", &[("zone", &zone)]))
    }
}

impl Week {
    /// Whether nothing of it is off-peak.
    pub fn is_empty(&self) -> bool {
        let holidays = self.public_holidays.iter().flatten();
        holidays.count() == 0 && self.days.iter().all(|day| day.ranges.is_empty())
    }
}
