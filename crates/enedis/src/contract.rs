//! What contracts and meters say that matters to a history.
//!
//! v5 says it in one answer, 2026 in three; each becomes facts that merge. A
//! date or power that cannot be read is left out, as if it had not been said.

use jiff::civil::Date;
use meter::UsagePoint;
use serde::{Deserialize, Serialize};

use crate::malformed::Malformed;
use crate::stamp;
use crate::v2::contract::{Amount, MeterSetup, Situation, Synthesis};
use crate::v5::customer::{Contract, CustomerAnswer, CustomerPoint, PointData};

/// Facts about a usage point's contract and meter. No personal data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContractFacts {
    /// Whom the answer says it is about.
    pub usage_point: Option<UsagePoint>,
    /// When consumption was last activated: no history before.
    pub consumption_activated: Option<Date>,
    /// When production was last activated: no history before.
    pub production_activated: Option<Date>,
    /// Subscribed power in VA.
    pub subscribed_power_va: Option<u32>,
    /// When the subscribed power last changed.
    pub last_power_change: Option<Date>,
    /// The off-peak windows as Enedis writes them, `HC (22H38-6H38)`.
    pub off_peak_text: Option<String>,
    /// The distribution tariff: a code (v5) or a French sentence (2026).
    pub distribution_tariff: Option<String>,
    /// When the distribution tariff last changed (v5).
    pub last_tariff_change: Option<Date>,
    /// Segment of the consumption contract, `C5`, or of the only one.
    pub segment: Option<String>,
    /// Segment of the production contract, `P4`.
    pub production_segment: Option<String>,
    /// Start of the consumption contract, or of the only one.
    pub contract_start: Option<Date>,
    /// `Contrat GRD-F`…
    pub contract_type: Option<String>,
    /// `SERVC`… (v5)
    pub contract_status: Option<String>,
    /// `AMM`, `LINKYPRO`…
    pub meter_type: Option<String>,
    /// What the meter can do, in Enedis' words.
    pub services_level: Option<String>,
}

impl ContractFacts {
    /// Adds what another answer says and this one did not.
    pub fn merge(&mut self, other: Self) {
        fill(&mut self.usage_point, other.usage_point);
        fill(&mut self.consumption_activated, other.consumption_activated);
        fill(&mut self.production_activated, other.production_activated);
        fill(&mut self.subscribed_power_va, other.subscribed_power_va);
        fill(&mut self.last_power_change, other.last_power_change);
        fill(&mut self.off_peak_text, other.off_peak_text);
        fill(&mut self.distribution_tariff, other.distribution_tariff);
        fill(&mut self.last_tariff_change, other.last_tariff_change);
        fill(&mut self.segment, other.segment);
        fill(&mut self.production_segment, other.production_segment);
        fill(&mut self.contract_start, other.contract_start);
        fill(&mut self.contract_type, other.contract_type);
        fill(&mut self.contract_status, other.contract_status);
        fill(&mut self.meter_type, other.meter_type);
        fill(&mut self.services_level, other.services_level);
    }

    pub(crate) fn from_situations(contracts: &[Situation]) -> Result<Self, Malformed> {
        let mut facts = Self::default();
        for contract in contracts {
            let said = contract.point().get("usage_point_id")?;
            if facts.usage_point.is_some() && said.is_some() && said != facts.usage_point {
                return Err(Malformed::MixedPoints);
            }
            fill(&mut facts.usage_point, said);
        }
        let production = contracts.iter().find(|contract| is_production(contract));
        let consumption = contracts.iter().find(|contract| !is_production(contract));
        facts.production_segment = production.and_then(|contract| contract.segment.clone());
        if let Some(main) = consumption.or(production) {
            facts.merge(Self::from_situation(main));
        }
        Ok(facts)
    }

    fn from_situation(contract: &Situation) -> Self {
        Self {
            contract_start: day(contract.contract_start.as_deref()),
            contract_type: contract.contract_type.clone(),
            distribution_tariff: contract.distribution_tariff.clone(),
            segment: contract.segment.clone(),
            subscribed_power_va: contract.subscribed_power.as_ref().and_then(volt_amperes),
            ..Self::default()
        }
    }

    pub(crate) fn from_customer(answer: &CustomerAnswer) -> Result<Self, Malformed> {
        let customer = answer.customer.as_ref();
        let points = customer.and_then(|customer| customer.usage_points.as_ref());
        let first = points.and_then(|points| points.first());
        let field = "customer.usage_points";
        Self::from_customer_point(first.ok_or(Malformed::Missing { field })?)
    }

    fn from_customer_point(point: &CustomerPoint) -> Result<Self, Malformed> {
        let unknown = PointData::default();
        let data = point.usage_point.as_ref().unwrap_or(&unknown);
        let field = "usage_point_id";
        let usage_point = match data.usage_point_id.as_deref().map(str::parse) {
            None => None,
            Some(Ok(point)) => Some(point),
            Some(Err(_)) => return Err(Malformed::UsagePoint { field }),
        };
        let contract = point.contracts.clone().unwrap_or_default();
        Ok(Self {
            usage_point,
            meter_type: data.meter_type.clone(),
            services_level: data.usage_point_status.clone(),
            ..Self::from_contract(contract)
        })
    }

    fn from_contract(contract: Contract) -> Self {
        let power = contract.subscribed_power.as_deref();
        let activated = day(contract.last_activation_date.as_deref());
        let produces = contract
            .segment
            .as_deref()
            .is_some_and(is_production_segment);
        Self {
            consumption_activated: activated.filter(|_| !produces),
            production_activated: activated.filter(|_| produces),
            subscribed_power_va: power
                .and_then(|text| text.trim().split_once(' '))
                .and_then(|(value, unit)| power_in_va(value, unit)),
            off_peak_text: contract.offpeak_hours,
            distribution_tariff: contract.distribution_tariff,
            last_tariff_change: day(contract.last_distribution_tariff_change_date.as_deref()),
            segment: contract.segment,
            contract_type: contract.contract_type,
            contract_status: contract.contract_status,
            ..Self::default()
        }
    }
}

impl From<&Synthesis> for ContractFacts {
    fn from(synthesis: &Synthesis) -> Self {
        let segments = synthesis.segments.iter().flatten();
        let segments: Vec<_> = segments.filter_map(|s| s.segment.clone()).collect();
        let find = |production: bool| {
            let mut segments = segments.iter();
            segments.find(|segment| is_production_segment(segment) == production)
        };
        Self {
            consumption_activated: day(synthesis.consumption_last_activation_date.as_deref()),
            production_activated: day(synthesis.generation_last_activation_date.as_deref()),
            last_power_change: day(synthesis.last_subscribed_power_change_date.as_deref()),
            segment: find(false).or(find(true)).cloned(),
            production_segment: find(true).cloned(),
            services_level: synthesis.services_level.clone(),
            ..Self::default()
        }
    }
}

impl From<&MeterSetup> for ContractFacts {
    fn from(setup: &MeterSetup) -> Self {
        let relay = setup.relais.as_ref();
        let equipment = setup.dispositif_comptage.as_ref();
        let kind = equipment.and_then(|equipment| equipment.type_comptage.as_ref());
        Self {
            off_peak_text: relay.and_then(|relay| relay.plage_heures_creuses.clone()),
            meter_type: kind.and_then(|kind| kind.code.clone()),
            ..Self::default()
        }
    }
}

fn fill<T>(slot: &mut Option<T>, other: Option<T>) {
    if slot.is_none() {
        *slot = other;
    }
}

fn day(text: Option<&str>) -> Option<Date> {
    text.and_then(stamp::contract_day)
}

fn is_production(contract: &Situation) -> bool {
    contract
        .segment
        .as_deref()
        .is_some_and(is_production_segment)
}

fn is_production_segment(segment: &str) -> bool {
    segment.starts_with('P')
}

fn volt_amperes(amount: &Amount) -> Option<u32> {
    power_in_va(amount.value.as_deref()?, amount.unit.as_deref()?)
}

/// Exact: a decimal number of kVA has at most three places.
fn power_in_va(value: &str, unit: &str) -> Option<u32> {
    let (whole, fraction) = value
        .trim()
        .split_once(['.', ','])
        .unwrap_or((value.trim(), ""));
    let fraction = fraction.trim_end_matches('0');
    let factor = match unit.trim() {
        "kVA" => 3,
        "VA" => 0,
        _ => return None,
    };
    if fraction.len() > factor {
        return None;
    }
    let digits = format!("{whole}{fraction:0<factor$}");
    let plain = !whole.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subscribed_power_is_exact_in_volt_amperes() {
        assert_eq!(power_in_va("12", "kVA"), Some(12_000));
        assert_eq!(power_in_va("7.5", "kVA"), Some(7_500));
        assert_eq!(power_in_va("12.0", "kVA"), Some(12_000));
        assert_eq!(power_in_va("300", "VA"), Some(300));
        for (value, unit) in [
            ("12", "kW"),
            ("", "kVA"),
            ("a", "kVA"),
            ("1.2345", "kVA"),
            ("-3", "kVA"),
        ] {
            assert_eq!(power_in_va(value, unit), None, "{value} {unit}");
        }
    }

    #[test]
    fn what_is_said_first_stays_and_gaps_are_filled() {
        let mut facts = ContractFacts {
            segment: Some("C5".to_owned()),
            ..ContractFacts::default()
        };
        facts.merge(ContractFacts {
            segment: Some("C4".to_owned()),
            meter_type: Some("AMM".to_owned()),
            ..ContractFacts::default()
        });
        assert_eq!(facts.segment.as_deref(), Some("C5"));
        assert_eq!(facts.meter_type.as_deref(), Some("AMM"));
    }
}
