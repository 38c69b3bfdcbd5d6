//! What a value does: to the current value always, to the history perhaps.

use jiff::Timestamp;
use serde_json::{Number, Value};

use super::core::{Core, setting, text};
use super::values;

impl Core {
    /// An event for a command that exists. Whatever becomes of it, the answer is
    /// « ok ».
    pub(super) fn event(
        &mut self,
        id: u64,
        value: Option<&Value>,
        at: Option<&str>,
        now: Timestamp,
    ) {
        let Some(command) = self.commands.get(&id) else {
            return;
        };
        let fields = command.fields.clone();
        let enabled = self
            .equipments
            .get(&command.equipment)
            .is_some_and(|equipment| text(&equipment.fields, "isEnable") == "1");
        let Some(given) = given(value) else { return };
        if !enabled || text(&fields, "type") != "info" {
            return;
        }
        let at = at.filter(|at| !at.is_empty());
        let at = at.map_or_else(|| values::clock(now), str::to_owned);
        if text(&fields, "subType") != "numeric" {
            self.show(id, Value::String(given), &at);
            return;
        }
        let value = values::formula(
            &setting(&fields, "calculValueOffset"),
            values::number(&given),
        );
        let round = setting(&fields, "historizeRound");
        let value = round
            .parse()
            .map_or(value, |decimals| values::round(value, decimals));
        if out_of_range(
            &setting(&fields, "minValue"),
            &setting(&fields, "maxValue"),
            value,
        ) {
            return;
        }
        let shown = Number::from_f64(value).map_or(Value::Null, Value::Number);
        self.show(id, shown, &at);
        self.start_scenarios(id);
        if text(&fields, "isHistorized") == "1" {
            self.keep(id, &setting(&fields, "historizeMode"), &at, value);
        }
    }

    /// The last event received is what is shown, however old its date.
    fn show(&mut self, id: u64, value: Value, at: &str) {
        let Some(command) = self.commands.get_mut(&id) else {
            return;
        };
        command.current = Some((value, at.to_owned()));
        if let Some(equipment) = self.equipments.get_mut(&command.equipment) {
            equipment.communicated = Some(at.to_owned());
        }
    }

    fn start_scenarios(&mut self, id: u64) {
        let mark = format!("#{id}#");
        let started = self.scenarios.iter().filter(|scenario| {
            scenario.is_active
                && scenario
                    .trigger
                    .iter()
                    .any(|trigger| trigger.contains(&mark))
        });
        self.fired.extend(started.map(|scenario| scenario.id));
    }

    fn keep(&mut self, id: u64, mode: &str, at: &str, value: f64) {
        if mode == "none" {
            let key = (id, values::to_the_second(at));
            self.history.insert(key, values::write(value));
            return;
        }
        let key = (id, values::to_five_minutes(at));
        let held = self.history.get(&key).map(|held| values::number(held));
        let value = match (held, mode) {
            (Some(held), "min") => held.min(value),
            (Some(held), "max") => held.max(value),
            (Some(held), _) => f64::midpoint(held, value),
            (None, _) => value,
        };
        self.history.insert(key, values::write(value));
    }
}

/// Neither null, nor nothing, nor an empty text is a value.
fn given(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(u8::from(*truth).to_string()),
        _ => None,
    }
}

fn out_of_range(min: &str, max: &str, value: f64) -> bool {
    let below = !min.is_empty() && value < values::number(min);
    let above = !max.is_empty() && value > values::number(max);
    below || above
}
