//! Error bodies: rows of the catalogue of all bodies ever seen, by their code.

use std::sync::LazyLock;

use enedis::Generation;
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use crate::reply::Reply;

/// The catalogue, with its provenance, is shared with the decoder's tests.
static CATALOGUE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let text = include_str!("../../../testdata/enedis/errors/catalogue.json");
    serde_json::from_str(text).unwrap_or_default()
});

/// One known body.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Row {
    api: String,
    http: u16,
    body: Value,
}

impl Row {
    /// `error`, `error.code` or `code`, whichever shape the body has.
    fn code(&self) -> String {
        let error = self.body.get("error");
        let nested = error.and_then(|error| error.get("code"));
        let code = nested.or(error).or_else(|| self.body.get("code"));
        match code {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    fn text(&self) -> &str {
        ["error_description", "message"]
            .into_iter()
            .find_map(|field| self.body.get(field)?.as_str())
            .unwrap_or_default()
    }

    fn speaks(&self, generation: Option<Generation>) -> bool {
        match generation {
            Some(Generation::V5) => self.api.starts_with("v5"),
            Some(Generation::V2026) => self.api.starts_with("v2") || self.api == "gateway",
            None => self.api == "token",
        }
    }

    fn reply(&self) -> Reply {
        let status = StatusCode::from_u16(self.http).unwrap_or(StatusCode::BAD_REQUEST);
        Reply::json(status, &self.body)
    }
}

/// The row of a code whose text contains `text`, preferring the generation.
pub(crate) fn named(code: &str, text: &str, generation: Option<Generation>) -> Option<Reply> {
    let fits = |row: &&Row| row.code() == code && row.text().contains(text);
    let own = CATALOGUE
        .iter()
        .filter(|row| row.speaks(generation))
        .find(fits);
    own.or_else(|| CATALOGUE.iter().find(fits)).map(Row::reply)
}

/// A row that this crate itself relies on; a missing one shows as a 500 page.
fn known(code: &str, text: &str, generation: Option<Generation>) -> Reply {
    named(code, text, generation)
        .unwrap_or_else(|| Reply::firewall(StatusCode::INTERNAL_SERVER_ERROR))
}

/// What can be wrong with a call, before it is said in one generation's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A parameter is absent, malformed or contradictory; its text in v5.
    Malformed(&'static str),
    /// The window begins before the usage point was last activated.
    BeforeActivation,
    /// The window begins before the history that Enedis keeps.
    BeyondHistory,
    /// More than seven days of curve.
    TooLong,
    /// Production where there is only consumption, or the other way.
    WrongDirection,
    /// The hourly collection is off.
    CurveOff,
    /// No consent, or none any more.
    NoConsent,
    /// Someone else lives there now.
    NotHolder,
    /// Nothing of the window exists.
    NoData,
}

impl Refusal {
    /// The body that a generation answers.
    pub(crate) fn reply(self, generation: Generation) -> Reply {
        let row = |code, text| known(code, text, Some(generation));
        match (self, generation) {
            (Self::Malformed(text), Generation::V5) => malformed_v5(text),
            (Self::Malformed(_), Generation::V2026) => row("500", "SI coeur"),
            (Self::BeforeActivation, _) => row("ADAM-ERR0123", "antérieure"),
            (Self::BeyondHistory, _) => row("ADAM-ERR0125", ""),
            (Self::TooLong, _) => row("ADAM-DC-0015", ""),
            (Self::WrongDirection, _) => row("ADAM-ERR0069", ""),
            (Self::CurveOff, _) => row("ADAM-ERR0075", ""),
            (Self::NotHolder, _) => row("ADAM-DC-0007", ""),
            (Self::NoConsent, Generation::V5) => row("ADAM-DC-0008", ""),
            (Self::NoConsent, Generation::V2026) => row("403", "pas autorisé"),
            (Self::NoData, Generation::V5) => row("no_data_found", ""),
            (Self::NoData, Generation::V2026) => row("404", "Pas de mesure"),
        }
    }
}

/// v5 spells the code of a bad request in three ways: the text finds the row.
fn malformed_v5(text: &str) -> Reply {
    ["invalid_request", "Invalid_request", "invalid_resquest"]
        .into_iter()
        .find_map(|code| named(code, text, Some(Generation::V5)))
        .unwrap_or_else(|| known("technical_error", "", Some(Generation::V5)))
}

/// No valid bearer token.
pub(crate) fn invalid_credentials() -> Reply {
    known("900901", "", Some(Generation::V2026))
}

/// The application has not subscribed to the API.
pub(crate) fn not_subscribed() -> Reply {
    known("900908", "", Some(Generation::V2026))
}

/// The 2026 contract resources, where a usage point has no active service.
pub(crate) fn no_services() -> Reply {
    known("Bad request", "Pas de services", Some(Generation::V2026))
}

/// The token endpoint does not know the client.
pub(crate) fn bad_client() -> Reply {
    known("Unauthorized", "mandatory", None)
}

/// A row of the OAuth endpoints: `invalid_request` and the like.
pub(crate) fn oauth(status: StatusCode, error: &str, description: &str) -> Reply {
    let body = serde_json::json!({ "error": error, "error_description": description });
    Reply::json(status, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(reply: &Reply) -> String {
        let body = String::from_utf8(reply.body.to_vec()).unwrap();
        format!("{} {body}", reply.status.as_u16())
    }

    #[test]
    fn every_refusal_finds_its_row_in_both_generations() {
        let refusals = [
            Refusal::Malformed("Start date should be before end date."),
            Refusal::BeforeActivation,
            Refusal::BeyondHistory,
            Refusal::TooLong,
            Refusal::WrongDirection,
            Refusal::CurveOff,
            Refusal::NoConsent,
            Refusal::NotHolder,
            Refusal::NoData,
        ];
        let said: Vec<String> = refusals
            .iter()
            .flat_map(|refusal| Generation::ALL.map(|g| text(&refusal.reply(g))))
            .collect();
        insta::assert_snapshot!(said.join("\n"));
    }

    #[test]
    fn gateway_rows_are_there_with_their_odd_space() {
        assert!(text(&invalid_credentials()).contains("900901"));
        assert!(text(&not_subscribed()).contains("Resource forbidden \""));
        assert!(text(&bad_client()).starts_with("401"));
    }

    #[test]
    fn every_row_of_the_catalogue_can_be_named() {
        assert!(CATALOGUE.len() > 40);
        for row in CATALOGUE.iter() {
            assert!(named(&row.code(), row.text(), None).is_some(), "{row:?}");
        }
        assert!(named("ADAM-DC-9999", "", None).is_none());
    }
}
