//! The consent page of both generations: what the customer decides, and the
//! callback that follows.

use enedis::Generation;
use http::{Method, StatusCode};
use jiff::Timestamp;
use meter::UsagePoint;

use crate::consents::{Consent, Consents};
use crate::customers::Customer;
use crate::demand::Demand;
use crate::form::Form;
use crate::options::Options;
use crate::page;
use crate::profile::{Profile, Standing};
use crate::reply::Reply;

/// Shows the page, or acts on what the customer decided.
pub(crate) fn answer(
    generation: Generation,
    method: &Method,
    form: &Form,
    options: &Options,
    (consents, now): (&mut Consents, Timestamp),
) -> Reply {
    let demand = match Demand::read(generation, form, options, now) {
        Ok(demand) => demand,
        Err(reply) => return reply,
    };
    if *method != Method::POST {
        let hint = suggested_customer(&demand);
        return Reply::html(
            StatusCode::OK,
            page::ask(&demand, form, options, hint.as_deref(), None),
        );
    }
    match decide(&demand, form, options, consents, now) {
        Ok(reply) => reply,
        Err(mistake) => {
            let hint = form.get("customer");
            let page = page::ask(&demand, form, options, hint, Some(mistake));
            Reply::html(StatusCode::BAD_REQUEST, page)
        }
    }
}

fn decide(
    demand: &Demand,
    form: &Form,
    options: &Options,
    consents: &mut Consents,
    now: Timestamp,
) -> Result<Reply, &'static str> {
    match form.get("decision") {
        Some("accept") => {}
        Some("refuse") => {
            return Ok(demand.back(&[
                ("error", "access_denied"),
                ("error_description", "access_denied"),
            ]));
        }
        _ => return Err("Choisissez d’accepter ou de refuser."),
    }
    let customer = form
        .get("customer")
        .and_then(|id| options.customers.iter().find(|c| c.id == id))
        .ok_or("Choisissez un client.")?;
    let usage_points = chosen(demand.generation, form, customer)?;
    let consent = Consent {
        id: 0,
        generation: demand.generation,
        customer: customer.id.to_owned(),
        usage_points,
        given: now,
        until: demand.until,
        state: demand.state.clone(),
    };
    let withdrawn = withdraws_at_once(&consent.usage_points, &options.profiles);
    let consent = consents.give(consent, withdrawn);
    Ok(callback(demand, &consent))
}

/// In 2026 exactly one usage point; before, those ticked, or all.
fn chosen(
    generation: Generation,
    form: &Form,
    customer: &Customer,
) -> Result<Vec<UsagePoint>, &'static str> {
    let mut points = Vec::new();
    for text in form.all("usage_point") {
        let point = text
            .parse()
            .map_err(|_| "Ce point de livraison n’existe pas.")?;
        if !customer.usage_points.contains(&point) {
            return Err("Ce point de livraison n’est pas celui du client choisi.");
        }
        points.push(point);
    }
    match (generation, points.len()) {
        (Generation::V5, 0) => Ok(customer.usage_points.clone()),
        (Generation::V2026, 0) => Err("Choisissez un point de livraison."),
        (Generation::V2026, 2..) => Err("Un seul point de livraison par consentement."),
        _ => Ok(points),
    }
}

fn withdraws_at_once(points: &[UsagePoint], profiles: &[Profile]) -> bool {
    profiles
        .iter()
        .filter(|profile| points.contains(&profile.usage_point))
        .any(|profile| profile.standing == Standing::Revoked)
}

fn callback(demand: &Demand, consent: &Consent) -> Reply {
    let id = consent.id.to_string();
    match demand.generation {
        Generation::V2026 => demand.back(&[("autorisation_id", &id)]),
        Generation::V5 => {
            let ids: Vec<String> = consent
                .usage_points
                .iter()
                .map(ToString::to_string)
                .collect();
            let code = format!("code{id}");
            demand.back(&[("code", &code), ("usage_point_id", &ids.join(","))])
        }
    }
}

/// The sandbox customer that the last digit of `state` names.
fn suggested_customer(demand: &Demand) -> Option<String> {
    let last = demand.state.chars().last()?;
    last.is_ascii_digit().then(|| last.to_string())
}
