//! The commands of a profile: their names in Jeedom, their units, and what each
//! of them holds. Names, units and dating of the profiles 2020 and 2023 are
//! those of the two generations of the Enedis plugin.

use std::fmt;
use std::str::FromStr;

use meter::Direction;

/// Which commands an equipment has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profile {
    /// Four commands, dated at 23:55 (the plugin of 2020).
    Y2020,
    /// Nine commands and `refresh`, dated at midnight (the plugin since 2021).
    Y2023,
    /// Those of both, and what Relevé knows beside.
    #[default]
    Releve,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::Y2020, Self::Y2023, Self::Releve];

    /// Its name in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Y2020 => "2020",
            Self::Y2023 => "2023",
            Self::Releve => "releve",
        }
    }

    /// Its commands, in the order in which they are created and filled.
    pub fn commands(self) -> impl Iterator<Item = &'static Command> {
        let (of_2020, of_2023, own): (&[_], &[_], &[_]) = match self {
            Self::Y2020 => (&OF_2020, &[], &[]),
            Self::Y2023 => (&[], &OF_2023, &[]),
            Self::Releve => (&OF_2020, &OF_2023, &OWN),
        };
        of_2020.iter().chain(of_2023).chain(own)
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Profile {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let found = Self::ALL
            .into_iter()
            .find(|profile| profile.as_str() == text);
        found.ok_or(())
    }
}

/// The command of any profile that has this logical id.
pub fn command(logical_id: &str) -> Option<&'static Command> {
    let mut all = Profile::Releve.commands();
    all.find(|command| command.logical_id == logical_id)
}

/// A command of an equipment.
#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    /// By what it is found again.
    pub logical_id: &'static str,
    /// Its name for people, unique in the equipment.
    pub name: &'static str,
    /// Its unit as Jeedom shows it; none: it has none.
    pub unit: &'static str,
    /// Jeedom's generic type, where one fits.
    pub generic_type: Option<&'static str>,
    /// Decimals that Jeedom keeps.
    pub decimals: u32,
    /// Whether Jeedom divides by a thousand what it is sent.
    pub divided: bool,
    /// What it holds.
    pub series: Series,
    /// When a value is dated.
    pub dating: Dating,
}

impl Command {
    /// Whether it holds text: a current value without a history.
    pub fn is_text(&self) -> bool {
        self.series == Series::Problem
    }
}

/// What a command holds, in kW, kWh or kVA where it is one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Series {
    /// Mean power of each step.
    Power(Direction),
    /// Energy of each day.
    Day(Direction),
    /// Energy of each month: whole, or of its days so far.
    Month(Direction),
    /// Energy of each year, likewise.
    Year(Direction),
    /// Energy since the first of the month, day by day.
    MonthToDate(Direction),
    /// Energy since 1 January, day by day.
    YearToDate(Direction),
    /// Highest apparent power of each day.
    Maximum,
    /// Energy in peak hours of each day.
    Peak,
    /// Energy in off-peak hours of each day.
    OffPeak,
    /// 1 blue, 2 white, 3 red.
    Tempo,
    /// Euros of each day, energy and subscription.
    Cost,
    /// The subscribed power.
    Subscribed,
    /// Percent of each day's curve that is held.
    Completeness,
    /// The problem that stands, in words.
    Problem,
}

/// How a value is dated in Jeedom's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dating {
    /// Days at 23:55 of the day, and so the step that ends at midnight.
    Evening,
    /// Days at 00:00 of the day; steps at their end.
    Midnight,
}

const POWER: Option<&str> = Some("POWER");
const CONSUMPTION: Option<&str> = Some("CONSUMPTION");
use Direction::{Consumption, Production};

const fn evening(
    (logical_id, name): (&'static str, &'static str),
    unit: &'static str,
    generic_type: Option<&'static str>,
    series: Series,
) -> Command {
    Command {
        logical_id,
        name,
        unit,
        generic_type,
        decimals: 3,
        divided: false,
        series,
        dating: Dating::Evening,
    }
}

const fn midnight(
    (logical_id, name): (&'static str, &'static str),
    unit: &'static str,
    generic_type: Option<&'static str>,
    series: Series,
) -> Command {
    Command {
        divided: true,
        dating: Dating::Midnight,
        ..evening((logical_id, name), unit, generic_type, series)
    }
}

static OF_2020: [Command; 4] = [
    evening(
        ("charge", "Puissance Soutirée"),
        "kW",
        POWER,
        Series::Power(Consumption),
    ),
    evening(
        ("consod", "Conso Jour"),
        "kWh",
        CONSUMPTION,
        Series::Day(Consumption),
    ),
    evening(
        ("consom", "Conso Mois"),
        "kWh",
        CONSUMPTION,
        Series::Month(Consumption),
    ),
    evening(
        ("consoy", "Conso Année"),
        "kWh",
        CONSUMPTION,
        Series::Year(Consumption),
    ),
];

static OF_2023: [Command; 9] = [
    midnight(
        ("daily_consumption", "Consommation Jour"),
        "kWh",
        CONSUMPTION,
        Series::Day(Consumption),
    ),
    midnight(
        ("monthly_consumption", "Consommation Mois"),
        "kWh",
        CONSUMPTION,
        Series::MonthToDate(Consumption),
    ),
    midnight(
        ("yearly_consumption", "Consommation Année"),
        "kWh",
        CONSUMPTION,
        Series::YearToDate(Consumption),
    ),
    midnight(
        ("consumption_load_curve", "Consommation Horaire"),
        "kW",
        CONSUMPTION,
        Series::Power(Consumption),
    ),
    Command {
        decimals: 2,
        ..midnight(
            ("daily_consumption_max_power", "Consommation Puissance max"),
            "kVA",
            POWER,
            Series::Maximum,
        )
    },
    midnight(
        ("daily_production", "Production Jour"),
        "kWh",
        None,
        Series::Day(Production),
    ),
    midnight(
        ("monthly_production", "Production Mois"),
        "kWh",
        None,
        Series::MonthToDate(Production),
    ),
    midnight(
        ("yearly_production", "Production Année"),
        "kWh",
        None,
        Series::YearToDate(Production),
    ),
    midnight(
        ("production_load_curve", "Production Horaire"),
        "kW",
        None,
        Series::Power(Production),
    ),
];

static OWN: [Command; 7] = [
    evening(
        ("peak_energy", "Conso Heures Pleines"),
        "kWh",
        CONSUMPTION,
        Series::Peak,
    ),
    evening(
        ("off_peak_energy", "Conso Heures Creuses"),
        "kWh",
        CONSUMPTION,
        Series::OffPeak,
    ),
    Command {
        decimals: 0,
        ..evening(("tempo", "Couleur Tempo"), "", None, Series::Tempo)
    },
    Command {
        decimals: 4,
        ..evening(("cost", "Coût Jour"), "€", None, Series::Cost)
    },
    evening(
        ("subscribed_power", "Puissance Souscrite"),
        "kVA",
        None,
        Series::Subscribed,
    ),
    Command {
        decimals: 2,
        ..evening(
            ("completeness", "Complétude"),
            "%",
            None,
            Series::Completeness,
        )
    },
    evening(
        ("last_problem", "Dernier problème"),
        "",
        None,
        Series::Problem,
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn logical_ids_and_names_are_unique_in_each_profile() {
        for profile in Profile::ALL {
            let commands: Vec<_> = profile.commands().collect();
            let ids: BTreeSet<_> = commands.iter().map(|command| command.logical_id).collect();
            let names: BTreeSet<_> = commands.iter().map(|command| command.name).collect();
            assert_eq!((ids.len(), names.len()), (commands.len(), commands.len()));
            assert_eq!(profile.as_str().parse(), Ok(profile));
        }
    }

    #[test]
    fn the_profile_of_2023_has_the_ten_logical_ids_of_the_plugin_with_refresh() {
        let ids: Vec<_> = Profile::Y2023.commands().map(|c| c.logical_id).collect();
        assert_eq!(ids.len() + 1, 10);
        assert!(Profile::Y2023.commands().all(|command| command.divided));
        assert_eq!(command("charge").map(|command| command.unit), Some("kW"));
    }
}
