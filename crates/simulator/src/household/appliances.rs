//! What draws power in a home, each appliance on its own.

use super::weather::Weather;
use super::{Household, SLOT_MINUTES, Today, local_minute};
use crate::dice::Purpose;

impl Household {
    /// What never stops, the fridge's compressor, and a little noise.
    pub(super) fn add_base(&self, today: &Today, load: &mut [u32]) {
        let phase = self.dice.below(9, Purpose::Noise, today.number, 0) as usize;
        for (index, watts) in load.iter_mut().enumerate() {
            let fridge = if (index + phase) % 9 < 3 { 95 } else { 0 };
            let noise = self
                .dice
                .below(17, Purpose::Noise, today.number, 1 + index as u64);
            *watts += self.base_watts + fridge + noise as u32;
        }
    }

    /// Electric heating follows the cold outside; less at night and when away.
    pub(super) fn add_heating(&self, today: &Today, load: &mut [u32]) {
        let per_degree = f64::from(self.home.heating_watts_per_degree);
        let mean = self.weather.mean_temperature(today.day);
        let slots = load.len();
        for (index, watts) in load.iter_mut().enumerate() {
            let minute = local_minute(index, slots);
            let lack = (17.0 - mean - Weather::swing(minute)).max(0.0);
            let share = match minute {
                _ if today.away => 0.4,
                0..360 | 1380.. => 0.7,
                _ => 1.0,
            };
            *watts += (lack * per_degree * share) as u32;
        }
    }

    /// The tank heats from the beginning of the off-peak hours until it is full.
    pub(super) fn add_hot_water(&self, today: &Today, load: &mut [u32]) {
        let from = self.off_peak.map_or(60, |window| window.from);
        let tonight = self.heating_minutes(today.number, today.away);
        let last_night = self.heating_minutes(today.number - 1, today.away);
        let tank = u32::from(self.home.tank_watts);
        let end = from + tonight;
        add(load, (from, end.min(1440)), tank);
        let after_midnight = (from + last_night).saturating_sub(1440);
        add(load, (0, after_midnight), tank);
    }

    fn heating_minutes(&self, day: i64, away: bool) -> u16 {
        if away {
            return 25;
        }
        let people = u64::from(self.home.occupants);
        let drawn = self.dice.below(35, Purpose::HotWater, day, 0);
        (45 + 20 * people + drawn).min(300) as u16
    }

    /// Lights, screens and small things: mornings, middays at leisure, evenings.
    pub(super) fn add_presence(&self, today: &Today, load: &mut [u32]) {
        let people = u32::from(self.home.occupants);
        let lively = 70 + self.dice.below(60, Purpose::Noise, today.number, 9999) as u32;
        let morning = if today.leisure { 560 } else { 440 };
        let midday = if today.leisure { 90 } else { 25 };
        let slots = load.len();
        for (index, watts) in load.iter_mut().enumerate() {
            let minute = local_minute(index, slots);
            let activity = 80 * bump(minute, morning, 75)
                + midday * bump(minute, 780, 150)
                + 130 * bump(minute, 1215, 165);
            *watts += activity * people * lively / 10_000;
        }
    }

    /// Dinner every evening at home, lunch on days of leisure.
    pub(super) fn add_cooking(&self, today: &Today, load: &mut [u32]) {
        let roll = |bound, n| self.dice.below(bound, Purpose::Cooking, today.number, n) as u16;
        let dinner = 1110 + roll(75, 0);
        add(
            load,
            (dinner, dinner + 20 + roll(35, 1)),
            1500 + 400 * u32::from(roll(3, 2)),
        );
        let breakfast = if today.leisure { 540 } else { 415 } + roll(30, 3);
        add(load, (breakfast, breakfast + 7), 1900);
        if today.leisure {
            let lunch = 700 + roll(50, 4);
            add(load, (lunch, lunch + 25 + roll(40, 5)), 1900);
        }
    }

    /// Some days the washing machine: hot water first, then turning.
    pub(super) fn add_laundry(&self, today: &Today, load: &mut [u32]) {
        let roll = |bound, n| self.dice.below(bound, Purpose::Laundry, today.number, n);
        let chance = 18 * u64::from(self.home.occupants) + if today.leisure { 20 } else { 0 };
        if roll(100, 0) >= chance {
            return;
        }
        let start = if today.leisure { 570 } else { 1080 } + roll(150, 1) as u16;
        add(load, (start, start + 22), 2000);
        add(load, (start + 22, start + 85), 240);
    }
}

/// Adds power between two minutes of the wall clock, in part where a slot is
/// only partly covered. A repeated hour runs twice, a skipped one not at all.
fn add(load: &mut [u32], (from, to): (u16, u16), watts: u32) {
    let slots = load.len();
    let slot = SLOT_MINUTES as u16;
    // On a plain day slot and minute run together: only its own slots are visited.
    let visited = if slots == 288 {
        usize::from(from / slot).min(slots)..usize::from(to.div_ceil(slot)).min(slots)
    } else {
        0..slots
    };
    for index in visited {
        let begin = local_minute(index, slots);
        let covered = (begin + slot).min(to).saturating_sub(begin.max(from));
        load[index] += watts * u32::from(covered) / u32::from(slot);
    }
}

/// A triangle of height 100 around a minute of the day.
fn bump(minute: u16, centre: u16, half_width: u16) -> u32 {
    let distance = minute.abs_diff(centre);
    u32::from(half_width.saturating_sub(distance)) * 100 / u32::from(half_width)
}
