//! The regulated offers (*tarif réglementé de vente*), as far as they are known.
//!
//! EDF's monthly grid, all taxes included. A cell that was not found is absent,
//! so that it prices as unknown.

mod base;
mod ejp;
mod off_peak;
mod tempo;

use jiff::civil::{Date, date};
use meter::Direction;

use crate::offer::{
    MicroEuro, Offer, Powers, PriceLine, Schedule, SubscriptionLine, Taxes, Validity,
};

/// Prices that hold from a day until the next period begins.
struct Period {
    from: Date,
    prices: &'static [Price],
    /// Subscribed power in kVA, euro cents per month: `1547` is 15.47 €.
    months: &'static [(u32, i64)],
}

/// What a class costs.
struct Price {
    class: u8,
    /// Subscribed powers in kVA; none for all.
    powers: &'static [u32],
    /// Hundredths of a cent per kWh: `2276` is 22.76 c€.
    hundredths: i64,
}

impl Price {
    const fn all(class: u8, hundredths: i64) -> Self {
        Self::only(class, &[], hundredths)
    }

    const fn only(class: u8, powers: &'static [u32], hundredths: i64) -> Self {
        Self {
            class,
            powers,
            hundredths,
        }
    }
}

/// Regulated prices move in February at the latest; later ones are not known yet.
pub const KNOWN_UNTIL: Date = date(2027, 2, 1);

/// Where the figures come from.
const SOURCE: &str = "EDF, tarif bleu, grille mensuelle TTC; août 2026 : CRE 2026-147 du 15 juillet 2026, arrêté du 29 juillet 2026";

/// The regulated offers: Base, HP/HC, Tempo and EJP.
///
/// ```
/// let offers = tariff::regulated::offers();
/// let base = offers.iter().find(|offer| offer.id == "trv-base").unwrap();
/// let price = base.price(0, Some(6), jiff::civil::date(2025, 8, 1)).unwrap();
/// assert_eq!(price.to_string(), "0.195200");
/// ```
pub fn offers() -> Vec<Offer> {
    let known = [
        ("trv-base", "Tarif bleu Base", Schedule::Flat, base::PERIODS),
        (
            "trv-hphc",
            "Tarif bleu Heures creuses",
            Schedule::OffPeak,
            off_peak::PERIODS,
        ),
        (
            "trv-tempo",
            "Tarif bleu Tempo",
            Schedule::Tempo,
            tempo::PERIODS,
        ),
    ];
    known
        .into_iter()
        .map(|(id, name, schedule, periods)| offer(id, name, schedule, periods, KNOWN_UNTIL))
        .chain([offer(
            "trv-ejp",
            "Tarif bleu EJP",
            Schedule::Ejp,
            ejp::PERIODS,
            ejp::KNOWN_UNTIL,
        )])
        .collect()
}

fn offer(id: &str, name: &str, schedule: Schedule, periods: &[Period], until: Date) -> Offer {
    let mut prices = Vec::new();
    let mut subscriptions = Vec::new();
    for (index, period) in periods.iter().enumerate() {
        let validity = Validity {
            first: period.from,
            end: Some(periods.get(index + 1).map_or(until, |next| next.from)),
        };
        prices.extend(period.prices.iter().map(|price| PriceLine {
            class: price.class,
            powers: match price.powers {
                [] => Powers::All,
                powers => Powers::Only(powers.to_vec()),
            },
            validity,
            per_kwh: MicroEuro(price.hundredths * 100),
        }));
        let months = period.months.iter();
        subscriptions.extend(months.map(|(kva, cents)| SubscriptionLine {
            powers: Powers::Only(vec![*kva]),
            validity,
            per_month: MicroEuro::from_cents(*cents),
        }));
    }
    Offer {
        id: id.to_owned(),
        name: name.to_owned(),
        source: SOURCE.to_owned(),
        taxes: Taxes::Included,
        direction: Direction::Consumption,
        classes: schedule.classes().iter().map(ToString::to_string).collect(),
        schedule,
        subscriptions,
        prices,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> serde_json::Value {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../testdata/tariffs/trv_2023_2026.json"
        );
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    fn offer_named(id: &str) -> Offer {
        offers().into_iter().find(|offer| offer.id == id).unwrap()
    }

    /// Micro-euros of a JSON number that counts so many of them.
    fn micro(value: &serde_json::Value, unit: i64) -> MicroEuro {
        let text = value.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits: i64 = format!("{whole}{fraction:0<6}").parse().unwrap();
        MicroEuro(digits * unit / 1_000_000)
    }

    const EURO: i64 = 1_000_000;
    const CENT: i64 = 10_000;
    const POWERS: [u32; 9] = [3, 6, 9, 12, 15, 18, 24, 30, 36];

    #[test]
    fn every_cell_of_the_published_table_is_built_in_and_no_other() {
        let (base, hphc, tempo) = (
            offer_named("trv-base"),
            offer_named("trv-hphc"),
            offer_named("trv-tempo"),
        );
        for period in sample()["periods"].as_array().unwrap() {
            let day: Date = period["from"].as_str().unwrap().parse().unwrap();
            for (offer, key) in [(&base, "base"), (&hphc, "hphc"), (&tempo, "tempo")] {
                for kva in POWERS {
                    let cell = period[key]["month_eur"].get(kva.to_string());
                    let expected = cell.map(|cell| micro(cell, EURO));
                    assert_eq!(
                        offer.month(Some(kva), day),
                        expected,
                        "{key} {day} {kva} kVA"
                    );
                }
            }
            let cents = |offer: &Offer, class, cell: &serde_json::Value| {
                let price = offer.price(class, Some(12), day);
                assert_eq!(price, Some(micro(cell, CENT)), "{} {day} {class}", offer.id);
            };
            let kwh = &period["base"]["kwh_cents"];
            cents(&base, 0, kwh.get("all").unwrap_or(&kwh["9+"]));
            let small = kwh.get("all").unwrap_or(&kwh["6"]);
            assert_eq!(base.price(0, Some(6), day), Some(micro(small, CENT)));
            cents(&hphc, 0, &period["hphc"]["hp_cents"]);
            cents(&hphc, 1, &period["hphc"]["hc_cents"]);
            for (index, colour) in ["blue", "white", "red"].into_iter().enumerate() {
                let class = index as u8 * 2;
                cents(&tempo, class, &period["tempo"][colour]["hc"]);
                cents(&tempo, class + 1, &period["tempo"][colour]["hp"]);
            }
        }
    }

    #[test]
    fn before_the_first_and_after_the_last_known_day_nothing_is_known() {
        for offer in offers() {
            assert_eq!(offer.price(0, Some(9), date(2023, 7, 31)), None);
            assert_eq!(offer.price(0, Some(9), KNOWN_UNTIL), None);
            assert_eq!(offer.month(Some(9), KNOWN_UNTIL), None);
        }
        let ejp = offer_named("trv-ejp");
        assert_eq!(
            ejp.price(1, None, date(2026, 7, 31)),
            Some(MicroEuro(344_000))
        );
        assert_eq!(ejp.price(1, None, date(2026, 8, 1)), None);
    }

    #[test]
    fn a_price_that_depends_on_the_power_is_unknown_without_it() {
        let base = offer_named("trv-base");
        assert!(base.price(0, None, date(2025, 12, 31)).is_some());
        assert_eq!(base.price(0, None, date(2026, 2, 1)), None);
    }
}
