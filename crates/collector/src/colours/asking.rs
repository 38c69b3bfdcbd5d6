//! One round: which question each source is asked, and when the round ends.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use bytes::Bytes;
use http::Request;
use jiff::civil::Date;
use meter::paris;
use service::Http;
use tariff::colour::read::{Days, read};
use tariff::colour::{Colour, Shape, Source};

use super::rte_api::{self, RteAccount};
use super::{ColourProblem, Round};

/// Where the sources are, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// RTE's API, which needs an account.
    pub rte_api: String,
    /// RTE's public page.
    pub rte_page: String,
    /// api-couleur-tempo.fr.
    pub couleur_tempo: String,
    /// EDF's service.
    pub edf: String,
}

impl Default for Addresses {
    fn default() -> Self {
        Self {
            rte_api: "https://digital.iservices.rte-france.com".to_owned(),
            rte_page: "https://www.services-rte.com".to_owned(),
            couleur_tempo: "https://www.api-couleur-tempo.fr".to_owned(),
            edf: "https://api-commerce.edf.fr".to_owned(),
        }
    }
}

/// Asks the sources in turn until every wanted day is decided; RTE's API first,
/// where there is an account.
pub async fn ask<C: Colour>(
    http: &dyn Http,
    addresses: &Addresses,
    account: Option<&RteAccount>,
    wanted: RangeInclusive<Date>,
) -> Round<C> {
    let end = paris::add_days(*wanted.end(), 1);
    let mut open: BTreeSet<Date> = paris::days(*wanted.start(), end).collect();
    let mut answers = Vec::new();
    for source in Source::ASKED {
        let (Some(first), Some(last)) = (open.first().copied(), open.last().copied()) else {
            break;
        };
        let asked = addresses.questions::<C>(&source, first, last);
        let answer = match (asked, account) {
            (Some(questions), _) => answer(http, shape(&source), questions).await,
            (None, Some(account)) if source == Source::RteApi && is_tempo::<C>() => {
                rte_api::ask(http, &addresses.rte_api, account, (first, last)).await
            }
            // Not offered is no failure: the source is passed over.
            (None, _) => continue,
        };
        if let Ok(days) = &answer {
            let decided = days.iter().filter(|(_, colour)| colour.is_some());
            decided.for_each(|(day, _)| {
                open.remove(day);
            });
        }
        answers.push((source, answer));
    }
    Round {
        answers,
        undecided: open.into_iter().collect(),
    }
}

/// RTE decides Tempo's colours, and knows nothing of EJP.
fn is_tempo<C: Colour>() -> bool {
    C::OPTION == "TEMPO"
}

fn shape(source: &Source) -> Shape {
    match source {
        Source::CouleurTempo => Shape::CouleurTempo,
        Source::Edf => Shape::Edf,
        _ => Shape::RtePage,
    }
}

/// All of a source's answers, or the first problem: half a source is none.
async fn answer<C: Colour>(
    http: &dyn Http,
    shape: Shape,
    questions: Vec<Request<Bytes>>,
) -> Result<Days<C>, ColourProblem> {
    let mut days = Vec::new();
    for question in questions {
        let response = http.send(question).await?;
        if !response.status().is_success() {
            return Err(ColourProblem::Status(response.status().as_u16()));
        }
        days.extend(read::<C>(shape, response.body())?);
    }
    Ok(days)
}

impl Addresses {
    /// The questions for some days; `None` where the source does not offer them.
    fn questions<C: Colour>(
        &self,
        source: &Source,
        first: Date,
        last: Date,
    ) -> Option<Vec<Request<Bytes>>> {
        let tempo = is_tempo::<C>();
        let by_season = |base: &str, path: &str| -> Option<Vec<Request<Bytes>>> {
            let get = |season| get(&format!("{base}{path}={season}"));
            seasons(first, last).into_iter().map(get).collect()
        };
        match source {
            Source::RtePage if tempo => by_season(&self.rte_page, "/cms/open_data/v1/tempo?season"),
            Source::CouleurTempo if tempo => {
                by_season(&self.couleur_tempo, "/api/joursTempo?periode")
            }
            Source::Edf => self.edf_questions(C::OPTION, first, last),
            _ => None,
        }
    }

    /// EDF answers for a year at most, and writes dates without leading zeros.
    fn edf_questions(&self, option: &str, first: Date, last: Date) -> Option<Vec<Request<Bytes>>> {
        let plain = |day: Date| format!("{}-{}-{}", day.year(), day.month(), day.day());
        let mut questions = Vec::new();
        let mut from = first;
        while from <= last {
            let to = paris::add_days(from, YEAR - 1).min(last);
            let mut request = get(&format!(
                "{}/commerce/activet/v1/calendrier-jours-effacement?option={option}&dateApplicationBorneInf={}&dateApplicationBorneSup={}&identifiantConsommateur=src",
                self.edf,
                plain(from),
                plain(to),
            ))?;
            for (name, value) in [
                ("application-origine-controlee", "site_RC"),
                ("situation-usage", "Jours Effacement"),
            ] {
                let value = http::HeaderValue::from_static(value);
                request.headers_mut().insert(name, value);
            }
            questions.push(request);
            from = paris::add_days(to, 1);
        }
        Some(questions)
    }
}

const YEAR: i32 = 365;

/// The seasons, from September to August, that hold some days: `2026-2027`.
fn seasons(first: Date, last: Date) -> Vec<String> {
    let begins = |day: Date| day.year() - i16::from(day.month() < 9);
    (begins(first)..=begins(last))
        .map(|year| format!("{year}-{}", year + 1))
        .collect()
}

/// `None` for an address that is none.
fn get(url: &str) -> Option<Request<Bytes>> {
    Request::get(url).body(Bytes::new()).ok()
}
