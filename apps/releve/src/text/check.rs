//! `check`.

use super::Page;
use crate::json::check::{Check, PricesCheck, SourceCheck};

impl Page {
    /// The settings as they are understood.
    pub fn check(&mut self, check: &Check) {
        let words = self.words;
        let title = words.t("check-title");
        self.heading(&title);
        match &check.file {
            Some(file) => self.fact("check-file", &file.display().to_string()),
            None => self.no_file(check),
        }
        self.fact("check-data-dir", &check.data_dir.display().to_string());
        let ledger = check.ledger.display().to_string();
        let name = if check.ledger_exists {
            "check-ledger"
        } else {
            "check-ledger-absent"
        };
        self.fact(name, &ledger);
        self.fact("check-language", &check.language);
        let every = words.unit(check.every_seconds / 60, "min");
        self.fact("check-every", &every);
        for source in &check.sources {
            self.source(source);
        }
        if check.sources.is_empty() {
            let text = words.t("check-no-source");
            self.sentence(&format!("  {text}"), "    ");
        }
        for point in &check.usage_points {
            let name = point.name.as_ref().map(|name| format!("{name} · "));
            let names: Vec<&str> = point
                .source
                .iter()
                .chain(&point.also)
                .map(String::as_str)
                .collect();
            let source = (!names.is_empty()).then(|| format!(" · {}", names.join(" > ")));
            let text = format!(
                "{}{}{}",
                name.unwrap_or_default(),
                point.usage_point,
                source.unwrap_or_default()
            );
            self.fact("check-usage-point", &text);
            self.prices(&point.prices);
        }
        for file in &check.offers {
            self.fact("check-offers", &file.display().to_string());
        }
        if !check.colours.is_empty() {
            self.fact("check-colours", &check.colours.join(", "));
        }
        for warning in &check.warnings {
            for line in warning.lines() {
                self.warning(&format!("  {line}"));
            }
        }
    }

    fn prices(&mut self, prices: &PricesCheck) {
        let words = self.words;
        let say = |name: &str, value: &str| words.say(name, &[("value", value)]);
        let offer = prices.offer.as_deref();
        let resale = prices.resale.as_deref();
        let kva = prices
            .subscribed_kva
            .map(|kva| words.unit(u64::from(kva), "kVA"));
        let mut facts: Vec<String> = Vec::new();
        facts.extend(offer.map(|offer| say("check-offer", offer)));
        facts.extend(resale.map(|offer| say("check-resale", offer)));
        facts.extend(kva);
        facts.extend(prices.plans.iter().map(|plan| say("check-off-peak", plan)));
        if facts.is_empty() {
            return;
        }
        facts.push(say("check-holidays", &prices.holidays));
        let text = words.say("check-prices", &[("facts", &facts.join(" · "))]);
        self.sentence(&format!("    {text}"), "      ");
    }

    fn no_file(&mut self, check: &Check) {
        let places = check
            .candidates
            .iter()
            .map(|path| path.display().to_string());
        let places = places.collect::<Vec<_>>().join(", ");
        self.fact("check-no-file", &places);
    }

    fn source(&mut self, source: &SourceCheck) {
        let pace = match (source.calls_per_second, source.kind.as_str()) {
            (_, "files") => None,
            (_, "domoticz-proxy") => Some(self.words.t("check-pace-proxy")),
            (Some(calls), _) => {
                let calls = calls.to_string();
                Some(self.words.say("check-pace", &[("calls", &calls)]))
            }
            (None, _) => Some(self.words.t("check-no-pace")),
        };
        let folder = source
            .folder
            .as_ref()
            .map(|folder| folder.display().to_string());
        let facts = [
            Some(source.kind.as_str()),
            source.generation.as_deref(),
            source.base_url.as_deref(),
            folder.as_deref(),
            source.client_id.as_deref(),
            pace.as_deref(),
        ];
        let facts: Vec<&str> = facts.into_iter().flatten().collect();
        let facts = facts.join(" · ");
        let args = [("name", source.name.as_str()), ("facts", &facts)];
        let text = self.words.say("check-source", &args);
        self.sentence(&format!("  {text}"), "    ");
    }

    fn fact(&mut self, name: &str, value: &str) {
        let text = self.words.say(name, &[("value", value)]);
        // Paths are not broken over lines: people copy them.
        self.line(&format!("  {text}"));
    }
}
