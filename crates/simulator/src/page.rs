//! The consent page: plain HTML in French, as at Enedis, without script.
//!
//! Field names are stable: `customer`, `usage_point`, `decision`. The question
//! itself stays in the query of the form's address.

use std::fmt::Write;

use enedis::Generation;
use url::form_urlencoded::Serializer;

use crate::demand::Demand;
use crate::form::Form;
use crate::options::Options;

/// The page that asks; `customer` is the one to begin with.
pub(crate) fn ask(
    demand: &Demand,
    form: &Form,
    options: &Options,
    customer: Option<&str>,
    mistake: Option<&str>,
) -> String {
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"fr\">\n<head><meta charset=\"utf-8\">\
         <title>Consentement (Enedis simulé)</title></head>\n<body>\n\
         <h1>Partager mes données de consommation</h1>\n",
    );
    if let Some(mistake) = mistake {
        line(
            &mut page,
            &format!("<p role=\"alert\">{}</p>", escape(mistake)),
        );
    }
    let who = escape(&demand.client_id);
    line(
        &mut page,
        &format!("<p>L’application <b>{who}</b> demande l’accès à vos données.</p>"),
    );
    line(
        &mut page,
        &format!("<form method=\"post\" action=\"{}\">", action(demand, form)),
    );
    customers(&mut page, options, customer);
    usage_points(&mut page, demand.generation, options);
    page.push_str(
        "<button name=\"decision\" value=\"accept\">J’accepte</button>\n\
         <button name=\"decision\" value=\"refuse\">Je refuse</button>\n\
         </form>\n</body>\n</html>\n",
    );
    page
}

fn customers(page: &mut String, options: &Options, chosen: Option<&str>) {
    line(page, "<label>Client <select name=\"customer\">");
    for customer in &options.customers {
        let selected = if Some(customer.id) == chosen {
            " selected"
        } else {
            ""
        };
        let (id, name) = (escape(customer.id), escape(customer.name));
        line(
            page,
            &format!("<option value=\"{id}\"{selected}>{id} {name}</option>"),
        );
    }
    line(page, "</select></label>");
}

fn usage_points(page: &mut String, generation: Generation, options: &Options) {
    let (kind, legend) = match generation {
        Generation::V2026 => ("radio", "Point de livraison (un seul)"),
        Generation::V5 => ("checkbox", "Points de livraison"),
    };
    line(page, &format!("<fieldset><legend>{legend}</legend>"));
    for customer in &options.customers {
        for prm in &customer.usage_points {
            let name = escape(customer.name);
            line(
                page,
                &format!(
                    "<label><input type=\"{kind}\" name=\"usage_point\" value=\"{prm}\"> \
                     {prm} ({name})</label><br>"
                ),
            );
        }
    }
    line(page, "</fieldset>");
}

/// The same question, so that the answer comes with it.
fn action(demand: &Demand, form: &Form) -> String {
    let mut query = Serializer::new(String::new());
    for name in [
        "client_id",
        "response_type",
        "state",
        "duration",
        "redirect_uri",
    ] {
        if let Some(value) = form.get(name) {
            query.append_pair(name, value);
        }
    }
    let path = demand.generation.authorize_path();
    escape(&format!("{path}?{}", query.finish()))
}

fn line(page: &mut String, text: &str) {
    // Writing to a string never fails.
    let _ = writeln!(page, "{text}");
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
