//! Readings from behind the door (reference: jeedom, 3.3 and 3.4).

use enedis::{Problem, portal};
use ledger::SeriesKey;
use meter::{Direction, Kind, Marks, paris, stamps};

use super::sign_in::{Session, refused};
use super::way::{Way, changed};
use crate::planner::Window;
use crate::source::Answer;

/// Asks for some days of a series. The interface takes no last day: it answers
/// seven days of curve, and everything of the rest.
pub(super) async fn read(
    way: &Way,
    session: &Session,
    key: SeriesKey,
    window: Window,
) -> Result<Answer, Problem> {
    if !session.usage_points.contains(&key.usage_point) {
        return Err(Problem::NotHolder);
    }
    let (label, code) = match key.kind {
        Kind::Curve => ("half hours", "COURBE"),
        Kind::Daily => ("energies", "ENERGIE"),
        Kind::Maximum | Kind::Index => ("maxima", "PMAX"),
    };
    let direction = match key.direction {
        Direction::Consumption => "CONS",
        Direction::Production => "PROD",
    };
    let from = match key.kind {
        Kind::Daily => super::beginning(window.from, paris::day_of(way.now())),
        _ => window.from,
    };
    let (person, prm) = (&session.person, key.usage_point);
    let path = format!(
        "/mes-mesures-prm/api/private/v2/personnes/{person}/prms/{prm}/donnees-energetiques"
    );
    let mut url = way.places.alex(&path);
    url.query_pairs_mut()
        .append_pair("mesuresTypeCode", code)
        .append_pair("mesuresCorrigees", "false")
        .append_pair("typeDonnees", direction)
        .append_pair("dateDebut", &from.to_string())
        .append_pair("segments", "C5");
    let page = way.get(label, &mut session.jar.clone(), &url).await?;
    refused(&page)?;
    decode(key, &page.body).map_err(|problem| match problem {
        Problem::Malformed { detail } => changed(label, &detail),
        other => other,
    })
}

fn decode(key: SeriesKey, body: &[u8]) -> Result<Answer, Problem> {
    Ok(match key.kind {
        Kind::Curve => {
            let points = portal::decode_curve(key.direction, body)?;
            Answer::Curve(stamps::resolve(&points, Marks::Start))
        }
        Kind::Daily => {
            let energies = portal::decode_energies(key.direction, body)?;
            Answer::Energies(energies.days, energies.periods)
        }
        Kind::Maximum | Kind::Index => Answer::Maxima(portal::decode_maxima(key.direction, body)?),
    })
}
