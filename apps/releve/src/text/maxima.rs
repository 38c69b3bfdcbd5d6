//! `show max`.

use super::Page;
use crate::json::show::{Maxima, Maximum};
use crate::table::{Align, Table, bar};

impl Page {
    /// Daily maxima beside the subscribed power.
    pub fn maxima(&mut self, maxima: &Maxima) {
        self.gap();
        self.subject(&maxima.subject);
        let title = self.maxima_title(maxima);
        self.line(&title);
        self.subscribed(maxima);
        self.gap();
        if maxima.maxima.is_empty() {
            let text = self.words.t("show-no-maximum");
            self.warning(&text);
            return;
        }
        for line in self.maxima_table(maxima) {
            self.line(&line);
        }
        if maxima
            .maxima
            .iter()
            .any(|maximum| maximum.at_later.is_some())
        {
            let text = self.words.t("show-ambiguous-note");
            self.gap();
            self.sentence(&text, "");
        }
        if let Some(highest) = maxima.highest {
            self.gap();
            let power = self.words.unit(u64::from(highest.volt_amperes), "VA");
            let day = self.words.day(highest.day);
            let args = [("power", power.as_str()), ("day", &day)];
            let text = self.words.say("show-highest", &args);
            self.sentence(&text, "");
        }
    }

    fn maxima_title(&self, maxima: &Maxima) -> String {
        if maxima.first == maxima.last {
            return self.words.day(maxima.first);
        }
        let (first, last) = (self.words.date(maxima.first), self.words.date(maxima.last));
        let args = [("first", first.as_str()), ("last", &last)];
        self.words.say("show-max-title", &args)
    }

    fn subscribed(&mut self, maxima: &Maxima) {
        if let Some(power) = maxima.subscribed_power_va {
            let power = self.words.unit(u64::from(power), "VA");
            let text = self.words.say("show-subscribed", &[("power", &power)]);
            self.line(&text);
        }
    }

    fn maxima_table(&self, maxima: &Maxima) -> Vec<String> {
        let highest = maxima.maxima.iter().map(|maximum| maximum.volt_amperes);
        let highest = highest.max().max(maxima.subscribed_power_va).unwrap_or(0);
        let columns = if self.width >= 80 { 16 } else { 6 };
        let mut table = Table::new([
            (Align::Left, String::new()),
            (Align::Left, self.words.t("show-phase")),
            (Align::Right, "VA".to_owned()),
            (Align::Right, "kVA".to_owned()),
            (Align::Left, self.words.t("show-hour")),
            (Align::Left, String::new()),
            (Align::Left, String::new()),
        ]);
        for maximum in &maxima.maxima {
            let power = u64::from(maximum.volt_amperes);
            table.row([
                self.words.short_day(maximum.day),
                phase(maximum),
                self.words.number(power),
                self.words.thousandths(power),
                self.words.clock(maximum.at),
                bar(power, u64::from(highest), columns),
                self.maximum_remark(maximum, maxima.subscribed_power_va),
            ]);
        }
        table.without_empty_columns().lines()
    }

    fn maximum_remark(&self, maximum: &Maximum, subscribed: Option<u32>) -> String {
        let above = maximum.phase == 0 && subscribed.is_some_and(|va| maximum.volt_amperes > va);
        match (maximum.at_later, above) {
            (Some(_), _) => self.words.t("show-ambiguous"),
            (None, true) => self.words.t("show-above"),
            (None, false) => String::new(),
        }
    }
}

/// The number of a phase; nothing for the whole connection.
fn phase(maximum: &Maximum) -> String {
    match maximum.phase {
        0 => String::new(),
        number => number.to_string(),
    }
}
